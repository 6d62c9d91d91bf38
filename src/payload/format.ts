/**
 * The payload formats by number (the kernel's) and by name, with the JavaScript codec of each. Adding a list format
 * means a row here, a file in assembly/formats and a header writer in src/serializer; a format of payloads only needs
 * no writer.
 */

import {
  FORMAT_CBOR,
  FORMAT_FLEXBUFFERS,
  FORMAT_JSON,
  FORMAT_MSGPACK,
  FORMAT_UBJSON,
  FORMAT_UBJSON_DRAFT12,
} from '../kernel/abi.ts'
import type { Policy } from '../limits.ts'
import { decodeCbor } from './decode-cbor.ts'
import { decodeFlexbuffers } from './decode-flexbuffers.ts'
import { decodeJson } from './decode-json.ts'
import { decodeMsgpack } from './decode-msgpack.ts'
import { decodeUbjson, decodeUbjsonDraft12 } from './decode-ubjson.ts'
import type { DecodeRules } from './decode-value.ts'
import { encodeCbor } from './encode-cbor.ts'
import { encodeFlexbuffers } from './encode-flexbuffers.ts'
import { encodeJson } from './encode-json.ts'
import { encodeMsgpack } from './encode-msgpack.ts'
import { encodeUbjson, encodeUbjsonDraft12 } from './encode-ubjson.ts'
import type { EncodeRules } from './encode-value.ts'
import type { Output } from './output.ts'

/** A list format that carries payloads. `ubjson` is BJData. */
export type FormatName = 'json' | 'msgpack' | 'cbor' | 'ubjson' | 'ubjson-draft12'

/** A format of payload values: one of a list, or one that only payloads have. */
export type PayloadFormatName = FormatName | 'flexbuffers'

/** One format: its number in the kernel, and how JavaScript values are read from it and written to it. */
export interface PayloadFormat {
  readonly id: number
  readonly name: PayloadFormatName
  /** `type` is what the index of the kernel says of a value that has no head of its own (abi.ts), mostly 0. */
  decode(bytes: Uint8Array, start: number, end: number, rules: DecodeRules, type?: number): unknown
  encode(out: Output, value: unknown, rules: EncodeRules, path: string): void
}

/** A format in which whole messages are lists, too. */
export interface ValueFormat extends PayloadFormat {
  readonly name: FormatName
}

export const JSON_FORMAT: ValueFormat = {
  id: FORMAT_JSON,
  name: 'json',
  decode: decodeJson,
  encode: encodeJson,
}
export const MSGPACK_FORMAT: ValueFormat = {
  id: FORMAT_MSGPACK,
  name: 'msgpack',
  decode: decodeMsgpack,
  encode: encodeMsgpack,
}
export const CBOR_FORMAT: ValueFormat = {
  id: FORMAT_CBOR,
  name: 'cbor',
  decode: decodeCbor,
  encode: encodeCbor,
}

export const UBJSON_FORMAT: ValueFormat = {
  id: FORMAT_UBJSON,
  name: 'ubjson',
  decode: decodeUbjson,
  encode: encodeUbjson,
}
export const UBJSON_DRAFT12_FORMAT: ValueFormat = {
  id: FORMAT_UBJSON_DRAFT12,
  name: 'ubjson-draft12',
  decode: decodeUbjsonDraft12,
  encode: encodeUbjsonDraft12,
}

/** For payloads only: opaque ones, and args and kwargs inside of FlatBuffers. */
export const FLEXBUFFERS_FORMAT: PayloadFormat = {
  id: FORMAT_FLEXBUFFERS,
  name: 'flexbuffers',
  decode: decodeFlexbuffers,
  encode: encodeFlexbuffers,
}

/** Every list format by its name. */
export const FORMATS: Readonly<Record<FormatName, ValueFormat>> = {
  json: JSON_FORMAT,
  msgpack: MSGPACK_FORMAT,
  cbor: CBOR_FORMAT,
  ubjson: UBJSON_FORMAT,
  'ubjson-draft12': UBJSON_DRAFT12_FORMAT,
}

/** Every payload format by its name. */
export const PAYLOAD_FORMATS: Readonly<Record<PayloadFormatName, PayloadFormat>> = {
  json: JSON_FORMAT,
  msgpack: MSGPACK_FORMAT,
  cbor: CBOR_FORMAT,
  ubjson: UBJSON_FORMAT,
  'ubjson-draft12': UBJSON_DRAFT12_FORMAT,
  flexbuffers: FLEXBUFFERS_FORMAT,
}

/** Levels that a value of Options may stand under: the dictionary itself, and the tags that the kernel sees through. */
const LEVELS_AROUND = 9

/** Rules under which attributes are read: plain data, whatever the codec does with payloads. */
export function attributeRules(policy: Policy): DecodeRules {
  const maxDepth = policy.maxDepth + LEVELS_AROUND
  return {
    ...policy,
    maxDepth,
    integers: 'auto',
    maps: 'object',
    tags: 'plain',
    binary: 'copy',
    duplicateKeys: 'last',
  }
}

/** Rules under which a value is read for another format: nothing that plain values would lose is lost. */
export function exactRules(policy: Policy): DecodeRules {
  return { ...policy, maps: 'map', integers: 'auto', binary: 'view', floats: 'exact' }
}
