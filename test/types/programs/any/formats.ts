/** A codec of formats and tools: its type has the serializers and methods that were named. */
import { type CustomCodec, createCodec, EventMessage, loadCodec, Publish } from 'wamp-codec/custom'
import { createCodec as createOnFull } from 'wamp-codec/custom-full'
import { cbor } from 'wamp-codec/formats/cbor'
import { flatbuffers } from 'wamp-codec/formats/flatbuffers'
import { flexbuffers } from 'wamp-codec/formats/flexbuffers'
import { json } from 'wamp-codec/formats/json'
import { msgpack } from 'wamp-codec/formats/msgpack'
import { ubjson } from 'wamp-codec/formats/ubjson'
import { dissect } from 'wamp-codec/tools/dissect'
import { FanOut } from 'wamp-codec/tools/fan-out'
import { fastValues } from 'wamp-codec/tools/fast-values'
import { lists } from 'wamp-codec/tools/lists'
import { losses } from 'wamp-codec/tools/losses'
import { payloads } from 'wamp-codec/tools/payloads'
import { RawSocketCodec } from 'wamp-codec/tools/raw-socket'
import { statistics } from 'wamp-codec/tools/statistics'
import { transcode } from 'wamp-codec/tools/transcode'
import { transfer } from 'wamp-codec/tools/transfer'
import { views } from 'wamp-codec/tools/views'

const plain = createCodec({ formats: [cbor, json], maxDepth: 20 })
const text: string = plain.serializer('json').encodeText(new Publish({ request: 1, topic: 'a.b' }))
const frame: Uint8Array = plain.serializer('cbor.batched').encode(new Publish({ request: 1, topic: 'a.b' }))
const publish = plain.serializer('cbor').decode(frame) as Publish
const ref: number = plain.internUri('a.b')
const code: number = plain.peek(frame, 'cbor')

const whole = createOnFull({
  formats: [json, msgpack, cbor, ubjson, flatbuffers, flexbuffers],
  tools: [dissect, fastValues, lists, losses, payloads, statistics, transcode, transfer, views],
})
const value: unknown = whole.payload('flexbuffers').decode(whole.payload('ubjson').encode(1))
const bytes: Uint8Array = whole.transcode(frame, { from: 'ubjson-draft12', to: 'cbor' })
const names: string[] = whole.trace(frame, whole.serializer('flatbuffers')).map(({ name }) => name)
const list: unknown[] = whole.lists('msgpack').decode(frame)

const event = new FanOut(plain, publish, { publication: 1 })
const raw = new RawSocketCodec({ serializer: plain.serializer('cbor'), side: 'client' })

const named: CustomCodec<typeof cbor, 'views' | 'statistics'> = createCodec({
  formats: [cbor],
  tools: [views, statistics],
})
const count: number = named.stats().in.messages

/** A function that takes a codec of any formats, as long as there is CBOR. */
export function first(codec: CustomCodec<typeof cbor, never>): EventMessage {
  return codec.serializer('cbor').decode(frame) as EventMessage
}
first(named)
first(whole)

export async function later(): Promise<number> {
  const codec = await loadCodec({ formats: [msgpack], tools: [statistics], wasm: new Uint8Array(8) })
  return codec.stats().out.bytes
}

// What was not named is not there.
// @ts-expect-error
plain.serializer('msgpack')
// @ts-expect-error
plain.trace(frame, plain.serializer('cbor'))
// @ts-expect-error
plain.stats()
// @ts-expect-error
plain.lists('cbor')
// @ts-expect-error
named.payload('cbor')
// @ts-expect-error
createCodec({ formats: ['cbor'] })
// @ts-expect-error
createCodec({ formats: [cbor], tools: [json] })
// @ts-expect-error
createCodec({ formats: [views] })
// @ts-expect-error
createCodec({ tools: [views] })
// @ts-expect-error
createCodec({ formats: [cbor], maxdepth: 20 })

export const used: readonly unknown[] = [
  text,
  ref,
  code,
  value,
  bytes,
  names,
  list,
  event,
  raw,
  count,
  EventMessage,
]
