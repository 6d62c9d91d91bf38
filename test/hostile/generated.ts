/**
 * The inputs of the shared hostile corpus that it describes instead of holding them, because they are large. Each is
 * made here byte by byte; the corpus has its length and SHA-256.
 */
import { join, repeat, uint } from './raw.ts'

const MILLION = 1_000_000

/** Heads of `step` bytes, one in the other; each claims what `count` says of the bytes that are left after it. */
function claims(length: number, step: number, head: number, count: (left: number) => number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += step) {
    bytes[at] = head
    bytes.set(uint(count(length - at - step), 4), at + 1)
  }
  return bytes
}

/** A text of so many letters behind a head with a length of four bytes. */
function text(head: number, length: number): Uint8Array {
  // No copies: the largest is 600 MB.
  const bytes = new Uint8Array(5 + length).fill(0x61)
  bytes[0] = head
  bytes.set(uint(length, 4), 1)
  return bytes
}

const numbered = (count: number, item: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => item(i)).join('')

/** Definitions of records as msgpackr has them: an extension, the keys, and their values. */
function records(count: number): Uint8Array {
  const bytes = Buffer.alloc(count * 20 + 5)
  let at = bytes.writeUInt32BE(count, bytes.writeUInt8(0xdd))
  for (let i = 0; i < count; i++) {
    at += bytes.write(`\u00d4\u0072${String.fromCharCode(0x40 + (i % 32))}\u0092`, at, 'latin1')
    for (const key of [`a${i}`, `b${i}`]) {
      at = bytes.writeUInt8(0xa0 + key.length, at)
      at += bytes.write(key, at, 'latin1')
    }
    at = bytes.writeUInt16BE(0x0102, at)
  }
  return new Uint8Array(bytes.subarray(0, at))
}

function sparseKeys(): Uint8Array {
  const entries = numbered(MILLION, (i) => {
    const key = String(i * 4099)
    return `${String.fromCharCode(0xa0 + key.length)}${key}\u0001`
  })
  return join(0xdf, uint(MILLION, 4), Buffer.from(entries, 'latin1'))
}

/** By the id of the entry. */
export const GENERATED: Readonly<Record<string, () => Uint8Array>> = {
  'nest-prealloc-40KB/cbor': () => claims(40_000, 5, 0x9a, (left) => left),
  'nest-map-prealloc-40KB/msgpack': () => claims(39_990, 6, 0xdf, (left) => (left >> 1) + 4),
  'array-16M-nulls/msgpack': () => join(0xdd, uint(2 ** 24 - 1, 4), repeat(0xc0, 2 ** 24 - 1)),
  '16M-empty-maps/json': () => join('[', repeat('{},', 5_592_403), '{}]'),
  'keys-1e6-distinct/json': () => join(`{${numbered(MILLION, (i) => `${i === 0 ? '' : ','}"k${i}":1`)}}`),
  'keys-1e6-intlike-sparse/msgpack': sparseKeys,
  'json-frac-1e7-digits/json': () => join('[0.', repeat('0', 1e7), '1]'),
  'records-1e5/msgpack': () => records(20_000),
  'str-64MB/cbor': () => text(0x7a, 2 ** 26),
  'str-64MB/msgpack': () => text(0xdb, 2 ** 26),
  'str-600MB/msgpack': () => text(0xdb, 600 * 2 ** 20),
}
