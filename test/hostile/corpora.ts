/** The public corpora through every validator that we have, and what came of it. */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'
import { createCodec, ProtocolError } from '../../src/index.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'
import { flatBuffersWith } from '../support/flatbuffers-made.ts'
import { hasShared, sharedDocument, sharedPath } from '../support/shared.ts'
import { viewDiffers } from '../support/walk-view.ts'
import { GENERATED } from './generated.ts'
import { hex, join, type ListFormat, publish, RAW } from './raw.ts'
import { serializerOf } from './ways.ts'

interface Entry {
  readonly id: string
  readonly fmt?: string
  readonly hex?: string
  readonly file?: string
  readonly text?: string
  readonly json_number?: boolean
  readonly f64?: string
  readonly len?: number
  readonly deflateRawBase64?: string
  readonly gen?: string
  readonly sha256?: string
  readonly expect?: 'accept' | 'reject' | 'either'
  readonly required?: string
}

/** A line of the report. */
export interface CorpusResult {
  readonly name: string
  readonly entries: number
  readonly asExpected: number
  /** `id: what we do`, each of which the list of known differences names. */
  readonly differences: readonly string[]
}

/** Each corpus with the format that its entries are read in. */
export const CORPORA: readonly (readonly [name: string, format: PayloadFormatName])[] = [
  ['jsontestsuite', 'json'],
  ['cbor-appendix-a', 'cbor'],
  ['cbor-not-well-formed', 'cbor'],
  ['msgpack-test-suite', 'msgpack'],
  ['ubjson', 'ubjson-draft12'],
  ['ubjson-draft12', 'ubjson-draft12'],
  ['bjdata', 'ubjson'],
  ['flexbuffers', 'flexbuffers'],
]

/** True when the corpora are there. */
export const HAS_CORPORA: boolean = hasShared('corpora')

/** Larger ones are about memory and time: nobody walks through a view of them, or wraps them. */
const LARGE = 2 ** 22

const codec = createCodec()

/** Entries of a corpus. */
export function entriesOf(name: string): readonly Entry[] {
  if (!HAS_CORPORA) return []
  return sharedDocument<{ entries: Entry[] }>(`corpora/${name}/index.json`).entries
}

function bytesOf(name: string, entry: Entry): Uint8Array {
  if (entry.deflateRawBase64 !== undefined)
    return new Uint8Array(inflateRawSync(Buffer.from(entry.deflateRawBase64, 'base64')))
  if (entry.hex !== undefined) return hex(entry.hex)
  if (entry.gen !== undefined) return generatedFor(entry)
  return new Uint8Array(readFileSync(sharedPath(`corpora/${name}/${entry.file}`)))
}

/** What an entry describes; throws unless it is that to the last byte. */
function generatedFor({ id, len, sha256 }: Entry): Uint8Array {
  const bytes = GENERATED[id]?.() ?? new Uint8Array(0)
  const found = createHash('sha256').update(bytes).digest('hex')
  if (bytes.length !== len || found !== sha256) throw new Error(`${id} is not what was made for it`)
  return bytes
}

/**
 * The verdict of all validators of a value: the decoder, the kernel alone, views, as args of a message, as args of a
 * FlatBuffers frame, and the transcoder; `accept` or the code. Throws when they do not agree about accepting, or for
 * foreign errors.
 */
export function verdict(format: PayloadFormatName, bytes: Uint8Array): string {
  const ways: Record<string, () => unknown> = {
    decode: () => codec.payload(format).decode(bytes),
    validate: () => codec.payload(format).validate(bytes),
    view: () => {
      const view = codec.payload(format).view(bytes)
      const found = bytes.length > LARGE ? null : viewDiffers(view, codec.payload(format).decode(bytes))
      if (found !== null) throw new Error(`a view differs: ${found}`)
    },
    transcode: () => codec.transcode(bytes, { from: format, to: format === 'cbor' ? 'msgpack' : 'cbor' }),
  }
  // What has no bytes, or more than one value, is another thing inside of a list.
  if (format !== 'flexbuffers' && isWhole(format, bytes)) {
    const list = format as ListFormat
    ways.args = () =>
      serializerOf(codec, list)
        .decode(publish(list, [RAW[list].list(bytes)]))
        .marshal()
    ways['args in flatbuffers'] = () =>
      codec
        .serializer('flatbuffers', { payloadSerializer: format })
        .decode(flatBuffersWith(RAW[list].list(bytes)))
        .marshal()
  }
  const verdicts = Object.entries(ways).map(([way, run]) => [way, outcome(run)] as const)
  const [[, first]] = verdicts as [readonly [string, string]]
  for (const [way, other] of verdicts) {
    if ((other === 'accept') !== (first === 'accept')) throw new Error(`decode: ${first}, ${way}: ${other}`)
  }
  return first
}

/** Whether a value that is refused alone must be refused in a list as well: not when it is cut, or followed by more. */
function isWhole(format: PayloadFormatName, bytes: Uint8Array): boolean {
  if (bytes.length > LARGE) return false
  const alone = outcome(() => codec.payload(format).validate(bytes))
  if (alone === 'accept') return true
  if (format === 'json' || format.startsWith('ubjson')) return alone === 'BAD_UTF8'
  return alone !== 'TRAILING_BYTES'
}

function outcome(run: () => unknown): string {
  try {
    run()
    return 'accept'
  } catch (error) {
    if (error instanceof ProtocolError) return error.code
    // A value that was read and has no form in the other format.
    if ((error as { code?: string }).code === 'UNENCODABLE') return 'accept'
    throw error
  }
}

/** What a corpus of whole values came to. */
export function runCorpus(name: string, format: PayloadFormatName): CorpusResult {
  const differences: string[] = []
  const entries = entriesOf(name)
  for (const entry of entries) {
    const found = verdict(format, bytesOf(name, entry))
    if (entry.expect === 'either' || (entry.expect === 'accept') === (found === 'accept')) continue
    differences.push(`${name} ${entry.id} ${found}`)
  }
  return { name, entries: entries.length, asExpected: entries.length - differences.length, differences }
}

/** UTF-8 as text and key of every list format, as text of FlexBuffers, and as topic of a frame. */
export function runUtf8(): CorpusResult {
  const entries = entriesOf('utf8')
  const differences: string[] = []
  for (const { id, hex: text = '', expect } of entries) {
    const bytes = hex(text)
    for (const format of ['json', 'msgpack', 'cbor', 'ubjson', 'ubjson-draft12'] as const) {
      // JSON has its own rules for these.
      if (format === 'json' && bytes.some((byte) => byte < 0x20 || byte === 0x22 || byte === 0x5c)) continue
      const { list, map, text: written, key } = RAW[format]
      const found = [list(written(bytes)), map([key(bytes), list()])].map((each) => verdict(format, each))
      for (const each of found) {
        if ((expect === 'accept') !== (each === 'accept')) differences.push(`utf8 ${id} ${format}:${each}`)
      }
    }
    if (bytes.length > 250) continue
    const flex = join([bytes.length], bytes, 0, bytes.length + 1, 5 << 2, 1)
    const found = verdict('flexbuffers', flex)
    if ((expect === 'accept') !== (found === 'accept')) differences.push(`utf8 ${id} flexbuffers:${found}`)
  }
  return {
    name: 'utf8',
    entries: entries.length,
    asExpected: entries.length - differences.length,
    differences,
  }
}

/** Decimal texts as JSON: the right bits, or refused; and all half floats as CBOR. */
export function runFloats(): CorpusResult {
  const entries = entriesOf('floats')
  const differences: string[] = []
  const view = new DataView(new ArrayBuffer(8))
  const json = createCodec({ integers: 'number' }).payload('json')
  const double = (bits: string): number => {
    view.setBigUint64(0, BigInt(`0x${bits}`))
    return view.getFloat64(0)
  }
  for (const { id, text = '', json_number: isJson, f64 = '' } of entries) {
    const expected = double(f64)
    const bytes = join(text)
    const isRead = isJson === true && Number.isFinite(expected)
    if ((verdict('json', bytes) === 'accept') !== isRead) differences.push(`floats ${id} verdict`)
    else if (isRead && !Object.is(json.decode(bytes), expected)) differences.push(`floats ${id} bits`)
  }
  const halves = sharedDocument<readonly (readonly [string, string])[]>('corpora/floats/half.json')
  const cbor = codec.payload('cbor')
  for (const [bits, f64] of halves) {
    // What is infinite with 16 bits is 65536 as decimal text.
    const expected = /^[7f]c00$/i.test(bits) ? Number(bits[0] === '7' ? '1e999' : '-1e999') : double(f64)
    if (!Object.is(cbor.decode(hex(`f9${bits}`)), expected)) differences.push(`floats half-${bits} bits`)
  }
  const all = entries.length + halves.length
  return { name: 'floats', entries: all, asExpected: all - differences.length, differences }
}

/** The team's hostile inputs: refused, read, or either, as each says. Some are large: see hostile-child.mjs. */
export function runHostile(): CorpusResult {
  const differences: string[] = []
  const entries = entriesOf('hostile')
  for (const entry of entries) {
    const { id, fmt = '', required = '' } = entry
    const bytes = bytesOf('hostile', entry)
    const found =
      fmt === 'flatbuffers'
        ? outcome(() => codec.serializer('flatbuffers').decode(bytes).marshal())
        : /^(?:frame|uri)/.test(id)
          ? outcome(() => serializerOf(codec, fmt).decode(bytes).marshal())
          : verdict(fmt as PayloadFormatName, bytes)
    const mustReject = required === 'reject'
    const mustAccept = ['accept', 'exact', 'keep', 'NaN', 'own-or-reject'].includes(required)
    if ((mustReject && found === 'accept') || (mustAccept && found !== 'accept'))
      differences.push(`hostile ${id} ${found}`)
  }
  return {
    name: 'hostile',
    entries: entries.length,
    asExpected: entries.length - differences.length,
    differences,
  }
}
