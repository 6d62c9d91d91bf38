/**
 * FlatBuffers build: a message whose payload is encoded already becomes a frame. Generated code with a builder for each
 * message, and with one that is kept, which needs a copy of the result.
 */
import { attributesOf } from '../corpus/attributes.mjs'
import { comparableHead, comparableParts, partsOf } from '../corpus/flatbuffers.mjs'
import { attributesOfKind, PART_KINDS } from '../corpus/flatbuffers-parts.mjs'
import { DECODE, ENCODE } from '../corpus/frames.mjs'
import { ARGS_AT, messagesOf } from '../corpus/messages.mjs'
import { EAGER, wamp } from '../ours.mjs'
import { generatedFlatBuffers, missingCompiler } from '../peers/flatbuffers.mjs'
import { partWriters } from '../peers/flatbuffers-parts.mjs'
import { caseOf, labelOf, product } from './grid.mjs'

const { EventMessage, Publish } = wamp
const CLASSES = { ...wamp, Event: EventMessage, event: EventMessage, publish: Publish }

export const job = {
  id: 'flatbuffers-build',
  title: 'FlatBuffers build',
  about:
    'A message whose payload is encoded already becomes a frame: args and kwargs (`nested`), or bytes (`opaque`). `parts`: a message of attributes alone, with lists, hops, pairs of texts or roles.',
  cases(seed) {
    const messages = product(
      ['event', 'publish'],
      ['none', '100b', '1k', '16k'],
      ['mixed'],
      ['repeated', 'varied'],
    )
    const payloads = ['nested', 'opaque'].flatMap((way) =>
      messages.map((of) =>
        caseOf(job.id, labelOf({ ...of, format: way }), {
          missing: missingCompiler,
          build: () => build(of, seed, way === 'opaque'),
        }),
      ),
    )
    const parts = Object.keys(PART_KINDS).map((kind) =>
      caseOf(job.id, `parts/${kind}/varied`, {
        missing: missingCompiler,
        build: () => buildParts(kind, seed),
      }),
    )
    return [...payloads, ...parts]
  },
}

async function build(of, seed, isOpaque) {
  const { table, head, write, newBuilder } = (await generatedFlatBuffers())[of.type]
  const serializer = EAGER.serializer('flatbuffers')
  const lists = messagesOf(of, seed)
  const parts = lists.map((list) => partsOf(of, list, isOpaque))
  const inputs = () => parts
  const read = (frame) => {
    const message = table(frame)
    const decoded = (bytes) => (bytes === null ? null : DECODE.cbor(bytes))
    return [
      comparableHead(of.type, head(message)),
      decoded(message.argsArray()),
      decoded(message.kwargsArray()),
      message.payloadArray(),
    ]
  }
  const ours = {
    name: 'wamp-codec',
    role: 'ours',
    inputs: () => lists.map((list, i) => messageOf(of.type, list, parts[i])),
    run: (message) => serializer.encode(message),
    read,
  }
  const expected = parts.map((each) => comparableParts(of.type, each))
  const bytes = parts.reduce((sum, each) => sum + write(newBuilder(), each).length, 0) / parts.length
  return { contenders: [ours, ...peersOf(newBuilder, write, inputs, read)], expected, bytes }
}

/** Generated code with a builder for each message, and with one that is kept. */
function peersOf(newBuilder, write, inputs, read) {
  const kept = newBuilder()
  return [
    { name: 'npm Builder', role: 'peer', inputs, run: (each) => write(newBuilder(), each), read },
    {
      name: 'npm Builder, kept',
      role: 'peer',
      inputs,
      run(each) {
        kept.clear()
        return write(kept, each).slice()
      },
      read,
    },
  ]
}

async function buildParts(kind, seed) {
  const { newBuilder } = (await generatedFlatBuffers()).event
  const [name] = PART_KINDS[kind]
  const write = (await partWriters())[name]
  const serializer = EAGER.serializer('flatbuffers')
  const expected = attributesOfKind(kind, seed)
  const read = (frame, i) => {
    const message = serializer.decode(frame)
    return Object.fromEntries(Object.keys(expected[i]).map((key) => [key, message[key]]))
  }
  const ours = {
    name: 'wamp-codec',
    role: 'ours',
    inputs: () => expected.map((attributes) => new CLASSES[name](attributes)),
    run: (message) => serializer.encode(message),
    read,
  }
  const bytes = expected.reduce((sum, each) => sum + write(newBuilder(), each).length, 0) / expected.length
  return { contenders: [ours, ...peersOf(newBuilder, write, () => expected, read)], expected, bytes }
}

/** A message as an application has it that keeps payloads encoded. */
function messageOf(type, list, { args, payload }) {
  const { args: _args, kwargs: _kwargs, ...head } = attributesOf(type, list, ARGS_AT[type])
  const MessageClass = CLASSES[type]
  if (payload !== null) return new MessageClass({ ...head, payload })
  if (args === null) return new MessageClass(head)
  const { rawPayload } = EAGER.serializer('cbor').decode(ENCODE.cbor(list))
  return new MessageClass({ ...head, rawPayload })
}
