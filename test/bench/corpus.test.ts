import { expect, test } from 'vitest'
import { bench } from './load.ts'

interface Of {
  readonly type: string
  readonly size: string
  readonly kind: string
  readonly shape: string
}
type List = readonly unknown[]

const { messagesOf, ARGS_AT, SIZES } = await bench<{
  messagesOf(of: Of, seed: number): List[]
  ARGS_AT: Readonly<Record<string, number>>
  SIZES: Readonly<Record<string, number>>
}>('corpus/messages.mjs')
const { KINDS } = await bench<{ KINDS: Readonly<Record<string, object>> }>('corpus/kinds.mjs')

const types = Object.keys(ARGS_AT)
const OFS: readonly Of[] = [
  ...Object.keys(KINDS).map((kind) => ({
    type: kind === 'options' ? 'publish' : 'event',
    size: '1k',
    kind,
    shape: 'varied',
  })),
  ...types.flatMap((type) =>
    Object.keys(SIZES)
      .filter((size) => size !== '4m' || type === 'event')
      .map((size) => ({ type, size, kind: 'mixed', shape: 'repeated' })),
  ),
  { type: 'event', size: '1k', kind: 'mixed', shape: 'rotating' },
]
const label = ({ type, size, kind, shape }: Of): string => `${type}-${size}-${kind}/${shape}`

test.each(OFS.map((of) => ({ of, name: label(of) })))('$name is drawn from the seed alone', ({ of }) => {
  const messages = messagesOf(of, 1)
  expect(messagesOf(of, 1)).toEqual(messages)
  // What has no payload still has ids.
  expect(messagesOf(of, 2)).not.toEqual(messages)
})

/** Every value of a message with a payload, one after the other. */
function leaves(value: unknown): unknown[] {
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('hex')]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value]
}

test.each(Object.keys(KINDS))('another seed changes every message of %s', (kind) => {
  const of = { type: 'publish', size: '1k', kind, shape: 'varied' }
  const payloads = (seed: number): string[] =>
    messagesOf(of, seed).map((list) => leaves(list.slice(4)).join())
  const before = new Set(payloads(1))
  expect(before.size).toBeGreaterThanOrEqual(256)
  expect(payloads(2).filter((payload) => before.has(payload))).toEqual([])
})

/** JSON bytes of args and kwargs, byte strings as they are. */
function payloadBytes(list: List, type: string): number {
  let raw = 0
  const text = JSON.stringify(list.slice(ARGS_AT[type]), (_, value: unknown) => {
    if (!(value instanceof Uint8Array)) return value
    raw += value.length
    return ''
  })
  return list.length === ARGS_AT[type] ? 0 : Buffer.byteLength(text) + raw - 1
}

test.each(OFS.map((of) => ({ of, name: label(of) })))('$name has payloads of its size', ({ of }) => {
  const size = SIZES[of.size] as number
  const lengths = messagesOf(of, 3).map((list) => payloadBytes(list, of.type))
  expect(Math.max(...lengths)).toBeLessThanOrEqual(size + 2)
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length
  expect(mean).toBeGreaterThanOrEqual(size * (of.size === '100b' ? 0.7 : 0.9))
})

/** The key sets of all dictionaries in a value. */
function keySets(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  const inside = Object.values(value).flatMap(keySets)
  return Array.isArray(value) ? inside : [Object.keys(value).join(), ...inside]
}

test('varied messages have hundreds of key sets, rotating ones 700', () => {
  const of = { type: 'event', size: '1k', kind: 'mixed' }
  const varied = messagesOf({ ...of, shape: 'varied' }, 1)
  expect(new Set(varied.flatMap((list) => keySets(list[4]))).size).toBeGreaterThan(300)
  const rotating = messagesOf({ ...of, shape: 'rotating' }, 1)
  const first = rotating.map((list) => Object.keys((list[4] as object[])[0] as object).join())
  expect(new Set(first).size).toBe(700)
})

test('numbers have no negative zero, which encoders treat differently', () => {
  const values = messagesOf(
    { type: 'event', size: '16k', kind: 'numbers', shape: 'varied' },
    20_261_122,
  ).flatMap(leaves)
  expect(values.some((value) => Object.is(value, -0))).toBe(false)
})

test('keys of a dictionary do not come again', () => {
  const of = { type: 'event', size: '1k', kind: 'dictionary', shape: 'varied' }
  const keys = messagesOf(of, 1).flatMap((list) => (list[4] as object[]).flatMap(Object.keys))
  expect(keys.length).toBeGreaterThan(60_000)
  // Some are drawn twice, far from each other.
  expect(new Set(keys).size).toBeGreaterThan(keys.length * 0.999)
})

test.each(['publish', 'call'])(
  'options messages of %s have one to four options, each of them somewhere',
  (type) => {
    const messages = messagesOf({ type, size: '100b', kind: 'options', shape: 'varied' }, 1)
    const options = messages.map((list) => Object.keys(list[2] as object))
    expect(new Set(options.map(({ length }) => length))).toEqual(new Set([1, 2, 3, 4]))
    expect(options.flat()).toContain('forward_for')
  },
)
