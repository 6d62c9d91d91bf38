/**
 * What `head` or `integer` of a format has found last: one value's kind, with its number, the place of its content, or
 * the count of its elements. A format's `head` returns the position after the head: after the whole value for scalars
 * and strings, before the first element for containers.
 */
import { KIND_FLOAT } from './generated/abi'

/** One of KIND_* in abi.ts. */
export let kind: i32 = 0
/** KIND_UINT: the number. KIND_NINT: -1 - the number. */
export let magnitude: u64 = 0
/** KIND_FLOAT of the binary formats: the number. JSON has it in json.ts, because reading it costs more. */
export let float: f64 = 0
/** Text and bytes: the content, while `direct`. */
export let start: usize = 0
export let end: usize = 0
/** The content stands in the frame as it is: no escapes (JSON), no chunks (CBOR). */
export let direct: bool = true
/**
 * Arrays: elements; maps: pairs; -1 when only the end of the container tells. Other negative numbers are the format's
 * own, for its `next`: UBJSON's typed containers.
 */
export let count: i32 = 0

export function setScalar(value: i32): void {
  kind = value
}

export function setInteger(value: i32, absolute: u64): void {
  kind = value
  magnitude = absolute
}

export function setFloat(number: f64): void {
  kind = KIND_FLOAT
  float = number
}

export function setString(value: i32, from: usize, to: usize, isDirect: bool): void {
  kind = value
  start = from
  end = to
  direct = isDirect
}

export function setContainer(value: i32, elements: i32): void {
  kind = value
  count = elements
}
