/**
 * First access: decode, then read what a router reads, the ids, the URI and the options; the payload is not read. A
 * peer has decoded the whole list before it can read one of them.
 */
import { headReadersOf } from '../corpus/attributes.mjs'
import { ENCODE } from '../corpus/frames.mjs'
import { hasOptions } from '../corpus/messages.mjs'
import { EAGER, serializerOf } from '../ours.mjs'
import { peersOf } from '../peers/index.mjs'
import { caseOf, contendersOf, FORMATS, fixtureOf, labelOf, product } from './grid.mjs'

export const job = {
  id: 'first-access',
  title: 'First access',
  about: 'Decode, then read ids, URI and options; the payload is not read.',
  cases(seed) {
    const types = ['event', 'publish', 'call', 'result']
    const messages = [
      ...product(types, ['none', '100b', '1k', '16k'], ['mixed'], ['varied']),
      ...product(types.filter(hasOptions), ['100b'], ['options'], ['varied']),
    ]
    return FORMATS.flatMap((format) => messages.map((of) => ({ ...of, format }))).map((of) =>
      caseOf(job.id, labelOf(of), { build: () => build(of, seed) }),
    )
  },
}

function build(of, seed) {
  const { messages, inputs, bytes } = fixtureOf(of, seed, ENCODE[of.format])
  const serializer = serializerOf(EAGER, of.format)
  const { readHead, readListHead } = headReadersOf(of)
  const ours = {
    name: 'wamp-codec',
    role: 'ours',
    inputs,
    run: (frame) => readHead(serializer.decode(frame)),
    read: (values) => values,
  }
  const peers = contendersOf(peersOf(of.format), ({ decode }) => ({
    inputs,
    run: (frame) => readListHead(decode(frame)),
    read: (values) => values,
  }))
  return { contenders: [ours, ...peers], expected: messages.map(readListHead), bytes }
}
