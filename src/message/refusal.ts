/**
 * The errors of refused frames: what the kernel left in its record, in words. *cannot decode PUBLISH from cbor:
 * expected a string for topic, got an array (byte 14)*. Built only when something is thrown.
 */
import { ERROR_CODES, type ErrorCode, InvalidUriError, PayloadRuleError, ProtocolError } from '../errors.ts'
import * as abi from '../kernel/abi.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Policy } from '../limits.ts'
import { attributeRules } from '../payload/decode-rules.ts'
import { faultText } from '../payload/fault-text.ts'
import type { ValueFormat } from '../payload/format.ts'
import { type Complaint, complaintOf, hasParts } from './check.ts'
import { KINDS } from './kinds.ts'
import { ENC_ALGO, type MessageTable, REQUEST_TYPES } from './table.ts'
import { TABLES } from './tables.ts'

const WANTED: Readonly<Record<number, string>> = {
  [abi.WANT_BOOL]: 'a boolean',
  [abi.WANT_INT]: 'an integer',
  [abi.WANT_UINT]: 'an integer from 0',
  [abi.WANT_ID]: KINDS.id.expected,
  [abi.WANT_TEXT]: 'a string',
  [abi.WANT_TEXT_OR_NULL]: 'a string or null',
  [abi.WANT_DICT]: 'a dictionary',
  [abi.WANT_DICT_OR_NULL]: 'a dictionary or null',
  [abi.WANT_INTS]: 'a list of integers',
  [abi.WANT_TEXTS]: 'a list of strings',
  [abi.WANT_HOPS]: 'a list of { session, authid, authrole }',
  [abi.WANT_REQUEST_TYPE]: 'the code of a request',
  [abi.WANT_URI]: 'a string',
  [abi.WANT_REALM]: 'a string or null',
  [abi.WANT_LIST]: 'a list',
  [abi.WANT_TYPE]: 'a known message code',
  [abi.WANT_PAYLOAD]: 'a list',
  [abi.WANT_END]: 'nothing after the payload',
}

const FOUND: Readonly<Record<number, string>> = {
  [abi.KIND_NULL]: 'null',
  [abi.KIND_FALSE]: 'a boolean',
  [abi.KIND_TRUE]: 'a boolean',
  [abi.KIND_UINT]: 'an integer',
  [abi.KIND_NINT]: 'a negative integer',
  [abi.KIND_BIGINT]: 'a big integer',
  [abi.KIND_FLOAT]: 'a float',
  [abi.KIND_TEXT]: 'a string',
  [abi.KIND_BYTES]: 'bytes',
  [abi.KIND_ARRAY]: 'an array',
  [abi.KIND_MAP]: 'a dictionary',
  [abi.KIND_OTHER]: 'an extension or simple value',
}

/** The name of a field of the record, for this message. */
export function fieldName(table: MessageTable | undefined, field: number): string {
  switch (field) {
    case abi.FIELD_ARGS:
      return 'args'
    case abi.FIELD_KWARGS:
      return 'kwargs'
    case abi.FIELD_PAYLOAD:
      return 'payload'
    case abi.FIELD_KEY:
      return 'a custom key'
    case abi.FIELD_LIST:
      return 'the list'
    case abi.FIELD_POSITION:
      return 'type'
  }
  if (field === abi.FIELD_OPTIONS) {
    return table?.positions.find(({ kind }) => kind.startsWith('options'))?.attribute ?? 'options'
  }
  if (field > abi.FIELD_POSITION)
    return table?.positions[field - abi.FIELD_POSITION - 1]?.attribute ?? 'the list'
  return table?.options[field]?.attribute ?? 'the list'
}

/** Where the kernel's window has a list that was refused. */
interface ListPlace {
  readonly format: ValueFormat
  /** Bytes from the start of the window. */
  readonly at: number
}

/**
 * The error for the message that the kernel has just refused with `status`; it begins at `base` in the frame. `list` is
 * null for a frame that is no list.
 */
export function refusalOf(
  kernel: Kernel,
  status: number,
  format: string,
  policy: Policy,
  base: number,
  list: ListPlace | null,
): ProtocolError {
  const word = (place: number): number => kernel.words[kernel.record + place] as number
  const code = ERROR_CODES[status - 1] ?? 'BAD_MESSAGE'
  const table = TABLES[word(abi.RECORD_MESSAGE)]
  const field = fieldName(table, word(abi.RECORD_ERROR_FIELD))
  let path = field
  const want = word(abi.RECORD_ERROR_WANT)
  const errorAt = word(abi.RECORD_ERROR_AT)
  // Beside a list only FlatBuffers has texts, and no escapes in them.
  const said = faultText(code, policy, format, kernel.byteAt((list?.at ?? 0) + errorAt))
  let text = code === 'TRAILING_BYTES' ? said : `${said} in ${field}`
  if (code === 'BAD_MESSAGE') {
    const found = FOUND[word(abi.RECORD_ERROR_KIND)] ?? 'nothing'
    text = `expected ${WANTED[want]}${want === abi.WANT_LIST ? '' : ` for ${field}`}, got ${found}`
    if (want === abi.WANT_LENGTH && table !== undefined) text = wrongLength(table)
    else if (want === abi.WANT_TYPE && word(abi.RECORD_ERROR_KIND) === abi.KIND_UINT) {
      const type = word(abi.RECORD_TYPE)
      text = `unknown message code${type < 0 ? ', beyond 31 bits' : ` ${type}`}`
    } else if (want === abi.WANT_REQUEST_TYPE && word(abi.RECORD_ERROR_KIND) === abi.KIND_UINT) {
      text = `expected the code of a request for ${field}, got another number`
    } else if (want === abi.WANT_ID && word(abi.RECORD_ERROR_KIND) === abi.KIND_UINT) {
      text = `expected ${KINDS.id.expected} for ${field}, got a larger number`
    } else if (want === abi.WANT_PAYLOAD && hasEncAlgo(kernel, table)) {
      text = `expected a list, or bytes that enc_algo describes, for ${field}, got ${found}`
    } else if (table !== undefined && list !== null) {
      const complaint = refusedOption(kernel, table, list, policy)
      if (complaint !== null) ({ text, path } = complaint)
    }
  }
  if (format === 'flatbuffers') text = flatBuffersText(code, text, field, want, word(abi.RECORD_TYPE))
  const isOfUri = table?.options[word(abi.RECORD_ERROR_FIELD)]?.kind === 'uri'
  const isUri = code === 'BAD_MESSAGE' && (isOfUri || want === abi.WANT_URI || want === abi.WANT_REALM)
  return problem(kernel, isUri ? 'BAD_URI' : code, text, format, base + errorAt, path)
}

/**
 * What is wrong inside of the option that the kernel has refused; null for one without parts, and for a value that
 * cannot be read. The kernel says at which byte.
 */
function refusedOption(
  kernel: Kernel,
  table: MessageTable,
  { format, at }: ListPlace,
  policy: Policy,
): Complaint | null {
  const { words, record, input } = kernel
  const field = words[record + abi.RECORD_ERROR_FIELD] as number
  const option = table.options[field]
  if (option === undefined || !hasParts(option.kind)) return null
  const index = kernel.readIndex(words[record + abi.RECORD_FIELDS] as number)
  const entry = index.findIndex((word, i) => i % 3 === 0 && (word & 0xff) === field)
  if (entry < 0) return null
  const start = input + at + (index[entry + 1] as number)
  const end = input + at + (index[entry + 2] as number)
  const type = ((index[entry] as number) >> 16) & 0xff
  try {
    // 1.0 is no integer.
    const rules = { ...attributeRules(policy), floats: 'exact' } as const
    const value = format.decode(kernel.bytes, start, end, rules, type)
    return complaintOf(option.kind, option.attribute, value, true)
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    return null
  }
}

/** What is different for a frame that is no list. */
function flatBuffersText(code: ErrorCode, text: string, field: string, want: number, type: number): string {
  switch (code) {
    case 'TRAILING_BYTES':
      return `more bytes follow in ${field}`
    case 'PAYLOAD_RULE':
      return 'payload excludes args and kwargs'
    case 'MISSING_FIELD':
      return `${field} is required and missing`
    case 'UNKNOWN_UNION': {
      const ordinal = type > 0 && type <= TABLES.length ? '; ordinals of the union are not accepted' : ''
      return `unknown message code ${type}${ordinal}`
    }
  }
  if (want === abi.WANT_ENUM) return `the schema has no name for the number in ${field}`
  if (want === abi.WANT_UNPREFIXED) return 'the buffer has a size prefix, which WAMP does not use'
  return text.replace('the list', 'the buffer')
}

/** True when the options of the refused frame, which come before its payload, have an enc_algo. */
function hasEncAlgo(kernel: Kernel, table: MessageTable | undefined): boolean {
  const index = kernel.readIndex(kernel.words[kernel.record + abi.RECORD_FIELDS] as number)
  return table?.category === 4 && index.some((entry, i) => i % 3 === 0 && (entry & 0xff) === ENC_ALGO)
}

function wrongLength(table: MessageTable): string {
  const most = 1 + table.positions.length
  const least = table.positions.at(-1)?.kind === 'options?' ? most - 1 : most
  const longest = most + (table.payload === 'none' ? 0 : 2)
  return `expected a list of ${least === longest ? least : `${least} to ${longest}`} elements`
}

/** An error about the frame in the record, with what is known of its request. */
export function problem(
  kernel: Kernel,
  code: ErrorCode,
  text: string,
  format: string,
  offset: number,
  path: string,
): ProtocolError {
  const word = (place: number): number => kernel.words[kernel.record + place] as number
  const table = TABLES[word(abi.RECORD_MESSAGE)]
  const knowsRequest =
    (word(abi.RECORD_FLAGS) & abi.FLAG_REQUEST) !== 0 &&
    table?.positions.find(({ kind }) => kind === 'id')?.attribute === 'request'
  const details = {
    format,
    offset,
    path,
    messageType: table?.code ?? null,
    // Only these may be answered with ERROR.
    request_type: knowsRequest && REQUEST_TYPES.includes(table.code) ? table.code : null,
    request: knowsRequest ? (kernel.ids[kernel.firstId] as number) : null,
  }
  const full = `cannot decode ${table?.name ?? 'a message'} from ${format}: ${text} (byte ${offset})`
  const Refusal =
    code === 'BAD_URI' ? InvalidUriError : code === 'PAYLOAD_RULE' ? PayloadRuleError : ProtocolError
  return new Refusal(code, full, details)
}
