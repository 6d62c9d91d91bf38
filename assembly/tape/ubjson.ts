/**
 * UBJSON onto the tape, in both dialects, a whole value in one loop: a container may have taken the markers of its
 * elements. High-precision numbers, arrays of several dimensions, structures of arrays and elements without bytes are
 * left to the façade.
 */

import * as parts from '../formats/ubjson-parts'
import {
  ASCII,
  BYTE,
  CHAR,
  CLOSE_ARRAY,
  CLOSE_MAP,
  FALSE,
  LENGTH,
  NULL,
  noOps,
  OPEN_ARRAY,
  OPEN_MAP,
  SIGNED,
  SIZE,
  TEXT,
  TRUE,
  TYPE,
} from '../formats/ubjson-parts'
import { TAPE_ARRAY, TAPE_BYTES, TAPE_FALSE, TAPE_NULL, TAPE_TRUE } from '../generated/abi'
import { STACK } from '../memory'
import { halfFloat } from '../number'
import * as numbers from './number'
import { RUN } from './number'
import * as pairs from './pairs'
import { NO_SHAPE } from './pairs'
import { MAX_KEYS } from './shapes'
import * as words from './words'

/** In place of the count of a container whose end is marked. */
const UNKNOWN: u32 = 0xffffffff
/** Counts of containers whose end is marked go down from UNKNOWN, and no frame has so many elements. */
const MARKED: u32 = 0x80000000
/** Bytes of a level of the stack: elements that are left, the word, shape, other keys, and the type of all elements. */
const LEVEL: usize = 20

let isBigEndian: bool = false

/** Reads the value at `start`; returns the position after it and its no-ops, 0 when it is not for the tape. */
export function value(start: usize, end: usize, draft12: bool, levels: i32): usize {
  parts.setDialect(draft12)
  isBigEndian = draft12
  // Text is looked at when it goes onto the tape.
  parts.setChecked(true)
  const p = read(start, end, levels)
  parts.setChecked(false)
  return p
}

function read(start: usize, end: usize, levels: i32): usize {
  const limit = STACK + <usize>levels * LEVEL
  let top = STACK
  let left: u32 = 1
  let slot: usize = 0
  let type: u32 = 0
  pairs.openArray()
  let p = start
  while (true) {
    while (true) {
      if (left >= MARKED) {
        p = noOps(p, end)
        if (p >= end) return 0
        const isArray = pairs.shape == NO_SHAPE
        if (<u32>load<u8>(p) != (isArray ? CLOSE_ARRAY : CLOSE_MAP)) break
        p++
        if (isArray) store<u32>(slot, ((UNKNOWN - left) << 4) | TAPE_ARRAY)
      } else {
        if (left != 0) break
        if (top == STACK) return noOps(p, end)
      }
      pairs.close(slot)
      top -= LEVEL
      left = load<u32>(top)
      slot = load<u32>(top, 4)
      pairs.resume(load<u32>(top, 8), load<u32>(top, 12))
      type = load<u32>(top, 16)
    }
    left--
    if (pairs.shape != NO_SHAPE) {
      p = parts.key(p, end)
      if (p == 0 || !pairs.key(parts.textStart, <u32>(p - parts.textStart))) return 0
    }
    let marker = type
    if (marker == 0) {
      p = noOps(p, end)
      if (p >= end) return 0
      marker = load<u8>(p++)
    }
    if (marker != OPEN_ARRAY && marker != OPEN_MAP) {
      p = scalar(p, end, marker)
      if (p == 0) return 0
      continue
    }
    const isMap = marker == OPEN_MAP
    p = head(p, end, isMap)
    if (p == 0) return 0
    if (!isMap) {
      if (parts.isByteType(elementType)) {
        words.word(TAPE_BYTES, count)
        words.raw(<u32>(p - start))
        p += count
        continue
      }
      // Runs of numbers are levels, too.
      const after = count >= RUN && top < limit ? run(p, end) : 0
      if (after != 0) {
        p = after
        continue
      }
    }
    if (top >= limit) return 0
    store<u32>(top, left)
    store<u32>(top, <u32>slot, 4)
    store<u32>(top, pairs.shape, 8)
    store<u32>(top, <u32>pairs.more, 12)
    store<u32>(top, type, 16)
    top += LEVEL
    left = count
    type = elementType
    slot = words.tape
    words.word(TAPE_ARRAY, left)
    if (isMap) pairs.openMap(left > MAX_KEYS && left < MARKED)
    else pairs.openArray()
  }
}

/** What `head` has read: elements or pairs, UNKNOWN when the end is marked, and the marker of them all, or 0. */
let count: u32 = 0
let elementType: u32 = 0

/** Passes what may stand behind the bracket that opens a container. */
function head(p: usize, end: usize, isMap: bool): usize {
  count = UNKNOWN
  elementType = 0
  if (p >= end || !parts.isOptimised(load<u8>(p))) return p
  p = parts.container(p - 1, p, end, isMap, 0)
  elementType = parts.type
  count = <u32>parts.elements
  // The room of a tape is a matter of bytes: elements without any are not for it.
  const isBare = (parts.itemOf(elementType) & SIZE) == 1
  return isBare || parts.isTable || parts.dimensions > 1 ? 0 : p
}

/** The elements of the container whose head was read last as one run; 0 when there is something else among them. */
function run(p: usize, end: usize): usize {
  numbers.beginRun()
  let marker = elementType
  for (let i: u32 = 0; i < count; i++) {
    if (elementType == 0) {
      p = noOps(p, end)
      if (p >= end) return 0
      marker = load<u8>(p++)
      if (marker == CLOSE_ARRAY && count == UNKNOWN) break
    }
    p = number(p, end, marker)
    if (p == 0 || !numbers.add()) return 0
  }
  numbers.endRun()
  return p
}

/** Reads the number behind its marker; 0 when it is something else. */
function number(p: usize, end: usize, marker: u32): usize {
  const item = parts.itemOf(marker)
  const width = (item & SIZE) - 1
  // All that has a fixed number of bytes but characters and words.
  if ((item & SIZE) < 2 || (item & ASCII) != 0 || <u32>(end - p) < width) return 0
  const unused: u64 = 64 - ((<u64>width) << 3)
  // The window is padded.
  const top = isBigEndian ? bswap(load<u64>(p)) : load<u64>(p) << unused
  const bits = top >> unused
  if ((item & SIGNED) != 0) {
    const signed = <i64>top >> unused
    numbers.setInteger(signed < 0, <u64>(signed < 0 ? ~signed : signed))
  } else if ((item & LENGTH) != 0 || marker == BYTE) {
    numbers.setInteger(false, bits)
  } else if (width == 8) {
    numbers.setFloat(reinterpret<f64>(bits))
  } else {
    numbers.setFloat(width == 4 ? <f64>reinterpret<f32>(<u32>bits) : halfFloat(<u32>bits))
  }
  return p + width
}

/** Puts the value behind its marker onto the tape; 0 when it is not for it. */
function scalar(p: usize, end: usize, marker: u32): usize {
  if (marker == TEXT || marker == CHAR) {
    const after = marker == TEXT ? parts.text(p, end) : p < end && load<u8>(p) < 0x80 ? p + 1 : 0
    if (after == 0) return 0
    const from = marker == TEXT ? parts.textStart : p
    return words.string(from, <u32>(after - from)) ? after : 0
  }
  const after = number(p, end, marker)
  if (after != 0) {
    numbers.put()
    return after
  }
  if (marker != NULL && marker != TRUE && marker != FALSE) return 0
  words.word(marker == NULL ? TAPE_NULL : marker == TRUE ? TAPE_TRUE : TAPE_FALSE, 0)
  return p
}
