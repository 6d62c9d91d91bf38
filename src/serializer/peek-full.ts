/** The message code of frames in the formats that only the whole package has; see peek.ts. */
import { type ByteAt, MAX_SKIPPED, numberAt, type PeekCode, typeOf } from './peek.ts'

const OPEN_ARRAY = 0x5b
const NO_OP = 0x4e
const TYPE = 0x24
const COUNT = 0x23
const BYTE = 0x42
const HIGH = 0x48
const DIGIT_0 = 0x30

/** Bytes of the integers of both dialects: i U I u l m L M, and B, which counts nothing. */
const INTEGERS: ReadonlyMap<number, number> = /* @__PURE__ */ new Map([
  [0x69, 1],
  [0x55, 1],
  [0x49, 2],
  [0x75, 2],
  [0x6c, 4],
  [0x6d, 4],
  [0x4c, 8],
  [0x4d, 8],
  [BYTE, 1],
])

/** UBJSON in both dialects: only one of the two byte orders gives a code that WAMP has. */
export const peekUbjson: PeekCode = (byteAt, start) => {
  let at = afterNoOps(byteAt, start)
  if (byteAt(at++) !== OPEN_ARRAY) return 0
  let marker = 0
  if (byteAt(at) === TYPE) {
    marker = byteAt(at + 1)
    at += 2
  }
  if (byteAt(at) === COUNT) {
    const size = INTEGERS.get(byteAt(at + 1))
    if (size === undefined || byteAt(at + 1) === BYTE) return 0
    at += 2 + size
  } else if (marker !== 0) return 0
  if (marker === 0) {
    at = afterNoOps(byteAt, at)
    marker = byteAt(at++)
  }
  if (marker === HIGH) return decimalAt(byteAt, at)
  const size = INTEGERS.get(marker)
  if (size === undefined) return 0
  const big = numberAt(byteAt, at, size)
  return typeOf(big) === 0 ? littleAt(byteAt, at, size) : big
}

/** A number in digits, behind how many they are: no code has more than three. */
function decimalAt(byteAt: ByteAt, start: number): number {
  const marker = byteAt(start)
  const size = marker === BYTE ? undefined : INTEGERS.get(marker)
  if (size === undefined) return 0
  const at = start + 1 + size
  const big = numberAt(byteAt, start + 1, size)
  const length = big <= 3 ? big : littleAt(byteAt, start + 1, size)
  if (!(length <= 3) || byteAt(at) === DIGIT_0) return 0
  let code = 0
  for (let i = at; i < at + length; i++) {
    const digit = byteAt(i) - DIGIT_0
    if (digit < 0 || digit > 9) return 0
    code = code * 10 + digit
  }
  return code
}

function afterNoOps(byteAt: ByteAt, start: number): number {
  let at = start
  while (byteAt(at) === NO_OP && at < start + MAX_SKIPPED) at++
  return at
}

/** FlatBuffers: the union's code, a byte in the root table; 0 when an offset leads out of the frame. */
export const peekFlatbuffers: PeekCode = (byteAt) => {
  const root = littleAt(byteAt, 0, 4)
  // From a table its vtable is so many bytes before it.
  const vtable = root - (littleAt(byteAt, root, 4) | 0)
  if (!(vtable >= 0) || !(littleAt(byteAt, vtable, 2) >= 6)) return 0
  const offset = littleAt(byteAt, vtable + 4, 2)
  return offset > 0 ? byteAt(root + offset) : 0
}

/** The little-endian number in so many bytes; NaN beyond the end. */
function littleAt(byteAt: ByteAt, start: number, count: number): number {
  let value = 0
  for (let i = start + count - 1; i >= start; i--) {
    const byte = byteAt(i)
    value = byte < 0 ? Number.NaN : value * 0x100 + byte
  }
  return value
}
