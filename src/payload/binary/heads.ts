/**
 * The first bytes of values in CBOR and MsgPack: of which kind the value is, and where its argument (a length, a count,
 * an integer) stands. Both formats have the same kinds, and write numbers in the same order of bytes, so one complete
 * reader with two tables does for both; and what the fast one asks of first bytes.
 */

import { SORT_ANY, SORT_DOUBLE, SORT_INTEGER } from '../templates.ts'
import { bytes, end } from './window.ts'

/** What a value is, by its first byte. ODD is what only one format has, or nothing. */
export const ODD = 0
const INTEGER = 1
/** -1 minus the argument. */
export const NEGATIVE = 2
export const TEXT = 3
export const BYTES = 4
export const ARRAY = 5
export const MAP = 6
export const FALSE = 7
export const TRUE = 8
export const NULL = 9
export const UNDEFINED = 10
export const FLOAT16 = 11
export const FLOAT32 = 12
export const FLOAT64 = 13
/** Two's complement of so many bits. */
export const SIGNED8 = 14
export const SIGNED16 = 15
export const SIGNED32 = 16
export const SIGNED64 = 17

/** Where the first bytes of a format begin in the tables. */
export const CBOR_HEADS = 0
export const MSGPACK_HEADS = 256

/** The kind of a value by the entry of its first byte in HEADS: the lower five bits. */
export const KIND_MASK = 31
/**
 * The argument is what is above them; below 0 the negative number of bytes behind the first one that are the argument.
 */
export const KIND_BITS = 5

/** Kind and argument of each first byte of both formats. */
export const HEADS: Int16Array = headsOfAll()

function headsOfAll(): Int16Array {
  const table = new Int16Array(512)
  const put = (head: number, kind: number, argument: number = 0): void => {
    table[head] = (argument << KIND_BITS) | kind
  }
  const run = (first: number, count: number, kind: number): void => {
    for (let i = 0; i < count; i++) put(first + i, kind, i)
  }
  const widths = (first: number, all: readonly number[], kind: number): void => {
    for (const [i, width] of all.entries()) put(first + i, kind, -width)
  }
  for (const [major, kind] of [INTEGER, NEGATIVE, BYTES, TEXT, ARRAY, MAP].entries()) {
    run(32 * major, 24, kind)
    widths(32 * major + 24, [1, 2, 4, 8], kind)
  }
  for (const [i, kind] of [FALSE, TRUE, NULL, UNDEFINED, ODD, FLOAT16, FLOAT32, FLOAT64].entries()) {
    put(0xf4 + i, kind)
  }
  const first = MSGPACK_HEADS
  run(first, 128, INTEGER)
  run(first + 0x80, 16, MAP)
  run(first + 0x90, 16, ARRAY)
  run(first + 0xa0, 32, TEXT)
  put(first + 0xc0, NULL)
  put(first + 0xc2, FALSE)
  put(first + 0xc3, TRUE)
  widths(first + 0xc4, [1, 2, 4], BYTES)
  put(first + 0xca, FLOAT32)
  put(first + 0xcb, FLOAT64)
  widths(first + 0xcc, [1, 2, 4, 8], INTEGER)
  for (const [i, kind] of [SIGNED8, SIGNED16, SIGNED32, SIGNED64].entries())
    put(first + 0xd0 + i, kind, -(1 << i))
  widths(first + 0xd9, [1, 2, 4], TEXT)
  widths(first + 0xdc, [2, 4], ARRAY)
  widths(first + 0xde, [2, 4], MAP)
  for (let i = 0; i < 32; i++) put(first + 0xff - i, NEGATIVE, i)
  return table
}

/** What the first byte of the first element of an array says about the others, for each entry of HEADS. */
export const SORTS: Uint8Array = Uint8Array.from(HEADS, (entry) => {
  const kind = entry & KIND_MASK
  if (kind === FLOAT64) return SORT_DOUBLE
  return kind === INTEGER || kind === NEGATIVE || kind >= SIGNED8 ? SORT_INTEGER : SORT_ANY
})

/** Whether a map begins with this byte, in CBOR (1) or MsgPack (0). */
export function isMap(cbor: number, head: number): boolean {
  return cbor ? head >> 5 === 5 : head >> 4 === 8 || (head >= 0xde && head < 0xe0)
}

/** Bytes of the key at `at` in the window when it is a text of definite length, and not too long; else 0. */
export function keySizeAt(cbor: number, at: number): number {
  const head = bytes[at] as number
  if (cbor ? head >= 0x60 && head < 0x78 : head >= 0xa0 && head < 0xc0) return head - (cbor ? 0x5f : 0x9f)
  if (head !== (cbor ? 0x78 : 0xd9) || end - at < 2) return 0
  return 2 + (bytes[at + 1] as number)
}

/** Bytes in front of the text of such a key. */
export function keyHeadAt(cbor: number, at: number): number {
  return bytes[at] === (cbor ? 0x78 : 0xd9) ? 2 : 1
}
