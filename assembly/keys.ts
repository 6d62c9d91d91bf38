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

/** Field number of the key in a message of this form, or -1. */
export function fieldOf(form: i32, key: usize, length: u32): i32 {
  if (length == 0 || length > <u32>KEY_MAX) return -1
  const last = <usize>length - 1
  let slot =
    (length * 37 +
      <u32>load<u8>(key) * 5 +
      <u32>load<u8>(key + min<usize>(5, last)) * 67 +
      <u32>load<u8>(key + min<usize>(6, last)) * 131 +
      <u32>load<u8>(key + last) * 29) &
    255
  while (true) {
    const id = <i32>load<u8>(KEY_SLOTS + slot) - 1
    if (id < 0) return -1
    if (
      load<u8>(KEY_LENGTHS + id) == length &&
      sameBytes(KEY_TEXT + load<u16>(KEY_OFFSETS + ((<usize>id) << 1)), key, length)
    ) {
      return <i32>load<u8>(FIELD_OF_KEY + form * KEY_COUNT + id) - 1
    }
    slot = (slot + 1) & 255
  }
}

/** Unknown keys of one dictionary; more are refused, so that the table stays small and probing short. */
export const MAX_UNKNOWN_KEYS: i32 = 1024
const SLOTS: u32 = 2048
/** Twelve bytes a slot: round in which it was filled, address and length of the key. */
const SEEN: usize = memory.data(2048 * 12, 16)
let round: u32 = 0
export let unknownKeys: i32 = 0

/** Drawn by the façade, so that nobody can prepare keys that collide. */
let seed: u32 = 0

export function setSeed(value: u32): void {
  seed = value
}

/** FNV-1a with a secret start and a final mix: the slots of chosen keys cannot be foretold. */
export function hashText(p: usize, length: u32): u32 {
  let hash = seed ^ 0x811c9dc5
  const end = p + length
  while (p < end) {
    hash = (hash ^ load<u8>(p)) * 0x01000193
    // Without this, keys that collide under one seed would collide under all of them.
    hash ^= hash >> 15
    p++
  }
  return (hash ^ (hash >> 13)) * 0x9e3779b1
}

/** Starts a dictionary. */
export function beginKeys(): void {
  round++
  unknownKeys = 0
}

/** False when this dictionary had the key already. The caller has checked that there is room. */
export function rememberKey(key: usize, length: u32): bool {
  let slot = (hashText(key, length) >> 8) & (SLOTS - 1)
  while (true) {
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
}
