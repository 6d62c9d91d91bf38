/**
 * URIs that JavaScript finds in a frame without a call: the numbers, texts and classes of those that the kernel's table
 * (assembly/uri-table.ts) has given out, by their bytes. That table remains the owner. What is found here is looked at
 * there, in its memory: whether the number still stands for the URI, and that it was seen, so that no sweep forgets it.
 */
import { URI_ENTRY_BYTES, URI_NUMBER, URI_PATTERNS, URI_PLACES, URI_SEEN, URI_STATE } from '../kernel/abi.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { readText } from '../payload/utf8.ts'

/** Longer URIs are not interned; the input window always has room for one. */
const MAX_URI_BYTES = 255
/** Shorter ones are not found here: the hash takes the last four bytes. */
const MIN_URI_BYTES = 4

/** Slots of the hash table, one URI each; a router of a thousand topics finds nearly all. */
const SLOT_BITS = 12

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
  /** Number of the URI in each slot. */
  readonly #slots: Int32Array

  constructor(kernel: Kernel) {
    this.kernel = kernel
    this.#slots = new Int32Array(1 << SLOT_BITS).fill(-1)
  }

  /** The number of the URI in `bytes[start, end)`, -1 when it is not known here; `kernel.uriOf` has its text, ASCII. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start
    if (length < MIN_URI_BYTES || length > MAX_URI_BYTES) return -1
    const ref = this.#slots[slotOf(bytes, end, length)] as number
    if (ref < 0) return -1
    const { kernel } = this
    const text = kernel.uriOf(ref)
    if (text === undefined || text.length !== length) return -1
    for (let i = 0; i < length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return -1
    const entry = this.#entryOf(ref)
    if (kernel.words[(entry + URI_NUMBER) >> 2] !== ref) return -1
    kernel.bytes[entry + URI_STATE] = (kernel.bytes[entry + URI_STATE] as number) | URI_SEEN
    return ref
  }

  /**
   * The number of a URI that `find` has not found, from the kernel; -1 when it is not interned. The bytes must be UTF-8.
   * The next `find` finds it when it is ASCII.
   */
  intern(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start
    if (length > MAX_URI_BYTES) return -1
    const { kernel } = this
    const ref = kernel.internBytes(bytes, start, end)
    if (ref < 0) return -1
    let text = kernel.uriOf(ref)
    if (text === undefined) {
      text = readText(bytes, start, end)
      kernel.rememberUri(ref, text)
    }
    if (length >= MIN_URI_BYTES && text.length === length) this.#slots[slotOf(bytes, end, length)] = ref
    return ref
  }

  /** Bits URI_* of the URI whose number was found or interned just now. */
  classesOf(ref: number): number {
    return this.kernel.bytes[this.#entryOf(ref) + URI_PATTERNS] as number
  }

  #entryOf(ref: number): number {
    return this.kernel.uriEntries + (ref % URI_PLACES) * URI_ENTRY_BYTES
  }
}

/** Topics mostly begin alike: their last twelve bytes and the length tell them apart. */
function slotOf(bytes: Uint8Array, end: number, length: number): number {
  let hash = Math.imul(wordBefore(bytes, end) ^ length, 0x9e37_79b1)
  if (length >= 8) hash = Math.imul(hash ^ (hash >>> 15) ^ wordBefore(bytes, end - 4), 0x85eb_ca6b)
  if (length >= 12) hash = Math.imul(hash ^ (hash >>> 13) ^ wordBefore(bytes, end - 8), 0xc2b2_ae35)
  return hash >>> (32 - SLOT_BITS)
}

/** Four bytes that end at `end`, as one number. */
function wordBefore(bytes: Uint8Array, end: number): number {
  const high = (bytes[end - 1] as number) | ((bytes[end - 2] as number) << 8)
  return high | ((bytes[end - 3] as number) << 16) | ((bytes[end - 4] as number) << 24)
}
