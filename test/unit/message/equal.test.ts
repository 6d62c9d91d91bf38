import { describe, expect, test, vi } from 'vitest'
import { createCodec, Float64, Publish, Tagged } from '../../../src/index.ts'
import { equalValues } from '../../../src/message/equal.ts'

describe('a BigInt equals the number that it is on the wire', () => {
  test.each([
    [5n, 5, true],
    [-(2n ** 53n), -(2 ** 53), true],
    [0n, 0, true],
    [5n, 6, false],
    [1n, 1.5, false],
    [2n ** 60n, 2 ** 60, false],
    [1n, Number.NaN, false],
    [1n, '1', false],
    [1n, true, false],
    [2n ** 60n, 2n ** 60n, true],
  ])('that %s equals %s is %s', (integer, other, isEqual) => {
    expect(equalValues(integer, other)).toBe(isEqual)
    expect(equalValues([other], [integer])).toBe(isEqual)
  })
})

test('a message with small BigInts in its options loses nothing on its way into a list', () => {
  const codec = createCodec()
  const publish = new Publish({ request: 1, topic: 'a.b', custom: { x_a: 7n }, exclude: [1] })
  const json = codec.serializer('json')
  expect(codec.lossReport(publish, json)).toEqual([])
  expect(json.decode(json.encode(publish)).equals(publish)).toBe(true)
})

test('values are equal when the same is written of them', () => {
  const own = (value: unknown): object => ({ toJSON: () => value })
  const pairs: [unknown, unknown, boolean][] = [
    [new Date(0), new Date(0), true],
    [new Date(0), new Date(1), false],
    [new Date(0), '1970-01-01T00:00:00.000Z', true],
    [own(1), own(1), true],
    [own(1), own(2), false],
    [own([1]), [1], true],
    [Uint8Array.of(1, 2).buffer, Uint8Array.of(1, 2), true],
    [Uint8Array.of(1, 2).buffer, Uint8Array.of(1, 3).buffer, false],
    [new DataView(Uint8Array.of(1, 2).buffer, 1), Uint8Array.of(2), true],
    [Float32Array.of(1.5), [1.5], true],
    [Float32Array.of(1.5), Float32Array.of(2.5), false],
    [Object('a'), 'a', true],
  ]
  for (const [a, b, isEqual] of pairs) {
    const [left, right] = [a, b].map((value) => new Publish({ request: 1, topic: 'a.b', args: [value] })) as [
      Publish,
      Publish,
    ]
    expect([a, b, left.equals(right)]).toEqual([a, b, isEqual])
    expect([b, a, right.equals(left)]).toEqual([b, a, isEqual])
  }
})

test('values that contain themselves are compared to an end', () => {
  const ring = (length: number, last: unknown): unknown[] => {
    const first: unknown[] = [last]
    let list = first
    for (let i = 1; i < length; i++) list = [list, last]
    first.unshift(list)
    return first
  }
  expect(equalValues(ring(1, 1), ring(1, 1))).toBe(true)
  expect(equalValues(ring(2, 1), ring(3, 1))).toBe(true)
  expect(equalValues(ring(2, 1), ring(3, 2))).toBe(false)
  expect(equalValues(ring(2, 1), [[[[1, 1], 1], 1], 1])).toBe(false)
})

test('holes, boxes and what lost its buffer are compared as what they are', () => {
  // biome-ignore lint/suspicious/noSparseArray: this is what it is about
  const holes = [1, , 3]
  expect(equalValues(holes, [1, 2, 3])).toBe(false)
  expect(equalValues([1, 2, 3], holes)).toBe(false)
  expect(equalValues(Object(5n), 5)).toBe(true)
  const gone = new Float32Array([1, 2])
  structuredClone(gone, { transfer: [gone.buffer] })
  expect(equalValues(gone, [1, 2])).toBe(false)
  expect(equalValues(gone, [])).toBe(true)
})

test('Float64 and Tagged of another copy of the package are what they say', async () => {
  vi.resetModules()
  const theirs = await import('../../../src/payload/values.ts')
  expect(theirs.Tagged).not.toBe(Tagged)
  const bytes = Uint8Array.of(1)
  const pairs: [unknown, unknown, boolean][] = [
    [new theirs.Float64(1), new Float64(1), true],
    [new theirs.Float64(1), 1, true],
    [new theirs.Float64(1), 2, false],
    [new theirs.Tagged(5, bytes, 'extension'), new Tagged(5, bytes, 'extension'), true],
    [new theirs.Tagged(5, bytes), new Tagged(5, bytes, 'extension'), false],
    [new theirs.Tagged(5, bytes), new Tagged(5, bytes), true],
    [new theirs.Tagged(5, bytes), { tag: 5, value: bytes }, false],
    [new Map([[new theirs.Float64(1.5), 1]]), new Map([[new Float64(1.5), 1]]), true],
    [new Map([[new theirs.Tagged(5, [1]), 1]]), new Map([[new Tagged(5, [1]), 1]]), true],
    [new Map([[[new theirs.Float64(1)], 1]]), new Map([[[1], 1]]), true],
  ]
  for (const [a, b, isEqual] of pairs) {
    expect([a, b, equalValues(a, b)]).toEqual([a, b, isEqual])
    expect([b, a, equalValues(b, a)]).toEqual([b, a, isEqual])
  }
})

function itself(): unknown[] {
  const list: unknown[] = [1]
  list.push(list)
  return list
}

test('keys of Maps are equal when they are the same number on the wire', () => {
  const map = (...keys: unknown[]): unknown => new Map(keys.map((key) => [key, 'v']))
  const pairs: [unknown, unknown, boolean][] = [
    [map(1n), map(1), true],
    [map(1n, 'a'), map('a', 1), true],
    [map(1n, [2]), map(1, [2]), true],
    [map(new Float64(1)), map(1), true],
    [map(2n ** 53n), map(2 ** 53), true],
    [map(2n ** 60n), map(2 ** 60), false],
    [map(1n), map(2), false],
    [map(1n), map('1'), false],
    [map(new Number(1)), map(1), true],
    [map(new String('a')), map('a'), true],
    [map(new Date(0)), map('1970-01-01T00:00:00.000Z'), true],
    [map(itself()), map(itself()), true],
  ]
  for (const [a, b, isEqual] of pairs) {
    expect([a, b, equalValues(a, b)]).toEqual([a, b, isEqual])
    expect([b, a, equalValues(b, a)]).toEqual([b, a, isEqual])
  }
})

test('what a toJSON gives is looked at as what it is, too', () => {
  const says = (value: unknown): object => ({ toJSON: () => value })
  const view = (byte: number): DataView => new DataView(Uint8Array.of(byte).buffer)
  for (const [a, b] of [
    [new Number(1), new Number(2)],
    [new Boolean(true), new Boolean(false)],
    [Object(1n), Object(2n)],
    [Uint8Array.of(1).buffer, Uint8Array.of(2, 3).buffer],
    [view(1), view(2)],
    [new Float64(1), new Float64(2)],
  ]) {
    expect([a, equalValues([says(a)], [says(b)])]).toEqual([a, false])
    expect([a, equalValues([says(a)], [a])]).toEqual([a, true])
  }
  // Writers ask all but views, Float64 and Tagged.
  expect(equalValues(Object.assign(new Number(1), says(5)), 5)).toBe(true)
  expect(equalValues(Object.assign(new ArrayBuffer(1), says(5)), 5)).toBe(true)
  expect(equalValues(Buffer.from([1]), Uint8Array.of(1))).toBe(true)
})
