/**
 * Decode and read all: every attribute, args and kwargs as JavaScript values. Here both sides end with the same values
 * in hand, so all peers take part.
 */
import { READ_HEAD, READ_LIST_HEAD } from '../corpus/attributes.mjs'
import { ENCODE } from '../corpus/frames.mjs'
import { EAGER, serializerOf } from '../ours.mjs'
import { peersOf } from '../peers/index.mjs'
import { caseOf, contendersOf, fixtureOf, grid, isLarge, isText, labelOf } from './grid.mjs'

const SOURCE = 'issue 5'
/** autobahn-js ships msgpack5 and cbor. */
const SHIPPED = { cbor: 25, msgpack: 12 }

export const job = {
  id: 'full-decode',
  title: 'Decode and read all',
  about: 'Every attribute, args and kwargs as JavaScript values, on both sides.',
  cases(seed) {
    return grid(['event', 'publish', 'call', 'result']).map((of) =>
      caseOf(job.id, labelOf(of), { targets: targetsOf(of), build: () => build(of, seed) }),
    )
  },
}

function targetsOf(of) {
  const { type, format, size, kind, shape } = of
  if (type !== 'event' || size === 'none' || format === 'json-text') return []
  const target = (atLeast, against) => ({ atLeast, against, source: SOURCE })
  const targets = []
  const isPlain = kind === 'mixed' && shape === 'repeated'
  if (shape === 'rotating') targets.push(target(1, 'best'))
  else if (format === 'json') {
    if (isLarge(of) && kind === 'mixed') targets.push(target(isPlain ? 2 : 1.3, 'best'))
  } else if (!isLarge(of)) targets.push(target(1, 'best'))
  else if (kind === 'mixed' || kind === 'numbers' || isText(of))
    targets.push(target(isPlain ? 2 : 1.3, 'best'))
  if (format !== 'json' && isLarge(of) && isText(of)) targets.push(target(5, 'bare'))
  if (SHIPPED[format] !== undefined && size === '1k' && kind === 'mixed' && shape !== 'rotating') {
    targets.push(target(SHIPPED[format], 'autobahn'))
  }
  return targets
}

/** Everybody at 1 KB of records; elsewhere the slow ones would only take the time of the others. */
const hasAll = ({ size, kind }) => kind === 'mixed' && (size === '100b' || size === '1k')

function build(of, seed) {
  const { messages, inputs, bytes, argsAt } = fixtureOf(of, seed, ENCODE[of.format])
  const serializer = serializerOf(EAGER, of.format)
  const readHead = READ_HEAD[of.type]
  const readListHead = READ_LIST_HEAD[of.type]
  const readAll = (list) => [readListHead(list), list[argsAt] ?? null, list[argsAt + 1] ?? null]
  const ours = {
    name: 'wamp-codec',
    role: 'ours',
    inputs,
    run(frame) {
      const message = serializer.decode(frame)
      return [readHead(message), message.args, message.kwargs]
    },
    read: (values) => values,
  }
  const peers = contendersOf(peersOf(of.format, hasAll(of)), ({ decode }) => ({
    inputs,
    run: (frame) => readAll(decode(frame)),
    read: (values) => values,
  }))
  return { contenders: [ours, ...peers], expected: messages.map(readAll), bytes }
}
