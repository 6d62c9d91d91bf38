/** What the readers know of keys of maps, and of the places where maps are. */
import type { MapBuilder } from '../generated/map-builders.ts'
import { areData, freshAfter } from './data-keys.ts'

const NO_BYTES = new Uint8Array(0)

/**
 * A key in the bytes of its format; or a place, which stands before the first key of a map. What comes after it the
 * next time is a guess: a right one is two comparisons of words.
 */
export class ReadKey {
  declare readonly text: string
  declare readonly bytes: Uint8Array
  /** The number of these bytes. */
  declare readonly size: number
  /** The first eight bytes as little-endian words, and which bits of them are the key's. */
  declare readonly low: number
  declare readonly high: number
  declare readonly lowMask: number
  declare readonly highMask: number
  /** The key that came after this one the last time, and another one that did before. */
  declare next: ReadKey | null
  declare other: ReadKey | null
  /** The place of the map that is this one's value. */
  declare inside: ReadKey | null
  /** Of a place: maps in a row of which most keys were new. */
  declare fresh: number
  /** The same: pairs of the last map here, and how many maps in a row had the guessed keys. */
  declare pairs: number
  declare alike: number
  /** What builds the maps here while all are alike, and the copy of the builder that learns them. */
  declare build: MapBuilder | null
  declare copy: MapBuilder | null
  /** The value of JSON in which it was looked for in Object.prototype last. */
  declare checked: number

  constructor(text: string, bytes: Uint8Array) {
    const first = new DataView(new ArrayBuffer(16))
    for (let i = 0; i < 8 && i < bytes.length; i++) {
      first.setUint8(i, bytes[i] as number)
      first.setUint8(8 + i, 0xff)
    }
    this.text = text
    this.bytes = bytes
    this.size = bytes.length
    this.low = first.getInt32(0, true)
    this.high = first.getInt32(4, true)
    this.lowMask = first.getInt32(8, true)
    this.highMask = first.getInt32(12, true)
    this.next = this.other = this.inside = null
    this.fresh = this.pairs = this.alike = 0
    this.build = this.copy = null
    this.checked = 0
  }

  /** The place of the map that is the value of this key, made at its first map. */
  mapPlace(): ReadKey {
    this.inside ??= newPlace()
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

/** A place of its own. */
export function newPlace(): ReadKey {
  return new ReadKey('', NO_BYTES)
}
