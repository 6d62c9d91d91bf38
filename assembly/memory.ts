/**
 * The windows of linear memory. All but the input are fixed and small; the input comes last and grows with the frame.
 * The façade copies a frame to `input()` and reads the answers from `record()` and `index()`.
 */
import * as traits from './formats/traits'
import { INDEX_ENTRIES, INDEX_ENTRY_WORDS, RECORD_WORDS } from './generated/abi'

/** One record (abi.ts). */
export const RECORD: usize = memory.data(RECORD_WORDS * 4, 16)
/** The index of fields that the record does not hold. */
export const INDEX: usize = memory.data(INDEX_ENTRIES * INDEX_ENTRY_WORDS * 4, 16)

/** The most levels that a caller may allow: the stack window has sixteen bytes for each. */
const MAX_DEPTH: i32 = 1000
/** Open containers of the value that is being skipped. */
export const STACK: usize = memory.data(MAX_DEPTH * 16, 16)

/** Bytes that a SIMD load may read behind the frame; they belong to the input window and are never looked at. */
const PADDING: usize = 32
const PAGE: u64 = 65536
/** The most pages that a memory with addresses of 32 bits may have. */
const MAX_PAGES: u64 = 65536
/** The most bytes by which the memory grows beyond what is asked for. */
const MAX_AHEAD: u64 = 16 << 20

/** Address of the input window. */
export function input(): usize {
  return (__heap_base + 15) & ~15
}

/**
 * Address of the scratch, half-way through the input window and as long as the frame: for unescaped and joined texts,
 * what the checks of UBJSON and FlexBuffers note, and the steps of a path (find.ts). Right behind the frame would be
 * wrong, because there stands the next message of a batch.
 */
export function scratch(): usize {
  return (input() + ((windowEnd() - input()) >> 1)) & ~15
}

/** End of the memory, and so of the last window. */
export function windowEnd(): usize {
  return <usize>(<u64>memory.size() * PAGE)
}

/** Bytes behind `length` of them that a load or store of the kernel may touch in the scratch. */
const SLACK: usize = 32

/**
 * True when the `length` bytes at `at` bytes from the start of the input window lie in it, with one byte behind them
 * for the stop of JSON. Every export asks this first: no mistake of the façade can become a write elsewhere.
 */
export function isInWindow(at: usize, length: usize): bool {
  const size = windowEnd() - input()
  return at < size && length < size - at
}

/**
 * The same of what is read with `length` bytes of scratch half-way through the window, under limits that it can keep.
 */
export function isCall(at: usize, length: usize, format: i32, maxDepth: i32): bool {
  return isInWindow(at, length) && hasScratch(scratch(), length) && isReadable(format, maxDepth)
}

/** True when the format is one of a payload and the stack window has room for so many levels. */
export function isReadable(format: i32, maxDepth: i32): bool {
  return traits.isReadable(format) && <u32>maxDepth <= <u32>MAX_DEPTH
}

/** True when there is room for `length` bytes of scratch from the address `at` on. */
export function hasScratch(at: usize, length: usize): bool {
  const end = windowEnd()
  return at >= input() && at < end && end - at > SLACK && length <= end - at - SLACK
}

/**
 * Makes room for a frame of `length` bytes and as much scratch. False when the engine refuses to grow the memory;
 * every view of the façade must be rebuilt after a call that grew it.
 */
export function reserve(length: usize): bool {
  return ensure(<u64>input() + 2 * (<u64>length + PADDING) + 16)
}

/** Makes the memory reach up to `end`. */
function ensure(end: u64): bool {
  const pages = <u64>memory.size()
  if (end <= pages * PAGE) return true
  // Half as much again, so that a row of slightly larger frames does not grow the memory each time; it never shrinks.
  const ahead = min(end >> 1, MAX_AHEAD)
  return grow((end + ahead + PAGE - 1) / PAGE - pages) || grow((end + PAGE - 1) / PAGE - pages)
}

/** Grows the memory; false for more pages than 32 bits can address, which the engine cannot even be asked for. */
function grow(pages: u64): bool {
  return pages <= MAX_PAGES && memory.grow(<i32>pages) >= 0
}
