/**
 * The catalogue of hostile inputs through every way in (P1, P4, P7, P8, P11). Every refusal is an error of ours with
 * the code, the format and a place within the bytes; what is read is plain data; and afterwards the codec is as it was,
 * and so is every constant in the kernel's memory (P15).
 */
import { describe, expect, test } from 'vitest'
import { createCodec, EncodeError, ERROR_CODES, ProtocolError, WampCodecError } from '../../src/index.ts'
import { type StaticImage, watchedKernel } from '../support/image.ts'
import { canonical } from '../support/vectors.ts'
import { notPlain } from './plain.ts'
import { FORMATS } from './raw.ts'
import type { Expected } from './row.ts'
import { FORMAT_ROWS } from './rows/formats.ts'
import { BATCH_ROWS, FRAME_ROWS } from './rows/frames.ts'
import { LENGTH_ROWS } from './rows/lengths.ts'
import { ALONE_ROWS, TEXT_ROWS } from './rows/texts.ts'
import {
  ALONE_WAYS,
  BATCH_WAYS,
  type Codecs,
  FRAME_WAYS,
  goodFrame,
  serializerOf,
  VALUE_WAYS,
  type Way,
} from './ways.ts'

const isDeep = process.env.WAMP_CODEC_DEEP === '1'

interface AnyRow {
  readonly id: string
  readonly name: string
  readonly format: string
  readonly expected: Expected
  readonly isBig?: boolean
  readonly isCut?: boolean
  readonly bytes: (levels: number) => Uint8Array
}

interface Build {
  readonly codecs: Codecs
  readonly image: StaticImage
}

function buildOf(name: string): Build {
  const { module, image } = watchedKernel(name)
  const deferred = createCodec({ module, payloadValidation: 'deferred' })
  return { codecs: { eager: createCodec({ module }), deferred }, image }
}

const BUILDS: Readonly<Record<string, Build>> = { simd: buildOf('simd'), scalar: buildOf('scalar') }

/** What the codec makes of a good frame: the bytes that it writes again, and the values that it reads. */
function state({ eager, deferred }: Codecs, format: string): string {
  const wire = format === 'flexbuffers' ? 'flatbuffers' : format
  return [eager, deferred]
    .map((codec) => {
      const message = serializerOf(codec, wire).decode(goodFrame(wire))
      const json = serializerOf(codec, wire === 'json' ? 'cbor' : 'json').encode(message)
      message.uncache()
      const again = serializerOf(codec, wire).encode(message)
      return `${canonical(message.marshal())} ${Buffer.from(again).toString('hex')} ${Buffer.from(json).toString('hex')}`
    })
    .join('\n')
}

/** What is wrong with what a way did with a row; null when nothing is. */
function breach(way: Way, row: AnyRow, codecs: Codecs, bytes: Uint8Array): string | null {
  const { expected } = row
  let error: unknown = null
  try {
    const found = notPlain(way.run(codecs, row.format as never, bytes))
    if (found !== null) return `gave ${found}`
  } catch (thrown) {
    error = thrown ?? 'nothing'
  }
  if (error === null)
    return expected === 'accept' || expected === 'either' || way.isShallow ? null : 'was read'
  if (!(error instanceof WampCodecError)) return `threw ${String(error)}`
  // What was read may have no form in another format. It is a value that is refused then: no byte, so no offset.
  if (way.writes && error instanceof EncodeError)
    return ERROR_CODES.includes(error.code) && error.format !== null ? null : `threw ${error.code}`
  if (!(error instanceof ProtocolError)) return `threw ${error.name} ${error.code}`
  const { code, offset, format } = error
  if (!ERROR_CODES.includes(code)) return `threw the code ${code}`
  if (expected !== 'either' && !expected.includes(code)) return `threw ${code}: ${error.message}`
  if (offset === null || offset < 0 || offset > bytes.length + 512) return `${code} at ${offset}`
  return format === way.errorFormat(row.format) ? null : `${code} of the format ${format}`
}

const ROWS: readonly (readonly [what: string, rows: readonly AnyRow[], ways: readonly Way[]])[] = [
  ['values', [...LENGTH_ROWS, ...TEXT_ROWS, ...FORMAT_ROWS], VALUE_WAYS],
  ['values alone', ALONE_ROWS, ALONE_WAYS],
  ['frames', FRAME_ROWS, FRAME_WAYS],
  ['batches', BATCH_ROWS, BATCH_WAYS],
]

/** Rows make their bytes anew; here each is made once. */
const made = new Map<AnyRow, Map<number, Uint8Array>>()

function bytesOf(row: AnyRow, around: number): Uint8Array {
  // Most rows do not ask what is around them.
  const levels = row.bytes.length === 0 ? 0 : around
  const known = made.get(row) ?? new Map<number, Uint8Array>()
  made.set(row, known)
  const bytes = known.get(levels) ?? row.bytes(levels)
  known.set(levels, bytes)
  return bytes
}

/** Ways that the scalar kernel goes through in quick tests, too. */
const BOTH_BUILDS = ['payload.validate', 'args: decode', 'decode', 'transcode to cbor', 'transcode to json']

const prototype = JSON.stringify(Reflect.ownKeys(Object.prototype).map(String))

describe.each(ROWS)('%s', (_what, rows, ways) => {
  describe.each([...FORMATS, 'flatbuffers'].filter((format) => rows.some((row) => row.format === format)))(
    'in %s',
    (format) => {
      const own = rows.filter((row) => row.format === format)

      test.each(ways.filter((way) => way.takes(format)))('$name', (way) => {
        const breaches = new Map<string, string>()
        for (const [build, { codecs, image }] of Object.entries(BUILDS)) {
          // That both builds say the same is for the fuzz tests; here the ways in are the question.
          if (build === 'scalar' && !isDeep && !BOTH_BUILDS.includes(way.name)) continue
          const good = state(codecs, format)
          for (const [i, row] of own.entries()) {
            if ((row.isBig && !way.takesBig) || (row.isCut && way.hasMore)) continue
            const bytes = bytesOf(row, way.levels)
            const found = breach(way, row, codecs, bytes) ?? image.difference()
            if (found !== null) breaches.set(`${build}, ${row.id} ${row.name}`, found)
            if ((isDeep || i % 16 === 0) && state(codecs, format) !== good)
              breaches.set(`${build}, after ${row.id} ${row.name}`, 'the codec is another')
          }
          if (state(codecs, format) !== good) breaches.set(`${build}, after all`, 'the codec is another')
        }
        const found = [...breaches].map(([where, what]) => `${where}: ${what}`)
        if (found.length > 0) expect.fail(found.slice(0, 40).join('\n'))
        expect(JSON.stringify(Reflect.ownKeys(Object.prototype).map(String))).toBe(prototype)
      })
    },
  )
})
