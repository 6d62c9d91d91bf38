/** Short texts of ASCII by their characters: cheaper than a call of a text decoder. */

const of: (...codes: number[]) => string = String.fromCharCode

/** The text in `length` bytes, at most 15, at `at`; null when it is not ASCII. One expression for each length. */
export function shortText(bytes: Uint8Array, at: number, length: number): string | null {
  if (length === 0) return ''
  const a = bytes[at] as number
  let all = a
  if (length === 1) return all < 0x80 ? of(a) : null
  const b = bytes[at + 1] as number
  all |= b
  if (length === 2) return all < 0x80 ? of(a, b) : null
  const c = bytes[at + 2] as number
  all |= c
  if (length === 3) return all < 0x80 ? of(a, b, c) : null
  const d = bytes[at + 3] as number
  all |= d
  if (length === 4) return all < 0x80 ? of(a, b, c, d) : null
  const e = bytes[at + 4] as number
  all |= e
  if (length === 5) return all < 0x80 ? of(a, b, c, d, e) : null
  const f = bytes[at + 5] as number
  all |= f
  if (length === 6) return all < 0x80 ? of(a, b, c, d, e, f) : null
  const g = bytes[at + 6] as number
  all |= g
  if (length === 7) return all < 0x80 ? of(a, b, c, d, e, f, g) : null
  const h = bytes[at + 7] as number
  all |= h
  if (length === 8) return all < 0x80 ? of(a, b, c, d, e, f, g, h) : null
  const i = bytes[at + 8] as number
  all |= i
  if (length === 9) return all < 0x80 ? of(a, b, c, d, e, f, g, h, i) : null
  const j = bytes[at + 9] as number
  all |= j
  if (length === 10) return all < 0x80 ? of(a, b, c, d, e, f, g, h, i, j) : null
  const k = bytes[at + 10] as number
  all |= k
  if (length === 11) return all < 0x80 ? of(a, b, c, d, e, f, g, h, i, j, k) : null
  const l = bytes[at + 11] as number
  all |= l
  if (length === 12) return all < 0x80 ? of(a, b, c, d, e, f, g, h, i, j, k, l) : null
  const m = bytes[at + 12] as number
  all |= m
  if (length === 13) return all < 0x80 ? of(a, b, c, d, e, f, g, h, i, j, k, l, m) : null
  const n = bytes[at + 13] as number
  all |= n
  if (length === 14) return all < 0x80 ? of(a, b, c, d, e, f, g, h, i, j, k, l, m, n) : null
  const o = bytes[at + 14] as number
  all |= o
  if (length === 15) return all < 0x80 ? of(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o) : null
  return null
}
