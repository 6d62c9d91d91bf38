/** A recorded session: one line a frame, then what was in it altogether. */
import type { Codec } from '../codec.ts'
import type { Message } from '../message/message.ts'
import { EXIT_BROKEN, EXIT_OK } from './failure.ts'
import {
  count,
  cut,
  lineText,
  type Paint,
  painter,
  plural,
  safeText,
  type TextLimits,
  table,
} from './format.ts'
import type { FrameReport } from './frame-report.ts'
import { errorLines } from './frame-text.ts'
import { guessSerializer, noGuess } from './guess.ts'
import type { SessionLine } from './input.ts'
import type { Io } from './io.ts'
import { fieldsOf } from './json-fields.ts'
import { frameJson, JsonText, writeJson } from './machine.ts'
import { reportFrame } from './report.ts'
import { type Meanings, type SerializerName, SIZE_NAMES } from './serializers.ts'

/** A line of the session and what is in it; null when no serializer could be guessed. */
interface Inspected {
  readonly line: SessionLine
  readonly report: FrameReport | null
}

/** What a session holds altogether. */
export interface SessionSummary {
  readonly frames: number
  readonly messages: number
  /** Frames that could not be decoded. */
  readonly broken: number
  /** Messages by type, most frequent first. */
  readonly types: Readonly<Record<string, number>>
  /** Frames and bytes as they were recorded, by serializer. */
  readonly recorded: Readonly<Partial<Record<SerializerName, { frames: number; bytes: number }>>>
  /** Bytes of all decoded messages, written in each format; null when one of them cannot be. */
  readonly sizes: Readonly<Partial<Record<(typeof SIZE_NAMES)[number], number | null>>>
}

/** Shows a session; gives the exit code. */
export function inspectSession(
  codec: Codec,
  lines: readonly SessionLine[],
  options: {
    readonly serializer: SerializerName | null
    readonly json: boolean
    readonly meanings: Meanings
  },
  io: Io,
): number {
  const all = lines.map((line): Inspected => {
    const named = options.serializer ?? line.serializer
    const id = named ?? guessSerializer(codec, line.bytes, options.meanings)?.serializer
    return { line, report: id === undefined ? null : reportFrame(codec, line.bytes, id) }
  })
  const summary = summarize(all)
  if (options.json) {
    const frames = all.map(({ line, report }) => ({ ...frameNotes(line), ...jsonOf(line, report) }))
    writeJson(io, { frames, summary })
  } else {
    const paint = painter(io.hasColours)
    const parts = [frameTable(all, io.columns, paint), brokenLines(all, paint), summaryLines(summary, paint)]
    io.out(`${parts.flat().join('\n')}\n`)
  }
  return summary.broken === 0 ? EXIT_OK : EXIT_BROKEN
}

/** What the recorder wrote beside the frame. */
function frameNotes({ n, text }: SessionLine): object {
  const notes = [...fieldsOf(text)].filter(([key]) => key !== 'hex' && key !== 'serializer')
  return { n, ...Object.fromEntries(notes.map(([key, value]) => [key, new JsonText(value)])) }
}

function jsonOf({ bytes }: SessionLine, report: FrameReport | null): object {
  if (report !== null) return frameJson(report, null)
  return { serializer: null, bytes: bytes.length, messages: [], error: noGuess(bytes) }
}

function isBroken({ report }: Inspected): boolean {
  return report === null || report.messages.some(({ error }) => error !== null)
}

/** Counts. Types are named as WAMP does; messages whose type cannot be read count as `broken` only. */
function summarize(all: readonly Inspected[]): SessionSummary {
  const types: Record<string, number> = {}
  const recorded: SessionSummary['recorded'] = {}
  const totals: Record<string, { frames: number; bytes: number }> = recorded
  const sizes: Record<string, number | null> = Object.fromEntries(SIZE_NAMES.map((name) => [name, 0]))
  let messages = 0
  for (const { report } of all) {
    if (report === null) continue
    totals[report.serializer] ??= { frames: 0, bytes: 0 }
    const total = totals[report.serializer] as { frames: number; bytes: number }
    total.frames++
    total.bytes += report.bytes.length
    for (const { message, sizes: own } of report.messages) {
      if (message === null) continue
      messages++
      const { name } = message.table
      types[name] = (types[name] ?? 0) + 1
      for (const { format, bytes } of own) {
        const sum = sizes[format] ?? null
        sizes[format] = sum === null || bytes === null ? null : sum + bytes
      }
    }
  }
  const sorted = Object.entries(types).sort(([, a], [, b]) => b - a)
  const broken = all.filter(isBroken).length
  return { frames: all.length, messages, broken, types: Object.fromEntries(sorted), recorded, sizes }
}

const SHORT: TextLimits = { string: 60, bytes: 4, line: 200, lines: 1 }

function frameTable(all: readonly Inspected[], columns: number, paint: Paint): string[] {
  const rows = all.map((it) => {
    const { line, report } = it
    const { client, direction } = line.record
    const cells = [
      String(line.n),
      typeof client === 'string' ? safeText(client) : '',
      typeof direction === 'string' ? safeText(direction) : '',
      report?.serializer ?? '?',
      count(line.bytes.length),
      report?.messages.map(({ type }) => type ?? '?').join('+') ?? '?',
      isBroken(it) ? 'BROKEN' : (report?.messages ?? []).map(({ message }) => brief(message)).join(' + '),
    ]
    // The longest cell makes all others of its column as long.
    return cells.map((cell) => cut(cell, columns))
  })
  const [head = '', ...body] = table(
    [['n', 'client', 'way', 'serializer', 'bytes', 'message', ''], ...rows],
    [0, 4],
  )
  return [
    paint('dim', head),
    ...body.map((text, i) => {
      const shown = cut(text, columns)
      return isBroken(all[i] as Inspected) ? paint('red', shown) : shown
    }),
  ]
}

/** The list form without the code and without Options: ids, URIs and the payload. */
function brief(message: Message | null): string {
  if (message === null) return ''
  const parts: string[] = []
  const values = message as unknown as Readonly<Record<string, unknown>>
  const { positions, payload } = message.table
  for (const { attribute, kind } of positions) {
    if (kind === 'options' || kind === 'options?') continue
    const value = values[attribute]
    // An empty text must be seen.
    parts.push(typeof value === 'string' && value !== '' ? safeText(value) : lineText(value, SHORT))
  }
  if (payload !== 'none') {
    for (const name of ['args', 'kwargs', 'payload']) {
      const value = values[name]
      if (value != null) parts.push(lineText(value, SHORT))
    }
  }
  return parts.join(' ')
}

/** Broken frames after the table, each with its bytes around the error. */
function brokenLines(all: readonly Inspected[], paint: Paint): string[] {
  const lines: string[] = []
  for (const { line, report } of all) {
    if (report === null) lines.push('', `frame ${line.n}: ${noGuess(line.bytes)}`)
    for (const { error, type } of report?.messages ?? []) {
      if (error === null || report === null) continue
      lines.push('', `frame ${line.n}: ${type ?? 'not a WAMP message'}, ${report.serializer}`)
      for (const text of errorLines(error, report.bytes, paint)) lines.push(text)
    }
  }
  return lines
}

function summaryLines(summary: SessionSummary, paint: Paint): string[] {
  const { frames, messages, broken, types, recorded, sizes } = summary
  const byType = Object.entries(types).map(([name, number]) => `${name} ${number}`)
  const rows = Object.entries(recorded).map(([id, total]) => [id, count(total.frames), count(total.bytes)])
  const inAll = SIZE_NAMES.map((name) => `${name} ${sizes[name] == null ? '-' : count(sizes[name])}`)
  const health = broken === 0 ? 'none broken' : paint('red', `${broken} broken`)
  const all = messages === 1 ? 'the message' : `all ${count(messages)} messages`
  return [
    '',
    `${paint('bold', plural(frames, 'frame'))}, ${health}`,
    ...wrapped(byType, 100).map((line) => `  ${line}`),
    '',
    ...table([['serializer', 'frames', 'bytes'], ...rows], [1, 2]).map((line, i) =>
      i === 0 ? paint('dim', `  ${line}`) : `  ${line}`,
    ),
    '',
    `  ${paint('dim', `bytes of ${all}:`)} ${inAll.join(', ')}`,
    '',
    paint('dim', '  --frame N shows one of them in full'),
  ]
}

/** Words joined by commas, in lines of at most `width` characters. */
function wrapped(words: readonly string[], width: number): string[] {
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length + 2 > width) lines.push(word)
    else lines[lines.length - 1] = `${last}, ${word}`
  }
  return lines.map((line, i) => (i < lines.length - 1 ? `${line},` : line))
}
