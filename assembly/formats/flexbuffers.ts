/**
 * FlexBuffers: the verifier of one whole value. Called through formats/any.ts; the value fills its range and is read
 * from the end, offsets point back to what was written before:
 *
 *     ... keys, texts, vectors ... | root | type of the root | width of the root |
 *
 * What Google's C++ verifier (flexbuffers.h, class Verifier, with its reuse tracker) refuses is refused here, except
 * that depth is our own limit. It accepts what a reader cannot use, and that is refused too: text that is not UTF-8 or
 * has no NUL behind it, floats of 8 and 16 bits, a map that has not as many keys as values.
 *
 * Offsets may name one thing many times. Work stays bounded all the same: vectors and texts are visited at most as
 * often as there are bytes (Google's rule, too), values are counted against the budget each time they would be
 * produced, a text is looked at once, and all texts together may be no longer than a few times the bytes.
 */
import {
  BAD_NUMBER,
  BAD_OFFSET,
  BAD_TOKEN,
  BAD_UTF8,
  DEPTH_LIMIT,
  KIND_ARRAY,
  KIND_BYTES,
  KIND_MAP,
  KIND_NULL,
  KIND_OTHER,
  KIND_TEXT,
  LENGTH_OVERRUN,
  MISALIGNED,
  NODE_LIMIT,
  SIZE_LIMIT,
  TRUNCATED,
} from '../generated/abi'
import { STACK } from '../memory'
import { countNodes, fail, maxDepth } from '../status'
import { findBadUtf8, findNul } from '../text'

// Types: the upper six bits of a packed type; the lower two are the width of what an offset points to.
export const NULL: u32 = 0
export const UINT: u32 = 2
export const FLOAT: u32 = 3 //          the last of null, int, uint, float, which stand in place of an offset
export const KEY: u32 = 4
export const STRING: u32 = 5
export const INDIRECT_FLOAT: u32 = 8
export const MAP: u32 = 9
export const VECTOR: u32 = 10
const VECTOR_FLOAT: u32 = 13 //  11..13: int, uint, float
const VECTOR_KEY: u32 = 14
export const VECTOR_STRING: u32 = 15 // deprecated, but the npm package writes it
export const VECTOR_INT_2: u32 = 16 //  16..24: int, uint, float, twice, three and four times
export const BLOB: u32 = 25
export const BOOL: u32 = 26
export const VECTOR_BOOL: u32 = 36

/** The smallest value: a root of one byte, its type, its width. */
const LEAST: usize = 3
/** Bytes that a level of the stack takes: next element, its type, elements left, width. */
const LEVEL: usize = 16

// Packed types under which texts without a size are claimed.
const KEY_CLAIM: u32 = KEY << 2
const LISTED_CLAIM: u32 = (KEY << 2) | 1

/** Texts, each once, and blobs together may be so many times as long as the value: whole ones never overlap. */
const OVERLAP: u64 = 4

/** Kind of the value that fills [start, end), as its type says; 0 and a failure when it has no room for one. */
export function rootKind(start: usize, end: usize): i32 {
  if (end - start < LEAST) {
    fail(TRUNCATED, end)
    return 0
  }
  const type = <u32>load<u8>(end - 2) >> 2
  if (type == MAP) return KIND_MAP
  if ((type >= VECTOR && type < BLOB) || type == VECTOR_BOOL) return KIND_ARRAY
  if (type == 0) return KIND_NULL
  if (type == KEY || type == STRING) return KIND_TEXT
  return type == BLOB ? KIND_BYTES : KIND_OTHER
}

let base: usize = 0
let last: usize = 0
/** A byte for each byte of the value: the packed type of what begins there, once it was met. */
let claims: usize = 0
let visitsLeft: usize = 0
let contentLeft: u64 = 0

/** What `sized` found: elements of a vector, bytes of a text or blob. */
let count: usize = 0

/**
 * Validates the value that fills [start, end); returns `end`. `scratch` has room for as many bytes as the value has.
 * Addresses in errors: the slot whose offset, or the byte whose content, is wrong.
 */
export function verify(start: usize, end: usize, scratch: usize): usize {
  const size = end - start
  if (size < LEAST) return fail(TRUNCATED, end)
  const root = <usize>load<u8>(end - 1)
  if (!isWidth(root)) return fail(BAD_TOKEN, end - 1)
  if (size - 2 < root) return fail(TRUNCATED, end)
  base = start
  last = end
  claims = scratch
  visitsLeft = size
  contentLeft = <u64>size * OVERLAP
  memory.fill(scratch, 0, size)

  let top = STACK
  const limit = STACK + <usize>maxDepth * LEVEL
  let slot = end - 2 - root
  let type = end - 2
  let left: usize = 1
  let width = root
  if (!countNodes(1)) return fail(NODE_LIMIT, slot)
  while (true) {
    while (left == 0) {
      if (top == STACK) return end
      top -= LEVEL
      slot = load<usize>(top)
      type = load<usize>(top, 4)
      left = load<usize>(top, 8)
      width = load<usize>(top, 12)
    }
    const at = slot
    const packed = <u32>load<u8>(type)
    const kind = packed >> 2
    left--
    type++
    slot += width
    if (kind <= FLOAT || kind == BOOL) {
      if (kind == FLOAT && width < 4) return fail(BAD_NUMBER, at)
      continue
    }
    if (kind > BOOL && kind != VECTOR_BOOL) return fail(BAD_TOKEN, type - 1)
    const p = target(at, width)
    if (p == 0) return 0
    const own = (<usize>1) << (packed & 3)
    if (((p - base) & (own - 1)) != 0) return fail(MISALIGNED, at)
    if (kind == STRING) {
      if (!string(p, own)) return 0
      continue
    }
    if (kind == KEY) {
      if (!key(p)) return 0
      continue
    }
    if (kind <= INDIRECT_FLOAT) {
      if (!within(p, own)) return fail(LENGTH_OVERRUN, p)
      if (kind == INDIRECT_FLOAT && own < 4) return fail(BAD_NUMBER, p)
      continue
    }
    if (kind == BLOB) {
      if (!sized(p, own, 1, kind) || !charge(p)) return 0
      continue
    }
    if (top >= limit) return fail(DEPTH_LIMIT, at)
    if (kind > VECTOR) {
      if (!typed(p, own, kind)) return 0
      continue
    }
    // An element and the byte of its type.
    if (!sized(p, own, own + 1, kind)) return 0
    if (!countNodes(<i32>count)) return fail(NODE_LIMIT, at)
    const elements = count
    if (kind == MAP && !keys(p, own)) return 0
    store<usize>(top, slot)
    store<usize>(top, type, 4)
    store<usize>(top, left, 8)
    store<usize>(top, width, 12)
    top += LEVEL
    slot = p
    type = p + elements * own
    left = elements
    width = own
  }
}

/** `fail`, for functions that say whether they succeeded. */
function refuse(code: i32, at: usize): bool {
  fail(code, at)
  return false
}

function isWidth(width: u64): bool {
  return width == 1 || width == 2 || width == 4 || width == 8
}

/** The unsigned number of `width` bytes at `p`; the caller has checked that it is in the value. */
export function unsigned(p: usize, width: usize): u64 {
  if (width == 1) return load<u8>(p)
  if (width == 2) return load<u16>(p)
  return width == 4 ? load<u32>(p) : load<u64>(p)
}

/** Where the offset in the slot at `at` points to, or 0: never before the start, so always up to the slot itself. */
function target(at: usize, width: usize): usize {
  const offset = unsigned(at, width)
  return offset <= <u64>(at - base) ? at - <usize>offset : fail(BAD_OFFSET, at)
}

/** True when `length` bytes at `p` are in the value and are not all of it. */
function within(p: usize, length: usize): bool {
  return last - p >= length && last - base > length
}

/** True the first time that `claim` was asked for the place. */
let isNew: bool = false

/** Claims a place for a packed type; false when it belongs to another one. */
function claim(p: usize, packed: u32): bool {
  const at = claims + (p - base)
  const before = <u32>load<u8>(at)
  isNew = before == 0
  if (isNew) store<u8>(at, <u8>packed)
  return isNew || before == packed || refuse(BAD_OFFSET, p)
}

/** Reads the size before `p` into `count`; each of the things has `each` bytes. */
function sized(p: usize, width: usize, each: usize, kind: u32): bool {
  if (visitsLeft == 0) return refuse(NODE_LIMIT, p)
  visitsLeft--
  if (p - base < width) return refuse(BAD_OFFSET, p)
  if (!claim(p - width, (kind << 2) | <u32>ctz(width))) return false
  const size = unsigned(p - width, width)
  const rest = <u64>(last - p)
  // The first comparison keeps the product below 2^64.
  if (size > rest || size * each > rest) return refuse(LENGTH_OVERRUN, p - width)
  count = <usize>size
  return true
}

/** Counts the `count` bytes of a text or blob at `p`. */
function charge(p: usize): bool {
  if (count > contentLeft) return refuse(SIZE_LIMIT, p)
  contentLeft -= count
  return true
}

/** The vector of keys of the map at `p`, which has `count` values: its offset and width stand before the size. */
function keys(p: usize, width: usize): bool {
  const pairs = count
  if (p - base < width * 3) return refuse(BAD_OFFSET, p)
  const at = p - width * 3
  const vector = target(at, width)
  if (vector == 0) return false
  const own = unsigned(at + width, width)
  if (!isWidth(own)) return refuse(BAD_TOKEN, at + width)
  if (!sized(vector, <usize>own, <usize>own, VECTOR_KEY)) return false
  if (count != pairs) return refuse(LENGTH_OVERRUN, vector - <usize>own)
  if (!countNodes(<i32>pairs)) return refuse(NODE_LIMIT, vector)
  return texts(vector, <usize>own, pairs, false)
}

/** A vector whose elements are all of one type; fixed ones have no size. */
function typed(p: usize, width: usize, kind: u32): bool {
  let isFloat = kind == VECTOR_FLOAT
  if (kind >= VECTOR_INT_2 && kind < BLOB) {
    const which = kind - VECTOR_INT_2
    count = which / 3 + 2
    isFloat = which % 3 == 2
    if (!within(p, count * width)) return refuse(LENGTH_OVERRUN, p)
  } else if (!sized(p, width, width, kind)) {
    return false
  }
  if (!countNodes(<i32>count)) return refuse(NODE_LIMIT, p)
  if (isFloat && width < 4 && count > 0) return refuse(BAD_NUMBER, p)
  if (kind != VECTOR_KEY && kind != VECTOR_STRING) return true
  return texts(p, width, count, kind == VECTOR_STRING)
}

/** The texts that `elements` offsets at `p` point to. */
function texts(p: usize, width: usize, elements: usize, areListed: bool): bool {
  const end = p + elements * width
  while (p < end) {
    const text = target(p, width)
    if (text == 0) return false
    if (areListed ? !listed(text) : !key(text)) return false
    p += width
  }
  return true
}

/** Checks the `count` bytes of the text at `p`. */
function content(p: usize): bool {
  if (!charge(p)) return false
  const bad = findBadUtf8(p, p + count)
  return bad == 0 || refuse(BAD_UTF8, bad)
}

/** A key: text that NUL ends. */
function key(p: usize): bool {
  if (!claim(p, KEY_CLAIM)) return false
  if (!isNew) return true
  const end = findNul(p, last)
  if (end == 0) return refuse(TRUNCATED, last)
  count = end - p
  return content(p)
}

/** A string: its size before it, NUL behind it, and NULs inside as it likes. */
function string(p: usize, width: usize): bool {
  if (!sized(p, width, 1, STRING)) return false
  if (!isNew) return true
  return endsAt(p, count) ? content(p) : refuse(BAD_TOKEN, p + count)
}

/** True when NUL stands right behind the `size` bytes at `p`. */
function endsAt(p: usize, size: u64): bool {
  return size < <u64>(last - p) && load<u8>(p + <usize>size) == 0
}

/**
 * An element of the deprecated vector of strings, which does not say how wide the sizes of its strings are. Google
 * reads up to the first NUL; we take the narrowest size that ends with NUL, so that text with NUL inside is whole.
 */
function listed(p: usize): bool {
  if (!claim(p, LISTED_CLAIM)) return false
  if (!isNew) return true
  if (findNul(p, last) == 0) return refuse(TRUNCATED, last)
  count = listedLength(p)
  return content(p)
}

/** The length of such a string, which has a NUL somewhere behind it. */
export function listedLength(p: usize): usize {
  const least = keyLength(p)
  for (let width: usize = 1; width <= 8 && p - base >= width; width <<= 1) {
    const size = unsigned(p - width, width)
    if (size >= <u64>least && endsAt(p, size)) return <usize>size
  }
  return least
}

/** The length of the verified text at `p`, up to its NUL. */
export function keyLength(p: usize): usize {
  return findNul(p, last) - p
}

/** Where the verified offset at `at` points to. */
export function offset(at: usize, width: usize): usize {
  return at - <usize>unsigned(at, width)
}
