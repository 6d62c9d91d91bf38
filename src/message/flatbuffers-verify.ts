/**
 * The parts of a FlatBuffer, verified where they lie: offsets, tables, vectors, texts. As strict as the kernel's
 * verifier (assembly/flatbuffers.ts), with as many checks, but without its errors: -1 is what is wrong, and also what
 * is long. Bytes are put together by shifts: a DataView of each frame would take as long as all of this.
 */
import * as abi from '../kernel/abi.ts'
import { invalidUtf8At } from '../payload/decode-value.ts'
import * as codes from './flatbuffers-codes.ts'
import { flatFacts } from './flatbuffers-facts.ts'

/**
 * Bytes of text and elements of vectors that are looked at here: so many, and one more for each 16 bytes of the frame.
 * The kernel checks text four times as fast, once the frame is there.
 */
const FREE_WORK = 512
const WORK_SHIFT = 4
/** What a text or table costs beside its bytes. */
const ITEM_WORK = 8

/** Values and work that are left. */
let nodes = 0
let work = 0

/** Begins a frame that may have so many values. */
export function beginVerify(length: number, maxNodes: number): void {
  nodes = maxNodes
  work = FREE_WORK + (length >> WORK_SHIFT)
}

/** Values that are left. */
export function nodesLeft(): number {
  return nodes
}

/** An unsigned number of two bytes. */
export function short(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8)
}

/** A signed number of four. */
export function word(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
}

/** Where the offset at `at` leads, whose four bytes are in the frame; -1 when that is outside. */
export function follow(bytes: Uint8Array, length: number, at: number): number {
  const offset = word(bytes, at)
  return offset <= 0 || offset >= length - at ? -1 : at + offset
}

/** The vtable of the table at `at`, -1 when it or the table is not right. Takes -1 for a table, which is not. */
export function vtableOf(bytes: Uint8Array, length: number, at: number): number {
  if ((at & 3) !== 0 || length - at < 4) return -1
  // The distance is signed: a vtable may stand before its table or behind it.
  const vtable = at - word(bytes, at)
  if (vtable < 0 || vtable > length - 4 || (vtable & 1) !== 0) return -1
  const size = short(bytes, vtable)
  if (size < 4 || (size & 1) !== 0 || size > length - vtable) return -1
  const tableBytes = short(bytes, vtable + 2)
  return tableBytes < 4 || tableBytes > length - at ? -1 : vtable
}

/** The end of the vector at `at`, whose elements take `1 << shift` bytes each; -1 when it is not right. */
export function endOfVector(bytes: Uint8Array, length: number, at: number, shift: number): number {
  if ((at & 3) !== 0 || length - at < 4) return -1
  const count = word(bytes, at)
  return count < 0 || count > (length - at - 4) >> shift ? -1 : at + 4 + (count << shift)
}

/** The end of the string at `at`, which is the place of its zero; -1 when it is not right, or too long. */
export function endOfText(bytes: Uint8Array, length: number, at: number): number {
  const end = endOfVector(bytes, length, at, 0)
  if (end < 0 || end === length || bytes[end] !== 0) return -1
  work -= end - at + ITEM_WORK
  if (work < 0) return -1
  for (let i = at + 4; i < end; i++) {
    if ((bytes[i] as number) >= 0x80) return invalidUtf8At(bytes, i, end) < 0 ? end : -1
  }
  return end
}

/** The end of the vector at `at` of ids, texts, numbers of an enumeration or tables; -1 when something is not right. */
export function endOfElements(
  bytes: Uint8Array,
  length: number,
  at: number,
  type: number,
  more: number,
): number {
  const shift = type === abi.FLAT_ENUMS ? 0 : type === abi.FLAT_U64S ? 3 : 2
  const end = endOfVector(bytes, length, at, shift)
  if (end < 0) return -1
  const start = at + 4
  const count = (end - start) >> shift
  nodes -= count
  if (nodes < 0) return -1
  if (type === abi.FLAT_U64S) return count !== 0 && (start & 7) !== 0 ? -1 : end
  work -= count
  if (work < 0) return -1
  if (type === abi.FLAT_ENUMS) {
    for (let i = start; i < end; i++) if ((bytes[i] as number) >= more) return -1
    return end
  }
  for (let i = start; i < end; i += 4) {
    const element = follow(bytes, length, i)
    if (element < 0) return -1
    const after =
      type === abi.FLAT_TEXTS ? endOfText(bytes, length, element) : endOfTable(bytes, length, element, more)
    if (after < 0) return -1
  }
  return end
}

/** The end of the table at `at`, by its number in the schema; -1 when something in it is not right. */
export function endOfTable(bytes: Uint8Array, length: number, at: number, number: number): number {
  const { slots, nested } = flatFacts()
  const fields = vtableOf(bytes, length, at)
  if (fields < 0) return -1
  const tableBytes = short(bytes, fields + 2)
  nodes -= TABLE_NODES
  work -= ITEM_WORK
  if (nodes < 0 || work < 0) return -1
  const tableAt = number * codes.TABLE_WORDS
  const first = nested[tableAt] as number
  const last = Math.min((short(bytes, fields) - 4) >> 1, nested[tableAt + 1] as number)
  let seen = 0
  for (let slot = 0, place = fields + 4; slot < last; slot++, place += 2) {
    const offset = short(bytes, place)
    if (offset === 0) continue
    seen |= 1 << slot
    const fact = slots[first + slot] as number
    const size = (fact >> codes.SIZE_SHIFT) & 15
    const value = at + offset
    if (offset < 4 || offset + size > tableBytes || (value & (size - 1)) !== 0) return -1
    if (!isGoodNested(bytes, length, value, fact)) return -1
  }
  return ((nested[tableAt + 2] as number) & ~seen) === 0 ? at + tableBytes : -1
}

/** Values that a table counts for. */
const TABLE_NODES = 3

/** Flags and numbers are good; nested tables have no vectors and no enumerations. */
function isGoodNested(bytes: Uint8Array, length: number, at: number, fact: number): boolean {
  const type = (fact >> codes.TYPE_SHIFT) & 15
  if (type === abi.FLAT_BOOL || type === abi.FLAT_U64) return true
  const target = follow(bytes, length, at)
  if (target < 0) return false
  if (type === abi.FLAT_TEXT) return endOfText(bytes, length, target) >= 0
  if (type === abi.FLAT_TABLE) return endOfTable(bytes, length, target, (fact >> codes.MORE_SHIFT) & 255) >= 0
  return false
}
