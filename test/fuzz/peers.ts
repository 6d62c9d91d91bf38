/**
 * Decoders of others as oracles. What a peer refuses we refuse, and what both read is the same value; where a
 * peer is wrong, or means something else, is listed here and nowhere else.
 */
import { Buffer } from 'node:buffer'
import { decode as msgpackDecode } from '@msgpack/msgpack'
import { Decoder as CborX } from 'cbor-x'
import { decode as cborgDecode } from 'cborg'
import { Unpackr } from 'msgpackr'
import { Tagged } from '../../src/index.ts'
import { canonical } from '../support/vectors.ts'
import type { FuzzFormat } from './seeds.ts'

/** Reads one value, or throws. */
type Decode = (bytes: Uint8Array) => unknown

/** A decoder of others. */
export interface Peer {
  readonly name: string
  readonly decode: Decode
  /** What it refuses although it is well-formed: words of its error. */
  readonly refusesMore: RegExp
  /** Our codes for what it accepts although it is not well-formed, or more than it should be. */
  readonly acceptsMore: readonly string[]
}

const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Our limits, and our strictness about text: no peer has them. */
const STRICTER = ['DEPTH_LIMIT', 'SIZE_LIMIT', 'NODE_LIMIT', 'BAD_UTF8']

const cborx = new CborX({ useRecords: false, mapsAsObjects: true, int64AsNumber: false } as never)
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true, int64AsType: 'auto' } as never)

/** The peers of a format; UBJSON and FlexBuffers have none that is right often enough. */
export const PEERS: Readonly<Partial<Record<FuzzFormat, readonly Peer[]>>> = {
  json: [
    {
      name: 'JSON.parse',
      decode: (bytes) => JSON.parse(text.decode(bytes)),
      refusesMore: /$^/,
      // A text that begins with NUL is base64 to us; 1e400 is not Infinity.
      acceptsMore: [...STRICTER, 'BAD_TOKEN', 'BAD_NUMBER'],
    },
  ],
  cbor: [
    {
      name: 'cborg',
      decode: (bytes) =>
        cborgDecode(bytes, { allowBigInt: true, rejectDuplicateMapKeys: false, useMaps: false }),
      refusesMore: /indefinite|tag|non-string keys|simple|undefined|NaN|Infinity|float|strict/,
      // It takes a break for the value of a pair.
      acceptsMore: [...STRICTER, 'BAD_TOKEN'],
    },
    {
      name: 'cbor-x',
      decode: (bytes) => cborx.decode(Buffer.from(bytes)),
      refusesMore: /./,
      acceptsMore: [...STRICTER, 'BAD_TOKEN', 'TRUNCATED', 'TRAILING_BYTES', 'LENGTH_OVERRUN'],
    },
  ],
  msgpack: [
    {
      name: '@msgpack/msgpack',
      decode: (bytes) => msgpackDecode(bytes, { useBigInt64: true }),
      refusesMore: /__proto__|type of key|size for timestamp/,
      acceptsMore: STRICTER,
    },
    {
      name: 'msgpackr',
      decode: (bytes) => unpackr.unpack(Buffer.from(bytes)),
      refusesMore: /./,
      acceptsMore: [...STRICTER, 'BAD_TOKEN', 'TRUNCATED', 'TRAILING_BYTES', 'LENGTH_OVERRUN'],
    },
  ],
}

/** The value as all peers can have it: big integers as the nearest double, `undefined` as null. */
export function common(value: unknown): string {
  return canonical(plain(value))
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (value === undefined) return null
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map(plain)
  const entries: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value)
  return new Map(entries.map(([key, item]) => [key, plain(item)]))
}

/** True when there is a tag, an extension, or a key that is no text: each peer reads these in its own way. */
export function isPeculiar(value: unknown): boolean {
  if (value instanceof Tagged || value instanceof Map) return true
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false
  return (Array.isArray(value) ? value : Object.values(value)).some(isPeculiar)
}
