/**
 * Writers of message heads, one for each list format (UBJSON's is in heads-ubjson.ts): lists, ids, texts and
 * dictionaries. The payload is no business of theirs: its bytes are copied, or encoded by the format's value encoder.
 */
import { writeShort } from '../payload/encode-json.ts'
import { writeFinite } from '../payload/json-number.ts'
import type { Output } from '../payload/output.ts'

/** What a list format needs to write the head of a message around a payload. */
export interface HeadWriter {
  /** Begins a list of so many elements. */
  list(out: Output, elements: number): void
  /** Stands before every element but the first. */
  separator(out: Output): void
  closeList(out: Output): void
  /** An integer from 0 to 2^53, never as a float. */
  id(out: Output, value: number): void
  null(out: Output): void
  /** Well-formed text. */
  text(out: Output, value: string): void
  /** Bytes that will not change. */
  bytes(out: Output, value: Uint8Array): void
  /** Begins a dictionary of so many entries. */
  dict(out: Output, entries: number): void
  key(out: Output, key: string, isFirst: boolean): void
  closeDict(out: Output): void
}

const nothing = (): void => {}

/** Writes an integer from 0 to 2^53 in a byte that says so, and eight bytes. */
function u53(out: Output, first: number, value: number): void {
  out.reserve(9)
  const { bytes, at } = out
  const high = Math.floor(value / 0x1_0000_0000)
  bytes[at] = first
  bytes[at + 1] = 0
  bytes[at + 2] = high >>> 16
  bytes[at + 3] = high >>> 8
  bytes[at + 4] = high
  bytes[at + 5] = value >>> 24
  bytes[at + 6] = value >>> 16
  bytes[at + 7] = value >>> 8
  bytes[at + 8] = value
  out.at = at + 9
}

/** Writes a CBOR head: the major type in the upper three bits, the shortest argument (RFC 8949, section 4.2.1). */
function cborHead(out: Output, major: number, value: number): void {
  if (value < 24) out.u8(major | value)
  else if (value < 0x100) {
    out.u8(major | 24)
    out.u8(value)
  } else if (value < 0x1_0000) {
    out.u8(major | 25)
    out.u16(value)
  } else if (value < 0x1_0000_0000) {
    out.u8(major | 26)
    out.u32(value)
  } else u53(out, major | 27, value)
}

/** Writes text behind a head whose size depends on the number of bytes. */
export function sizedText(out: Output, text: string, head: (out: Output, length: number) => void): void {
  const at = out.mark()
  head(out, text.length)
  const start = out.mark()
  const length = out.utf8(text)
  // ASCII, nearly always: the guessed head is right.
  if (length === text.length) return
  out.resume(at)
  head(out, length)
  if (out.mark() === start) out.resume(start + length)
  else out.utf8(text)
}

const cborText = (out: Output, length: number): void => cborHead(out, 0x60, length)

export const CBOR_HEADS: HeadWriter = {
  list: (out, elements) => cborHead(out, 0x80, elements),
  separator: nothing,
  closeList: nothing,
  id: (out, value) => cborHead(out, 0x00, value),
  null: (out) => out.u8(0xf6),
  text: (out, value) => sizedText(out, value, cborText),
  bytes(out, value) {
    cborHead(out, 0x40, value.length)
    out.splice(value)
  },
  dict: (out, entries) => cborHead(out, 0xa0, entries),
  key: (out, key) => sizedText(out, key, cborText),
  closeDict: nothing,
}

/** Writes `first` with a length in its low bits, or one of the longer heads behind it. */
function msgpackHead(
  out: Output,
  short: number,
  limit: number,
  codes: readonly number[],
  length: number,
): void {
  const [code8 = 0, code16 = 0, code32 = 0] = codes
  if (length < limit) out.u8(short | length)
  else if (length < 0x100 && code8 !== 0) {
    out.u8(code8)
    out.u8(length)
  } else if (length < 0x1_0000) {
    out.u8(code16)
    out.u16(length)
  } else {
    out.u8(code32)
    out.u32(length)
  }
}

const STR = [0xd9, 0xda, 0xdb]
const BIN = [0xc4, 0xc5, 0xc6]
const ARRAY = [0, 0xdc, 0xdd]
const MAP = [0, 0xde, 0xdf]
const msgpackText = (out: Output, length: number): void => msgpackHead(out, 0xa0, 32, STR, length)

export const MSGPACK_HEADS: HeadWriter = {
  list: (out, elements) => msgpackHead(out, 0x90, 16, ARRAY, elements),
  separator: nothing,
  closeList: nothing,
  id(out, value) {
    if (value < 0x80) out.u8(value)
    else if (value < 0x100) {
      out.u8(0xcc)
      out.u8(value)
    } else if (value < 0x1_0000) {
      out.u8(0xcd)
      out.u16(value)
    } else if (value < 0x1_0000_0000) {
      out.u8(0xce)
      out.u32(value)
    } else u53(out, 0xcf, value)
  },
  null: (out) => out.u8(0xc0),
  text: (out, value) => sizedText(out, value, msgpackText),
  bytes(out, value) {
    msgpackHead(out, 0, 0, BIN, value.length)
    out.splice(value)
  },
  dict: (out, entries) => msgpackHead(out, 0x80, 16, MAP, entries),
  key: (out, key) => sizedText(out, key, msgpackText),
  closeDict: nothing,
}

const COMMA = 0x2c

function jsonText(out: Output, text: string): void {
  if (!writeShort(out, text)) out.utf8(JSON.stringify(text))
}

export const JSON_HEADS: HeadWriter = {
  list: (out) => out.u8(0x5b),
  separator: (out) => out.u8(COMMA),
  closeList: (out) => out.u8(0x5d),
  id: writeFinite,
  null: (out) => out.ascii('null'),
  text: jsonText,
  bytes(out, value) {
    out.ascii('"\\u0000')
    out.ascii(base64(value))
    out.u8(0x22)
  },
  dict: (out) => out.u8(0x7b),
  key(out, key, isFirst) {
    if (!isFirst) out.u8(COMMA)
    jsonText(out, key)
    out.u8(0x3a)
  },
  closeDict: (out) => out.u8(0x7d),
}

/** Standard base64 with padding. */
function base64(bytes: Uint8Array): string {
  let binary = ''
  // In pieces: the arguments of one call must fit the stack.
  for (let i = 0; i < bytes.length; i += 0x2000) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x2000))
  }
  return btoa(binary)
}
