/** Tests of src/payload/key-cache.ts, by itself and through the encoders. */
import { describe, expect, test } from 'vitest'
import { KeyCache, type KnownKey } from '../../../src/payload/key-cache.ts'
import { Output } from '../../../src/payload/output.ts'
import { encode } from './formats.ts'

const emptyCache = (): KeyCache => new KeyCache((out, key) => out.utf8(key))

/** Writes the key as an encoder does: behind other bytes. */
function learn(keys: KeyCache, key: string): void {
  const out = new Output()
  out.u8(0xff)
  keys.write(out, key, keys.root)
  expect(new TextDecoder().decode(out.finish().subarray(1))).toBe(key)
}

function bytesOf(known: KnownKey | null): string {
  const out = new Output()
  out.words(known!.words, known!.byteLength)
  return new TextDecoder().decode(out.finish())
}

describe('a cache of keys', () => {
  test.each(['', 'a', 'ab', 'abc', 'abcd', 'abcde', 'é😀'])('gives the bytes of "%s"', (key) => {
    const keys = emptyCache()
    learn(keys, key)
    learn(keys, key)
    // What is empty is nobody's second sight: the filter begins with it.
    expect(bytesOf(keys.find(key, keys.root))).toBe(key)
  })

  test('keeps a key when it comes the second time', () => {
    const keys = emptyCache()
    learn(keys, 'a')
    expect(keys.find('a', keys.root)).toBeNull()
    learn(keys, 'a')
    expect(keys.find('a', keys.root)?.key).toBe('a')
  })

  test('guesses what came next the last time, and is right when that is wrong', () => {
    const keys = emptyCache()
    for (const key of ['a', 'b', 'c', 'a', 'b', 'c']) learn(keys, key)
    const start = keys.start(keys.root)
    const a = keys.find('a', start)!
    expect(start.next).toBe(a)
    expect(keys.find('b', a)).toBe(a.next)
    expect(keys.find('c', a)?.key).toBe('c')
    expect(a.next?.key).toBe('c')
    expect(keys.find('d', a)).toBeNull()
  })

  test('guesses the keys of args and of kwargs by themselves', () => {
    const keys = emptyCache()
    for (const key of ['a', 'k', 'a', 'k']) learn(keys, key)
    for (let i = 0; i < 2; i++) {
      expect(keys.find('a', keys.start(keys.rootAt('args')))?.key).toBe('a')
      expect(keys.find('k', keys.start(keys.rootAt('kwargs')))?.key).toBe('k')
    }
    expect(keys.start(keys.rootAt('args')).next?.key).toBe('a')
    expect(keys.start(keys.rootAt('kwargs')).next?.key).toBe('k')
    expect(keys.rootAt('')).toBe(keys.root)
  })

  test('keeps no long keys', () => {
    const keys = emptyCache()
    const key = 'k'.repeat(65)
    learn(keys, key)
    learn(keys, key)
    expect(keys.find(key, keys.root)).toBeNull()
  })

  test('forgets all when there are too many', () => {
    const keys = emptyCache()
    for (let i = 0; i <= 4096; i++) {
      learn(keys, `key${i}`)
      learn(keys, `key${i}`)
    }
    expect(keys.find('key1', keys.root)).toBeNull()
    expect(keys.find('key4096', keys.root)?.key).toBe('key4096')
  })

  test.each(['', 'args', 'kwargs'])('guesses no forgotten key at the path "%s"', (path) => {
    const keys = emptyCache()
    learn(keys, 'first')
    learn(keys, 'first')
    const start = keys.start(keys.rootAt(path))
    keys.find('first', start)
    expect(start.next?.key).toBe('first')
    for (let i = 0; i < 4096; i++) {
      learn(keys, `key${i}`)
      learn(keys, `key${i}`)
    }
    expect(keys.start(keys.rootAt(path)).next).toBeNull()
  })

  test('keeps no key with a lone surrogate: codecs that refuse it share the cache with those that do not', () => {
    const keys = emptyCache()
    for (let i = 0; i < 3; i++) keys.write(new Output(), 'k\ud800', keys.root)
    expect(keys.find('k\ud800', keys.root)).toBeNull()
  })
})

describe.each(['cbor', 'msgpack', 'json'] as const)('%s', (format) => {
  test('6,000 maps of changing keys are written as the first time', () => {
    const maps = Array.from({ length: 6000 }, (_, i) => ({
      [`k${i % 3000}`]: { [`é${i % 70}`]: i % 3, b: [{ [`x${i % 11}`]: null }] },
    }))
    const once = maps.map((map) => encode(format, map))
    expect(maps.every((map, i) => Buffer.compare(encode(format, map), once[i]!) === 0)).toBe(true)
    // A Map goes another way, without the cache.
    const asMap = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(asMap)
        : typeof value === 'object' && value !== null
          ? new Map(Object.entries(value).map(([key, item]) => [key, asMap(item)]))
          : value
    expect(maps.every((map, i) => Buffer.compare(encode(format, asMap(map)), once[i]!) === 0)).toBe(true)
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

  test('a key named constructor is like any other', () => {
    for (const value of [Object, 1]) {
      const object = { constructor: value === Object ? undefined : 1, a: 1 }
      expect(encode(format, object)).toEqual(encode(format, new Map(Object.entries(object))))
    }
  })
})
