/**
 * The reference vectors (WIRE.md section 0): the values that their escapes stand for, messages from their `input`, and
 * attributes of a message in the shape of their `attrs`.
 */
import { type Codec, Float64, type Message, message as messages, type Serializer } from '../../src/index.ts'

/** The list formats, by the id of their serializer. */
export const LIST_FORMATS = ['json', 'msgpack', 'cbor', 'ubjson'] as const

/** One of them. */
export type ListFormat = (typeof LIST_FORMATS)[number]

/** The list formats as the vectors name them: the older dialect of UBJSON is one of its own. */
export const WIRE_FORMATS: readonly WireFormat[] = [...LIST_FORMATS, 'ubjson-draft12']

/** One of them. */
export type WireFormat = ListFormat | 'ubjson-draft12'

/** The serializer of a format, or the batched one. */
export function serializerOf(codec: Codec, format: WireFormat, batched: '' | '.batched' = ''): Serializer {
  if (format === 'ubjson-draft12') return codec.serializer(`ubjson${batched}`, { ubjsonDialect: 'draft12' })
  return codec.serializer(`${format}${batched}`)
}

/** A line of `vectors.jsonl`. */
export interface Vector {
  readonly id: string
  readonly type: string
  readonly serializer: string
  readonly hex: string
  readonly input: Readonly<Record<string, unknown>>
  readonly marshal: readonly unknown[]
  /** What the reference peer reads, where that is not what it wrote. */
  readonly remarshal_as?: readonly unknown[]
  /** What it does not read back. */
  readonly lost?: object
  /** Null when the reference peer refuses what it has written itself. */
  readonly attrs: Readonly<Record<string, unknown>> | null
}

/** A line of `accepted.jsonl`; those of `invalid.jsonl` have `error_class` and `error` in place of the last two. */
export interface ListVector {
  readonly id: string
  readonly type: string
  readonly wmsg: readonly unknown[]
  readonly attrs: Readonly<Record<string, unknown>>
  readonly remarshal: readonly unknown[]
}

/** A line of `invalid_bytes.jsonl` or `batched.jsonl`: with `marshal` when the reference peer accepts the bytes. */
export interface BytesVector {
  readonly id?: string
  readonly case?: string
  readonly count?: number
  readonly serializer: string
  readonly hex: string
  readonly isBinary?: boolean
  readonly marshal?: readonly (readonly unknown[])[]
}

/** The bytes of hexadecimal text. */
export function unhex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'))
}

/** Hexadecimal text of bytes. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/**
 * The value that an escape stands for. To be encoded, every float is a `Float64`: JavaScript writes `1e-05` as
 * `0.00001`, the reference peer as Python does. To be compared, floats are numbers.
 */
export function unescapeValue(value: unknown, floats: 'Float64' | 'number'): unknown {
  const inner = (item: unknown): unknown => unescapeValue(item, floats)
  if (typeof value === 'number') {
    return floats === 'Float64' && !Number.isInteger(value) ? new Float64(value) : value
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(inner)
  const object = value as Record<string, unknown>
  const { $hex, $int, $float, $map, $decimal } = object
  if (typeof $hex === 'string') return unhex($hex)
  // Up to 2^53 an integer is a Number with us, beyond a BigInt.
  if (typeof $int === 'string') return /^-?9007199254740992$/.test($int) ? Number($int) : BigInt($int)
  if (typeof $decimal === 'string') return $decimal
  if (typeof $float === 'string') {
    const float = Number($float.replace('inf', 'Infinity'))
    return floats === 'Float64' ? new Float64(float) : float
  }
  if (Array.isArray($map)) return new Map($map.map(([key, item]) => [inner(key), inner(item)]))
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, inner(item)]))
}

/** A class of messages by WAMP's own name of the message. */
export function classOf(type: string): new (attributes: object) => Message {
  const name = type
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('')
  return (messages as unknown as Record<string, new (attributes: object) => Message>)[name] as never
}

/** The message that a vector's `input` describes. Throws what the constructor throws. */
export function messageOf(type: string, input: Readonly<Record<string, unknown>>): Message {
  const attributes = unescapeValue(input, 'Float64') as Record<string, unknown>
  if (attributes.roles != null) attributes.roles = wireRoles(attributes.roles)
  return new (classOf(type))(attributes)
}

/** The roles of the wire: `{ caller: { call_timeout: true } }` becomes `{ caller: { features: {...} } }`. */
export function wireRoles(roles: unknown): unknown {
  return mapRoles(roles, (features) => (Object.keys(features).length === 0 ? {} : { features }))
}

/** The roles of the vectors: without the `features` level, and without features that are null. */
export function vectorRoles(roles: unknown): unknown {
  return mapRoles(roles, ({ features }) =>
    Object.fromEntries(Object.entries(features ?? {}).filter(([, value]) => value !== null)),
  )
}

function mapRoles(roles: unknown, map: (role: Record<string, unknown>) => object): unknown {
  if (typeof roles !== 'object' || roles === null) return roles
  return Object.fromEntries(
    Object.entries(roles).map(([name, role]) => [name, map(role as Record<string, unknown>)]),
  )
}

/** The attributes of a message that a vector names, in its shape. */
export function attributesLike(message: Message, attrs: Readonly<Record<string, unknown>>): unknown {
  const values = message as unknown as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    Object.keys(attrs).map((name) => {
      if (name === 'roles') return [name, vectorRoles(values.roles)]
      // The reference peer has an empty dictionary where nothing is; we say null.
      if (name === 'custom' || name === 'extra') return [name, values[name] ?? {}]
      return [name, values[name]]
    }),
  )
}

/** A vector's `attrs` to compare with `attributesLike`. */
export function expectedAttributes(attrs: Readonly<Record<string, unknown>>): unknown {
  const values = unescapeValue(attrs, 'number') as Record<string, unknown>
  const empty = (name: string): object => (name in values && values[name] === null ? { [name]: {} } : {})
  return { ...values, ...empty('custom'), ...empty('extra') }
}

/**
 * A text that is equal for equal values and different for all others: maps and objects by content whatever the order,
 * bytes, big integers, -0 and NaN by name.
 */
export function canonical(value: unknown): string {
  if (value instanceof Float64) return canonical(value.value)
  if (value instanceof Uint8Array) return `bytes ${hex(value)}`
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const entries: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value)
  return `{${entries
    .map(([key, item]) => `${canonical(key)}:${canonical(item)}`)
    .sort()
    .join(',')}}`
}

/** The format of a serializer id that this package has, or null. */
export function listFormatOf(serializer: string): ListFormat | null {
  const name = serializer.replace('.batched', '')
  return LIST_FORMATS.find((format) => format === name) ?? null
}
