/**
 * CBOR peers: cbor-x (with its addon and without), json-pack, cborg, cbor2, cbor (node-cbor), and what clients ship.
 */
import { createRequire } from 'node:module'
import { Encoder, isNativeAccelerationEnabled } from 'cbor-x'
import { decode as decodeCbor2, encode as encodeCbor2 } from 'cbor2'
import { decode as decodeCborg, encode as encodeCborg } from 'cborg'
import { CborSerializer } from 'wampy/CborSerializer.js'
import { JSON_PACK } from './json-pack.mjs'
import { withoutAddon } from './without-addon.mjs'

const require = createRequire(import.meta.url)
const nodeCbor = require('cbor')
const { CBORSerializer } = require('autobahn/lib/serializer.js')

const OPTIONS = { useRecords: false, mapsAsObjects: true, int64AsNumber: true, tagUint8Array: false }
const cborX = new Encoder(OPTIONS)
const { Decoder } = await withoutAddon('cbor-x', 'decode.js')
const bareCborX = new Decoder(OPTIONS)
const CBORG = { float64: true, mapSorter: () => 0 }
// Its buffer has 16 KiB by default, and what is longer comes out as null.
const NODE_CBOR = { highWaterMark: 2 ** 21 }
const autobahn = new CBORSerializer()
const wampy = new CborSerializer()

/**
 * cbor-x writes ids beyond 2^32 as floats, which WAMP forbids; integers would need BigInt and make it slower, so it is
 * left as it is.
 */
export const CBOR_PEERS = [
  {
    name: 'cbor-x',
    addon: isNativeAccelerationEnabled,
    tier: 'best',
    decode: (frame) => cborX.decode(frame),
    encode: (list) => cborX.encode(list),
  },
  {
    name: 'cbor-x, no addon',
    addon: null,
    tier: 'best',
    decode: (frame) => bareCborX.decode(frame),
    // Only text that is read goes through the addon.
    encode: (list) => cborX.encode(list),
  },
  JSON_PACK.cbor,
  {
    name: 'cborg',
    addon: null,
    tier: 'other',
    decode: (frame) => decodeCborg(frame),
    encode: (list) => encodeCborg(list, CBORG),
  },
  {
    name: 'cbor2',
    addon: null,
    tier: 'other',
    decode: (frame) => decodeCbor2(frame),
    encode: (list) => encodeCbor2(list),
  },
  {
    name: 'cbor',
    addon: null,
    tier: 'other',
    decode: (frame) => nodeCbor.decodeFirstSync(frame),
    encode: (list) => nodeCbor.encodeOne(list, NODE_CBOR),
  },
  {
    name: 'autobahn',
    addon: null,
    tier: 'shipped',
    decode: (frame) => autobahn.unserialize(frame),
    encode: (list) => autobahn.serialize(list),
    isAsync: true,
  },
  {
    name: 'wampy',
    addon: isNativeAccelerationEnabled,
    tier: 'shipped',
    decode: (frame) => wampy.decode(frame),
    encode: (list) => wampy.encode(list),
  },
]
