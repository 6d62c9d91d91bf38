/** Writing the record and its index (abi.ts). */
import { INDEX_ENTRIES, RECORD_FIELDS, RECORD_FLAGS, RECORD_IDS } from './abi'
import { INDEX, RECORD } from './memory'

let entries: i32 = 0
/** Address that offsets count from: the first byte of the frame. */
let base: usize = 0

export function beginRecord(frame: usize): void {
  entries = 0
  base = frame
}

export function put(word: i32, value: i32): void {
  store<i32>(RECORD + ((<usize>word) << 2), value)
}

/** Stores a span as two words, as offsets from the start of the frame. */
export function putSpan(word: i32, start: usize, end: usize): void {
  put(word, <i32>(start - base))
  put(word + 1, <i32>(end - base))
}

export function putId(place: i32, id: f64): void {
  store<f64>(RECORD + ((<usize>RECORD_IDS) << 2) + ((<usize>place) << 3), id)
}

export function flag(bit: i32): void {
  put(RECORD_FLAGS, load<i32>(RECORD + ((<usize>RECORD_FLAGS) << 2)) | bit)
}

/** Adds an entry to the index. Without a trace it always has room: a message has at most 32 options. */
export function entry(field: i32, kind: i32, start: usize, end: usize): void {
  if (entries == INDEX_ENTRIES) return
  const at = INDEX + <usize>entries * 12
  store<i32>(at, field | (kind << 8))
  store<i32>(at, <i32>(start - base), 4)
  store<i32>(at, <i32>(end - base), 8)
  entries++
  put(RECORD_FIELDS, entries)
}
