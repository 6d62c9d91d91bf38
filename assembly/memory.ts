/**
 * The windows of linear memory. All but the input are fixed and small; the input comes last and grows with the frame.
 * The façade copies a frame to `input()` and reads the answers from `record()` and `index()`.
 */
import { INDEX_ENTRIES, INDEX_ENTRY_WORDS, RECORD_WORDS } from './abi'

/** One record (abi.ts). */
export const RECORD: usize = memory.data(RECORD_WORDS * 4, 16)
/** The index of fields that the record does not hold. */
export const INDEX: usize = memory.data(INDEX_ENTRIES * INDEX_ENTRY_WORDS * 4, 16)

/** The most levels that a caller may allow: the stack window has sixteen bytes for each. */
export const MAX_DEPTH: i32 = 1000
/** Open containers of the value that is being skipped. */
export const STACK: usize = memory.data(MAX_DEPTH * 16, 16)

/** Bytes that a SIMD load may read behind the frame; they belong to the input window and are never looked at. */
const PADDING: usize = 32
const PAGE: usize = 65536

/** Address of the input window. */
export function input(): usize {
  return (__heap_base + 15) & ~15
}

/**
 * Address where unescaped or joined text may be written, as much as the frame is long: half-way through the input
 * window. Right behind the frame would be wrong, because there stands the next message of a batch.
 */
export function scratch(): usize {
  return (input() + ((<usize>memory.size() * PAGE - input()) >> 1)) & ~15
}

/** End of the memory, and so of the last window. */
export function windowEnd(): usize {
  return <usize>memory.size() * PAGE
}

/**
 * Makes room for a frame of `length` bytes and as much scratch. False when the engine refuses to grow the memory;
 * every view of the façade must be rebuilt after a call that grew it.
 */
export function reserve(length: usize): bool {
  return ensure(input() + 2 * (length + PADDING) + 16)
}

/** Address, a multiple of 16, of `length` bytes behind a frame of `frameLength` bytes; 0 when there is no room. */
export function reserveAt(frameLength: usize, length: usize): usize {
  const at = (input() + frameLength + PADDING + 15) & ~15
  return ensure(at + length) ? at : 0
}

/** Makes the memory reach up to `end`. */
function ensure(end: usize): bool {
  const have = <usize>memory.size() * PAGE
  if (end <= have) return true
  // Half as much again, so that a row of slightly larger frames does not grow the memory each time.
  const want = (end + (end >> 1) + PAGE - 1) / PAGE
  const need = (end + PAGE - 1) / PAGE
  const pages = <usize>memory.size()
  return memory.grow(<i32>(want - pages)) >= 0 || memory.grow(<i32>(need - pages)) >= 0
}
