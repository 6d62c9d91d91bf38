/** Full encode: JavaScript values in, a frame out. Ours constructs the message; a peer is given its list ready. */
import { attributesOf } from '../corpus/attributes.mjs'
import { DECODE, ENCODE } from '../corpus/frames.mjs'
import { EAGER, encoderOf, wamp } from '../ours.mjs'
import { peersOf } from '../peers/index.mjs'
import { caseOf, contendersOf, fixtureOf, grid, labelOf } from './grid.mjs'

const CLASSES = { event: wamp.EventMessage, publish: wamp.Publish, call: wamp.Call, result: wamp.Result }

export const job = {
  id: 'full-encode',
  title: 'Full encode',
  about: 'JavaScript values in, a frame out; ours constructs the message first.',
  cases(seed) {
    return grid(['event', 'publish', 'call', 'result']).map((of) =>
      caseOf(job.id, labelOf(of), { build: () => build(of, seed) }),
    )
  },
}

const hasAll = ({ size, kind }) => kind === 'mixed' && (size === '100b' || size === '1k')

function build(of, seed) {
  const { messages, bytes, argsAt } = fixtureOf(of, seed, ENCODE[of.format])
  const encode = encoderOf(EAGER, of.format)
  const MessageClass = CLASSES[of.type]
  const read = DECODE[of.format]
  const ours = {
    name: 'wamp-codec',
    role: 'ours',
    inputs: () => messages.map((list) => attributesOf(of.type, list, argsAt)),
    run: (attributes) => encode(new MessageClass(attributes)),
    read,
  }
  const peers = contendersOf(peersOf(of.format, hasAll(of)), (peer) => ({
    inputs: () => messages,
    isAsync: peer.isAsync ?? false,
    run: peer.encode,
    read,
  }))
  return { contenders: [ours, ...peers], expected: messages, bytes }
}
