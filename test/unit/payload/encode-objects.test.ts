/** Objects of the application that answer for themselves: getters that encode, toJSON, and no prototype at all. */
import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../../src/limits.ts'
import { classify } from '../../../src/payload/classify.ts'
import { BYTES } from '../../../src/payload/value-kinds.ts'
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

describe.each(PAYLOAD_FORMATS)('%s: what would become {} in silence', (format) => {
  const refused = (value: unknown, reason: string): void => {
    const { code, path, message } = errorOf(() => encode(format, [value]))
    expect([code, path]).toEqual(['UNENCODABLE', 'args[0]'])
    expect(message).toContain(`: ${reason} has no `)
    // As JSON.stringify has it.
    const json = JSON.parse(JSON.stringify([value]))
    expect(encode(format, [value], { unrepresentable: 'json' })).toEqual(encode(format, json))
  }

  test.each(['Iterator', 'Iterator Helper', 'Array Iterator', 'Intl.NumberFormat', 'WebAssembly.Table'])(
    'an object of the kind %s is refused',
    (tag) =>
      refused(Object.create({ [Symbol.toStringTag]: tag }), `${tag.startsWith('W') ? 'a' : 'an'} ${tag}`),
  )

  test('so are a helper of an iterator, where the engine has them, formats of Intl and streams', () => {
    const { map } = Object.getPrototypeOf(Object.getPrototypeOf([].values()))
    if (map !== undefined) refused(map.call([1].values(), String), 'an Iterator Helper')
    refused(new Intl.NumberFormat('en'), 'an Intl.NumberFormat')
    refused(new WritableStream(), 'a WritableStream')
    refused(new AbortController(), 'an AbortController')
  })

  test.each([
    [new ArrayBuffer(2), 'an ArrayBuffer'],
    [new DataView(new ArrayBuffer(2)), 'a DataView'],
    [new Number(3), 'a Number'],
    [new Boolean(true), 'a Boolean'],
    [new String(''), 'a String'],
    [new String('ab'), 'a String'],
    [Object(1n), 'a BigInt'],
    [new Error('x'), 'an Error'],
    [Object.assign(new Error('x'), { code: 'E' }), 'an Error'],
    [/x/, 'a RegExp'],
    [Uint8Array.of(1, 2), 'a TypedArray'],
    [new Float64Array(2), 'a TypedArray'],
    [new SharedArrayBuffer(2), 'a SharedArrayBuffer'],
  ])('%o behind a Proxy is refused', (target, name) => {
    refused(new Proxy(target, {}), `${name} behind a Proxy or a toStringTag`)
  })

  test.each([
    [Set, 'a Set'],
    [Error, 'an Error'],
    [WeakMap, 'a WeakMap'],
    [WeakSet, 'a WeakSet'],
  ])('a subclass with a tag of its own is refused: %o', (Base, name) => {
    for (const tag of ['Other', 'Object']) {
      class Other extends (Base as SetConstructor) {
        override get [Symbol.toStringTag](): string {
          return tag
        }
      }
      refused(new Other(), `${name} behind a Proxy or a toStringTag`)
      refused(Object.assign(new Other(), { own: 1 }), `${name} behind a Proxy or a toStringTag`)
    }
  })

  test.each(['Other', 'Object'])('a number of a class with a tag of its own is a number: %s', (tag) => {
    class Other extends Number {
      get [Symbol.toStringTag](): string {
        return tag
      }
    }
    expect(encode(format, [new Other(3)])).toEqual(encode(format, [3]))
  })

  test.each(['Other', 'Object'])('a Map of a class with a tag of its own is a map: %s', (tag) => {
    class Other extends Map<string, number> {
      label = 'not an entry'
      override get [Symbol.toStringTag](): string {
        return tag
      }
    }
    expect(encode(format, [new Other([['a', 1]])])).toEqual(encode(format, [{ a: 1 }]))
  })

  test('an instance without properties is an empty map, and one with some is written, whatever its tag', () => {
    class Empty {}
    class Named {
      a = 1
      get [Symbol.toStringTag](): string {
        return 'Named'
      }
    }
    expect(encode(format, [new Empty()])).toEqual(encode(format, [{}]))
    expect(encode(format, [new Named()])).toEqual(encode(format, [{ a: 1 }]))
    expect(encode(format, [Object.create(null)])).toEqual(encode(format, [{}]))
  })
})

test.each(PAYLOAD_FORMATS)('memory that grows while it is written has its first length: %s', (format) => {
  type Growable = new (length: number, options: { maxByteLength: number }) => SharedArrayBuffer
  const shared = new (SharedArrayBuffer as Growable)(2, { maxByteLength: 64 })
  const { kind, value } = classify(shared, '', { format, rules: DEFAULT_POLICY, deep: [] })
  ;(shared as unknown as { grow(length: number): void }).grow(40)
  expect([kind, (value as Uint8Array).length]).toEqual([BYTES, 2])
})

describe.each(['cbor', 'msgpack'] as const)('keys of a Map that are the same in %s', (format) => {
  test.each([
    [
      [
        ['a', 1],
        [new String('a'), 2],
      ],
      'two Map keys become the string "a"',
    ],
    [
      [
        [new String('a'), 1],
        [new String('a'), 2],
      ],
      'two Map keys become the string "a"',
    ],
    [
      [
        [1, 1],
        [new Number(1), 2],
      ],
      'two Map keys become the number 1',
    ],
    [
      [
        [Object(1n), 1],
        [1, 2],
      ],
      'two Map keys become the number 1',
    ],
    [
      [
        [true, 1],
        [new Boolean(true), 2],
      ],
      'two Map keys become the boolean true',
    ],
    [
      [
        [new Date(0), 1],
        [new Date(0), 2],
      ],
      'two Map keys become the string "1970-01-01T00:00:00.000Z"',
    ],
    [
      [
        [new Date(0), 1],
        ['1970-01-01T00:00:00.000Z', 2],
      ],
      'two Map keys become the string "1970-01-01T00:00:00.000Z"',
    ],
    [
      [
        [{ toJSON: () => 7 }, 1],
        [7n, 2],
      ],
      'two Map keys become the number 7',
    ],
    [
      [
        [1.5, 1],
        [new Number(1.5), 2],
      ],
      'two Map keys become the number 1.5',
    ],
  ] as [[unknown, unknown][], string][])('%o are refused', (entries, reason) => {
    const { code, path, message } = errorOf(() => encode(format, { m: new Map(entries) }))
    expect([code, path]).toEqual(['DUPLICATE_KEY', 'args.m'])
    expect(message).toContain(reason)
  })

  test('others are not, even with equal content', () => {
    const keys = [
      [1],
      [1],
      { a: 1 },
      { a: 1 },
      Uint8Array.of(1),
      Uint8Array.of(1),
      '1',
      1,
      null,
      'null',
      new String('b'),
    ]
    const decoded = decode(format, encode(format, new Map(keys.map((key, i) => [key, i]))))
    expect((decoded as Map<unknown, unknown>).size).toBe(keys.length)
  })

  test('nor are -0 and 0, a float and an integer', () => {
    const both = new Map([
      [new Number(-0), 1],
      [new Number(0), 2],
    ])
    expect(encode(format, both).length).toBe(encode(format, new Map([[0, 2]])).length + 10)
  })

  test('a key with a toJSON is asked once', () => {
    let asked = 0
    const key = { toJSON: () => `asked ${++asked}` }
    expect(decode(format, encode(format, new Map([[key, 1]])))).toEqual({ 'asked 1': 1 })
  })
})
