/** Cold start: a new process imports the package and decodes one EVENT of 1 KB, in milliseconds after Node's start. */
import { deepStrictEqual } from 'node:assert'
import { runChild } from '../children/spawn.mjs'
import { ENCODE } from '../corpus/frames.mjs'
import { messagesOf } from '../corpus/messages.mjs'
import { caseOf } from './grid.mjs'

const CONTENDERS = {
  cbor: ['wamp-codec', 'wamp-codec/core', 'cbor-x', 'cborg'],
  msgpack: ['wamp-codec', 'wamp-codec/core', 'msgpackr', '@msgpack/msgpack'],
  json: ['wamp-codec', 'wamp-codec/core', 'JSON'],
}

export const job = {
  id: 'cold-start',
  title: 'Cold start',
  about: 'Import and first decode in a new process, without the start of Node.js.',
  cases(seed) {
    return Object.keys(CONTENDERS).map((format) =>
      caseOf(job.id, `${format}/event-1k-mixed`, { unit: 'ms', build: () => build(format, seed) }),
    )
  },
}

function build(format, seed) {
  const [message] = messagesOf({ type: 'event', size: '1k', kind: 'mixed', shape: 'repeated' }, seed)
  const frame = ENCODE[format](message)
  const contenders = CONTENDERS[format].map((contender, i) => ({
    name: contender,
    // Our smaller entry is shown beside, but it is no peer.
    role: i === 0 ? 'ours' : contender.startsWith('wamp-codec') ? 'baseline' : 'peer',
    sample() {
      const { milliseconds, list } = runChild('cold-start.mjs', {
        contender,
        format,
        frame: frame.toString('base64'),
      })
      deepStrictEqual(list, message, `cold-start: ${contender} decodes something else`)
      return milliseconds
    },
  }))
  return { contenders, expected: [], bytes: frame.length }
}
