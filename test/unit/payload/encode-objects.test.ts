/** Objects of the application that answer for themselves: getters that encode, toJSON, and no prototype at all. */
import { describe, expect, test } from 'vitest'
import { decode, encode, errorOf, PAYLOAD_FORMATS } from './formats.ts'

describe.each(PAYLOAD_FORMATS)('%s', (format) => {
  test('a value that is encoded by a getter of another one disturbs neither', () => {
    const inner = { deep: [{ a: [1, 2] }] }
    const expected = encode(format, { a: { b: [1] }, c: 2 })
    const value = {
      get a(): unknown {
        expect(encode(format, inner)).toEqual(encode(format, { deep: [{ a: [1, 2] }] }))
        expect(errorOf(() => encode(format, { x: [undefined] })).path).toBe('args.x[0]')
        return { b: [1] }
      },
      c: 2,
    }
    expect(encode(format, value)).toEqual(expected)
    const broken = {
      get a(): unknown {
        encode(format, inner)
        return [Symbol('s')]
      },
    }
    expect(errorOf(() => encode(format, { outer: broken })).path).toBe('args.outer.a[0]')
    expect(encode(format, value)).toEqual(expected)
  })

  test.each([
    ['own', { a: 1, toJSON: () => 5 }],
    ['own, not enumerable', Object.defineProperty({ a: 1 }, 'toJSON', { value: () => 5 })],
    ['of a prototype', Object.create({ toJSON: () => 5 })],
    ['of an object behind a Proxy', new Proxy({ a: 1, toJSON: () => 5 }, {})],
  ])('a toJSON is honoured: %s', (_, value) => {
    expect(encode(format, [value])).toEqual(encode(format, [5]))
  })

  test('a toJSON of all objects is honoured, a key of that name is written', () => {
    const expected = encode(format, 5)
    Object.defineProperty(Object.prototype, 'toJSON', { value: () => 5, configurable: true })
    try {
      expect(encode(format, { a: 1 })).toEqual(expected)
    } finally {
      Reflect.deleteProperty(Object.prototype, 'toJSON')
    }
    expect(encode(format, { toJSON: 1 })).toEqual(encode(format, new Map([['toJSON', 1]])))
  })

  test('texts and keys of every length are written, wherever a buffer ends', () => {
    const asMaps = (record: object): unknown => new Map(Object.entries(record))
    for (let length = 0; length < 70; length++) {
      const records = ['a', 'é', '"', '\u{1f600}'].map((last) => {
        const text = `${'x'.repeat(length)}${last}`
        return { [text]: text, [`${last}${text}`]: length }
      })
      // A Map goes another way. 200 results cross the end of a buffer at any place.
      const expected = encode(format, records.map(asMaps))
      for (let i = 0; i < 200; i++) expect(encode(format, records)).toEqual(expected)
      expect(decode(format, expected)).toEqual(records)
    }
  })

  test('a key with a lone surrogate is refused however often a lenient codec has written it', () => {
    for (let i = 0; i < 3; i++) {
      expect(encode(format, { 'k\ud800': 1 }, { unrepresentable: 'json' })).toEqual(
        encode(format, { 'k\ufffd': 1 }),
      )
    }
    expect(() => encode(format, { 'k\ud800': 1 })).toThrow('the text has a lone surrogate')
  })

  test('inherited keys are not written, whoever gives them', () => {
    function Old(this: { own: number }): void {
      this.own = 1
    }
    Old.prototype = { inherited: 2 }
    const made = new (Old as unknown as new () => object)()
    expect(encode(format, made)).toEqual(encode(format, { own: 1 }))
    Object.defineProperty(Object.prototype, 'polluted', { value: 1, enumerable: true, configurable: true })
    const polluted = encode(format, { own: 1 })
    Reflect.deleteProperty(Object.prototype, 'polluted')
    expect(polluted).toEqual(encode(format, { own: 1 }))
  })

  test('objects without a prototype are maps', () => {
    const value = Object.assign(Object.create(null), { a: 1, b: { c: 2 } })
    expect(encode(format, value)).toEqual(encode(format, { a: 1, b: { c: 2 } }))
  })

  test('a Map or a Set behind a Proxy, as libraries for reactive data make it, is refused', () => {
    for (const target of [new Map([['a', 1]]), new Set(['a'])]) {
      const proxy = new Proxy(target, {
        get(of, key) {
          const value = Reflect.get(of, key)
          return typeof value === 'function' ? value.bind(of) : value
        },
      })
      const { code, path, message } = errorOf(() => encode(format, [proxy]))
      expect([code, path]).toEqual(['UNENCODABLE', 'args[0]'])
      expect(message).toMatch(target instanceof Map ? /: a Map behind a Proxy has no / : /: a Set has no /)
    }
  })
})
