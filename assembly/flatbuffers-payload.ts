/** The payload of a FlatBuffers frame: where its vectors are, and what is in them, in a format of their own. */
import * as any from './formats/any'
import {
  BAD_RANGE,
  FIELD_ARGS,
  FIELD_KWARGS,
  FIELD_PAYLOAD,
  KIND_ARRAY,
  KIND_MAP,
  KIND_NULL,
  MODE_ARGS,
  MODE_ENC,
  MODE_UNCHECKED,
  OK,
  PAYLOAD_RULE,
  RECORD_ARGS_START,
  RECORD_KWARGS_START,
  RECORD_MODE,
  SCAN_DEFERRED,
  TRAILING_BYTES,
  WANT_DICT,
  WANT_PAYLOAD,
} from './generated/abi'
import { input, isCall, scratch } from './memory'
import { clearRecord, put, putOutcome, putSpan } from './record'
import * as status from './status'
import * as token from './token'
import { refuse } from './values'

let flags: i32 = 0

/** Content of args, kwargs and payload; start equals end when there is none. */
let argsStart: usize = 0
let argsEnd: usize = 0
let kwargsStart: usize = 0
let kwargsEnd: usize = 0
let payloadStart: usize = 0
let payloadEnd: usize = 0

/** Begins a frame, which has no payload yet. */
export function beginPayload(frame: usize, scanFlags: i32): void {
  flags = scanFlags
  argsStart = argsEnd = kwargsStart = kwargsEnd = payloadStart = payloadEnd = frame
}

/** Keeps where the content of a vector is: FIELD_ARGS, FIELD_KWARGS, or that of an opaque payload. */
export function keepBytes(field: i32, start: usize, end: usize): void {
  if (field == FIELD_ARGS) {
    argsStart = start
    argsEnd = end
  } else if (field == FIELD_KWARGS) {
    kwargsStart = start
    kwargsEnd = end
  } else {
    payloadStart = start
    payloadEnd = end
  }
}

/**
 * Checks args and kwargs, each that has bytes, of a frame whose envelope the façade has read: their bytes stand in the
 * input window at `args` and `kwargs` bytes from its start. Returns the status; of the record count the spans, the
 * flags and RECORD_WIDE_TEXTS.
 */
export function checkArgs(
  args: usize,
  argsLength: usize,
  kwargs: usize,
  kwargsLength: usize,
  payloadFormat: i32,
  maxDepth: i32,
  maxNodes: i32,
  maxBigIntBytes: u32,
): i32 {
  if (!isCall(args, argsLength, payloadFormat, maxDepth)) return BAD_RANGE
  if (!isCall(kwargs, kwargsLength, payloadFormat, maxDepth)) return BAD_RANGE
  const frame = input()
  beginPayload(frame, 0)
  argsStart = frame + args
  argsEnd = argsStart + argsLength
  kwargsStart = frame + kwargs
  kwargsEnd = kwargsStart + kwargsLength
  status.begin(maxDepth, maxNodes, maxBigIntBytes)
  clearRecord(frame)
  application(payloadFormat)
  return putOutcome()
}

/** args and kwargs in their own format, or an opaque payload. */
export function application(format: i32): bool {
  if (payloadEnd != payloadStart) {
    status.errorField = FIELD_PAYLOAD
    if (argsEnd != argsStart || kwargsEnd != kwargsStart) {
      return status.fail(PAYLOAD_RULE, payloadStart) != 0
    }
    put(RECORD_MODE, MODE_ENC)
    putSpan(RECORD_ARGS_START, payloadStart, payloadEnd)
    return true
  }
  const hasArgs = argsEnd != argsStart
  const hasKwargs = kwargsEnd != kwargsStart
  if (!hasArgs && !hasKwargs) return true
  putSpan(RECORD_ARGS_START, argsStart, argsEnd)
  putSpan(RECORD_KWARGS_START, kwargsStart, kwargsEnd)
  if ((flags & SCAN_DEFERRED) != 0) {
    put(RECORD_MODE, MODE_UNCHECKED)
    return true
  }
  put(RECORD_MODE, MODE_ARGS)
  if (hasArgs) {
    status.errorField = FIELD_ARGS
    if (!nested(format, argsStart, argsEnd, KIND_ARRAY, RECORD_ARGS_START)) return false
  }
  if (hasKwargs) {
    status.errorField = FIELD_KWARGS
    if (!nested(format, kwargsStart, kwargsEnd, KIND_MAP, RECORD_KWARGS_START)) return false
  }
  return true
}

/** One value that fills [p, after): a list or dictionary, or null, which is read as nothing. */
function nested(format: i32, p: usize, after: usize, container: i32, record: i32): bool {
  // JSON wants a stop behind its text, and here stand other bytes of the buffer.
  const stop = load<u8>(after)
  any.open(format, after, scratch())
  const kind = any.kindAt(p)
  let last: usize = 0
  if (status.status == OK) {
    if (kind != container && kind != KIND_NULL) {
      if (kind != token.kind) token.setScalar(kind)
      refuse(container == KIND_MAP ? WANT_DICT : WANT_PAYLOAD, p)
    } else {
      last = container == KIND_MAP ? any.skipNamed(p) : any.skip(p)
      if (last != 0) last = any.afterFrame(last)
      if (last != 0 && last != after) status.fail(TRAILING_BYTES, last)
    }
  }
  store<u8>(after, stop)
  if (status.status != OK) return false
  if (kind == KIND_NULL) putSpan(record, p, p)
  return true
}
