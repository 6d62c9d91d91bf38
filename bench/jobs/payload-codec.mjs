/** Codecs by themselves: `codec.payload(format)` and `codec.transcode`, on values without a message around them. */
import { DECODE, ENCODE, meanBytes } from '../corpus/frames.mjs'
import { ARGS_AT, messagesOf } from '../corpus/messages.mjs'
import { EAGER } from '../ours.mjs'
import { peersOf, writersOf } from '../peers/index.mjs'
import { caseOf, contendersOf, labelOf, product } from './grid.mjs'

const FORMATS = ['cbor', 'msgpack', 'json']
const WAYS = { decode: buildDecode, encode: buildEncode, transcode: buildTranscode }

export const job = {
  id: 'payload',
  title: 'Payload codecs by themselves',
  about: '`codec.payload(format)` and `codec.transcode` on a list of records, without a message.',
  cases(seed) {
    const messages = product(['event'], ['100b', '1k', '16k'], ['mixed'], ['repeated', 'varied'])
    return Object.keys(WAYS).flatMap((way) =>
      FORMATS.flatMap((format) => messages.map((of) => ({ ...of, format }))).map((of) =>
        caseOf(job.id, `${way}/${labelOf(of)}`, {
          needs: [way === 'transcode' ? 'codec.transcode' : 'codec.payload'],
          build: () => build(of, seed, WAYS[way]),
        }),
      ),
    )
  },
}

function build(of, seed, buildWay) {
  const values = messagesOf(of, seed).map((list) => list[ARGS_AT[of.type]])
  const frames = () => values.map(ENCODE[of.format])
  return { ...buildWay(of, values, frames), bytes: meanBytes(frames()) }
}

const same = (value) => value

function buildDecode({ format }, values, frames) {
  const codec = EAGER.payload(format)
  const ours = {
    name: 'wamp-codec',
    role: 'ours',
    inputs: frames,
    run: (bytes) => codec.decode(bytes),
    read: same,
  }
  const peers = contendersOf(peersOf(format), ({ decode }) => ({ inputs: frames, run: decode, read: same }))
  return { contenders: [ours, ...peers], expected: values }
}

function buildEncode({ format }, values) {
  const codec = EAGER.payload(format)
  const inputs = () => values
  const read = DECODE[format]
  const ours = { name: 'wamp-codec', role: 'ours', inputs, run: (value) => codec.encode(value), read }
  const peers = contendersOf(peersOf(format), ({ encode }) => ({ inputs, run: encode, read }))
  return { contenders: [ours, ...peers], expected: values }
}

/** Into the next format: CBOR to MsgPack, MsgPack to JSON, JSON to CBOR. */
function buildTranscode({ format }, values, frames) {
  const to = FORMATS[(FORMATS.indexOf(format) + 1) % FORMATS.length]
  const way = { from: format, to }
  const read = DECODE[to]
  const ours = {
    name: 'wamp-codec',
    role: 'ours',
    inputs: frames,
    run: (bytes) => EAGER.transcode(bytes, way),
    read,
  }
  const peers = writersOf(to).flatMap(({ name: writer, encode }) =>
    contendersOf(peersOf(format), ({ name, decode }) => ({
      name: `${name} > ${writer}`,
      inputs: frames,
      run: (bytes) => encode(decode(bytes)),
      read,
    })),
  )
  return { contenders: [ours, ...peers], expected: values }
}
