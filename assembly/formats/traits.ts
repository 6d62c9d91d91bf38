/**
 * Facts about formats, as sets of bits: code that depends on a format asks here by name. A new format
 * has none of them until its bit is in the set.
 */
import {
  FORMAT_CBOR,
  FORMAT_FLEXBUFFERS,
  FORMAT_JSON,
  FORMAT_MSGPACK,
  FORMAT_UBJSON,
  FORMAT_UBJSON_DRAFT12,
} from '../generated/abi'

const UBJSON: u32 = (1 << FORMAT_UBJSON) | (1 << FORMAT_UBJSON_DRAFT12)
const QUICK: u32 = (1 << FORMAT_JSON) | (1 << FORMAT_MSGPACK) | (1 << FORMAT_CBOR)
const PARTS: u32 = QUICK | UBJSON
const READABLE: u32 = PARTS | (1 << FORMAT_FLEXBUFFERS)

/** True for the dialects of UBJSON, whose containers may say the type of all their elements once. */
export function isUbjson(format: i32): bool {
  return has(UBJSON, format)
}

/** True for the formats that transcode-quick.ts knows. */
export function isQuick(format: i32): bool {
  return has(QUICK, format)
}

/** True for the formats whose values any.ts can go through part by part, and which write.ts writes. */
export function hasParts(format: i32): bool {
  return has(PARTS, format)
}

/** True for the formats of payloads. Any number may be asked about. */
export function isReadable(format: i32): bool {
  return has(READABLE, format)
}

function has(set: u32, format: i32): bool {
  return <u32>format < 32 && ((set >> format) & 1) != 0
}
