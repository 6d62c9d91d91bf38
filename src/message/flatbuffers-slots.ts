/**
 * The loop over the slots of a FlatBuffers message, for all that flatbuffers-scan.ts has no straight code for: options,
 * and messages that begin in another way. It asks of each slot what it is (flatbuffers-facts.ts).
 */
import * as abi from '../kernel/abi.ts'
import type { Kernel } from '../kernel/kernel.ts'
import * as codes from './flatbuffers-codes.ts'
import { flatFacts } from './flatbuffers-facts.ts'
import { found, idAt, isInTable, readUri, readVector } from './flatbuffers-found.ts'
import { endOfElements, endOfTable, endOfText, endOfVector, follow, short } from './flatbuffers-verify.ts'
import { NO_INDEX } from './options.ts'

/** The index as it grows. */
const entries = new Int32Array(32 * abi.INDEX_ENTRY_WORDS)

/**
 * Reads the slots from `slot` on that are there, of the table at `table` whose vtable is at `fields`; returns their
 * bits, -1 when something is not right.
 */
export function readSlots(
  kernel: Kernel,
  bytes: Uint8Array,
  messageAt: number,
  table: number,
  fields: number,
  slot: number,
): number {
  const { length } = bytes
  const { slots, messages, requestTypes } = flatFacts()
  const last = Math.min((short(bytes, fields) - 4) >> 1, messages[messageAt + 1] as number)
  const { words } = found
  const first = messages[messageAt] as number
  const tableBytes = short(bytes, fields + 2)
  let recordFlags = 0
  let seen = 0
  for (let i = slot, place = fields + 4 + 2 * slot; i < last; i++, place += 2) {
    const offset = short(bytes, place)
    if (offset === 0) continue
    seen |= 1 << i
    const fact = slots[first + i] as number
    const size = (fact >> codes.SIZE_SHIFT) & 15
    const at = table + offset
    if (!isInTable(table, tableBytes, offset, size)) return -1
    switch (fact & codes.READ_MASK) {
      case codes.READ_FIRST_ID: {
        const id = idAt(bytes, at)
        if (id < 0) return -1
        found.first = id
        recordFlags |= abi.FLAG_REQUEST
        break
      }
      case codes.READ_SECOND_ID: {
        const id = idAt(bytes, at)
        if (id < 0) return -1
        found.second = id
        break
      }
      case codes.READ_ARGS:
      case codes.READ_KWARGS:
      case codes.READ_PAYLOAD: {
        const span = ((fact & codes.READ_MASK) - codes.READ_ARGS) * 2
        if (!readVector(bytes, length, at, abi.RECORD_ARGS_START + span)) return -1
        break
      }
      case codes.READ_URI:
        if (!readUri(kernel, bytes, length, at)) return -1
        break
      case codes.READ_NUMBER:
        put(fact, abi.KIND_UINT, at, at + size)
        break
      case codes.READ_BOOL:
        put(fact, bytes[at] === 0 ? abi.KIND_FALSE : abi.KIND_TRUE, at, at + 1)
        break
      case codes.READ_TEXT: {
        const start = follow(bytes, length, at)
        const end = endOfText(bytes, length, start)
        if (end < 0) return -1
        if ((fact & codes.SEMANTIC) !== 0) recordFlags |= abi.FLAG_SEMANTIC
        put(fact, abi.KIND_TEXT, start, end)
        break
      }
      case codes.READ_ENUM:
        if ((bytes[at] as number) >= ((fact >> codes.MORE_SHIFT) & 255)) return -1
        if ((fact & codes.SEMANTIC) !== 0) recordFlags |= abi.FLAG_SEMANTIC
        put(fact, abi.KIND_TEXT, at, at + 1)
        break
      case codes.READ_TARGET: {
        const start = follow(bytes, length, at)
        const end = endOfTarget(bytes, length, start, fact)
        if (end < 0) return -1
        put(
          fact,
          ((fact >> codes.TYPE_SHIFT) & 15) === abi.FLAT_TABLE ? abi.KIND_MAP : abi.KIND_ARRAY,
          start,
          end,
        )
        break
      }
      case codes.READ_TEXT_POSITION:
        words[abi.RECORD_TEXT_START] = follow(bytes, length, at)
        words[abi.RECORD_TEXT_END] = endOfText(bytes, length, words[abi.RECORD_TEXT_START] as number)
        if ((words[abi.RECORD_TEXT_END] as number) < 0) return -1
        break
      case codes.READ_ENUM_POSITION:
        if ((bytes[at] as number) >= ((fact >> codes.MORE_SHIFT) & 255)) return -1
        words[abi.RECORD_TEXT_START] = at
        words[abi.RECORD_TEXT_END] = at + 1
        break
      case codes.READ_REQUEST_TYPE: {
        const type = short(bytes, at)
        if (type > 127 || requestTypes[type] === 0) return -1
        found.requestType = type
        break
      }
      default:
        // Not looked at, but what it leads to must be right.
        if (size === 4 && endOfTarget(bytes, length, follow(bytes, length, at), fact) < 0) return -1
    }
  }
  found.flags |= recordFlags
  return seen
}

/** Adds an entry to the index. */
function put(fact: number, kind: number, start: number, end: number): void {
  const count = found.entries * abi.INDEX_ENTRY_WORDS
  entries[count] = ((fact >> codes.FIELD_SHIFT) & 255) | (kind << 8)
  entries[count + 1] = start
  entries[count + 2] = end
  found.entries++
}

/** The end of what the offset of a slot leads to, of any type; -1 when something is not right. */
function endOfTarget(bytes: Uint8Array, length: number, start: number, fact: number): number {
  const type = (fact >> codes.TYPE_SHIFT) & 15
  const more = (fact >> codes.MORE_SHIFT) & 255
  if (type === abi.FLAT_TEXT) return endOfText(bytes, length, start)
  if (type === abi.FLAT_BYTES) return endOfVector(bytes, length, start, 0)
  if (type === abi.FLAT_TABLE) return endOfTable(bytes, length, start, more)
  return endOfElements(bytes, length, start, type, more)
}

/** The index of the last frame as plain numbers; a literal is made faster than a list grows. */
export function indexInPlace(): readonly number[] {
  const count = found.entries * abi.INDEX_ENTRY_WORDS
  if (count === 0) return NO_INDEX
  const e = entries as unknown as readonly [number, number, number, number, number, number]
  if (count === 3) return [e[0], e[1], e[2]]
  const index = [e[0], e[1], e[2], e[3], e[4], e[5]]
  for (let i = 6; i < count; i++) index.push(entries[i] as number)
  return index
}
