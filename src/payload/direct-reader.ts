/**
 * Bytes that the kernel has checked -> JavaScript values: nothing is checked again. What the formats share is here;
 * the `direct.ts` in their folders know them, and `bracket-reader.ts` what JSON and UBJSON share.
 *
 * It reads the kernel's own memory, which no other code can change, and only what is common; FALLBACK is thrown for all
 * else, and the other decoders do it. Strings of ASCII are pieces of one string for each 1,024 bytes; texts beyond
 * ASCII are a call each.
 */
import { MAP_KEYS } from '../generated/map-builders.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { asBuffer } from './buffers.ts'
import { hasKeys } from './clashes.ts'
import { newDictionary } from './data-keys.ts'
import { type DecodeRules, setOwn } from './decode-value.ts'
import { ATTRIBUTE, DirectKeys, type KeyContext } from './direct-keys.ts'
import { type MemoryTexts, textReaders } from './memory-texts.ts'
import type { ReadKey } from './read-key.ts'
import { shortText } from './short-text.ts'
import { arrayOf, SORT_DOUBLE } from './templates.ts'
import { CHARWISE_BELOW, NO_PART_BELOW, PART_BYTES } from './text-parts.ts'

/** Thrown for what is left to the other decoders. */
export const FALLBACK: unique symbol = Symbol('fallback')

/** Levels that are read by recursion. */
const MAX_LEVELS = 200

/** Maps with more pairs are dictionaries, whose keys are data. */
export const MAX_PAIRS = 64

/** A map gets a builder of its own when so many in a row at its place were alike. */
const OFTEN = 256

/** Bytes that the kernel has checked, and has in its input window since then. */
export interface CheckedBytes {
  /** The same bytes where they outlive the kernel's copy; positions count from `base`. */
  readonly bytes: Uint8Array | null
  readonly base: number
  /** Where position 0 is, from the start of the input window. */
  readonly loadedAt: number
  /** Texts beyond ASCII in args and kwargs. */
  readonly wideTexts: number
}

/** Reads one format out of one kernel's memory. */
export abstract class DirectReader {
  /** The kernel's memory, which is another one after it has grown. */
  declare bytes: Uint8Array
  declare view: DataView
  /** Index of the next byte, and of the first one behind the value. */
  declare at: number
  declare end: number
  declare readonly kernel: Kernel
  /** The bytes of the last key's head. */
  declare protected keyHead: number
  declare protected readonly keys: DirectKeys
  declare private readonly sorts: Uint8Array
  declare private readonly doubleHead: number
  declare private readonly textsOf: (bytes: Uint8Array) => MemoryTexts
  declare private texts: MemoryTexts
  /** Containers that are open. */
  declare protected levels: number
  declare private isAscii: boolean
  /** The part of text that was made a string last: `[partStart, partEnd)`. */
  declare private part: string
  declare protected partStart: number
  declare protected partEnd: number
  declare private kind: DecodeRules['binary']
  /** The same bytes where they outlive the kernel's copy, and how much further on they are there. */
  declare private source: Uint8Array
  declare private shift: number

  /** `sorts` has a SORT for each first byte; keys have `tail` bytes behind their text. */
  constructor(kernel: Kernel, sorts: Uint8Array, tail: number) {
    this.kernel = kernel
    this.sorts = sorts
    this.doubleHead = sorts.indexOf(SORT_DOUBLE)
    this.keys = new DirectKeys(tail)
    this.textsOf = textReaders()
    this.bytes = kernel.bytes
    this.view = new DataView(kernel.bytes.buffer)
    this.texts = this.textsOf(kernel.bytes)
    this.at = this.end = this.keyHead = this.levels = this.partStart = this.partEnd = 0
    this.isAscii = false
    this.kind = 'copy'
    this.part = ''
    this.source = EMPTY
    this.shift = 0
  }

  /** The next value; `parentKey` is the key that it stands under. Throws FALLBACK. */
  abstract value(parentKey: ReadKey): unknown

  /**
   * Bytes of the key at `at`, 0 for one that needs the fallback; puts those of its head into `keyHead`. Throws
   * FALLBACK.
   */
  protected abstract keySize(): number

  /** The value in `[start, end)` of bytes that the kernel has just checked. Throws FALLBACK. */
  read(checked: CheckedBytes, start: number, end: number, context: KeyContext, rules: DecodeRules): unknown {
    const { kernel, keys } = this
    if (this.bytes !== kernel.bytes) {
      this.bytes = kernel.bytes
      this.view = new DataView(kernel.bytes.buffer)
      this.texts = this.textsOf(kernel.bytes)
    }
    const shift = kernel.input + checked.loadedAt
    this.at = shift + start
    this.end = shift + end
    // Of texts outside of args and kwargs nothing is known.
    this.isAscii = checked.wideTexts === 0 && context !== ATTRIBUTE
    this.levels = 0
    this.partEnd = 0
    this.kind = rules.binary
    this.source = checked.bytes as Uint8Array
    this.shift = checked.base - shift
    keys.begin()
    return this.whole(keys.contexts[context])
  }

  /** The value that fills the range. Throws FALLBACK. */
  protected whole(parentKey: ReadKey): unknown {
    const value = this.value(parentKey)
    if (this.at !== this.end) throw FALLBACK
    return value
  }

  /** The message is not kept alive here, also when it was not read to its end. */
  release(): void {
    this.part = ''
    this.source = EMPTY
  }

  /** Takes `length` bytes as text. */
  protected text(length: number): string {
    const { at: start, bytes } = this
    const end = start + length
    if (end > this.end) throw FALLBACK
    this.at = end
    if (!this.isAscii) {
      for (let i = start; i < end; i++) if ((bytes[i] as number) >= 0x80) return this.anyText(start, end)
    }
    return this.ascii(start, end)
  }

  /** The text in bytes of ASCII. */
  protected ascii(start: number, end: number): string {
    if (end > this.partEnd) {
      if (end - start < CHARWISE_BELOW && this.end - start < NO_PART_BELOW)
        return shortText(this.bytes, start, end - start)
      this.openPart(start, end)
    }
    return this.part.substring(start - this.partStart, end - this.partStart)
  }

  /** Any text. */
  protected anyText(start: number, end: number): string {
    return this.texts.utf8(start, end)
  }

  /** Makes a string of the bytes from `start` up to `end` at least. */
  protected openPart(start: number, end: number): void {
    this.partStart = start
    this.partEnd = Math.max(end, Math.min(start + PART_BYTES, this.end))
    this.part = this.single(start, this.partEnd)
  }

  /** A string of its own. */
  protected single(start: number, end: number): string {
    return this.texts.single(start, end)
  }

  /** Takes `length` bytes. */
  protected binary(length: number): Uint8Array {
    const { at: start, source } = this
    if (length > this.end - start) throw FALLBACK
    this.at = start + length
    const { kind } = this
    if (kind !== 'view') {
      const bytes = this.bytes.slice(start, start + length)
      return kind === 'buffer' ? asBuffer(bytes) : bytes
    }
    return new Uint8Array(source.buffer, source.byteOffset + start + this.shift, length)
  }

  /** An array of `count` values that follow. */
  protected list(count: number, parentKey: ReadKey): unknown[] {
    this.enter(count)
    const values = this.elements(count, this.sorts[this.bytes[this.at] as number] as number, parentKey)
    this.levels--
    return values
  }

  /** The elements of an open list; `sort` is that of the first. */
  protected elements(count: number, sort: number, parentKey: ReadKey): unknown[] {
    // An array that grows by `push` has room for 17 from its first element on.
    switch (count) {
      case 0:
        return []
      case 1:
        return [this.value(parentKey)]
      case 2:
        return [this.value(parentKey), this.value(parentKey)]
      case 3:
        return [this.value(parentKey), this.value(parentKey), this.value(parentKey)]
    }
    const values = arrayOf(sort, count)
    let i = 0
    if (sort === SORT_DOUBLE) {
      const { bytes, view, doubleHead } = this
      for (; i < count && bytes[this.at] === doubleHead; i++) {
        values[i] = view.getFloat64(this.at + 1)
        this.at += 9
      }
    }
    for (; i < count; i++) values[i] = this.value(parentKey)
    return values
  }

  /** A map of `count` pairs that follow. */
  protected map(count: number, parentKey: ReadKey): Record<string, unknown> {
    if (count === 0) return {}
    this.enter(count)
    const start = parentKey.mapPlace()
    const build = start.build
    const object =
      build === null || start.pairs !== count ? this.build(count, start) : build(this, count, start)
    this.levels--
    return object
  }

  protected build(count: number, start: ReadKey): Record<string, unknown> {
    const isOfData = start.isOfData
    const object: Record<string, unknown> = isOfData ? newDictionary() : {}
    if (count <= MAX_PAIRS && !isOfData) return this.pairs(object, 0, count, start, start)
    start.count(count, count)
    for (let i = 0; i < count; i++) this.pairOfText(object)
    return object
  }

  /** The pairs of a map from pair `i` on; `previousKey` is the key in front of it. */
  private pairs(
    object: Record<string, unknown>,
    i: number,
    count: number,
    previousKey: ReadKey,
    start: ReadKey,
  ): Record<string, unknown> {
    let isAlike = true
    let misses = 0
    for (; i < count; i++) {
      const guess = previousKey.next
      const key = this.expected(previousKey) ?? this.known(previousKey)
      if (key === null) {
        isAlike = false
        misses++
        this.pairOfText(object)
      } else {
        if (key !== guess) isAlike = false
        object[key.text] = this.value(key)
        previousKey = key
      }
    }
    // A setter that Object.prototype has got since a key became known.
    if (!hasKeys(object, count)) throw FALLBACK
    this.learn(start, count, isAlike)
    start.count(count, misses)
    return object
  }

  /** The value of a key that Object.prototype has got since it became known. */
  own(object: Record<string, unknown>, key: ReadKey): void {
    setOwn(object, key.text, this.value(key))
  }

  /** Takes note of a map of `count` pairs; `isAlike` when all its keys were guessed. */
  protected learn(start: ReadKey, count: number, isAlike: boolean): void {
    start.alike = isAlike && start.pairs === count ? start.alike + 1 : 0
    start.pairs = count
    if (start.alike === OFTEN && count > 0 && count <= MAP_KEYS) {
      start.copy ??= this.keys.copy()
      start.build = start.copy
    }
  }

  /** What is left of a map from pair `i` on, by no builder; `previousKey` is the key in front of it. */
  rest(
    object: Record<string, unknown>,
    i: number,
    count: number,
    previousKey: ReadKey,
    start: ReadKey,
  ): Record<string, unknown> {
    start.build = null
    return this.pairs(object, i, count, previousKey, start)
  }

  /** Takes the next key when it is the one that came after `previousKey` the last time; null otherwise. */
  expected(previousKey: ReadKey): ReadKey | null {
    const guess = previousKey.next
    if (guess === null) return null
    const { view, at } = this
    if ((view.getInt32(at, true) & guess.lowMask) !== guess.low) return null
    if ((view.getInt32(at + 4, true) & guess.highMask) !== guess.high) return null
    const { size } = guess
    if (size > 8) {
      const { bytes } = this
      for (let i = 8; i < size; i++) if (bytes[at + i] !== guess.bytes[i]) return null
    }
    this.at = at + size
    return guess
  }

  /** Takes the next key when it is known; null otherwise. */
  protected known(previousKey: ReadKey): ReadKey | null {
    const size = this.keySize()
    if (size === 0) return null
    const key = this.keys.find(this.bytes, this.at, size, this.keyHead, previousKey)
    if (key !== null) this.at += size
    return key
  }

  /** A pair whose key is not known. */
  protected pairOfText(object: Record<string, unknown>): void {
    const size = this.keySize()
    this.at += this.keyHead
    setOwn(object, this.text(size - this.keyHead), this.value(this.keys.unknown))
  }

  /** Opens a container of at least so many bytes. Throws FALLBACK. */
  protected enter(count: number): void {
    if (count > this.end - this.at || ++this.levels > MAX_LEVELS) throw FALLBACK
  }
}

const EMPTY = new Uint8Array(0)
