/**
 * Where frames come from: a file, standard input or the command line, as raw bytes, hex, base64 or a recorded
 * session. Forms are told apart by their bytes: frames begin with `[` or a byte beyond ASCII, texts never do.
 */
import { reasonOf, UsageError } from './failure.ts'
import type { Io } from './io.ts'
import { type Meanings, type SerializerName, serializerName, USUAL } from './serializers.ts'

/** One line of a recorded session. */
export interface SessionLine {
  /** Number in the file, from 1. */
  readonly line: number
  /** The line's own `n`, or `line` when it has none. */
  readonly n: number
  /** The line as it stands there, without what is around the object. */
  readonly text: string
  /** Everything that stands in the line. */
  readonly record: Readonly<Record<string, unknown>>
  /** Null when the line does not say. */
  readonly serializer: SerializerName | null
  readonly bytes: Uint8Array
}

/** A frame or a session. */
export type Input =
  | { readonly kind: 'frame'; readonly bytes: Uint8Array }
  | { readonly kind: 'session'; readonly lines: readonly SessionLine[] }

/** What the command line says about the source. */
export interface Source {
  readonly files: readonly string[]
  readonly hex: readonly string[]
  readonly base64: readonly string[]
  /** What names leave open, in the lines of a session too. */
  readonly meanings: Meanings
}

/** Reads the one source that is given, or standard input. Throws UsageError. */
export async function readInput(source: Source, io: Io): Promise<Input> {
  const { files, meanings } = source
  const [hex] = source.hex
  const [base64] = source.base64
  const given = files.length + source.hex.length + source.base64.length
  if (given > 1) throw new UsageError('give one FILE, --hex or --base64, not several')
  if (hex !== undefined) return { kind: 'frame', bytes: parseHex(hex, '--hex') }
  if (base64 !== undefined) return { kind: 'frame', bytes: parseBase64(base64, '--base64') }
  const [file] = files
  if (file !== undefined && file !== '-')
    return parseInput(readFile(file, io), file.endsWith('.jsonl'), meanings)
  if (file === undefined && io.stdinIsTty) {
    throw new UsageError('nothing to read: give a FILE, --hex TEXT, --base64 TEXT or standard input')
  }
  return parseInput(await readStdin(io), false, meanings)
}

async function readStdin(io: Io): Promise<Uint8Array> {
  try {
    return await io.readStdin()
  } catch (error) {
    throw new UsageError(`cannot read standard input: ${reasonOf(error)}`)
  }
}

function readFile(path: string, io: Io): Uint8Array {
  try {
    return io.readFile(path)
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reasonOf(error)}`)
  }
}

/** Finds out in which form bytes are. `isSession` says that the file's name has decided it. */
export function parseInput(bytes: Uint8Array, isSession: boolean, meanings: Meanings = USUAL): Input {
  const text = textOf(bytes)
  if (isSession || (text !== null && looksLikeSession(text))) {
    return { kind: 'session', lines: parseSession(text ?? new TextDecoder().decode(bytes), meanings) }
  }
  if (text !== null && text.trim() !== '') {
    if (isHex(text)) return { kind: 'frame', bytes: parseHex(text, 'the input') }
    if (isBase64(text)) return { kind: 'frame', bytes: parseBase64(text, 'the input') }
  }
  return { kind: 'frame', bytes: withoutMark(bytes, text) }
}

/** The byte order marks that editors put before text, with the encodings that they stand for. */
const MARKS: readonly (readonly [encoding: string, ...mark: number[]])[] = [
  ['utf-8', 0xef, 0xbb, 0xbf],
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
]

/** The encoding that the bytes name by a mark; UTF-8 without one. */
function encodingOf(bytes: Uint8Array): string {
  const marked = MARKS.find(([, ...mark]) => mark.every((byte, i) => bytes[i] === byte))
  return marked === undefined ? 'utf-8' : marked[0]
}

/** The bytes as text, without a mark; null when they are none. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** A frame without the mark of an editor, and in UTF-8. No frame begins with a mark, in any serializer. */
function withoutMark(bytes: Uint8Array, text: string | null): Uint8Array {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3)
  const isWideJson = encodingOf(bytes) !== 'utf-8' && text !== null && /^\s*\[/.test(text)
  return isWideJson ? new TextEncoder().encode(text) : bytes
}

/** True when the first line is an object with hex: no JSON frame begins with a brace. */
function looksLikeSession(text: string): boolean {
  const first = /^\s*(\{[^\n]*)/.exec(text)?.[1]
  if (first === undefined) return false
  try {
    return typeof (JSON.parse(first) as { hex?: unknown }).hex === 'string'
  } catch {
    return false
  }
}

/** The lines of a recorded session; empty ones are left out. Throws UsageError naming the line. */
export function parseSession(text: string, meanings: Meanings = USUAL): SessionLine[] {
  const lines: SessionLine[] = []
  for (const [index, whole] of text.split('\n').entries()) {
    // Files with a mark that were joined have it in the middle, too.
    const content = whole.replace(/^\ufeff/, '')
    if (content.trim() === '') continue
    const line = index + 1
    const record = recordOf(content, line)
    const { hex, serializer, n } = record
    if (typeof hex !== 'string') throw new UsageError(`line ${line} of the session has no "hex"`)
    if (serializer !== undefined && typeof serializer !== 'string') {
      throw new UsageError(`line ${line} of the session: "serializer" is not a string`)
    }
    lines.push({
      line,
      n: typeof n === 'number' ? n : line,
      text: content.trim(),
      record,
      serializer:
        serializer === undefined ? null : serializerName(serializer, `line ${line} of the session`, meanings),
      bytes: parseHex(hex, `line ${line} of the session`),
    })
  }
  if (lines.length === 0) throw new UsageError('the session has no frames')
  return lines
}

function recordOf(content: string, line: number): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch {
    throw new UsageError(`line ${line} of the session is not JSON`)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>
  }
  throw new UsageError(`line ${line} of the session is not an object`)
}

/** Hex digits as tools print them: `84 18 20`, `0x84, 0x18`, `84:18`. */
function hexDigits(text: string): string {
  return text.replace(/(?<![0-9a-f])0x/gi, '').replace(/[\s,:]+/g, '')
}

function isHex(text: string): boolean {
  const digits = hexDigits(text)
  return digits.length > 0 && digits.length % 2 === 0 && /^[0-9a-f]+$/i.test(digits)
}

/** Bytes of hex text. Throws UsageError for an odd number of digits and for anything but digits. */
export function parseHex(text: string, where: string): Uint8Array {
  const digits = hexDigits(text)
  const wrong = /[^0-9a-f]/i.exec(digits)
  if (wrong !== null) throw new UsageError(`${where}: ${JSON.stringify(wrong[0])} is not a hex digit`)
  if (digits.length % 2 !== 0)
    throw new UsageError(`${where}: an odd number of hex digits (${digits.length})`)
  return new Uint8Array(Buffer.from(digits, 'hex'))
}

function isBase64(text: string): boolean {
  const letters = text.replace(/\s+/g, '')
  return letters.length > 1 && /^[A-Za-z0-9+/_-]+={0,2}$/.test(letters) && isWholeBase64(letters)
}

/** Groups of four letters, the last one of two or three, or filled with `=`. */
function isWholeBase64(letters: string): boolean {
  const bare = letters.replace(/=+$/, '')
  return bare.length % 4 !== 1 && (bare.length === letters.length || letters.length % 4 === 0)
}

/** Bytes of base64 or base64url text. Throws UsageError for anything else. */
export function parseBase64(text: string, where: string): Uint8Array {
  const letters = text.replace(/\s+/g, '')
  if (letters === '') return new Uint8Array(0)
  if (!isBase64(text)) throw new UsageError(`${where}: this is not base64`)
  return new Uint8Array(Buffer.from(letters, 'base64'))
}
