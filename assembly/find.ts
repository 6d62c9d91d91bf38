/**
 * A path into an encoded value that was checked before, by numbers of elements and by keys, for views that read
 * one value and build nothing else. FlexBuffers needs no search; the façade follows its offsets itself.
 */

import * as any from './formats/any'
import { hasParts } from './formats/traits'
import {
  BAD_RANGE,
  FALLBACK,
  FIND_END,
  FIND_FIRST,
  FIND_PATH,
  FIND_SELF,
  FOUND_AFTER,
  FOUND_AT,
  FOUND_COUNT,
  FOUND_INDEX,
  FOUND_KEY_END,
  FOUND_KEY_START,
  FOUND_KIND,
  FOUND_ROWS,
  FOUND_START,
  FOUND_TYPE,
  KIND_ARRAY,
  KIND_BIGINT,
  KIND_BYTES,
  KIND_FLOAT,
  KIND_MAP,
  KIND_NINT,
  KIND_TEXT,
  KIND_UINT,
  OK,
  RECORD_ERROR_AT,
  STEP_BYTES,
  STEP_ENTRY,
  STEP_INDEX,
  STEP_KEY,
} from './generated/abi'
import { hasScratch, input, isInWindow, isReadable, scratch } from './memory'
import { put } from './record'
import * as status from './status'
import * as token from './token'

/** First byte of the input window, where offsets count from. */
let base: usize = 0

// A step of a path, at `scratch()`: three words from the façade, four of ours, and the text of a key; all steps in a
// row.
const WHAT: usize = 0 //    one of STEP_*
const NUMBER: usize = 4 //  index, number of an entry, or bytes of a key
const SIZE: usize = 8 //    bytes of the step
const BEFORE: usize = 12 // address of the step before; this and the next three are what a step further in comes back to
const PLACE: usize = 16
const COUNT: usize = 20
const KIND: usize = 24
const KEY: usize = STEP_BYTES

/**
 * Looks into the value that begins `from` bytes from the start of the input window, in one that fills `length` bytes of
 * it. `type` is the value's own when its container has taken it (UBJSON). `mode` is one of FIND_*:
 *
 *     FIND_SELF   the value itself
 *     FIND_END    where it ends: FOUND_AFTER
 *     FIND_PATH   what the steps in the `size` bytes at `scratch()` lead to; the first one begins at entry `known`, which
 *                 FOUND_AT has said is `at`. When a key comes twice in a map the last one counts, unless `flags` has
 *                 FIND_FIRST. Each byte is passed once, however many steps there are.
 *
 * Returns the status and writes the record's FOUND_* words; FOUND_KIND is 0 when there is no such element.
 */
export function find(
  length: usize,
  format: i32,
  maxDepth: i32,
  maxNodes: i32,
  maxBigIntBytes: u32,
  flags: i32,
  mode: i32,
  from: usize,
  type: i32,
  size: u32,
  known: i32,
  at: usize,
): i32 {
  const hasRoom = isInWindow(0, length) && hasScratch(scratch(), size) && hasScratch(scratch() + size, length)
  if (!hasRoom || from > length || at > length || !isReadable(format, maxDepth)) return BAD_RANGE
  if (!hasParts(format)) return FALLBACK
  if (mode == FIND_PATH && !isPath(scratch(), scratch() + size)) return BAD_RANGE
  base = input()
  const end = base + length
  status.begin(maxDepth, maxNodes, maxBigIntBytes)
  // JSON puts a stop behind the text; here that may be the next field of a frame.
  const behind = load<u8>(end)
  any.openChecked(format, end, scratch() + size)
  put(FOUND_KIND, 0)
  put(FOUND_ROWS, 0)
  foundType = type
  any.setElementType(type)
  const p = base + from
  if (mode == FIND_END) put(FOUND_AFTER, <i32>(any.pass(any.valueStart(p)) - base))
  else look(p, mode == FIND_SELF ? 0 : scratch() + size, known, base + at, (flags & FIND_FIRST) != 0)
  store<u8>(end, behind)
  if (status.status != OK) put(RECORD_ERROR_AT, <i32>(status.errorAt - base))
  return status.status
}

/** Describes the value at `p`, or what the steps that end at `steps` lead to from there; 0 is no step. */
function look(p: usize, steps: usize, known: i32, first: usize, isFirst: bool): void {
  let isThere = steps == 0
  while (true) {
    const after = any.head(p)
    if (after == 0) break
    if (isThere) {
      describe(p, after)
      break
    }
    p = search(after, steps, known, first, isFirst)
    if (p == 0) break
    any.setElementType(foundType)
    isThere = true
  }
}

/** True when whole steps fill the bytes [step, last): each has its words, and the text of its key. */
function isPath(step: usize, last: usize): bool {
  while (step < last) {
    if (last - step < KEY) return false
    const size = <usize>load<u32>(step, SIZE)
    const key = load<i32>(step, WHAT) == STEP_KEY ? <usize>load<u32>(step, NUMBER) : 0
    if (size < KEY || size > last - step || (size & 3) != 0 || key > size - KEY) return false
    step += size
  }
  return step == last
}

/** What the element that was found has taken from its container. */
let foundType: i32 = 0

/** Goes the steps that end at `last`, from the container whose head was read last; its elements begin at `p`. */
function search(p: usize, last: usize, known: i32, at: usize, isFirst: bool): usize {
  let step = scratch()
  let kind = token.kind
  let count = token.count
  if (kind != KIND_ARRAY && kind != KIND_MAP) return 0
  let isRows = any.hasRows(count)
  let i = known
  if (known > 0) p = at
  let found: usize = 0
  // Open maps: in each of them the key that was found may come again.
  let maps = kind == KIND_MAP ? 1 : 0
  let isShut = false
  while (!isRows) {
    const what = load<i32>(step, WHAT)
    const number = load<i32>(step, NUMBER)
    if (what == STEP_INDEX && kind == KIND_ARRAY && i < number && any.canLeap(count)) {
      const to = min(number, any.elementsOf(count))
      p = any.leap(p, to - i, count)
      if (p == 0) return 0
      i = to
    }
    const before = p
    let isIt = true
    let isClosed = isShut
    if (!isShut) {
      p = any.next(p, i, count, kind)
      if (p == 0) return 0
      isClosed = any.closed
    }
    isShut = false
    if (isClosed) {
      if (kind == KIND_MAP) maps--
      step = step == scratch() ? 0 : load<usize>(step, BEFORE)
      if (step == 0) break
      i = load<i32>(step, PLACE)
      count = load<i32>(step, COUNT)
      kind = load<i32>(step, KIND)
      if (maps == 0 || isFirst) break
    } else {
      isIt = what == (kind == KIND_MAP ? STEP_ENTRY : STEP_INDEX) && i == number
      if (kind == KIND_MAP) {
        const keyStart = any.keyStart(p)
        p = any.anyKey(keyStart)
        if (p == 0) return 0
        if (what == STEP_KEY) {
          // The façade knows the digits of big integers, and that 1.0 is the key 1.
          if (token.kind == KIND_BIGINT || token.kind == KIND_FLOAT) return status.fail(FALLBACK, keyStart)
          isIt = isKey(step + KEY, <u32>number)
        } else if (isIt) {
          put(FOUND_KEY_START, <i32>(keyStart - base))
          put(FOUND_KEY_END, <i32>(any.keyEnd(p) - base))
        }
      }
      const value = any.valueStart(p)
      const next = step + load<u32>(step, SIZE)
      if (isIt && next < last) {
        // What an earlier entry with this key has led to does not count.
        found = 0
        const type = any.announcedType()
        p = any.head(value)
        if (p == 0) return 0
        if (token.kind == KIND_ARRAY || token.kind == KIND_MAP) {
          store<i32>(step, i, PLACE)
          store<i32>(step, count, COUNT)
          store<i32>(step, kind, KIND)
          store<usize>(next, step, BEFORE)
          step = next
          kind = token.kind
          count = token.count
          isRows = any.hasRows(count)
          if (kind == KIND_MAP) maps++
          i = 0
          continue
        }
        if (maps == 0 || isFirst) break
        any.setElementType(type)
      } else if (isIt) {
        put(FOUND_INDEX, i)
        put(FOUND_AT, <i32>(before - base))
        found = value
        foundType = any.announcedType()
        if (maps == 0 || isFirst || what == STEP_ENTRY) break
      }
      p = any.pass(value)
      if (p == 0) return 0
    }
    i++
    if (!isIt || kind != KIND_ARRAY) continue
    // An array has no second element of this number.
    if (any.canLeap(count)) {
      p = any.leap(p, any.elementsOf(count) - i, count)
      i = any.elementsOf(count)
    } else if (any.canClose()) {
      p = any.close(p)
      isShut = true
    }
    if (p == 0) return 0
  }
  put(FOUND_COUNT, i)
  put(FOUND_ROWS, isRows ? 1 : 0)
  return isRows ? 0 : found
}

/** Writes what the value at `start` is, whose head was read last. */
function describe(start: usize, after: usize): void {
  const kind = token.kind
  const count = token.count
  const isContainer = kind == KIND_ARRAY || kind == KIND_MAP
  put(FOUND_KIND, kind)
  put(FOUND_START, <i32>(start - base))
  put(FOUND_AFTER, <i32>(after - base))
  put(FOUND_TYPE, foundType)
  if (isContainer) {
    put(FOUND_COUNT, any.elementsOf(count))
    put(FOUND_ROWS, any.hasRows(count) ? 1 : 0)
  } else {
    const isWhole = kind == KIND_BYTES && token.direct
    put(FOUND_COUNT, isWhole ? <i32>(token.end - token.start) : -1)
  }
}

/** True when the key that was read last is the text at `key`, or the integer that it has the digits of. */
function isKey(key: usize, length: u32): bool {
  const kind = token.kind
  if (kind != KIND_TEXT) return (kind == KIND_UINT || kind == KIND_NINT) && isInteger(key, length)
  let p = token.start
  // Escapes and chunks only ever take more room than the text itself.
  if (<u32>(token.end - p) < length || (token.direct && <u32>(token.end - p) != length)) return false
  if (!token.direct) {
    any.plainText()
    if (any.textLength != length) return false
    p = any.text
  }
  const end = p + length
  while (p < end) if (load<u8>(p++) != load<u8>(key++)) return false
  return true
}

/** True when the text at `key` is the integer that was read last, in decimal. */
function isInteger(key: usize, length: u32): bool {
  const isNegative = token.kind == KIND_NINT
  // From the last digit on; -1 - the magnitude has one more in it, which may be carried.
  let rest = token.magnitude
  let carry: u32 = isNegative ? 1 : 0
  let p = key + length
  do {
    let digit = <u32>(rest % 10) + carry
    rest /= 10
    carry = digit == 10 ? 1 : 0
    if (digit == 10) digit = 0
    if (p == key || load<u8>(--p) != 0x30 + digit) return false
  } while (rest != 0 || carry != 0)
  if (isNegative && (p == key || load<u8>(--p) != 0x2d)) return false
  return p == key
}
