/**
 * Lazy decode: the frame checked, a message made, no payload value built. A peer makes all values; it cannot do less.
 * In `deferred` the payload is not looked at before somebody asks for it. json-pack takes part twice: it can also step
 * over a frame, which makes no message, checks no text and gives a position.
 */
import { ENCODE } from '../corpus/frames.mjs'
import { DEFERRED, EAGER, serializerOf } from '../ours.mjs'
import { peersOf } from '../peers/index.mjs'
import { SKIPS } from '../peers/skip.mjs'
import { caseOf, contendersOf, fixtureOf, grid, labelOf, product } from './grid.mjs'

const MODES = {
  eager: { codec: EAGER, messages: grid(['event', 'publish', 'call', 'result']) },
  deferred: {
    codec: DEFERRED,
    messages: ['cbor', 'msgpack', 'json'].flatMap((format) =>
      product(['event'], ['none', '100b', '1k', '16k', '256k'], ['mixed'], ['varied']).map((of) => ({
        ...of,
        format,
      })),
    ),
  },
}

export const job = {
  id: 'lazy-decode',
  title: 'Lazy decode',
  about: 'A frame in, a message out, no payload value made. Peers decode the whole list.',
  cases(seed) {
    return Object.entries(MODES).flatMap(([mode, { codec, messages }]) =>
      messages.map((of) =>
        caseOf(job.id, `${mode}/${labelOf(of)}`, {
          build: () => build(of, seed, codec, mode),
        }),
      ),
    )
  },
}

function build(of, seed, codec, mode) {
  const { messages, inputs, bytes } = fixtureOf(of, seed, ENCODE[of.format])
  const serializer = serializerOf(codec, of.format)
  const ours = {
    name: 'wamp-codec',
    role: 'ours',
    inputs,
    run: (frame) => serializer.decode(frame),
    read: (message) => message.marshal(),
  }
  const peers = contendersOf(peersOf(of.format), ({ decode }) => ({
    inputs,
    run: decode,
    read: same,
  }))
  const steps = peersOf(of.format).flatMap(({ name, skip }) =>
    skip === undefined ? [] : [stepOf(name, skip, inputs)],
  )
  return { contenders: [ours, ...peers, ...steps, ...skips(of, inputs, mode)], expected: messages, bytes }
}

/** A peer that steps over the frame. */
function stepOf(name, skip, inputs) {
  const lengths = inputs().map((frame) => frame.length)
  return {
    name: `${name} skip (text unchecked)`,
    role: 'peer',
    addon: null,
    inputs,
    run: skip,
    read: same,
    proof: (i) => lengths[i],
  }
}

const same = (value) => value

/** The plain JavaScript skip of the same frame; in `deferred` of the list's head and four elements only. */
function skips({ format, type }, inputs, mode) {
  const skip = SKIPS[format]
  if (skip === undefined) return []
  const lengths = inputs().map((frame) => frame.length)
  const items = type === 'result' ? 3 : 4
  return [false, true].map((isChecked) => ({
    name: isChecked ? 'js skip, utf-8' : 'js skip',
    role: 'baseline',
    inputs,
    run:
      mode === 'eager'
        ? (frame) => skip(frame, 0, 1, isChecked)
        : (frame) => skip(frame, 1, items, isChecked),
    // What it passed over ends inside of the frame; the whole frame is passed in either mode.
    read: (end, i) => (mode === 'eager' ? end : end > 1 && skip(inputs()[i], 0, 1, isChecked)),
    proof: (i) => lengths[i],
  }))
}
