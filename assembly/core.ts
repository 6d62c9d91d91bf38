/** The exports of the kernel of `wamp-codec/core`: together with abi.ts, all that TypeScript may know about it. */

import { check } from './check'
import { find } from './find'
import { setSeed } from './keys'
import { INDEX, input, isInWindow, RECORD, reserve, reserveAt, scratch } from './memory'
import { scan } from './scan'
import { makeTape } from './tape'
import { SHAPES } from './tape/shapes'
import { room, TAPE_RECORD } from './tape/words'
import { ENTRIES, intern } from './uri-table'

export { check, find, input, makeTape, reserve, scan, scratch }

/** Address of the record. */
export function record(): usize {
  return RECORD
}

/** Address of the index. */
export function index(): usize {
  return INDEX
}

/** Gives the hash tables their secret; called once, before the first scan. */
export function seed(value: u32): void {
  setSeed(value)
}

/** Number of the URI in the first `length` bytes of the input window, -1 without one; see uri-table.ts. */
export function internUri(length: u32, isPinned: bool): i32 {
  return isInWindow(0, length) ? intern(input(), length, isPinned) : -1
}

/** Address of the entries of the URI table. */
export function uriEntries(): usize {
  return ENTRIES
}

/** Address of what a tape says about itself. */
export function tapeRecord(): usize {
  return TAPE_RECORD
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
  return reserveAt(frameLength, room(length))
}
