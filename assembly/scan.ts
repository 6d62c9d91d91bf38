/**
 * List frame -> record: the one call that the façade makes for a frame. It checks everything that the wire can get
 * wrong (well-formedness, UTF-8, depth, lengths, the message's own form and the types of known keys), so that no
 * getter of the message ever meets a surprise.
 */

import * as any from './formats/any'
import {
  BAD_RANGE,
  DUPLICATE_KEY,
  EVENT_RECEIVED_CODE,
  FALLBACK,
  FIELD_ARGS,
  FIELD_KEY,
  FIELD_KWARGS,
  FIELD_LIST,
  FIELD_OPTIONS,
  FIELD_PAYLOAD,
  FIELD_POSITION,
  FLAG_CUSTOM,
  FLAG_REQUEST,
  FLAG_SEMANTIC,
  INDEX_ENTRIES,
  KIND_ARRAY,
  KIND_BYTES,
  KIND_FLOAT,
  KIND_MAP,
  KIND_NULL,
  KIND_TEXT,
  KIND_UINT,
  MODE_ARGS,
  MODE_ENC,
  MODE_PPT,
  MODE_UNCHECKED,
  NODE_LIMIT,
  RECORD_ARGS_START,
  RECORD_COUNT,
  RECORD_KWARGS_START,
  RECORD_MESSAGE,
  RECORD_MODE,
  RECORD_REQUEST_TYPE,
  RECORD_TEXT_REF,
  RECORD_TEXT_START,
  RECORD_TYPE,
  RECORD_URI_CLASS,
  SCAN_DEFERRED,
  SCAN_DISSECT,
  SCAN_LENIENT,
  SCAN_REST,
  SIZE_LIMIT,
  TRAILING_BYTES,
  WANT_DICT,
  WANT_END,
  WANT_ID,
  WANT_IDS,
  WANT_LENGTH,
  WANT_LIST,
  WANT_OPTIONS,
  WANT_OPTIONS_MAYBE,
  WANT_PAYLOAD,
  WANT_REALM,
  WANT_REQUEST_TYPE,
  WANT_SEMANTIC,
  WANT_TEXT,
  WANT_TYPE,
  WANT_URI,
} from './generated/abi'
import {
  FIELD_PPT_SCHEME,
  MESSAGE_BYTES,
  MESSAGE_EVENT_RECEIVED,
  MESSAGE_OF_CODE,
  MESSAGES,
  REQUEST_TYPES_HIGH,
  REQUEST_TYPES_LOW,
  WANT_OF_FIELD,
} from './generated/tables'
import { beginKeys, fieldOf, MAX_UNKNOWN_KEYS, rememberKey, unknownKeys } from './keys'
import { input, isCall, scratch } from './memory'
import { clearRecord, entry, flag, put, putId, putOutcome, putSpan } from './record'
import * as status from './status'
import * as token from './token'
import { passPayload, payloadOut } from './transcode'
import { intern, patterns } from './uri-table'
import { checkValue, mendId, refuse, refusedEnd } from './values'

/** Custom keys that a dissected frame names: there is room for everything else of a message, too. */
const DISSECTED_KEYS: i32 = INDEX_ENTRIES - 64

/** The largest WAMP id, 2^53. */
const MAX_ID: u64 = 9007199254740992

let flags: i32 = 0
let messageIndex: i32 = 0
/** Elements of the list, -1 until its end is seen; and how many were passed. */
let elements: i32 = 0
let passed: i32 = 0
/** Ids that the record holds already. */
let ids: i32 = 0
/** Options of this message that were seen, a bit a field. */
let seenFields: u32 = 0
/** Those that were `undefined`, which is absent with SCAN_LENIENT. */
let absentFields: u32 = 0

/** The frame whose payload the last scan has deferred, or 0; the payload, and the nodes that it may have. */
let restOf: usize = 0
let restEnd: usize = 0
let restAt: usize = 0
let restNodes: i32 = 0

/**
 * Scans the frame of `length` bytes at `at` bytes from the start of the input window. Returns the status; the record
 * and the index hold the rest, also of a frame that is refused. With SCAN_REST, if it was the last one and is there
 * still, only its payload is looked at, and the record says of a good frame its mode and the spans of its payload, and
 * of a bad one nothing.
 */
export function scan(
  at: usize,
  length: usize,
  format: i32,
  scanFlags: i32,
  maxDepth: i32,
  maxNodes: i32,
  maxBigIntBytes: u32,
): i32 {
  if (!isCall(at, length, format, maxDepth)) return BAD_RANGE
  const start = input() + at
  const end = start + length
  const isRest = (scanFlags & SCAN_REST) != 0 && restOf == start && restEnd == end
  restOf = 0
  flags = scanFlags
  status.begin(maxDepth, isRest ? restNodes : maxNodes, maxBigIntBytes)
  status.setLenient((flags & SCAN_LENIENT) != 0)
  any.open(format, end, scratch())
  clearRecord(start)
  const p = isRest
    ? application(restAt, load<u8>(MESSAGES + messageIndex * MESSAGE_BYTES, 1) == 2)
    : list(start, end)
  if (p != 0 && any.afterFrame(p) != end) {
    status.errorField = FIELD_LIST
    status.fail(TRAILING_BYTES, any.afterFrame(p))
  }
  return putOutcome()
}

/** The whole list; returns the position after it. */
function list(start: usize, end: usize): usize {
  messageIndex = -1
  passed = 0
  ids = 0
  seenFields = 0
  absentFields = 0
  status.errorField = FIELD_LIST
  let p = any.head(start)
  if (p == 0) return 0
  if (token.kind != KIND_ARRAY) return refuse(WANT_LIST, any.valueStart(start))
  elements = token.count
  put(RECORD_COUNT, max(elements, -1))

  p = element(p)
  if (p == 0) return 0
  if (any.closed) {
    status.errorField = FIELD_POSITION
    token.setScalar(0)
    return refuse(WANT_TYPE, p)
  }
  p = code(p)
  if (p == 0) return 0

  const facts = MESSAGES + messageIndex * MESSAGE_BYTES
  const positions = <i32>load<u8>(facts)
  for (let i = 0; i < positions; i++) {
    const want = <i32>load<u8>(facts + 4 + i)
    status.errorField = FIELD_POSITION + 1 + i
    p = element(p)
    if (p == 0) return 0
    if (any.closed) {
      if (want == WANT_OPTIONS_MAYBE) return p
      status.errorField = FIELD_LIST
      return refuse(WANT_LENGTH, p)
    }
    p = position(p, want, FIELD_POSITION + 1 + i)
    if (p == 0) return 0
  }
  const payload = <i32>load<u8>(facts + 1)
  if (load<u8>(facts + 2) != 0) flag(FLAG_SEMANTIC)
  status.errorField = FIELD_ARGS
  p = element(p)
  if (p == 0 || any.closed) return p
  if (payload == 0) {
    status.errorField = FIELD_LIST
    return refuse(WANT_LENGTH, p)
  }
  // A byte string is checked by its length alone, and says which mode it is: nothing to defer.
  if ((flags & SCAN_DEFERRED) != 0 && any.peek(p) == KIND_ARRAY) {
    put(RECORD_MODE, MODE_UNCHECKED)
    putSpan(RECORD_ARGS_START, p, end)
    restOf = start
    restEnd = end
    restAt = p
    restNodes = status.nodesLeft
    return end
  }
  return application(p, payload == 2)
}

/** Moves to the next element of the list, or past its end. */
function element(p: usize): usize {
  if (elements >= 0) {
    any.setClosed(passed == elements)
    if (passed != elements) passed++
    return p
  }
  p = any.next(p, passed, elements, KIND_ARRAY)
  if (p != 0 && !any.closed) passed++
  return p
}

/** The message code. */
function code(p: usize): usize {
  status.errorField = FIELD_POSITION
  const at = p
  p = any.integer(at)
  if (p == 0) p = any.head(at)
  if (p == 0) return 0
  if (token.kind != KIND_UINT) return refuse(WANT_TYPE, at)
  const value = token.magnitude
  put(RECORD_TYPE, value > <u64>i32.MAX_VALUE ? -1 : <i32>value)
  messageIndex =
    value == EVENT_RECEIVED_CODE
      ? MESSAGE_EVENT_RECEIVED
      : value < 128
        ? <i32>load<u8>(MESSAGE_OF_CODE + <usize>value) - 1
        : -1
  if (messageIndex < 0) return refuse(WANT_TYPE, at)
  put(RECORD_MESSAGE, messageIndex)
  if ((flags & SCAN_DISSECT) != 0) entry(FIELD_POSITION, token.kind | any.elementType(token.kind), at, p)
  return p
}

/** One of the fixed positions. */
function position(p: usize, want: i32, field: i32): usize {
  const at = p
  let after = want == WANT_ID ? any.integer(p) : 0
  if (after == 0) after = any.head(p)
  if (after == 0) return 0
  let kind = token.kind
  if (kind == KIND_FLOAT && want == WANT_ID && mendId()) kind = KIND_UINT
  if (want == WANT_ID || want == WANT_REQUEST_TYPE) {
    if (kind != KIND_UINT || token.magnitude > MAX_ID) return refuse(want, at)
    if (want == WANT_ID) {
      putId(ids++, <f64>token.magnitude)
      if (ids == 1) flag(FLAG_REQUEST)
    } else {
      const type = token.magnitude
      const allowed =
        type < 64 ? (REQUEST_TYPES_LOW >> type) & 1 : type < 128 ? (REQUEST_TYPES_HIGH >> (type - 64)) & 1 : 0
      if (allowed == 0) return refuse(want, at)
      put(RECORD_REQUEST_TYPE, <i32>type)
    }
  } else if (want == WANT_OPTIONS || want == WANT_OPTIONS_MAYBE) {
    if (kind != KIND_MAP) return refuse(WANT_DICT, at)
    if (token.count != 0) {
      // So that a dissected frame that breaks off in here shows where the dictionary begins.
      if ((flags & SCAN_DISSECT) != 0) entry(FIELD_OPTIONS, kind, at, after)
      return options(at, after, token.count)
    }
  } else if (want == WANT_DICT) {
    // A dictionary that is an attribute as a whole: `extra`, always field 0.
    if (kind != KIND_MAP) return refuse(WANT_DICT, at)
    const end = any.skipNamed(p)
    if (end != 0) entry(0, kind, at, end)
    return end
  } else {
    const isAbsent = want == WANT_REALM && kind == KIND_NULL
    if (kind != KIND_TEXT && !isAbsent) return refuse(want == WANT_TEXT ? WANT_TEXT : WANT_URI, at)
    if (!isAbsent) putSpan(RECORD_TEXT_START, at, after)
    if (want != WANT_TEXT && !isAbsent) {
      any.plainText()
      put(RECORD_TEXT_REF, intern(any.text, any.textLength, false))
      put(RECORD_URI_CLASS, patterns)
    }
  }
  if ((flags & SCAN_DISSECT) != 0) entry(field, kind | any.elementType(kind), at, after)
  return after
}

/** Options or Details: `at` is the dictionary, `p` is after its head. */
function options(at: usize, p: usize, pairs: i32): usize {
  let custom = false
  beginKeys()
  for (let i = 0; ; i++) {
    status.errorField = FIELD_OPTIONS
    p = any.next(p, i, pairs, KIND_MAP)
    if (p == 0) return 0
    if (any.closed) break
    const keyAt = p
    p = any.key(p)
    if (p == 0) return 0
    any.plainText()
    const field = fieldOf(messageIndex, any.text, any.textLength)
    if (field < 0) {
      custom = true
      status.errorField = FIELD_KEY
      if (unknownKeys == MAX_UNKNOWN_KEYS) return status.fail(SIZE_LIMIT, keyAt)
      if (!rememberKey(any.text, any.textLength)) return status.fail(DUPLICATE_KEY, keyAt)
      p = any.skip(p)
      if (p == 0) return 0
      if ((flags & SCAN_DISSECT) != 0 && unknownKeys <= DISSECTED_KEYS) entry(FIELD_KEY, 0, keyAt, p)
      continue
    }
    status.errorField = field
    const bit = (<u32>1) << field
    if (((seenFields | absentFields) & bit) != 0) return status.fail(DUPLICATE_KEY, keyAt)
    if (!status.countNodes(1)) return status.fail(NODE_LIMIT, keyAt)
    if (status.lenient && any.isUndefined(p)) {
      absentFields |= bit
      p = any.head(p)
      continue
    }
    seenFields |= bit
    const want = <i32>load<u8>(WANT_OF_FIELD + (messageIndex << 5) + field)
    if ((want & WANT_SEMANTIC) != 0) flag(FLAG_SEMANTIC)
    const valueAt = any.valueStart(p)
    p = checkValue(p, want & ~(WANT_SEMANTIC | WANT_IDS), (want & WANT_IDS) != 0)
    if (p == 0) {
      // The façade reads what was refused, and names the part of it that is wrong.
      if (refusedEnd != 0) entry(field, token.kind | any.elementType(token.kind), valueAt, refusedEnd)
      return 0
    }
    entry(field, token.kind | any.elementType(token.kind), valueAt, p)
  }
  if (custom) flag(FLAG_CUSTOM)
  if (custom || (flags & SCAN_DISSECT) != 0) entry(FIELD_OPTIONS, KIND_MAP, at, p)
  return p
}

/** What follows the fixed positions: args, kwargs, or one opaque payload; `p` is at the first of them. */
function application(p: usize, opaqueAllowed: bool): usize {
  onlyBytesEnd = 0
  const at = p
  let kind = any.peek(p)
  let after: usize = 0
  if (kind == 0) {
    after = any.head(p)
    if (after == 0) return 0
    kind = token.kind
  }
  if (kind == KIND_BYTES && opaqueAllowed) {
    status.errorField = FIELD_PAYLOAD
    put(RECORD_MODE, MODE_ENC)
    putSpan(RECORD_ARGS_START, at, after)
    flag(FLAG_SEMANTIC)
    if ((flags & SCAN_DISSECT) != 0) entry(FIELD_PAYLOAD, kind, at, after)
    const end = element(after)
    if (end == 0 || any.closed) return end
    return refuse(WANT_END, end)
  }
  let opaque: usize = 0
  if (kind == KIND_ARRAY) {
    if (opaqueAllowed && (seenFields & (1 << FIELD_PPT_SCHEME)) != 0) opaque = onlyBytes(p)
    // An opaque payload is not transcoded.
    after = opaque == 0 && isTranscoding() ? passPayload(p) : any.skip(p)
    if (after == 0) return 0
    put(RECORD_MODE, MODE_ARGS)
    putSpan(RECORD_ARGS_START, at, after)
    if ((flags & SCAN_DISSECT) != 0) entry(FIELD_ARGS, kind, at, after)
  } else if (kind != KIND_NULL) {
    // Some routers send null where nothing was given.
    if (after == 0) any.head(p)
    return refuse(WANT_PAYLOAD, at)
  } else if ((flags & SCAN_DISSECT) != 0) {
    entry(FIELD_ARGS, kind, at, after)
  }
  p = element(after)
  if (p == 0) return 0
  if (!any.closed) {
    status.errorField = FIELD_KWARGS
    p = keywords(p)
    if (p == 0) return 0
    p = element(p)
    if (p == 0) return 0
    status.errorField = FIELD_LIST
    if (!any.closed) return refuse(WANT_LENGTH, p)
  }
  if (opaque != 0 && onlyBytesEnd != 0) {
    put(RECORD_MODE, MODE_PPT)
    putSpan(RECORD_ARGS_START, opaque, onlyBytesEnd)
  }
  return p
}

/** True while the call is scanTranscoding. */
function isTranscoding(): bool {
  return !isDefined(CORE_ONLY) && payloadOut != 0
}

/** kwargs at `p`; a payload in ppt form that has kwargs with it is plain args after all. */
function keywords(p: usize): usize {
  const at = p
  if (any.peek(p) != KIND_MAP) {
    const end = any.head(p)
    if (end == 0) return 0
    if (token.kind == KIND_NULL) {
      if ((flags & SCAN_DISSECT) != 0) entry(FIELD_KWARGS, KIND_NULL, at, end)
      return end
    }
    if (token.kind != KIND_MAP) return refuse(WANT_DICT, at)
  }
  // A key that is no text is not for the kernel to transcode, so there is no need to look for it then.
  const after = isTranscoding() ? passPayload(p) : any.skipNamed(p)
  if (after == 0) return 0
  // Some peers send empty kwargs with an opaque payload.
  if (onlyBytesEnd != 0) {
    if (isEmptyMap(p)) return after
    if (isTranscoding()) return status.fail(FALLBACK, at)
  }
  putSpan(RECORD_KWARGS_START, at, after)
  put(RECORD_MODE, MODE_ARGS)
  onlyBytesEnd = 0
  if ((flags & SCAN_DISSECT) != 0) entry(FIELD_KWARGS, KIND_MAP, at, after)
  return after
}

/** True when the dictionary at `p`, checked already, has no entries. */
function isEmptyMap(p: usize): bool {
  p = any.head(p)
  any.next(p, 0, token.count, KIND_MAP)
  return any.closed
}

/** End of the value that `onlyBytes` found; 0 when kwargs came after it. */
let onlyBytesEnd: usize = 0

/** Address of the value when the list at `p` holds one byte string and nothing else, or 0; nothing is refused here. */
function onlyBytes(p: usize): usize {
  const at = loneBytes(p)
  // Tags that are too many for a head are not for a value.
  if (at == 0) status.retract()
  return at
}

function loneBytes(p: usize): usize {
  p = any.head(p)
  if (p == 0) return 0
  const count = token.count
  p = any.next(p, 0, count, KIND_ARRAY)
  if (p == 0 || any.closed) return 0
  const at = p
  p = any.head(p)
  if (p == 0 || token.kind != KIND_BYTES) return 0
  onlyBytesEnd = p
  p = any.next(p, 1, count, KIND_ARRAY)
  return p != 0 && any.closed ? at : 0
}
