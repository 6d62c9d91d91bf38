/**
 * What the tests of the value encoders and decoders share: the formats behind one interface, rules, hexadecimal,
 * the public corpora and the values that their escapes stand for.
 */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { EncodeError, ProtocolError } from '../../../src/errors.ts'
import { DEFAULT_POLICY, type Policy } from '../../../src/limits.ts'
import { readCbor } from '../../../src/payload/cbor/read.ts'
import { encodeCbor } from '../../../src/payload/cbor/write.ts'
import { decodeFlexbuffers } from '../../../src/payload/flexbuffers/read.ts'
import { encodeFlexbuffers } from '../../../src/payload/flexbuffers/write.ts'
import type { ValueFormat } from '../../../src/payload/format.ts'
import type { PayloadFormatName } from '../../../src/payload/format-names.ts'
import { readJson } from '../../../src/payload/json/read.ts'
import { encodeJson } from '../../../src/payload/json/write.ts'
import { readMsgpack } from '../../../src/payload/msgpack/read.ts'
import { encodeMsgpack } from '../../../src/payload/msgpack/write.ts'
import { acquireOutput, releaseOutput } from '../../../src/payload/output.ts'
import { decodeUbjson, decodeUbjsonDraft12 } from '../../../src/payload/ubjson/read.ts'
import { encodeUbjson, encodeUbjsonDraft12 } from '../../../src/payload/ubjson/write.ts'
import { Float64, Tagged } from '../../../src/payload/values.ts'

const ENCODERS = {
  cbor: encodeCbor,
  msgpack: encodeMsgpack,
  json: encodeJson,
  ubjson: encodeUbjson,
  'ubjson-draft12': encodeUbjsonDraft12,
  flexbuffers: encodeFlexbuffers,
} as const
/** The decoder of each format, for parts of larger buffers. */
export const DECODERS: Readonly<Record<PayloadFormatName, ValueFormat['decode']>> = {
  cbor: readCbor,
  json: readJson,
  msgpack: readMsgpack,
  ubjson: decodeUbjson,
  'ubjson-draft12': decodeUbjsonDraft12,
  flexbuffers: decodeFlexbuffers,
}

export type ListFormat = Exclude<PayloadFormatName, 'flexbuffers'>

/** The formats that are read from front to back. */
export const FORMATS: readonly ListFormat[] = ['json', 'msgpack', 'cbor', 'ubjson', 'ubjson-draft12']

/** Those and the one that only payloads have. */
export const PAYLOAD_FORMATS: readonly PayloadFormatName[] = [...FORMATS, 'flexbuffers']

/** Encodes one value, with the default policy but for `changes`. */
export function encode(
  format: PayloadFormatName,
  value: unknown,
  changes: Partial<Policy> = {},
  path = 'args',
): Uint8Array {
  const out = acquireOutput()
  try {
    ENCODERS[format](out, value, { ...DEFAULT_POLICY, ...changes }, path)
    return out.finish()
  } finally {
    releaseOutput(out)
  }
}

/** Decodes one value, with the default policy but for `changes`. */
export function decode(format: PayloadFormatName, bytes: Uint8Array, changes: Partial<Policy> = {}): unknown {
  return DECODERS[format](bytes, 0, bytes.length, { ...DEFAULT_POLICY, ...changes })
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/** A plain Uint8Array of hexadecimal text; spaces are ignored. */
export function unhex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** The JSON text or the hexadecimal bytes that a value is encoded to. */
export function shown(format: PayloadFormatName, value: unknown, changes: Partial<Policy> = {}): string {
  const bytes = encode(format, value, changes)
  return format === 'json' ? new TextDecoder().decode(bytes) : hex(bytes)
}

/** The error of our own that `run` throws; anything else fails the test. */
export function errorOf(run: () => unknown): EncodeError | ProtocolError {
  try {
    run()
  } catch (error) {
    if (error instanceof EncodeError || error instanceof ProtocolError) return error
    throw error
  }
  throw new Error('expected an error of wamp-codec, got none')
}

export interface CorpusEntry {
  readonly id: string
  readonly hex?: string
  readonly file?: string
  readonly expect: 'accept' | 'reject' | 'either'
  readonly value?: unknown
  readonly alt_value?: unknown
  readonly roundtrip?: boolean
  readonly preferred?: boolean
  readonly kind?: string
}

const SHARED = resolve(process.env.WAMP_CODEC_SHARED ?? '../shared')

/** The path of a file beside the repository, or null when it is missing. */
export function sharedFile(...parts: string[]): string | null {
  const path = resolve(SHARED, ...parts)
  return existsSync(path) ? path : null
}

/** The entries of a public corpus, or null when the corpora are missing. */
export function corpus(name: string): readonly CorpusEntry[] | null {
  const path = sharedFile('corpora', name, 'index.json')
  if (path === null) return null
  return (JSON.parse(readFileSync(path, 'utf8')) as { entries: CorpusEntry[] }).entries
}

/** The bytes of an entry. */
export function entryBytes(name: string, entry: CorpusEntry): Uint8Array {
  if (entry.hex !== undefined) return unhex(entry.hex)
  return new Uint8Array(readFileSync(resolve(SHARED, 'corpora', name, entry.file ?? '')))
}

/** The value that the escapes of the corpora and reference vectors stand for; floats as Float64 when asked. */
export function unescapeValue(value: unknown, asFloat64 = false): unknown {
  if (Array.isArray(value)) return value.map((item) => unescapeValue(item, asFloat64))
  if (asFloat64 && typeof value === 'number' && !Number.isInteger(value)) return new Float64(value)
  if (typeof value !== 'object' || value === null) return value
  const object = value as Record<string, unknown>
  if (typeof object.$bigint === 'string') return BigInt(object.$bigint)
  if (typeof object.$int === 'string') return BigInt(object.$int)
  if (Array.isArray(object.$map)) {
    const entries = object.$map as [string | number, unknown][]
    const isOfNumbers = entries.every(([key]) => typeof key === 'number')
    const pairs = entries.map(([key, item]) => [key, unescapeValue(item, asFloat64)] as const)
    return isOfNumbers ? Object.fromEntries(pairs) : new Map(pairs)
  }
  if (typeof object.$simple === 'number') return new Tagged(object.$simple, null, 'simple')
  if (typeof object.$hex === 'string') return unhex(object.$hex)
  if (typeof object.$float === 'string') {
    const float = Number(object.$float.replace(/^(-?)inf$/, '$1Infinity'))
    return asFloat64 ? new Float64(float) : float
  }
  if (Array.isArray(object.$tag)) return new Tagged(object.$tag[0] as number, unescapeValue(object.$tag[1]))
  if (Array.isArray(object.$ext)) {
    return new Tagged(object.$ext[0] as number, unhex(object.$ext[1] as string), 'extension')
  }
  if (object.$undefined === true) return null
  return Object.fromEntries(
    Object.entries(object).map(([key, item]) => [key, unescapeValue(item, asFloat64)]),
  )
}

/** The value with 0 for -0 and numbers for BigInts that fit: what other codecs do not tell apart. */
export function normal(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(normal)
  if (value instanceof Uint8Array) return new Uint8Array(value)
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, normal(item)]))
}
