/**
 * The writers under one name, as any.ts has the readers: transcode.ts writes any target through this file. Every verb
 * takes the address to write at and returns the one behind, or 0 after it has failed: NO_ROOM, or FALLBACK for what is
 * left to JavaScript, because it needs big numbers there or an error with a path.
 */
import {
  FALLBACK,
  FORMAT_CBOR,
  FORMAT_JSON,
  FORMAT_MSGPACK,
  FORMAT_UBJSON_DRAFT12,
  KIND_FALSE,
  KIND_NULL,
  KIND_TRUE,
  NO_ROOM,
} from '../generated/abi'
import { overruns } from '../output'
import { fail } from '../status'
import * as cbor from './cbor-write'
import * as json from './json-write'
import * as msgpack from './msgpack-write'
import * as ubjson from './ubjson-write'

/** The smallest double that is not subnormal, 2^-1022. */
const SMALLEST_NORMAL: f64 = 2.2250738585072014e-308

/** Null, false or true. */
export function word(to: i32, o: usize, kind: i32): usize {
  if (to == FORMAT_JSON) return json.word(o, kind == KIND_NULL, kind == KIND_TRUE)
  let code: u32
  if (to == FORMAT_CBOR) code = kind == KIND_NULL ? cbor.NULL : cbor.FALSE + <u32>(kind - KIND_FALSE)
  else if (to == FORMAT_MSGPACK) {
    code = kind == KIND_NULL ? msgpack.NULL : msgpack.FALSE + <u32>(kind - KIND_FALSE)
  } else code = kind == KIND_NULL ? ubjson.NULL : kind == KIND_FALSE ? ubjson.FALSE : ubjson.TRUE
  store<u8>(o, <u8>code)
  return o + 1
}

export function unsigned(to: i32, o: usize, value: u64): usize {
  if (to == FORMAT_JSON) return json.unsigned(o, value)
  if (to == FORMAT_CBOR) return cbor.unsigned(o, value)
  if (to == FORMAT_MSGPACK) return msgpack.unsigned(o, value)
  return ubjson.unsigned(o, value, to == FORMAT_UBJSON_DRAFT12)
}

/** The integer -1 - `value`. */
export function negative(to: i32, o: usize, value: u64): usize {
  if (to == FORMAT_CBOR) return cbor.negative(o, value)
  if (to == FORMAT_MSGPACK) return value >> 63 == 0 ? msgpack.negative(o, value) : fail(FALLBACK, o)
  if (value == u64.MAX_VALUE) return fail(FALLBACK, o)
  if (to == FORMAT_JSON) return json.negative(o, value)
  return ubjson.negative(o, value, to == FORMAT_UBJSON_DRAFT12)
}

export function float(to: i32, o: usize, value: f64): usize {
  if (to == FORMAT_CBOR) return cbor.float(o, value)
  if (to == FORMAT_MSGPACK) return msgpack.float(o, value)
  const isFinite = value - value == 0
  if (to == FORMAT_JSON) return isFinite ? json.float(o, value) : fail(FALLBACK, o)
  if (value != 0 && abs(value) < SMALLEST_NORMAL) return fail(FALLBACK, o)
  if (to == FORMAT_UBJSON_DRAFT12 && !isFinite) return fail(FALLBACK, o)
  return ubjson.float(o, value, to == FORMAT_UBJSON_DRAFT12)
}

export function text(to: i32, o: usize, p: usize, length: usize): usize {
  if (to == FORMAT_JSON) {
    // It would come back as bytes, or not at all.
    if (length != 0 && load<u8>(p) == 0) return fail(FALLBACK, o)
    const after = json.text(o, p, length)
    return after == 0 ? fail(NO_ROOM, o) : after
  }
  if (overruns(o, length)) return fail(NO_ROOM, o)
  if (to == FORMAT_CBOR) return cbor.text(o, p, length)
  if (to == FORMAT_MSGPACK) return msgpack.text(o, p, length)
  return ubjson.text(o, p, length, to == FORMAT_UBJSON_DRAFT12)
}

/** A map's key, with what divides it from its value. */
export function key(to: i32, o: usize, p: usize, length: usize): usize {
  if (to == FORMAT_JSON) {
    const after = json.text(o, p, length)
    if (after == 0) return fail(NO_ROOM, o)
    store<u8>(after, 0x3a)
    return after + 1
  }
  if (to == FORMAT_CBOR || to == FORMAT_MSGPACK) return text(to, o, p, length)
  if (overruns(o, length)) return fail(NO_ROOM, o)
  return ubjson.key(o, p, length, to == FORMAT_UBJSON_DRAFT12)
}

export function bytes(to: i32, o: usize, p: usize, length: usize): usize {
  if (to == FORMAT_JSON) {
    const after = json.bytes(o, p, length)
    return after == 0 ? fail(NO_ROOM, o) : after
  }
  if (overruns(o, length)) return fail(NO_ROOM, o)
  if (to == FORMAT_CBOR) return cbor.bytes(o, p, length)
  if (to == FORMAT_MSGPACK) return msgpack.bytes(o, p, length)
  return ubjson.bytes(o, p, length, to == FORMAT_UBJSON_DRAFT12)
}

/** What divides an element from the one before it. */
export function comma(to: i32, o: usize): usize {
  if (to == FORMAT_JSON) store<u8>(o++, 0x2c)
  return o
}

/** True for the formats whose containers begin with the number of their elements: CBOR and MessagePack. */
export function isCounted(to: i32): bool {
  return to == FORMAT_CBOR || to == FORMAT_MSGPACK
}

/** The head of a container of so many elements or pairs; brackets have no use for the number. */
export function open(to: i32, o: usize, count: u32, isMap: bool): usize {
  if (to == FORMAT_CBOR) return cbor.container(o, count, isMap)
  if (to == FORMAT_MSGPACK) return msgpack.container(o, count, isMap)
  store<u8>(o, isMap ? 0x7b : 0x5b)
  return o + 1
}

/** The end of a container in brackets. */
export function close(to: i32, o: usize, isMap: bool): usize {
  if (isCounted(to)) return o
  store<u8>(o, isMap ? 0x7d : 0x5d)
  return o + 1
}
