/** A new process: milliseconds from before the import to after the first decode, and what was decoded. */
import { readFileSync } from 'node:fs'

const { contender, format, frame } = JSON.parse(readFileSync(0, 'utf8'))
const bytes = Buffer.from(frame, 'base64')

/** Import and decode; everything is compiled and read from the disk's cache for the first time. */
const STARTS = {
  async 'wamp-codec'() {
    const { createCodec } = await import('../../dist/index.js')
    return createCodec().serializer(format).decode(bytes).marshal()
  },
  async 'wamp-codec/core'() {
    const { createCodec } = await import('../../dist/core.js')
    return createCodec().serializer(format).decode(bytes).marshal()
  },
  async 'cbor-x'() {
    const { decode } = await import('cbor-x')
    return decode(bytes)
  },
  async msgpackr() {
    const { decode } = await import('msgpackr')
    return decode(bytes)
  },
  async cborg() {
    const { decode } = await import('cborg')
    return decode(bytes)
  },
  async '@msgpack/msgpack'() {
    const { decode } = await import('@msgpack/msgpack')
    return decode(bytes)
  },
  JSON: async () => JSON.parse(bytes.toString()),
}

const began = performance.now()
const list = await STARTS[contender]()
const milliseconds = performance.now() - began
// Ids as text: cbor-x and msgpackr give BigInt where they are not told otherwise.
console.log(
  JSON.stringify({ milliseconds, list }, (_, value) => (typeof value === 'bigint' ? Number(value) : value)),
)
