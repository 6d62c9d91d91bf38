/** Random numbers, texts and keys for the fuzz of the writers, most of them beside a border of some format. */
import type { Random } from '../../support/random.ts'

const nanOf = (bits: bigint): number => new Float64Array(new BigUint64Array([bits]).buffer)[0] as number

/** Integers of up to 2^53, and -0. */
export const NUMBERS: readonly number[] = [
  ...[0, 1, 23, 24, 31, 32, 127, 128, 255, 256, 32_767, 32_768, 65_535, 65_536, 999_999, 1e6],
  ...[2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 999_999_999, 1e9, 2 ** 53 - 1, 2 ** 53],
].flatMap((value) => [value, -value, value + 1, -1 - value])

/** What JSON and UBJSON draft 12 do not have; NaN with a sign and with a payload. */
export const NOT_FINITE: readonly number[] = [
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ...[nanOf(0xfff8_0000_0000_0000n), nanOf(0x7ff8_0000_0000_0001n), nanOf(0x7ff0_0000_0000_0001n)],
]

const FLOATS: readonly number[] = [
  ...[-0, 0.1, 1.5, -2.5, 1e-7, 1e-5, 0.0001, 0.000123, 1e15 + 0.5, 1e16, 1e20, 1e21, 1e22, 1.7e308],
  ...[2 ** 53 + 2, -(2 ** 60), 2 ** 63, 2 ** 64, 999_999_999.5, 1_000_000_000.5, 0.1 + 0.2, 123.456],
  ...[5e-324, -5e-324, 2 ** -1022, -(2 ** -1022), 2 ** -1022 - 2 ** -1074, 1e-310, 2 ** -149, 2 ** 127 * 1.5],
]
const POWERS = [7, 8, 15, 16, 31, 32, 53, 63]
const POWERS_BEYOND = [64, 65, 100, 1000]
const TEXT_LENGTHS = [0, 1, 2, 7, 15, 16, 17, 23, 24, 25, 31, 32, 33, 39, 40, 41, 47, 48, 49, 63, 64, 65]
const LONG_TEXTS = [85, 86, 127, 128, 255, 256, 257, 1023, 1024, 1025, 1366]
const HUGE_TEXTS = [21_846, 32_767, 32_768, 65_534, 65_535, 65_536, 70_000]

const KEYS = [
  ...'a b id name value items x_y 0 1 10 -1 007 4294967294 4294967295'.split(' '),
  ...'__proto__ constructor toString length tag größe ключ 漢字 \u{1f600} " \\'.split(' '),
  ...['', 'a b', '\u007f', '\n', '\ufeffx', '\ufffd', '\ue000', '\uffff', '\u{10ffff}'],
  ...[23, 24, 31, 32, 64, 65, 255].map((length) => 'k'.repeat(length)),
  ...[20, 300].map((length) => 'ü'.repeat(length)),
]
const WILD_KEYS = ['\ud800', 'a\udc00', '\udfffb', `${'k'.repeat(70)}\ud800`, 'a\0b', '\0']

/** Any finite number, floats mostly. */
export function randomFloat(random: Random): number {
  switch (random.int(0, 4)) {
    case 0:
      return random.float()
    case 1:
      return Math.fround(random.float())
    case 2:
      return random.int(-1e9, 1e9) / 10 ** random.int(1, 9)
    default:
      return random.pick(FLOATS)
  }
}

/** An integer of 64 bits, if it is wild sometimes a longer one. */
export function randomBigInt(random: Random, isWild: boolean): bigint {
  const isBeyond = isWild && random.int(0, 9) === 0
  const power = random.pick(isBeyond ? POWERS_BEYOND : POWERS)
  const value = 2n ** BigInt(power) + BigInt(random.int(-2, 1))
  if (random.int(0, 1) === 0) return value
  return power === 63 ? -(2n ** 63n) + BigInt(random.int(0, 1)) : -value
}

/** Bytes of a byte string. */
export function randomSize(random: Random): number {
  if (random.int(0, 300) === 0) return random.pick([65_535, 65_536, 70_000])
  return random.pick(random.int(0, 9) === 0 ? [254, 300] : [0, 1, 2, 3, 4, 8, 9, 16, 17, 24, 40])
}

/** A well-formed text: ASCII, beyond it, or nearly ASCII. */
export function randomText(random: Random): string {
  let length = random.pick(TEXT_LENGTHS)
  if (random.int(0, 9) === 0) length = random.pick(LONG_TEXTS)
  if (random.int(0, 300) === 0) length = random.pick(HUGE_TEXTS)
  const ascii = 'The quick brown fox jumps over the lazy dog. '.repeat(length / 45 + 1).slice(0, length)
  switch (random.int(0, 6)) {
    case 0:
      return random.text(length)
    case 1:
      return random.pick(['é', '漢', '\u{1f600}', '\u2028', '\ufffd']).repeat(length)
    case 2:
      return ascii.slice(1) + random.pick(['é', '漢', '\u{1f600}', '"', '\\', '\n', '\u007f', 'x\0'])
    case 3:
      return random.pick(['é', '\ufeff', '\u{1f600}', '"', '\t']) + ascii.slice(1)
    default:
      return ascii
  }
}

/** A key: one that comes often, or one that comes once; if it is wild sometimes one that is refused. */
export function randomKey(random: Random, isWild: boolean): string {
  if (isWild && random.int(0, 60) === 0) return random.pick(WILD_KEYS)
  if (random.int(0, 9) > 0) return random.pick(KEYS)
  return `${random.text(4).replaceAll('\0', '')}${random.int(0, 1e6)}`
}
