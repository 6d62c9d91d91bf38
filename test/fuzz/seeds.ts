/**
 * The seeds of the fuzzers: one file for each format in test/fuzz/seeds, found by the native fuzzer and minimised by
 * it, and what the shared data adds to them. A seed is a frame or a payload value with two bytes behind it, which say
 * what the native fuzzer does with it (native/harness.c).
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hasShared, sharedDocument, sharedDocuments, sharedLines } from '../support/shared.ts'

/** The formats that are fuzzed. */
export const FUZZ_FORMATS = [
  'json',
  'msgpack',
  'cbor',
  'ubjson',
  'ubjson-draft12',
  'flexbuffers',
  'flatbuffers',
] as const

/** One of them. */
export type FuzzFormat = (typeof FUZZ_FORMATS)[number]

/** Longest seed, its two bytes included. */
export const MAX_SEED = 4096

/** Path of the seeds of a format, from the project's root. */
function fileOf(format: FuzzFormat): string {
  return `test/fuzz/seeds/${format}.seeds`
}

/** The committed seeds of a format: each has its length in two bytes, little-endian, before it. */
export function readSeeds(format: FuzzFormat): Uint8Array[] {
  const file = fileOf(format)
  if (!existsSync(file)) return []
  const bytes = readFileSync(file)
  const seeds: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt16LE(at)
    seeds.push(new Uint8Array(bytes.subarray(at + 2, at + 2 + length)))
    at += 2 + length
  }
  return seeds
}

/** Writes the committed seeds of a format, the shortest first; returns the bytes of the file. */
export function writeSeeds(format: FuzzFormat, seeds: readonly Uint8Array[]): number {
  const sorted = [...seeds].sort((a, b) => a.length - b.length || Buffer.compare(a, b))
  const parts = sorted.flatMap((seed) => [Uint8Array.of(seed.length & 0xff, seed.length >> 8), seed])
  const bytes = Buffer.concat(parts)
  writeFileSync(fileOf(format), bytes)
  return bytes.length
}

/** The frame or value of a seed, without the bytes for the native fuzzer. */
export function frameOfSeed(seed: Uint8Array): Uint8Array {
  return seed.subarray(0, seed.length - 2)
}

interface Entry {
  readonly fmt?: string
  readonly serializer?: string
  readonly hex?: string
}

/** How the corpora name the formats. */
const FORMATS_OF_CORPORA: Readonly<Record<string, FuzzFormat>> = {
  json: 'json',
  msgpack: 'msgpack',
  cbor: 'cbor',
  bjdata: 'ubjson',
  ubjson: 'ubjson-draft12',
  flexbuffers: 'flexbuffers',
  flatbuffers: 'flatbuffers',
}

const CORPORA = [
  'bjdata',
  'cbor-appendix-a',
  'cbor-not-well-formed',
  'flatbuffers-annotated',
  'flexbuffers',
  'floats',
  'hostile',
  'jsontestsuite',
  'msgpack-test-suite',
  'ubjson',
  'ubjson-draft12',
]

/** Frames and payload values of the shared data, and of the examples, by format. */
export function sharedFrames(format: FuzzFormat): { frames: Uint8Array[]; values: Uint8Array[] } {
  const frames: Uint8Array[] = []
  const values: Uint8Array[] = []
  for (const corpus of CORPORA) {
    const file = `corpora/${corpus}/index.json`
    if (!hasShared(file)) continue
    for (const { fmt, hex } of sharedDocument<{ entries: Entry[] }>(file).entries) {
      if (hex !== undefined && FORMATS_OF_CORPORA[fmt ?? ''] === format) values.push(Buffer.from(hex, 'hex'))
    }
  }
  const isOfFormat = ({ serializer }: Entry): boolean =>
    serializer === format || (serializer === 'ubjson' && format === 'ubjson-draft12')
  const lines = ['vectors', 'invalid_bytes', 'fbs_foreign'].flatMap((name) =>
    sharedLines<Entry>(`vectors/reference/${name}.jsonl`),
  )
  for (const entry of [...lines, ...recorded()]) {
    if (entry.hex !== undefined && isOfFormat(entry)) frames.push(Buffer.from(entry.hex, 'hex'))
  }
  for (const document of sharedDocuments<OfficialFile>('vectors/official/singlemessage').values()) {
    for (const { serializers } of document.samples ?? []) {
      for (const { bytes_hex } of serializers?.[format] ?? []) {
        if (bytes_hex !== undefined) frames.push(Buffer.from(bytes_hex, 'hex'))
      }
    }
  }
  return { frames, values }
}

interface OfficialFile {
  readonly samples?: readonly {
    readonly serializers?: Readonly<Record<string, readonly { readonly bytes_hex?: string }[]>>
  }[]
}

/** The recorded session of the examples. */
function recorded(): Entry[] {
  const file = readdirSync('examples/session').find((name) => name.endsWith('.jsonl'))
  if (file === undefined) return []
  const lines = readFileSync(`examples/session/${file}`, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Entry)
}

/** What the native fuzzer may do with frames, and with values (native/harness.c). */
export function variants(format: FuzzFormat): Uint8Array[] {
  const { frames, values } = sharedFrames(format)
  const scans = format === 'flexbuffers' ? 0 : 3
  const all = format === 'flatbuffers' ? 3 : scans + 8
  const seeds: Uint8Array[] = []
  const add = (bytes: Uint8Array, mode: number, limits: number): void => {
    if (bytes.length + 2 <= MAX_SEED) seeds.push(Buffer.concat([bytes, Uint8Array.of(mode, limits)]))
  }
  for (const frame of frames) {
    // Of FlatBuffers, the upper bits are the format of the payload.
    for (let mode = 0; mode < scans; mode++) add(frame, mode, format === 'flatbuffers' ? 2 << 5 : 0)
  }
  // The upper bits are the format that scanTranscoding writes.
  const targets = scans > 0 && all > scans ? 4 : 0
  for (const frame of frames) for (let to = 0; to < targets; to++) add(frame, all, to << 6)
  for (const value of values) for (let mode = scans; mode < all; mode++) add(value, mode, 0)
  return seeds
}
