/** Numbers as bytes, for the oracles of the writers. */

/** An integer in two's complement, of so many bytes. */
export function integer(value: bigint | number, size: number, isLittle = false): number[] {
  let rest = BigInt.asUintN(size * 8, BigInt(value))
  const bytes: number[] = []
  for (let i = 0; i < size; i++, rest >>= 8n) bytes.push(Number(rest & 255n))
  return isLittle ? bytes : bytes.reverse()
}

/** A float of 64 bits; NaN is the one without a payload. */
export function float(value: number, isLittle = false): number[] {
  if (Number.isNaN(value)) return isLittle ? [0, 0, 0, 0, 0, 0, 0xf8, 0x7f] : [0x7f, 0xf8, 0, 0, 0, 0, 0, 0]
  const buffer = Buffer.alloc(8)
  if (isLittle) buffer.writeDoubleLE(value)
  else buffer.writeDoubleBE(value)
  return [...buffer]
}
