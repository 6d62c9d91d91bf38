/**
 * Shapes: what keys a map has, in their order. They are the nodes of a tree, one for each key after each other, that
 * lives from call to call, so that the façade makes the strings of a shape and the function that builds it only once.
 *
 * The tree is small, for the shapes that repeat: with a node for each of a thousand, each key was a miss of the cache
 * here and another one in the façade. Where a map leaves the tree, its other keys go onto the tape one by one, as the
 * numbers of the shapes that have this key alone. The keys of a peer are not ours: the tree is forgotten as a whole
 * when it has been too small too often. A key that finds no room, or is too long, goes onto the tape as text.
 */
import { SHAPE_WORDS, TAPE_ROUND } from '../generated/abi'
import { hashText } from '../keys'
import { findBadUtf8, sameBytes } from '../text'
import { TAPE_RECORD } from './words'

const MAX_SHAPES: u32 = 1024
/** The others are for single keys. */
const MAX_LONGER: u32 = 768
const SLOTS: u32 = 4096
/** One in so many unknown shapes becomes known: hardly any that does not repeat. */
const SAMPLE: u32 = 16
/** So many samples without room end a round: rare enough that learning the shapes anew does not count. */
const MISSES: u32 = 1 << 16
/** Keys of a shape: maps with more are dictionaries rather than records. */
export const MAX_KEYS: u32 = 64
const MAX_KEY_LENGTH: u32 = 64
const LONG_KEYS: i32 = 32768

/** Byte offsets of the words of a shape (abi.ts). */
const KEY_LENGTH: usize = 8
const KEY_TEXT: usize = 12
const PARENT: usize = 16
const SIZE: usize = 20
const LIKELY: usize = 24

export const SHAPES: usize = memory.data(MAX_SHAPES * SHAPE_WORDS * 4, 16)
const TABLE: usize = memory.data(SLOTS * 2, 16)
const KEYS: usize = memory.data(LONG_KEYS + 16, 16)

/** The shape without keys is the first one. */
let count: u32 = 1
let keysTop: usize = KEYS
let unknown: u32 = 0
let misses: u32 = 0
let round: u32 = 0

/** Starts a call: a tree that was too small makes room. Shapes of calls before must not be used any more then. */
export function beginShapes(): void {
  if (misses >= MISSES) {
    misses = 0
    count = 1
    keysTop = KEYS
    round++
    memory.fill(TABLE, 0, SLOTS * 2)
    store<u32>(SHAPES, 0, LIKELY)
  }
  store<u32>(TAPE_RECORD + (TAPE_ROUND << 2), round)
}

/** The shape with one key more, of `length` bytes at `p`; 0 when it is not known. */
export function grow(shape: u32, p: usize, length: u32): u32 {
  const start = length >= 8 ? load<u64>(p) : load<u64>(p) & (((<u64>1) << (length << 3)) - 1)
  const likely = load<u32>(SHAPES + (shape << 5), LIKELY)
  return likely != 0 && isKey(likely, start, p, length) ? likely : find(shape, start, p, length)
}

/** True when the last key of a shape is the one at `p`; `start` are its first eight bytes. */
function isKey(shape: u32, start: u64, p: usize, length: u32): bool {
  const at = SHAPES + (shape << 5)
  if (load<u64>(at) != start || load<u32>(at, KEY_LENGTH) != length) return false
  return length <= 8 || sameBytes(load<u32>(at, KEY_TEXT) + 8, p + 8, length - 8)
}

function find(parent: u32, start: u64, p: usize, length: u32): u32 {
  if (length > MAX_KEY_LENGTH) return 0
  const from = SHAPES + (parent << 5)
  let slot = (hashText(p, length) ^ (parent * 0x9e3779b1)) & (SLOTS - 1)
  for (let i: u32 = 0; i < SLOTS; i++) {
    const shape = <u32>load<u16>(TABLE + (slot << 1))
    if (shape == 0) break
    if (load<u32>(SHAPES + (shape << 5), PARENT) == parent && isKey(shape, start, p, length)) {
      store<u32>(from, shape, LIKELY)
      return shape
    }
    slot = (slot + 1) & (SLOTS - 1)
  }
  const size = load<u32>(from, SIZE)
  if (size == MAX_KEYS || findBadUtf8(p, p + length) != 0) return 0
  if (parent != 0 && unknown++ % SAMPLE != 0) return 0
  if (count >= (parent == 0 ? MAX_SHAPES : MAX_LONGER) || keysTop + length > KEYS + LONG_KEYS) {
    if (parent != 0 || unknown++ % SAMPLE == 0) misses++
    return 0
  }
  const shape = count++
  store<u16>(TABLE + (slot << 1), <u16>shape)
  const at = SHAPES + (shape << 5)
  store<u64>(at, start)
  store<u32>(at, length, KEY_LENGTH)
  store<u32>(at, <u32>keysTop, KEY_TEXT)
  store<u32>(at, parent, PARENT)
  store<u32>(at, size + 1, SIZE)
  store<u32>(at, 0, LIKELY)
  store<u32>(from, shape, LIKELY)
  if (length > 8) {
    memory.copy(keysTop, p, length)
    keysTop += length
  }
  return shape
}
