/** The libraries that are tried, by format: a function from the bytes of a frame to its values, read to the end. */
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const require = createRequire(new URL('../../../bench/package.json', import.meta.url))
const ours = () => import('../../../dist/index.js')

async function wampCodec(id) {
  const { createCodec } = await ours()
  const codec = createCodec()
  if (id === 'flexbuffers') return (bytes) => codec.payload('flexbuffers').decode(bytes)
  return (bytes) => codec.serializer(id).decode(bytes).marshal()
}

/** What flatc generates of the schema, on the runtime of npm: every slot of the message, and of the tables in it. */
async function generatedReader() {
  const { AnyMessage, ByteBuffer, Message, unionToAnyMessage } = await import(
    pathToFileURL(process.env.WAMP_CODEC_READERS).href
  )
  return (bytes) => {
    const root = Message.getRootAsMessage(new ByteBuffer(bytes))
    const table = unionToAnyMessage(root.msgType(), (made) => root.msg(made))
    if (table === null || !(root.msgType() in AnyMessage)) throw new Error('an unknown message')
    return slotsOf(table)
  }
}

/** All that the methods of a generated class give; a vector as long as it says. */
function slotsOf(table) {
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(table))
  const slots = {}
  for (const name of names) {
    if (name === 'constructor' || name.startsWith('__')) continue
    if (name.endsWith('Array')) slots[name] = table[name]()
    else if (name.endsWith('Length')) {
      const length = table[name]()
      const item = name.slice(0, -'Length'.length)
      for (let i = 0; i < length; i++) readAll(table[item](i))
    } else if (!names.includes(`${name}Length`)) slots[name] = readAll(table[name]())
  }
  return slots
}

const readAll = (value) => (typeof value === 'object' && value !== null ? slotsOf(value) : value)

/** A serializer of autobahn, given what its transports give it. */
function autobahn(name) {
  const serializer = new (require('autobahn/lib/serializer.js')[name])()
  if (!serializer.BINARY) return (bytes) => serializer.unserialize(Buffer.from(bytes).toString('utf8'))
  return (bytes) => serializer.unserialize(Buffer.from(bytes))
}

/** The same of wampy. */
async function wampy(name) {
  const serializer = new (require(`wampy/${name}.js`)[name])()
  if (!serializer.isBinary) return (bytes) => serializer.decode(Buffer.from(bytes).toString('utf8'))
  return (bytes) => serializer.decode(bytes)
}

/** A decoder of json-pack. */
function jsonPack(format, name) {
  const decoder = new (require(`@jsonjoy.com/json-pack/lib/${format}`)[name])()
  return (bytes) => decoder.decode(bytes)
}

/** Each loads its library only when it is asked for: a child process has one. */
export const DECODERS = {
  json: {
    'wamp-codec': () => wampCodec('json'),
    // As WAMP clients do it.
    'JSON.parse': () => (bytes) => JSON.parse(Buffer.from(bytes).toString('utf8')),
    'json-pack': () => jsonPack('json', 'JsonDecoder'),
    autobahn: () => autobahn('JSONSerializer'),
    wampy: () => wampy('JsonSerializer'),
  },
  msgpack: {
    'wamp-codec': () => wampCodec('msgpack'),
    msgpackr: () => {
      const { Packr } = require('msgpackr')
      const packr = new Packr({ useRecords: false })
      return (bytes) => packr.unpack(bytes)
    },
    'json-pack': () => jsonPack('msgpack', 'MsgPackDecoder'),
    '@msgpack/msgpack': () => {
      const { decode } = require('@msgpack/msgpack')
      return (bytes) => decode(bytes)
    },
    msgpack5: () => {
      const codec = require('msgpack5')()
      return (bytes) => codec.decode(Buffer.from(bytes))
    },
    autobahn: () => autobahn('MsgpackSerializer'),
    wampy: () => wampy('MsgpackSerializer'),
  },
  cbor: {
    'wamp-codec': () => wampCodec('cbor'),
    'cbor-x': () => {
      const { Decoder } = require('cbor-x')
      const decoder = new Decoder({ useRecords: false, mapsAsObjects: true })
      return (bytes) => decoder.decode(bytes)
    },
    'json-pack': () => jsonPack('cbor', 'CborDecoder'),
    cbor: () => {
      const { decodeFirstSync } = require('cbor')
      return (bytes) => decodeFirstSync(bytes)
    },
    cbor2: async () => {
      const { decode } = await import(pathToFileURL(require.resolve('cbor2')).href)
      return (bytes) => decode(bytes)
    },
    cborg: async () => {
      const { decode } = await import('cborg')
      return (bytes) => decode(bytes)
    },
    autobahn: () => autobahn('CBORSerializer'),
    wampy: () => wampy('CborSerializer'),
  },
  ubjson: {
    'wamp-codec': () => wampCodec('ubjson'),
    'json-pack': () => jsonPack('ubjson', 'UbjsonDecoder'),
  },
  flexbuffers: {
    'wamp-codec': () => wampCodec('flexbuffers'),
    'flatbuffers (npm)': () => {
      const { toObject } = require('flatbuffers/js/flexbuffers.js')
      return (bytes) => toObject(bytes.slice().buffer)
    },
  },
  flatbuffers: {
    'wamp-codec': () => wampCodec('flatbuffers'),
    'flatbuffers (npm)': generatedReader,
  },
}

/** The libraries with their versions, as the table names them. */
export function versions() {
  const names = [
    'msgpackr',
    '@msgpack/msgpack',
    'msgpack5',
    'cbor-x',
    'cbor',
    'cbor2',
    'cborg',
    'flatbuffers',
  ]
  const { dependencies } = require('./package.json')
  return ['@jsonjoy.com/json-pack', ...names, 'autobahn', 'wampy']
    .map((name) => `${name} ${dependencies[name]}`)
    .join(', ')
}
