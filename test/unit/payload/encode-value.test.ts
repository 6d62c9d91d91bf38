/** Tests of src/payload/encode-value.ts: the rules that hold in every format. */
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { EncodeError } from '../../../src/errors.ts'
import { isExactInteger, isWellFormed, pathText, toWellFormed } from '../../../src/payload/encode-value.ts'
import { Float64, Tagged } from '../../../src/payload/values.ts'
import { encode, errorOf, FORMATS, hex, PAYLOAD_FORMATS, shown } from './formats.ts'

class Point {
  x = 1
  y = 2
  #secret = 3
  get sum(): number {
    return this.x + this.y + this.#secret
  }
}

class Self {
  a = 1
  toJSON(): this {
    return this
  }
}

class LyingBytes extends Uint8Array {
  override get length(): number {
    return 1e9
  }
  override get byteLength(): number {
    return 1e9
  }
}

function hidden(): object {
  const object = Object.create({ inherited: 1 }) as Record<string | symbol, unknown>
  object.own = 1
  object[Symbol('s')] = 2
  Object.defineProperty(object, 'notEnumerable', { value: 3 })
  return object
}

function detached<T>(make: (buffer: ArrayBuffer) => T): T {
  const buffer = new ArrayBuffer(16)
  const value = make(buffer)
  structuredClone(buffer, { transfer: [buffer] })
  return value
}

/** Value, and the plain value that must give the same bytes in every format. */
const SAME: [string, unknown, unknown][] = [
  ['undefined in an object is left out', { a: undefined, b: 1 }, { b: 1 }],
  ['a Date is its ISO text', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['a Date of another realm too', runInNewContext('new Date(0)'), '1970-01-01T00:00:00.000Z'],
  ['an own toJSON is honoured', { toJSON: () => [1] }, [1]],
  ['an inherited toJSON is honoured', new URL('http://example.com/a'), 'http://example.com/a'],
  ['toJSON of an array is honoured', Object.assign([1], { toJSON: () => 'x' }), 'x'],
  ['a toJSON that returns its own object is called once', new Self(), { a: 1 }],
  ['a toJSON that returns undefined leaves the key out', { a: { toJSON: () => undefined }, b: 1 }, { b: 1 }],
  ['toJSON gets the key', { k: { toJSON: (key: string) => key } }, { k: 'k' }],
  ['toJSON gets the index as text', [{ toJSON: (key: unknown) => key }], ['0']],
  ['toJSON gets an empty text at the top', { toJSON: (key: unknown) => key }, ''],
  ['a boxed number is its number', Object(5), 5],
  ['a boxed string is its string', Object('s'), 's'],
  ['a boxed boolean is its boolean', Object(false), false],
  ['a boxed BigInt is its BigInt', Object(7n), 7n],
  ['a boxed number of another realm is its number', runInNewContext('new Number(5)'), 5],
  ['a Map with string keys is a map', new Map([['a', 1]]), { a: 1 }],
  ['a Map of another realm is a map', runInNewContext('new Map([["a", 1]])'), { a: 1 }],
  [
    'undefined in a Map is left out',
    new Map<string, unknown>([
      ['a', undefined],
      ['b', 1],
    ]),
    { b: 1 },
  ],
  ['a class instance has its own enumerable keys', new Point(), { x: 1, y: 2 }],
  ['inherited, hidden and symbol keys are left out', hidden(), { own: 1 }],
  ['an object without a prototype is an object', Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  ['a frozen object is an object', Object.freeze({ a: 1 }), { a: 1 }],
  ['an object of another realm is an object', runInNewContext('({ a: [1] })'), { a: [1] }],
  ['a Proxy of an object is an object', new Proxy({ a: 1 }, {}), { a: 1 }],
  ['a Proxy of an array is an array', new Proxy([1, 2], {}), [1, 2]],
  ['a Buffer is bytes', Buffer.from([1, 2, 3]), new Uint8Array([1, 2, 3])],
  ['a subclass that lies about its length is its bytes', new LyingBytes([1, 2]), new Uint8Array([1, 2])],
  ['bytes of another realm are bytes', runInNewContext('new Uint8Array([1])'), new Uint8Array([1])],
  ['an ArrayBuffer is bytes', new Uint8Array([1, 2]).buffer, new Uint8Array([1, 2])],
  ['an ArrayBuffer of another realm is bytes', runInNewContext('new ArrayBuffer(2)'), new Uint8Array(2)],
  ['a DataView is its bytes', new DataView(new Uint8Array([1, 2, 3]).buffer, 1), new Uint8Array([2, 3])],
  ['shared memory is bytes', new Uint8Array(new SharedArrayBuffer(2)), new Uint8Array(2)],
  ['a SharedArrayBuffer is bytes', new SharedArrayBuffer(2), new Uint8Array(2)],
  ['a part of a buffer is that part', new Uint8Array([1, 2, 3]).subarray(1, 2), new Uint8Array([2])],
  ['an empty Uint8Array is empty bytes', new Uint8Array(0), Buffer.alloc(0)],
  ['a Float64Array is an array of numbers', new Float64Array([1, 0.5]), [1, 0.5]],
  ['an Int8Array is an array of numbers', new Int8Array([-1]), [-1]],
  ['a BigInt64Array is an array of integers', new BigInt64Array([-1n]), [-1]],
  ['an empty Int16Array is an empty array', new Int16Array(0), []],
  ['a small BigInt is the integer', [1n, -1n, 2n ** 40n], [1, -1, 2 ** 40]],
  ['an own key __proto__ is kept', JSON.parse('{"__proto__":1}'), new Map([['__proto__', 1]])],
  ['a shared value is written twice', ((a) => [a, a])([1]), [[1], [1]]],
  [
    'a class with the name of a builtin is an object',
    new (class {
      a = 1
      get [Symbol.toStringTag]() {
        return 'Map'
      }
    })(),
    { a: 1 },
  ],
]

/** Value, code and reason; the same in every format. `%` stands for the name of the format. */
const REFUSED: [string, unknown, string, string, string][] = [
  ['undefined', undefined, 'UNENCODABLE', 'args', 'undefined has no % form'],
  ['undefined in an array', [1, undefined], 'UNENCODABLE', 'args[1]', 'undefined has no % form'],
  // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
  ['a hole', [1, , 2], 'UNENCODABLE', 'args[1]', 'a hole in an array has no % form'],
  ['a function', { a: () => 1 }, 'UNENCODABLE', 'args.a', 'a function has no % form'],
  ['a symbol', [Symbol('s')], 'UNENCODABLE', 'args[0]', 'a symbol has no % form'],
  ['a boxed symbol', [Object(Symbol('s'))], 'UNENCODABLE', 'args[0]', 'a symbol has no % form'],
  ['an invalid Date', [new Date(Number.NaN)], 'UNENCODABLE', 'args[0]', 'an invalid Date has no % form'],
  ['a Set', { 'a b': new Set() }, 'UNENCODABLE', 'args["a b"]', 'a Set has no % form'],
  ['an iterator of a Map', new Map().keys(), 'UNENCODABLE', 'args', 'a Map Iterator has no % form'],
  [
    'an iterator of an array',
    { a: [][Symbol.iterator]() },
    'UNENCODABLE',
    'args.a',
    'an Array Iterator has no % form',
  ],
  ['a Date out of a toJSON', { toJSON: () => new Date(0) }, 'UNENCODABLE', 'args', 'a Date has no % form'],
  ['a Set of another realm', runInNewContext('new Set()'), 'UNENCODABLE', 'args', 'a Set has no % form'],
  ['a RegExp', /a/, 'UNENCODABLE', 'args', 'a RegExp has no % form'],
  ['an Error', new RangeError('x'), 'UNENCODABLE', 'args', 'an Error has no % form'],
  ['a Promise', Promise.resolve(1), 'UNENCODABLE', 'args', 'a Promise has no % form'],
  ['a WeakMap', new WeakMap(), 'UNENCODABLE', 'args', 'a WeakMap has no % form'],
  ['a Blob', new Blob(), 'UNENCODABLE', 'args', 'a Blob has no % form'],
  ['a lone surrogate', ['\ud800'], 'BAD_UTF8', 'args[0]', 'the text has a lone surrogate'],
  [
    'a lone surrogate in a long text',
    [`${'é'.repeat(2000)}\udc00x`],
    'BAD_UTF8',
    'args[0]',
    'the text has a lone surrogate',
  ],
  [
    'a lone surrogate in a key',
    { 'a\udfff': 1 },
    'BAD_UTF8',
    'args["a\\udfff"]',
    'the text has a lone surrogate',
  ],
  [
    'a detached Uint8Array',
    [detached((b) => new Uint8Array(b))],
    'UNENCODABLE',
    'args[0]',
    'a detached buffer has no % form',
  ],
  [
    'a detached Buffer',
    [detached((b) => Buffer.from(b))],
    'UNENCODABLE',
    'args[0]',
    'a detached buffer has no % form',
  ],
  [
    'a detached DataView',
    [detached((b) => new DataView(b))],
    'UNENCODABLE',
    'args[0]',
    'a detached buffer has no % form',
  ],
  [
    'a detached Float64Array',
    [detached((b) => new Float64Array(b))],
    'UNENCODABLE',
    'args[0]',
    'a detached buffer has no % form',
  ],
  [
    'a detached ArrayBuffer',
    [detached((b) => b)],
    'UNENCODABLE',
    'args[0]',
    'a detached buffer has no % form',
  ],
  [
    'a Proxy that lies about its length',
    new Proxy([1], { get: (a, k) => (k === 'length' ? -1 : Reflect.get(a, k)) }),
    'UNENCODABLE',
    'args',
    'its length is not a number',
  ],
]

/** Value and what it becomes with `unrepresentable: 'json'`. */
const LENIENT: [string, unknown, unknown][] = [
  ['undefined at the top', undefined, null],
  ['undefined in an array', [undefined], [null]],
  // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
  ['a hole', [, 1], [null, 1]],
  ['a function in an array', [() => 1], [null]],
  ['a function in an object', { a: () => 1, b: 2 }, { b: 2 }],
  ['a symbol in a Map', new Map([['a', Symbol('s')]]), {}],
  ['an invalid Date', [new Date(Number.NaN)], [null]],
  ['a Set', new Set([1]), {}],
  ['an Error', Object.assign(new Error('x'), { code: 'E' }), { code: 'E' }],
  ['a lone surrogate', 'a\ud800b', 'a�b'],
  ['a lone surrogate in a key', { '\ud800': 1 }, { '�': 1 }],
]

describe.each(PAYLOAD_FORMATS)('in %s', (format) => {
  const name = {
    json: 'JSON',
    msgpack: 'MsgPack',
    cbor: 'CBOR',
    ubjson: 'BJData',
    'ubjson-draft12': 'UBJSON',
    flexbuffers: 'FlexBuffers',
  }[format]

  test.each(SAME)('%s: the bytes are those of the plain value', (_, value, plain) => {
    expect(shown(format, value)).toBe(shown(format, plain))
  })

  test.each(REFUSED)('%s is refused with code, path and text', (_, value, code, path, reason) => {
    const error = errorOf(() => encode(format, value))
    expect(error).toBeInstanceOf(EncodeError)
    expect(error.message).toBe(`cannot encode ${path} to ${format}: ${reason.replace('%', name)}`)
    expect({ code: error.code, path: error.path, format: error.format }).toEqual({ code, path, format })
  })

  test.each(LENIENT)("%s becomes what JSON.stringify makes of it with 'json'", (_, value, plain) => {
    expect(shown(format, value, { unrepresentable: 'json' })).toBe(shown(format, plain))
  })

  test('128 levels are written and 129 are refused with DEPTH_LIMIT', () => {
    for (const wrap of [
      (v: unknown) => [v],
      (v: unknown) => ({ a: v }),
      (v: unknown) => new Map([['a', v]]),
    ]) {
      let value: unknown = 1
      for (let i = 0; i < 128; i++) value = wrap(value)
      expect(encode(format, value).length).toBeGreaterThan(128)
      const error = errorOf(() => encode(format, wrap(value)))
      expect(error.code).toBe('DEPTH_LIMIT')
      expect(error.message).toMatch(/: nested deeper than 128$/)
    }
  })

  test('an array may have 2^25 elements, and one more is SIZE_LIMIT before any work', () => {
    // It claims its length and stops at its first element, which is read only if the length was accepted.
    const claims = (length: number): unknown[] =>
      new Proxy([], {
        get: (target, key) => {
          if (key === 'length') return length
          if (key === '0') throw new RangeError('an element was read')
          return Reflect.get(target, key)
        },
      })
    expect(() => encode(format, claims(2 ** 25))).toThrow(new RangeError('an element was read'))
    const error = errorOf(() => encode(format, claims(2 ** 25 + 1)))
    expect(error.code).toBe('SIZE_LIMIT')
    expect(error.message).toMatch(/: an array of 33554433 elements is too long$/)
  })

  test('a depth limit of 0 allows scalars only', () => {
    expect(() => encode(format, 1, { maxDepth: 0 })).not.toThrow()
    expect(errorOf(() => encode(format, [], { maxDepth: 0 })).code).toBe('DEPTH_LIMIT')
  })

  test('100,000 levels are DEPTH_LIMIT and never a stack overflow, whatever the limit', () => {
    let array: unknown = 1
    let object: unknown = 1
    for (let i = 0; i < 100_000; i++) {
      array = [array]
      object = { a: object }
    }
    for (const maxDepth of [128, 1e9]) {
      expect(errorOf(() => encode(format, array, { maxDepth })).code).toBe('DEPTH_LIMIT')
      expect(errorOf(() => encode(format, object, { maxDepth })).code).toBe('DEPTH_LIMIT')
    }
    const endless = { toJSON: () => [endless] }
    expect(errorOf(() => encode(format, endless)).code).toBe('DEPTH_LIMIT')
  })

  test('a cycle is CYCLE with the path where it closes', () => {
    const object: Record<string, unknown> = {}
    object.self = object
    expect(errorOf(() => encode(format, object)).message).toBe(
      `cannot encode args.self to ${format}: the value contains itself`,
    )
    const array: unknown[] = [1]
    array.push({ a: array })
    expect(errorOf(() => encode(format, array))).toMatchObject({ code: 'CYCLE', path: 'args[1].a' })
    const map = new Map<string, unknown>()
    map.set('m', [map])
    expect(errorOf(() => encode(format, map))).toMatchObject({ code: 'CYCLE', path: 'args.m[0]' })
    const viaGetter = {
      get a() {
        return viaGetter
      },
    }
    expect(errorOf(() => encode(format, viaGetter, { unrepresentable: 'json' })).code).toBe('CYCLE')
  })

  test('a sparse array of a billion elements is refused before any work', () => {
    const sparse: unknown[] = []
    sparse[1e9] = 1
    for (const unrepresentable of ['throw', 'json'] as const) {
      const error = errorOf(() => encode(format, { a: sparse }, { unrepresentable }))
      expect(error.message).toBe(
        `cannot encode args.a to ${format}: an array of 1000000001 elements is too long`,
      )
      expect(error.code).toBe('SIZE_LIMIT')
    }
  })

  test('a getter that shortens the array being written is refused, never corrupt bytes', () => {
    const array: unknown[] = []
    const trap = {
      get a() {
        array.length = 1
        return 1
      },
    }
    array.push(trap, 2, 3)
    expect(errorOf(() => encode(format, array))).toMatchObject({ code: 'UNENCODABLE', path: 'args[1]' })
  })

  test('a getter that lengthens the array being written changes nothing', () => {
    const array: unknown[] = []
    array.push({ toJSON: () => array.push(9) && 1 }, 2)
    expect(shown(format, array)).toBe(shown(format, [1, 2]))
  })

  test('a getter that deletes a key leaves the key out, one that adds a key changes nothing', () => {
    const object: Record<string, unknown> = {
      get a() {
        delete object.b
        object.d = 4
        return 1
      },
      b: 2,
      c: 3,
    }
    expect(shown(format, object)).toBe(shown(format, { a: 1, c: 3 }))
  })

  test('a value that adds to the Map being written changes nothing', () => {
    const map = new Map<string, unknown>()
    map.set('a', { toJSON: () => map.set('more', 1) && 1 })
    expect(shown(format, map)).toBe(shown(format, { a: 1 }))
  })

  test('each getter runs once', () => {
    let runs = 0
    const object = {
      get a() {
        return ++runs
      },
    }
    encode(format, object)
    expect(runs).toBe(1)
  })

  test('an error of the application passes unchanged and the next result is right', () => {
    const mine = new Error('mine')
    const thrower = {
      a: 'written before',
      get b() {
        throw mine
      },
    }
    expect(() => encode(format, thrower)).toThrow(mine)
    expect(() => encode(format, [{ toJSON: () => thrower.b }])).toThrow(mine)
    const one = {
      json: '[1]',
      msgpack: '9101',
      cbor: '8101',
      ubjson: '5b55015d',
      'ubjson-draft12': '5b55015d',
      flexbuffers: '010104022801',
    }[format]
    expect(shown(format, [1])).toBe(one)
  })

  test('a getter may encode with the same codec', () => {
    let inner = ''
    const value = {
      before: 'x'.repeat(100),
      get nested() {
        inner = hex(encode(format, { deep: [1, 2, 3] }))
        return 1
      },
      after: 2,
    }
    expect(shown(format, value)).toBe(shown(format, { before: 'x'.repeat(100), nested: 1, after: 2 }))
    expect(inner).toBe(hex(encode(format, { deep: [1, 2, 3] })))
  })

  test('values left out change the head of the map also when it gets shorter', () => {
    for (const count of [15, 16, 17, 23, 24, 25, 255, 256, 257, 65_536]) {
      const value: Record<string, unknown> = {}
      const plain: Record<string, unknown> = {}
      for (let i = 0; i < count; i++) value[`k${i}`] = plain[`k${i}`] = i
      value.gone = undefined
      value.alsoGone = { toJSON: () => undefined }
      expect(shown(format, { value, z: 1 })).toBe(shown(format, { value: plain, z: 1 }))
    }
  })

  test('the path names the value when there is no prefix', () => {
    expect(errorOf(() => encode(format, undefined, {}, ''))).toMatchObject({
      path: null,
      message: `cannot encode the value to ${format}: undefined has no ${name} form`,
    })
    expect(errorOf(() => encode(format, { a: [undefined] }, {}, '')).path).toBe('a[0]')
  })
})

// FlexBuffers sorts them.
test.each(FORMATS)('in %s keys keep their order, in a Map also those that look like integers', (format) => {
  const keys = ['10', '9', 'x', '7']
  const map = new Map(keys.map((key) => [key, 1]))
  const text = Buffer.from(encode(format, map)).toString('latin1')
  const places = keys.map((key) => text.indexOf(key))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

test.each([
  ['args', [], 'args'],
  ['args', [0, 'a', 'b c', '1x', ''], 'args[0].a["b c"]["1x"][""]'],
  ['', ['a', 'b'], 'a.b'],
  ['kwargs', ['x'.repeat(100)], `kwargs["${'x'.repeat(64)}…"]`],
])('the path of %j %j is %j', (prefix, steps, text) => {
  expect(pathText(prefix, steps)).toBe(text)
})

test.each([
  [0, true],
  [-0, false],
  [2 ** 53, true],
  [-(2 ** 53), true],
  [2 ** 53 + 2, false],
  [1.5, false],
  [Number.NaN, false],
  [Number.POSITIVE_INFINITY, false],
])('isExactInteger(%s) is %s', (value, expected) => {
  expect(isExactInteger(value)).toBe(expected)
})

test.each([
  ['', true],
  ['a😀b', true],
  ['\ud83d', false],
  ['\ude00\ud83d', false],
  ['😀\ude00', false],
])('isWellFormed(%j) is %s, and toWellFormed repairs', (text, expected) => {
  expect(isWellFormed(text)).toBe(expected)
  expect(isWellFormed(toWellFormed(text))).toBe(true)
  if (expected) expect(toWellFormed(text)).toBe(text)
})

test.each(PAYLOAD_FORMATS.filter((format) => format !== 'json' && format !== 'ubjson-draft12'))(
  'every NaN has the same bytes in %s, whatever bits the engine keeps in it',
  (format) => {
    const patterns = [0xfff8_0000_0000_0000n, 0x7ff8_0000_0000_0001n, 0x7ff0_0000_0000_0001n]
    const others = [...new Float64Array(new BigUint64Array(patterns).buffer), 0 / Number('0')]
    for (const nan of others) {
      expect(shown(format, nan)).toBe(shown(format, Number.NaN))
      expect(shown(format, [new Float64(nan)])).toBe(shown(format, [Number.NaN]))
      expect(shown(format, new Float64Array([nan]))).toBe(shown(format, [Number.NaN]))
      expect(shown(format, [new Float32Array([nan])])).toBe(shown(format, [[Number.NaN]]))
    }
  },
)

test('a Float64 and a Tagged ignore their own toJSON', () => {
  expect(shown('json', [new Float64(1)])).toBe('[1.0]')
  expect(shown('cbor', new Tagged(1, 1))).toBe('c101')
})
