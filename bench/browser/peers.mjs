/** The peers in a page: what their packages give to browsers, so none has a native addon. */
import { Encoder } from 'cbor-x'
import { Packr } from 'msgpackr'

const cborX = new Encoder({
  useRecords: false,
  mapsAsObjects: true,
  int64AsNumber: true,
  tagUint8Array: false,
})
const msgpackr = new Packr({ useRecords: false, int64AsType: 'number' })
const toText = new TextDecoder()
const toBytes = new TextEncoder()

const peer = (name, decode, encode) => ({ name, addon: null, tier: 'best', decode, encode })

const PEERS = {
  cbor: peer(
    'cbor-x',
    (frame) => cborX.decode(frame),
    (list) => cborX.encode(list),
  ),
  msgpack: peer(
    'msgpackr',
    (frame) => msgpackr.decode(frame),
    (list) => msgpackr.encode(list),
  ),
  json: peer(
    'JSON',
    (frame) => JSON.parse(toText.decode(frame)),
    (list) => toBytes.encode(JSON.stringify(list)),
  ),
  'json-text': peer('JSON', (text) => JSON.parse(text), JSON.stringify),
}

export const peersOf = (format) => [PEERS[format]]
export const writersOf = peersOf
