/**
 * FlatBuffers forward: an opaque PUBLISH comes in, an EVENT goes out in parts, its payload untouched. Generated code
 * reads the frame, which verifies nothing, and copies the payload into a new one.
 */
import { comparableHead, partsOf } from '../corpus/flatbuffers.mjs'
import { meanBytes } from '../corpus/frames.mjs'
import { messagesOf } from '../corpus/messages.mjs'
import { EAGER } from '../ours.mjs'
import { generatedFlatBuffers, missingCompiler } from '../peers/flatbuffers.mjs'
import { caseOf, labelOf, product } from './grid.mjs'
import { ROUTES } from './routes.mjs'

export const job = {
  id: 'flatbuffers-forward',
  title: 'FlatBuffers forward with parts',
  about:
    'An opaque PUBLISH becomes an EVENT, with `encodeParts`: a head and the payload, which nobody copies. The same time at every size.',
  cases(seed) {
    return product(['publish'], ['none', '100b', '1k', '16k', '256k'], ['mixed'], ['varied']).map((of) =>
      caseOf(job.id, labelOf({ ...of, format: 'opaque' }), {
        missing: missingCompiler,
        needs: [ROUTES.publish.needs, 'serializer.encodeParts'],
        build: () => build(of, seed),
      }),
    )
  },
}

async function build(of, seed) {
  const { publish, event } = await generatedFlatBuffers()
  const serializer = EAGER.serializer('flatbuffers')
  const { derive, ids } = ROUTES.publish.make(seed)
  const parts = messagesOf(of, seed).map((list) => partsOf(of, list, true))
  const inputs = () => parts.map((each) => Buffer.from(publish.write(publish.newBuilder(), each)))
  const head = [ids.subscription, ids.publication, null]
  const read = (frame) => {
    const message = event.table(frame)
    return [comparableHead('event', event.head(message)), message.payloadArray()]
  }
  const ours = {
    name: 'wamp-codec',
    role: 'ours',
    inputs,
    run: (frame) => serializer.encodeParts(derive(serializer.decode(frame))),
    read: (frameParts) => read(Buffer.concat(frameParts)),
  }
  const peer = {
    name: 'npm flatbuffers',
    role: 'peer',
    inputs,
    run(frame) {
      const payload = publish.table(frame).payloadArray()
      return event.write(event.newBuilder(), { head, args: null, kwargs: null, payload })
    },
    read,
  }
  const expected = parts.map(({ payload }) => [comparableHead('event', head), payload])
  return { contenders: [ours, peer], expected, bytes: meanBytes(inputs()) }
}
