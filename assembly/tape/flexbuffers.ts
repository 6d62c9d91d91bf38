/**
 * FlexBuffers onto the tape. The value is verified anew, in the kernel's own memory, so that every offset and size that
 * is read behind that is in range. One thing may be named many times: what then needs more room than a tape of so many
 * bytes has is left to the façade, and so time and memory are linear.
 */

import * as flex from '../formats/flexbuffers'
import {
  BLOB,
  BOOL,
  FLOAT,
  INDIRECT_FLOAT,
  INT,
  KEY,
  MAP,
  NULL,
  STRING,
  UINT,
  VECTOR,
} from '../formats/flexbuffers'
import { TAPE_ARRAY, TAPE_BYTES, TAPE_FALSE, TAPE_NULL, TAPE_TRUE } from '../generated/abi'
import { STACK } from '../memory'
import * as numbers from './number'
import { RUN } from './number'
import * as pairs from './pairs'
import { NO_SHAPE } from './pairs'
import { MAX_KEYS } from './shapes'
import * as words from './words'

/** Bytes of a level of the stack: next element, its type, elements left, next key, widths, word, shape, other keys. */
const LEVEL: usize = 32
/** The most bytes of words and doubles that one value needs with its key. */
const VALUE_ROOM: usize = 32
/** The same for a number in a run, and for the word of the run. */
const NUMBER_ROOM: usize = 12
const RUN_ROOM: usize = 8

/** Reads the value that fills [start, end); returns `end`, 0 when it is not for the tape. `to` is the tape's place. */
export function value(start: usize, end: usize, to: usize, levels: i32): usize {
  // Nothing was written to the tape yet.
  if (flex.verify(start, end, to) == 0) return 0
  const limit = STACK + <usize>levels * LEVEL
  let top = STACK
  // The root is the only element of a vector that is not there.
  let width = <usize>load<u8>(end - 1)
  let slot = end - 2 - width
  let type = end - 2
  let left: u32 = 1
  let key: usize = 0
  let keyWidth: usize = 1
  let word: usize = 0
  pairs.openArray()
  while (true) {
    while (left == 0) {
      if (top == STACK) return end
      pairs.close(word)
      top -= LEVEL
      slot = load<u32>(top)
      type = load<u32>(top, 4)
      left = load<u32>(top, 8)
      key = load<u32>(top, 12)
      width = load<u8>(top, 16)
      keyWidth = load<u8>(top, 17)
      word = load<u32>(top, 20)
      pairs.resume(load<u32>(top, 24), load<u32>(top, 28))
    }
    if (!words.hasRoom(VALUE_ROOM)) return 0
    if (pairs.shape != NO_SHAPE) {
      const text = flex.offset(key, keyWidth)
      const length = flex.keyLength(text)
      if (!words.hasTextRoom(length) || !pairs.key(text, <u32>length)) return 0
      key += keyWidth
    }
    const at = slot
    const packed = <u32>load<u8>(type)
    const kind = packed >> 2
    const own = (<usize>1) << (packed & 3)
    left--
    type++
    slot += width
    if (kind != MAP && kind != VECTOR) {
      if (!item(kind, at, width, own, start)) return 0
      continue
    }
    const elements = flex.offset(at, width)
    const count = <u32>flex.unsigned(elements - own, own)
    const types = elements + <usize>count * own
    if (kind == VECTOR && count >= RUN && run(elements, count, own, types, 0)) continue
    if (top >= limit) return 0
    store<u32>(top, <u32>slot)
    store<u32>(top, <u32>type, 4)
    store<u32>(top, left, 8)
    store<u32>(top, <u32>key, 12)
    store<u8>(top, <u8>width, 16)
    store<u8>(top, <u8>keyWidth, 17)
    store<u32>(top, <u32>word, 20)
    store<u32>(top, pairs.shape, 24)
    store<u32>(top, <u32>pairs.more, 28)
    top += LEVEL
    slot = elements
    type = types
    left = count
    width = own
    word = words.tape
    words.word(TAPE_ARRAY, count)
    if (kind == VECTOR) {
      pairs.openArray()
      continue
    }
    const prefix = elements - own * 3
    key = flex.offset(prefix, own)
    keyWidth = <usize>flex.unsigned(prefix + own, own)
    pairs.openMap(count > MAX_KEYS)
  }
}

/** Puts what is neither an untyped vector nor a map onto the tape; false when there is no room for it. */
function item(kind: u32, slot: usize, width: usize, own: usize, start: usize): bool {
  if (kind == NULL) {
    words.word(TAPE_NULL, 0)
    return true
  }
  if (kind == BOOL) {
    words.word(flex.unsigned(slot, width) != 0 ? TAPE_TRUE : TAPE_FALSE, 0)
    return true
  }
  let p = slot
  if (kind > FLOAT) {
    p = flex.offset(slot, width)
    width = own
    if (kind > INDIRECT_FLOAT && kind != BLOB) return vector(kind, p, own)
    if (kind == KEY) return text(p, flex.keyLength(p))
    if (kind > INDIRECT_FLOAT || kind == STRING) {
      const size = <u32>flex.unsigned(p - own, own)
      if (kind == STRING) return text(p, size)
      words.word(TAPE_BYTES, size)
      words.raw(<u32>(p - start))
      return true
    }
    kind -= INDIRECT_FLOAT - FLOAT
  }
  number(kind, p, width)
  numbers.put()
  return true
}

/** Reads a number; the last bytes of the value, its type and width, and the padding are behind it. */
function number(kind: u32, p: usize, width: usize): void {
  const unused: u64 = 64 - ((<u64>width) << 3)
  const top = load<u64>(p) << unused
  if (kind == INT) {
    const signed = <i64>top >> unused
    numbers.setInteger(signed < 0, <u64>(signed < 0 ? ~signed : signed))
  } else if (kind == UINT) {
    numbers.setInteger(false, top >> unused)
  } else {
    numbers.setFloat(width == 8 ? reinterpret<f64>(top) : <f64>reinterpret<f32>(<u32>(top >> unused)))
  }
}

/** Puts the verified text of `length` bytes at `p` onto the tape. */
function text(p: usize, length: usize): bool {
  return words.hasTextRoom(length) && words.string(p, <u32>length)
}

/** A vector whose elements are all of one type; fixed ones have no size. */
function vector(kind: u32, p: usize, width: usize): bool {
  let count: u32
  let element: u32
  if (kind >= flex.VECTOR_INT_2 && kind < BLOB) {
    const which = kind - flex.VECTOR_INT_2
    count = which / 3 + 2
    element = (which % 3) + INT
  } else {
    count = <u32>flex.unsigned(p - width, width)
    // Integers to texts, in the order of their own types.
    element = kind > BLOB ? BOOL : kind - VECTOR
  }
  if (element <= FLOAT && run(p, count, width, 0, element)) return true
  if (!words.hasRoom(RUN_ROOM + NUMBER_ROOM * <usize>count)) return false
  words.word(TAPE_ARRAY, count)
  for (const end = p + <usize>count * width; p < end; p += width) {
    if (element < KEY || element == BOOL) {
      item(element, p, width, width, p)
    } else {
      const from = flex.offset(p, width)
      if (!text(from, element == KEY ? flex.keyLength(from) : flex.listedLength(from))) return false
    }
  }
  return true
}

/**
 * `count` numbers at `p` as one run, all of one type, or each with its own at `types`. False when there is something
 * else among them, or no room.
 */
function run(p: usize, count: u32, width: usize, types: usize, type: u32): bool {
  if (!words.hasRoom(RUN_ROOM + NUMBER_ROOM * <usize>count)) return false
  numbers.beginRun()
  for (let i: u32 = 0; i < count; i++) {
    if (types != 0) {
      type = <u32>load<u8>(types + i) >> 2
      if (type - INT > FLOAT - INT) return false
    }
    number(type, p, width)
    if (!numbers.add()) return false
    p += width
  }
  numbers.endRun()
  return true
}
