/**
 * Transcode: PUBLISH in one format in, EVENT in another format out. In `deferred` the pass that transcodes is the only
 * one over the payload. A peer decodes with the best decoder of one format and encodes with the best of the other.
 */
import { DECODE, ENCODE } from '../corpus/frames.mjs'
import { DEFERRED, EAGER, serializerOf } from '../ours.mjs'
import { peersOf, writersOf } from '../peers/index.mjs'
import { caseOf, contendersOf, fixtureOf, labelOf, product } from './grid.mjs'
import { ROUTES } from './routes.mjs'

const CODECS = { eager: EAGER, deferred: DEFERRED }
const PAIRS = ['cbor', 'msgpack', 'json'].flatMap((from, _, all) =>
  all.filter((to) => to !== from).map((to) => [from, to]),
)

export const job = {
  id: 'transcode',
  title: 'Transcode',
  about: 'PUBLISH in one format in, EVENT in another one out, nobody having read the payload.',
  cases(seed) {
    const messages = [
      ...product(['publish'], ['none', '100b', '1k', '16k'], ['mixed'], ['repeated', 'varied']),
      ...product(['publish'], ['1k'], ['ascii', 'cjk', 'numbers', 'nested'], ['repeated', 'varied']),
    ]
    return Object.keys(CODECS).flatMap((mode) =>
      PAIRS.flatMap(([from, to]) => messages.map((of) => ({ ...of, from, to, format: `${from}-${to}` }))).map(
        (of) =>
          caseOf(job.id, `${mode}/${labelOf(of)}`, {
            needs: [ROUTES.publish.needs],
            build: () => build(of, seed, CODECS[mode]),
          }),
      ),
    )
  },
}

function build(of, seed, codec) {
  const { messages, inputs, bytes } = fixtureOf(of, seed, ENCODE[of.from])
  const source = serializerOf(codec, of.from)
  const target = serializerOf(codec, of.to)
  const { derive, rewrite } = ROUTES.publish.make(seed)
  const read = DECODE[of.to]
  const ours = {
    name: 'wamp-codec',
    role: 'ours',
    inputs,
    run: (frame) => target.encode(derive(source.decode(frame))),
    read,
  }
  const peers = writersOf(of.to).flatMap(({ name: writer, encode }) =>
    contendersOf(peersOf(of.from), (peer) => ({
      name: `${peer.name} > ${writer}`,
      inputs,
      run: (frame) => encode(rewrite(peer.decode(frame))),
      read,
    })),
  )
  return { contenders: [ours, ...peers], expected: messages.map(rewrite), bytes }
}
