/**
 * Attributes of a FlatBuffers frame, each read when it is asked for. The whole frame was verified by
 * flatbuffers-scan.ts or by the kernel; a borrowed one may have been changed since, so every offset and length is
 * checked again and nothing outside of the frame is ever read.
 */
import { ProtocolError } from '../errors.ts'
import { type DecodeRules, Reader, setOwn } from '../payload/decode-value.ts'
import type { AttributeReader, Payload, PayloadContext } from '../payload/payload.ts'
import { found } from './flatbuffers-found.ts'
import { COUNT, slotTypesOf } from './flatbuffers-lookup.ts'
import { scanInPlace } from './flatbuffers-scan.ts'
import { FLAT_ENUMS, FLAT_NESTED, type FlatSlot } from './flatbuffers-schema.ts'
import { indexInPlace } from './flatbuffers-slots.ts'
import { word } from './flatbuffers-verify.ts'

/** Reads the attributes of FlatBuffers frames; `type` is the slot's in the schema. */
export const FLATBUFFERS: AttributeReader = {
  name: 'flatbuffers',
  scan: scanInPlace,
  found,
  index: indexInPlace,
  optionType: (code: number, field: number) => slotTypesOf(code).read[field] ?? null,
  textType: (code: number) => slotTypesOf(code).text ?? 'string',
  read(frame: Payload, start: number, type: string): unknown {
    if (type === 'uint64') {
      const id = smallId(frame.source(), frame.base + start, frame.base + frame.length)
      if (id >= 0) return id
    }
    const { attributes } = frame.context as PayloadContext
    return new FlatReader(frame, attributes).value(frame.base + start, type)
  },
}

/** An id that is exact in a double, by far the commonest attribute, without a reader; -1 for all else. */
function smallId(bytes: Uint8Array, at: number, end: number): number {
  if (end - at < 8) return -1
  const high = word(bytes, at + 4)
  return high < 0 || high >= 0x20_0000 ? -1 : high * 0x1_0000_0000 + (word(bytes, at) >>> 0)
}

class FlatReader {
  declare private readonly bytes: Uint8Array
  declare private readonly rules: DecodeRules
  declare private readonly first: number
  declare private readonly end: number

  constructor(frame: Payload, rules: DecodeRules) {
    this.bytes = frame.source()
    this.rules = rules
    this.first = frame.base
    this.end = frame.base + frame.length
  }

  /** What reads texts and large integers by the codec's rules; numbers and flags do without. */
  private reader(): Reader {
    return new Reader('flatbuffers', this.bytes, this.first, this.end, this.rules)
  }

  /** The value at `at`: where the offset of a slot leads, or the slot itself when it has none. */
  value(at: number, type: string): unknown {
    const names = FLAT_ENUMS[type]
    if (names !== undefined) return names[this.unsigned(at, 1)] ?? null
    switch (type) {
      case 'bool':
        return this.unsigned(at, 1) !== 0
      case 'uint16':
        return this.unsigned(at, 2)
      case 'uint32':
        return this.unsigned(at, 4)
      case 'uint64':
        return this.long(at)
      case 'string':
        return this.text(at)
      case '[uint64]':
        return this.list(at, 8, (element) => this.long(element))
      case '[string]':
        return this.list(at, 4, (element) => this.text(this.follow(element)))
      case '[AuthMethod]':
        // 0 is a method without a name: it cannot be asked for.
        return this.list(at, 1, (element) => this.value(element, 'AuthMethod')).filter(
          (name) => name !== null,
        )
      case '[Principal]':
        return this.list(at, 4, (element) => this.hop(this.follow(element)))
      case 'Map':
        return this.pair(at)
      default:
        if (type.startsWith(COUNT)) return this.value(at, type.slice(COUNT.length)) || null
        return this.dictionary(at, FLAT_NESTED[type] ?? [])
    }
  }

  private need(at: number, count: number): void {
    if (at < this.first || this.end - at < count) {
      throw new ProtocolError(
        'BAD_OFFSET',
        `a frame was changed while it was read (byte ${at - this.first})`,
        {
          format: 'flatbuffers',
          offset: at - this.first,
        },
      )
    }
  }

  /** An unsigned number of 1, 2 or 4 bytes, little-endian. */
  private unsigned(at: number, width: number): number {
    this.need(at, width)
    const { bytes } = this
    const low = bytes[at] as number
    if (width === 1) return low
    const half = low | ((bytes[at + 1] as number) << 8)
    if (width === 2) return half
    return (half | ((bytes[at + 2] as number) << 16)) + (bytes[at + 3] as number) * 0x100_0000
  }

  /** An unsigned number of 8 bytes: a BigInt beyond 2^53, as everywhere. */
  private long(at: number): number | bigint {
    const low = this.unsigned(at, 4)
    const high = this.unsigned(at + 4, 4)
    if (high < 0x20_0000) return high * 0x1_0000_0000 + low
    return this.reader().bigInteger((BigInt(high) << 32n) | BigInt(low), at)
  }

  private follow(at: number): number {
    return at + this.unsigned(at, 4)
  }

  private text(at: number): string {
    const count = this.unsigned(at, 4)
    this.need(at + 4, count)
    const reader = this.reader()
    reader.at = at + 4
    return reader.text(count)
  }

  private list<T>(at: number, width: number, read: (element: number) => T): T[] {
    const count = this.unsigned(at, 4)
    this.need(at + 4, count * width)
    const elements: T[] = []
    for (let i = 0; i < count; i++) elements.push(read(at + 4 + i * width))
    return elements
  }

  /** Address of a slot's inline bytes in the table at `table`, 0 when it is absent. */
  private present(table: number, slot: number, width: number): number {
    const vtable = table - (this.unsigned(table, 4) | 0)
    const place = 4 + 2 * slot
    if (place >= this.unsigned(vtable, 2)) return 0
    const offset = this.unsigned(vtable + place, 2)
    if (offset === 0) return 0
    this.need(table + offset, width)
    return table + offset
  }

  /** The value of a table's slot, undefined when it is absent. */
  private slot(table: number, slots: readonly FlatSlot[], i: number): unknown {
    const { type, size, default: inline } = slots[i] as FlatSlot
    const at = this.present(table, i, size)
    if (at === 0) return undefined
    // What stands in the table itself has a default.
    return this.value(inline === null ? this.follow(at) : at, type)
  }

  private hop(at: number): object {
    const slots = FLAT_NESTED.Principal as readonly FlatSlot[]
    return {
      session: this.slot(at, slots, 0) ?? 0,
      authid: this.slot(at, slots, 1) ?? null,
      authrole: this.slot(at, slots, 2) ?? null,
    }
  }

  /** wamp.Map: one key and its value. */
  private pair(at: number): Record<string, unknown> {
    const slots = FLAT_NESTED.Map as readonly FlatSlot[]
    const pair: Record<string, unknown> = {}
    setOwn(pair, this.slot(at, slots, 0) as string, this.slot(at, slots, 1) ?? null)
    return pair
  }

  /** Roles: each with its features, where it has any. Features themselves: by the names of the list form. */
  private dictionary(at: number, slots: readonly FlatSlot[]): Record<string, unknown> {
    const dictionary: Record<string, unknown> = {}
    for (const [i, { attribute, type }] of slots.entries()) {
      const value = this.slot(at, slots, i)
      if (value === undefined || attribute === null) continue
      const isEmpty = type !== 'bool' && Object.keys(value as object).length === 0
      setOwn(dictionary, attribute, type === 'bool' ? value : isEmpty ? {} : { features: value })
    }
    return dictionary
  }
}
