/** One field changed, and written again in another format. */
import { createCodec, Publish } from 'wamp-codec'

const codec = createCodec({ payloadValidation: 'deferred', maxDepth: 32 })
const json = codec.serializer('json')
const flatbuffers = codec.serializer('flatbuffers', { payloadSerializer: 'flexbuffers' })

export function retained(text: string): Uint8Array<ArrayBuffer> {
  const message = json.decode(text)
  if (message instanceof Publish) {
    message.retain = true
    message.exclude_authrole = ['guest']
    message.kwargs = { ...message.kwargs, seen: 1 }
  }
  const bytes: Uint8Array<ArrayBuffer> = flatbuffers.encode(message)
  const losses: readonly { path: string; reason: string }[] = codec.lossReport(message, flatbuffers)
  return losses.length === 0 ? bytes : new Uint8Array(0)
}

export function same(message: Publish): string {
  const { request, topic, args, kwargs } = Publish.parse(message.marshal())
  const again = new Publish({ request, topic, args, kwargs, exclude_me: null, retain: undefined })
  return again.equals(message) ? json.encodeText(again) : json.encodeFrame(again)
}
