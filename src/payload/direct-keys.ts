/**
 * Keys of maps by their bytes on the wire, for the direct readers. Messages of one kind have the same keys in the same
 * order, so each key remembers which one came after it the last time, and which one came first in the map that was its
 * value: a right guess is two comparisons of words.
 *
 * Nothing here is ever part of a result: a wrong guess costs time only.
 */
import { MAP_BUILDERS, type MapBuilder } from '../generated/map-builders.ts'
import { textDecoder } from '../text-coders.ts'
import { clashes, isForReaders } from './clashes.ts'
import { NEVER_DATA } from './data-keys.ts'
import { KnownKey } from './known-key.ts'

/** All keys are forgotten when there are more: applications have hundreds, or unboundedly many. */
const MAX_KEYS = 4096

/** Longer keys are data rather than names. In bytes, with the head. */
const MAX_KEY_LENGTH = 64

/** Slots of the table: a key is in the slot of its hash or in its neighbour. */
const SLOTS = 4096

const ZERO = 0x30
const NINE = 0x39

const NO_BYTES = new Uint8Array(0)

/**
 * What a value is, to guess its keys by: args or a value by itself; kwargs, which are mostly of one kind; an option or
 * a position of the list.
 */
export type KeyContext = typeof ARGS | typeof KWARGS | typeof ATTRIBUTE
export const ARGS = 0
export const KWARGS = 1
export const ATTRIBUTE = 2

/** A key with its head, or what stands before the first key of a map. */
export class EncodedKey extends KnownKey {
  /** The key that came after this one the last time. */
  declare next: EncodedKey | null
  /** What stands before the first key of the map that is this one's value. */
  declare inside: EncodedKey | null
  /** Of what stands before a first key: pairs of the last map here, and how many maps in a row had the guessed keys. */
  declare pairs: number
  declare alike: number
  /** The same: maps in a row of which most keys were new. */
  declare fresh: number
  /** What builds the maps here while all are alike, and the copy of the builder that learns them. */
  declare build: MapBuilder | null
  declare copy: MapBuilder | null

  constructor(text: string, bytes: Uint8Array) {
    super(text, bytes)
    this.next = null
    this.inside = null
    this.pairs = 0
    this.alike = 0
    this.fresh = 0
    this.build = null
    this.copy = null
  }

  /** What stands before the first key of the map that is the value of this key. */
  mapPlace(): EncodedKey {
    this.inside ??= new EncodedKey('', NO_BYTES)
    return this.inside
  }
}

/** The keys of one format. */
export class EncodedKeys {
  /** Stand for the outermost value, by `KeyContext`. */
  readonly contexts: readonly [EncodedKey, EncodedKey, EncodedKey]
  /** Stands for keys that are not known. */
  readonly unknown: EncodedKey
  private readonly slots: (EncodedKey | null)[]
  /** Hashes of keys that came once: one that comes only once is not worth an entry. */
  private readonly seen: Int32Array
  private count: number
  private copies: number
  private clashes: number
  private readonly tail: number

  /** Keys have `tail` bytes behind their text. */
  constructor(tail: number) {
    this.tail = tail
    const context = (): EncodedKey => new EncodedKey('', NO_BYTES)
    this.contexts = [context(), context(), context()]
    this.unknown = context()
    this.unknown.mapPlace().fresh = NEVER_DATA
    this.slots = new Array<EncodedKey | null>(SLOTS).fill(null)
    this.seen = new Int32Array(SLOTS)
    this.count = 0
    this.copies = 0
    this.clashes = clashes
  }

  /** Forgets the keys when Object.prototype has got one: it may be among them. */
  begin(): void {
    if (this.clashes === clashes) return
    this.clashes = clashes
    this.forget()
  }

  /** The key of `size` bytes at `at`, `head` of them in front of its text; null when it is not known. */
  find(
    bytes: Uint8Array,
    at: number,
    size: number,
    head: number,
    previousKey: EncodedKey,
  ): EncodedKey | null {
    if (size > MAX_KEY_LENGTH) return null
    let hash = size
    for (let i = at; i < at + size; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x0100_0193)
    hash ^= hash >>> 15
    const slot = hash & (SLOTS - 1)
    const key = this.at(slot, bytes, at, size) ?? this.at(slot ^ 1, bytes, at, size)
    if (key !== null) previousKey.next = key
    else this.learn(hash, bytes.slice(at, at + size), head)
    return key
  }

  /** The next copy of the builder; null when all are taken. */
  copy(): MapBuilder | null {
    return MAP_BUILDERS[this.copies++] ?? null
  }

  private at(slot: number, bytes: Uint8Array, at: number, size: number): EncodedKey | null {
    const key = this.slots[slot] as EncodedKey | null
    if (key === null || key.size !== size) return null
    for (let i = 0; i < size; i++) if (key.bytes[i] !== bytes[at + i]) return null
    return key
  }

  /** Takes note of a key that is not known; the second time it is kept. */
  private learn(hash: number, bytes: Uint8Array, head: number): void {
    const slot = hash & (SLOTS - 1)
    if (this.seen[slot] !== hash) {
      this.seen[slot] = hash
      return
    }
    // Places of an array to V8: they would spoil what is learnt about names. So would what every object has.
    const first = bytes[head]
    if (first === undefined || (first >= ZERO && first <= NINE)) return
    const text = textDecoder().decode(bytes.subarray(head, bytes.length - this.tail))
    if (!isForReaders(text)) return
    if (++this.count > MAX_KEYS) this.forget()
    const place = this.slots[slot] === null || this.slots[slot ^ 1] !== null ? slot : slot ^ 1
    // As the key of an object it is a string that V8 has interned: assignments by it need no look at its text.
    this.slots[place] = new EncodedKey(Object.keys({ [text]: 0 })[0] as string, bytes)
  }

  private forget(): void {
    this.slots.fill(null)
    for (const key of [...this.contexts, this.unknown]) key.inside = null
    this.unknown.mapPlace().fresh = NEVER_DATA
    this.count = 0
    // The copies keep what V8 knows of them: maps that come again find other ones, which costs a moment.
    this.copies = 0
  }
}
