/**
 * `--json`: reports as JSON. Values are written by the codec's own JSON encoder, so that they follow WAMP's
 * rules: bytes are a NUL and base64 in a string, big integers are digits.
 */
import { FORMATS } from '../formats/full.ts'
import { acquireOutput, releaseOutput } from '../payload/output.ts'
import type { FrameReport, MessageReport } from './frame-report.ts'
import type { Guess } from './guess.ts'
import type { Io } from './io.ts'

/** NaN and what else JSON lacks becomes null; a payload is some levels deeper here than in its frame. */
const RULES = { unrepresentable: 'json', maxDepth: 512 } as const

/** Writes one value in one line. */
export function writeJson(io: Io, value: unknown): void {
  const out = acquireOutput()
  try {
    FORMATS.json.encode(out, value, RULES, 'report')
    out.u8(0x0a)
    io.out(out.finish())
  } finally {
    releaseOutput(out)
  }
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
