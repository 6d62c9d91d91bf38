/** Forward with parts: what goes out is a head and the untouched payload, for `writev` or two sends. */
import { DECODE, ENCODE } from '../corpus/frames.mjs'
import { EAGER, serializerOf } from '../ours.mjs'
import { peersOf } from '../peers/index.mjs'
import { caseOf, contendersOf, fixtureOf, labelOf, product } from './grid.mjs'
import { ROUTES } from './routes.mjs'

const FORMATS = ['cbor', 'msgpack', 'json']

export const job = {
  id: 'forward-parts',
  title: 'Forward with parts',
  about: 'As forward, with `encodeParts`: a head and the payload, which nobody copies.',
  cases(seed) {
    const shapes = ['repeated', 'varied']
    const messages = [
      ...product(['publish'], ['none', '100b', '1k', '16k', '256k'], ['mixed'], shapes),
      ...product(['publish'], ['16k'], ['ascii', 'numbers', 'binary'], shapes),
    ]
    return FORMATS.flatMap((format) => messages.map((of) => ({ ...of, format })))
      .filter(({ format, kind }) => format !== 'json' || kind !== 'binary')
      .map((of) =>
        caseOf(job.id, labelOf(of), {
          needs: [ROUTES[of.type].needs, 'serializer.encodeParts'],
          build: () => build(of, seed),
        }),
      )
  },
}

function build(of, seed) {
  const { messages, inputs, bytes } = fixtureOf(of, seed, ENCODE[of.format])
  const serializer = serializerOf(EAGER, of.format)
  const { derive, rewrite } = ROUTES[of.type].make(seed)
  const read = DECODE[of.format]
  const ours = {
    name: 'wamp-codec',
    role: 'ours',
    inputs,
    run: (frame) => serializer.encodeParts(derive(serializer.decode(frame))),
    read: (parts) => read(Buffer.concat(parts)),
  }
  const peers = contendersOf(peersOf(of.format), (peer) => ({
    inputs,
    run: (frame) => peer.encode(rewrite(peer.decode(frame))),
    read,
  }))
  return { contenders: [ours, ...peers], expected: messages.map(rewrite), bytes }
}
