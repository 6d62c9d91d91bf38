/**
 * One step into an encoded value that was checked before: an element by its number or by its key, for views that read
 * one value and build nothing else. FlexBuffers needs no search; the façade follows its offsets itself.
 */
import {
  FIND_COUNT,
  FIND_END,
  FIND_FIRST_KEY,
  FIND_INDEX,
  FIND_KEY,
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
  KIND_BYTES,
  KIND_MAP,
  OK,
  RECORD_ERROR_AT,
  SCAN_TAGGED,
} from './abi'
import * as any from './formats/any'
import { input, scratch } from './memory'
import { put } from './record'
import * as status from './status'
import * as token from './token'

/** First byte of the input window, where offsets count from. */
let base: usize = 0

/**
 * Looks into the value that begins `from` bytes from the start of the input window, in one that fills `length` bytes of
 * it. `type` is the value's own when its container has taken it (UBJSON). `mode` is one of FIND_*:
 *
 *     FIND_SELF       the value itself
 *     FIND_INDEX      element or entry `index`; the search goes on from entry `known`, which FOUND_AT has said is `at`
 *     FIND_KEY        the last entry with the key whose `keyLength` bytes stand at `scratch()`; FIND_FIRST_KEY the first
 *     FIND_COUNT      how many elements or entries it has: FOUND_COUNT
 *     FIND_END        where it ends: FOUND_AFTER
 *
 * Returns the status and writes the record's FOUND_* words; FOUND_KIND is 0 when there is no such element. Linear in
 * `length`.
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
  index: i32,
  known: i32,
  at: usize,
  keyLength: u32,
): i32 {
  base = input()
  status.begin(maxDepth, maxNodes, maxBigIntBytes)
  status.setTagged((flags & SCAN_TAGGED) != 0)
  any.open(format, base + length, scratch() + keyLength)
  any.setElementType(type)
  put(FOUND_KIND, 0)
  put(FOUND_ROWS, 0)
  if (from > length) from = length
  const start = base + from
  if (mode == FIND_SELF) describe(start, type)
  else if (mode == FIND_END) put(FOUND_AFTER, <i32>(any.pass(any.valueStart(start)) - base))
  else search(any.head(any.content(start)), mode, index, known, base + (at > length ? length : at), keyLength)
  if (status.status != OK) put(RECORD_ERROR_AT, <i32>(status.errorAt - base))
  return status.status
}

/** Walks the container whose head was read last; its elements begin at `p`. */
function search(p: usize, mode: i32, index: i32, known: i32, at: usize, keyLength: u32): void {
  const kind = token.kind
  const count = token.count
  if (p == 0 || (kind != KIND_ARRAY && kind != KIND_MAP)) return
  if (any.isRows(count)) {
    put(FOUND_ROWS, 1)
    return
  }
  let i = known
  if (known > 0) p = at
  const stride = kind == KIND_ARRAY ? any.stride(count) : -1
  if (stride >= 0 && mode == FIND_INDEX) {
    const to = min(index, any.elements(count))
    p += <usize>(to - i) * <usize>stride
    i = to
  }
  let found: usize = 0
  let foundType = 0
  while (true) {
    const before = p
    p = any.next(p, i, count, kind)
    if (p == 0) return
    if (any.closed) break
    let isIt = mode == FIND_INDEX && i == index
    if (kind == KIND_MAP) {
      const keyStart = any.keyStart(p)
      p = any.key(keyStart)
      if (p == 0) return
      if (isIt) {
        put(FOUND_KEY_START, <i32>(keyStart - base))
        put(FOUND_KEY_END, <i32>(any.keyEnd(p) - base))
      } else if (mode == FIND_KEY || mode == FIND_FIRST_KEY) {
        isIt = isKey(keyLength)
      }
    }
    const value = any.valueStart(p)
    if (isIt) {
      put(FOUND_INDEX, i)
      put(FOUND_AT, <i32>(before - base))
      found = value
      foundType = any.announcedType()
      // A key may come again, and then the last one counts.
      if (mode != FIND_KEY) break
    }
    p = any.pass(value)
    if (p == 0) return
    i++
  }
  put(FOUND_COUNT, i)
  if (found == 0) return
  any.setElementType(foundType)
  describe(found, foundType)
}

/** Writes what the value at `start` is. */
function describe(start: usize, type: i32): void {
  const after = any.head(any.content(start))
  if (after == 0) return
  const kind = token.kind
  const count = token.count
  const isContainer = kind == KIND_ARRAY || kind == KIND_MAP
  put(FOUND_KIND, kind)
  put(FOUND_START, <i32>(start - base))
  put(FOUND_AFTER, <i32>(after - base))
  put(FOUND_TYPE, type)
  if (isContainer) {
    put(FOUND_COUNT, any.elements(count))
    put(FOUND_ROWS, any.isRows(count) ? 1 : 0)
  } else {
    const isWhole = kind == KIND_BYTES && token.direct
    put(FOUND_COUNT, isWhole ? <i32>(token.end - token.start) : -1)
  }
}

/** True when the key that was read last is the one at `scratch()`. */
function isKey(length: u32): bool {
  // Escapes and chunks only ever take more room than the text itself.
  if (<u32>(token.end - token.start) < length) return false
  if (token.direct) {
    if (<u32>(token.end - token.start) != length) return false
    return isSame(token.start, length)
  }
  any.plainText()
  return any.textLength == length && isSame(any.text, length)
}

function isSame(p: usize, length: u32): bool {
  let key = scratch()
  const end = p + length
  while (p < end) if (load<u8>(p++) != load<u8>(key++)) return false
  return true
}
