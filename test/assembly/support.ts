/** Bytes for the AssemblyScript tests: a window of their own, written as hex. */

/** Wide enough for the inputs, with the padding behind them that SIMD loads may read. */
export const WINDOW: usize = memory.data(1024, 16)

/** As much room, for what a check writes. */
export const SCRATCH: usize = memory.data(1024, 16)

/** Writes `hex` (two digits a byte, spaces between as one likes) at `p`; returns the position after it. */
export function writeHex(p: usize, hex: string): usize {
  let high = -1
  for (let i = 0; i < hex.length; i++) {
    const c = hex.charCodeAt(i)
    if (c == 0x20) continue
    const digit = c <= 0x39 ? c - 0x30 : (c | 0x20) - 0x57
    if (high < 0) {
      high = digit
    } else {
      store<u8>(p++, <u8>((high << 4) | digit))
      high = -1
    }
  }
  return p
}

/** Writes text as UTF-8 at `p`; returns the position after it. */
export function writeText(p: usize, text: string): usize {
  const bytes = String.UTF8.encode(text)
  memory.copy(p, changetype<usize>(bytes), bytes.byteLength)
  return p + bytes.byteLength
}

/** Writes `count` times the byte; returns the position after them. */
export function writeRun(p: usize, byte: u8, count: usize): usize {
  memory.fill(p, byte, count)
  return p + count
}
