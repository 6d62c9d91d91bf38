/**
 * `@jsonjoy.com/json-pack`, the most installed one: CBOR, MsgPack and JSON of bytes. It checks less than the others: no
 * text is checked, a lone `81` is `[0]`, and depth has no limit but the stack.
 */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const { Writer } = require('@jsonjoy.com/buffers/lib/Writer')
const { CborDecoder, CborEncoder } = require('@jsonjoy.com/json-pack/lib/cbor')
const { JsonDecoder, JsonEncoder } = require('@jsonjoy.com/json-pack/lib/json')
const { MsgPackDecoder, MsgPackEncoder } = require('@jsonjoy.com/json-pack/lib/msgpack')

const cborDecoder = new CborDecoder()
// The fast encoder writes bytes as a map; this one is the same, and knows bytes.
const cborEncoder = new CborEncoder()
const msgpackDecoder = new MsgPackDecoder()
const msgpackEncoder = new MsgPackEncoder()
const jsonDecoder = new JsonDecoder()
const jsonEncoder = new JsonEncoder(new Writer())

const common = { name: 'json-pack', addon: null, tier: 'best' }

/**
 * By format. `find` gives the value at a path without decoding the rest, `skip` the position after the value at the
 * beginning of a frame; JSON has neither.
 */
export const JSON_PACK = {
  cbor: {
    ...common,
    decode: (frame) => cborDecoder.decode(frame),
    encode: (list) => cborEncoder.encode(list),
    find(frame, path) {
      cborDecoder.reader.reset(frame)
      return cborDecoder.find(path).readAny()
    },
    skip(frame) {
      cborDecoder.reader.reset(frame)
      cborDecoder.skipAny()
      return cborDecoder.reader.x
    },
  },
  msgpack: {
    ...common,
    decode: (frame) => msgpackDecoder.decode(frame),
    encode: (list) => msgpackEncoder.encode(list),
    find(frame, path) {
      msgpackDecoder.reader.reset(frame)
      return msgpackDecoder.find(path).readAny()
    },
    skip(frame) {
      msgpackDecoder.reader.reset(frame)
      return msgpackDecoder.skipAny()
    },
  },
  json: {
    ...common,
    decode: (frame) => jsonDecoder.decode(frame),
    encode: (list) => jsonEncoder.encode(list),
  },
}
