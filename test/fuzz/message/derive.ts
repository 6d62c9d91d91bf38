/** What one message hands over to another that is made of it, in plain values. */
import type { Plain } from './plain.ts'
import { schemaOf } from './schema.ts'
import { copyOf, type Shadow } from './shadow.ts'

/** How a message is derived: the method, and the classes that it takes and makes. */
export interface Derivation {
  readonly target: string
  /** Options that are never handed over. */
  readonly stays: readonly string[]
}

const IDENTITY = ['caller', 'caller_authid', 'caller_authrole', 'callee', 'callee_authid', 'callee_authrole']

/** `X.from(y)` by the class of y. */
export const DERIVATIONS: Readonly<Record<string, Derivation>> = {
  Publish: { target: 'Event', stays: [] },
  Call: { target: 'Invocation', stays: ['timeout', ...IDENTITY] },
  Yield: { target: 'Result', stays: IDENTITY },
  Cancel: { target: 'Interrupt', stays: [] },
  Error: { target: 'Error', stays: [] },
}

/** The message that `from` makes; `given` are plain values, null takes away. */
export function derived(source: Shadow, given: ReadonlyMap<string, Plain>): Shadow {
  const { target, stays } = DERIVATIONS[source.schema.className] as Derivation
  const schema = schemaOf(target)
  const isLinked = source.attributes.has('forward_for')
  const attributes = new Map<string, Plain>()
  const positions = source.schema.attributes.filter(({ isPosition }) => isPosition).map(({ name }) => name)
  for (const { name, isPosition } of schema.attributes) {
    const value = source.attributes.get(name)
    if (isPosition || positions.includes(name) || value === undefined) continue
    // `skip` is no mode of INTERRUPT.
    if (name === 'mode' && value === 'skip') continue
    if (stays.includes(name) && !(isLinked && IDENTITY.includes(name))) continue
    attributes.set(name, value)
  }
  if (target === 'Error') attributes.set('error', source.attributes.get('error') as Plain)
  for (const [name, value] of given) {
    if (value === null) attributes.delete(name)
    else attributes.set(name, value)
  }
  const keys = [...(source.custom ?? [])].filter(([key]) => /^(?:x_|_)/.test(key))
  return { ...source, schema, attributes, custom: keys.length === 0 ? null : new Map(keys) }
}

/** The message for the next router. */
export function forwarded(source: Shadow, hop: Plain): Shadow {
  const shadow = copyOf(source)
  const hops = (shadow.attributes.get('forward_for') ?? []) as readonly Plain[]
  shadow.attributes.set('forward_for', [...hops, hop])
  return shadow
}

const CRYPTOBOX = 'xsalsa20poly1305'

/** The message in another dialect of opaque payloads; null when the dialect has no words for it. */
export function bridged(source: Shadow, to: 'enc' | 'ppt'): Shadow | null {
  const shadow = copyOf(source)
  if (source.payload === null || source.mode === to) return shadow
  shadow.mode = to
  const words = to === 'ppt' ? passthruOf(source) : encryptionOf(source)
  if (words === null) return null
  for (const name of [...shadow.attributes.keys()]) {
    const isReplaced = to === 'ppt' ? name.startsWith('enc_') : name.startsWith('ppt_')
    if (isReplaced) shadow.attributes.delete(name)
  }
  if (to === 'ppt') shadow.attributes.delete('ppt_cipher')
  for (const [name, value] of Object.entries(words)) {
    if (value !== undefined) shadow.attributes.set(name, value)
  }
  return shadow
}

type Words = Readonly<Record<string, Plain | undefined>>

function passthruOf({ attributes }: Shadow): Words | null {
  const algo = attributes.get('enc_algo')
  if (algo === undefined) return null
  return {
    ppt_scheme: algo === 'cryptobox' ? 'wamp' : algo === 'xbr' ? 'x_xbr' : algo,
    ppt_serializer: attributes.get('enc_serializer'),
    ppt_cipher: algo === 'cryptobox' ? CRYPTOBOX : undefined,
    ppt_keyid: attributes.get('enc_key'),
  }
}

const SERIALIZERS: readonly unknown[] = [
  'json',
  'msgpack',
  'cbor',
  'ubjson',
  'opaque',
  'flatbuffers',
  'flexbuffers',
]

function encryptionOf({ attributes }: Shadow): Words | null {
  const scheme = attributes.get('ppt_scheme')
  const cipher = attributes.get('ppt_cipher')
  const serializer = attributes.get('ppt_serializer')
  const isBox = scheme === 'wamp'
  if (cipher !== (isBox ? CRYPTOBOX : undefined)) return null
  const isCustom = (name: unknown): boolean =>
    typeof name === 'string' && /^x_(?:[a-z][0-9a-z_]+)?$/.test(name)
  if (!isBox && scheme !== 'mqtt' && !isCustom(scheme)) return null
  if (serializer !== undefined && !SERIALIZERS.includes(serializer) && !isCustom(serializer)) return null
  return {
    enc_algo: isBox ? 'cryptobox' : scheme === 'x_xbr' ? 'xbr' : scheme,
    enc_serializer: serializer,
    enc_key: attributes.get('ppt_keyid'),
  }
}
