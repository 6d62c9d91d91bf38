/**
 * UBJSON onto the tape, in both dialects, a whole value in one loop: a container may have taken the markers of its
 * elements. High-precision numbers, arrays of several dimensions and elements without bytes are left to the façade.
 */
import { TAPE_ARRAY, TAPE_BYTES, TAPE_FALSE, TAPE_NULL, TAPE_TRUE } from '../abi'
import * as parts from '../formats/ubjson-parts'
import {
  ASCII,
  BYTE,
  CHAR,
  CLOSE_ARRAY,
  CLOSE_MAP,
  COUNT,
  FALSE,
  LENGTH,
  MAY_BE_TYPE,
  NULL,
  noOps,
  OPEN_ARRAY,
  OPEN_MAP,
  SIGNED,
  SIZE,
  TEXT,
  TRUE,
  TYPE,
  UINT8,
} from '../formats/ubjson-parts'
import { STACK } from '../memory'
import { halfFloat } from '../number'
import { RUN, UNKNOWN } from './item'
import * as numbers from './number'
import * as pairs from './pairs'
import { NO_SHAPE } from './pairs'
import { MAX_KEYS } from './shapes'
import * as words from './words'

/** Counts of containers whose end is marked go down from UNKNOWN, and no frame has so many elements. */
const MARKED: u32 = 0x80000000
/** Bytes of a level of the stack: elements that are left, the word, shape, other keys, and the type of all elements. */
const LEVEL: usize = 20

let isBigEndian: bool = false
/** What `size` has read. */
let length: u32 = 0

/** Reads the value at `start`; returns the position after it and its no-ops, 0 when it is not for the tape. */
export function value(start: usize, end: usize, draft12: bool, levels: i32): usize {
  parts.setDialect(draft12)
  isBigEndian = draft12
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
      p = size(noOps(p, end), end)
      if (p == 0 || !pairs.key(p, length)) return 0
      p += length
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
    p = head(p, end)
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

/** Reads a length with its marker, of what lies before `end`; 0 when there is none. */
function size(p: usize, end: usize): usize {
  if (p >= end) return 0
  const marker = <u32>load<u8>(p++)
  if (marker == UINT8 && p < end) {
    // Nearly all lengths.
    length = load<u8>(p++)
    return length <= <u32>(end - p) ? p : 0
  }
  const item = parts.itemOf(marker)
  const width = <usize>(item & SIZE) - 1
  if ((item & LENGTH) == 0 || end - p < width) return 0
  const value = parts.unsigned(p, width)
  p += width
  // Negative ones are larger than all frames as they are, but for those that have fewer bytes than an address.
  if (value > <u64>(end - p) || ((item & SIGNED) != 0 && value >> ((width << 3) - 1) != 0)) return 0
  length = <u32>value
  return p
}

/** What `head` has read: elements or pairs, UNKNOWN when the end is marked, and the marker of them all, or 0. */
let count: u32 = 0
let elementType: u32 = 0

/** Passes what may stand behind the bracket that opens a container. */
function head(p: usize, end: usize): usize {
  count = UNKNOWN
  elementType = 0
  if (p >= end) return 0
  if (<u32>load<u8>(p) == TYPE) {
    if (end - p < 3 || <u32>load<u8>(p, 2) != COUNT) return 0
    elementType = load<u8>(p, 1)
    const item = parts.itemOf(elementType)
    // The room of a tape is a matter of bytes: elements without any are not for it.
    if ((item & MAY_BE_TYPE) == 0 || (item & SIZE) == 1) return 0
    p += 2
  }
  if (<u32>load<u8>(p) == COUNT) {
    p = size(p + 1, end)
    count = length
  }
  return p
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
    if (marker == TEXT) {
      p = size(p, end)
    } else {
      if (p >= end || load<u8>(p) >= 0x80) return 0
      length = 1
    }
    return p != 0 && words.string(p, length) ? p + length : 0
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
