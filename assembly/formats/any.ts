/**
 * The verbs of the formats under one name: scan.ts and trace work on any list format through this file. The format is
 * an argument of the call; the branch on it is the same all through a call, so it costs next to nothing.
 */
import { FORMAT_CBOR, FORMAT_JSON, KEY_TYPE, KIND_MAP, KIND_TEXT } from '../abi'
import { fail } from '../status'
import { direct, kind, end as tokenEnd, start as tokenStart } from '../token'
import * as cbor from './cbor'
import * as json from './json'
import * as msgpack from './msgpack'

/** Format and end of the frame in this call. */
let format: i32 = 0
let end: usize = 0

/** Where the next text that does not stand in the frame as it is may be written. */
let scratch: usize = 0

/** The text of the last `plainText`. */
export let text: usize = 0
export let textLength: u32 = 0

/** True once `next` has passed the end of a container. */
export let closed: bool = false

export function open(which: i32, frameEnd: usize, scratchFrom: usize): void {
  format = which
  end = frameEnd
  scratch = scratchFrom
  closed = false
  json.setPlain(true)
}

/** Validates the whole value at `p`; returns the position after it. */
export function skip(p: usize): usize {
  if (format == FORMAT_CBOR) return cbor.skip(p, end)
  if (format == FORMAT_JSON) return json.skip(p, end)
  return msgpack.skip(p, end)
}

/** Reads the head of the value at `p` into the token; returns the position after it. */
export function head(p: usize): usize {
  if (format == FORMAT_CBOR) return cbor.head(p, end)
  if (format == FORMAT_JSON) return json.head(p, end)
  return msgpack.head(p, end)
}

/**
 * Moves to element `i` of a container of `count` elements (-1: unknown) whose kind is `container`, or past its end:
 * then `closed` is true.
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
  closed = p < end && load<u8>(p) == 0xff
  return closed ? p + 1 : p
}

/** Reads a map's key into the token and passes what divides it from the value. */
export function key(p: usize): usize {
  if (format == FORMAT_JSON) return json.key(p, end)
  const after = head(p)
  if (after == 0) return 0
  return kind == KIND_TEXT ? after : fail(KEY_TYPE, p)
}

/** Position of the first byte of the value at `p`: JSON may have white space before it. */
export function valueStart(p: usize): usize {
  return format == FORMAT_JSON ? json.space(p, end) : p
}

/** Makes the token's text available at `text`, unescaped or joined when the frame does not have it in one piece. */
export function plainText(): void {
  text = tokenStart
  textLength = <u32>(tokenEnd - tokenStart)
  if (direct) return
  const to =
    format == FORMAT_JSON
      ? json.unescape(tokenStart, tokenEnd, scratch)
      : cbor.joinChunks(tokenStart, scratch)
  text = scratch
  textLength = <u32>(to - scratch)
  scratch = to
}

/** True when all that was skipped since `open` is what JSON.parse reads exactly. */
export function isPlainJson(): bool {
  return format == FORMAT_JSON && json.plain
}

/** Starts over with the question that `isPlainJson` answers. */
export function resetPlainJson(): void {
  json.setPlain(true)
}

/** Position after the frame: white space may follow JSON. */
export function afterFrame(p: usize): usize {
  return format == FORMAT_JSON ? json.space(p, end) : p
}
