/**
 * The honest baseline for WebAssembly: what plain JavaScript needs to pass the same frame. It checks that
 * every item is well formed and, when asked, that text is UTF-8. It checks no message form, no key types, no
 * limit but depth, and makes no message; so it shows what the kernel has to beat, and is not a contender.
 */
import { isUtf8 } from 'node:buffer'

/**
 * Items left in the open containers; -1 indefinite list, -2 indefinite map before a key, -3 before a value.
 */
const stack = new Int32Array(128)
const BREAK = 0xff

/** Position after `items` CBOR items at `at`; -1 when they are not well formed. */
export function skipCbor(bytes, at, items, isChecked) {
  const end = bytes.length
  let left = items
  let top = 0
  for (;;) {
    while (left === 0) {
      if (top === 0) return at
      left = stack[--top]
    }
    if (at >= end) return -1
    const first = bytes[at++]
    const major = first >> 5
    const information = first & 31
    if (left < 0) {
      if (first === BREAK) {
        if (left === -3) return -1
        left = stack[--top]
        continue
      }
      left = left === -1 ? -1 : -5 - left
    } else left--
    let value = information
    if (information > 23) {
      if (information === 31) {
        if (major < 2 || major > 5 || top === stack.length) return -1
        if (major < 4) return -1 // chunked strings: no frame of the bench has them
        stack[top++] = left
        left = major === 4 ? -1 : -2
        continue
      }
      if (information > 27) return -1
      const width = 1 << (information - 24)
      if (end - at < width) return -1
      value = 0
      if (major > 1 && major < 7) for (let i = 0; i < width; i++) value = value * 256 + bytes[at + i]
      at += width
    }
    if (major < 2) continue
    if (major === 7) {
      if (information < 20 || information === 24) return -1
      continue
    }
    if (major < 4) {
      if (value > end - at) return -1
      if (isChecked && major === 3 && !isText(bytes, at, at + value)) return -1
      at += value
      continue
    }
    const count = major === 6 ? 1 : major === 5 ? value * 2 : value
    if (count > end - at || top === stack.length) return -1
    stack[top++] = left
    left = count
  }
}

/**
 * Bytes of content behind the codes 0xc0..0xdf; strings and containers have a length of so many bytes
 * instead.
 */
const FIXED = [
  0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 2, 3, 5, 9, 17, 0, 0, 0, 0, 0, 0, 0,
]
/** Bytes of that length, in the low two bits' place; 0 for codes of fixed size. */
const LENGTHS = [
  0, 0, 0, 0, 1, 2, 4, 1, 2, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 2, 4, 2, 4,
]

/** Position after `items` MsgPack items at `at`; -1 when they are not well formed. */
export function skipMsgpack(bytes, at, items, isChecked) {
  const end = bytes.length
  let left = items
  let top = 0
  for (;;) {
    while (left === 0) {
      if (top === 0) return at
      left = stack[--top]
    }
    if (at >= end) return -1
    const first = bytes[at++]
    left--
    if (first < 0x80 || first >= 0xe0) continue
    let length = 0
    let count = 0
    if (first < 0xa0) count = first < 0x90 ? (first & 15) * 2 : first & 15
    else if (first < 0xc0) length = first & 31
    else {
      const width = LENGTHS[first - 0xc0]
      if (end - at < width) return -1
      for (let i = 0; i < width; i++) length = length * 256 + bytes[at + i]
      at += width
      if (first >= 0xdc) {
        count = first < 0xde ? length : length * 2
        length = 0
      } else if (width === 0) length = FIXED[first - 0xc0]
      else if (first >= 0xc7 && first <= 0xc9) length++ // the type of an extension
      if (length < 0) return -1
    }
    if (count > 0) {
      if (count > end - at || top === stack.length) return -1
      stack[top++] = left
      left = count
      continue
    }
    if (length > end - at) return -1
    const isString = (first >= 0xa0 && first < 0xc0) || (first >= 0xd9 && first <= 0xdb)
    if (isChecked && isString && !isText(bytes, at, at + length)) return -1
    at += length
  }
}

/** From here on Node's check (75 ns with its view) beats the loop (1.2 ns a byte); Node 20, EPYC, 2026. */
const LONG_TEXT = 64

/** True when the bytes are UTF-8: a loop over ASCII, Node's check for the rest. */
function isText(bytes, start, end) {
  if (end - start < LONG_TEXT) {
    let at = start
    while (at < end && bytes[at] < 0x80) at++
    if (at === end) return true
  }
  return isUtf8(bytes.subarray(start, end))
}

/** By format. */
export const SKIPS = { cbor: skipCbor, msgpack: skipMsgpack }
