/** The messages that most jobs run over, and what every case has in common. */
import { meanBytes } from '../corpus/frames.mjs'
import { ARGS_AT, messagesOf } from '../corpus/messages.mjs'
import { missingOf } from '../ours.mjs'

export const FORMATS = ['cbor', 'msgpack', 'json', 'json-text']
const OTHER_KINDS = ['ascii', 'latin', 'cjk', 'emoji', 'numbers', 'binary', 'nested']
const SHAPES = ['repeated', 'varied']

/**
 * Which messages: all sizes of records for the first type, 100 B and 1 KB for the others; the other kinds at 1 KB, and
 * at 16 KB where their shapes vary; 700 shapes in rotation at 1 KB. Bytes cannot be told from text in JSON by a peer,
 * so it has no `binary`.
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
  ]
  return formats.flatMap((format) =>
    messages
      .filter(({ kind }) => kind !== 'binary' || !format.startsWith('json'))
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
 * A case. `needs` are names of the contract that must exist (`missing` has the first one that does not), `targets` what
 * an issue demands of it, `build` makes (or promises) the contenders, ours first, and what they must compute.
 */
export function caseOf(
  job,
  label,
  { unit = 'ns', needs = [], missing = missingOf(needs), targets = [], build },
) {
  return { name: `${job}/${label}`, job, unit, targets, missing, build }
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

/** True for the sizes from 1 KB on. */
export const isLarge = ({ size }) => size !== 'none' && size !== '100b'
/** True for the text kinds. */
export const isText = ({ kind }) => ['ascii', 'latin', 'cjk', 'emoji'].includes(kind)
