/**
 * Cold start: a new process imports the package and decodes one EVENT of 1 KB, in milliseconds after Node's start. Its
 * stages are cases of their own: the import, the codec (ours compiles its kernel there), the first message.
 */
import { deepStrictEqual } from 'node:assert'
import { runChild } from '../children/spawn.mjs'
import { ENCODE } from '../corpus/frames.mjs'
import { messagesOf } from '../corpus/messages.mjs'
import { caseOf } from './grid.mjs'

const CONTENDERS = {
  cbor: ['wamp-codec', 'wamp-codec/core', 'cbor-x', 'json-pack', 'cborg'],
  msgpack: ['wamp-codec', 'wamp-codec/core', 'msgpackr', 'json-pack', '@msgpack/msgpack'],
  json: ['wamp-codec', 'wamp-codec/core', 'JSON', 'json-pack'],
}
const STAGES = ['import', 'codec', 'first']
const MESSAGE = 'event-1k-mixed'

export const job = {
  id: 'cold-start',
  title: 'Cold start',
  about:
    'Import and first decode in a new process, without the start of Node.js; and its stages: the import, making a codec, the first message.',
  cases(seed) {
    const caseFor = (stage, format, label) =>
      caseOf(job.id, label, { unit: 'ms', build: () => build(stage, format, seed) })
    return Object.keys(CONTENDERS).flatMap((format) => [
      caseFor('all', format, `${format}/${MESSAGE}`),
      ...STAGES.map((stage) => caseFor(stage, format, `${stage}/${format}/${MESSAGE}`)),
    ])
  },
}

function build(stage, format, seed) {
  const [message] = messagesOf({ type: 'event', size: '1k', kind: 'mixed', shape: 'repeated' }, seed)
  const frame = ENCODE[format](message)
  const contenders = CONTENDERS[format].map((contender, i) => ({
    name: contender,
    // Our smaller entry is shown beside, but it is no peer.
    role: i === 0 ? 'ours' : contender.startsWith('wamp-codec') ? 'baseline' : 'peer',
    sample() {
      const { stages, list } = runChild('cold-start.mjs', {
        contender,
        format,
        frame: frame.toString('base64'),
      })
      deepStrictEqual(list, message, `cold-start: ${contender} decodes something else`)
      return stages[stage]
    },
  }))
  return { contenders, expected: [], bytes: frame.length }
}
