/**
 * The keys of the open container on the tape: a shape as long as it is
 * known, then keys one by one. What it holds is the caller's to keep while another container is open.
 */
import { TAPE_INT, TAPE_MAP, TAPE_MAP_MORE } from '../generated/abi'
import { grow } from './shapes'
import * as words from './words'

/** In place of a shape: the open container is an array. */
export const NO_SHAPE: u32 = 0xffffffff

/** The shape so far, and the word that counts other keys; 0 while there are none. */
export let shape: u32 = NO_SHAPE
export let more: usize = 0

export function openArray(): void {
  shape = NO_SHAPE
}

/** Opens a map; the keys of a dictionary would only fill the tree of the shapes. */
export function openMap(isDictionary: bool): void {
  shape = 0
  more = 0
  if (isDictionary) beginMore()
}

/** Comes back to a container that was left open. */
export function resume(itsShape: u32, itsMore: usize): void {
  shape = itsShape
  more = itsMore
}

/** Puts the key of `length` bytes at `p` onto the tape; false when it is not UTF-8. */
export function key(p: usize, length: u32): bool {
  if (more == 0) {
    const longer = grow(shape, p, length)
    if (longer != 0) {
      shape = longer
      return true
    }
    beginMore()
  }
  store<u32>(more, load<u32>(more) + 1)
  const single = shape == 0 ? 0 : grow(0, p, length)
  if (single == 0) return words.string(p, length)
  words.word(TAPE_INT, single)
  return true
}

function beginMore(): void {
  more = words.tape
  words.raw(0)
}

/** Ends the container whose word is at `slot`. */
export function close(slot: usize): void {
  if (shape != NO_SHAPE) store<u32>(slot, (shape << 4) | (more == 0 ? TAPE_MAP : TAPE_MAP_MORE))
}
