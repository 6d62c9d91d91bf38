/**
 * Batches: whatever is done with all messages of one, the bytes that the kernel loads and scans are those of the batch
 * a few times over, not the whole batch once for each message (P2). Counted, so that no clock decides.
 */
import { afterEach, expect, test, vi } from 'vitest'
import { reportFrame } from '../../src/cli/report.ts'
import { type Codec, type CodecOptions, createCodec, EventMessage, type Serializer } from '../../src/index.ts'
import { Kernel } from '../../src/kernel/kernel.ts'
import { Receiver } from '../../src/message/receive.ts'

const IDS = ['json', 'msgpack', 'cbor', 'ubjson'] as const
const MESSAGES = 100

/** Each is 70 to 90 bytes long. */
const BATCH = Array.from(
  { length: MESSAGES },
  (_, publication) =>
    new EventMessage({
      subscription: 7,
      publication,
      args: [publication, 'текст', { a: 1.5 }],
      kwargs: { k: 'v' },
    }),
)

/** Everything that takes a batch, or its messages one after the other. */
const WAYS: Readonly<Record<string, (codec: Codec, batched: Serializer, frame: Uint8Array) => unknown>> = {
  'codec.trace': (codec, batched, frame) => codec.trace(frame, batched),
  decodeAll: (_, batched, frame) => batched.decodeAll(frame),
  'reading args and kwargs': (_, batched, frame) =>
    batched.decodeAll(frame).map((message) => [message, (message as EventMessage).args]),
  'reading one value': (_, batched, frame) =>
    batched
      .decodeAll(frame)
      .map((message) => (message as EventMessage).payloadView.path('args', 1)?.toValue()),
  'forwarding to another format': (codec, batched, frame) =>
    codec.transcodeMessage(frame, {
      from: batched,
      to: codec.serializer(batched.id === 'cbor.batched' ? 'json.batched' : 'cbor.batched'),
    }),
  'loss reports': (codec, batched, frame) =>
    codec.transcodeMessage(frame, { from: batched, to: codec.serializer('json.batched'), losses: [] }),
  transferables: (_, batched, frame) => batched.decodeAll(frame).map((message) => message.toTransferable()),
  'wamp-codec inspect': (codec, batched, frame) =>
    reportFrame(codec, frame, batched.id as 'json.batched' | 'cbor.batched'),
}

const POLICIES: readonly CodecOptions[] = [
  {},
  { payloadValidation: 'deferred' },
  { payloadValidation: 'deferred', payloadRules: 'strict', duplicateKeys: 'refuse' },
  { integers: 'number', ownership: 'copy' },
]

/**
 * The times that each byte may be loaded, or scanned: a loss report decodes and encodes, an inspection does it five
 * times.
 */
const MAX_TIMES = 8

afterEach(() => {
  vi.restoreAllMocks()
})

/** The bytes that are loaded into any kernel, and that are scanned in one, while `run` runs. */
function counted(run: () => unknown): { loaded: number; scanned: number } {
  const sum = { loaded: 0, scanned: 0 }
  const { load, scan } = Kernel.prototype
  vi.spyOn(Kernel.prototype, 'load').mockImplementation(function (this: Kernel, bytes) {
    sum.loaded += bytes.length
    load.call(this, bytes)
  })
  vi.spyOn(Kernel.prototype, 'scan').mockImplementation(function (this: Kernel, at, length, ...more) {
    sum.scanned += length
    return scan.call(this, at, length, ...more)
  })
  run()
  return sum
}

const ROWS = Object.keys(WAYS).flatMap((way) => IDS.map((id): [string, (typeof IDS)[number]] => [way, id]))

test.each(ROWS)(
  '%s of a batch in %s loads and scans each byte a few times, not once for each message',
  (way, id) => {
    for (const policy of POLICIES) {
      const codec = createCodec(policy)
      const batched = codec.serializer(`${id}.batched`)
      const frame = batched.encodeAll(BATCH)
      const { loaded, scanned } = counted(() => WAYS[way]?.(codec, batched, frame))
      vi.restoreAllMocks()
      expect(loaded).toBeGreaterThanOrEqual(frame.length)
      expect(loaded).toBeLessThanOrEqual(MAX_TIMES * frame.length)
      expect(scanned).toBeLessThanOrEqual(MAX_TIMES * frame.length)
    }
  },
)

test.each(IDS)(
  'a batch in %s is read right, and linearly, when each of its messages lets go of the window',
  (id) => {
    const codec = createCodec()
    const batched = codec.serializer(`${id}.batched`)
    const frame = batched.encodeAll(BATCH)
    const spans = codec.trace(frame, batched)
    const small = codec.serializer('cbor').encode(new EventMessage({ subscription: 1, publication: 2 }))
    const { receive } = Receiver.prototype
    vi.spyOn(Receiver.prototype, 'receive').mockImplementation(function (this: Receiver, ...given) {
      const message = receive.apply(this, given)
      this.kernel.load(small)
      return message
    })
    let messages: readonly unknown[] = []
    const { loaded } = counted(() => {
      messages = batched.decodeAll(frame)
      expect(codec.trace(frame, batched)).toEqual(spans)
    })
    expect(messages.map((message) => (message as EventMessage).marshal())).toEqual(
      BATCH.map((message) => message.marshal()),
    )
    expect(loaded).toBeLessThanOrEqual(4 * frame.length + 2 * MESSAGES * small.length)
  },
)
