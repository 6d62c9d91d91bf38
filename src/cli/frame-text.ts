/** The report of a frame as text: a line for each field, the error with the bytes around it, the sizes. */
import { flatTableOf } from '../message/flatbuffers-lookup.ts'
import { TABLES } from '../message/tables.ts'
import { count, hexDump, type Paint, painter, plural, safeText, valueLines } from './format.ts'
import type { ErrorReport, FieldReport, FrameReport, MessageReport } from './frame-report.ts'
import type { Guess } from './guess.ts'
import type { Io } from './io.ts'

/** The whole report as lines. */
export function frameLines(report: FrameReport, guess: Guess | null, io: Io): string[] {
  const paint = painter(io.hasColours)
  const { messages, serializer, bytes } = report
  const lines: string[] = []
  if (messages.length > 1)
    lines.push(`${paint('bold', serializer)}, ${plural(bytes.length, 'byte')}, ${messages.length} messages`)
  if (guess !== null && messages.length > 1) lines.push(guessLine(guess, paint))
  for (const message of messages) {
    if (lines.length > 0) lines.push('')
    const size = plural(message.end - message.start, 'byte')
    lines.push(`${paint('bold', message.type ?? 'not a WAMP message')}  ${serializer}, ${size}`)
    if (guess !== null && messages.length === 1) lines.push(guessLine(guess, paint))
    lines.push('')
    // Not spread into the call: a peer chooses how many lines there are, and arguments stand on the stack.
    for (const line of messageLines(message, report.bytes, io.columns, paint)) lines.push(line)
  }
  return lines
}

function guessLine(guess: Guess, paint: Paint): string {
  const others =
    guess.confidence === 'weak' && guess.others.length > 0 ? `; or ${guess.others.join(', ')}` : ''
  return paint('dim', `guessed ${guess.serializer} (${guess.confidence}): ${guess.reason}${others}`)
}

/** Columns: bytes, name, value. */
function messageLines(message: MessageReport, bytes: Uint8Array, columns: number, paint: Paint): string[] {
  const { fields, error, sizes } = message
  const spans = fields.map(({ start, end, isOpen }) => (isOpen ? `${start}..` : `${start}..${end}`))
  const names = fields.map(labelOf)
  const spanWidth = longest(spans, 8)
  const nameWidth = Math.min(32, longest(names, 10))
  const gap = `  ${' '.repeat(spanWidth)}  ${' '.repeat(nameWidth)}  `
  const lines: string[] = []
  if (fields.length > 0) {
    lines.push(paint('dim', `  ${'bytes'.padEnd(spanWidth)}  ${'field'.padEnd(nameWidth)}  value`))
  }
  for (const [i, field] of fields.entries()) {
    const [first = '', ...more] = fieldValue(field, fields, Math.max(columns - gap.length, 30))
    const span = paint('dim', (spans[i] as string).padEnd(spanWidth))
    lines.push(`  ${span}  ${paint('cyan', (names[i] as string).padEnd(nameWidth))}  ${first}`.trimEnd())
    for (const line of more) lines.push(gap + line)
  }
  if (error !== null) {
    if (fields.length > 0) lines.push('')
    for (const line of errorLines(error, bytes, paint)) lines.push(line)
  }
  if (sizes.length > 0) {
    const texts = sizes.map(
      ({ format, bytes: size }) => `${format} ${size === null ? 'impossible' : count(size)}`,
    )
    const problems = sizes.flatMap(({ problem }) => (problem === null ? [] : [`  ${safeText(problem)}`]))
    lines.push('', `  ${paint('dim', 'size in bytes:')} ${texts.join(', ')}`, ...problems)
  }
  return lines
}

/** The length of the longest text, at least `least`. */
function longest(texts: readonly string[], least: number): number {
  return texts.reduce((most, { length }) => Math.max(most, length), least)
}

/** The name behind its indentation; a slot of FlatBuffers with its number. */
function labelOf({ name, isOption, depth = isOption ? 1 : 0, slot }: FieldReport): string {
  const number = slot === undefined ? '' : `${slot} `
  return '  '.repeat(depth) + number + safeText(name)
}

function fieldValue(field: FieldReport, fields: readonly FieldReport[], width: number): string[] {
  const { name, value, note } = field
  if (note !== undefined) return [note]
  if (name === 'type' || name === 'request_type' || name === 'msg_type') {
    const type = TABLES.find((table) => table.code === value || flatTableOf(table).code === value)
    return [type === undefined ? String(value) : `${value} ${type.name}`]
  }
  if (value !== undefined) return valueLines(value, { string: 2000, bytes: 32, line: width, lines: 200 })
  if (field.kind !== 'map') return ['?']
  if (fields.some(({ isOption }) => isOption)) return ['']
  return [field.isOpen ? '?' : '{}']
}

/** The error, and the bytes around it. */
export function errorLines(error: ErrorReport, bytes: Uint8Array, paint: Paint): string[] {
  const dump = hexDump(bytes, error.offset)
  return [
    `  ${paint('red', `error at byte ${error.offset}`)}  ${error.code}: ${safeText(error.text)}`,
    '',
    ...dump.map((line) => `    ${/^ +\^/.test(line) ? paint('red', line) : line}`),
  ]
}
