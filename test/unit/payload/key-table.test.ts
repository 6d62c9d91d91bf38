/** What readers know of keys. None of it is ever part of a result, so nothing else notices when it is wrong. */
import { describe, expect, it, test } from 'vitest'
import { BinaryKeys } from '../../../src/payload/binary/keys.ts'
import { NEVER_DATA } from '../../../src/payload/data-keys.ts'
import { ARGS, ATTRIBUTE, DirectKeys, KWARGS } from '../../../src/payload/direct-keys.ts'
import { type EncodedKeyTable, KeyTable } from '../../../src/payload/key-table.ts'
import { newPlace, ReadKey } from '../../../src/payload/read-key.ts'
import { utf8 } from './formats.ts'

/** Keys as CBOR has them: a byte of head, then the text. */
const HEAD = 1

function encoded(text: string | Uint8Array): Uint8Array {
  const body = typeof text === 'string' ? utf8(text) : text
  return Uint8Array.from([0x60 + (body.length & 31), ...body])
}

/** Finds a key between other bytes. */
function find(
  keys: EncodedKeyTable,
  text: string | Uint8Array,
  before: ReadKey = newPlace(),
): ReadKey | null {
  const own = encoded(text)
  return keys.find(Uint8Array.from([9, 9, ...own, 9]), 2, own.length, HEAD, before)
}

function isLearnt(keys: EncodedKeyTable, text: string | Uint8Array): boolean {
  find(keys, text)
  return find(keys, text) !== null
}

const TABLES: [string, () => EncodedKeyTable][] = [
  ['the readers that check', () => new BinaryKeys()],
  ['the direct readers', () => new DirectKeys(0)],
]

describe.each(TABLES)('%s', (_, create) => {
  test('a key that comes once is not kept; one that comes twice is known from then on', () => {
    const keys = create()
    expect(find(keys, 'price')).toBe(null)
    const known = find(keys, 'price') as ReadKey
    expect(known.text).toBe('price')
    expect([...known.bytes]).toEqual([...encoded('price')])
    expect(find(keys, 'price')).toBe(known)
    expect(find(keys, 'pride')).toBe(null)
    expect(find(keys, 'prices')).toBe(null)
  })

  test('a key that was found is the next guess behind the one before it, and the guess of before is the other', () => {
    const keys = create()
    for (const text of ['a', 'b', 'a', 'b']) find(keys, text)
    const before = newPlace()
    const a = find(keys, 'a', before)
    expect([before.next, before.other]).toEqual([a, null])
    const b = find(keys, 'b', before)
    expect([before.next, before.other]).toEqual([b, a])
    find(keys, 'c', before)
    expect([before.next, before.other]).toEqual([b, a])
  })

  test('64 bytes with the head are a name, 65 are data', () => {
    expect(isLearnt(create(), 'k'.repeat(63))).toBe(true)
    expect(isLearnt(create(), 'k'.repeat(64))).toBe(false)
  })

  test('what would be the place of an array, or what every object has, never becomes known', () => {
    for (const text of ['', '0', '9x', '__proto__', 'toString'])
      expect(isLearnt(create(), text), text).toBe(false)
    for (const text of ['/', ':', 'x0', ' ']) expect(isLearnt(create(), text), text).toBe(true)
  })

  test('two keys of one slot are both known', () => {
    const names = Array.from({ length: 3000 }, (_, i) => `name${i.toString(36)}`)
    const keys = create()
    for (const name of names) isLearnt(keys, name)
    const known = names.filter((name) => find(keys, name)?.text === name).length
    // Of so many in 4,096 slots some have lost theirs to a third key; without the neighbour it would be a quarter.
    expect(known).toBeGreaterThan(2500)
  })

  test('4,096 keys may be known, with one more all are forgotten', () => {
    const keys = create()
    const learn = (name: string): void => {
      find(keys, name)
      find(keys, name)
    }
    for (let i = 0; i < 4095; i++) learn(`name${i}`)
    learn('last')
    const last = find(keys, 'last')
    expect(find(keys, 'last')).toBe(last)
    const place = keys.unknown.inside
    learn('more')
    // It came twice, and is learnt anew.
    expect(find(keys, 'last')).not.toBe(last)
    expect(find(keys, 'last')?.text).toBe('last')
    expect(keys.unknown.inside).not.toBe(place)
  })

  test('maps under keys that are not known are of all sorts: their keys are names for long', () => {
    const keys = create()
    find(keys, 'a')
    expect(keys.unknown.mapPlace().fresh).toBe(NEVER_DATA)
  })
})

test('what is not UTF-8 never becomes known to a reader that has not checked it, and U+FFFD does not either', () => {
  expect(isLearnt(new BinaryKeys(), Uint8Array.from([0x61, 0xff]))).toBe(false)
  expect(isLearnt(new BinaryKeys(), '\ufffd')).toBe(false)
  expect(isLearnt(new BinaryKeys(), 'é')).toBe(true)
})

test('a byte behind the text is part of the key, not of its text', () => {
  const keys = new DirectKeys(1)
  const own = Uint8Array.from([...utf8('name'), 0])
  for (let i = 0; i < 2; i++) keys.find(own, 0, own.length, 0, newPlace())
  expect(keys.find(own, 0, own.length, 0, newPlace())?.text).toBe('name')
})

describe('places', () => {
  test('each context and each element has its own, and elements from the eighth on have one', () => {
    const direct = new DirectKeys(0)
    expect(new Set([ARGS, KWARGS, ATTRIBUTE].map((context) => direct.contexts[context])).size).toBe(3)
    const keys = new BinaryKeys()
    const elements = Array.from({ length: 10 }, (_, i) => keys.element(i))
    expect(new Set([...elements, keys.list, keys.map, keys.unknown]).size).toBe(11)
    expect(elements[9]).toBe(elements[7])
    expect(elements[6]).not.toBe(elements[7])
  })

  test('they are empty after the keys were forgotten', () => {
    const keys = new BinaryKeys()
    const direct = new DirectKeys(0)
    const places = [keys.list, keys.map, keys.element(7), ...direct.contexts]
    for (const place of places) place.mapPlace()
    keys.forget()
    direct.forget()
    expect(places.map(({ inside }) => inside)).toEqual(places.map(() => null))
  })

  test('the place of a map is made once', () => {
    const place = newPlace()
    expect(place.mapPlace()).toBe(place.mapPlace())
    expect(place.mapPlace()).not.toBe(place)
    expect(place.isOfData).toBe(false)
    for (let i = 0; i < 2; i++) place.count(3, 3)
    expect(place.isOfData).toBe(true)
  })
})

test('sixteen kinds of maps have a builder of their own; forgetting the keys gives them to others', () => {
  const keys = new DirectKeys(0)
  const copies = Array.from({ length: 18 }, () => keys.copy())
  expect(new Set(copies).size).toBe(17)
  expect(copies.indexOf(null)).toBe(16)
  keys.forget()
  expect(keys.copy()).toBe(copies[0])
})

describe('a key is compared by its first eight bytes as two words', () => {
  it.each([0, 1, 3, 4, 5, 8, 9])('%i bytes', (size) => {
    const bytes = Uint8Array.from({ length: size }, (_, i) => 0xf0 + i)
    const { low, high, lowMask, highMask } = new ReadKey('x', bytes)
    const view = new DataView(Uint8Array.from([...bytes, ...new Uint8Array(8)]).buffer)
    const bits = (count: number): number => (count >= 4 ? -1 : 2 ** (8 * Math.max(count, 0)) - 1)
    expect([lowMask, highMask]).toEqual([bits(size), bits(size - 4)])
    expect(low).toBe(view.getInt32(0, true) & lowMask)
    expect(high).toBe(view.getInt32(4, true) & highMask)
  })
})

test('a table by itself takes hashes: other keys of the same hash are other keys', () => {
  const keys = new KeyTable()
  const [one, two] = [utf8('one'), utf8('two')]
  expect(keys.get(one, 0, 3, 7)).toBe(null)
  expect([keys.isSecond(7), keys.isSecond(7), keys.isSecond(8)]).toEqual([false, true, false])
  keys.learn('one', one, 7)
  keys.learn('two', two, 7)
  expect(keys.get(one, 0, 3, 7)?.text).toBe('one')
  expect(keys.get(two, 0, 3, 7)?.text).toBe('two')
  expect(keys.get(two, 0, 2, 7)).toBe(null)
  expect(keys.get(one, 0, 3, 9)).toBe(null)
})
