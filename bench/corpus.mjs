/**
 * Case name -> contenders and the number of operations in one call of each. Nothing is timed here. A case's
 * name says it all: job / format / message - payload size / shape.
 */
import { deepStrictEqual, strictEqual } from 'node:assert'
import { createCodec, EventMessage } from '../build/dist/index.js'
import { skipCbor, skipMsgpack } from './baseline-skip.mjs'
import { eventIdsOf, framesOf, messagesOf, SHAPES, SIZES } from './fixtures.mjs'
import { PEERS } from './peers.mjs'

/** Message types by job. */
const JOBS = { decode: ['event', 'publish'], 'decode-deferred': ['event'], forward: ['publish'] }

/** The fewest operations in a sample; measure.mjs takes a multiple when that is too short for the timer. */
const OPERATIONS = { none: 256, '100b': 128, '1k': 48, '16k': 4 }

/** Ratios to the best peer that issue 2 demands of `decode`. */
const TARGETS = { cbor: { '100b': 5, '1k': 8 }, msgpack: { '100b': 5, '1k': 8 }, json: { '1k': 5 } }

const SKIPS = { cbor: skipCbor, msgpack: skipMsgpack }

const eager = createCodec({ cache: false })
const deferred = createCodec({ cache: false, payloadValidation: 'deferred' })
const wire = (format) => (format === 'json-text' ? 'json' : format)

/** All cases, with the ratio that is demanded of them or null; `build` makes their contenders. */
export function casesOf(seed) {
  const cases = []
  for (const [job, types] of Object.entries(JOBS))
    for (const format of Object.keys(PEERS))
      for (const type of types)
        for (const size of Object.keys(SIZES))
          for (const shape of Object.keys(SHAPES)) {
            const target = job === 'decode' ? (TARGETS[format]?.[size] ?? null) : null
            const name = `${job}/${format}/${type}-${size}/${shape}`
            cases.push({ name, target, build: (reuse) => build(job, format, type, size, shape, seed, reuse) })
          }
  return cases
}

/** Contenders of a case, proved to compute the same; `bytes` is the mean length of a frame. */
function build(job, format, type, size, shape, seed, reuse) {
  const messages = messagesOf(type, size, shape, seed)
  const jobs = (job === 'forward' ? forwardJobs : decodeJobs)(job, format, seed)
  for (const { prove } of jobs) {
    for (const [i, frame] of framesOf(messages, format).entries()) prove(frame, messages[i])
  }
  const contenders = jobs.map(({ name, role, run }) => {
    // Everyone has frames of its own: peers keep a DataView on a Buffer, which nobody else should trip over.
    return { name, role, ...repeat(run, framesOf(messages, format), reuse) }
  })
  const lengths = framesOf(messages, format).map((frame) => Buffer.byteLength(frame))
  const bytes = lengths.reduce((sum, length) => sum + length, 0) / lengths.length
  return { contenders, operations: OPERATIONS[size], bytes }
}

/** The last result: what nobody reads, an optimiser may leave out. */
let sink = null
export const lastResult = () => sink

/**
 * `call(n)` does n operations, each with the next frame; `prepare(n)` stands before it and is not timed. With
 * `reuse` false it makes n new Buffers over the same bytes: a socket never gives the same Buffer twice.
 */
function repeat(run, frames, reuse) {
  let at = 0
  let ring = frames
  const next = () => {
    const frame = ring[at]
    at = at + 1 < ring.length ? at + 1 : 0
    return frame
  }
  const call = (operations) => {
    for (let i = 0; i < operations; i++) sink = run(next())
  }
  if (reuse || typeof frames[0] === 'string') return { call, prepare: null }
  let from = 0
  const prepare = (operations) => {
    ring = Array.from({ length: operations }, (_, i) => frames[(from + i) % frames.length].subarray())
    from = (from + operations) % frames.length
    at = 0
  }
  return { call, prepare }
}

/** Lazy decode: everything checked, no payload value made. A peer makes all values; it cannot do less. */
function decodeJobs(job, format) {
  const serializer = (job === 'decode' ? eager : deferred).serializer(wire(format))
  const peers = PEERS[format].map(({ name, decode }) => ({
    name,
    role: 'peer',
    run: decode,
    prove: (frame, message) => deepStrictEqual(decode(frame), message),
  }))
  const ours = {
    name: 'wamp-codec',
    role: 'ours',
    run: (frame) => serializer.decode(frame),
    prove: (frame, message) => deepStrictEqual(serializer.decode(frame).marshal(), message),
  }
  return [ours, ...peers, ...skipJobs(job, format)]
}

/** A broker's work for one subscriber: PUBLISH in, EVENT out, the payload passed on unread. */
function forwardJobs(job, format, seed) {
  const serializer = eager.serializer(wire(format))
  const ids = eventIdsOf(seed)
  const encode =
    format === 'json-text' ? (event) => serializer.encodeText(event) : (event) => serializer.encode(event)
  const rewrite = (list) => [36, ids.subscription, ids.publication, {}, ...list.slice(4)]
  const forward = (frame) => encode(EventMessage.from(serializer.decode(frame), ids))
  // Any peer reads what we forward.
  const [{ decode: read }] = PEERS[format]
  const peers = PEERS[format].map((peer) => {
    const run = (frame) => peer.encode(rewrite(peer.decode(frame)))
    return {
      name: peer.name,
      role: 'peer',
      run,
      prove: (frame, message) => deepStrictEqual(read(run(frame)), rewrite(message)),
    }
  })
  const prove = (frame, message) => deepStrictEqual(read(forward(frame)), rewrite(message))
  return [{ name: 'wamp-codec', role: 'ours', run: forward, prove }, ...peers, ...skipJobs(job, format)]
}

/**
 * The baseline passes the whole frame; for `decode-deferred` only the list's head and its four fixed
 * elements.
 */
function skipJobs(job, format) {
  const skip = SKIPS[format]
  if (skip === undefined) return []
  return [false, true].map((isChecked) => {
    const whole = (frame) => skip(frame, 0, 1, isChecked)
    const head = (frame) => skip(frame, 1, 4, isChecked)
    return {
      name: isChecked ? 'js-skip-utf8' : 'js-skip',
      role: 'baseline',
      run: job === 'decode-deferred' ? head : whole,
      prove(frame, message) {
        strictEqual(whole(frame), frame.length)
        strictEqual(skip(frame, head(frame), message.length - 4, isChecked), frame.length)
      },
    }
  })
}
