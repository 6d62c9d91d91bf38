/**
 * One payload value from any format to any but FlexBuffers, in one pass that validates it on the way. Called by the
 * façade (src/payload/transcode.ts), whose decoders and encoders give the same bytes and do what is left to them: big
 * numbers, and errors that name a path.
 *
 *     input window  | ... value ... | scratch, as long as the value | output ...                     |
 *                     at, length      behind all that is loaded       grows at entry only, up to the end of memory
 */

import * as any from './formats/any'
import * as json from './formats/json'
import { hasParts, isUbjson } from './formats/traits'
import * as write from './formats/write'
import {
  BAD_RANGE,
  DEPTH_LIMIT,
  FALLBACK,
  FLAG_LOST,
  FORMAT_CBOR,
  FORMAT_FLEXBUFFERS,
  FORMAT_JSON,
  KIND_ARRAY,
  KIND_BIGINT,
  KIND_BYTES,
  KIND_FLOAT,
  KIND_MAP,
  KIND_NINT,
  KIND_NULL,
  KIND_OTHER,
  KIND_TEXT,
  KIND_UINT,
  NO_ROOM,
  NODE_LIMIT,
  OK,
  RECORD_ERROR_AT,
  RECORD_FLAGS,
  RECORD_OUT_END,
  SCAN_TAGGED,
  TRAILING_BYTES,
} from './generated/abi'
import { hasScratch, input, isInWindow, isReadable, STACK, windowEnd } from './memory'
import { full, setEnd } from './output'
import { put } from './record'
import * as status from './status'
import { fail, maxDepth } from './status'
import * as token from './token'
import * as quick from './transcode-quick'

/** The simple value of CBOR that is null everywhere else. */
const UNDEFINED: u64 = 23

/** Bytes that a level of the stack takes: values so far, their count, where the head goes, depth and kind. */
const LEVEL: usize = 16

/**
 * A head whose count is known at the end only has one byte kept for it; if it needs more, the content moves. Contents
 * may move so many times as far as the value is long, far more than any real data does: deep chains of long containers
 * must not cost more than linear time.
 */
const MOVES: u64 = 16
let movesLeft: u64 = 0

/** The policy asks for tags: they are left to JavaScript. */
let keepsTags: bool = false
let isLossy: bool = false
/** Position after the value. */
let valueEnd: usize = 0

/**
 * Transcodes the `length` bytes at `at` bytes from the start of the input window. `scratch` and `out` are offsets from
 * there too, behind everything that must stay; `scratch` has room for `length` bytes before `out`. Returns the status:
 * that of `check` for what is malformed, NO_ROOM or FALLBACK. Of the record it writes the flags (FLAG_LOST) and, with
 * OK, RECORD_OUT_END; otherwise RECORD_ERROR_AT, which counts from the value's first byte.
 */
export function transcode(
  at: usize,
  length: usize,
  from: i32,
  to: i32,
  scratch: usize,
  out: usize,
  maxDepth: i32,
  maxNodes: i32,
  maxBigIntBytes: u32,
  flags: i32,
): i32 {
  if (!areWindows(at, length, scratch, out) || !areFormats(from, to, maxDepth)) return BAD_RANGE
  if ((from != FORMAT_FLEXBUFFERS && !hasParts(from)) || !hasParts(to)) return FALLBACK
  const start = input() + at
  const end = start + length
  status.begin(maxDepth, maxNodes, maxBigIntBytes)
  begin(length, flags)
  // JSON puts a stop behind the text; here that may be the next field of a frame.
  const behind = load<u8>(end)
  any.open(from, end, input() + scratch)
  const o = input() + out
  const after = from == FORMAT_FLEXBUFFERS ? any.transcode(start, end, o, to) : run(start, end, o, from, to)
  if (after != 0 && from != FORMAT_FLEXBUFFERS && any.afterFrame(valueEnd) != end)
    fail(TRAILING_BYTES, any.afterFrame(valueEnd))
  if (from == FORMAT_JSON) store<u8>(end, behind)
  put(RECORD_FLAGS, isLossy ? FLAG_LOST : 0)
  if (status.status == OK) put(RECORD_OUT_END, <i32>(after - input()))
  else put(RECORD_ERROR_AT, <i32>(status.errorAt - start))
  return status.status
}

/** True when all that a transcode reads and writes is inside of the windows. */
export function areWindows(at: usize, length: usize, scratch: usize, out: usize): bool {
  const isThere = isInWindow(at, length) && isInWindow(scratch, length) && isInWindow(out, 0)
  return isThere && hasScratch(input() + scratch, length)
}

/** True when it can read the one format and write the other. */
export function areFormats(from: i32, to: i32, maxDepth: i32): bool {
  return isReadable(from, maxDepth) && isReadable(to, 0) && to != FORMAT_FLEXBUFFERS
}

/** Starts over with what a call for `length` bytes counts. */
export function begin(length: usize, flags: i32): void {
  keepsTags = (flags & SCAN_TAGGED) != 0
  isLossy = false
  movesLeft = (<u64>length + 4096) * MOVES
  setEnd(windowEnd())
}

/** Where the next of args and kwargs goes while a scan transcodes what it passes, 0 otherwise. */
export let payloadOut: usize = 0
/** The end of what became of the first of them. */
export let firstOut: usize = 0
let payloadFrom: i32 = 0
let payloadTo: i32 = 0
let payloadEnd: usize = 0
let payloadScratch: usize = 0

/** Begins the transcode of the payload of a frame that ends at `end`, after `begin`; see scan-transcode.ts. */
export function beginPayload(from: i32, to: i32, end: usize, scratch: usize, out: usize): void {
  payloadFrom = from
  payloadTo = to
  payloadEnd = end
  payloadScratch = scratch
  payloadOut = out
  firstOut = 0
}

/** Ends it, whatever came of it: other scans only check. */
export function endPayload(): void {
  payloadOut = 0
}

/** Validates and writes args or kwargs at `p`; returns the position after it. */
export function passPayload(p: usize): usize {
  any.setScratch(payloadScratch)
  const o = run(p, payloadEnd, payloadOut, payloadFrom, payloadTo)
  if (o == 0) return 0
  payloadOut = o
  if (firstOut == 0) firstOut = o
  return valueEnd
}

/** Writes the value at `p` to `o`, iteratively; returns the end of what it wrote. */
function run(p: usize, end: usize, o: usize, from: i32, to: i32): usize {
  let top = STACK
  // The open container; at first one that is not there, with the value as its only element.
  let index: i32 = 0
  let count: i32 = 1
  let head: usize = 0
  let isMap = false
  let depth = 0
  let nodes = 0
  const hasCounts = write.isCounted(to)
  // The short ways know no limit of digits; the integers that they pass have fewer than eight bytes.
  const isQuick = ASC_FEATURE_SIMD ? status.maxBigIntBytes >= 8 && quick.knows(from, to) : false
  while (true) {
    // The ends of containers need room, too.
    if (o > full) return fail(NO_ROOM, p)
    let isClosed = index == count
    if (count < 0) {
      p = any.next(p, index, count, isMap ? KIND_MAP : KIND_ARRAY)
      if (p == 0) return 0
      isClosed = any.closed
    }
    if (isClosed) {
      if (top == STACK) {
        valueEnd = p
        return status.countNodes(nodes) ? o : fail(NODE_LIMIT, p)
      }
      if (head != 0) {
        o = setCount(head, o, index, isMap, to)
        if (o == 0) return 0
      } else if (!hasCounts) o = write.close(to, o, isMap)
      top -= LEVEL
      index = load<i32>(top)
      count = load<i32>(top, 4)
      head = load<usize>(top, 8)
      depth = load<i32>(top, 12) >> 1
      isMap = (load<i32>(top, 12) & 1) != 0
      continue
    }
    if (to == FORMAT_JSON && index != 0) store<u8>(o++, 0x2c)
    index++
    nodes++
    if (isMap) {
      nodes++
      const value = isQuick ? quickKey(p, end, o, from, to) : 0
      if (value != 0) {
        p = value
        o = quick.out
      } else {
        // The targets differ in what they make of other keys.
        p = any.key(p, FALLBACK)
        if (p == 0) return 0
        any.plainText()
        o = write.key(to, o, any.text, any.textLength)
        if (o == 0) return 0
      }
    }
    if (isQuick && p < end) {
      const after = quick.value(p, end, o, from, to)
      if (after != 0) {
        p = after
        o = quick.out
        continue
      }
    }
    let levels = depth
    if (from == FORMAT_CBOR && p < end && load<u8>(p) >> 5 == 6) {
      const content = passTags(p, end, depth)
      if (content == 0) return 0
      levels += passed
      nodes += passed
      p = content
    }
    const at = p
    p = any.head(p)
    if (p == 0) return 0
    const kind = token.kind
    if (kind != KIND_ARRAY && kind != KIND_MAP) {
      o = scalar(to, o, kind, from)
      if (o == 0) return 0
      continue
    }
    if (levels >= maxDepth) return fail(DEPTH_LIMIT, at)
    store<i32>(top, index)
    store<i32>(top, count, 4)
    store<usize>(top, head, 8)
    store<i32>(top, (depth << 1) | i32(isMap), 12)
    top += LEVEL
    index = 0
    count = token.count
    isMap = kind == KIND_MAP
    depth = levels + 1
    head = 0
    let elements = count
    if (isUbjson(from) && count < -1) {
      // An n-dimensional array, whose rows have no heads, or a structure of arrays.
      if (any.hasRows(count)) return fail(FALLBACK, at)
      elements = any.elementsOf(count)
      // They may have no bytes of their own.
      if (elements > status.nodesLeft - nodes) return fail(NODE_LIMIT, at)
    }
    if (elements < 0 && hasCounts) head = o++
    else o = write.open(to, o, <u32>elements, isMap)
  }
}

/** Passes a short key and what divides it from its value; 0 when it is not that simple. */
function quickKey(p: usize, end: usize, o: usize, from: i32, to: i32): usize {
  if (p >= end) return 0
  const after = quick.text(p, end, o, from, to)
  if (after == 0) return 0
  if (from == FORMAT_JSON) return after < end && load<u8>(after) == 0x3a ? after + 1 : 0
  if (to == FORMAT_JSON) quick.put(0x3a)
  return after
}

/** Tags that `passTags` has passed. */
let passed: i32 = 0

/** Passes the tags at `p`, each of which is a level; a big number stays. */
function passTags(p: usize, end: usize, depth: i32): usize {
  passed = 0
  while (p < end) {
    const first = <u32>load<u8>(p)
    if (first >> 5 != 6) return p
    if (keepsTags) return fail(FALLBACK, p)
    const information = first & 31
    if (first == 0xc2 || first == 0xc3 || information > 27) return p
    const width: usize = information < 24 ? 0 : (<usize>1) << (information - 24)
    if (end - p <= width) return p
    // Tags 2 and 3 in a longer form.
    if (width != 0 && isBignumTag(p + 1, width)) return p
    if (depth + ++passed > maxDepth) return fail(DEPTH_LIMIT, p)
    isLossy = true
    p += 1 + width
  }
  return p
}

/** True when the big-endian number of `width` bytes at `p` is 2 or 3. */
function isBignumTag(p: usize, width: usize): bool {
  let value: u64 = 0
  for (let i: usize = 0; i < width; i++) value = (value << 8) | load<u8>(p + i)
  return value == 2 || value == 3
}

/** Writes the token, which is no container. */
function scalar(to: i32, o: usize, kind: i32, from: i32): usize {
  if (kind == KIND_TEXT) {
    any.plainText()
    return write.text(to, o, any.text, any.textLength)
  }
  if (kind == KIND_UINT) return write.unsigned(to, o, token.magnitude)
  if (kind == KIND_FLOAT) {
    if (from != FORMAT_JSON) {
      // Only a high-precision number of UBJSON has its value in text.
      if (any.isHighPrecision()) return fail(FALLBACK, o)
      return write.float(to, o, token.float)
    }
    const value = json.float()
    return value == value ? write.float(to, o, value) : fail(FALLBACK, o)
  }
  if (kind == KIND_NINT) return write.negative(to, o, token.magnitude)
  if (kind == KIND_BYTES) {
    any.plainText()
    return write.bytes(to, o, any.text, any.textLength)
  }
  if (kind == KIND_BIGINT) return fail(FALLBACK, o)
  if (kind == KIND_OTHER) {
    // Extensions of MessagePack, and simple values of CBOR without a meaning.
    if (from != FORMAT_CBOR || token.magnitude != UNDEFINED) return fail(FALLBACK, o)
    isLossy = true
    kind = KIND_NULL
  }
  return write.word(to, o, kind)
}

/** Writes the head of a container with brackets in the source, whose `count` values end at `o`; returns the new end. */
function setCount(head: usize, o: usize, count: i32, isMap: bool, to: i32): usize {
  const content = head + 1
  const limit = to == FORMAT_CBOR ? 24 : 16
  if (count >= limit) {
    // How long the head is, its writer knows; it is written behind the content first.
    const size = write.open(to, o, <u32>count, isMap) - o
    const length = o - content
    if (length > movesLeft) return fail(FALLBACK, o)
    movesLeft -= length
    memory.copy(head + size, content, length)
    o += size - 1
  }
  write.open(to, head, <u32>count, isMap)
  return o
}
