/**
 * The message code of a frame from its first bytes, for programs that sort frames before they are decoded. Reads at
 * most some dozens of bytes, whatever the frame claims, and checks nothing: a frame with a code may still be refused.
 * Here are the formats of the core entry, in peek-full.ts the others.
 */
import { isBuffer, isBytes } from '../brand.ts'
import { EVENT_RECEIVED_CODE, EVENT_RECEIVED_FLAT_CODE } from '../kernel/abi.ts'
import { TABLES } from '../message/tables.ts'
import { type Frame, notAFrame } from './frame.ts'

/** The byte at an index of a frame; -1 beyond its end. */
export type ByteAt = (index: number) => number

/** The code in a frame whose first byte is at `start`; anything else for none. */
export type PeekCode = (byteAt: ByteAt, start: number) => number

/** White space, tags and no-ops before the code may be so many, no more: then there is none. */
export const MAX_SKIPPED = 64

const TYPES: ReadonlySet<number> = /* @__PURE__ */ new Set(TABLES.map(({ code }) => code))

/** The code as MessageType has it; 0 for any other number. */
export function typeOf(code: number): number {
  if (code === EVENT_RECEIVED_FLAT_CODE) return EVENT_RECEIVED_CODE
  return TYPES.has(code) ? code : 0
}

/** The bytes of a frame, wherever they are. Throws TypeError if the input is not a frame. */
export function bytesOf(frame: Frame): ByteAt {
  // JSON up to the code is ASCII.
  if (typeof frame === 'string') return (i) => (i < frame.length ? frame.charCodeAt(i) : -1)
  if (Array.isArray(frame)) {
    const chunks = frame as readonly Uint8Array[]
    for (const chunk of chunks) if (!isBytes(chunk)) throw notAFrame(frame)
    return (i) => {
      for (const chunk of chunks) {
        if (i < chunk.length) return chunk[i] as number
        i -= chunk.length
      }
      return -1
    }
  }
  if (!isBytes(frame) && !isBuffer(frame)) throw notAFrame(frame)
  const bytes = isBytes(frame) ? frame : new Uint8Array(frame)
  return (i) => bytes[i] ?? -1
}

/** The big-endian number in so many bytes; NaN beyond the end. */
export function numberAt(byteAt: ByteAt, start: number, count: number): number {
  let value = 0
  for (let i = start; i < start + count; i++) {
    const byte = byteAt(i)
    value = byte < 0 ? Number.NaN : value * 0x100 + byte
  }
  return value
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

export const peekJson: PeekCode = (byteAt, start) => {
  let at = start
  const most = start + MAX_SKIPPED
  while (isSpace(byteAt(at)) && at < most) at++
  if (byteAt(at++) !== 0x5b) return 0
  while (isSpace(byteAt(at)) && at < most) at++
  let code = 0
  let digits = 0
  for (; digits < 4 && isDigit(byteAt(at)); digits++) code = code * 10 + byteAt(at++) - 0x30
  // No leading zeros, and no number that goes on.
  const isWhole = byteAt(at) === 0x2c || byteAt(at) === 0x5d || isSpace(byteAt(at))
  return isWhole && code >= 10 ** (digits - 1) ? code : 0
}

export const peekMsgpack: PeekCode = (byteAt, start) => {
  const first = byteAt(start)
  const size = first === 0xdc ? 3 : first === 0xdd ? 5 : (first & 0xf0) === 0x90 ? 1 : 0
  if (first < 0 || size === 0) return 0
  const at = start + size
  const marker = byteAt(at)
  if (marker < 0x80) return marker
  // uint 8 to 64 and int 8 to 64: a negative number is larger than any code.
  const isInteger = marker >= 0xcc && marker <= 0xd3
  return isInteger ? numberAt(byteAt, at + 1, 1 << (marker & 3)) : 0
}

export const peekCbor: PeekCode = (byteAt, start) => {
  let at = start
  const most = start + MAX_SKIPPED
  // Tags mean nothing here.
  while (byteAt(at) >= 0xc0 && byteAt(at) < 0xdc && at < most) at += headBytes(byteAt(at))
  const first = byteAt(at)
  if (first < 0x80 || (first >= 0x9c && first !== 0x9f)) return 0
  at += headBytes(first)
  while (byteAt(at) >= 0xc0 && byteAt(at) < 0xdc && at < most) at += headBytes(byteAt(at))
  const marker = byteAt(at)
  if (marker < 0x18) return marker
  return marker < 0x1c ? numberAt(byteAt, at + 1, headBytes(marker) - 1) : 0
}

/** Bytes of a CBOR head: its first one and the argument behind it. */
function headBytes(first: number): number {
  const information = first & 31
  return information < 24 || information > 27 ? 1 : 1 + (1 << (information - 24))
}
