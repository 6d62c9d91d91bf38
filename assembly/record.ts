/** Writing the record and its index (abi.ts). */
import {
  INDEX_ENTRIES,
  MODE_NONE,
  RECORD_ARGS_START,
  RECORD_COUNT,
  RECORD_ERROR_AT,
  RECORD_ERROR_FIELD,
  RECORD_ERROR_KIND,
  RECORD_ERROR_WANT,
  RECORD_FIELDS,
  RECORD_FLAGS,
  RECORD_IDS,
  RECORD_KWARGS_START,
  RECORD_MESSAGE,
  RECORD_MODE,
  RECORD_REQUEST_TYPE,
  RECORD_TEXT_REF,
  RECORD_TEXT_START,
  RECORD_TYPE,
  RECORD_URI_CLASS,
  RECORD_WIDE_TEXTS,
} from './generated/abi'
import { INDEX, RECORD } from './memory'
import * as status from './status'
import { countTexts, wideTexts } from './text'

let entries: i32 = 0
/** Address that offsets count from: the first byte of the frame. */
let base: usize = 0

function beginRecord(frame: usize): void {
  entries = 0
  base = frame
}

export function put(word: i32, value: i32): void {
  store<i32>(RECORD + ((<usize>word) << 2), value)
}

/** Everything as it is for a frame in which nothing was found yet. */
export function clearRecord(frame: usize): void {
  countTexts()
  beginRecord(frame)
  put(RECORD_TYPE, 0)
  put(RECORD_MESSAGE, -1)
  put(RECORD_FLAGS, 0)
  put(RECORD_FIELDS, 0)
  put(RECORD_REQUEST_TYPE, 0)
  put(RECORD_TEXT_REF, -1)
  put(RECORD_TEXT_START, -1)
  put(RECORD_TEXT_START + 1, -1)
  put(RECORD_URI_CLASS, 0)
  put(RECORD_MODE, MODE_NONE)
  put(RECORD_COUNT, -1)
  putSpan(RECORD_ARGS_START, frame, frame)
  putSpan(RECORD_KWARGS_START, frame, frame)
}

/** Stores how many texts are beyond ASCII, and what status.ts knows of a failure; returns the status. */
export function putOutcome(): i32 {
  put(RECORD_WIDE_TEXTS, wideTexts)
  if (status.status == 0) return 0
  put(RECORD_ERROR_AT, <i32>(status.errorAt - base))
  put(RECORD_ERROR_FIELD, status.errorField)
  put(RECORD_ERROR_WANT, status.errorWant)
  put(RECORD_ERROR_KIND, status.errorKind)
  return status.status
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

/** Adds an entry to the index. When the frame is not dissected it always has room: a message has at most 32 options. */
export function entry(field: i32, kind: i32, start: usize, end: usize): void {
  if (entries == INDEX_ENTRIES) return
  const at = INDEX + <usize>entries * 12
  store<i32>(at, field | (kind << 8))
  store<i32>(at, <i32>(start - base), 4)
  store<i32>(at, <i32>(end - base), 8)
  entries++
  put(RECORD_FIELDS, entries)
}
