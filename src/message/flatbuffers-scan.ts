/**
 * FlatBuffers frame -> record, where the frame lies: no copy, no DataView, no call of the kernel but for the URI and
 * for args and kwargs. One pass over the slots that are there, driven by the tables from which the kernel's verifier is
 * made (flatbuffers-layout.ts), and as strict: root, vtables, offsets, alignment, lengths, terminators, UTF-8, required
 * fields, budgets. The kernel is the authority: whatever is wrong here, or long, is verified again by it, and it says
 * what is wrong (assembly/flatbuffers.ts). An opaque payload is not touched.
 */
import * as abi from '../kernel/abi.ts'
import type { ValueFormat } from '../payload/format.ts'
import { type AttributeReader, Payload, type PayloadContext } from '../payload/payload.ts'
import { viewOf } from '../payload/utf8.ts'
import * as codes from './flatbuffers-codes.ts'
import { flatFacts } from './flatbuffers-facts.ts'
import { found, readUri } from './flatbuffers-found.ts'
import { readSlots } from './flatbuffers-slots.ts'
import { beginVerify, nodesLeft, short, word } from './flatbuffers-verify.ts'

/** The smallest buffer: a root offset and a table. */
const MIN_BYTES = 8
/** Offsets are read as signed integers here: a longer frame is the kernel's. */
const MAX_BYTES = 0x3fff_ffff

/**
 * A frame up to this length whose args and kwargs are checked at once goes to the kernel with them, which reads it in
 * the same call (PUBLISH of 100 B and 1 KB in 0.93 of the time, Node 24, x86-64, 2026).
 */
const SMALL_FRAME = 2048

/**
 * Verifies the frame and returns its payload; `found` has the rest until the next call. Null when the kernel must look
 * at it. `flags` are those of a scan, `format` is that of args and kwargs. It is one function that calls few, because
 * an engine inlines only so much: in pieces it takes 1.6 times as long (Node 24, x86-64, 2026).
 */
export function scanInPlace(
  this: AttributeReader,
  context: PayloadContext,
  bytes: Uint8Array<ArrayBuffer>,
  format: ValueFormat,
  flags: number,
): Payload | null {
  const { length } = bytes
  if (length < MIN_BYTES || length > MAX_BYTES) return null
  // The root table, which has the message's code and leads to its table. `length - 4` is a size before the buffer.
  const root = word(bytes, 0)
  if (root <= 0 || root >= length - 4 || (root & 3) !== 0) return null
  const rootFields = root - word(bytes, root)
  if (rootFields < 0 || rootFields > length - 8 || (rootFields & 1) !== 0) return null
  const rootSize = short(bytes, rootFields)
  const rootBytes = short(bytes, rootFields + 2)
  if (rootSize < 8 || (rootSize & 1) !== 0 || rootSize > length - rootFields) return null
  const type = short(bytes, rootFields + 4)
  const union = short(bytes, rootFields + 6)
  if (rootBytes > length - root || type < 4 || type >= rootBytes || union < 4 || union + 4 > rootBytes)
    return null
  const code = bytes[root + type] as number
  const unionAt = root + union
  if (code > 127 || (unionAt & 3) !== 0) return null
  const { messageOfCode, messages } = flatFacts()
  const messageIndex = (messageOfCode[code] as number) - 1
  const distance = word(bytes, unionAt)
  if (messageIndex < 0 || distance <= 0 || distance >= length - unionAt - 3) return null
  const table = unionAt + distance
  const fields = table - word(bytes, table)
  if ((table & 3) !== 0 || fields < 0 || fields > length - 4 || (fields & 1) !== 0) return null
  const size = short(bytes, fields)
  const tableBytes = short(bytes, fields + 2)
  if (size < 4 || (size & 1) !== 0 || size > length - fields) return null
  if (tableBytes < 4 || tableBytes > length - table) return null
  const messageAt = messageIndex * codes.TABLE_WORDS
  const { words } = found
  found.messageIndex = messageIndex
  found.flags = messages[messageAt + 3] as number
  found.first = found.second = found.requestType = found.uriClass = found.entries = 0
  found.ref = -1
  found.text = null
  words[abi.RECORD_WIDE_TEXTS] = 0
  words[abi.RECORD_TEXT_START] = words[abi.RECORD_TEXT_END] = -1
  words[abi.RECORD_ARGS_START] = words[abi.RECORD_ARGS_END] = 0
  words[abi.RECORD_KWARGS_START] = words[abi.RECORD_KWARGS_END] = 0
  words[codes.PAYLOAD_START] = words[codes.PAYLOAD_START + 1] = 0
  beginVerify(length, context.policy.maxNodes)
  const lead = messages[messageAt + 4] as number
  const end = fields + size
  if (length <= SMALL_FRAME && (flags & abi.SCAN_DEFERRED) === 0 && lead !== codes.LEAD_OTHER) {
    const args = fields + (lead === codes.LEAD_NONE ? 8 : 10)
    if (args < end && (short(bytes, args) !== 0 || (args + 2 < end && short(bytes, args + 2) !== 0)))
      return null
  }
  let seen = 0
  let place = fields + 4
  if (lead !== codes.LEAD_OTHER) {
    // The session: not looked at.
    let offset = place < end ? short(bytes, place) : 0
    if (offset !== 0 && (offset < 4 || offset + 8 > tableBytes || ((table + offset) & 7) !== 0)) return null
    place += 2
    offset = place < end ? short(bytes, place) : 0
    if (offset !== 0) {
      if (offset < 4 || offset + 8 > tableBytes || ((table + offset) & 7) !== 0) return null
      const high = word(bytes, table + offset + 4)
      // 2^53 itself is an id as well, and left to the kernel.
      if (high < 0 || high >= 0x20_0000) return null
      found.first = high * 0x1_0000_0000 + (word(bytes, table + offset) >>> 0)
    }
    place += 2
    if (lead !== codes.LEAD_NONE) {
      offset = place < end ? short(bytes, place) : 0
      place += 2
      if (offset !== 0) {
        if (lead === codes.LEAD_ID) {
          if (offset < 4 || offset + 8 > tableBytes || ((table + offset) & 7) !== 0) return null
          const high = word(bytes, table + offset + 4)
          if (high < 0 || high >= 0x20_0000) return null
          found.second = high * 0x1_0000_0000 + (word(bytes, table + offset) >>> 0)
        } else {
          if (offset < 4 || offset + 4 > tableBytes || ((table + offset) & 3) !== 0) return null
          if (!readUri(context.kernel, bytes, length, table + offset)) return null
          seen = 4
        }
      }
    }
    for (
      let span = abi.RECORD_ARGS_START;
      span <= codes.PAYLOAD_START && place < end;
      span += 2, place += 2
    ) {
      offset = short(bytes, place)
      if (offset === 0) continue
      if (offset < 4 || offset + 4 > tableBytes || ((table + offset) & 3) !== 0) return null
      const at = table + offset
      const to = word(bytes, at)
      if (to <= 0 || to >= length - at - 3) return null
      const start = at + to
      const count = word(bytes, start)
      if ((start & 3) !== 0 || count < 0 || count > length - start - 4) return null
      words[span] = start + 4
      words[span + 1] = start + 4 + count
    }
  }
  if (place < end) {
    const others = readSlots(context.kernel, bytes, messageAt, table, fields, (place - fields - 4) >> 1)
    if (others < 0) return null
    seen |= others
  }
  if (((messages[messageAt + 2] as number) & ~seen) !== 0) return null
  return payloadIn(context, bytes, format, flags, this)
}

/** Makes the payload of what was found, and has args and kwargs checked; null when they are not right. */
function payloadIn(
  context: PayloadContext,
  bytes: Uint8Array<ArrayBuffer>,
  format: ValueFormat,
  flags: number,
  reader: AttributeReader,
): Payload | null {
  const { words } = found
  const hasValues =
    words[abi.RECORD_ARGS_END] !== words[abi.RECORD_ARGS_START] ||
    words[abi.RECORD_KWARGS_END] !== words[abi.RECORD_KWARGS_START]
  const payloadStart = words[codes.PAYLOAD_START] as number
  const payloadEnd = words[codes.PAYLOAD_START + 1] as number
  words[abi.RECORD_MODE] = abi.MODE_NONE
  if (payloadStart !== payloadEnd) {
    if (hasValues) return null
    words[abi.RECORD_ARGS_START] = payloadStart
    words[abi.RECORD_ARGS_END] = payloadEnd
    words[abi.RECORD_MODE] = abi.MODE_ENC
  } else if (hasValues) {
    const isDeferred = (flags & abi.SCAN_DEFERRED) !== 0
    words[abi.RECORD_MODE] = isDeferred ? abi.MODE_UNCHECKED : abi.MODE_ARGS
    if (!isDeferred) return checked(context, bytes, format, reader)
  }
  const frame = new Payload(bytes, 0, bytes.length, format, context, found)
  frame.reader = reader
  return frame
}

/** Has the kernel check args and kwargs, in one call, and takes over what it says; null when they are not right. */
function checked(
  context: PayloadContext,
  bytes: Uint8Array<ArrayBuffer>,
  format: ValueFormat,
  reader: AttributeReader,
): Payload | null {
  const { kernel } = context
  const { maxDepth, maxBigIntBytes } = context.policy
  const { words } = found
  const { length } = bytes
  const argsStart = words[abi.RECORD_ARGS_START] as number
  const argsLength = (words[abi.RECORD_ARGS_END] as number) - argsStart
  const kwargsStart = words[abi.RECORD_KWARGS_START] as number
  const kwargsLength = (words[abi.RECORD_KWARGS_END] as number) - kwargsStart
  // One may be a part of the other.
  const isArgsFirst = argsLength !== 0 && (kwargsLength === 0 || argsStart < kwargsStart)
  const start = isArgsFirst ? argsStart : kwargsStart
  const end = Math.max(
    argsLength === 0 ? 0 : argsStart + argsLength,
    kwargsLength === 0 ? 0 : kwargsStart + kwargsLength,
  )
  const isWhole = (end - start) * 2 > length
  // FlexBuffers are aligned as they are in the frame.
  const moved = isWhole ? 0 : start & ~7
  kernel.load(isWhole ? bytes : viewOf(bytes, moved, end - moved))
  const status = kernel.checkArgs(
    argsLength === 0 ? 0 : argsStart - moved,
    argsLength,
    kwargsLength === 0 ? 0 : kwargsStart - moved,
    kwargsLength,
    format.id,
    { maxDepth, maxNodes: nodesLeft(), maxBigIntBytes },
  )
  if (status !== abi.OK) return null
  const { words: said, record } = kernel
  words[abi.RECORD_WIDE_TEXTS] = said[record + abi.RECORD_WIDE_TEXTS] as number
  // null is nothing.
  words[abi.RECORD_ARGS_END] = (said[record + abi.RECORD_ARGS_END] as number) + moved
  words[abi.RECORD_KWARGS_END] = (said[record + abi.RECORD_KWARGS_END] as number) + moved
  if (argsLength === 0) words[abi.RECORD_ARGS_END] = argsStart
  if (kwargsLength === 0) words[abi.RECORD_KWARGS_END] = kwargsStart
  const frame = new Payload(bytes, 0, length, format, context, found)
  frame.reader = reader
  // Not at its start when it is not all there: payload.ts knows.
  frame.loads = kernel.loads
  frame.loadedAt = -moved
  return frame
}
