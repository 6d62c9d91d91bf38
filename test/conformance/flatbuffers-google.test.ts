/**
 * The verdicts of Google's C++ verifier on every change of one byte in official FlatBuffers frames: what it refuses, we
 * refuse; what it accepts and we refuse, a rule explains.
 */
import { describe, expect, test } from 'vitest'
import { createCodec, ProtocolError } from '../../src/index.ts'
import { hasShared, sharedDocument } from '../support/shared.ts'
import { unhex } from '../support/vectors.ts'

const CORPUS = 'corpora/wamp-flatbuffers-mut'

/** Bit x of `ok_bitmap[offset]` is set when the verifier accepts x there. */
interface Verdicts {
  readonly id: string
  readonly hex: string
  readonly trunc_ok: readonly number[]
  readonly ok_bitmap: readonly string[]
}

const serializer = createCodec().serializer('flatbuffers')

/** The refusal, or null. */
function refusalOf(frame: Uint8Array): ProtocolError | null {
  try {
    serializer.decode(frame)
    return null
  } catch (error) {
    if (error instanceof ProtocolError) return error
    throw error
  }
}

type Explains = (error: ProtocolError, frame: Uint8Array) => boolean

/**
 * Rules that the verifier knows nothing of. Each says of the refusal, and where it can of the bytes, that it applies.
 */
const RULES: Readonly<Record<string, Explains>> = {
  'text is UTF-8': ({ code }) => code === 'BAD_UTF8',
  'args and kwargs are a list and a dictionary of their own format': ({ code, path }) =>
    (path === 'args' || path === 'kwargs') && code !== 'BAD_OFFSET' && code !== 'MISALIGNED',
  'a URI keeps the rules of URIs': ({ code }) => code === 'BAD_URI',
  'fields are required': ({ code }) => code === 'MISSING_FIELD',
  'the code of the union is one of WAMP': ({ code }) => code === 'UNKNOWN_UNION',
  'a payload excludes args and kwargs': ({ code }) => code === 'PAYLOAD_RULE',
  'ids are 0 to 2^53': ({ code, message }) =>
    code === 'BAD_MESSAGE' && message.includes('expected an id (0 to 2^53)'),
  'a number of an enumeration has a name': ({ code, message }) =>
    code === 'BAD_MESSAGE' && /has no name for the number|expected kill or killnowait/.test(message),
  'ERROR names a request, and only a revocation its subject': ({ code, message }) =>
    code === 'BAD_MESSAGE' && /expected the code of a request|is only for a revocation/.test(message),
  'no size stands before the buffer': ({ code, offset }, frame) =>
    code === 'BAD_OFFSET' &&
    offset === 0 &&
    new DataView(frame.buffer, frame.byteOffset).getUint32(0, true) === frame.length - 4,
  'a table lies in the frame, and its fields in the table': ({ code, offset }, frame) =>
    code === 'BAD_OFFSET' && isWrongSize(frame, offset as number),
}

/** Of what it accepts, how many changes we refuse by each rule. The list must match exactly. */
const STRICTER: Readonly<Record<string, number>> = {
  'text is UTF-8': 38_695,
  'a table lies in the frame, and its fields in the table': 28_526,
  'ids are 0 to 2^53': 15_328,
  'args and kwargs are a list and a dictionary of their own format': 6369,
  'a number of an enumeration has a name': 1934,
  'a URI keeps the rules of URIs': 1636,
  'ERROR names a request, and only a revocation its subject': 537,
  'fields are required': 189,
  'the code of the union is one of WAMP': 160,
  'a payload excludes args and kwargs': 17,
  'no size stands before the buffer': 11,
}

/**
 * True when `at` is where a table begins whose vtable has no room for its two sizes, or the word of a vtable that says
 * so; or the size of a table that leaves the frame, or a field that leaves its table. The verifier looks at none of
 * these, because its readers do not.
 */
function isWrongSize(frame: Uint8Array, at: number): boolean {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length)
  for (let table = 0; table + 4 <= frame.length; table += 4) {
    const vtable = table - view.getInt32(table, true)
    if (vtable < 0 || vtable + 2 > frame.length) continue
    const vtableSize = view.getUint16(vtable, true)
    if (vtable + 4 > frame.length || vtableSize < 4) {
      if (at === table || at === vtable) return true
      continue
    }
    if (at < vtable + 2 || at >= vtable + vtableSize) continue
    const size = view.getUint16(vtable + 2, true)
    const word = view.getUint16(at, true)
    const isWrong = at === vtable + 2 ? size < 4 || size > frame.length - table : word < 4 || word + 8 > size
    if (isWrong) return true
  }
  return false
}

describe.skipIf(!hasShared(CORPUS))("the verdicts of Google's verifier on changed frames", () => {
  const { entries } = hasShared(CORPUS)
    ? sharedDocument<{ entries: readonly Verdicts[] }>(`${CORPUS}/index.json`)
    : { entries: [] }

  test('what it refuses of all cuts, we refuse', () => {
    for (const { id, hex, trunc_ok: cuts } of entries) {
      const bytes = unhex(hex)
      expect(refusalOf(bytes), id).toBeNull()
      for (let length = 0; length < bytes.length; length++) {
        if (cuts.includes(length)) continue
        expect(refusalOf(bytes.subarray(0, length)), `${id} cut at ${length}`).not.toBeNull()
      }
    }
  })

  test('what it refuses of all changes, we refuse; what we refuse beyond has a rule', () => {
    const stricter: Record<string, number> = {}
    const unexplained: string[] = []
    let refused = 0
    for (const { id, hex, ok_bitmap: verdicts } of entries) {
      const bytes = unhex(hex)
      for (const [at, bitmap] of verdicts.entries()) {
        const old = bytes[at] as number
        const accepted = BigInt(`0x${bitmap}`)
        for (let value = 0; value < 256; value++) {
          if (value === old) continue
          bytes[at] = value
          const error = refusalOf(bytes)
          if (((accepted >> BigInt(value)) & 1n) === 0n) {
            refused++
            if (error === null) expect.fail(`${id}: Google refuses ${value} at ${at}`)
          } else if (error !== null) {
            const rule = Object.keys(RULES).find((name) => RULES[name]?.(error, bytes))
            if (rule === undefined)
              unexplained.push(`${id}: ${value} at ${at}: ${error.code} ${error.message}`)
            else stricter[rule] = (stricter[rule] ?? 0) + 1
          }
        }
        bytes[at] = old
      }
    }
    expect(unexplained.slice(0, 20)).toEqual([])
    expect(entries.length).toBe(26)
    expect(refused).toBe(285_857)
    expect(stricter).toEqual(STRICTER)
  })
})
