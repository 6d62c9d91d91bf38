/** The libraries that are tried, by format: a function from the bytes of a frame to its values, read to the end. */
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../../bench/package.json', import.meta.url))
const ours = () => import('../../../build/dist/index.js')

async function wampCodec(id) {
  const { createCodec } = await ours()
  const codec = createCodec()
  if (id === 'flexbuffers') return (bytes) => codec.payload('flexbuffers').decode(bytes)
  return (bytes) => codec.serializer(id).decode(bytes).marshal()
}

/** Each loads its library only when it is asked for: a child process has one. */
export const DECODERS = {
  json: {
    'wamp-codec': () => wampCodec('json'),
    // As WAMP clients do it.
    'JSON.parse': () => (bytes) => JSON.parse(Buffer.from(bytes).toString('utf8')),
  },
  msgpack: {
    'wamp-codec': () => wampCodec('msgpack'),
    msgpackr: () => {
      const { Packr } = require('msgpackr')
      const packr = new Packr({ useRecords: false })
      return (bytes) => packr.unpack(bytes)
    },
    '@msgpack/msgpack': () => {
      const { decode } = require('@msgpack/msgpack')
      return (bytes) => decode(bytes)
    },
    msgpack5: () => {
      const codec = require('msgpack5')()
      return (bytes) => codec.decode(Buffer.from(bytes))
    },
  },
  cbor: {
    'wamp-codec': () => wampCodec('cbor'),
    'cbor-x': () => {
      const { Decoder } = require('cbor-x')
      const decoder = new Decoder({ useRecords: false, mapsAsObjects: true })
      return (bytes) => decoder.decode(bytes)
    },
    cbor: () => {
      const { decodeFirstSync } = require('cbor')
      return (bytes) => decodeFirstSync(bytes)
    },
    cborg: async () => {
      const { decode } = await import('cborg')
      return (bytes) => decode(bytes)
    },
  },
  ubjson: { 'wamp-codec': () => wampCodec('ubjson') },
  flexbuffers: {
    'wamp-codec': () => wampCodec('flexbuffers'),
    'flatbuffers (npm)': () => {
      const { toObject } = require('flatbuffers/js/flexbuffers.js')
      return (bytes) => toObject(bytes.slice().buffer)
    },
  },
  flatbuffers: { 'wamp-codec': () => wampCodec('flatbuffers') },
}
