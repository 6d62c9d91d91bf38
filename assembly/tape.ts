/**
 * Payload -> tape, for the façade to build JavaScript values from (layout: tape/words.ts). It reads what is common in
 * UBJSON and FlexBuffers; what is rare, and whatever is wrong, is left to the readers of src/payload, which know all of
 * it and what to say about it, and which read the other formats faster. So there are no errors here: a value is on the
 * tape, or it is not.
 *
 * The bytes were checked, but a borrowed frame may have been changed since. All ranges and all text are checked again.
 */

import { isUbjson } from './formats/traits'
import { FORMAT_FLEXBUFFERS, FORMAT_UBJSON_DRAFT12 } from './generated/abi'
import { input, isInWindow, isReadable, reserveAt, windowEnd } from './memory'
import * as status from './status'
import * as flexbuffers from './tape/flexbuffers'
import { beginShapes, SHAPES } from './tape/shapes'
import * as ubjson from './tape/ubjson'
import * as words from './tape/words'

/** Nesting that a tape may have, because the façade reads it by recursion; what is deeper is rare. */
const MAX_LEVELS: i32 = 200

/**
 * Makes the tape of the `length` bytes at `at` bytes from the start of the input window, in `room(length)` bytes of
 * memory at `to`. True when the bytes are one value, all of it on the tape; the record of the tape says where.
 */
export function makeTape(
  at: usize,
  length: usize,
  format: i32,
  to: usize,
  maxDepth: i32,
  maxNodes: u32,
  isLatin: bool,
): bool {
  if (!isInWindow(at, length) || !isReadable(format, maxDepth) || !hasTape(to, length)) return false
  const start = input() + at
  const end = start + length
  beginShapes()
  words.place(to, length, isLatin)
  const levels = min(maxDepth, MAX_LEVELS)
  // What reads the bytes here keeps them.
  status.begin(maxDepth, maxNodes, 0)
  let p: usize = 0
  if (format == FORMAT_FLEXBUFFERS) p = flexbuffers.value(start, end, to, levels)
  else if (isUbjson(format)) p = ubjson.value(start, end, format == FORMAT_UBJSON_DRAFT12, levels)
  if (p != end) return false
  words.finish()
  return words.mostNodes() <= maxNodes
}

/** True when the tape of `length` bytes at `to` lies in the window. */
function hasTape(to: usize, length: usize): bool {
  const end = windowEnd()
  return (to & 7) == 0 && to >= input() && to < end && words.room(length) <= <u64>(end - to)
}

/** Address of what a tape says about itself. */
export function tapeRecord(): usize {
  return words.TAPE_RECORD
}

/** Address of the shapes. */
export function tapeShapes(): usize {
  return SHAPES
}

/**
 * Makes room for the tape of a payload of `length` bytes behind a frame of `frameLength` bytes in the input window.
 * Returns the address, 0 when the engine refuses to grow the memory; rebuild every view when the memory has grown.
 */
export function tapePlace(frameLength: usize, length: usize): usize {
  return reserveAt(frameLength, words.room(length))
}
