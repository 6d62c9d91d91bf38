/** wampy on a list codec: an object for its options `serializer` and `payloadSerializers`. */
import type { ListCodec } from '../lists/list-codec.ts'
import { checkLists } from './lists.ts'
import { type ListFormat, type ListPreset, presetOf } from './presets.ts'

export type { ListFormat, ListPreset } from './presets.ts'

/** A serializer as wampy takes it. */
export interface WampySerializer {
  /** The last part of the subprotocol, for example `cbor`. */
  readonly protocol: string
  /** Whether frames are binary. */
  readonly isBinary: boolean
  /** The frame of a list, or the bytes of a value. A list is a message, anything else a value for payload passthru. */
  encode(data: unknown): string | Uint8Array
  /** The list in a frame, or the value in the bytes of a passthru payload. */
  decode(data: string | Uint8Array | ArrayBuffer): unknown
}

/** The options of a list codec that gives the values of wampy's own serializers: Uint8Array, and numbers or BigInt. */
export function wampyOptions(format: ListFormat): ListPreset {
  return presetOf(format, { binary: 'copy', rounded: ['json', 'cbor'] })
}

/** Throws TypeError for anything but a list codec. */
export function wampy(lists: ListCodec): WampySerializer {
  checkLists('wampy', lists)
  const { id, isBinary } = lists
  return {
    protocol: id,
    isBinary,
    encode: (data) => (Array.isArray(data) ? lists.encode(data) : lists.encodeValue(data)),
    decode(data) {
      try {
        return lists.decode(data)
      } catch (error) {
        return payloadOf(lists, data, error)
      }
    },
  }
}

/** wampy asks the same object for the payloads of passthru, `{ args, kwargs }`. A list is a message that is broken. */
function payloadOf(lists: ListCodec, data: string | Uint8Array | ArrayBuffer, error: unknown): unknown {
  let value: unknown
  try {
    value = lists.decodeValue(data)
  } catch {
    throw error
  }
  if (Array.isArray(value)) throw error
  return value
}
