/** Numbers with a fraction that follow each other in arrays (src/payload/write-text.ts): same bytes, asked once. */
import { describe, expect, test } from 'vitest'
import { encode, errorOf, hex, PAYLOAD_FORMATS } from './formats.ts'

/** What may stand behind such a run: each has a way of its own in the writers. */
const NEXT: readonly (readonly [what: string, value: unknown])[] = [
  ['an integer', 7],
  ['-0', -0],
  ['an integer beyond 32 bits', 2 ** 40],
  ['a BigInt', 2n ** 60n],
  ['a text', 'abc'],
  ['null', null],
  ['a list of such', [0.5, 1, 1.5]],
  ['an object with such', { a: 2.5, b: [3.5] }],
  ['a typed array', new Float64Array([0.25, 4])],
  ['bytes', new Uint8Array([1, 2])],
]

describe.each(PAYLOAD_FORMATS)('%s', (format) => {
  test.each(NEXT)('%s between runs is written as by itself', (_, next) => {
    const lists = [
      [next, 0.5],
      [0.5, next],
      [0.5, -1.5, next, 2.5, 3.5],
      [next, 0.5, next, next, 1.25, next],
    ]
    for (const list of lists) {
      // A Proxy of an array is one to the writers, but no engine keeps its elements as numbers.
      const proxy = new Proxy(list, {})
      expect(hex(encode(format, proxy))).toBe(hex(encode(format, list)))
      // A class of array goes another way.
      const other = Object.setPrototypeOf([...list], class extends Array {}.prototype) as unknown
      expect(hex(encode(format, other))).toBe(hex(encode(format, list)))
    }
  })

  test('each element is asked once', () => {
    const values = [0.5, 1.5, 'a', 2.5, 3, 4.5, 5.5, null, 6.5, [7.5, 8.5], 9.5]
    const asked: number[] = []
    const list: unknown[] = []
    for (const [i, value] of values.entries()) {
      Object.defineProperty(list, i, {
        enumerable: true,
        get() {
          asked.push(i)
          return value
        },
      })
    }
    expect(hex(encode(format, list))).toBe(hex(encode(format, values)))
    expect(asked).toEqual(values.map((_, i) => i))
  })

  test('a getter that encodes another run disturbs nothing', () => {
    const list: unknown[] = [0.5, 0, 'x', 1.5]
    Object.defineProperty(list, 1, { enumerable: true, get: () => encode(format, [2.5, 'y', 3.5]).length })
    const length = encode(format, [2.5, 'y', 3.5]).length
    expect(hex(encode(format, list))).toBe(hex(encode(format, [0.5, length, 'x', 1.5])))
  })

  test.each([
    ['undefined', undefined],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
  ])('%s behind a run is named in the error', (_, value) => {
    const error = errorOf(() => encode(format, [[0.5, 1.5, value, 2.5]]))
    expect(error).toMatchObject({ code: 'UNENCODABLE', path: 'args[0][2]' })
  })

  test('a hole behind a run is named in the error', () => {
    const list = [0.5, 1.5, 2.5]
    delete list[1]
    expect(errorOf(() => encode(format, list))).toMatchObject({ code: 'UNENCODABLE', path: 'args[1]' })
    expect(hex(encode(format, list, { unrepresentable: 'json' }))).toBe(hex(encode(format, [0.5, null, 2.5])))
  })
})
