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
import {
  FIELD_SHIFT,
  FLAGS_SHIFT,
  type FlatFacts,
  flatFacts,
  MORE_SHIFT,
  PLACE_SHIFT,
  SIZE_SHIFT,
} from './flatbuffers-facts.ts'
import { TABLE_WORDS } from './flatbuffers-layout.ts'
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
  first: 0,
  second: 0,
  index: NO_INDEX,
  loads: -1,
  loadedAt: 0,
}

/** The index as it grows. */
const entries = new Int32Array(32 * abi.INDEX_ENTRY_WORDS)

/** The largest WAMP id, 2^53. */
const MAX_ID = 2 ** 53

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
  const facts = flatFacts()
  const { words } = found
  const union = unionOf(bytes, length)
  if (union < 0) return null
  const form = (facts.formOfCode[words[abi.RECORD_TYPE] as number] as number) - 1
  if (form < 0) return null
  words[abi.RECORD_FORM] = form
  beginVerify(length, policy.maxNodes)
  found.loads = -1
  found.loadedAt = 0
  if (!readMessage(kernel, bytes, facts, form, follow(bytes, length, union))) return null
  if (words[abi.RECORD_MODE] === abi.MODE_ARGS) {
    if ((flags & abi.SCAN_DEFERRED) !== 0) words[abi.RECORD_MODE] = abi.MODE_UNCHECKED
    else if (!checkArgs(kernel, bytes, format, policy)) return null
  }
  return found
}

/** The place of the message's offset in the root table, whose code becomes RECORD_TYPE; -1 when it is not right. */
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
  const code = bytes[root + type] as number
  if (((root + union) & 3) !== 0 || code > 127) return -1
  found.words[abi.RECORD_TYPE] = code
  return root + union
}

/** Verifies the message's table; every slot that is there goes to its place in the record or in the index. */
function readMessage(
  kernel: Kernel,
  bytes: Uint8Array,
  { slots, forms, requestTypes }: FlatFacts,
  form: number,
  table: number,
): boolean {
  const { length } = bytes
  const fields = vtableOf(bytes, length, table)
  if (fields < 0) return false
  const tableBytes = short(bytes, fields + 2)
  const formAt = form * TABLE_WORDS
  const first = forms[formAt] as number
  const last = Math.min((short(bytes, fields) - 4) >> 1, forms[formAt + 1] as number)
  let recordFlags = forms[formAt + 3] as number
  let seen = 0
  let requestType = 0
  let id0 = 0
  let id1 = 0
  let textStart = -1
  let textEnd = -1
  let isNewUri = false
  let ref = -1
  let argsStart = 0
  let argsEnd = 0
  let kwargsStart = 0
  let kwargsEnd = 0
  let payloadStart = 0
  let payloadEnd = 0
  let count = 0
  for (let slot = 0, place = fields + 4; slot < last; slot++, place += 2) {
    const offset = short(bytes, place)
    if (offset === 0) continue
    seen |= 1 << slot
    const fact = slots[first + slot] as number
    const size = (fact >> SIZE_SHIFT) & 15
    const at = table + offset
    if (offset < 4 || offset + size > tableBytes || (at & (size - 1)) !== 0) return false
    const type = fact & 15
    const field = (fact >> FIELD_SHIFT) & 255
    let start = at
    let end = at + size
    let kind = abi.KIND_UINT
    if (type >= abi.FLAT_TEXT) {
      start = follow(bytes, length, at)
      if (type === abi.FLAT_TEXT) {
        kind = abi.KIND_TEXT
        end = endOfVector(bytes, length, start, 0)
        let isKnown = false
        if (((fact >> FLAGS_SHIFT) & abi.SLOT_URI) !== 0) {
          if (end >= 0 && bytes[end] === 0) ref = uriLookup(kernel).find(bytes, start + 4, end)
          isKnown = ref >= 0
          isNewUri = !isKnown
        }
        if (!isKnown) end = endOfText(bytes, length, start, end)
      } else if (type === abi.FLAT_BYTES) {
        kind = abi.KIND_BYTES
        end = endOfVector(bytes, length, start, 0)
      } else {
        const more = (fact >> MORE_SHIFT) & 255
        kind = type === abi.FLAT_TABLE ? abi.KIND_MAP : abi.KIND_ARRAY
        end =
          type === abi.FLAT_TABLE
            ? endOfTable(bytes, length, start, more)
            : endOfElements(bytes, length, start, type, more)
      }
      if (end < 0) return false
    } else if (type === abi.FLAT_BOOL) {
      kind = bytes[at] === 0 ? abi.KIND_FALSE : abi.KIND_TRUE
    } else if (type === abi.FLAT_ENUM) {
      kind = abi.KIND_TEXT
      if ((bytes[at] as number) >= ((fact >> MORE_SHIFT) & 255)) return false
    } else if (type === abi.FLAT_REQUEST_TYPE) {
      requestType = short(bytes, at)
      if (requestType > 127 || requestTypes[requestType] === 0) return false
    }
    if (field < abi.FIELD_POSITION) {
      if (((fact >> FLAGS_SHIFT) & abi.SLOT_SEMANTIC) !== 0) recordFlags |= abi.FLAG_SEMANTIC
      entries[count] = field | (kind << 8)
      entries[count + 1] = start
      entries[count + 2] = end
      count += abi.INDEX_ENTRY_WORDS
    } else if (field === abi.FIELD_ARGS) {
      argsStart = start + 4
      argsEnd = end
    } else if (field === abi.FIELD_KWARGS) {
      kwargsStart = start + 4
      kwargsEnd = end
    } else if (field === abi.FIELD_PAYLOAD) {
      payloadStart = start + 4
      payloadEnd = end
    } else if (type === abi.FLAT_U64 && field !== abi.FIELD_NONE) {
      const high = word(bytes, at + 4) >>> 0
      const id = high * 0x1_0000_0000 + (word(bytes, at) >>> 0)
      // Up to 2^53 all are exact; of what lies beyond the first part tells.
      if (high > 0x20_0000 || id > MAX_ID) return false
      if (((fact >> PLACE_SHIFT) & 1) === 0) {
        id0 = id
        recordFlags |= abi.FLAG_REQUEST
      } else id1 = id
    } else if (type === abi.FLAT_TEXT || type === abi.FLAT_ENUM) {
      textStart = start
      textEnd = end
    }
  }
  if (((forms[formAt + 2] as number) & ~seen) !== 0) return false
  const hasValues = argsEnd !== argsStart || kwargsEnd !== kwargsStart
  const hasPayload = payloadEnd !== payloadStart
  if (hasPayload && hasValues) return false
  const { words } = found
  words[abi.RECORD_FLAGS] = recordFlags
  words[abi.RECORD_FIELDS] = count / abi.INDEX_ENTRY_WORDS
  words[abi.RECORD_REQUEST_TYPE] = requestType
  words[abi.RECORD_TEXT_START] = textStart
  words[abi.RECORD_TEXT_END] = textEnd
  words[abi.RECORD_MODE] = hasPayload ? abi.MODE_ENC : hasValues ? abi.MODE_ARGS : abi.MODE_NONE
  words[abi.RECORD_ARGS_START] = hasPayload ? payloadStart : argsStart
  words[abi.RECORD_ARGS_END] = hasPayload ? payloadEnd : argsEnd
  words[abi.RECORD_KWARGS_START] = kwargsStart
  words[abi.RECORD_KWARGS_END] = kwargsEnd
  words[abi.RECORD_WIDE_TEXTS] = 0
  found.first = id0
  found.second = id1
  found.index = indexOf(count)
  putUri(kernel, bytes, ref, isNewUri)
  return true
}

/** As plain numbers; most messages have none or one. */
function indexOf(count: number): readonly number[] {
  if (count === 0) return NO_INDEX
  const index = [entries[0] as number, entries[1] as number, entries[2] as number]
  for (let i = 3; i < count; i++) index.push(entries[i] as number)
  return index
}

/** The number and the classes of the message's URI, if it has one. */
function putUri(kernel: Kernel, bytes: Uint8Array, known: number, isNew: boolean): void {
  const { words } = found
  let ref = known
  let classes = 0
  if (isNew) {
    const start = (words[abi.RECORD_TEXT_START] as number) + 4
    const end = words[abi.RECORD_TEXT_END] as number
    ref = uriLookup(kernel).intern(bytes, start, end)
    if (ref < 0) classes = uriClasses(readText(bytes, start, end))
  }
  if (ref >= 0) classes = uriLookup(kernel).classesOf(ref)
  words[abi.RECORD_TEXT_REF] = ref
  words[abi.RECORD_URI_CLASS] = classes
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
  words[abi.RECORD_FLAGS] = (words[abi.RECORD_FLAGS] as number) | (said[record + abi.RECORD_FLAGS] as number)
  return true
}
