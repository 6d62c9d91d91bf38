/**
 * What a message should say, kept in plain JavaScript beside the message itself. Nothing here looks at the
 * code that is tested: expected lists are put together by hand, frames are written by the tests' own encoder.
 */
import { Float64 } from '../../src/index.ts'
import type { Random } from '../support/random.ts'
import type { ListFormat } from '../support/vectors.ts'
import { writeValue } from '../support/write-value.ts'

/** The kinds of messages in the model: with a payload and without, with one id and with two. */
export const CODES = { publish: 16, subscribe: 32, event: 36, call: 48, published: 17 } as const

/** One of them. */
export type Type = keyof typeof CODES

/** The attributes of a message. */
export interface Shadow {
  readonly type: Type
  ids: [number, number]
  text: string
  options: Record<string, unknown>
  args: unknown[] | null
  kwargs: Record<string, unknown> | null
  payload: Uint8Array | null
}

/** The list that `marshal()` should give. */
export function listOf(shadow: Shadow): unknown[] {
  const { type, ids, text, options, args, kwargs, payload } = shadow
  const code = CODES[type]
  if (type === 'published') return [code, ...ids]
  const head =
    type === 'event' ? [code, ids[0], ids[1], { ...options }] : [code, ids[0], { ...options }, text]
  if (payload !== null) return payload.length > 0 ? [...head, payload] : head
  if (kwargs !== null && Object.keys(kwargs).length > 0) return [...head, args ?? [], kwargs]
  return args !== null && args.length > 0 ? [...head, args] : head
}

/** True for the three types that carry a payload. */
export function hasPayload(type: Type): boolean {
  return type === 'publish' || type === 'event' || type === 'call'
}

/** The frame of a message, as a peer writes it. */
export function frameOf(shadow: Shadow, format: ListFormat): Uint8Array {
  return writeValue(format, exact(listOf(shadow))) as Uint8Array
}

/** The same value with its floats marked: the tests' encoder takes every number for an integer. */
function exact(value: unknown): unknown {
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && !isNegativeZero(value) ? value : float(value)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map(exact)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, exact(item)]))
}

function isNegativeZero(value: number): boolean {
  return Object.is(value, -0)
}

/** 2^53 is an integer for the codec, everything beyond is a float. */
function float(value: number): unknown {
  return Math.abs(value) === 2 ** 53 ? BigInt(value) : new Float64(value)
}

/** A new message's attributes. */
export function randomShadow(random: Random): Shadow {
  const type = random.pick(['publish', 'publish', 'subscribe', 'event', 'call', 'published'] as const)
  const ids = (): number => random.pick([1, 300, 2 ** 31, 2 ** 40, 2 ** 53])
  const shadow: Shadow = {
    type,
    ids: [ids(), ids()],
    text: randomUri(random),
    options: {},
    args: null,
    kwargs: null,
    payload: null,
  }
  if (type === 'published') return shadow
  if (random.int(0, 2) > 0) shadow.options = randomOptions(type, random)
  if (!hasPayload(type)) return shadow
  if (random.int(0, 4) === 0) shadow.payload = random.bytes(60)
  else {
    shadow.args = random.int(0, 3) === 0 ? null : randomArgs(random)
    shadow.kwargs = random.int(0, 2) === 0 ? randomKwargs(random) : null
  }
  // On the wire there is no difference between nothing and something empty.
  return normal(shadow)
}

/** What is left of empty values on the wire: args are an empty list beside kwargs, all else is null. */
export function normal(shadow: Shadow): Shadow {
  if (shadow.payload?.length === 0) shadow.payload = null
  if (shadow.kwargs !== null && Object.keys(shadow.kwargs).length === 0) shadow.kwargs = null
  if (shadow.kwargs !== null) shadow.args ??= []
  else if (shadow.args?.length === 0) shadow.args = null
  return shadow
}

/** A few topics come again and again, most are new. */
export function randomUri(random: Random): string {
  return random.int(0, 1) === 0
    ? `com.example.topic${random.int(1, 5)}`
    : `com.ключ.n${random.int(0, 2 ** 31)}`
}

/** Values of args. */
export function randomArgs(random: Random): unknown[] {
  return Array.from({ length: random.int(0, 4) }, () => randomValue(random))
}

/** A value that all formats give back as it was. */
function randomValue(random: Random, bytes: boolean = true): unknown {
  return random.value(1, { bytes })
}

/** Values of kwargs. */
export function randomKwargs(random: Random): Record<string, unknown> {
  const keys = ['a', 'b', '__proto__', 'ключ', '7']
  return Object.fromEntries(
    keys.slice(random.int(0, 3), random.int(2, 5)).map((key) => [key, randomValue(random)] as const),
  )
}

/** Options: known ones that several types have, and custom ones. */
export function randomOptions(type: Type, random: Random): Record<string, unknown> {
  const options: Record<string, unknown> = randomCustom(random) ?? {}
  if (random.int(0, 1) === 0) options.forward_for = randomHops(random)
  if (type !== 'subscribe' && random.int(0, 1) === 0) options.transaction_hash = random.text(30)
  if (type === 'publish' && random.int(0, 1) === 0) options.exclude = [1, 2 ** 53, random.int(0, 300)]
  return options
}

/** The chain of a forwarded message. */
export function randomHops(random: Random): unknown[] {
  const hop = (): unknown => ({ session: random.int(1, 2 ** 40), authid: null, authrole: random.text(5) })
  return random.int(0, 1) === 0 ? [hop()] : [hop(), hop()]
}

/** Keys that WAMP does not know. */
export function randomCustom(random: Random): Record<string, unknown> | null {
  if (random.int(0, 1) === 0) return null
  return { x_a: randomValue(random, false), _b: random.text(10), other: { deep: [random.int(0, 9)] } }
}

/** The options that an event takes over from its publication. */
export function carriedOptions(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isCarried = (key: string): boolean =>
    key === 'forward_for' || key === 'transaction_hash' || key.startsWith('x_') || key.startsWith('_')
  return Object.fromEntries(Object.entries(options).filter(([key]) => isCarried(key)))
}

/** The custom ones of the options, or null. */
export function customOf(options: Readonly<Record<string, unknown>>): Record<string, unknown> | null {
  const known = ['forward_for', 'transaction_hash', 'exclude']
  const custom = Object.entries(options).filter(([key]) => !known.includes(key))
  return custom.length === 0 ? null : Object.fromEntries(custom)
}
