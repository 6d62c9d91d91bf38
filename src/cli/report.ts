/**
 * What can be said about a frame, as data: its messages, their fields with bytes and values, the first error,
 * the sizes. `inspect` shows it as text or JSON; nothing here knows how.
 */
import type { Codec } from '../codec.ts'
import { isWampCodecError, type WampCodecError } from '../errors.ts'
import { flatTableOf } from '../message/flatbuffers-lookup.ts'
import type { Message } from '../message/message.ts'
import type { MessageTable } from '../message/table.ts'
import { TABLES } from '../message/tables.ts'
import type { ListFormatName } from '../payload/format-names.ts'
import { batchSpans } from '../serializer/batch.ts'
import type { Dissected, FieldSpan } from '../serializer/dissect.ts'
import { flatbuffersLosses } from '../serializer/flatbuffers/flatbuffers-losses.ts'
import type { ErrorReport, FieldReport, FrameReport, MessageReport, SizeReport } from './frame-report.ts'
import { flatFields, valueIn } from './report-flat.ts'
import {
  type FlatName,
  flatPayload,
  isFlat,
  type SerializerName,
  SIZE_NAMES,
  type SingleName,
  serializerOf,
  singleOf,
} from './serializers.ts'

/** The bytes of one message, and what is wrong with the batch around it. */
interface Part {
  readonly start: number
  readonly end: number
  readonly error: ErrorReport | null
}

/** What the kernel found in a message. */
type Found = Pick<Dissected, 'fields' | 'open'>

/** Looks at every message of a frame. Throws nothing for bad bytes. */
export function reportFrame(codec: Codec, bytes: Uint8Array, id: SerializerName): FrameReport {
  const single = singleOf(id)
  const whole = { start: 0, end: bytes.length, error: null }
  const parts = id === single ? [whole] : batchParts(bytes, single as ListFormatName)
  return { serializer: id, bytes, messages: parts.map((part) => reportMessage(codec, bytes, single, part)) }
}

/** The messages of a batch; of a broken one those before the error, and the broken one. */
function batchParts(bytes: Uint8Array, format: ListFormatName): Part[] {
  try {
    return partsOf(bytes, format)
  } catch (thrown) {
    if (!isWampCodecError(thrown)) throw thrown
    const error = errorReport(thrown, 0)
    // Binary formats tell where the broken message begins; in JSON it is what follows the last separator.
    const rest = format === 'json' ? lastSeparator(bytes, error.offset) + 1 : error.offset
    const before = rest === 0 ? [] : partsOf(bytes.subarray(0, rest), format)
    const start = format === 'json' ? rest : Math.min(rest + 4, bytes.length)
    return [...before, { start, end: bytes.length, error }]
  }
}

function partsOf(bytes: Uint8Array, format: ListFormatName): Part[] {
  const spans = batchSpans(bytes, format)
  const parts: Part[] = []
  for (let i = 0; i < spans.length; i += 2) {
    parts.push({ start: spans[i] as number, end: spans[i + 1] as number, error: null })
  }
  return parts
}

/** The last separator before a byte; -1 when there is none. */
function lastSeparator(bytes: Uint8Array, before: number): number {
  const part = bytes.subarray(0, before)
  return Math.max(part.lastIndexOf(0x1e), part.lastIndexOf(0x18))
}

function reportMessage(codec: Codec, frame: Uint8Array, name: SingleName, part: Part): MessageReport {
  const { start, end } = part
  const serializer = serializerOf(codec, name)
  const bytes = frame.subarray(start, end)
  let message: Message | null = null
  let error = part.error
  let dissected: Found = { fields: [], open: null }
  try {
    if (!isFlat(name)) dissected = codec._dissect(bytes, serializer)
    // This checks the bytes; `decode` also checks URIs, enumerations and the rules between attributes.
    if (error === null) message = serializer.decode(bytes)
  } catch (thrown) {
    if (!isWampCodecError(thrown)) throw thrown
    error = errorReport(thrown, start)
  }
  const found = isFlat(name) ? flatMessage(bytes, name) : listMessage(name, bytes, start, dissected, message)
  return {
    ...found,
    start,
    end,
    error,
    message,
    sizes: message === null ? [] : sizesOf(codec, message),
  }
}

/** Type and fields of a FlatBuffers frame, which is never a part of a batch. */
function flatMessage(
  bytes: Uint8Array,
  name: 'flatbuffers' | FlatName,
): Pick<MessageReport, 'type' | 'fields'> {
  const { code, fields } = flatFields(bytes, flatPayload(name))
  return { type: TABLES.find((table) => flatTableOf(table).code === code)?.name ?? null, fields }
}

function listMessage(
  format: ListFormatName,
  bytes: Uint8Array,
  start: number,
  found: Found,
  message: Message | null,
): Pick<MessageReport, 'type' | 'fields'> {
  const table = message?.table ?? tableOf(format, bytes, found.fields)
  return { type: table?.name ?? null, fields: fieldReports(format, bytes, start, found, table) }
}

/** The error with its byte from the start of the frame, and the text without what is said elsewhere. */
function errorReport(error: WampCodecError, base: number): ErrorReport {
  const text = error.message.replace(/^cannot decode .*? from [a-z0-9-]+: /, '').replace(/ \(byte \d+\)$/, '')
  return { code: error.code, text, offset: base + (error.offset ?? 0) }
}

function tableOf(
  format: ListFormatName,
  bytes: Uint8Array,
  spans: readonly FieldSpan[],
): MessageTable | undefined {
  const type = spans.find(({ name }) => name === 'type')
  if (type === undefined) return undefined
  const code = valueIn(format, bytes, type.start, type.end)
  return TABLES.find((table) => table.code === code)
}

function fieldReports(
  format: ListFormatName,
  bytes: Uint8Array,
  base: number,
  found: Found,
  table: MessageTable | undefined,
): FieldReport[] {
  const positions = table?.positions ?? []
  const options = positions.find(({ kind }) => kind === 'options' || kind === 'options?')?.attribute
  const elements = new Set(['type', 'args', 'kwargs', 'payload', ...positions.map((it) => it.attribute)])
  const reports: FieldReport[] = []
  for (const span of found.fields) {
    const { name, kind, start, end } = span
    const place = { start: base + start, end: base + end }
    if (kind === 'entry') {
      const [key, value] = entryIn(format, bytes, span)
      reports.push({ name: key, kind: 'custom', ...place, isOption: true, isOpen: false, value })
    } else if (name === options) {
      // Of a frame that breaks off inside of the dictionary only its start is known.
      reports.push({ name, kind, ...place, isOption: false, isOpen: span === found.open, value: undefined })
    } else {
      const value = valueIn(format, bytes, start, end)
      reports.push({ name, kind, ...place, isOption: !elements.has(name), isOpen: false, value })
    }
  }
  return reports
}

/** Key and value of an entry: alone it is no value, so it is read as a dictionary of one. */
function entryIn(
  format: ListFormatName,
  bytes: Uint8Array,
  { name, start, end }: FieldSpan,
): [string, unknown] {
  const entry = bytes.subarray(start, end)
  const dict = Buffer.concat([DICT_OF_ONE[format].head, entry, DICT_OF_ONE[format].tail])
  const value = valueIn(format, new Uint8Array(dict), 0, dict.length)
  const [first] = Object.entries((value ?? {}) as Record<string, unknown>)
  return first ?? [name, undefined]
}

const DICT_OF_ONE: Readonly<Record<ListFormatName, { head: Uint8Array; tail: Uint8Array }>> = {
  json: { head: Uint8Array.of(0x7b), tail: Uint8Array.of(0x7d) },
  msgpack: { head: Uint8Array.of(0x81), tail: new Uint8Array(0) },
  cbor: { head: Uint8Array.of(0xa1), tail: new Uint8Array(0) },
  ubjson: { head: Uint8Array.of(0x7b), tail: Uint8Array.of(0x7d) },
  'ubjson-draft12': { head: Uint8Array.of(0x7b), tail: Uint8Array.of(0x7d) },
}

function sizesOf(codec: Codec, message: Message): SizeReport[] {
  return SIZE_NAMES.map((format) => {
    try {
      const lost = format === 'flatbuffers' ? flatbuffersLosses(message).map(({ path }) => path) : []
      if (lost.length > 0)
        return { format, bytes: null, problem: `flatbuffers has no place for ${lost.join(', ')}` }
      return { format, bytes: serializerOf(codec, format).byteLength(message), problem: null }
    } catch (error) {
      if (!isWampCodecError(error)) throw error
      return { format, bytes: null, problem: error.message }
    }
  })
}
