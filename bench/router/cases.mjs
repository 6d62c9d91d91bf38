/** What the lanes do: one publisher and 50 subscribers of mixed serializers, and calls between serializers. */
import { isDeepStrictEqual } from 'node:util'
import { DECODE, ENCODE } from '../corpus/frames.mjs'
import { messagesOf } from '../corpus/messages.mjs'
import { Peer } from './lane.mjs'

const IDS = ['json', 'msgpack', 'cbor']
const SUBSCRIBERS = 50
const TOPIC = 'com.myapp.topic'
const PROCEDURE = 'com.myapp.procedure'

/** `atLeast`: how many times faster than the rivals it has to be, over all its serializers. */
export const CASES = [
  ...[
    ['100b', 1.2],
    ['1k', 2],
    ['16k', 5],
  ].map(([size, atLeast]) => ({
    name: `events/${size}`,
    atLeast,
    ways: IDS.map((from) => ({
      name: `${from} to 50 of all`,
      build: (router, seed) => events(router, seed, from, size),
    })),
  })),
  {
    name: 'calls/1k',
    atLeast: 4,
    ways: IDS.flatMap((from) =>
      IDS.filter((to) => to !== from).map((to) => ({
        name: `${from} to ${to} and back`,
        build: (router, seed) => calls(router, seed, from, to, '1k'),
      })),
    ),
  },
]

/** Args and kwargs of many messages. */
function payloadsOf(size, seed) {
  const of = { type: 'publish', size, kind: 'mixed', shape: 'varied' }
  return messagesOf(of, seed).map((list) => list.slice(4))
}

/** Frames as sockets deliver them: memory of their own, and seen only once. */
const fresh = (frames) => frames.map((frame) => Buffer.from(Uint8Array.from(frame).buffer))

/** One operation is an event to all 50. */
function events(router, seed, from, size) {
  const publisher = new Peer(router, from)
  const subscribers = Array.from({ length: SUBSCRIBERS }, (_, i) => new Peer(router, IDS[i % IDS.length]))
  for (const subscriber of subscribers) subscriber.receive(ENCODE[subscriber.id]([32, 1, {}, TOPIC]))
  const payloads = payloadsOf(size, seed)
  const frames = payloads.map((payload, i) => ENCODE[from]([16, i + 1, {}, TOPIC, ...payload]))
  return {
    count: frames.length,
    prepare: () => fresh(frames),
    run(prepared) {
      for (const frame of prepared) publisher.receive(frame)
    },
    prove() {
      for (const subscriber of subscribers) subscriber.kept = []
      this.run(this.prepare())
      for (const { id, kept } of subscribers) expectSame(id, kept, payloads, 4)
      for (const subscriber of subscribers) subscriber.kept = null
    },
  }
}

/** One operation is a call with its result: CALL, INVOCATION, YIELD, RESULT. */
function calls(router, seed, from, to, size) {
  const caller = new Peer(router, from)
  const callee = new Peer(router, to)
  callee.receive(ENCODE[to]([64, 1, {}, `${PROCEDURE}.${from}.${to}`]))
  const payloads = payloadsOf(size, seed)
  const requests = payloads.map((payload, i) => [48, i + 1, {}, `${PROCEDURE}.${from}.${to}`, ...payload])
  const frames = requests.map((list) => ENCODE[from](list))
  // Requests of invocations are in sequence.
  let invocation = 0
  return {
    count: frames.length,
    prepare() {
      const results = payloads.map((payload, i) => ENCODE[to]([70, invocation + i + 1, {}, ...payload]))
      invocation += payloads.length
      return fresh(frames).map((frame, i) => [frame, results[i]])
    },
    run(prepared) {
      for (const [call, result] of prepared) {
        caller.receive(call)
        callee.receive(result)
      }
    },
    prove() {
      caller.kept = []
      callee.kept = []
      this.run(this.prepare())
      expectSame(to, callee.kept, payloads, 4)
      expectSame(from, caller.kept, payloads, 3)
      caller.kept = null
      callee.kept = null
    },
  }
}

/** Throws unless the frames have these payloads, from a place of their lists on. */
function expectSame(id, frames, payloads, at) {
  const got = frames.map((frame) => DECODE[id](frame).slice(at))
  if (!isDeepStrictEqual(got, payloads))
    throw new Error(`${id}: a receiver got another payload than was sent`)
}
