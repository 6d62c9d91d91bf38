/**
 * One field: decode, then read one value out of the middle of the payload through `message.payloadView`. A peer has to
 * build all values to get at one, but for json-pack, which finds it and checks nothing else. `decoded`: the message is
 * there already, and only peers that find take part.
 */
import { ENCODE } from '../corpus/frames.mjs'
import { DEFERRED, EAGER, serializerOf } from '../ours.mjs'
import { peersOf } from '../peers/index.mjs'
import { caseOf, contendersOf, FORMATS, fixtureOf, labelOf, product } from './grid.mjs'

const MODES = {
  eager: { formats: FORMATS, build: (of, seed) => build(of, seed, EAGER) },
  deferred: { formats: FORMATS, build: (of, seed) => build(of, seed, DEFERRED) },
  decoded: { formats: ['cbor', 'msgpack'], build: buildDecoded },
}

export const job = {
  id: 'one-field',
  title: 'One field',
  about: 'Decode, then read one value from the middle of the payload.',
  cases(seed) {
    const messages = product(['event'], ['1k', '16k', '256k'], ['mixed'], ['repeated', 'varied'])
    return Object.entries(MODES).flatMap(([mode, { formats, build }]) =>
      formats
        .flatMap((format) => messages.map((of) => ({ ...of, format })))
        .map((of) =>
          caseOf(job.id, `${mode}/${labelOf(of)}`, {
            needs: ['message.payloadView'],
            build: () => build(of, seed),
          }),
        ),
    )
  },
}

/** Frames with the place of the value in args, and the value. */
function fieldsOf(of, seed) {
  const { messages, inputs: frames, bytes, argsAt } = fixtureOf(of, seed, ENCODE[of.format])
  const middle = messages.map((list) => list[argsAt].length >> 1)
  const inputs = () => frames().map((frame, i) => ({ frame, index: middle[i] }))
  return { inputs, expected: messages.map((list, i) => list[argsAt][middle[i]].id), bytes, argsAt }
}

const same = (value) => value
const fieldOf = (message, index) => message.payloadView.path('args', index, 'id').toValue()

function build(of, seed, codec) {
  const { inputs, expected, bytes, argsAt } = fieldsOf(of, seed)
  const serializer = serializerOf(codec, of.format)
  const ours = {
    name: 'wamp-codec',
    role: 'ours',
    inputs,
    run: ({ frame, index }) => fieldOf(serializer.decode(frame), index),
    read: same,
  }
  const peers = contendersOf(peersOf(of.format), ({ decode, find }) => ({
    inputs,
    run:
      find === undefined
        ? ({ frame, index }) => decode(frame)[argsAt][index].id
        : ({ frame, index }) => find(frame, [argsAt, index, 'id']),
    read: same,
  }))
  return { contenders: [ours, ...peers], expected, bytes }
}

function buildDecoded(of, seed) {
  const { inputs, expected, bytes, argsAt } = fieldsOf(of, seed)
  const serializer = serializerOf(EAGER, of.format)
  const ours = {
    name: 'wamp-codec',
    role: 'ours',
    inputs,
    // Decoded anew each time: a message may keep what it has found.
    renew: ({ frame, index }) => ({ message: serializer.decode(frame), index }),
    run: ({ message, index }) => fieldOf(message, index),
    read: same,
  }
  const finders = peersOf(of.format).filter(({ find }) => find !== undefined)
  const peers = contendersOf(finders, ({ find }) => ({
    inputs,
    run: ({ frame, index }) => find(frame, [argsAt, index, 'id']),
    read: same,
  }))
  return { contenders: [ours, ...peers], expected, bytes }
}
