/**
 * Keys of maps by their bytes, for the reader of JSON. Messages of one kind have the same keys in the same order, so
 * each key remembers which ones came after it the last times: a right guess is two comparisons of words.
 *
 * Nothing here is ever part of a result: a wrong guess costs time only.
 */
import { KnownKey } from '../known-key.ts'

/** All keys are forgotten when there are more: applications have hundreds, or unboundedly many. */
const MAX_KEYS = 4096

/** Longer keys are data rather than names. */
export const MAX_KEY_BYTES = 64

/** Slots of the table: a key is in the slot of its hash or in its neighbour. */
const SLOTS = 4096

/** Maps in a row of new keys after which the next ones at their place are dictionaries from their birth. */
const STRANGE = 2

/** One of so many of them is looked at again. */
const LOOK_EVERY = 32

const objectPrototype: object = Object.prototype

const NO_BYTES = new Uint8Array(0)

/** A key with the quote and the colon behind it; or a place: what stands before the first key of a map. */
export class Key extends KnownKey {
  /** The keys that came after this one the last time and before that. */
  declare next: Key | null
  declare other: Key | null
  /** The place of the map that is the value of this key. */
  declare inside: Key | null
  /** Of a place: maps in a row whose keys were new. */
  declare strange: number
  /** The value in which it was looked for in Object.prototype last. */
  declare checked: number

  constructor(text: string, bytes: Uint8Array) {
    super(text, bytes)
    this.next = null
    this.other = null
    this.inside = null
    this.strange = this.checked = 0
  }

  /** Of a place: whether the keys of the next map are data, which no table of names knows. */
  isOfData(): boolean {
    return this.strange >= STRANGE && this.strange++ % LOOK_EVERY !== 0
  }

  /** Takes note of a map of so many keys at this place, and how many of them were new. */
  count(keys: number, news: number): void {
    this.strange = news + news > keys ? this.strange + 1 : 0
  }
}

/** True for a key that Object.prototype has: an assignment would hand it to a setter, or find it read-only. */
export function isClash(key: Key, epoch: number): boolean {
  if (key.text in objectPrototype) return true
  key.checked = epoch
  return false
}

/** A place of its own. */
export function newPlace(): Key {
  return new Key('', NO_BYTES)
}

const slots: (Key | null)[] = new Array<Key | null>(SLOTS).fill(null)
/** Hashes of keys that came once: one that comes only once is not worth an entry. */
const seen: Int32Array = new Int32Array(SLOTS)
let count = 0

/** The key whose `size` bytes are at `at`, with that hash; null when it is not known. */
export function findKey(bytes: Uint8Array, at: number, size: number, hash: number): Key | null {
  const slot = hash & (SLOTS - 1)
  return keyAt(slot, bytes, at, size) ?? keyAt(slot ^ 1, bytes, at, size)
}

function keyAt(slot: number, bytes: Uint8Array, at: number, size: number): Key | null {
  const key = slots[slot] as Key | null
  if (key === null || key.size !== size) return null
  const own = key.bytes
  for (let i = 0; i < size; i++) if (own[i] !== bytes[at + i]) return null
  return key
}

/** True when a key that is not known came before, as far as one can tell: it is worth an entry. */
export function isSecond(hash: number): boolean {
  const slot = hash & (SLOTS - 1)
  if (seen[slot] === hash) return true
  seen[slot] = hash
  return false
}

/** Learns a key, whose bytes stay as they are. */
export function learnKey(text: string, bytes: Uint8Array, hash: number): void {
  if (++count > MAX_KEYS) {
    slots.fill(null)
    count = 0
  }
  const slot = hash & (SLOTS - 1)
  const place = slots[slot] === null || slots[slot ^ 1] !== null ? slot : slot ^ 1
  // As the key of an object it is a string that V8 has interned: assignments by it need no look at its text.
  slots[place] = new Key(Object.keys({ [text]: 0 })[0] as string, bytes)
}
