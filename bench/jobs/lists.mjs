/**
 * Lists: `codec.lists(id)`, which a client with messages of its own stands on, with all rules of messages. A peer
 * checks no message. Beside it, without these rules: the value codec, and `wamp-codec/lists`, which has no kernel.
 */
import { createLists } from '../../dist/lists.js'
import { DECODE, ENCODE } from '../corpus/frames.mjs'
import { EAGER } from '../ours.mjs'
import { peersOf } from '../peers/index.mjs'
import { caseOf, contendersOf, fixtureOf, labelOf, product } from './grid.mjs'

/** JSON comes as text or bytes and goes as text. */
const WAYS = {
  decode: { formats: ['cbor', 'msgpack', 'json', 'json-text'], build: buildDecode },
  encode: { formats: ['cbor', 'msgpack', 'json-text'], build: buildEncode },
}
const VALUES = 'value codec'

export const job = {
  id: 'lists',
  title: 'Lists',
  about:
    '`codec.lists(id)` with all checks of messages: a list in, a frame out, and back. No message is made.',
  cases(seed) {
    const messages = product(['event', 'call'], ['100b', '1k', '16k'], ['mixed'], ['repeated', 'varied'])
    return Object.entries(WAYS).flatMap(([way, { formats, build }]) =>
      formats
        .flatMap((format) => messages.map((of) => ({ ...of, format })))
        .map((of) =>
          caseOf(job.id, `${way}/${labelOf(of)}`, {
            needs: ['codec.lists', 'codec.payload'],
            build: () => build(of, seed),
          }),
        ),
    )
  },
}

const same = (value) => value

/** The contenders of ours: the list codec, and what stands beside it. */
function oursOf(format, make) {
  const id = format === 'json-text' ? 'json' : format
  return [
    { name: 'wamp-codec', role: 'ours', ...make(EAGER.lists(id)) },
    { name: VALUES, role: 'baseline', ...make(valuesOf(format, EAGER.payload(id))) },
    { name: 'wamp-codec/lists', role: 'baseline', ...make(createLists(id)) },
  ]
}

/** The value codec gives bytes for JSON: text is made of them, as a WebSocket needs it. */
function valuesOf(format, values) {
  if (format !== 'json-text') return values
  const text = Buffer.prototype.utf8Slice
  return {
    decode: (frame) => values.decode(frame),
    encode(list) {
      const bytes = values.encode(list)
      return text.call(bytes, 0, bytes.length)
    },
  }
}

function buildDecode(of, seed) {
  const { messages, inputs, bytes } = fixtureOf(of, seed, ENCODE[of.format])
  const make = ({ decode }) => ({ inputs, run: decode, read: same })
  const ours = oursOf(of.format, (codec) => make({ decode: (frame) => codec.decode(frame) }))
  return {
    contenders: [...ours, ...contendersOf(peersOf(of.format, hasAll(of)), make)],
    expected: messages,
    bytes,
  }
}

function buildEncode(of, seed) {
  const { messages, bytes } = fixtureOf(of, seed, ENCODE[of.format])
  const make = ({ encode, isAsync = false }) => ({
    inputs: () => messages,
    isAsync,
    run: encode,
    read: DECODE[of.format],
  })
  const ours = oursOf(of.format, (codec) => make({ encode: (list) => codec.encode(list) }))
  return {
    contenders: [...ours, ...contendersOf(peersOf(of.format, hasAll(of)), make)],
    expected: messages,
    bytes,
  }
}

/** What the clients ship takes part where it ends in time. */
const hasAll = ({ size }) => size !== '16k'
