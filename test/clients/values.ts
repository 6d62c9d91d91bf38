/** The values that every client must get through, and what a client with a preset sees of them. */
import type { ListPreset } from '../../src/clients/presets.ts'

const LARGE = 100 * 1024

/** A value of 30 levels, lists and dictionaries in turn. */
function nested(depth: number): unknown {
  if (depth === 0) return 'the end'
  return depth % 2 === 0 ? [depth, nested(depth - 1)] : { [`level${depth}`]: nested(depth - 1) }
}

/** Bytes in which every byte value comes. */
function bytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => i % 256)
}

export const VALUES: Readonly<Record<string, unknown>> = {
  unicode: 'ASCII, ü, 漢字, 🚀 and \u{10ffff}',
  bytes: bytes(256),
  'empty bytes': bytes(0),
  null: null,
  '2^53 - 1': 2 ** 53 - 1,
  '2^62 + 1': 2n ** 62n + 1n,
  'a negative number': -(2 ** 40) - 1,
  'a float': 1.5e-7,
  '30 levels': nested(30),
  'text of 100 KB': 'wamp'.repeat(LARGE / 4),
  'a list of 100 KB': Array.from({ length: LARGE / 16 }, (_, i) => ({ index: i, name: `item ${i}` })),
  'bytes of 100 KB': bytes(LARGE),
}

/** What an application sees of a value that came through a list codec with these options. */
export function seen(value: unknown, { binary, integers }: ListPreset): unknown {
  if (typeof value === 'bigint') return integers === 'number' ? Number(value) : value
  if (value instanceof Uint8Array) return binary === 'buffer' ? Buffer.from(value) : Uint8Array.from(value)
  return value
}
