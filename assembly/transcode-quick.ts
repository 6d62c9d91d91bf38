/**
 * The short ways of transcode.ts: most values of most payloads, read and written in one go. Whatever they do not know
 * they leave to the readers and writers of the formats, which give the same bytes; with them alone a payload of 1 KB
 * takes twice as long.
 */

import { isQuick } from './formats/traits'
import * as write from './formats/write'
import { FORMAT_CBOR, FORMAT_JSON } from './generated/abi'

const QUOTE: u32 = 0x22
const CBOR_TEXT: u32 = 0x60
const MSGPACK_TEXT: u32 = 0xa0
const CBOR_FLOAT: u32 = 0xfb
const MSGPACK_FLOAT: u32 = 0xcb

/** End of the output after a short way was taken. */
export let out: usize = 0

/** Passes a text of up to 16 ASCII characters at `p`, as a key or value; 0 when it is none. */
export function text(p: usize, end: usize, o: usize, from: i32, to: i32): usize {
  const first = <u32>load<u8>(p)
  // The windows are padded.
  const block = v128.load(p, 1)
  let length: u32
  if (from == FORMAT_JSON) {
    if (first != QUOTE) return 0
    // As signed numbers bytes that are no ASCII are the smallest.
    const stop = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(block, i8x16.splat(0x22)), i8x16.eq(block, i8x16.splat(0x5c))),
        i8x16.lt_s(block, i8x16.splat(0x20)),
      ),
    )
    length = <u32>ctz(stop)
    if (stop == 0 || <u32>load<u8>(p + 1 + length) != QUOTE || end - p < length + 2) return 0
  } else {
    length = first - (from == FORMAT_CBOR ? CBOR_TEXT : MSGPACK_TEXT)
    if (length > 16 || end - p <= length) return 0
    let wrong = block
    if (to == FORMAT_JSON) {
      // What must be escaped.
      wrong = v128.or(
        v128.or(i8x16.eq(block, i8x16.splat(0x22)), i8x16.eq(block, i8x16.splat(0x5c))),
        i8x16.lt_s(block, i8x16.splat(0x20)),
      )
    }
    if ((i8x16.bitmask(wrong) & ((1 << length) - 1)) != 0) return 0
  }
  v128.store(o, block, 1)
  if (to == FORMAT_JSON) {
    store<u8>(o, <u8>QUOTE)
    store<u8>(o + length, <u8>QUOTE, 1)
    out = o + length + 2
    return p + 1 + length
  }
  store<u8>(o, <u8>((to == FORMAT_CBOR ? CBOR_TEXT : MSGPACK_TEXT) | length))
  out = o + 1 + length
  return from == FORMAT_JSON ? p + length + 2 : p + 1 + length
}

/** Passes a number or a text at `p` that is a value; 0 when it is another one, or not simple. */
export function value(p: usize, end: usize, o: usize, from: i32, to: i32): usize {
  const first = <u32>load<u8>(p)
  if (from == FORMAT_JSON) {
    if (first == QUOTE) return text(p, end, o, from, to)
    return first - 0x31 < 9 ? digits(p, end, o, to) : 0
  }
  if (first >> 5 == (from == FORMAT_CBOR ? 3 : 5)) return text(p, end, o, from, to)
  if (end - p < 9) return 0
  if (from == FORMAT_CBOR) {
    if (first < 0x1c) {
      let number: u64 = first
      let width: usize = 0
      if (first > 0x17) {
        // The argument are the upper bytes of the eight that follow.
        width = (<usize>1) << (first & 3)
        number = bswap(load<u64>(p, 1)) >> (64 - ((<u64>width) << 3))
      }
      out = write.unsigned(to, o, number)
      return p + 1 + width
    }
    if (first != CBOR_FLOAT) return 0
  } else {
    if (first < 0x80) {
      out = write.unsigned(to, o, first)
      return p + 1
    }
    if (first - 0xcc < 4) {
      const width = (<usize>1) << (first & 3)
      out = write.unsigned(to, o, bswap(load<u64>(p, 1)) >> (64 - ((<u64>width) << 3)))
      return p + 1 + width
    }
    if (first != MSGPACK_FLOAT) return 0
  }
  const bits = load<u64>(p, 1)
  const float = reinterpret<f64>(bswap(bits))
  if (float - float != 0) return 0
  if (to == FORMAT_JSON) {
    out = write.float(to, o, float)
  } else {
    store<u8>(o, <u8>(to == FORMAT_CBOR ? CBOR_FLOAT : MSGPACK_FLOAT))
    store<u64>(o, bits, 1)
    out = o + 9
  }
  return p + 9
}

/** Passes an integer of up to 15 digits in JSON: those that JSON.parse keeps. */
function digits(p: usize, end: usize, o: usize, to: i32): usize {
  let number: u64 = 0
  let q = p
  // The byte at the end is no digit: json.ts has seen to that.
  for (let digit = <u32>load<u8>(q) - 0x30; digit < 10; digit = <u32>load<u8>(++q) - 0x30) {
    number = number * 10 + digit
  }
  const next = <u32>load<u8>(q)
  // No fraction, no exponent, no overflow.
  if (q - p > 15 || q >= end || next == 0x2e || (next | 0x20) == 0x65) return 0
  out = write.unsigned(to, o, number)
  return q
}

/** True for the formats that `text` and `value` know. What stays in its format is rare. */
export function knows(from: i32, to: i32): bool {
  return from != to && isQuick(from) && isQuick(to)
}

/** Writes one byte more. */
export function put(byte: u8): void {
  store<u8>(out++, byte)
}
