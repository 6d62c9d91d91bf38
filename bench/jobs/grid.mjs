/** The messages that most jobs run over, and what every case has in common. */
import { meanBytes } from '../corpus/frames.mjs'
import { ARGS_AT, hasOptions, messagesOf } from '../corpus/messages.mjs'
import { missingOf } from '../ours.mjs'
import { targetsOf } from '../targets.mjs'

export const FORMATS = ['cbor', 'msgpack', 'json', 'json-text']
const OTHER_KINDS = ['ascii', 'latin', 'cjk', 'emoji', 'numbers', 'binary', 'nested', 'dictionary']
const SHAPES = ['repeated', 'varied']

/**
 * Which messages: all sizes of records for the first type, 100 B and 1 KB for the others; the other kinds at 1 KB, and
 * at 16 KB where their shapes vary; 700 shapes in rotation at 1 KB; PUBLISH and CALL with options. Bytes cannot be told
 * from text in JSON by a peer, so it has no `binary`; the keys of a repeated `dictionary` would come again.
 */
export function grid(types, formats = FORMATS) {
  const [first] = types
  const sizes = ['none', '100b', '1k', '16k', '256k']
  const messages = [
    ...product([first], sizes, ['mixed'], SHAPES),
    ...product(types.slice(1), ['100b', '1k'], ['mixed'], SHAPES),
    ...product([first], ['1k'], OTHER_KINDS, SHAPES),
    ...product([first], ['16k'], OTHER_KINDS, ['varied']),
    ...product([first], ['1k'], ['mixed'], ['rotating']),
    ...product(types.filter(hasOptions), ['100b', '1k'], ['options'], ['varied']),
  ]
  return formats.flatMap((format) =>
    messages
      .filter(({ kind }) => kind !== 'binary' || !format.startsWith('json'))
      .filter(({ kind, shape }) => kind !== 'dictionary' || shape === 'varied')
      .map((each) => ({ ...each, format })),
  )
}

export function product(types, sizes, kinds, shapes) {
  return types.flatMap((type) =>
    sizes.flatMap((size) => kinds.flatMap((kind) => shapes.map((shape) => ({ type, size, kind, shape })))),
  )
}

/** `cbor/event-1k-mixed/varied`; without a payload there is no kind. */
export function labelOf({ format, type, size, kind, shape }) {
  return `${format}/${type}-${size}${size === 'none' ? '' : `-${kind}`}/${shape}`
}

/**
 * A case. `needs` are names of the contract that must exist (`missing` has the first one that does not); `build` makes
 * (or promises) the contenders, ours first, and what they must compute.
 */
export function caseOf(job, label, { unit = 'ns', needs = [], missing = missingOf(needs), build }) {
  const name = `${job}/${label}`
  return { name, job, unit, targets: targetsOf(name), missing, build }
}

/** What a case over messages has: the messages, their frames at each call anew, and the mean length of a frame. */
export function fixtureOf(of, seed, encode) {
  const messages = messagesOf(of, seed)
  const inputs = () => messages.map(encode)
  return { messages, inputs, bytes: meanBytes(inputs()), argsAt: ARGS_AT[of.type] }
}

/** Contenders of a peer list: `make(peer)` gives `run` and `read`. */
export function contendersOf(peers, make) {
  return peers.map((peer) => ({
    name: peer.name,
    role: 'peer',
    addon: peer.addon,
    quirk: peer.quirk,
    ...make(peer),
  }))
}
