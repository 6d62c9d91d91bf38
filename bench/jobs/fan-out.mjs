/**
 * Fan-out: one PUBLISH in, EVENTs of 100 different subscriptions out, through `FanOut`, in parts or joined. A peer
 * decodes once and encodes 100 times. One operation is the whole fan-out.
 */
import { DECODE, ENCODE } from '../corpus/frames.mjs'
import { routerIdsOf } from '../corpus/messages.mjs'
import { randomOf, seedOf } from '../corpus/random.mjs'
import { EAGER, serializerOf, wamp } from '../ours.mjs'
import { peersOf } from '../peers/index.mjs'
import { SPLICES } from '../peers/splice.mjs'
import { caseOf, contendersOf, fixtureOf, labelOf, product } from './grid.mjs'

const SUBSCRIPTIONS = 100
const FORMATS = ['cbor', 'msgpack', 'json']
const WAYS = ['parts', 'bytes']

export const job = {
  id: 'fan-out',
  title: 'Fan-out',
  about: 'One PUBLISH in, EVENTs of 100 subscriptions out; an operation is all of it.',
  cases(seed) {
    const messages = product(['publish'], ['100b', '1k', '16k'], ['mixed'], ['repeated', 'varied'])
    return WAYS.flatMap((way) =>
      FORMATS.flatMap((format) => messages.map((of) => ({ ...of, format }))).map((of) =>
        caseOf(job.id, `${way}/${labelOf(of)}`, {
          needs: ['FanOut'],
          build: () => build(of, seed, way),
        }),
      ),
    )
  },
}

function build(of, seed, way) {
  const { messages, inputs, bytes } = fixtureOf(of, seed, ENCODE[of.format])
  const serializer = serializerOf(EAGER, of.format)
  const read = DECODE[of.format]
  const { publication } = routerIdsOf(seed)
  const random = randomOf(seedOf(seed, 'subscriptions'))
  const receivers = random.times(SUBSCRIPTIONS, () => ({ subscription: random.globalId() }))
  const eventOf = (list, { subscription }) => [36, subscription, publication, {}, ...list.slice(4)]
  const ours = {
    name: 'wamp-codec',
    role: 'ours',
    inputs,
    run(frame) {
      const fanOut = new wamp.FanOut(EAGER, serializer.decode(frame), { publication })
      return receivers.map((receiver) => fanOut[way](serializer, receiver))
    },
    read: (events) => events.map((event) => read(way === 'parts' ? Buffer.concat(event) : event)),
  }
  const peers = contendersOf(peersOf(of.format), (peer) => ({
    inputs,
    run(frame) {
      const list = peer.decode(frame)
      return receivers.map((receiver) => peer.encode(eventOf(list, receiver)))
    },
    read: (events) => events.map(read),
  }))
  const baselines = splices(of.format, inputs, receivers, publication, read)
  const expected = messages.map((list) => receivers.map((receiver) => eventOf(list, receiver)))
  return { contenders: [ours, ...peers, ...baselines], expected, bytes }
}

/** A plain JavaScript check of the frame, and a splice for each subscription. */
function splices(format, inputs, receivers, publication, read) {
  const splice = SPLICES[format]
  if (splice === undefined) return []
  const run = (frame) => {
    const tail = splice.tailOf(frame, true)
    return receivers.map(({ subscription }) => splice.join(frame, tail, { subscription, publication }))
  }
  return [{ name: 'js splice, utf-8', role: 'baseline', inputs, run, read: (events) => events.map(read) }]
}
