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

/** What the native fuzzer knows beside them: inputs that are sequences of calls (native/programs.h). */
export const NATIVE_TARGETS: readonly NativeTarget[] = [...FUZZ_FORMATS, 'programs']

/** A format, or the programs. */
export type NativeTarget = FuzzFormat | 'programs'

/** Longest seed, its two bytes included. */
export const MAX_SEED = 4096

/** Path of the seeds of a format, from the project's root. */
function fileOf(format: NativeTarget): string {
  return `test/fuzz/seeds/${format}.seeds`
}

/** The committed seeds of a format: each has its length in two bytes, little-endian, before it. */
export function readSeeds(format: NativeTarget): Uint8Array[] {
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
export function writeSeeds(format: NativeTarget, seeds: readonly Uint8Array[]): number {
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
export function variants(format: NativeTarget): Uint8Array[] {
  if (format === 'programs') return programs()
  const { frames, values } = sharedFrames(format)
  const scans = format === 'flexbuffers' ? 0 : 3
  const all = format === 'flatbuffers' ? 3 : scans + 7
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

/** Kinds of calls, as programs.h numbers them. */
const LOAD = 0
const SCAN = 1
const SCAN_FLATBUFFERS = 2
const SCAN_REST = 3
const CHECK = 4
const TRANSCODE = 5
const SCAN_TRANSCODING = 6
const FIND = 7
const INTERN = 8

/** Programs on the shortest seeds of each format: what the façade does with a frame, in some orders. */
function programs(): Uint8Array[] {
  const made: Uint8Array[] = []
  for (const [number, format] of FUZZ_FORMATS.entries()) {
    const frames = readSeeds(format).map(frameOfSeed).slice(0, 150)
    frames.forEach((frame, i) => {
      const other = frames[(i * 7 + 1) % frames.length] as Uint8Array
      const to = i % 5
      // Spans are chosen in the upper half of the third byte: 1 for args, 2 for kwargs.
      const [args, kwargs] = [0x10 + to, 0x20 + to]
      const payload = format === 'flatbuffers' ? i % 6 : number
      const scan = format === 'flatbuffers' ? [SCAN_FLATBUFFERS, payload, 0, 0] : [SCAN, number, 0, 0]
      const both = [
        scan,
        [TRANSCODE, payload, args, 0],
        [TRANSCODE, payload, kwargs, 2],
        [TRANSCODE, payload, kwargs, 2],
      ]
      const deferred = [
        [SCAN, number, 0, 2],
        [SCAN_REST, 0, 0, 0],
      ]
      const pass = [
        [SCAN, number, 0, 2],
        [SCAN_TRANSCODING, number, to, 2],
        [TRANSCODE, number, 1, 2],
      ]
      const looks = [
        [CHECK, number, 0, 0],
        [FIND, number, 1, 1],
        [LOAD, 1, 0, 0],
        [FIND, number, 0, 0],
        [INTERN, 9, 0, 0],
      ]
      for (const calls of format === 'flexbuffers' || format === 'flatbuffers'
        ? [both, looks]
        : [both, deferred, pass, looks]) {
        const split = [frame.length & 0xff, frame.length >> 8]
        const bytes = Buffer.concat([
          frame,
          other,
          Uint8Array.from([...calls.flat(), calls.length - 1, ...split]),
        ])
        if (bytes.length <= MAX_SEED) made.push(bytes)
      }
    })
  }
  return made
}
