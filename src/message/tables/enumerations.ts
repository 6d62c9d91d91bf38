/**
 * The words that attributes may have. Checks, types and the numbers of FlatBuffers follow from these lists;
 * schema/types.fbs and schema/auth.fbs must number the same words (flatbuffers-checks.ts).
 */

/** Words by the kind of attribute that holds one of them and nothing else. The comments are those of its type. */
export const ENUMERATIONS = {
  /** How a subscription or registration matches URIs. */
  match: ['exact', 'prefix', 'wildcard'],
  /** Which callee of a shared registration is invoked. */
  invoke: ['single', 'first', 'last', 'roundrobin', 'random'],
  /** How a call is canceled. */
  cancelMode: ['skip', 'kill', 'killnowait'],
  /** How an invocation is interrupted. */
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
