/**
 * Keys of maps by their bytes on the wire, for all readers. Messages of one kind have the same keys in the same order,
 * so each key remembers which ones came after it (read-key.ts).
 *
 * Nothing here is ever part of a result: a wrong guess costs time only.
 */
import { NEVER_DATA } from './data-keys.ts'
import { newPlace, ReadKey } from './read-key.ts'

/** Longer keys are data rather than names. In bytes, with the head. */
export const MAX_KEY_BYTES = 64

/** All keys are forgotten when there are more: applications have hundreds, or unboundedly many. */
const MAX_KEYS = 4096

/** Slots of the table: a key is in the slot of its hash or in its neighbour. */
const SLOTS = 4096

/** The keys of one format. */
export class KeyTable {
  /** Stands for keys that are not known. */
  readonly unknown: ReadKey
  private readonly slots: (ReadKey | null)[]
  /** Hashes of keys that came once: a key that comes only once is not worth an entry. */
  private seen: Int32Array
  private count: number

  constructor() {
    this.unknown = newPlace()
    this.slots = []
    // Nothing large is made at import.
    this.seen = new Int32Array(0)
    this.count = 0
  }

  /** The key of `size` bytes at `at`, with that hash; null when it is not known. */
  get(bytes: Uint8Array, at: number, size: number, hash: number): ReadKey | null {
    if (this.seen.length === 0) this.forget()
    const slot = hash & (SLOTS - 1)
    return this.inSlot(slot, bytes, at, size) ?? this.inSlot(slot ^ 1, bytes, at, size)
  }

  /** True when a key that is not known came before, as far as one can tell: it is worth an entry. */
  isSecond(hash: number): boolean {
    const slot = hash & (SLOTS - 1)
    if (this.seen[slot] === hash) return true
    this.seen[slot] = hash
    return false
  }

  /** Learns a key, whose bytes stay as they are; null for one that must not become known. */
  learn(text: string, bytes: Uint8Array, hash: number): ReadKey | null {
    // Places of an array to V8: they would spoil what is learnt about names.
    if (text === '' || isDigit(text.charCodeAt(0))) return null
    if (++this.count > MAX_KEYS) this.forget()
    const slot = hash & (SLOTS - 1)
    const place = this.slots[slot] === null || this.slots[slot ^ 1] !== null ? slot : slot ^ 1
    // As the key of an object it is a string that V8 has interned: assignments by it need no look at its text.
    const key = new ReadKey(Object.keys({ [text]: 0 })[0] as string, bytes)
    this.slots[place] = key
    return key
  }

  /** Forgets all keys and what was guessed of them. */
  forget(): void {
    if (this.seen.length === 0) this.seen = new Int32Array(SLOTS)
    this.slots.length = 0
    for (let i = 0; i < SLOTS; i++) this.slots.push(null)
    this.count = 0
    this.unknown.inside = null
    this.unknown.mapPlace().fresh = NEVER_DATA
  }

  private inSlot(slot: number, bytes: Uint8Array, at: number, size: number): ReadKey | null {
    const key = this.slots[slot] as ReadKey | null
    if (key === null || key.size !== size) return null
    const own = key.bytes
    for (let i = 0; i < size; i++) if (own[i] !== bytes[at + i]) return null
    return key
  }
}

/** The table of a format whose keys have their length in front of them, or end with a byte of their own. */
export abstract class EncodedKeyTable extends KeyTable {
  /**
   * The key of `size` bytes at `at`, `head` of them in front of its text; null when it is not known. It becomes
   * known when it is asked for the second time.
   */
  find(bytes: Uint8Array, at: number, size: number, head: number, previousKey: ReadKey): ReadKey | null {
    if (size > MAX_KEY_BYTES) return null
    let hash = size
    for (let i = at; i < at + size; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x0100_0193)
    hash ^= hash >>> 15
    const key = this.get(bytes, at, size, hash) ?? this.learnt(bytes, at, size, head, hash)
    if (key === null) return null
    previousKey.other = previousKey.next
    previousKey.next = key
    return key
  }

  private learnt(bytes: Uint8Array, at: number, size: number, head: number, hash: number): ReadKey | null {
    if (!this.isSecond(hash)) return null
    const own = bytes.slice(at, at + size)
    return this.learn(this.textOf(own, head), own, hash)
  }

  /** The text of a key; empty for one that must not become known. */
  protected abstract textOf(bytes: Uint8Array, head: number): string
}

/** True for a digit: keys that begin with one may be places of an array to V8, which it puts in front of all others. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}
