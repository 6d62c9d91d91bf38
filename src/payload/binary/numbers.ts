/** Numbers in the window; both formats have them in the same order of bytes. */
import { bytes, end, view } from './window.ts'

/** The length in 1, 2 or 4 bytes, by the logarithm of their number. */
export function lengthAt(from: number, log: number): number {
  return log === 0 ? (bytes[from] as number) : log === 1 ? view.getUint16(from) : view.getUint32(from)
}

/** The integer in eight bytes; -1 for one that is beyond 2^53. */
export function uint64At(from: number): number {
  const high = view.getUint32(from)
  return high < 0x20_0000 ? high * 0x1_0000_0000 + view.getUint32(from + 4) : -1
}

/**
 * Puts the floats of 64 bits at the beginning of a list of `count` values, which sensors send, into `values`; `head` is
 * their first byte. Returns their number.
 */
export function readDoubles(values: unknown[], start: number, count: number, head: number): number {
  const most = Math.min(count, Math.floor((end - start) / 9))
  let at = start
  let i = 0
  for (; i < most && bytes[at] === head; i++) {
    values[i] = view.getFloat64(at + 1)
    at += 9
  }
  return i
}
