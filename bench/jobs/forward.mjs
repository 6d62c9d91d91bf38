/**
 * Forward: a router's work for one receiver, same format in and out, the payload passed on unread: decode, derive,
 * encode into one run of bytes.
 */
import { DECODE, ENCODE } from '../corpus/frames.mjs'
import { EAGER, encoderOf, serializerOf } from '../ours.mjs'
import { peersOf } from '../peers/index.mjs'
import { SPLICES } from '../peers/splice.mjs'
import { caseOf, contendersOf, fixtureOf, grid, labelOf } from './grid.mjs'
import { ROUTES } from './routes.mjs'

export const job = {
  id: 'forward',
  title: 'Forward',
  about:
    'PUBLISH in, EVENT out (CALL in, INVOCATION out) in the same format, nobody having read the payload.',
  cases(seed) {
    return grid(['publish', 'call']).map((of) =>
      caseOf(job.id, labelOf(of), {
        needs: [ROUTES[of.type].needs],
        build: () => build(of, seed),
      }),
    )
  },
}

function build(of, seed) {
  const { messages, inputs, bytes } = fixtureOf(of, seed, ENCODE[of.format])
  const serializer = serializerOf(EAGER, of.format)
  const encode = encoderOf(EAGER, of.format)
  const read = DECODE[of.format]
  const { ids, derive, rewrite } = ROUTES[of.type].make(seed)
  const ours = {
    name: 'wamp-codec',
    role: 'ours',
    inputs,
    run: (frame) => encode(derive(serializer.decode(frame))),
    read,
  }
  const peers = contendersOf(peersOf(of.format), (peer) => ({
    inputs,
    run: (frame) => peer.encode(rewrite(peer.decode(frame))),
    read,
  }))
  // The loops leave all options out.
  const isSpliced = of.type === 'publish' && of.kind !== 'options'
  const baselines = isSpliced ? splices(of.format, inputs, ids, read) : []
  return { contenders: [ours, ...peers, ...baselines], expected: messages.map(rewrite), bytes }
}

/** A plain JavaScript skip and splice of the same frame. */
function splices(format, inputs, ids, read) {
  const splice = SPLICES[format]
  if (splice === undefined) return []
  return [false, true].map((isChecked) => ({
    name: isChecked ? 'js splice, utf-8' : 'js splice',
    role: 'baseline',
    inputs,
    run: (frame) => splice.join(frame, splice.tailOf(frame, isChecked), ids),
    read,
  }))
}
