/**
 * The end of the output window, and copying into it. Writers take the address where they write and return the one
 * behind what they wrote. transcode.ts makes sure of HEADROOM before every value, which is more than any number or head
 * takes; only text and bytes ask for more.
 */

/** Bytes that any value but text and bytes has room for. */
export const HEADROOM: usize = 64

/** From here on there is no room for another value. */
export let full: usize = 0

/** Sets the end of the window. */
export function setEnd(end: usize): void {
  full = end - HEADROOM
}

/** True when `length` bytes and a head do not fit at `o`. */
export function overruns(o: usize, length: usize): bool {
  return o > full || full - o < length
}

/** Copies the text or bytes [p, p + length), for which there is room; up to 15 bytes behind them are overwritten. */
export function copy(o: usize, p: usize, length: usize): usize {
  if (length > 64) {
    memory.copy(o, p, length)
    return o + length
  }
  const after = o + length
  if (ASC_FEATURE_SIMD) {
    // A call of memory.copy takes as long as three of these.
    v128.store(o, v128.load(p))
    while ((o += 16) < after) v128.store(o, v128.load((p += 16)))
    return after
  }
  while (o < after) {
    store<u64>(o, load<u64>(p))
    o += 8
    p += 8
  }
  return after
}
