/** Random attributes for messages of all classes: what the constructors take. */
import type { Random } from '../../support/random.ts'
import { type Attribute, ENUMS, type Kind, ROLES, type Schema } from './schema.ts'
import { randomDict, randomList, randomText, randomValue, setOwn } from './values.ts'

/** Attributes as an application gives them. */
export type Attributes = Record<string, unknown>

const IDS = [0, 1, 300, 2 ** 31, 2 ** 32, 2 ** 40 + 1, 2 ** 53 - 1, 2 ** 53]
const INTS = [
  0,
  1,
  -1,
  7,
  65536,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2n ** 53n + 1n,
  2n ** 63n,
  2n ** 64n - 1n,
  2n ** 64n,
  -5,
]
const URIS = [
  'com.example.topic1',
  'com.example.topic2',
  'a.b',
  'wamp.error.x',
  'com.ключ.a',
  `com.${'x'.repeat(300)}`,
  'com.example.€',
]

/** Values of the kinds that a few are enough of. */
const CHOICES: Readonly<Partial<Record<Kind, readonly unknown[]>>> = {
  requestType: [16, 32, 34, 48, 64, 66, 68],
  bool: [true, false],
  int: INTS,
  uint: [0, 1, 5000, 2 ** 32 - 1, 2 ** 32, 2n ** 64n],
  count: [1, 2, 65535, 65536, 2n ** 60n],
  method: ENUMS.method ?? [],
  match: ENUMS.match ?? [],
  invoke: ENUMS.invoke ?? [],
  cancelMode: ENUMS.cancelMode ?? [],
  interruptMode: ENUMS.interruptMode ?? [],
}

/** A URI; half of them are new ones. */
export function randomUri(random: Random): string {
  return random.int(0, 1) === 0 ? random.pick(URIS) : `com.example.n${random.int(0, 2 ** 31)}`
}

/** An id. */
export function randomId(random: Random): number {
  return random.int(0, 3) === 0 ? random.int(0, 2 ** 53) : random.pick(IDS)
}

/** A hop of forward_for. */
export function randomHop(random: Random): object {
  const role = random.int(0, 30) === 0 ? null : random.pick(['user', '', 'röle', 'x'.repeat(40)])
  const session = random.int(0, 30) === 0 ? random.pick(INTS) : randomId(random)
  return { session, authid: random.pick([null, 'joe', '', '\0']), authrole: role }
}

/** Custom keys, of which none is known to any message. */
export function randomCustom(random: Random): Record<string, unknown> | null {
  const custom: Record<string, unknown> = {}
  for (let i = random.int(0, 3); i > 0; i--) {
    const key = random.pick(['x_a', '_b', 'other', 'x_ключ', '__proto__', '12', 'zz top'])
    setOwn(custom, key, randomValue(random, 2))
  }
  return Object.keys(custom).length === 0 ? null : custom
}

/** A value for an attribute. */
export function randomAttribute(random: Random, { kind, name }: Attribute): unknown {
  const choices = CHOICES[kind]
  if (choices !== undefined) return random.pick(choices)
  switch (kind) {
    case 'id':
      return randomId(random)
    case 'uri':
      return randomUri(random)
    case 'realm':
      return random.pick(['realm1', 'com.realm', null])
    case 'ints':
      return Array.from({ length: random.int(0, 3) }, () => random.pick(INTS))
    case 'texts':
      return Array.from({ length: random.int(0, 3) }, () => attributeText(random))
    case 'methods':
      return Array.from({ length: random.int(0, 3) }, () => random.pick(['ticket', 'cryptosign', 'x_own']))
    case 'dict':
      return randomDict(random, 2)
    case 'hops':
      return Array.from({ length: random.int(0, 3) }, () => randomHop(random))
    case 'clientRoles':
      return randomRoles(random, ['publisher', 'subscriber', 'caller', 'callee'])
    case 'routerRoles':
      return randomRoles(random, ['broker', 'dealer'])
    default:
      return name === 'agent' || random.int(0, 3) > 0 ? attributeText(random) : randomText(random)
  }
}

function attributeText(random: Random): string {
  return random.pick(['joe', 'user', '', 'ключ', 'a\0b', 'x'.repeat(50), 'h', '€'])
}

function randomRoles(random: Random, names: readonly string[]): object {
  const roles: Record<string, unknown> = {}
  const needed = random.pick(names)
  for (const name of names) {
    if (name !== needed && random.int(0, 1) === 0) continue
    const features: Record<string, unknown> = {}
    for (const feature of ROLES[name] ?? []) {
      if (random.int(0, 1) === 0) features[feature] = random.int(0, 1) === 0
    }
    if (random.int(0, 5) === 0) features.x_own = randomValue(random, 1)
    roles[name] = random.int(0, 3) === 0 ? {} : { features }
  }
  return roles
}

/** What describes an opaque payload, in either dialect. */
function randomDescription(random: Random): Attributes {
  const attributes: Attributes = {}
  const some = (name: string, values: readonly unknown[]): void => {
    if (random.int(0, 1) === 0) attributes[name] = random.pick(values)
  }
  if (random.int(0, 3) === 0) {
    attributes.ppt_scheme = random.pick(['wamp', 'mqtt', 'x_s1', 'x_xbr', 'else'])
    some('ppt_serializer', ['cbor', 'json', 'x_mine', 'other'])
    some('ppt_cipher', ['xsalsa20poly1305', 'aes256gcm', 'own'])
    some('ppt_keyid', ['k', '', '\0k'])
  } else if (random.int(0, 3) > 0) {
    attributes.enc_algo = random.pick(['cryptobox', 'mqtt', 'xbr', 'x_mine'])
    some('enc_key', ['key', '', '\0', 'ключ'])
    some('enc_serializer', ['cbor', 'json', 'flatbuffers', 'opaque', 'flexbuffers', 'x_mine'])
  }
  return attributes
}

/** args and kwargs, or an opaque payload with what describes it. */
export function randomPayload(random: Random, payload: Schema['payload']): Attributes {
  const attributes: Attributes = {}
  if (payload === 'any' && random.int(0, 5) === 0) {
    const bytes = random.int(0, 5) === 0 ? new Uint8Array(0) : random.bytes(random.pick([5, 60, 500]))
    return { payload: bytes, ...randomDescription(random) }
  }
  if (random.int(0, 9) > 0) attributes.args = randomList(random, 3)
  if (random.int(0, 2) > 0) attributes.kwargs = randomDict(random, 3)
  return attributes
}

/** Attributes of a message, such as its constructor takes them. */
export function randomAttributes(random: Random, schema: Schema): Attributes {
  const attributes: Attributes = {}
  const density = random.pick([0, 1, 3, 8])
  for (const attribute of schema.attributes) {
    const { name, isPosition, kind } = attribute
    if (/^(?:enc|ppt)_/.test(name) || /^resum(?!ed)/.test(name)) continue
    const isRevocation = schema.className.startsWith('Uns') || schema.className.startsWith('Unr')
    if (isRevocation && !isPosition && kind === 'int') continue
    const isNeeded = (isPosition && kind !== 'dict') || kind.endsWith('Roles')
    if (isNeeded || random.int(0, 9) < density) attributes[name] = randomAttribute(random, attribute)
  }
  addRuled(random, schema, attributes)
  if (schema.code < 5 || schema.attributes.some(({ isPosition }) => !isPosition)) {
    const hasOptions = schema.className !== 'Challenge' && schema.className !== 'Authenticate'
    const custom = hasOptions && random.int(0, 2) === 0 ? randomCustom(random) : null
    if (custom !== null) attributes.custom = custom
  }
  return schema.payload === 'none' ? attributes : { ...attributes, ...randomPayload(random, schema.payload) }
}

/** Attributes that depend on others. */
function addRuled(random: Random, { className }: Schema, attributes: Attributes): void {
  const isMore = random.int(0, 1) === 0
  // Profile 'autobahn' leaves empty text out, and FlatBuffers must have this one.
  if (attributes.signature === '') attributes.signature = 'secret'
  if (className === 'Hello' && isMore) {
    attributes.resume_token = random.pick(['t', 'токен'])
    if (random.int(0, 1) === 0) attributes.resume_session = random.pick(INTS)
    if (random.int(0, 1) === 0) attributes.resumable = true
  } else if (className === 'Welcome' && isMore) {
    attributes.resume_token = 'token'
    attributes.resumable = true
  } else if (className === 'Goodbye' && isMore) {
    attributes.resumable = random.int(0, 1) === 0
  } else if (/^(?:Unsubscribed|Unregistered)$/.test(className) && isMore) {
    attributes.request = 0
    attributes[className === 'Unsubscribed' ? 'subscription' : 'registration'] = random.pick([
      1,
      7,
      2n ** 60n,
    ])
  }
}
