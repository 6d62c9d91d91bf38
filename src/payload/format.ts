/**
 * A payload format: its number in the kernel, its name, and the JavaScript codec of its values. Here are those of the
 * core kernel; `formats-full.ts` has the others. Adding a list format means a row there, a file in assembly/formats, a
 * wire in src/serializer and a file in src/formats; a format of payloads only needs no wire.
 */

import { FORMAT_CBOR, FORMAT_JSON, FORMAT_MSGPACK } from '../kernel/abi.ts'
import type { Policy } from '../limits.ts'
import { readCbor } from './cbor/read.ts'
import { encodeCbor } from './cbor/write.ts'
import type { DecodeRules } from './decode-value.ts'
import { isEmptyCbor, isEmptyJson, isEmptyMsgpack } from './empty.ts'
import type { EncodeRules } from './encode-value.ts'
import { readJson, readJsonText } from './json/read.ts'
import { encodeJson } from './json/write.ts'
import { readMsgpack } from './msgpack/read.ts'
import { encodeMsgpack } from './msgpack/write.ts'
import type { Output } from './output.ts'
import type { PayloadView } from './view.ts'
import type { ViewSource } from './view-source.ts'

/**
 * The formats of payload values. `ubjson` is its dialect BJData (docs/serializers.md); `ubjson-draft12` the older one. `flexbuffers`
 * is for payloads only: it has no serializer.
 */
export type PayloadFormatName = 'json' | 'msgpack' | 'cbor' | 'ubjson' | 'ubjson-draft12' | 'flexbuffers'

/** A format in which whole messages are lists. @internal */
export type ListFormatName = Exclude<PayloadFormatName, 'flexbuffers'>

/** The payload formats that `wamp-codec/core` has. */
export type CorePayloadFormatName = 'json' | 'msgpack' | 'cbor'

/** One format: its number in the kernel, and how JavaScript values are read from it and written to it. @internal */
export interface ValueFormat {
  readonly id: number
  readonly name: PayloadFormatName
  /** `type` is what the index of the kernel says of a value that has no head of its own (abi.ts), mostly 0. */
  decode(bytes: Uint8Array, start: number, end: number, rules: DecodeRules, type?: number): unknown
  encode(out: Output, value: unknown, rules: EncodeRules, path: string): void
  /** The bytes of `undefined`, in formats of which some encoders write it. */
  readonly undefinedForm?: readonly number[]
  /** True for a list or dictionary in `bytes[start, end)`, checked before, without elements, in any of its forms. */
  isEmpty(bytes: Uint8Array, start: number, end: number): boolean
  /** The text of a key in `bytes[start, end)`, in formats whose keys are not read as other values are. */
  readKey?(bytes: Uint8Array, start: number, end: number, rules: DecodeRules): unknown
  /** The view of a value that was checked before, in formats in which the kernel does not look for parts. */
  view?(source: ViewSource): PayloadView
}

/** @internal */
export const JSON_FORMAT: ValueFormat = {
  id: FORMAT_JSON,
  name: 'json',
  decode: readJson,
  encode: encodeJson,
  isEmpty: isEmptyJson,
  readKey: readJsonText,
}
/** @internal */
export const MSGPACK_FORMAT: ValueFormat = {
  id: FORMAT_MSGPACK,
  name: 'msgpack',
  decode: readMsgpack,
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
  encode: encodeCbor,
  undefinedForm: [0xf7],
  isEmpty: isEmptyCbor,
}

/** Rules under which a value is read for another format: nothing that plain values would lose is lost. @internal */
export function exactRules(policy: Policy): DecodeRules {
  return { ...policy, maps: 'map', integers: 'auto', binary: 'view', floats: 'exact' }
}

/**
 * Levels that a value of Options may stand under: the dictionary itself, and the tags that the kernel sees through.
 *
 * @internal
 */
export const LEVELS_AROUND = 9

/** Rules under which attributes are read: plain data, whatever the codec does with payloads. @internal */
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
    undefineds: policy.peers === 'lenient' ? 'absent' : 'null',
  }
}
