/**
 * Round trips with the codecs of others, through the public API: what we write they read, and what they write we read,
 * for random values. Where a peer bends a value the value is bent first, and says so.
 */
import { Decoder as CborDecoder, Encoder as CborEncoder } from 'cbor-x'
import { Packr, Unpackr } from 'msgpackr'
import { expect, test } from 'vitest'
import { createCodec } from '../../src/index.ts'
import {
  readByNpm,
  sameForNpm,
  valueReadByNpm,
  valueWrittenByNpm,
  writtenByNpm,
} from '../conformance/flexbuffers-npm.ts'
import { common } from '../fuzz/peers.ts'
import { createRandom, type Random } from '../support/random.ts'
import { sameValue } from '../support/same-value.ts'
import { canonical } from '../support/vectors.ts'

const SEED = 20_261_123
const VALUES = process.env.WAMP_CODEC_DEEP === '1' ? 200_000 : 20_000

interface Peer {
  readonly format: 'cbor' | 'msgpack' | 'json' | 'flexbuffers'
  readonly name: string
  write(value: unknown): Uint8Array
  read(bytes: Uint8Array): unknown
  /** Values that the peer reads as they are, and those that it writes as they are. */
  readable(random: Random): unknown
  writable(random: Random): unknown
  /** The value as both can have it, when they are not the same at once. */
  same(value: unknown): string
}

const cborEncoder = new CborEncoder({ useRecords: false, mapsAsObjects: true, tagUint8Array: false })
const cborDecoder = new CborDecoder({ useRecords: false, mapsAsObjects: true } as never)
const packr = new Packr({ useRecords: false })
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true, int64AsType: 'auto' } as never)

/** Peers make objects by assignment, which loses `__proto__`, and write -0 as 0. */
function bent(value: unknown): unknown {
  if (value === 0) return 0
  if (Array.isArray(value)) return value.map(bent)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  const entries = Object.entries(value).filter(([key]) => key !== '__proto__')
  return Object.fromEntries(entries.map(([key, item]) => [key, bent(item)]))
}

const any = (random: Random): unknown => bent(random.value(3, { bytes: true }))
/** JSON of others has no bytes. */
const plain = (random: Random): unknown => bent(random.value(3))

const PEERS: readonly Peer[] = [
  {
    format: 'cbor',
    name: 'cbor-x',
    write: (value) => cborEncoder.encode(value),
    read: (bytes) => cborDecoder.decode(Buffer.from(bytes)),
    readable: any,
    writable: any,
    same: common,
  },
  {
    format: 'msgpack',
    name: 'msgpackr',
    write: (value) => packr.pack(value),
    read: (bytes) => unpackr.unpack(Buffer.from(bytes)),
    readable: any,
    writable: any,
    same: common,
  },
  {
    format: 'json',
    name: 'JSON',
    write: (value) => new TextEncoder().encode(JSON.stringify(value)),
    read: (bytes) => JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)),
    readable: plain,
    writable: plain,
    same: common,
  },
  {
    format: 'flexbuffers',
    name: 'flatbuffers (npm)',
    write: writtenByNpm,
    read: readByNpm,
    readable: (random) => valueReadByNpm(random, 3),
    writable: (random) => valueWrittenByNpm(random, 3),
    same: (value) => canonical(sameForNpm(value)),
  },
]

test.each(PEERS)(`${VALUES} random values there and back with $name (seed ${SEED})`, (peer) => {
  const { format, same } = peer
  const codec = createCodec().payload(format)
  const random = createRandom(SEED)
  let refused = 0
  for (let i = 0; i < VALUES; i++) {
    const given = i % 2 === 0 ? peer.readable(random) : peer.writable(random)
    const bytes = i % 2 === 0 ? ours(given) : peer.write(given)
    if (bytes === null) {
      refused++
      continue
    }
    const read = i % 2 === 0 ? peer.read(bytes) : codec.decode(bytes)
    // Not `expect` for each of some thousand values: it would take most of the time.
    if (!sameValue(read, given) && same(read) !== same(given))
      expect.fail(`value ${i}: ${Buffer.from(bytes).toString('hex').slice(0, 4000)}`)
  }
  // Text that begins with NUL is refused in JSON, where it would be bytes.
  expect(refused).toBeLessThan(format === 'json' ? VALUES / 10 : 1)

  /** Null for what JSON cannot say. */
  function ours(value: unknown): Uint8Array | null {
    try {
      return codec.encode(value)
    } catch (error) {
      if (format === 'json' && (error as { code?: string }).code === 'UNENCODABLE') return null
      throw error
    }
  }
})
