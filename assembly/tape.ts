/**
 * Payload -> tape, for the façade to build JavaScript values from (layout: tape/words.ts). It reads what is common in
 * each format; what is rare, and whatever is wrong, is left to the readers of src/payload, which know all of it and
 * what to say about it; JSON is theirs alone. So there are no errors here: a value is on the tape, or it is not.
 *
 * The bytes were checked, but a borrowed frame may have been changed since. All ranges and all text are checked again.
 */

import { isUbjson } from './formats/traits'
import {
  FORMAT_CBOR,
  FORMAT_FLEXBUFFERS,
  FORMAT_MSGPACK,
  FORMAT_UBJSON_DRAFT12,
  TAPE_ARRAY,
  TAPE_INT,
  TAPE_MAP,
  TAPE_MAP_MORE,
} from './generated/abi'
import { input, isInWindow, isReadable, STACK, windowEnd } from './memory'
import * as status from './status'
import * as cbor from './tape/cbor'
import * as flexbuffers from './tape/flexbuffers'
import * as item from './tape/item'
import * as msgpack from './tape/msgpack'
import { beginShapes, grow, MAX_KEYS } from './tape/shapes'
import * as ubjson from './tape/ubjson'
import * as words from './tape/words'

/** False in the kernel of `wamp-codec/core`, which is compiled with CORE_ONLY: json, msgpack and cbor. */
const HAS_ALL: bool = !isDefined(CORE_ONLY)

/** Nesting that a tape may have, because the façade reads it by recursion; what is deeper is rare. */
const MAX_LEVELS: i32 = 200
/** In place of a shape: the open container is an array. */
const NO_SHAPE: u32 = 0xffffffff
/** Counts of containers whose end is marked go down from UNKNOWN, and no frame has so many elements. */
const MARKED: u32 = 0x80000000

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
  let p: usize = 0
  if (format == FORMAT_CBOR || format == FORMAT_MSGPACK) {
    p = binary(start, end, format == FORMAT_CBOR, levels)
  } else if (HAS_ALL) {
    // What reads the bytes here keeps them.
    status.begin(maxDepth, maxNodes, 0)
    if (format == FORMAT_FLEXBUFFERS) {
      p = flexbuffers.value(start, end, to, levels)
    } else if (isUbjson(format)) {
      p = ubjson.value(start, end, format == FORMAT_UBJSON_DRAFT12, levels)
    }
  }
  if (p != end) return false
  words.finish()
  return words.mostNodes() <= maxNodes
}

/** True when the tape of `length` bytes at `to` lies in the window. */
function hasTape(to: usize, length: usize): bool {
  const end = windowEnd()
  return (to & 7) == 0 && to >= input() && to < end && words.room(length) <= <u64>(end - to)
}

/** Reads one value of CBOR or MsgPack; returns the position after it, 0 when it is not for the tape. */
function binary(start: usize, end: usize, isCbor: bool, levels: i32): usize {
  const limit = STACK + ((<usize>levels) << 4)
  let top = STACK
  let p = start
  // Of the open container: items that are left, its word, the shape so far, and the word that counts other keys.
  let left: u32 = 1
  let slot: usize = 0
  let shape = NO_SHAPE
  let more: usize = 0
  while (true) {
    if (left >= MARKED && p < end && load<u8>(p) == 0xff) {
      if (shape == NO_SHAPE) store<u32>(slot, ((item.UNKNOWN - left) << 4) | TAPE_ARRAY)
      left = 0
      p++
    }
    while (left == 0) {
      if (top == STACK) return p
      if (shape != NO_SHAPE) store<u32>(slot, (shape << 4) | (more == 0 ? TAPE_MAP : TAPE_MAP_MORE))
      top -= 16
      left = load<u32>(top)
      slot = load<u32>(top, 4)
      shape = load<u32>(top, 8)
      more = load<u32>(top, 12)
    }
    // The mark of the container around the one that ended.
    if (left >= MARKED && p < end && load<u8>(p) == 0xff) continue
    left--
    if (shape != NO_SHAPE) {
      if (p >= end) return 0
      p = isCbor ? cbor.textHead(p, end) : msgpack.textHead(p, end)
      if (p == 0) return 0
      const length = isCbor ? cbor.length : msgpack.length
      const longer = more == 0 ? grow(shape, p, length) : 0
      if (longer != 0) {
        shape = longer
      } else {
        if (more == 0) {
          more = words.tape
          words.raw(0)
        }
        store<u32>(more, load<u32>(more) + 1)
        // The keys of a dictionary would only fill the tree.
        const single = shape == 0 ? 0 : grow(0, p, length)
        if (single != 0) words.word(TAPE_INT, single)
        else if (!words.string(p, length)) return 0
      }
      p += length
    }
    if (p >= end) return 0
    const at = words.tape
    p = isCbor ? cbor.item(p, end, start) : msgpack.item(p, end, start)
    if (p == 0) return 0
    if (item.opened == item.SCALAR) continue
    if (top >= limit) return 0
    store<u32>(top, left)
    store<u32>(top, <u32>slot, 4)
    store<u32>(top, shape, 8)
    store<u32>(top, <u32>more, 12)
    top += 16
    left = item.count
    slot = at
    more = 0
    words.word(TAPE_ARRAY, left)
    shape = NO_SHAPE
    if (item.opened == item.OPENED_MAP) {
      shape = 0
      // A dictionary: its keys would only fill the tree.
      if (left > MAX_KEYS && left < MARKED) {
        more = words.tape
        words.raw(0)
      }
    }
  }
}
