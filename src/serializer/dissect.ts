/** The fields of a frame with their bytes: for `wamp-codec inspect`, and for a look at a broken frame. */
import { ProtocolError } from '../errors.ts'
import * as abi from '../kernel/abi.ts'
import { acceptance } from '../kernel/kernel.ts'
import type { Receiver } from '../message/receive.ts'
import { fieldName } from '../message/refusal.ts'
import { TABLES } from '../message/tables.ts'
import type { ValueFormat } from '../payload/format.ts'
import type { AttributeReader } from '../payload/payload.ts'
import { batchSpans, placeInWindow } from './batch.ts'
import { type Frame, loadFrame } from './frame.ts'
import type { Serializer } from './serializer.ts'

/** One field: byte offsets from the start of the frame. */
export interface FieldSpan {
  /**
   * Attribute, `options`, a custom key's entry, or `error` for why the frame is refused. A refused ERROR may have two
   * spans named `error`: its URI, and the refusal, which is the last one.
   */
  readonly name: string
  /** What stands there: `text`, `integer`, `array` ..., or the error's text. */
  readonly kind: string
  /** The first byte. */
  readonly start: number
  /** The byte behind the last one. */
  readonly end: number
}

/** What a frame has, and why it is refused. @internal */
export interface Dissected {
  /** What was found up to the first error, without it. */
  readonly fields: FieldSpan[]
  /** That of the fields which is Options or Details without an end: the frame is broken inside; null when none is. */
  readonly open: FieldSpan | null
  /** The refusal; null for a good frame. */
  readonly error: FieldSpan | null
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

/** Scans a frame and tells what it found, up to the first error. @internal */
export function dissectFrame(receiver: Receiver, frame: Frame, serializer: Serializer): Dissected {
  const { _format: format, _reader: reader } = serializer
  const name = reader?.name ?? format.name
  const bytes = loadFrame(receiver.kernel, frame, name, !serializer.isBinary, receiver.policy)
  const spans: number[] = serializer.isBatched ? [] : [0, bytes.length]
  const batchError = serializer.isBatched ? refusal(() => batchSpans(bytes, format.name, spans)) : null
  const fields: FieldSpan[] = []
  let open: FieldSpan | null = null
  const { loads } = receiver.kernel
  for (let i = 0; i < spans.length; i += 2) {
    const start = spans[i] as number
    const length = (spans[i + 1] as number) - start
    const at = placeInWindow(receiver.kernel, loads, bytes, start, length)
    for (const { isOpen, ...field } of foundFields(receiver, format, reader, at, length)) {
      const span = { ...field, start: start + field.start, end: start + field.end }
      fields.push(span)
      if (isOpen) open = span
    }
    // Decoding tells what is wrong, if anything is: also what no single value shows.
    const error = refusal(() => receiver.receive(format, bytes, start, length, at, reader))
    if (error !== null) return { fields, open, error }
  }
  return { fields, open, error: batchError }
}

/** The error that refuses a frame, as a field. */
function refusal(read: () => unknown): FieldSpan | null {
  try {
    read()
    return null
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    return { name: 'error', kind: error.message, start: error.offset ?? 0, end: error.offset ?? 0 }
  }
}

/** A field of one message; `isOpen` is true for a dictionary whose end was not found. */
type FoundField = FieldSpan & { readonly isOpen: boolean }

/** What the kernel finds in one message, `at` bytes from the start of its window, in the order of the bytes. */
function foundFields(
  receiver: Receiver,
  format: ValueFormat,
  reader: AttributeReader | null,
  at: number,
  length: number,
): FoundField[] {
  const { kernel, policy } = receiver
  const flags = abi.SCAN_DISSECT | acceptance(policy)
  if (reader === null) kernel.scan(at, length, format.id, flags, policy)
  else kernel.scanFlatBuffers(at, length, format.id, flags, policy)
  const word = (place: number): number => kernel.words[kernel.record + place] as number
  const table = TABLES[word(abi.RECORD_MESSAGE)]
  const index = kernel.readIndex(word(abi.RECORD_FIELDS))
  const fields: FoundField[] = []
  // A dictionary with entries that was read to its end is there twice: its head, when it began, and the whole.
  let heads = 0
  for (let i = 0; i < index.length; i += 3) if (((index[i] as number) & 0xff) === abi.FIELD_OPTIONS) heads++
  for (let i = 0; i < index.length; i += 3) {
    const packed = index[i] as number
    const field = packed & 0xff
    const kind = field === abi.FIELD_KEY ? 'entry' : (KINDS[(packed >> 8) & 0xff] ?? 'value')
    fields.push({
      name: fieldName(table, field),
      kind,
      start: index[i + 1] as number,
      end: index[i + 2] as number,
      isOpen: field === abi.FIELD_OPTIONS && heads === 1,
    })
  }
  fields.sort((a, b) => a.start - b.start || b.end - a.end)
  return fields.filter(({ name, start }, i) => name !== fields[i - 1]?.name || start !== fields[i - 1]?.start)
}
