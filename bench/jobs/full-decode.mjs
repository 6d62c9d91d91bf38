/**
 * Decode and read all: every attribute, args and kwargs as JavaScript values. Here both sides end with the same values
 * in hand, so all peers take part.
 */
import { headReadersOf } from '../corpus/attributes.mjs'
import { ENCODE } from '../corpus/frames.mjs'
import { AT_DECODE, EAGER, serializerOf } from '../ours.mjs'
import { peersOf } from '../peers/index.mjs'
import { caseOf, contendersOf, FORMATS, fixtureOf, grid, labelOf, product } from './grid.mjs'

const TEXTS_AND_NUMBERS = ['ascii', 'latin', 'cjk', 'emoji', 'numbers', 'dictionary']

/** `on-read` makes values when they are read, `at-decode` while the frame is checked. */
const WAYS = {
  'on-read': { prefix: '', codec: EAGER, messages: grid(['event', 'publish', 'call', 'result']) },
  'at-decode': {
    prefix: 'at-decode/',
    codec: AT_DECODE,
    messages: FORMATS.flatMap((format) =>
      [
        ...product(['event'], ['100b', '1k', '16k'], ['mixed'], ['varied']),
        ...product(['event'], ['1k'], TEXTS_AND_NUMBERS, ['varied']),
        ...product(['publish', 'call'], ['100b'], ['options'], ['varied']),
      ].map((of) => ({ ...of, format })),
    ),
  },
}

export const job = {
  id: 'full-decode',
  title: 'Decode and read all',
  about: 'Every attribute, args and kwargs as JavaScript values, on both sides.',
  cases(seed) {
    return Object.values(WAYS).flatMap(({ prefix, codec, messages }) =>
      messages.map((of) =>
        caseOf(job.id, prefix + labelOf(of), {
          missing: codec === null ? 'payloadValues' : null,
          build: () => build(of, seed, codec),
        }),
      ),
    )
  },
}

/** Everybody at 1 KB of records; elsewhere the slow ones would only take the time of the others. */
const hasAll = ({ size, kind }) => kind === 'mixed' && (size === '100b' || size === '1k')

function build(of, seed, codec) {
  const { messages, inputs, bytes, argsAt } = fixtureOf(of, seed, ENCODE[of.format])
  const serializer = serializerOf(codec, of.format)
  const { readHead, readListHead } = headReadersOf(of)
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
