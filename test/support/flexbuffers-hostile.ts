/** FlexBuffers whose offsets lead to one thing again and again: a few bytes that stand for very many. */

/** Vectors of which each names the one before twice. */
export function doubled(levels: number): Uint8Array {
  const bytes = [0]
  let inner = 1
  for (let i = 0; i < levels; i++) {
    bytes.push(2)
    const at = bytes.length
    bytes.push(at - inner, at + 1 - inner, 0x28, 0x28)
    inner = at
  }
  return Uint8Array.from([...bytes, bytes.length - inner, 0x28, 1])
}

/** A vector of keys (type 14), or the deprecated one of strings: `n` offsets to one text of so many letters. */
export function listedTexts(n: number, letters: number = 1, type: number = 15): Uint8Array {
  // Its size, the text, NUL; then the size of the vector, and the offsets.
  const start = (letters + 9) & ~3
  const bytes = new Uint8Array(start + 4 * n + 10)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, letters, true)
  bytes.fill(0x61, 4, 4 + letters)
  view.setUint32(start, n, true)
  for (let i = 0; i < n; i++) view.setUint32(start + 4 + 4 * i, start + 4 * i, true)
  const root = start + 4 + 4 * n
  view.setUint32(root, root - start - 4, true)
  bytes.set([(type << 2) | 2, 4], root + 4)
  return bytes
}

/** A map of `n` nulls whose keys all are one text of so many letters. */
export function sharedKeys(n: number, letters: number): Uint8Array {
  const keys = (letters + 8) & ~3
  const values = keys + 4 * n + 12
  const root = (values + 5 * n + 3) & ~3
  const bytes = new Uint8Array(root + 6)
  const view = new DataView(bytes.buffer)
  bytes.fill(0x61, 0, letters)
  // The vector of keys, its size before it; then where it is, its width, and the size of the map.
  view.setUint32(keys - 4, n, true)
  for (let i = 0; i < n; i++) view.setUint32(keys + 4 * i, keys + 4 * i, true)
  view.setUint32(values - 12, values - 12 - keys, true)
  view.setUint32(values - 8, 4, true)
  view.setUint32(values - 4, n, true)
  view.setUint32(root, root - values, true)
  bytes.set([(9 << 2) | 2, 4], root + 4)
  return bytes
}

/** A size whose bytes are ASCII, and that ends a text, seven bytes before the next, on its own upper byte: NUL. */
export const OVERLAPPING: number = 0x07_0007

/** `n / 10` offsets that name one thing of `n / 2` bytes, or texts of which one begins in every eight bytes. */
export function crowded(n: number, type: number, size: number, overlap: boolean): Uint8Array {
  const half = n >> 1
  const count = Math.floor(n / 10)
  const bytes = new Uint8Array(n + 64)
  const view = new DataView(bytes.buffer)
  bytes.fill(0x61, 4, half)
  for (let at = 0; at < (overlap ? half - 8 : 1); at += 8) view.setUint32(at, size, true)
  const start = (half + 16) & ~7
  view.setUint32(start - 4, count, true)
  for (let i = 0; i < count; i++) {
    const slot = start + i * 4
    view.setUint32(slot, slot - 4 - (overlap ? 8 * (i % (half >> 5)) : 0), true)
    bytes[start + count * 4 + i] = (type << 2) | 2
  }
  const root = (start + count * 5 + 3) & ~3
  view.setUint32(root, root - start, true)
  bytes.set([0x2a, 4], root + 4)
  return bytes.slice(0, root + 6)
}
