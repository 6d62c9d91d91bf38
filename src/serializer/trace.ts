/** The fields of a frame with their bytes: for `wamp-codec inspect`, and for whoever looks at a broken frame. */
import * as abi from '../kernel/abi.ts'
import type { Receiver } from '../message/receive.ts'
import { fieldName, refusalOf } from '../message/refusal.ts'
import { TABLES } from '../message/tables.ts'
import { FORMATS } from '../payload/format.ts'
import { batchSpans } from './batch.ts'
import { type Frame, loadFrame } from './frame.ts'
import { formatOf } from './ids.ts'
import type { Serializer } from './serializer.ts'

/** One field: byte offsets from the start of the frame. */
export interface FieldSpan {
  /** Attribute, `options`, a custom key's entry, or `error`. */
  readonly name: string
  /** What stands there: `text`, `integer`, `array` ..., or the error's text. */
  readonly kind: string
  readonly start: number
  readonly end: number
}

const KINDS: Readonly<Record<number, string>> = {
  [abi.KIND_NULL]: 'null',
  [abi.KIND_FALSE]: 'boolean',
  [abi.KIND_TRUE]: 'boolean',
  [abi.KIND_UINT]: 'integer',
  [abi.KIND_NINT]: 'integer',
  [abi.KIND_BIGINT]: 'integer',
  [abi.KIND_FLOAT]: 'float',
  [abi.KIND_TEXT]: 'text',
  [abi.KIND_BYTES]: 'bytes',
  [abi.KIND_ARRAY]: 'array',
  [abi.KIND_MAP]: 'map',
  [abi.KIND_OTHER]: 'tag',
}

/** Scans a frame and tells what it found, up to the first error. */
export function traceFrame(receiver: Receiver, frame: Frame, serializer: Serializer): FieldSpan[] {
  const name = formatOf(serializer.id) as keyof typeof FORMATS
  const bytes = loadFrame(receiver.kernel, frame, name, !serializer.isBinary, receiver.policy)
  const spans = serializer.isBatched ? batchSpans(bytes, name) : [0, bytes.length]
  const fields: FieldSpan[] = []
  for (let i = 0; i < spans.length; i += 2) {
    const start = spans[i] as number
    fields.push(...traceMessage(receiver, FORMATS[name].id, name, start, (spans[i + 1] as number) - start))
  }
  return fields
}

function traceMessage(
  receiver: Receiver,
  format: number,
  name: string,
  base: number,
  length: number,
): FieldSpan[] {
  const { kernel, policy } = receiver
  const flags = abi.SCAN_TRACE | (policy.tags === 'tagged' ? abi.SCAN_TAGGED : 0)
  const status = kernel.scan(base, length, format, flags, policy)
  const word = (place: number): number => kernel.words[kernel.record + place] as number
  const table = TABLES[word(abi.RECORD_FORM)]
  const index = kernel.readIndex(word(abi.RECORD_FIELDS))
  const fields: FieldSpan[] = []
  for (let i = 0; i < index.length; i += 3) {
    const packed = index[i] as number
    const field = packed & 0xff
    // A custom value is part of its key's entry.
    if (field === abi.FIELD_NONE) continue
    const isKey = field === abi.FIELD_KEY
    fields.push({
      name: fieldName(table, field),
      kind: isKey ? 'entry' : (KINDS[packed >> 8] ?? 'value'),
      start: base + (index[i + 1] as number),
      end: base + (index[i + 2] as number),
    })
  }
  fields.sort((a, b) => a.start - b.start || b.end - a.end)
  if (status !== abi.OK) {
    const { message, offset } = refusalOf(kernel, status, name, policy, base)
    fields.push({ name: 'error', kind: message, start: offset ?? base, end: offset ?? base })
  }
  return fields
}
