/**
 * The decoders and encoders that we are compared with, each with its best options for WAMP and its native
 * addon on: plain objects, plain numbers, no record extension.
 */
import { Encoder, isNativeAccelerationEnabled as isCborNative } from 'cbor-x'
import { isNativeAccelerationEnabled as isMsgpackNative, Packr } from 'msgpackr'

const cborX = new Encoder({
  useRecords: false,
  mapsAsObjects: true,
  int64AsNumber: true,
  tagUint8Array: false,
})
const msgpackr = new Packr({ useRecords: false, int64AsType: 'number' })
const text = new TextDecoder()

const encodeJson = (list) => Buffer.from(JSON.stringify(list))

/**
 * By format. cbor-x and msgpackr write ids beyond 2^32 as floats, which WAMP forbids; writing them as
 * integers would need BigInt and make them slower, so they are left as they are.
 */
export const PEERS = {
  cbor: [{ name: 'cbor-x', decode: (frame) => cborX.decode(frame), encode: (list) => cborX.encode(list) }],
  msgpack: [
    { name: 'msgpackr', decode: (frame) => msgpackr.decode(frame), encode: (list) => msgpackr.encode(list) },
  ],
  json: [
    {
      name: 'JSON.parse(TextDecoder)',
      decode: (frame) => JSON.parse(text.decode(frame)),
      encode: encodeJson,
    },
    // Only Node has it, and it repairs bad UTF-8 in silence, as the other one does.
    { name: 'JSON.parse(toString)', decode: (frame) => JSON.parse(frame.toString()), encode: encodeJson },
  ],
  'json-text': [{ name: 'JSON.parse', decode: (frame) => JSON.parse(frame), encode: JSON.stringify }],
}

/** Whether the addons are loaded: without them the peers are several times slower at text. */
export const ADDONS = { 'cbor-x': isCborNative, msgpackr: isMsgpackNative }
