/**
 * The verbs of the formats under one name: scan.ts works on any list format through this file. The format is an
 * argument of the call; the branch on it is the same all through a call, so it costs next to nothing.
 */

import { decodeBase64 } from '../base64'
import {
  FORMAT_CBOR,
  FORMAT_FLEXBUFFERS,
  FORMAT_JSON,
  FORMAT_MSGPACK,
  FORMAT_UBJSON_DRAFT12,
  KEY_TYPE,
  KIND_ARRAY,
  KIND_BYTES,
  KIND_MAP,
  KIND_TEXT,
  KIND_UINT,
  TRUNCATED,
} from '../generated/abi'
import * as status from '../status'
import { fail } from '../status'
import * as token from '../token'
import * as cbor from './cbor'
import * as flexbuffers from './flexbuffers'
import * as flexbuffersWalk from './flexbuffers-walk'
import * as json from './json'
import { unescape } from './json-escape'
import * as msgpack from './msgpack'
import * as fast from './pass'
import * as traits from './traits'
import * as ubjson from './ubjson'
import { noOps } from './ubjson-parts'

/** False in the kernel of `wamp-codec/core`, which is compiled with CORE_ONLY: json, msgpack and cbor. */
const HAS_ALL: bool = !isDefined(CORE_ONLY)

/** Format and end of the frame in this call. */
let format: i32 = 0
let isUbjson: bool = false
let end: usize = 0

/** Where the next text that does not stand in the frame as it is may be written. */
let scratch: usize = 0

/** The text of the last `plainText`. */
export let text: usize = 0
export let textLength: u32 = 0

/** True once `next` has passed the end of a container. */
export let closed: bool = false

export function setClosed(value: bool): void {
  closed = value
}

/** Moves the place for texts: a transcode of what a scan passes has its output where the scan has them. */
export function setScratch(at: usize): void {
  scratch = at
}

/** Starts a call on a value that was checked before. */
export function openChecked(which: i32, frameEnd: usize, scratchFrom: usize): void {
  open(which, frameEnd, scratchFrom)
  cbor.allowTags(true)
}

export function open(which: i32, frameEnd: usize, scratchFrom: usize): void {
  format = which
  end = frameEnd
  scratch = scratchFrom
  closed = false
  cbor.allowTags(false)
  isUbjson = HAS_ALL && traits.isUbjson(which)
  if (which == FORMAT_JSON) json.seal(frameEnd)
  else if (HAS_ALL && isUbjson) ubjson.open(which == FORMAT_UBJSON_DRAFT12)
}

/** Validates the whole value at `p`; returns the position after it. A value of FlexBuffers fills the rest. */
export function skip(p: usize): usize {
  if (format == FORMAT_CBOR) return cbor.skip(p, end)
  if (format == FORMAT_JSON) return json.skip(p, end)
  if (!HAS_ALL || format == FORMAT_MSGPACK) return msgpack.skip(p, end)
  return format == FORMAT_FLEXBUFFERS ? flexbuffers.verify(p, end, scratch) : ubjson.skip(p, end, scratch)
}

/** Writes a value of FlexBuffers to `o` in another format; returns the end of it. */
export function transcode(p: usize, frameEnd: usize, o: usize, to: i32): usize {
  if (!HAS_ALL || flexbuffers.verify(p, frameEnd, scratch) == 0) return 0
  return flexbuffersWalk.transcode(p, frameEnd, o, to)
}

/** Reads the head of the value at `p` into the token; returns the position after it. */
export function head(p: usize): usize {
  if (format == FORMAT_CBOR) return cbor.head(p, end)
  if (format == FORMAT_JSON) return json.head(p, end)
  return !HAS_ALL || format == FORMAT_MSGPACK ? msgpack.head(p, end) : ubjson.head(p, end)
}

/**
 * Reads the unsigned integer at `p` when it is in a plain form; 0 when `head` must look. Ids and codes nearly always
 * are: this one look saves four calls for each.
 */
export function integer(p: usize): usize {
  if (p >= end) return 0
  const first = <u32>load<u8>(p)
  if (format == FORMAT_JSON) return digits(p, first)
  let width: usize
  if (format == FORMAT_CBOR) {
    if (first < 24) {
      token.setInteger(KIND_UINT, first)
      return p + 1
    }
    if (first > 27) return 0
    width = (<usize>1) << (first - 24)
  } else if (!HAS_ALL || format == FORMAT_MSGPACK) {
    if (first < 0x80) {
      token.setInteger(KIND_UINT, first)
      return p + 1
    }
    if (first - 0xcc > 3) return 0
    width = (<usize>1) << (first & 3)
  } else {
    return ubjson.integer(p, end)
  }
  if (end - p <= width) return 0
  if (width == 8) token.setInteger(KIND_UINT, bswap(load<u64>(p, 1)))
  else if (width == 4) token.setInteger(KIND_UINT, bswap(load<u32>(p, 1)))
  else if (width == 2) token.setInteger(KIND_UINT, bswap(load<u16>(p, 1)))
  else token.setInteger(KIND_UINT, load<u8>(p, 1))
  return p + 1 + width
}

/** An integer of up to 16 digits in JSON. */
function digits(p: usize, first: u32): usize {
  if (first - 0x31 > 8) return 0
  let value: u64 = 0
  let q = p
  let digit = first - 0x30
  while (digit < 10) {
    value = value * 10 + digit
    digit = <u32>load<u8>(++q) - 0x30
  }
  // Not a float, and the number did not overflow.
  if (q - p > 16 || digit + 0x30 == 0x2e || ((digit + 0x30) | 0x20) == 0x65) return 0
  token.setInteger(KIND_UINT, value)
  return q
}

/**
 * Moves to element `i` of a container whose kind is `container`, or past its end: then `closed` is true. `count` is the
 * token's.
 */
export function next(p: usize, i: i32, count: i32, container: i32): usize {
  if (count >= 0) {
    closed = i == count
    return p
  }
  if (format == FORMAT_JSON) {
    // `]` or `}`.
    p = json.next(p, end, i == 0, container == KIND_MAP ? 0x7d : 0x5d)
    closed = json.closed
    return p
  }
  if (HAS_ALL && isUbjson) {
    p = ubjson.next(p, end, i, count, container)
    closed = ubjson.closed
    return p
  }
  closed = p < end && load<u8>(p) == 0xff
  return closed ? p + 1 : p
}

/**
 * Kind of the value at `p` as far as its first byte tells: list, dictionary or null; 0 when only `head` knows. What
 * follows is a `skip` of the whole value, so its head need not be read twice.
 */
export function peek(p: usize): i32 {
  if (p >= end) return 0
  const first = <u32>load<u8>(p)
  if (format == FORMAT_JSON) {
    if (first == 0x5b) return KIND_ARRAY
    return first == 0x7b ? KIND_MAP : 0
  }
  if (format == FORMAT_CBOR) {
    if (first >> 5 == 4) return KIND_ARRAY
    return first >> 5 == 5 ? KIND_MAP : 0
  }
  if (HAS_ALL && isUbjson) return ubjson.peek(p, end)
  if (first >> 4 == 9 || first >> 1 == 0x6e) return KIND_ARRAY
  return first >> 4 == 8 || first >> 1 == 0x6f ? KIND_MAP : 0
}

/** Kind of the value at `p`, of any format; 0 and a failure when it has none. Reads no further than `head`. */
export function kindAt(p: usize): i32 {
  if (HAS_ALL && format == FORMAT_FLEXBUFFERS) return flexbuffers.rootKind(p, end)
  const kind = peek(p)
  if (kind != 0) return kind
  return head(p) == 0 ? 0 : token.kind
}

/** Reads a map's key into the token and passes what divides it from the value. What is no text fails with `notText`. */
export function key(p: usize, notText: i32 = KEY_TYPE): usize {
  if (format == FORMAT_JSON) return json.key(p, end)
  if (HAS_ALL && isUbjson) return ubjson.key(p, end)
  // A tagged text is no key, though `head` sees through tags.
  if (format == FORMAT_CBOR && p < end && load<u8>(p) >> 5 != 3) return fail(notText, p)
  const after = head(p)
  if (after == 0) return 0
  return token.kind == KIND_TEXT ? after : fail(notText, p)
}

/** The same for a key of any kind in a map that was checked before: of a container the token has only the kind. */
export function anyKey(p: usize): usize {
  if (format == FORMAT_JSON || (HAS_ALL && isUbjson)) return key(p)
  const after = head(p)
  const kind = token.kind
  if (after == 0 || (kind != KIND_ARRAY && kind != KIND_MAP)) return after
  const end = pass(p)
  token.setScalar(kind)
  return end
}

/** Validates a dictionary whose own keys must be text, as `skip` does. */
export function skipNamed(p: usize): usize {
  status.setWantsNames(true)
  const after = skip(p)
  status.setWantsNames(false)
  return after
}

/** Position of the first byte of the value at `p`: JSON may have white space before it, UBJSON no-ops. */
export function valueStart(p: usize): usize {
  if (format == FORMAT_JSON) return json.space(p)
  return HAS_ALL && isUbjson ? ubjson.valueStart(p, end) : p
}

/**
 * What the value that was read last, of this kind, has taken from its container instead of a head of its own, at its
 * place in the index; mostly 0. Containers always have their own.
 */
export function elementType(kind: i32): i32 {
  return HAS_ALL && isUbjson && kind < KIND_ARRAY ? ubjson.elementType() << 8 : 0
}

/** True when a count is that of an array whose elements have no heads: rows of an n-dimensional one, records. */
export function hasRows(count: i32): bool {
  return HAS_ALL && isUbjson && ubjson.hasRows(count)
}

/** The number of elements that a count stands for; -1 when only the end of the container tells. */
export function elementsOf(count: i32): i32 {
  return HAS_ALL && isUbjson ? ubjson.elementsOf(count) : count
}

/** True when the float that `head` has read is a text, whose value is not in the token. */
export function isHighPrecision(): bool {
  // What UBJSON has left behind says nothing of another format.
  return HAS_ALL && isUbjson && ubjson.isHighPrecision
}

/** The value of the float that `head` has read last; NaN when it is too long for the kernel. */
export function floatValue(): f64 {
  if (format == FORMAT_JSON) return json.float()
  return isHighPrecision() ? NaN : token.float
}

/** True when `undefined` of CBOR, or of msgpackr, stands at `p`. */
export function isUndefined(p: usize): bool {
  if (format == FORMAT_CBOR) return p < end && load<u8>(p) == 0xf7
  return format == FORMAT_MSGPACK && msgpack.isUndefined(p, end)
}

/** Makes the token's text or bytes available at `text`, decoded when the frame does not have them as they are. */
export function plainText(): void {
  text = token.start
  textLength = <u32>(token.end - token.start)
  if (token.direct) return
  let to: usize
  if (format == FORMAT_CBOR) to = cbor.joinChunks(token.start, scratch)
  else if (token.kind == KIND_BYTES) to = decodeBase64(token.start, token.end, scratch)
  else to = unescape(token.start, token.end, scratch)
  text = scratch
  textLength = <u32>(to - scratch)
  scratch = to
}

/** Position after the frame: white space may follow JSON, no-ops UBJSON. */
export function afterFrame(p: usize): usize {
  return HAS_ALL && format == FORMAT_FLEXBUFFERS ? p : valueStart(p)
}

/** Position after the value at `p`, which was checked before and has no space before it. Not of FlexBuffers. */
export function pass(p: usize): usize {
  if (format == FORMAT_JSON) return fast.json(p, end)
  if (HAS_ALL && isUbjson) return ubjson.pass(p, end)
  return leap(p, 1, 1)
}

/** True for an array whose elements `leap` can pass together. */
export function canLeap(count: i32): bool {
  if (HAS_ALL && isUbjson) return ubjson.stride(count) >= 0
  return count >= 0
}

/** Position after so many elements of the array with this count, without a look at what they are. */
export function leap(p: usize, elements: i32, count: i32): usize {
  if (elements <= 0) return p
  if (HAS_ALL && isUbjson) {
    const length = <u64>elements * ubjson.stride(count)
    return length <= <u64>(end - p) ? p + <usize>length : fail(TRUNCATED, end)
  }
  return fast.binary(p, end, elements, format == FORMAT_CBOR)
}

/** True when `close` finds the end of an array from between its elements. */
export function canClose(): bool {
  return ASC_FEATURE_SIMD && format == FORMAT_JSON
}
export function close(p: usize): usize {
  return ASC_FEATURE_SIMD ? fast.closing(p, end, 1) : p
}

/** Position of the first byte of the key at `p`, and of the byte after it when `key` has returned `after`. */
export function keyStart(p: usize): usize {
  return HAS_ALL && isUbjson ? noOps(p, end) : p
}
export function keyEnd(after: usize): usize {
  return format == FORMAT_JSON ? token.end + 1 : after
}

/** What the element that `next` has moved to takes from its container: see `elementType`. */
export function announcedType(): i32 {
  return HAS_ALL && isUbjson ? ubjson.announcedType() : 0
}

/** Says the same of the value that `head`, `skip` or `pass` reads next. */
export function setElementType(type: i32): void {
  if (HAS_ALL && isUbjson) ubjson.announce(type)
}
