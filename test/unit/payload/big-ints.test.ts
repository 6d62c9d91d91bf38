/** BigInts where the heads of formats change: one that a number holds is written as that number is. */
import { expect, test } from 'vitest'
import { encode, hex, PAYLOAD_FORMATS } from './formats.ts'

const EDGES = Array.from({ length: 53 }, (_, bits) => 2 ** bits).flatMap((edge) => [edge - 1, edge, edge + 1])

/** With what stands at the ends of small integers, too. */
const INTEGERS = [...EDGES, 23, 24, 0x1f, 0x20, 0x21].filter(Number.isSafeInteger)

test.each(PAYLOAD_FORMATS)('%s', (format) => {
  for (const integer of INTEGERS.flatMap((each) => [each, each === 0 ? 0 : -each])) {
    expect(hex(encode(format, BigInt(integer))), `${integer}n`).toBe(hex(encode(format, integer)))
    expect(hex(encode(format, [BigInt(integer)])), `[${integer}n]`).toBe(hex(encode(format, [integer])))
  }
})
