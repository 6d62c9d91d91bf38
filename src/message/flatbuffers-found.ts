/**
 * What the reader of FlatBuffers in JavaScript (flatbuffers-scan.ts) has found in a frame: the same that the kernel
 * puts into its record; and how it puts down ids, vectors and URIs.
 */
import * as abi from '../kernel/abi.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Findings } from '../payload/findings.ts'
import type { FrameRecord } from '../payload/payload.ts'
import { readText } from '../payload/utf8.ts'
import { endOfText, endOfVector, follow, word } from './flatbuffers-verify.ts'
import { uriClasses } from './uri.ts'
import { uriLookup } from './uri-lookup.ts'

/** What the last scan has found. */
export const found: Findings & FrameRecord = {
  words: new Int32Array(abi.RECORD_WORDS),
  record: 0,
  messageIndex: 0,
  flags: 0,
  requestType: 0,
  first: 0,
  second: 0,
  ref: -1,
  text: null,
  uriClass: 0,
  entries: 0,
}

/** The id at `at`, -1 when it is beyond 2^53. */
export function idAt(bytes: Uint8Array, at: number): number {
  const high = word(bytes, at + 4)
  const low = word(bytes, at)
  // Up to 2^53 all are exact. 2^53 + 1 would be read as 2^53.
  if (high < 0 || high > 0x20_0000 || (high === 0x20_0000 && low !== 0)) return -1
  return high * 0x1_0000_0000 + (low >>> 0)
}

/** Puts down the content of the vector of bytes that the offset at `at` leads to; false when something is not right. */
export function readVector(bytes: Uint8Array, length: number, at: number, place: number): boolean {
  const start = follow(bytes, length, at)
  const end = endOfVector(bytes, length, start, 0)
  if (end < 0) return false
  found.words[place] = start + 4
  found.words[place + 1] = end
  return true
}

/**
 * Puts down the URI that the offset at `at` leads to, with its number and classes; false when something is not right.
 */
export function readUri(kernel: Kernel, bytes: Uint8Array, length: number, at: number): boolean {
  const start = follow(bytes, length, at)
  const end = endOfVector(bytes, length, start, 0)
  if (end < 0 || bytes[end] !== 0) return false
  const lookup = uriLookup(kernel)
  let ref = lookup.find(bytes, start + 4, end)
  if (ref < 0) {
    if (endOfText(bytes, length, start) < 0) return false
    ref = lookup.intern(bytes, start + 4, end)
  }
  found.ref = ref
  found.text = ref < 0 ? null : (kernel.uriOf(ref) as string)
  found.uriClass = ref < 0 ? uriClasses(readText(bytes, start + 4, end)) : lookup.classesOf(ref)
  found.words[abi.RECORD_TEXT_START] = start
  found.words[abi.RECORD_TEXT_END] = end
  return true
}

/** True when a value of `size` bytes, `offset` bytes from the start of its table, lies in it and is aligned. */
export function isInTable(table: number, tableBytes: number, offset: number, size: number): boolean {
  return offset >= 4 && offset + size <= tableBytes && ((table + offset) & (size - 1)) === 0
}
