/**
 * The check of one payload value by itself, of any format: opaque payloads, args and kwargs inside of FlatBuffers, and
 * the codec for single payloads call it through the façade.
 */

import * as any from './formats/any'
import {
  BAD_RANGE,
  FORMAT_JSON,
  OK,
  RECORD_ERROR_AT,
  RECORD_WIDE_TEXTS,
  SCAN_NAMES,
  TRAILING_BYTES,
} from './generated/abi'
import { input, isCall, scratch } from './memory'
import { put } from './record'
import * as status from './status'
import { countTexts, wideTexts } from './text'

/**
 * Validates the `length` bytes at `at` bytes from the start of the input window: one value and nothing else. Returns
 * the status. Of the record it writes RECORD_WIDE_TEXTS and, when the value is refused, RECORD_ERROR_AT, which counts
 * from the value's first byte. Of the flags only SCAN_NAMES means something here.
 */
export function check(
  at: usize,
  length: usize,
  format: i32,
  maxDepth: i32,
  maxNodes: i32,
  maxBigIntBytes: u32,
  flags: i32,
): i32 {
  if (!isCall(at, length, format, maxDepth)) return BAD_RANGE
  const start = input() + at
  const end = start + length
  status.begin(maxDepth, maxNodes, maxBigIntBytes)
  countTexts()
  // JSON puts a stop behind the text; here that may be the next field of a frame.
  const behind = load<u8>(end)
  any.open(format, end, scratch())
  const p = (flags & SCAN_NAMES) != 0 ? any.skipNamed(start) : any.skip(start)
  if (p != 0 && any.afterFrame(p) != end) status.fail(TRAILING_BYTES, any.afterFrame(p))
  if (format == FORMAT_JSON) store<u8>(end, behind)
  put(RECORD_WIDE_TEXTS, wideTexts)
  if (status.status != OK) put(RECORD_ERROR_AT, <i32>(status.errorAt - start))
  return status.status
}
