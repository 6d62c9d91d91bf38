/** JSON peers: the engine's own, from bytes and from text, json-pack, and what the WAMP clients ship. */
import { createRequire } from 'node:module'
import { JsonSerializer } from 'wampy/JsonSerializer.js'
import { JSON_PACK } from './json-pack.mjs'

const { JSONSerializer } = createRequire(import.meta.url)('autobahn/lib/serializer.js')

const text = new TextDecoder()
const autobahn = new JSONSerializer()
const wampy = new JsonSerializer()

const encode = (list) => Buffer.from(JSON.stringify(list))

/** From bytes to bytes. The second one is Node's own; all of them repair bad UTF-8 in silence. */
export const JSON_PEERS = [
  {
    name: 'JSON, TextDecoder',
    addon: null,
    tier: 'best',
    decode: (frame) => JSON.parse(text.decode(frame)),
    encode,
  },
  {
    name: 'JSON, toString',
    addon: null,
    tier: 'best',
    decode: (frame) => JSON.parse(frame.toString()),
    encode,
  },
  JSON_PACK.json,
]

/** From text to text: what a WebSocket in a browser gives and takes. */
export const JSON_TEXT_PEERS = [
  { name: 'JSON', addon: null, tier: 'best', decode: (frame) => JSON.parse(frame), encode: JSON.stringify },
  {
    name: 'autobahn',
    addon: null,
    tier: 'shipped',
    decode: (frame) => autobahn.unserialize(frame),
    encode: (list) => autobahn.serialize(list),
  },
  {
    name: 'wampy',
    addon: null,
    tier: 'shipped',
    decode: (frame) => wampy.decode(frame),
    encode: (list) => wampy.encode(list),
  },
]
