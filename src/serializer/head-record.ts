/**
 * The head of a message as numbers in an array of the caller's: for routers that want no object for a message. The
 * layout of what `serializer.scanInto(frame, record)` fills; bytes count from the first of the frame.
 *
 *     0 type    1 request type   2 URI ref   3 URI class   4 flags   5 payload mode
 *     6 first id (two words)     8 second id (two words)
 *     10 URI    12 args          14 kwargs   (start and end each)
 */
import { nameOf, wrongArgument } from '../arguments.ts'
import { typedArrayName } from '../brand.ts'
import * as abi from '../kernel/abi.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { MessageTable } from '../message/table.ts'
import { TABLES } from '../message/tables.ts'

/** What holds a head record: 16 numbers, HEAD_RECORD_WORDS, at the places HEAD_TYPE to HEAD_KWARGS_END. */
export type HeadRecord = Int32Array | Float64Array

/** Place 0: the message code, as in `MessageType`. */
export const HEAD_TYPE = 0
/** Place 1: in ERROR the code of the request that failed; 0 otherwise. */
export const HEAD_REQUEST_TYPE = 1
/** Place 2: the number of the interned URI, as in `message.topicRef` and `codec.internUri`; -1 without one. */
export const HEAD_URI_REF = 2
/** Place 3: the rules that the URI keeps, a bit each (HEAD_URI_LOOSE and HEAD_URI_STRICT are two); 0 without one. */
export const HEAD_URI_CLASS = 3
/** Place 4: what else there is, a bit each: HEAD_HAS_CUSTOM, HEAD_HAS_MORE and HEAD_HAS_OPTIONS. */
export const HEAD_FLAGS = 4
/** Place 5: what the payload is: HEAD_PAYLOAD_NONE, _ARGS, _ENC or _UNCHECKED. */
export const HEAD_PAYLOAD = 5
/**
 * Place 6, and 7 for its upper half: the first id of the list, mostly the request, for EVENT the subscription; 0 for
 * none. An Int32Array has the low 32 bits and the rest, which `headId` puts together; a Float64Array the whole id and
 * 0.
 */
export const HEAD_FIRST_ID = 6
/** Place 8, and 9 for its upper half: the second id of the list, as HEAD_FIRST_ID; 0 for none. */
export const HEAD_SECOND_ID = 8
/** Place 10: the first byte of the encoded URI (or reason, or signature), from the start of the frame; -1 for none. */
export const HEAD_URI_START = 10
/** Place 11: the byte behind the encoded URI; -1 for none. */
export const HEAD_URI_END = 11
/** Place 12: the first byte of the encoded args, or opaque payload; unchecked, of the rest of the list. */
export const HEAD_ARGS_START = 12
/** Place 13: the byte behind args, or the opaque payload; the same as HEAD_ARGS_START for none. */
export const HEAD_ARGS_END = 13
/** Place 14: the first byte of the encoded kwargs, from the start of the frame. */
export const HEAD_KWARGS_START = 14
/** Place 15: the byte behind kwargs; the same as HEAD_KWARGS_START for none. */
export const HEAD_KWARGS_END = 15
/** Numbers that a head record has room for. */
export const HEAD_RECORD_WORDS = 16

/** A bit of HEAD_URI_CLASS: the URI keeps the loose rules. Specification: "URIs". */
export const HEAD_URI_LOOSE: 1 = abi.URI_LOOSE
/** A bit of HEAD_URI_CLASS: the URI keeps the strict rules. Specification: "URIs". */
export const HEAD_URI_STRICT: 8 = abi.URI_STRICT

/** A bit of HEAD_FLAGS: Options or Details have keys that WAMP does not define. */
export const HEAD_HAS_CUSTOM: 1 = abi.FLAG_CUSTOM
/** A bit of HEAD_FLAGS: there are values or attributes that only `decode` checks, such as enumerations. */
export const HEAD_HAS_MORE: 2 = abi.FLAG_SEMANTIC
/** A bit of HEAD_FLAGS: Options or Details are not empty. Always set for CHALLENGE and AUTHENTICATE. */
export const HEAD_HAS_OPTIONS = 0x100

/** In HEAD_PAYLOAD: there is no payload. */
export const HEAD_PAYLOAD_NONE: 0 = abi.MODE_NONE
/**
 * In HEAD_PAYLOAD: args, with kwargs or not, that were checked, because nothing less tells what they are: kwargs behind
 * a null for args, which some peers send; args behind a CBOR tag; and `[]` at the end of a counted list of UBJSON.
 */
export const HEAD_PAYLOAD_ARGS: 1 = abi.MODE_ARGS
/** In HEAD_PAYLOAD: an opaque payload; in FlatBuffers also one that `ppt_*` describe. */
export const HEAD_PAYLOAD_ENC: 2 = abi.MODE_ENC
/** A list's payload that `ppt_*` describe. Never in a record of `scanInto`, which says HEAD_PAYLOAD_UNCHECKED of it. */
export const HEAD_PAYLOAD_PPT: 3 = abi.MODE_PPT
/** In HEAD_PAYLOAD: args, with kwargs or not, or what `ppt_*` describe: told apart and checked by `decode` alone. */
export const HEAD_PAYLOAD_UNCHECKED: 4 = abi.MODE_UNCHECKED

/** Throws TypeError for what cannot be a head record; `where` names the argument. @internal */
export function checkHeadRecord(where: string, record: unknown): void {
  const name = typedArrayName(record)
  if (name === 'Int32Array' || name === 'Float64Array') return
  throw wrongArgument(where, 'an Int32Array or Float64Array', record)
}

/** The id at HEAD_FIRST_ID or HEAD_SECOND_ID, 0 to 2^53. */
export function headId(record: HeadRecord, place: number): number {
  checkHeadRecord('headId', record)
  if (place !== HEAD_FIRST_ID && place !== HEAD_SECOND_ID) {
    throw new RangeError(`headId: expected HEAD_FIRST_ID or HEAD_SECOND_ID, got ${nameOf(place)}`)
  }
  const low = record[place] as number
  return typedArrayName(record) === 'Float64Array'
    ? low
    : (low >>> 0) + (record[place + 1] as number) * 0x1_0000_0000
}

const ID_COUNTS: readonly number[] = /* @__PURE__ */ TABLES.map(
  ({ positions }) => positions.filter(({ kind }) => kind === 'id').length,
)

/** Copies what the kernel has found, `base` bytes from the start of the frame. Returns the message code. @internal */
export function fillHeadRecord(kernel: Kernel, out: HeadRecord, base: number): number {
  const { words, record, ids, firstId } = kernel
  const messageIndex = words[record + abi.RECORD_MESSAGE] as number
  const type = (TABLES[messageIndex] as MessageTable).code
  const count = ID_COUNTS[messageIndex] as number
  out[HEAD_TYPE] = type
  out[HEAD_REQUEST_TYPE] = words[record + abi.RECORD_REQUEST_TYPE] as number
  out[HEAD_URI_REF] = words[record + abi.RECORD_TEXT_REF] as number
  out[HEAD_URI_CLASS] = words[record + abi.RECORD_URI_CLASS] as number
  const options = (words[record + abi.RECORD_FIELDS] as number) > 0 ? HEAD_HAS_OPTIONS : 0
  out[HEAD_FLAGS] =
    ((words[record + abi.RECORD_FLAGS] as number) & (abi.FLAG_CUSTOM | abi.FLAG_SEMANTIC)) | options
  out[HEAD_PAYLOAD] = words[record + abi.RECORD_MODE] as number
  putId(out, HEAD_FIRST_ID, count > 0 ? (ids[firstId] as number) : 0)
  putId(out, HEAD_SECOND_ID, count > 1 ? (ids[firstId + 1] as number) : 0)
  const hasText = (words[record + abi.RECORD_TEXT_START] as number) >= 0
  for (let i = 0; i < 2; i++) {
    const text = words[record + abi.RECORD_TEXT_START + i] as number
    out[HEAD_URI_START + i] = hasText ? base + text : -1
  }
  for (let i = 0; i < 4; i++) {
    out[HEAD_ARGS_START + i] = base + (words[record + abi.RECORD_ARGS_START + i] as number)
  }
  return type
}

function putId(out: HeadRecord, place: number, id: number): void {
  if (typedArrayName(out) === 'Float64Array') {
    out[place] = id
    out[place + 1] = 0
  } else {
    out[place] = id >>> 0
    out[place + 1] = Math.floor(id / 0x1_0000_0000)
  }
}
