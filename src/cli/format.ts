/** Values, bytes and tables as text for people. Nothing that comes out of a frame can steer the terminal. */

import { isBytes, isMap } from '../brand.ts'
import { floatText } from '../payload/json/number-text.ts'
import { Float64 } from '../payload/values.ts'

/** How values are shortened. */
export interface TextLimits {
  /** Characters of a string, after which it is cut. */
  readonly string: number
  /** Bytes shown of binary. */
  readonly bytes: number
  /** Characters of a line. */
  readonly line: number
  /** Lines of a value. */
  readonly lines: number
}

/** What turns text into text with a colour; the identity when there are none. */
export type Paint = (colour: Colour, text: string) => string

/** The colours in use, with their ANSI codes; `util.styleText` begins with Node 20.12 and we with 20.0. */
const COLOURS = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const

/** One of the colours. */
export type Colour = keyof typeof COLOURS

/** Paints, or does not. */
export function painter(hasColours: boolean): Paint {
  return hasColours ? (colour, text) => `\x1b[${COLOURS[colour]}m${text}\x1b[0m` : (_colour, text) => text
}

/**
 * What could steer a terminal or turn text around: C0 and C1 controls and the directional marks of Unicode.
 * JSON.stringify escapes only the first.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this looks for
const UNSAFE = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g

/** Text without anything that a terminal would obey: such characters become their \u escapes. */
export function safeText(text: string): string {
  return text.replace(UNSAFE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The same for several lines: they stay lines. */
export function safeLines(text: string): string {
  return text.split('\n').map(safeText).join('\n')
}

/** The same for JSON: white space between its tokens is none of what a string would escape. */
export function safeJson(text: string): string {
  return safeLines(text.replace(/[\t\r]/g, ' '))
}

/** Text of at most so many characters. */
export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, Math.max(length - 3, 0))}...` : text
}

/** `1234567` as `1,234,567`. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** A count with its noun, `1 frame` or `2 frames`. */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`
}

/** `<3 bytes 000102>`, at most `shown` of them. */
export function bytesText(bytes: Uint8Array, shown: number): string {
  const hex = Buffer.from(bytes.subarray(0, shown)).toString('hex')
  const rest = bytes.length > shown ? '...' : ''
  return `<${plural(bytes.length, 'byte')}${hex === '' || shown === 0 ? '' : ` ${hex}${rest}`}>`
}

function stringText(text: string, limits: TextLimits): string {
  const isLong = text.length > limits.string
  const quoted = safeText(JSON.stringify(isLong ? text.slice(0, limits.string) : text))
  return isLong ? `${quoted}... (${plural(text.length, 'character')})` : quoted
}

/** True when a value has elements or entries. */
function isContainer(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  return !(isBytes(value) || value instanceof Float64)
}

function scalarText(value: unknown, limits: TextLimits): string {
  if (typeof value === 'string') return stringText(value, limits)
  if (isBytes(value)) return bytesText(value, limits.bytes)
  if (value instanceof Float64) return floatText(value.value)
  return Object.is(value, -0) ? '-0' : String(value)
}

/** Text before each element or entry: nothing, or the key. */
function* partsOf(value: object, limits: TextLimits): Generator<[label: string, part: unknown]> {
  if (Array.isArray(value)) for (const part of value as unknown[]) yield ['', part]
  else if (isMap(value))
    for (const [key, part] of value) yield [`${begin(key, limits, limits.string)}: `, part]
  else for (const [key, part] of Object.entries(value)) yield [`${stringText(key, limits)}: `, part]
}

/** A value in one line, as JSON; cut at `limits.line` characters, without walking through what is cut. */
export function lineText(value: unknown, limits: TextLimits): string {
  return cut(begin(value, limits, limits.line), limits.line)
}

/** The one-line text, or a beginning of it that is longer than `room`. */
function begin(value: unknown, limits: TextLimits, room: number): string {
  if (!isContainer(value)) return scalarText(value, limits)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  let text = open
  for (const [label, part] of partsOf(value, limits)) {
    text += `${text === open ? '' : ', '}${label}`
    if (text.length <= room) text += begin(part, limits, room - text.length)
    if (text.length > room) return text
  }
  return text + close
}

/** A value in as many lines as it needs: in one if it fits, else one line for each element. */
export function valueLines(value: unknown, limits: TextLimits): string[] {
  const lines: string[] = []
  addLines(lines, '', value, '', '', limits)
  if (lines.length <= limits.lines) return lines
  return [...lines.slice(0, limits.lines - 1), '... (--json shows all)']
}

function addLines(
  lines: string[],
  indent: string,
  value: unknown,
  label: string,
  after: string,
  limits: TextLimits,
): void {
  if (lines.length > limits.lines) return
  const room = limits.line - indent.length - label.length - after.length
  const text = begin(value, limits, room)
  if (text.length <= room || !isContainer(value)) {
    lines.push(indent + label + text + after)
    return
  }
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  lines.push(`${indent}${label}${open}`)
  for (const [partLabel, part] of partsOf(value, limits)) {
    if (lines.length > limits.lines) return
    addLines(lines, `${indent}  `, part, partLabel, ',', limits)
  }
  // The last entry has no comma, as in JSON.
  lines.push((lines.pop() as string).replace(/,$/, ''), `${indent}${close}${after}`)
}

const ROW = 16

/** The row of 16 bytes at `offset` and its neighbours in hex and ASCII, with a caret under that byte. */
export function hexDump(bytes: Uint8Array, offset: number): string[] {
  const at = Math.min(offset, bytes.length)
  // An offset at the very end of a full row belongs behind that row, not into an empty one.
  const isBehind = at === bytes.length && at > 0 && at % ROW === 0
  const row = isBehind ? at / ROW - 1 : Math.floor(at / ROW)
  const lines: string[] = []
  for (let i = Math.max(row - 1, 0); i <= row + 1; i++) {
    if (i > row && i * ROW >= bytes.length) break
    lines.push(hexRow(bytes, i * ROW))
    if (i === row) lines.push(caretLine(bytes, at, at - row * ROW))
  }
  return lines
}

function hexRow(bytes: Uint8Array, start: number): string {
  const row = [...bytes.subarray(start, start + ROW)]
  const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
  const ascii = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
  return `${start.toString(16).padStart(4, '0')}  ${hex.padEnd(ROW * 3 - 1)}  ${ascii}`.trimEnd()
}

function caretLine(bytes: Uint8Array, at: number, column: number): string {
  const where = at === bytes.length ? `the end, byte ${at}` : `byte ${at}`
  return `${' '.repeat(6 + column * 3)}^ ${where}`
}

/** Rows of cells with aligned columns; `right` lists the columns that are aligned to the right. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length)
  }
  return rows.map((row) =>
    row
      .map((cell, i) => (right.includes(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}
