/**
 * MsgPack peers: msgpackr (with its addon and without), json-pack, @msgpack/msgpack, msgpack5, and what clients ship.
 */
import { createRequire } from 'node:module'
import { decode as decodeMsgpack, encode as encodeMsgpack } from '@msgpack/msgpack'
import msgpack5 from 'msgpack5'
import { isNativeAccelerationEnabled, Packr } from 'msgpackr'
import { MsgpackSerializer as WampySerializer } from 'wampy/MsgpackSerializer.js'
import { JSON_PACK } from './json-pack.mjs'
import { withoutAddon } from './without-addon.mjs'

const { MsgpackSerializer } = createRequire(import.meta.url)('autobahn/lib/serializer.js')

const OPTIONS = { useRecords: false, int64AsType: 'number' }
const msgpackr = new Packr(OPTIONS)
const { Unpackr } = await withoutAddon('msgpackr', 'unpack.js')
const bareMsgpackr = new Unpackr(OPTIONS)
const five = msgpack5({ forceFloat64: true })
const autobahn = new MsgpackSerializer()
const wampy = new WampySerializer()

/** Ids that are integers of 64 bits on the wire come out as BigInt: the value is the same, the type is not. */
const BIGINT_IDS = 'integers of 64 bits become BigInt'

/** msgpackr writes ids beyond 2^32 as floats, as cbor-x does. */
export const MSGPACK_PEERS = [
  {
    name: 'msgpackr',
    addon: isNativeAccelerationEnabled,
    tier: 'best',
    decode: (frame) => msgpackr.decode(frame),
    encode: (list) => msgpackr.encode(list),
  },
  {
    name: 'msgpackr, no addon',
    addon: null,
    tier: 'best',
    decode: (frame) => bareMsgpackr.decode(frame),
    encode: (list) => msgpackr.encode(list),
  },
  JSON_PACK.msgpack,
  {
    name: '@msgpack/msgpack',
    addon: null,
    tier: 'other',
    decode: (frame) => decodeMsgpack(frame),
    encode: (list) => encodeMsgpack(list),
  },
  {
    name: 'msgpack5',
    addon: null,
    tier: 'other',
    decode: (frame) => five.decode(frame),
    encode: (list) => five.encode(list).slice(),
  },
  {
    name: 'autobahn',
    addon: null,
    tier: 'shipped',
    decode: (frame) => autobahn.unserialize(frame),
    encode: (list) => autobahn.serialize(list).slice(),
  },
  {
    name: 'wampy',
    addon: isNativeAccelerationEnabled,
    tier: 'shipped',
    quirk: BIGINT_IDS,
    decode: (frame) => wampy.decode(frame),
    encode: (list) => wampy.encode(list),
  },
]
