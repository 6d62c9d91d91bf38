/**
 * The words that attributes may have. Checks, types and the numbers of FlatBuffers follow from these lists;
 * schema/types.fbs and schema/auth.fbs must number the same words (flatbuffers-checks.ts).
 */

/** Words by the kind of attribute that holds one of them and nothing else. */
export const ENUMERATIONS = {
  match: ['exact', 'prefix', 'wildcard'],
  invoke: ['single', 'first', 'last', 'roundrobin', 'random'],
  cancelMode: ['skip', 'kill', 'killnowait'],
  interruptMode: ['kill', 'killnowait'],
} as const

/** Of `enc_algo`, beside custom names. */
export const ENC_ALGOS = ['cryptobox', 'mqtt', 'xbr'] as const

/** Of `enc_serializer`, beside custom names. */
export const ENC_SERIALIZERS = [
  'json',
  'msgpack',
  'cbor',
  'ubjson',
  'opaque',
  'flatbuffers',
  'flexbuffers',
] as const
