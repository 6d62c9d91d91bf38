/** Messages of random attributes, all of which FlatBuffers can carry. */
import type { Message } from '../../src/index.ts'
import { flatTableOf } from '../../src/message/flatbuffers-lookup.ts'
import { FLAT_ENUMS, FLAT_NESTED, type FlatSlot } from '../../src/message/flatbuffers-schema.ts'
import type { Kind } from '../../src/message/table.ts'
import { make } from '../unit/message/classes.ts'
import type { Random } from './random.ts'

const words = (name: string): readonly string[] => (FLAT_ENUMS[name] ?? []).filter((word) => word !== null)

function rolesFor(random: Random, type: string): object {
  const slots = FLAT_NESTED[type] as readonly FlatSlot[]
  return Object.fromEntries(
    slots.map(({ name, type: features }) => {
      const flags = (FLAT_NESTED[features] ?? []).map(({ attribute }) => [
        attribute,
        random.pick([true, false]),
      ])
      return [name, { features: Object.fromEntries(flags) }]
    }),
  )
}

/** The npm runtime takes a U+FEFF at the start of a text for a byte order mark, and drops it. */
const text = (random: Random, length: number): string => random.text(length).replace(/^\ufeff+/, '')

const id = (random: Random): number => random.pick([0, 1, random.int(2, 2 ** 32), random.int(2, 2 ** 53)])
const some = <T>(random: Random, item: () => T): T[] => Array.from({ length: random.int(1, 4) }, item)

/** Values that FlatBuffers can carry, by kind; WAMP's rules allow them all. */
const VALUES: Readonly<Partial<Record<Kind, (random: Random) => unknown>>> = {
  id,
  uint: (random) => random.int(1, 2 ** 32 - 1),
  count: (random) => random.int(1, 2 ** 16 - 1),
  bool: (random) => random.pick([true, false]),
  text: (random) => text(random, 40),
  textOrNull: (random) => text(random, 40),
  uri: (random) => `com.example.${random.int(0, 999)}`,
  dict: (random) => ({ [text(random, 9)]: text(random, 20) }),
  dictOrNull: (random) => ({ [text(random, 9)]: text(random, 20) }),
  ints: (random) => some(random, () => id(random)),
  texts: (random) => some(random, () => text(random, 30)),
  hops: (random) =>
    some(random, () => ({
      session: id(random),
      authid: random.pick([null, text(random, 10)]),
      authrole: text(random, 10),
    })),
  clientRoles: (random) => rolesFor(random, 'ClientRoles'),
  routerRoles: (random) => rolesFor(random, 'RouterRoles'),
  match: (random) => random.pick(words('Match')),
  invoke: (random) => random.pick(words('InvocationPolicy')),
  cancelMode: (random) => random.pick(words('CancelMode')),
  interruptMode: (random) => random.pick(['kill', 'killnowait']),
  encAlgo: (random) => random.pick(['cryptobox', 'mqtt', 'xbr']),
  encKey: (random) => text(random, 20),
  encSerializer: (random) => random.pick(['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers']),
}

/** Attributes whose kind says less than the schema. */
const SPECIAL: Readonly<Record<string, (random: Random) => unknown>> = {
  authmethods: (random) => some(random, () => random.pick(words('AuthMethod'))),
  authmethod: (random) => random.pick(words('AuthMethod')),
  ppt_cipher: (random) => random.pick(words('PPTCipher')),
}

/** A message with all attributes that have a slot (`share` 1), or with a share of them. */
export function randomMessage(name: string, random: Random, share: number, isOpaque: boolean): Message {
  const { table } = make(name)
  const isSet = (): boolean => share === 1 || random.int(1, 100) <= share * 100
  const attributes: Record<string, unknown> = {}
  for (const { attribute, kind } of table.options) {
    const value = SPECIAL[attribute] ?? VALUES[kind]
    const slot = flatTableOf(table).slots.find((candidate) => candidate.attribute === attribute)
    if (value === undefined || slot === undefined) continue
    // Generated code looks for what the schema requires without asking whether it is there.
    if (isSet() || slot.required) attributes[attribute] = value(random)
  }
  // Resumption needs a token, and a revocation an id.
  if (table.options.some(({ attribute }) => attribute === 'resume_token')) attributes.resume_token = 'token'
  for (const revoked of ['subscription', 'registration'])
    if (attributes[revoked] === 0) attributes[revoked] = 1
  if (table.payload === 'any' && isOpaque) {
    attributes.payload = Uint8Array.of(1, ...random.bytes(200))
    attributes.enc_algo ??= 'cryptobox'
  } else if (table.payload === 'any') {
    for (const enc of ['enc_algo', 'enc_key', 'enc_serializer']) delete attributes[enc]
    if (isSet()) attributes.args = [random.value(2), 1]
    if (isSet()) attributes.kwargs = { a: random.value(2) }
  }
  return make(name, attributes)
}
