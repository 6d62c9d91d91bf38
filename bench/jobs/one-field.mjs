/**
 * One field: decode, then read one value out of the middle of the payload through `message.payloadView`. A peer has to
 * build all values to get at one.
 */
import { ENCODE } from '../corpus/frames.mjs'
import { DEFERRED, EAGER, serializerOf } from '../ours.mjs'
import { peersOf } from '../peers/index.mjs'
import { caseOf, contendersOf, FORMATS, fixtureOf, labelOf, product } from './grid.mjs'

const CODECS = { eager: EAGER, deferred: DEFERRED }

export const job = {
  id: 'one-field',
  title: 'One field',
  about: 'Decode, then read one value from the middle of the payload.',
  cases(seed) {
    const messages = product(['event'], ['1k', '16k', '256k'], ['mixed'], ['repeated', 'varied'])
    return Object.keys(CODECS).flatMap((mode) =>
      FORMATS.flatMap((format) => messages.map((of) => ({ ...of, format }))).map((of) =>
        caseOf(job.id, `${mode}/${labelOf(of)}`, {
          needs: ['message.payloadView'],
          targets: targetsOf(of, mode),
          build: () => build(of, seed, CODECS[mode]),
        }),
      ),
    )
  },
}

/** Issue 5: 20 times at 16 KB. It does not say in which mode, so it counts for the default one. */
function targetsOf({ format, size }, mode) {
  const isMeant = mode === 'eager' && size === '16k' && format !== 'json-text'
  return isMeant ? [{ atLeast: 20, against: 'best', source: 'issue 5' }] : []
}

function build(of, seed, codec) {
  const { messages, inputs: frames, bytes, argsAt } = fixtureOf(of, seed, ENCODE[of.format])
  const serializer = serializerOf(codec, of.format)
  const middle = messages.map((list) => list[argsAt].length >> 1)
  const inputs = () => frames().map((frame, i) => ({ frame, index: middle[i] }))
  const ours = {
    name: 'wamp-codec',
    role: 'ours',
    inputs,
    run: ({ frame, index }) => serializer.decode(frame).payloadView.path('args', index, 'id').toValue(),
    read: (value) => value,
  }
  const peers = contendersOf(peersOf(of.format), ({ decode }) => ({
    inputs,
    run: ({ frame, index }) => decode(frame)[argsAt][index].id,
    read: (value) => value,
  }))
  const expected = messages.map((list, i) => list[argsAt][middle[i]].id)
  return { contenders: [ours, ...peers], expected, bytes }
}
