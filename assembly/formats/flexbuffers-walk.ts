/**
 * FlexBuffers to another format: the walk over a value that flexbuffers.ts has verified, so every offset and size that
 * is read here is in range. Called by transcode.ts.
 */
import { KIND_FALSE, KIND_NULL, KIND_TRUE, NO_ROOM, SIZE_LIMIT } from '../generated/abi'
import { STACK } from '../memory'
import { full } from '../output'
import { fail } from '../status'
import * as flex from './flexbuffers'
import * as write from './write'

/**
 * Offsets may name a long text many times. The result may be so many times as long as the value: maps that share their
 * keys grow about tenfold.
 */
const GROWTH: u64 = 64
const LEAST_GROWTH: u64 = 65536
/** The last place at which the result may go on. */
let most: usize = 0

/** Bytes of a level of the stack: elements, their count, the next one's index, keys; widths are in the upper bits. */
const LEVEL: usize = 16
const NUMBER: usize = 0x1fffffff
const IS_MAP: usize = 0x20000000

/** Writes the verified value [start, end) to `o`; returns the end of the result, or 0. */
export function transcode(start: usize, end: usize, o: usize, to: i32): usize {
  let top = STACK
  most = <usize>min<u64>(<u64>o + <u64>(end - start) * GROWTH + LEAST_GROWTH, u32.MAX_VALUE)
  // The root is the only element of a vector that is not there.
  let width = <usize>load<u8>(end - 1)
  let elements = end - 2 - width
  let types = end - 2
  let count: usize = 1
  let index: usize = 0
  let keys: usize = 0
  let keyWidth: usize = 1
  let isMap = false
  while (true) {
    if (o > most) return fail(SIZE_LIMIT, start)
    if (o > full) return fail(NO_ROOM, elements)
    if (index == count) {
      if (top == STACK) return o
      o = write.close(to, o, isMap)
      top -= LEVEL
      elements = load<usize>(top)
      const packedCount = load<usize>(top, 4)
      const packedIndex = load<usize>(top, 8)
      keys = load<usize>(top, 12)
      count = packedCount & NUMBER
      isMap = (packedCount & IS_MAP) != 0
      keyWidth = (<usize>1) << (packedCount >> 30)
      index = packedIndex & NUMBER
      width = (<usize>1) << (packedIndex >> 30)
      types = elements + count * width
      continue
    }
    if (index != 0) o = write.comma(to, o)
    const slot = elements + index * width
    const packed = <u32>load<u8>(types + index)
    if (isMap) {
      const key = flex.offset(keys + index * keyWidth, keyWidth)
      o = write.key(to, o, key, flex.keyLength(key))
      if (o == 0) return 0
    }
    index++
    const kind = packed >> 2
    const own = (<usize>1) << (packed & 3)
    if (kind != flex.MAP && kind != flex.VECTOR) {
      o =
        kind <= flex.FLOAT || kind == flex.BOOL
          ? scalar(to, o, kind, slot, width)
          : target(to, o, kind, slot, width, own)
      if (o == 0) return 0
      continue
    }
    store<usize>(top, elements)
    store<u32>(top, count | (isMap ? IS_MAP : 0) | ((<u32>ctz(keyWidth)) << 30), 4)
    store<u32>(top, index | ((<u32>ctz(width)) << 30), 8)
    store<usize>(top, keys, 12)
    top += LEVEL
    elements = flex.offset(slot, width)
    width = own
    count = <usize>flex.unsigned(elements - width, width)
    types = elements + count * width
    index = 0
    isMap = kind == flex.MAP
    if (isMap) {
      const prefix = elements - width * 3
      keys = flex.offset(prefix, width)
      keyWidth = <usize>flex.unsigned(prefix + width, width)
    }
    o = write.open(to, o, <u32>count, isMap)
  }
}

/** A null, number or boolean that stands at `p`. */
function scalar(to: i32, o: usize, kind: u32, p: usize, width: usize): usize {
  if (kind == flex.NULL) return write.word(to, o, KIND_NULL)
  const bits = flex.unsigned(p, width)
  if (kind == flex.BOOL) return write.word(to, o, bits != 0 ? KIND_TRUE : KIND_FALSE)
  if (kind == flex.UINT) return write.unsigned(to, o, bits)
  if (kind == flex.FLOAT) {
    return write.float(to, o, width == 8 ? reinterpret<f64>(bits) : <f64>reinterpret<f32>(<u32>bits))
  }
  const shift = 64 - ((<u64>width) << 3)
  const value = <i64>(bits << shift) >> shift
  return value < 0 ? write.negative(to, o, ~value) : write.unsigned(to, o, value)
}

/** What the offset in the slot points to: text, bytes, a number, or a vector of one type. */
function target(to: i32, o: usize, kind: u32, slot: usize, width: usize, own: usize): usize {
  const p = flex.offset(slot, width)
  if (kind == flex.KEY) return write.text(to, o, p, flex.keyLength(p))
  if (kind == flex.STRING) return write.text(to, o, p, <usize>flex.unsigned(p - own, own))
  if (kind == flex.BLOB) return write.bytes(to, o, p, <usize>flex.unsigned(p - own, own))
  if (kind <= flex.INDIRECT_FLOAT) return scalar(to, o, kind - 5, p, own)
  return vector(to, o, kind, p, own)
}

/** A vector whose elements are all of one type; fixed ones have no size. */
function vector(to: i32, o: usize, kind: u32, p: usize, width: usize): usize {
  let count: u32
  let element: u32
  if (kind >= flex.VECTOR_INT_2 && kind < flex.BLOB) {
    const which = kind - flex.VECTOR_INT_2
    count = which / 3 + 2
    element = (which % 3) + 1
  } else {
    count = <u32>flex.unsigned(p - width, width)
    element = kind == flex.VECTOR_BOOL ? flex.BOOL : kind - 10
  }
  o = write.open(to, o, count, false)
  for (let i: u32 = 0; i < count; i++) {
    if (o > most) return fail(SIZE_LIMIT, p)
    if (o > full) return fail(NO_ROOM, p)
    if (i != 0) o = write.comma(to, o)
    if (element <= flex.FLOAT || element == flex.BOOL) o = scalar(to, o, element, p, width)
    else {
      const text = flex.offset(p, width)
      const isListed = kind == flex.VECTOR_STRING
      o = write.text(to, o, text, isListed ? flex.listedLength(text) : flex.keyLength(text))
    }
    if (o == 0) return 0
    p += width
  }
  return write.close(to, o, false)
}
