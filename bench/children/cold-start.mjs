/**
 * A new process: milliseconds of the import, of making a codec (ours compiles its kernel there) and of the first
 * decode, and what was decoded. Everything is compiled and read from the disk's cache for the first time.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const { contender, format, frame } = JSON.parse(readFileSync(0, 'utf8'))
const bytes = Buffer.from(frame, 'base64')
const require = createRequire(import.meta.url)

/** `load` gives a module, `make` what decodes. */
const STARTS = {
  'wamp-codec': ours('../../dist/index.js'),
  'wamp-codec/core': ours('../../dist/core.js'),
  'cbor-x': { load: () => import('cbor-x'), make: ({ decode }) => decode },
  msgpackr: { load: () => import('msgpackr'), make: ({ decode }) => decode },
  cborg: { load: () => import('cborg'), make: ({ decode }) => decode },
  '@msgpack/msgpack': { load: () => import('@msgpack/msgpack'), make: ({ decode }) => decode },
  'json-pack': {
    load: () => require(`@jsonjoy.com/json-pack/lib/${format}`),
    make({ CborDecoder, JsonDecoder, MsgPackDecoder }) {
      const decoder = new (CborDecoder ?? MsgPackDecoder ?? JsonDecoder)()
      return (input) => decoder.decode(input)
    },
  },
  JSON: { load: () => JSON, make: (json) => (input) => json.parse(input.toString()) },
}

function ours(entry) {
  return {
    load: () => import(entry),
    make({ createCodec }) {
      const serializer = createCodec().serializer(format)
      return (input) => serializer.decode(input).marshal()
    },
  }
}

const { load, make } = STARTS[contender]
const began = performance.now()
const module = await load()
const loaded = performance.now()
const decode = make(module)
const made = performance.now()
const list = decode(bytes)
const ended = performance.now()
const stages = { import: loaded - began, codec: made - loaded, first: ended - made, all: ended - began }
// Ids as text: cbor-x and msgpackr give BigInt where they are not told otherwise.
console.log(
  JSON.stringify({ stages, list }, (_, value) => (typeof value === 'bigint' ? Number(value) : value)),
)
