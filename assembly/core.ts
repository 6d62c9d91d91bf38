/** The exports of the kernel of `wamp-codec/core`: together with abi.ts, all that TypeScript may know about it. */

import { check } from './check'
import { find } from './find'
import { setSeed } from './keys'
import { INDEX, input, isInWindow, RECORD, reserve, scratch } from './memory'
import { scan } from './scan'
import { ENTRIES, intern } from './uri-table'

export { check, find, input, reserve, scan, scratch }

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
