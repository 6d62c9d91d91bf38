/** Whether an encoded list or dictionary has no elements: such args and kwargs are not written again. */
import { BLOB, VECTOR_INT_2 } from './flexbuffers/types.ts'

/** JSON: nothing but the two brackets, and white space anywhere. */
export function isEmptyJson(bytes: Uint8Array, start: number, end: number): boolean {
  let tokens = 0
  for (let i = start; i < end; i++) if ((bytes[i] as number) > 0x20 && ++tokens > 2) return false
  return true
}

export function isEmptyMsgpack(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start] as number
  return first < 0xdc ? (first & 0x0f) === 0 : hasZeroCount(bytes, start, end)
}

/** CBOR: false for one with a tag before it, because what follows may hold anything. */
export function isEmptyCbor(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start] as number
  if (first >= 0xc0) return false
  const information = first & 31
  if (information < 24) return information === 0
  return information === 31 ? end - start === 2 : hasZeroCount(bytes, start, end)
}

/** A longer head: all of its bytes are zero and nothing follows. */
function hasZeroCount(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start + 1; i < end; i++) if (bytes[i] !== 0) return false
  return end - start <= 9
}

/** FlexBuffers: the vector that the root leads to has its count before it, except for those of a fixed length. */
export function isEmptyFlexbuffers(bytes: Uint8Array, start: number, end: number): boolean {
  const width = bytes[end - 1] as number
  const packed = bytes[end - 2] as number
  const type = packed >> 2
  if (type >= VECTOR_INT_2 && type < BLOB) return false
  const slot = end - 2 - width
  let offset = 0
  for (let i = width - 1; i >= 0; i--) offset = offset * 0x100 + (bytes[slot + i] as number)
  const vector = slot - offset
  for (let i = vector - (1 << (packed & 3)); i < vector; i++) if (i < start || bytes[i] !== 0) return false
  return true
}
