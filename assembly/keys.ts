/**
 * Keys of Options and Details: known ones to field numbers, unknown ones to the check for duplicates. The tables are
 * generated from the message tables of the façade.
 */
import {
  FIELD_OF_KEY,
  KEY_COUNT,
  KEY_LENGTHS,
  KEY_MAX,
  KEY_OFFSETS,
  KEY_SLOTS,
  KEY_TEXT,
} from './generated/tables'
import { sameBytes } from './text'

/** Slots of the table of known keys. Walks of tables end after all slots, whatever the table holds. */
const KEY_TABLE: i32 = 256

/** Field number of the key in this message, or -1. */
export function fieldOf(messageIndex: i32, key: usize, length: u32): i32 {
  if (length == 0 || length > <u32>KEY_MAX) return -1
  const last = <usize>length - 1
  let slot =
    (length * 37 +
      <u32>load<u8>(key) * 5 +
      <u32>load<u8>(key + min<usize>(5, last)) * 67 +
      <u32>load<u8>(key + min<usize>(6, last)) * 131 +
      <u32>load<u8>(key + last) * 29) &
    (KEY_TABLE - 1)
  for (let i = 0; i < KEY_TABLE; i++) {
    const id = <i32>load<u8>(KEY_SLOTS + slot) - 1
    if (id < 0) return -1
    if (
      load<u8>(KEY_LENGTHS + id) == length &&
      sameBytes(KEY_TEXT + load<u16>(KEY_OFFSETS + ((<usize>id) << 1)), key, length)
    ) {
      return <i32>load<u8>(FIELD_OF_KEY + messageIndex * KEY_COUNT + id) - 1
    }
    slot = (slot + 1) & (KEY_TABLE - 1)
  }
  return -1
}

/** Unknown keys of one dictionary; more are refused, so that the table stays small and probing short. */
export const MAX_UNKNOWN_KEYS: i32 = 1024
const SLOTS: u32 = 2048
/** Twelve bytes a slot: round in which it was filled, address and length of the key. */
const SEEN: usize = memory.data(2048 * 12, 16)
let round: u32 = 0
export let unknownKeys: i32 = 0

/** Drawn by the façade, so that colliding keys cannot be prepared. */
let seed: u32 = 0

export function setSeed(value: u32): void {
  seed = value
}

/** Eight bytes at a time, multiplied and folded, with a secret start: the slots of chosen keys cannot be foretold. */
export function hashText(p: usize, length: u32): u32 {
  let hash = (<u64>seed * 0xd6e8feb86659fd93) ^ length
  while (length >= 8) {
    hash = fold(hash ^ load<u64>(p))
    p += 8
    length -= 8
  }
  // The window is padded, so the last load may read behind the text; what it reads there is cut off.
  if (length > 0) hash = fold(hash ^ (load<u64>(p) & (((<u64>1) << (length << 3)) - 1)))
  return <u32>((hash * 0xd6e8feb86659fd93) >> 32)
}

/** Spreads every bit upwards, and the upper half back over the lower. */
function fold(value: u64): u64 {
  value *= 0x9e3779b97f4a7c15
  return value ^ (value >> 32)
}

/** Starts a dictionary. */
export function beginKeys(): void {
  round++
  unknownKeys = 0
}

/** False when this dictionary had the key already. The caller has checked that there is room. */
export function rememberKey(key: usize, length: u32): bool {
  let slot = hashText(key, length) & (SLOTS - 1)
  for (let i: u32 = 0; i < SLOTS; i++) {
    const at = SEEN + slot * 12
    if (load<u32>(at) != round) {
      store<u32>(at, round)
      store<u32>(at, <u32>key, 4)
      store<u32>(at, length, 8)
      unknownKeys++
      return true
    }
    if (load<u32>(at, 8) == length && sameBytes(load<u32>(at, 4), key, length)) return false
    slot = (slot + 1) & (SLOTS - 1)
  }
  return false
}
