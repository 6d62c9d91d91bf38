/**
 * FlatBuffers read: a frame in, what a router looks at out. Ours verifies the whole buffer, and in `nested` the CBOR of
 * args and kwargs as well; generated code verifies nothing, and in `nested` decodes args and kwargs, which is the least
 * that checks them. In `deferred` ours leaves them alone until somebody reads them.
 */
import { READ_HEAD } from '../corpus/attributes.mjs'
import { comparableHead, comparableParts, partsOf } from '../corpus/flatbuffers.mjs'
import { meanBytes } from '../corpus/frames.mjs'
import { messagesOf } from '../corpus/messages.mjs'
import { DEFERRED, EAGER } from '../ours.mjs'
import { generatedFlatBuffers, missingCompiler } from '../peers/flatbuffers.mjs'
import { peersOf } from '../peers/index.mjs'
import { caseOf, contendersOf, labelOf, product } from './grid.mjs'

const WAYS = ['opaque', 'nested', 'deferred']

export const job = {
  id: 'flatbuffers-read',
  title: 'FlatBuffers read',
  about:
    'Ours verifies the whole buffer; generated code verifies nothing, and decodes args and kwargs in `nested`. `deferred`: ours checks args and kwargs later.',
  cases(seed) {
    const messages = product(
      ['event', 'publish'],
      ['none', '100b', '1k', '16k'],
      ['mixed'],
      ['repeated', 'varied'],
    )
    return WAYS.flatMap((way) =>
      messages.map((of) =>
        caseOf(job.id, labelOf({ ...of, format: way }), {
          missing: missingCompiler,
          build: () => build(of, seed, way),
        }),
      ),
    )
  },
}

async function build(of, seed, way) {
  const { table, head, write, newBuilder } = (await generatedFlatBuffers())[of.type]
  const isOpaque = way === 'opaque'
  const serializer = (way === 'deferred' ? DEFERRED : EAGER).serializer('flatbuffers')
  const readHead = READ_HEAD[of.type]
  const parts = messagesOf(of, seed).map((list) => partsOf(of, list, isOpaque))
  const inputs = () => parts.map((each) => Buffer.from(write(newBuilder(), each)))
  const ours = {
    name: 'wamp-codec',
    role: 'ours',
    inputs,
    run(frame) {
      const message = serializer.decode(frame)
      return [readHead(message), message]
    },
    read: ([values, { args, kwargs, payload }]) => [comparableHead(of.type, values), args, kwargs, payload],
  }
  const peers = isOpaque ? [opaquePeer(of, inputs, table, head)] : nestedPeers(of, inputs, table, head)
  const expected = parts.map((each) => comparableParts(of.type, each))
  return { contenders: [ours, ...peers], expected, bytes: meanBytes(inputs()) }
}

function opaquePeer({ type }, inputs, table, head) {
  return {
    name: 'npm flatbuffers',
    role: 'peer',
    inputs,
    run(frame) {
      const message = table(frame)
      return [head(message), message]
    },
    read: ([values, message]) => [comparableHead(type, values), null, null, message.payloadArray()],
  }
}

function nestedPeers({ type }, inputs, table, head) {
  return contendersOf(peersOf('cbor'), ({ name, decode }) => ({
    name: `npm flatbuffers, ${name}`,
    inputs,
    run(frame) {
      const message = table(frame)
      const args = message.argsArray()
      const kwargs = message.kwargsArray()
      return [head(message), args === null ? null : decode(args), kwargs === null ? null : decode(kwargs)]
    },
    read: ([values, args, kwargs]) => [comparableHead(type, values), args, kwargs, null],
  }))
}
