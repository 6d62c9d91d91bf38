/** The formats of the core kernel; formats-full.ts has the others. */
import { FORMAT_CBOR, FORMAT_JSON, FORMAT_MSGPACK } from '../kernel/abi.ts'
import { readCbor, readCborPayload, readCommonCbor } from './cbor/read.ts'
import { encodeCbor } from './cbor/write.ts'
import { isEmptyCbor, isEmptyJson, isEmptyMsgpack } from './empty.ts'
import type { ValueFormat } from './format.ts'
import { readCommonJson } from './json/common-list.ts'
import { readJsonText } from './json/key-text.ts'
import { readJsonPayload, SHORT_JSON } from './json/payload.ts'
import { readJson } from './json/read.ts'
import { encodeJson } from './json/write.ts'
import { readCommonMsgpack, readMsgpack, readMsgpackPayload } from './msgpack/read.ts'
import { encodeMsgpack } from './msgpack/write.ts'

/** @internal */
export const JSON_FORMAT: ValueFormat = {
  id: FORMAT_JSON,
  name: 'json',
  decode: readJson,
  commonList: readCommonJson,
  readPayload: readJsonPayload,
  scannedFirst: SHORT_JSON,
  encode: encodeJson,
  isEmpty: isEmptyJson,
  readKey: readJsonText,
}
/** @internal */
export const MSGPACK_FORMAT: ValueFormat = {
  id: FORMAT_MSGPACK,
  name: 'msgpack',
  decode: readMsgpack,
  commonList: readCommonMsgpack,
  readPayload: readMsgpackPayload,
  encode: encodeMsgpack,
  // The extension of msgpackr.
  undefinedForm: [0xd4, 0, 0],
  isEmpty: isEmptyMsgpack,
}
/** @internal */
export const CBOR_FORMAT: ValueFormat = {
  id: FORMAT_CBOR,
  name: 'cbor',
  decode: readCbor,
  commonList: readCommonCbor,
  readPayload: readCborPayload,
  encode: encodeCbor,
  undefinedForm: [0xf7],
  isEmpty: isEmptyCbor,
}
