/**
 * FlatBuffers frame -> record, where the frame lies: no copy, no DataView, no call of the kernel but for the URI and for
 * args and kwargs. One pass over the slots that are there, driven by the tables from which the kernel's verifier is made
 * (flatbuffers-layout.ts), and as strict: root, vtables, offsets, alignment, lengths, terminators, UTF-8, required
 * fields, budgets. The kernel is the authority: whatever is wrong here, or long, is verified again by it, and it says
 * what is wrong (assembly/flatbuffers.ts). An opaque payload is not touched.
 *
 * The envelope of an EVENT takes 60 ns at every size, where the copy of 16 KB alone takes 450 (Node 24, x86-64, 2026).
 */
import * as abi from '../kernel/abi.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Policy } from '../limits.ts'
import type { ValueFormat } from '../payload/format.ts'
import type { Findings } from '../payload/payload.ts'
import { readText, viewOf } from '../payload/utf8.ts'
import * as codes from './flatbuffers-codes.ts'
import { flatFacts } from './flatbuffers-facts.ts'
import {
  beginVerify,
  endOfElements,
  endOfTable,
  endOfText,
  endOfVector,
  follow,
  nodesLeft,
  short,
  vtableOf,
  word,
} from './flatbuffers-verify.ts'
import { NO_INDEX } from './options.ts'
import { uriClasses } from './uri.ts'
import { uriLookup } from './uri-lookup.ts'

/** The smallest buffer: a root offset and a table. */
const MIN_BYTES = 8
/** Offsets are read as signed integers here: a longer frame is the kernel's. */
const MAX_BYTES = 0x3fff_ffff

/** args and kwargs of a frame up to this length go to the kernel with all of it, which needs no view of a part. */
const SMALL_FRAME = 2048

/** What the last scan has found. */
const found: Findings & { readonly words: Int32Array } = {
  words: new Int32Array(abi.RECORD_WORDS),
  form: 0,
  flags: 0,
  requestType: 0,
  first: 0,
  second: 0,
  ref: -1,
  uriClass: 0,
  index: NO_INDEX,
  loads: -1,
  loadedAt: 0,
}

/** The index as it grows, and the number of its words. */
const entries = new Int32Array(32 * abi.INDEX_ENTRY_WORDS)
let count = 0

/** The message's code, when `unionOf` has found one. */
let code = 0

/**
 * Verifies the frame and says what it holds; valid until the next call. Null when the kernel must look at it. `flags`
 * are those of a scan, `format` is that of args and kwargs.
 */
export function scanInPlace(
  kernel: Kernel,
  bytes: Uint8Array,
  format: ValueFormat,
  flags: number,
  policy: Policy,
): Findings | null {
  const { length } = bytes
  if (length < MIN_BYTES || length > MAX_BYTES) return null
  const { formOfCode, forms, slots, requestTypes } = flatFacts()
  const union = unionOf(bytes, length)
  if (union < 0) return null
  const form = (formOfCode[code] as number) - 1
  const table = follow(bytes, length, union)
  const fields = vtableOf(bytes, length, table)
  if (form < 0 || fields < 0) return null
  const tableBytes = short(bytes, fields + 2)
  const formAt = form * codes.TABLE_WORDS
  const first = forms[formAt] as number
  const last = Math.min((short(bytes, fields) - 4) >> 1, forms[formAt + 1] as number)
  beginVerify(length, policy.maxNodes)
  let recordFlags = forms[formAt + 3] as number
  let seen = 0
  let id0 = 0
  let id1 = 0
  let textStart = -1
  let textEnd = -1
  let argsStart = 0
  let argsEnd = 0
  let kwargsStart = 0
  let kwargsEnd = 0
  let payloadStart = 0
  let payloadEnd = 0
  let isNewUri = false
  found.requestType = 0
  found.ref = -1
  found.uriClass = 0
  count = 0
  for (let slot = 0, place = fields + 4; slot < last; slot++, place += 2) {
    const offset = short(bytes, place)
    if (offset === 0) continue
    seen |= 1 << slot
    const fact = slots[first + slot] as number
    const size = (fact >> codes.SIZE_SHIFT) & 15
    const at = table + offset
    if (offset < 4 || offset + size > tableBytes || (at & (size - 1)) !== 0) return null
    switch (fact & 15) {
      case codes.READ_FIRST_ID:
        id0 = idAt(bytes, at)
        if (id0 < 0) return null
        recordFlags |= abi.FLAG_REQUEST
        break
      case codes.READ_SECOND_ID:
        id1 = idAt(bytes, at)
        if (id1 < 0) return null
        break
      case codes.READ_ARGS:
        argsStart = follow(bytes, length, at)
        argsEnd = endOfVector(bytes, length, argsStart, 0)
        if (argsEnd < 0) return null
        argsStart += 4
        break
      case codes.READ_KWARGS:
        kwargsStart = follow(bytes, length, at)
        kwargsEnd = endOfVector(bytes, length, kwargsStart, 0)
        if (kwargsEnd < 0) return null
        kwargsStart += 4
        break
      case codes.READ_PAYLOAD:
        payloadStart = follow(bytes, length, at)
        payloadEnd = endOfVector(bytes, length, payloadStart, 0)
        if (payloadEnd < 0) return null
        payloadStart += 4
        break
      case codes.READ_URI: {
        textStart = follow(bytes, length, at)
        textEnd = endOfVector(bytes, length, textStart, 0)
        if (textEnd < 0 || bytes[textEnd] !== 0) return null
        const ref = uriLookup(kernel).find(bytes, textStart + 4, textEnd)
        found.ref = ref
        isNewUri = ref < 0
        if (isNewUri && endOfText(bytes, length, textStart) < 0) return null
        break
      }
      case codes.READ_NUMBER:
        put(fact, abi.KIND_UINT, at, at + size)
        break
      case codes.READ_BOOL:
        put(fact, bytes[at] === 0 ? abi.KIND_FALSE : abi.KIND_TRUE, at, at + 1)
        break
      case codes.READ_TEXT: {
        const start = follow(bytes, length, at)
        const end = endOfText(bytes, length, start)
        if (end < 0) return null
        if ((fact & codes.SEMANTIC) !== 0) recordFlags |= abi.FLAG_SEMANTIC
        put(fact, abi.KIND_TEXT, start, end)
        break
      }
      case codes.READ_ENUM:
        if ((bytes[at] as number) >= ((fact >> codes.MORE_SHIFT) & 255)) return null
        if ((fact & codes.SEMANTIC) !== 0) recordFlags |= abi.FLAG_SEMANTIC
        put(fact, abi.KIND_TEXT, at, at + 1)
        break
      case codes.READ_TARGET: {
        const start = follow(bytes, length, at)
        const end = endOfTarget(bytes, length, start, fact)
        if (end < 0) return null
        put(
          fact,
          ((fact >> codes.TYPE_SHIFT) & 15) === abi.FLAT_TABLE ? abi.KIND_MAP : abi.KIND_ARRAY,
          start,
          end,
        )
        break
      }
      case codes.READ_TEXT_POSITION:
        textStart = follow(bytes, length, at)
        textEnd = endOfText(bytes, length, textStart)
        if (textEnd < 0) return null
        break
      case codes.READ_ENUM_POSITION:
        if ((bytes[at] as number) >= ((fact >> codes.MORE_SHIFT) & 255)) return null
        textStart = at
        textEnd = at + 1
        break
      case codes.READ_REQUEST_TYPE: {
        const type = short(bytes, at)
        if (type > 127 || requestTypes[type] === 0) return null
        found.requestType = type
        break
      }
      default:
        // Nobody looks at it, but what it leads to must be right.
        if (size === 4 && endOfTarget(bytes, length, follow(bytes, length, at), fact) < 0) return null
    }
  }
  if (((forms[formAt + 2] as number) & ~seen) !== 0) return null
  const hasValues = argsEnd !== argsStart || kwargsEnd !== kwargsStart
  const hasPayload = payloadEnd !== payloadStart
  if (hasPayload && hasValues) return null
  const { words } = found
  found.form = form
  found.flags = recordFlags
  found.first = id0
  found.second = id1
  found.index = count === 0 ? NO_INDEX : indexOf()
  found.loads = -1
  found.loadedAt = 0
  words[abi.RECORD_FLAGS] = 0
  words[abi.RECORD_WIDE_TEXTS] = 0
  words[abi.RECORD_TEXT_START] = textStart
  words[abi.RECORD_TEXT_END] = textEnd
  words[abi.RECORD_ARGS_START] = hasPayload ? payloadStart : argsStart
  words[abi.RECORD_ARGS_END] = hasPayload ? payloadEnd : argsEnd
  words[abi.RECORD_KWARGS_START] = kwargsStart
  words[abi.RECORD_KWARGS_END] = kwargsEnd
  if (textEnd > 0) putUri(kernel, bytes, isNewUri)
  if (!hasValues) {
    words[abi.RECORD_MODE] = hasPayload ? abi.MODE_ENC : abi.MODE_NONE
    return found
  }
  const isDeferred = (flags & abi.SCAN_DEFERRED) !== 0
  words[abi.RECORD_MODE] = isDeferred ? abi.MODE_UNCHECKED : abi.MODE_ARGS
  return isDeferred || checkArgs(kernel, bytes, format, policy) ? found : null
}

/** The place of the message's offset in the root table, after `code` was set; -1 when something is not right. */
function unionOf(bytes: Uint8Array, length: number): number {
  const root = follow(bytes, length, 0)
  // A size before the buffer.
  if (root === length - 4) return -1
  const fields = vtableOf(bytes, length, root)
  if (fields < 0 || short(bytes, fields) < 8) return -1
  const tableBytes = short(bytes, fields + 2)
  const type = short(bytes, fields + 4)
  const union = short(bytes, fields + 6)
  if (type < 4 || type >= tableBytes || union < 4 || union + 4 > tableBytes) return -1
  code = bytes[root + type] as number
  return ((root + union) & 3) !== 0 || code > 127 ? -1 : root + union
}

/** The id at `at`, -1 when it is beyond 2^53. */
function idAt(bytes: Uint8Array, at: number): number {
  const high = word(bytes, at + 4)
  const low = word(bytes, at)
  // Up to 2^53 all are exact. 2^53 + 1 would be read as 2^53.
  if (high < 0 || high > 0x20_0000 || (high === 0x20_0000 && low !== 0)) return -1
  return high * 0x1_0000_0000 + (low >>> 0)
}

/** Adds an entry to the index. */
function put(fact: number, kind: number, start: number, end: number): void {
  entries[count] = ((fact >> codes.FIELD_SHIFT) & 255) | (kind << 8)
  entries[count + 1] = start
  entries[count + 2] = end
  count += abi.INDEX_ENTRY_WORDS
}

/** The end of what the offset of a slot leads to, of any type; -1 when something is not right. */
function endOfTarget(bytes: Uint8Array, length: number, start: number, fact: number): number {
  const type = (fact >> codes.TYPE_SHIFT) & 15
  const more = (fact >> codes.MORE_SHIFT) & 255
  if (type === abi.FLAT_TEXT) return endOfText(bytes, length, start)
  if (type === abi.FLAT_BYTES) return endOfVector(bytes, length, start, 0)
  if (type === abi.FLAT_TABLE) return endOfTable(bytes, length, start, more)
  return endOfElements(bytes, length, start, type, more)
}

/** The index as plain numbers; a literal is made faster than a list grows. */
function indexOf(): readonly number[] {
  const e = entries as unknown as readonly [number, number, number, number, number, number]
  if (count === 3) return [e[0], e[1], e[2]]
  const index = [e[0], e[1], e[2], e[3], e[4], e[5]]
  for (let i = 6; i < count; i++) index.push(entries[i] as number)
  return index
}

/** Puts down the number of a URI that was not found, and the classes. */
function putUri(kernel: Kernel, bytes: Uint8Array, isNew: boolean): void {
  const lookup = uriLookup(kernel)
  if (isNew) {
    const start = (found.words[abi.RECORD_TEXT_START] as number) + 4
    const end = found.words[abi.RECORD_TEXT_END] as number
    found.ref = lookup.intern(bytes, start, end)
    if (found.ref < 0) found.uriClass = uriClasses(readText(bytes, start, end))
  }
  if (found.ref >= 0) found.uriClass = lookup.classesOf(found.ref)
}

/** Has the kernel check args and kwargs, in one call, and takes over what it says of them. */
function checkArgs(kernel: Kernel, bytes: Uint8Array, format: ValueFormat, policy: Policy): boolean {
  const { words } = found
  const { length } = bytes
  const argsStart = words[abi.RECORD_ARGS_START] as number
  const argsLength = (words[abi.RECORD_ARGS_END] as number) - argsStart
  const kwargsStart = words[abi.RECORD_KWARGS_START] as number
  const kwargsLength = (words[abi.RECORD_KWARGS_END] as number) - kwargsStart
  const isArgsFirst = argsLength !== 0 && (kwargsLength === 0 || argsStart < kwargsStart)
  const isArgsLast = argsLength !== 0 && (kwargsLength === 0 || argsStart > kwargsStart)
  const start = isArgsFirst ? argsStart : kwargsStart
  const end = isArgsLast ? argsStart + argsLength : kwargsStart + kwargsLength
  const isWhole = length <= SMALL_FRAME || (end - start) * 2 > length
  kernel.load(isWhole ? bytes : viewOf(bytes, start, end - start))
  const moved = isWhole ? 0 : start
  const status = kernel.checkArgs(
    argsLength === 0 ? 0 : argsStart - moved,
    argsLength,
    kwargsLength === 0 ? 0 : kwargsStart - moved,
    kwargsLength,
    format.id,
    policy,
    nodesLeft(),
  )
  if (status !== abi.OK) return false
  // Not at its start when it is not all there: payload.ts knows.
  found.loads = kernel.loads
  found.loadedAt = -moved
  const { words: said, record } = kernel
  words[abi.RECORD_WIDE_TEXTS] = said[record + abi.RECORD_WIDE_TEXTS] as number
  // null is nothing.
  words[abi.RECORD_ARGS_END] = (said[record + abi.RECORD_ARGS_END] as number) + moved
  words[abi.RECORD_KWARGS_END] = (said[record + abi.RECORD_KWARGS_END] as number) + moved
  if (argsLength === 0) words[abi.RECORD_ARGS_END] = argsStart
  if (kwargsLength === 0) words[abi.RECORD_KWARGS_END] = kwargsStart
  const flags = said[record + abi.RECORD_FLAGS] as number
  words[abi.RECORD_FLAGS] = flags
  found.flags |= flags
  return true
}
