/** Numbers of CBOR and MsgPack: the arguments of heads, and runs of numbers in lists, which sensors send. */
import { SORT_INTEGER } from '../templates.ts'
import { HEADS, INTEGER, KIND_BITS, KIND_MASK, NEGATIVE, SIGNED16, SIGNED32, SORTS } from './heads.ts'
import { bytes, end, soft, view } from './window.ts'

/** The index behind the last run of numbers. */
export let runEnd = 0

/** The integer in `width` bytes at `from`, which are in the window; -1 for one that is beyond 2^53. */
export function argumentAt(from: number, width: number): number {
  switch (width) {
    case 1:
      return bytes[from] as number
    case 2:
      return view.getUint16(from)
    case 4:
      return view.getUint32(from)
  }
  const high = view.getUint32(from)
  return high < 0x20_0000 ? high * 0x1_0000_0000 + view.getUint32(from + 4) : -1
}

/** The number in so many bits of two's complement. */
export function signed(kind: number, argument: number): number {
  if (kind === SIGNED32) return argument | 0
  return kind === SIGNED16 ? (argument << 16) >> 16 : (argument << 24) >> 24
}

/**
 * Puts the integers at the beginning of a list into `values`, at most so many, as far as they are wholly in the window;
 * `base` is where the format begins in the tables. Returns their number.
 */
export function readIntegers(values: unknown[], start: number, most: number, base: number): number {
  let at = start
  let i = 0
  for (; i < most && at < soft; i++) {
    const head = HEADS[base + (bytes[at] as number)] as number
    const kind = head & KIND_MASK
    if (SORTS[kind] !== SORT_INTEGER) break
    let argument = head >> KIND_BITS
    let next = at + 1
    if (argument < 0) {
      next -= argument
      argument = next > end ? -1 : argumentAt(at + 1, -argument)
      if (argument < 0) break
    }
    values[i] = kind === INTEGER ? argument : kind === NEGATIVE ? -1 - argument : signed(kind, argument)
    at = next
  }
  runEnd = at
  return i
}

/** The same of floats of 64 bits, whose first byte is `double`. */
export function readDoubles(values: unknown[], start: number, most: number, double: number): number {
  const count = Math.min(most, Math.floor((end - start) / 9))
  let at = start
  let i = 0
  for (; i < count && bytes[at] === double; i++) {
    values[i] = view.getFloat64(at + 1)
    at += 9
  }
  runEnd = at
  return i
}
