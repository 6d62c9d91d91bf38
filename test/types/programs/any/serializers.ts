/** A map over serializer ids, negotiation, batches, and the smaller entry; all without a cast. */
import {
  type AnyMessage,
  type Codec,
  createCodec,
  type JsonSerializer,
  loadCodec,
  negotiate,
  RawSocketCodec,
  type Serializer,
} from 'wamp-codec'
import { type CoreCodec, createCodec as createCore } from 'wamp-codec/core'
import * as wamp from 'wamp-codec/message'

const codec = createCodec()
const IDS = ['cbor', 'msgpack', 'json'] as const
const supported = IDS.map((id) => codec.serializer(id))
const core: CoreCodec = createCore()
const few: readonly Serializer[] = (['json.batched', 'cbor'] as const).map((id) => core.serializer(id))

export function agreed(
  header: string | undefined,
  message: AnyMessage,
): string | Uint8Array<ArrayBuffer> | null {
  const answer = negotiate(header, supported) ?? negotiate(header, few, { priority: 'client' })
  if (answer === null || answer.subprotocol === '') return null
  return answer.serializer.encodeFrame(message)
}

export function text(message: AnyMessage): string | undefined {
  const json: JsonSerializer = codec.serializer('json')
  const one: string = json.encodeFrame(message)
  const many: string = codec.serializer('json.batched', { batchSeparator: 0x18 }).encodeText(message)
  return negotiate([one, many], [json])?.serializer.encodeText(message)
}

export function batches(frame: ArrayBuffer): AnyMessage[] {
  const batched = codec.serializer('cbor.batched')
  const messages = batched.decodeAll(frame)
  const bytes: Uint8Array<ArrayBuffer> = batched.encodeAll(messages)
  const parts: readonly Uint8Array<ArrayBuffer>[] = batched.encodeParts(
    new wamp.Event({ subscription: 1, publication: 2 }),
  )
  return parts.length === bytes.length ? [] : messages
}

/** A function for any codec takes that of the smaller entry. */
export function frames(any: Codec, frame: Uint8Array): number {
  return any.peek(frame, 'json') + any.stats({ reset: true }).in.messages
}
export const counted: number = frames(core, new Uint8Array(1)) + frames(codec, new Uint8Array(1))
export const loaded: Promise<Codec> = loadCodec({
  wasm: new Uint8Array(8),
  uri: 'strict',
  maxNodes: undefined,
})

export function raw(chunk: Uint8Array): AnyMessage[] {
  const socket = new RawSocketCodec({ serializer: supported, side: 'server', maxLengthExponent: 20 })
  const { frames, replies, closed } = socket.push(chunk)
  const replied: readonly Uint8Array<ArrayBuffer>[] = replies
  const { serializer } = socket
  if (closed !== null || serializer === null || replied.length > 0) return []
  return frames.map((frame) => serializer.decode(frame))
}
