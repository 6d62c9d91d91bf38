/**
 * A second FlatBuffers reader, for tests only: the npm runtime's ByteBuffer, driven by the shared copy of the schema
 * and not by our tables. It checks nothing; it says what a buffer that is sound holds.
 */
import { ByteBuffer } from 'flatbuffers'
import { hasShared, sharedDocument } from './shared.ts'

/** The shared copy of the schema. */
export interface Schema {
  readonly enums: Readonly<Record<string, { readonly values: Readonly<Record<string, number>> }>>
  readonly unions: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly tables: Readonly<
    Record<string, { readonly fields: readonly SchemaField[]; readonly slots: number }>
  >
}

interface SchemaField {
  readonly slot: number
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly default: number | boolean | null
}

export const SCHEMA_FILE = 'wire/fbs_schema.json'

/** The schema; null where the shared data is missing. */
export const SCHEMA: Schema | null = hasShared(SCHEMA_FILE) ? sharedDocument<Schema>(SCHEMA_FILE) : null

/** Slots that are present, by name; nested tables likewise, numbers beyond 2^53 as BigInt. */
export type Slots = Readonly<Record<string, unknown>>

const WIDTHS: Readonly<Record<string, 8 | 16 | 32>> = { uint16: 16, uint32: 32, MessageType: 16 }

/** The union byte and the slots of the message's table, which the schema calls `nameOf(code)`. */
export function readBySchema(
  bytes: Uint8Array,
  nameOf: (code: number) => string,
): { readonly code: number; readonly slots: Slots } {
  const buffer = new ByteBuffer(bytes)
  const root = buffer.readInt32(0)
  const code = buffer.readUint8(root + buffer.__offset(root, 4))
  const table = buffer.__indirect(root + buffer.__offset(root, 6))
  return { code, slots: slotsOf(buffer, table, nameOf(code)) }
}

function slotsOf(buffer: ByteBuffer, table: number, name: string): Slots {
  const slots: Record<string, unknown> = {}
  for (const { slot, name: field, type } of SCHEMA?.tables[name]?.fields ?? []) {
    const offset = buffer.__offset(table, 4 + 2 * slot)
    if (offset !== 0) slots[field] = valueAt(buffer, table + offset, type)
  }
  return slots
}

function valueAt(buffer: ByteBuffer, at: number, type: string): unknown {
  if (type.startsWith('[')) {
    const element = type.slice(1, -1)
    const width = element === 'uint64' ? 8 : element === 'uint8' || SCHEMA?.enums[element] ? 1 : 4
    const start = buffer.__vector(at)
    const items = Array.from({ length: buffer.__vector_len(at) }, (_, i) =>
      valueAt(buffer, start + i * width, element),
    )
    return element === 'uint8' ? Uint8Array.from(items as number[]) : items
  }
  if (type === 'string') return new TextDecoder('utf-8', { ignoreBOM: true }).decode(textAt(buffer, at))
  if (SCHEMA?.tables[type] !== undefined) return slotsOf(buffer, buffer.__indirect(at), type)
  if (type === 'bool') return buffer.readUint8(at) !== 0
  if (type === 'uint64') {
    const value = buffer.readUint64(at)
    return value <= 2n ** 53n ? Number(value) : value
  }
  const width = WIDTHS[type] ?? 8
  return width === 8 ? buffer.readUint8(at) : width === 16 ? buffer.readUint16(at) : buffer.readUint32(at)
}

function textAt(buffer: ByteBuffer, at: number): Uint8Array {
  const text = buffer.__indirect(at)
  return buffer.bytes().subarray(text + 4, text + 4 + buffer.readInt32(text))
}
