/**
 * Keys of maps by their bytes on the wire, for the readers of CBOR and MsgPack. Messages of one kind have the same keys
 * in the same order, so each key remembers which ones came after it, and which one came first in the map that was its
 * value: a right guess is two comparisons of words.
 *
 * Nothing here is ever part of a result: a wrong guess costs time only.
 */
import { areData, freshAfter, NEVER_DATA } from '../data-keys.ts'
import { KnownKey } from '../known-key.ts'
import { readText } from '../utf8.ts'
import { bytes, end, view } from './window.ts'

/** All keys are forgotten when there are more: applications have hundreds, or unboundedly many. */
const MAX_KEYS = 4096

/** Longer keys are data rather than names. In bytes, with the head. */
const MAX_KEY_BYTES = 64

/** Slots of the table: a key is in the slot of its hash or in its neighbour. */
const SLOTS = 4096

/** Elements of a message's list that have a place of their own. */
const ELEMENTS = 8

const NO_BYTES = new Uint8Array(0)

/** A key with its head, or what stands before the first key of a map: the place of the map. */
export class ReadKey extends KnownKey {
  /** The key that came after this one the last time, and another one that did before. */
  declare next: ReadKey | null
  declare other: ReadKey | null
  /** The place of the map that is this one's value. */
  declare inside: ReadKey | null
  /** Of a place: maps in a row of which most keys were new. */
  declare fresh: number

  constructor(text: string, bytes: Uint8Array) {
    super(text, bytes)
    this.next = null
    this.other = null
    this.inside = null
    this.fresh = 0
  }

  /** The place of the map that is the value of this key, made at its first map. */
  mapPlace(): ReadKey {
    this.inside ??= new ReadKey('', NO_BYTES)
    return this.inside
  }

  /** Of a place: whether its keys are data, which no table of names knows. */
  get isOfData(): boolean {
    return areData(this.fresh)
  }

  /** Takes note of a map of so many keys at this place, and how many of them were new. */
  count(keys: number, misses: number): void {
    this.fresh = freshAfter(this.fresh, keys, misses)
  }
}

/** The key at `at` in the window when it is one that came after `previousKey` the last times; null otherwise. */
export function guessAt(previousKey: ReadKey, at: number): ReadKey | null {
  const guess = previousKey.next
  if (guess === null) return null
  const low = view.getInt32(at, true)
  if ((low & guess.lowMask) === guess.low && isRestAt(guess, at)) return guess
  const { other } = previousKey
  if (other === null || (low & other.lowMask) !== other.low || !isRestAt(other, at)) return null
  previousKey.other = guess
  previousKey.next = other
  return other
}

/** Whether a key whose first four bytes are right is there. */
function isRestAt({ size, high, highMask, bytes: wanted }: ReadKey, at: number): boolean {
  if (size > 4) {
    if ((view.getInt32(at + 4, true) & highMask) !== high) return false
    for (let i = 8; i < size; i++) if (bytes[at + i] !== wanted[i]) return false
  }
  // Behind the end are bytes of another value.
  return size <= end - at
}

/** The keys of one format. */
export class ReadKeys {
  /** Stand for the outermost value: a list or a map. */
  readonly list: ReadKey
  readonly map: ReadKey
  /** Stand for the elements of a message's list; the last one for all further ones. */
  readonly elements: readonly ReadKey[]
  /** Stands for keys that are not known. */
  readonly unknown: ReadKey
  private readonly slots: (ReadKey | null)[]
  /** Hashes of keys that came once: a key that comes only once is not worth an entry. */
  private seen: Int32Array
  private count: number

  constructor() {
    this.list = new ReadKey('', NO_BYTES)
    this.map = new ReadKey('', NO_BYTES)
    this.elements = Array.from({ length: ELEMENTS }, () => new ReadKey('', NO_BYTES))
    this.unknown = new ReadKey('', NO_BYTES)
    this.slots = []
    // Nothing large is made at import.
    this.seen = new Int32Array(0)
    this.count = 0
  }

  /** What stands for an element of a message's list. */
  element(index: number): ReadKey {
    return this.elements[index < ELEMENTS ? index : ELEMENTS - 1] as ReadKey
  }

  /** The key of `size` bytes at `at`, `head` of them in front of its text; null when it is not known. */
  find(bytes: Uint8Array, at: number, size: number, head: number, previousKey: ReadKey): ReadKey | null {
    if (size > MAX_KEY_BYTES) return null
    let hash = size
    for (let i = at; i < at + size; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x0100_0193)
    hash ^= hash >>> 15
    if (this.seen.length === 0) this.forget()
    const slot = hash & (SLOTS - 1)
    const key = this.at(slot, bytes, at, size) ?? this.at(slot ^ 1, bytes, at, size)
    if (key !== null) {
      previousKey.other = previousKey.next
      previousKey.next = key
    } else if (this.seen[slot] === hash) this.learn(slot, bytes.slice(at, at + size), head)
    else this.seen[slot] = hash
    return key
  }

  /** Forgets all keys and what was guessed of them. */
  forget(): void {
    if (this.seen.length === 0) this.seen = new Int32Array(SLOTS)
    this.slots.length = 0
    for (let i = 0; i < SLOTS; i++) this.slots.push(null)
    this.count = 0
    for (const key of [this.list, this.map, this.unknown, ...this.elements]) key.inside = null
    this.unknown.mapPlace().fresh = NEVER_DATA
  }

  private at(slot: number, bytes: Uint8Array, at: number, size: number): ReadKey | null {
    const key = this.slots[slot] as ReadKey | null
    if (key === null || key.size !== size) return null
    for (let i = 0; i < size; i++) if (key.bytes[i] !== bytes[at + i]) return null
    return key
  }

  /** Keeps a key that came for the second time. */
  private learn(slot: number, bytes: Uint8Array, head: number): void {
    const text = readText(bytes, head, bytes.length)
    // Places of an array to V8 would spoil what is learnt about names, and so would what every object has.
    if (text === '' || isDigit(text.charCodeAt(0)) || text in Object.prototype) return
    // The bytes may be no UTF-8.
    if (text.includes('\ufffd')) return
    if (++this.count > MAX_KEYS) this.forget()
    const place = this.slots[slot] === null || this.slots[slot ^ 1] !== null ? slot : slot ^ 1
    // As the key of an object it is a string that V8 has interned: assignments by it need no look at its text.
    this.slots[place] = new ReadKey(Object.keys({ [text]: 0 })[0] as string, bytes)
  }
}

/** True for a digit: keys that begin with one may be places of an array to V8, which it puts in front of all others. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}
