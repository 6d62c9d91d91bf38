/**
 * FlatBuffers frame -> record: what scan.ts is to list frames. The whole buffer is verified before it is read:
 * root, vtables, every offset that the schema knows, alignment, lengths, text, and the payload in its own format.
 * Recursion follows the schema, four tables deep at most, never the input; there can be no cycles.
 */

import { application, beginPayload, keepBytes } from './flatbuffers-payload'
import {
  BAD_OFFSET,
  BAD_RANGE,
  BAD_TOKEN,
  BAD_UTF8,
  FIELD_LIST,
  FIELD_NONE,
  FIELD_POSITION,
  FLAG_REQUEST,
  FLAG_SEMANTIC,
  FLAT_BOOL,
  FLAT_BYTES,
  FLAT_ENUM,
  FLAT_ENUMS,
  FLAT_REQUEST_TYPE,
  FLAT_TABLE,
  FLAT_TEXT,
  FLAT_TEXTS,
  FLAT_U64,
  FLAT_U64S,
  KIND_ARRAY,
  KIND_BYTES,
  KIND_FALSE,
  KIND_MAP,
  KIND_TEXT,
  KIND_TRUE,
  KIND_UINT,
  LENGTH_OVERRUN,
  MISALIGNED,
  MISSING_FIELD,
  NODE_LIMIT,
  OK,
  RECORD_MESSAGE,
  RECORD_REQUEST_TYPE,
  RECORD_TEXT_REF,
  RECORD_TEXT_START,
  RECORD_TYPE,
  RECORD_URI_CLASS,
  SCAN_DISSECT,
  SIZE_LIMIT,
  SLOT_REQUIRED,
  SLOT_SEMANTIC,
  SLOT_URI,
  TRUNCATED,
  UNKNOWN_UNION,
  WANT_ENUM,
  WANT_ID,
  WANT_REQUEST_TYPE,
  WANT_UNPREFIXED,
} from './generated/abi'
import {
  FLAT_MESSAGE_OF_CODE,
  FLAT_MESSAGES,
  FLAT_NESTED,
  FLAT_SLOTS,
  MESSAGE_BYTES,
  MESSAGES,
  REQUEST_TYPES_HIGH,
  REQUEST_TYPES_LOW,
} from './generated/tables'
import { input, isCall } from './memory'
import { clearRecord, entry, flag, put, putId, putOutcome, putSpan } from './record'
import * as status from './status'
import { findBadUtf8 } from './text'
import * as token from './token'
import { intern, patterns } from './uri-table'
import { refuse } from './values'

/** The largest WAMP id, 2^53. */
const MAX_ID: u64 = 9007199254740992
/** The smallest buffer: a root offset and a table. */
const MIN_BYTES: usize = 8
/**
 * How often all of the buffer may be read as text. Builders that pool strings point to one text many times; a vector
 * of a million offsets to one long text must not cost a million times its length.
 */
const SHARING: u64 = 8
/** Text that may be shared whatever the size of the buffer. */
const FREE_TEXT: u64 = 65536

/** First byte of the buffer, and the byte after its last. */
let frame: usize = 0
let end: usize = 0
let flags: i32 = 0
/** Bytes of text that may still be checked. */
let textLeft: u64 = 0

/** What `openTable` found: the vtable, its size in bytes, and the size of the table. */
let vtable: usize = 0
let vtableBytes: u32 = 0
let tableBytes: u32 = 0

/** What `check` found: the span of the value, and its kind. */
let valueStart: usize = 0
let valueEnd: usize = 0
let valueKind: i32 = 0

/**
 * Scans the buffer of `length` bytes at `at` bytes from the start of the input window; args and kwargs are in
 * `payloadFormat`. Returns the status, as `scan` does.
 */
export function scanFlatBuffers(
  at: usize,
  length: usize,
  payloadFormat: i32,
  scanFlags: i32,
  maxDepth: i32,
  maxNodes: i32,
  maxBigIntBytes: u32,
): i32 {
  if (!isCall(at, length, payloadFormat, maxDepth)) return BAD_RANGE
  frame = input() + at
  end = frame + length
  flags = scanFlags
  textLeft = <u64>length * SHARING + FREE_TEXT
  beginPayload(frame, scanFlags)
  status.begin(maxDepth, maxNodes, maxBigIntBytes)
  clearRecord(frame)
  putId(0, 0)
  putId(1, 0)
  status.errorField = FIELD_LIST
  const message = root()
  if (message != 0 && readMessage(message)) application(payloadFormat)
  return putOutcome()
}

/** The root table: the union of messages. Returns the address of the message's table, 0 when something is wrong. */
function root(): usize {
  if (end - frame < MIN_BYTES) return status.fail(TRUNCATED, end)
  if (<usize>load<u32>(frame) == end - frame - 4) {
    status.errorWant = WANT_UNPREFIXED
    return status.fail(BAD_OFFSET, frame)
  }
  const table = follow(frame)
  if (table == 0 || !openTable(table)) return 0
  const type = slotAt(table, 0, 1)
  if (status.status != OK) return 0
  const union = slotAt(table, 1, 4)
  if (status.status != OK) return 0
  status.errorField = FIELD_POSITION
  if (type == 0) return status.fail(MISSING_FIELD, table)
  const code = <i32>load<u8>(type)
  put(RECORD_TYPE, code)
  const messageIndex = code < 128 ? <i32>load<u8>(FLAT_MESSAGE_OF_CODE + <usize>code) - 1 : -1
  if (messageIndex < 0) return status.fail(UNKNOWN_UNION, type)
  if (union == 0) return status.fail(MISSING_FIELD, table)
  put(RECORD_MESSAGE, messageIndex)
  messageNumber = messageIndex
  if ((flags & SCAN_DISSECT) != 0) entry(FIELD_POSITION, KIND_UINT, type, type + 1)
  return follow(union)
}

let messageNumber: i32 = 0

/** The table of the message: every slot that the schema has goes to its place in the record or in the index. */
function readMessage(table: usize): bool {
  status.errorField = FIELD_LIST
  if (!openTable(table)) return false
  // Nested tables are opened on the way: these are ours.
  const fields = vtable
  const fieldsBytes = vtableBytes
  const bytes = tableBytes
  const facts = FLAT_MESSAGES + ((<usize>messageNumber) << 3)
  let slot = FLAT_SLOTS + ((<usize>load<u16>(facts)) << 3)
  const slotsEnd = slot + ((<usize>slotsToSee(facts)) << 3)
  if (load<u8>(MESSAGES + messageNumber * MESSAGE_BYTES + 2) != 0) flag(FLAG_SEMANTIC)
  for (let place: u32 = 4; slot < slotsEnd; slot += 8, place += 2) {
    const offset = place < fieldsBytes ? <u32>load<u16>(fields + place) : 0
    const field = <i32>load<u8>(slot, 3)
    if (offset == 0) {
      if ((load<u8>(slot, 5) & SLOT_REQUIRED) == 0) {
        // An absent id is zero, and known.
        if (field == FIELD_POSITION + 1) flag(FLAG_REQUEST)
        continue
      }
      status.errorField = field
      status.fail(MISSING_FIELD, table)
      return false
    }
    status.errorField = field == FIELD_NONE ? FIELD_LIST : field
    const size = <u32>load<u8>(slot, 1)
    const at = table + offset
    if (offset < 4 || offset + size > bytes) {
      status.fail(BAD_OFFSET, fields + place)
      return false
    }
    if (((at - frame) & (size - 1)) != 0) {
      status.fail(MISALIGNED, at)
      return false
    }
    if (!check(at, slot)) return false
    if (!keep(at, slot, field)) return false
  }
  return true
}

/** Slots of the table that was opened last that the schema knows and that may be there, or are missed if not. */
function slotsToSee(facts: usize): u32 {
  const present = (vtableBytes - 4) >> 1
  return min<u32>(load<u16>(facts, 2), max<u32>(present, load<u16>(facts, 4)))
}

/** Puts a value that was checked to where the façade looks for it. */
function keep(at: usize, slot: usize, field: i32): bool {
  const type = <i32>load<u8>(slot)
  if (field < FIELD_POSITION) {
    if ((load<u8>(slot, 5) & SLOT_SEMANTIC) != 0) flag(FLAG_SEMANTIC)
    entry(field, valueKind, valueStart, valueEnd)
    return true
  }
  if (field == FIELD_NONE) return true
  if (type == FLAT_BYTES) {
    keepBytes(field, valueStart + 4, valueEnd)
  } else if (type == FLAT_U64) {
    const id = load<u64>(at)
    token.setInteger(KIND_UINT, id)
    if (id > MAX_ID) return refuse(WANT_ID, at) != 0
    const place = <i32>load<u8>(slot, 4)
    putId(place, <f64>id)
    if (place == 0) flag(FLAG_REQUEST)
  } else if (type == FLAT_REQUEST_TYPE) {
    put(RECORD_REQUEST_TYPE, <i32>load<u16>(at))
  } else {
    putSpan(RECORD_TEXT_START, valueStart, valueEnd)
    if ((load<u8>(slot, 5) & SLOT_URI) != 0) {
      // The text without its length.
      put(RECORD_TEXT_REF, intern(valueStart + 4, <u32>(valueEnd - valueStart - 4), false))
      put(RECORD_URI_CLASS, patterns)
    }
  }
  if ((flags & SCAN_DISSECT) != 0) entry(field, valueKind, valueStart, valueEnd)
  return true
}

/** Follows the offset at `p`, whose four bytes are in the buffer; 0 when it leads out of it. */
function follow(p: usize): usize {
  const offset = <usize>load<u32>(p)
  // Zero would be the offset itself. end > p, so the difference is no smaller than one.
  if (offset == 0 || offset >= end - p) return status.fail(BAD_OFFSET, p)
  return p + offset
}

/** Opens the table at `p`: its vtable and both sizes lie in the buffer. */
function openTable(p: usize): bool {
  if (((p - frame) & 3) != 0) return status.fail(MISALIGNED, p) != 0
  if (end - p < 4) return status.fail(BAD_OFFSET, p) != 0
  // The distance is signed: a vtable may stand before its table or behind it.
  const from = <i64>(p - frame) - <i64>load<i32>(p)
  if (from < 0 || from > <i64>(end - frame) - 4) return status.fail(BAD_OFFSET, p) != 0
  const at = frame + <usize>from
  if ((from & 1) != 0) return status.fail(MISALIGNED, at) != 0
  const size = <u32>load<u16>(at)
  const bytes = <u32>load<u16>(at, 2)
  if (size < 4 || (size & 1) != 0 || size > <u32>(end - at)) return status.fail(BAD_OFFSET, at) != 0
  if (bytes < 4 || bytes > <u32>(end - p)) return status.fail(BAD_OFFSET, at + 2) != 0
  vtable = at
  vtableBytes = size
  tableBytes = bytes
  return true
}

/** Address of a slot's `size` bytes in the table that was opened last; 0 when it is absent or wrong. */
function slotAt(table: usize, slot: u32, size: u32): usize {
  const place: u32 = 4 + (slot << 1)
  const offset = place < vtableBytes ? <u32>load<u16>(vtable + place) : 0
  if (offset == 0) return 0
  // The table lies in the buffer, so whatever lies in the table does too.
  if (offset < 4 || offset + size > tableBytes) return status.fail(BAD_OFFSET, vtable + place)
  const at = table + offset
  return ((at - frame) & (size - 1)) == 0 ? at : status.fail(MISALIGNED, at)
}

/** Checks the value whose inline bytes at `p` lie in the table, and what it points to. */
function check(p: usize, slot: usize): bool {
  const type = <i32>load<u8>(slot)
  const more = <u32>load<u8>(slot, 2)
  if (type >= FLAT_TEXT) {
    const at = follow(p)
    return at != 0 && checkTarget(at, type, more)
  }
  valueStart = p
  valueEnd = p + <usize>load<u8>(slot, 1)
  valueKind = KIND_UINT
  if (type == FLAT_BOOL) valueKind = load<u8>(p) == 0 ? KIND_FALSE : KIND_TRUE
  else if (type == FLAT_ENUM) {
    valueKind = KIND_TEXT
    if (<u32>load<u8>(p) >= more) return refuseNumber(WANT_ENUM, p)
  } else if (type == FLAT_REQUEST_TYPE) {
    const code = <u64>load<u16>(p)
    const allowed =
      code < 64 ? (REQUEST_TYPES_LOW >> code) & 1 : code < 128 ? (REQUEST_TYPES_HIGH >> (code - 64)) & 1 : 0
    if (allowed == 0) return refuseNumber(WANT_REQUEST_TYPE, p)
  }
  return true
}

function refuseNumber(want: i32, p: usize): bool {
  token.setScalar(KIND_UINT)
  return refuse(want, p) != 0
}

/** Checks what an offset leads to. */
function checkTarget(at: usize, type: i32, more: u32): bool {
  if (type == FLAT_TEXT) return checkText(at)
  if (type == FLAT_TABLE) return checkTable(at, more)
  const shift: u32 = type == FLAT_BYTES || type == FLAT_ENUMS ? 0 : type == FLAT_U64S ? 3 : 2
  const count = vectorAt(at, shift)
  if (status.status != OK) return false
  const elements = at + 4
  const after = elements + ((<usize>count) << shift)
  if (type != FLAT_BYTES) {
    if (!status.countNodes(count > <u32>i32.MAX_VALUE >> 3 ? i32.MAX_VALUE : <i32>count)) {
      return status.fail(NODE_LIMIT, at) != 0
    }
    if (type == FLAT_U64S) {
      if (count != 0 && ((elements - frame) & 7) != 0) return status.fail(MISALIGNED, elements) != 0
    } else if (type == FLAT_ENUMS) {
      for (let p = elements; p < after; p++) if (<u32>load<u8>(p) >= more) return refuseNumber(WANT_ENUM, p)
    } else {
      for (let p = elements; p < after; p += 4) {
        const element = follow(p)
        if (element == 0) return false
        if (!(type == FLAT_TEXTS ? checkText(element) : checkTable(element, more))) return false
      }
    }
  }
  valueStart = at
  valueEnd = after
  valueKind = type == FLAT_BYTES ? KIND_BYTES : KIND_ARRAY
  return true
}

/** Number of elements of the vector at `at`, all of which lie in the buffer; `shift` says how long one is. */
function vectorAt(at: usize, shift: u32): u32 {
  if (((at - frame) & 3) != 0) {
    status.fail(MISALIGNED, at)
    return 0
  }
  if (end - at < 4) {
    status.fail(BAD_OFFSET, at)
    return 0
  }
  const count = load<u32>(at)
  // Never count << shift: that would wrap.
  if (<usize>count > (end - at - 4) >> shift) {
    status.fail(LENGTH_OVERRUN, at)
    return 0
  }
  return count
}

/** A string: its length, UTF-8, and the zero behind it that the format wants. */
function checkText(at: usize): bool {
  const length = vectorAt(at, 0)
  if (status.status != OK) return false
  const start = at + 4
  const after = start + length
  if (after == end) return status.fail(LENGTH_OVERRUN, at) != 0
  if (load<u8>(after) != 0) return status.fail(BAD_TOKEN, after) != 0
  if (<u64>length > textLeft) return status.fail(SIZE_LIMIT, at) != 0
  textLeft -= length
  const bad = findBadUtf8(start, after)
  if (bad != 0) return status.fail(BAD_UTF8, bad) != 0
  valueStart = at
  valueEnd = after
  valueKind = KIND_TEXT
  return true
}

/** A table that a message points to, by its number in the schema. */
function checkTable(at: usize, number: u32): bool {
  if (!openTable(at)) return false
  const fields = vtable
  const fieldsBytes = vtableBytes
  const bytes = tableBytes
  const facts = FLAT_NESTED + (number << 3)
  let slot = FLAT_SLOTS + ((<usize>load<u16>(facts)) << 3)
  const slotsEnd = slot + ((<usize>slotsToSee(facts)) << 3)
  if (!status.countNodes(3)) return status.fail(NODE_LIMIT, at) != 0
  for (let place: u32 = 4; slot < slotsEnd; slot += 8, place += 2) {
    const offset = place < fieldsBytes ? <u32>load<u16>(fields + place) : 0
    if (offset == 0) {
      if ((load<u8>(slot, 5) & SLOT_REQUIRED) == 0) continue
      return status.fail(MISSING_FIELD, at) != 0
    }
    const size = <u32>load<u8>(slot, 1)
    if (offset < 4 || offset + size > bytes) return status.fail(BAD_OFFSET, fields + place) != 0
    if (((at + offset - frame) & (size - 1)) != 0) return status.fail(MISALIGNED, at + offset) != 0
    if (!check(at + offset, slot)) return false
  }
  valueStart = at
  valueEnd = at + bytes
  valueKind = KIND_MAP
  return true
}
