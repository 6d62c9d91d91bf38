/**
 * The fields of a FlatBuffers frame: tables, slots and where each stands. Whether the frame is right is the kernel's
 * business: this walks as far as the bytes go, and stops where they lead out of the frame.
 */
import { isWampCodecError } from '../errors.ts'
import { FORMATS } from '../formats/full.ts'
import { DEFAULT_POLICY } from '../limits.ts'
import { flatTableOf } from '../message/flatbuffers-lookup.ts'
import {
  FLAT_ENUMS,
  FLAT_NESTED,
  type FlatSlot,
  type FlatTable,
  isOffsetType,
} from '../message/flatbuffers-schema.ts'
import { TABLES } from '../message/tables.ts'
import { attributeRules } from '../payload/decode-rules.ts'
import type { DecodeRules } from '../payload/decode-value.ts'
import type { PayloadFormatName } from '../payload/format-names.ts'
import type { FieldReport } from './frame-report.ts'

/** Values are shown as they stand there: 5.0 is not 5. */
const RULES: DecodeRules = { ...attributeRules(DEFAULT_POLICY), floats: 'exact' }

/** The value in a span; undefined when it cannot be read alone. */
export function valueIn(format: PayloadFormatName, bytes: Uint8Array, start: number, end: number): unknown {
  try {
    return FORMATS[format].decode(bytes, start, end, RULES)
  } catch (error) {
    if (isWampCodecError(error)) return undefined
    throw error
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Bytes of one element of a vector. */
const WIDTHS: Readonly<Record<string, number>> = { uint8: 1, AuthMethod: 1, uint64: 8 }

/** The fields in the order of tables and slots, and the number of the message; null when there is none. */
export function flatFields(
  bytes: Uint8Array,
  payload: PayloadFormatName,
): { readonly code: number | null; readonly fields: readonly FieldReport[] } {
  const walk = new Walk(bytes, payload)
  try {
    walk.root()
  } catch (error) {
    // A DataView's or ours: the frame is shorter than it says.
    if (!(error instanceof RangeError)) throw error
  }
  return walk
}

/** Texts may be shared: those of a report have at most so many bytes for each byte of the frame, and some. */
const TEXT_TIMES = 4
const TEXT_BYTES = 65_536

class Walk {
  readonly fields: FieldReport[]
  code: number | null
  /** Bytes that texts may still have. */
  private room: number
  private readonly bytes: Uint8Array
  private readonly view: DataView
  private readonly payload: PayloadFormatName

  constructor(bytes: Uint8Array, payload: PayloadFormatName) {
    this.fields = []
    this.code = null
    this.bytes = bytes
    this.room = TEXT_TIMES * bytes.length + TEXT_BYTES
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.payload = payload
  }

  root(): void {
    const at = this.follow(0)
    this.add({ name: 'root', kind: 'offset', start: 0, end: 4, note: `table at ${at}` })
    this.open('Message', at, 0)
    const type = this.slot(at, 0)
    if (type === 0) return
    const code = this.view.getUint8(type)
    this.code = code
    this.add({ name: 'msg_type', slot: 0, kind: 'uint8', start: type, end: type + 1, depth: 1, value: code })
    const union = this.slot(at, 1)
    const flat = TABLES.map(flatTableOf).find((table) => table.code === code)
    if (union === 0) return
    const table = this.follow(union)
    this.add({
      name: 'msg',
      slot: 1,
      kind: 'offset',
      start: union,
      end: union + 4,
      depth: 1,
      note: `table at ${table}`,
    })
    if (flat !== undefined) this.message(flat, table)
  }

  private message({ name, slots }: FlatTable, at: number): void {
    this.open(name, at, 0)
    this.slots(slots, at, 1)
  }

  private open(name: string, at: number, depth: number, slot?: number): void {
    const vtable = at - this.view.getInt32(at, true)
    const size = this.view.getUint16(vtable, true)
    const end = at + this.view.getUint16(vtable + 2, true)
    const note = `table, vtable ${vtable}..${vtable + size}`
    this.add({ name, kind: 'table', start: at, end, depth, note, ...(slot === undefined ? {} : { slot }) })
  }

  private slots(slots: readonly FlatSlot[], table: number, depth: number): void {
    for (const [i, slot] of slots.entries()) {
      const at = this.slot(table, i)
      if (at !== 0) this.value(slot, at, i, depth)
    }
  }

  private value({ name, type, size }: FlatSlot, at: number, slot: number, depth: number): void {
    if (!isOffsetType(type)) {
      this.add({ name, slot, kind: type, start: at, end: at + size, depth, value: this.scalar(type, at) })
      return
    }
    const target = this.follow(at)
    const nested = FLAT_NESTED[type]
    if (nested !== undefined) {
      this.open(name, target, depth, slot)
      this.slots(nested, target, depth + 1)
      return
    }
    const element = type.startsWith('[') ? type.slice(1, -1) : 'uint8'
    const count = this.view.getUint32(target, true)
    const start = target + 4
    const end = start + count * (WIDTHS[element] ?? 4)
    // Proves that the vector lies in the frame, before anything is as long as it says.
    if (end > this.bytes.length) throw new RangeError(`${name} runs past the end`)
    const place = { name, slot, kind: type, start: target, end, depth }
    const tables = FLAT_NESTED[element]
    if (tables === undefined) {
      this.add({ ...place, value: this.vector(name, type, start, end) })
      return
    }
    this.add({ ...place, note: count === 1 ? '1 table' : `${count} tables` })
    for (let i = 0; i < count; i++) {
      const at = this.follow(start + 4 * i)
      this.open(`[${i}] ${element}`, at, depth + 1)
      this.slots(tables, at, depth + 2)
    }
  }

  private scalar(type: string, at: number): unknown {
    const { view } = this
    if (type === 'bool') return view.getUint8(at) !== 0
    if (type === 'uint16' || type === 'MessageType') return view.getUint16(at, true)
    if (type === 'uint32') return view.getUint32(at, true)
    if (type === 'uint64') return plainLong(view.getBigUint64(at, true))
    const number = view.getUint8(at)
    return FLAT_ENUMS[type]?.[number] ?? number
  }

  private vector(name: string, type: string, start: number, end: number): unknown {
    const { bytes, view } = this
    if (type === 'string') return this.decode(start, end)
    if (type === '[uint8]') {
      return name === 'payload' ? bytes.slice(start, end) : this.payloadValue(start, end)
    }
    const elements: unknown[] = []
    for (let at = start; at < end; at += WIDTHS[type.slice(1, -1)] ?? 4) {
      if (type === '[uint64]') elements.push(plainLong(view.getBigUint64(at, true)))
      else if (type === '[string]') elements.push(this.text(this.follow(at)))
      else elements.push(this.scalar(type.slice(1, -1), at))
    }
    return elements
  }

  private text(at: number): string {
    const count = this.view.getUint32(at, true)
    if (at + 4 + count > this.bytes.length) throw new RangeError('a text runs past the end')
    return this.decode(at + 4, at + 4 + count)
  }

  private decode(start: number, end: number): string {
    this.room -= end - start
    if (this.room < 0) throw new RangeError('too many offsets to long texts')
    return decoder.decode(this.bytes.subarray(start, end))
  }

  /** args or kwargs; undefined when they are not in the format that they are said to be in. */
  private payloadValue(start: number, end: number): unknown {
    return start === end ? null : valueIn(this.payload, this.bytes, start, end)
  }

  private follow(at: number): number {
    return at + this.view.getUint32(at, true)
  }

  /** Where a slot's inline bytes stand; 0 when it is absent. */
  private slot(table: number, slot: number): number {
    const vtable = table - this.view.getInt32(table, true)
    const place = 4 + 2 * slot
    if (place >= this.view.getUint16(vtable, true)) return 0
    const offset = this.view.getUint16(vtable + place, true)
    return offset === 0 ? 0 : table + offset
  }

  private add(field: Partial<FieldReport> & Pick<FieldReport, 'name' | 'kind' | 'start' | 'end'>): void {
    this.fields.push({ isOption: false, isOpen: false, value: undefined, ...field })
  }
}

function plainLong(value: bigint): number | bigint {
  return value <= 2n ** 53n ? Number(value) : value
}
