/** `--json`: reports as JSON, each in one line. */
import { isBytes, isMap } from '../brand.ts'
import { floatText } from '../payload/json/number-text.ts'
import { Float64 } from '../payload/values.ts'
import { safeJson, safeText } from './format.ts'
import type { FrameReport, MessageReport } from './frame-report.ts'
import type { Guess } from './guess.ts'
import type { Io } from './io.ts'

/** A value that is JSON already. */
export class JsonText {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** Writes one value in one line. */
export function writeJson(io: Io, value: unknown): void {
  io.out(`${jsonText(value)}\n`)
}

/**
 * A value as JSON in which nothing can steer a terminal. As in WAMP's JSON, bytes are a NUL and base64 in a string, and
 * big integers are digits; but any text is a string, what has no form is null, and a `Map` is a list of pairs.
 */
export function jsonText(value: unknown): string {
  if (typeof value === 'string') return safeText(JSON.stringify(value))
  if (value instanceof Float64) return Number.isFinite(value.value) ? floatText(value.value) : 'null'
  if (typeof value === 'number' && !Number.isFinite(value)) return 'null'
  if (typeof value !== 'object' || value === null)
    return Object.is(value, -0) ? '-0.0' : String(value ?? null)
  if (value instanceof JsonText) return safeJson(value.text)
  if (isBytes(value)) return JSON.stringify(`\0${Buffer.from(value).toString('base64')}`)
  if (isMap(value)) return listText([...value])
  if (Array.isArray(value)) return listText(value)
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  return `{${entries.map(([key, entry]) => `${jsonText(key)}:${jsonText(entry)}`).join(',')}}`
}

function listText(list: readonly unknown[]): string {
  return `[${list.map(jsonText).join(',')}]`
}

/** The report of a frame as plain data. */
export function frameJson(report: FrameReport, guess: Guess | null): object {
  const { serializer, bytes, messages } = report
  return { serializer, guess, bytes: bytes.length, messages: messages.map(messageJson) }
}

function messageJson({ type, start, end, fields, error, sizes }: MessageReport): object {
  return {
    type,
    start,
    end,
    fields: fields.map(({ name, kind, start: from, end: to, isOption, isOpen, value, slot, depth }) => ({
      name,
      kind,
      start: from,
      end: isOpen ? null : to,
      isOption,
      value,
      // Left out where they are undefined: frames of list formats have neither.
      slot,
      depth,
    })),
    error,
    sizes: error !== null ? null : Object.fromEntries(sizes.map(({ format, bytes }) => [format, bytes])),
  }
}
