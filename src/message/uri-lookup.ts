/**
 * URIs that JavaScript finds in a frame without a call: the numbers, texts and classes of those that the kernel's table
 * (assembly/uri-table.ts) has given out, by their bytes. That table remains the owner. What is found here is looked at
 * there, in its memory: whether the number still stands for the URI, and that it was seen, so that no sweep forgets it.
 */
import {
  INTERNED_BYTES,
  INTERNED_NUMBER,
  INTERNED_PATTERNS,
  INTERNED_SEEN,
  INTERNED_STATE,
  URI_PLACES,
} from '../kernel/abi.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { readText } from '../payload/utf8.ts'

/** Longer URIs are not interned; the input window always has room for one. */
const MAX_URI_BYTES = 255
/**
 * Shorter ones are not found here, because the hash takes the last four bytes; longer ones would take too much room.
 */
const MIN_FOUND_BYTES = 4
const MAX_FOUND_BYTES = 64

/** Pairs of slots of the hash table, one URI in each slot: of 256 URIs 30 would displace each other in single ones. */
const PAIR_BITS = 10
const SLOTS = 1 << (PAIR_BITS + 1)

const lookups = new WeakMap<Kernel, UriLookup>()

// That of the last kernel: mostly there is only one.
let now: UriLookup | null = null

/** The lookup of a kernel. */
export function uriLookup(kernel: Kernel): UriLookup {
  if (now !== null && now.kernel === kernel) return now
  now = lookups.get(kernel) ?? new UriLookup(kernel)
  lookups.set(kernel, now)
  return now
}

/** The lookup of one kernel. */
class UriLookup {
  readonly kernel: Kernel
  /** Number of the URI in each slot, its length, and its bytes. */
  private readonly refs: Int32Array
  private readonly lengths: Uint8Array
  private readonly texts: Uint8Array

  constructor(kernel: Kernel) {
    this.kernel = kernel
    this.refs = new Int32Array(SLOTS)
    this.lengths = new Uint8Array(SLOTS)
    this.texts = new Uint8Array(MAX_FOUND_BYTES * SLOTS)
  }

  /** The number of the URI in `bytes[start, end)`, -1 when it is not known here; `kernel.uriOf` has its text. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start
    if (length < MIN_FOUND_BYTES || length > MAX_FOUND_BYTES) return -1
    const slot = slotOf(bytes, end, length)
    const place = this.has(slot, bytes, start, length)
      ? slot
      : this.has(slot + 1, bytes, start, length)
        ? slot + 1
        : -1
    if (place < 0) return -1
    const { kernel } = this
    const ref = this.refs[place] as number
    const entry = this.entryOf(ref)
    if (kernel.words[(entry + INTERNED_NUMBER) >> 2] !== ref) return -1
    kernel.bytes[entry + INTERNED_STATE] = (kernel.bytes[entry + INTERNED_STATE] as number) | INTERNED_SEEN
    return ref
  }

  private has(slot: number, bytes: Uint8Array, start: number, length: number): boolean {
    if (this.lengths[slot] !== length) return false
    const texts = this.texts
    const at = slot * MAX_FOUND_BYTES
    // Mostly it is the end that tells two URIs apart.
    for (let i = length - 1; i >= 0; i--) if (texts[at + i] !== bytes[start + i]) return false
    return true
  }

  /**
   * The number of a URI that `find` has not found, from the kernel; -1 when it is not interned. The bytes must be
   * UTF-8. The next `find` finds it, unless it is long.
   */
  intern(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start
    if (length > MAX_URI_BYTES) return -1
    const { kernel } = this
    const ref = kernel.internBytes(bytes, start, end)
    if (ref < 0) return -1
    if (kernel.uriOf(ref) === undefined) kernel.rememberUri(ref, readText(bytes, start, end))
    if (length < MIN_FOUND_BYTES || length > MAX_FOUND_BYTES) return ref
    const slot = slotOf(bytes, end, length)
    const texts = this.texts
    if (!this.has(slot, bytes, start, length)) {
      // What came before moves on to the second slot, and displaces what was there.
      this.refs[slot + 1] = this.refs[slot] as number
      this.lengths[slot + 1] = this.lengths[slot] as number
      texts.copyWithin((slot + 1) * MAX_FOUND_BYTES, slot * MAX_FOUND_BYTES, (slot + 1) * MAX_FOUND_BYTES)
    }
    this.refs[slot] = ref
    this.lengths[slot] = length
    const at = slot * MAX_FOUND_BYTES
    for (let i = 0; i < length; i++) texts[at + i] = bytes[start + i] as number
    return ref
  }

  /** Bits URI_* of the URI whose number was found or interned just now. */
  classesOf(ref: number): number {
    return this.kernel.bytes[this.entryOf(ref) + INTERNED_PATTERNS] as number
  }

  private entryOf(ref: number): number {
    return this.kernel.uriEntries + (ref % URI_PLACES) * INTERNED_BYTES
  }
}

/** The first slot of a pair. Topics mostly begin alike: their last twelve bytes and the length tell them apart. */
function slotOf(bytes: Uint8Array, end: number, length: number): number {
  let hash = Math.imul(wordBefore(bytes, end) ^ length, 0x9e37_79b1)
  if (length >= 8) hash = Math.imul(hash ^ (hash >>> 15) ^ wordBefore(bytes, end - 4), 0x85eb_ca6b)
  if (length >= 12) hash = Math.imul(hash ^ (hash >>> 13) ^ wordBefore(bytes, end - 8), 0xc2b2_ae35)
  return (hash >>> (32 - PAIR_BITS)) << 1
}

/** Four bytes that end at `end`, as one number. */
function wordBefore(bytes: Uint8Array, end: number): number {
  const high = (bytes[end - 1] as number) | ((bytes[end - 2] as number) << 8)
  return high | ((bytes[end - 3] as number) << 16) | ((bytes[end - 4] as number) << 24)
}
