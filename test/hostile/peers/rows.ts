/** The catalogue as frames for other libraries: values as the only argument of a PUBLISH, or alone for FlexBuffers. */
import { type ListFormat, publish, RAW } from '../raw.ts'
import type { Expected } from '../row.ts'
import { FORMAT_ROWS } from '../rows/formats.ts'
import { FRAME_ROWS } from '../rows/frames.ts'
import { LENGTH_ROWS } from '../rows/lengths.ts'
import { TEXT_ROWS } from '../rows/texts.ts'

/** One input: what must happen with it, and its bytes. */
export interface Case {
  readonly id: string
  readonly name: string
  readonly expected: Expected
  readonly bytes: () => Uint8Array
}

/** All inputs in a format. Frames that are no messages are left out: these libraries know nothing of WAMP. */
export function casesOf(format: string): readonly Case[] {
  const values = [...LENGTH_ROWS, ...TEXT_ROWS, ...FORMAT_ROWS].filter((row) => row.format === format)
  const frames = FRAME_ROWS.filter((row) => row.format === format && row.id !== 'A16' && row.id !== 'A17')
  if (format === 'flexbuffers') return values.map((row) => ({ ...row, bytes: () => row.bytes(0) }))
  if (format === 'flatbuffers') return frames
  const list = format as ListFormat
  return [
    ...values.map((row) => ({ ...row, bytes: () => publish(list, [RAW[list].list(row.bytes(1))]) })),
    ...frames,
  ]
}
