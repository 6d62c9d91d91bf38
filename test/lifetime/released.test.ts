/** A borrowed frame whose buffer is taken away: whatever is asked of the message, it is right or one clear error. */
import { describe, expect, test } from 'vitest'
import {
  type Codec,
  createCodec,
  EventMessage,
  FanOut,
  Invocation,
  isWampCodecError,
  type Message,
  Publish,
  type Serializer,
  WampCodecError,
} from '../../src/index.ts'
import { hex, LIST_FORMATS } from '../support/vectors.ts'
import { SAMPLES } from './samples.ts'

const FORMATS = [...LIST_FORMATS, 'flatbuffers'] as const
const POLICIES = [{}, { payloadValidation: 'deferred' }, { binary: 'view' }, { cache: false }] as const

/** How a buffer goes: all at once. */
const detach = (bytes: Uint8Array): unknown => structuredClone(bytes.buffer, { transfer: [bytes.buffer] })

const frameOf = (serializer: Serializer, message: Message): Uint8Array =>
  Uint8Array.from(serializer.encode(message))

/** Bytes as text, everything else by its canonical JSON. */
function shown(value: unknown): unknown {
  if (value instanceof Uint8Array) return hex(value)
  if (Array.isArray(value)) return value.map(shown)
  if (value instanceof Map) return [...value].map(shown)
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(item)]))
}

type Ask = (message: Message, codec: Codec) => unknown

const property =
  (name: string): Ask =>
  (message) =>
    (message as unknown as Record<string, unknown>)[name]

const into = (message: Message, serializer: Serializer): Uint8Array => {
  const target = new Uint8Array(8192).fill(0x2a)
  return target.subarray(0, serializer.encodeInto(message, target))
}

const asPublish = (message: Message): Publish | null => (message instanceof Publish ? message : null)

const fanOut =
  (ask: (fanOut: FanOut, serializer: Serializer) => unknown, id: (typeof FORMATS)[number]): Ask =>
  (message, codec) => {
    const publish = asPublish(message)
    if (publish === null) return null
    return ask(new FanOut(codec, publish, { publication: 9 }), codec.serializer(id))
  }

const RECEIVER = { subscription: 7, topic: true }

const ASKS: Readonly<Record<string, Ask>> = {
  args: property('args'),
  kwargs: property('kwargs'),
  payload: property('payload'),
  rawPayload: (message) => (message as Publish).rawPayload?.bytes,
  custom: property('custom'),
  forward_for: property('forward_for'),
  exclude: property('exclude'),
  authextra: property('authextra'),
  'a view': (message) => (message as Publish).payloadView?.path('args', 5)?.toValue(),
  'the keys of a view': (message) => (message as Publish).payloadView?.path('kwargs')?.keys(),
  'a whole view': (message) => (message as Publish).payloadView?.toValue(),
  marshal: (message) => message.marshal(),
  toJSON: (message) => message.toJSON(),
  equals: (message, codec) =>
    message.equals(codec.serializer('cbor').decode(frameOf(codec.serializer('cbor'), message))),
  detach: (message) => message.detach().marshal(),
  toTransferable: (message) => message.toTransferable().bytes,
  toPpt: (message, codec) =>
    'toPpt' in message ? codec.serializer('cbor').encode((message as Publish).toPpt()) : null,
  forward: (message, codec) =>
    'addHop' in message
      ? codec.serializer('cbor').encode(message.forward({ session: 1, authid: null, authrole: null }))
      : null,
  'a setter': (message) => {
    if ('kwargs' in message) (message as Publish).kwargs = { set: true }
    return message.marshal()
  },
  'an event of it': (message, codec) => {
    const publish = asPublish(message)
    return (
      publish &&
      codec.serializer('msgpack').encode(EventMessage.from(publish, { subscription: 1, publication: 2 }))
    )
  },
  lossReport: (message, codec) => codec.lossReport(message, codec.serializer('ubjson')),
  'an encode with the other policy': (message) => createCodec().serializer('json').encode(message),
  ...Object.fromEntries(
    FORMATS.flatMap((id): [string, Ask][] => [
      [`encode to ${id}`, (message, codec) => codec.serializer(id).encode(message)],
      [`encodeParts to ${id}`, (message, codec) => Buffer.concat(codec.serializer(id).encodeParts(message))],
      [`encodeInto ${id}`, (message, codec) => into(message, codec.serializer(id))],
      [`byteLength in ${id}`, (message, codec) => codec.serializer(id).byteLength(message)],
      [`a fan-out to ${id}`, fanOut((out, serializer) => out.bytes(serializer, RECEIVER), id)],
      [
        `parts of a fan-out to ${id}`,
        fanOut((out, serializer) => Buffer.concat(out.parts(serializer, RECEIVER)), id),
      ],
    ]),
  ),
}

/** What an ask gives: its result, or its error. */
function outcome(ask: Ask, message: Message, codec: Codec): { value: unknown; error: unknown } {
  try {
    return { value: shown(ask(message, codec)), error: null }
  } catch (error) {
    return { value: null, error }
  }
}

describe.each(FORMATS)('a borrowed frame of %s that was detached', (id) => {
  test.each(POLICIES)(
    'gives what it gave before or the one error, whatever is asked of it, with %j',
    (policy) => {
      const codec = createCodec(policy)
      const serializer = codec.serializer(id)
      let refused = 0
      for (const { Class, least, full, name } of SAMPLES) {
        let frame: Uint8Array
        try {
          frame = frameOf(serializer, new Class({ ...least, ...full }))
        } catch {
          continue // FlatBuffers has no ppt_*.
        }
        for (const [what, ask] of Object.entries(ASKS)) {
          const expected = outcome(ask, serializer.decode(frame.slice()), codec)
          const borrowed = frame.slice()
          const message = serializer.decode(borrowed)
          detach(borrowed)
          // Another frame in the kernel's window.
          serializer.decode(frame.slice())
          const { value, error } = outcome(ask, message, codec)
          if (error === null) {
            expect(value, `${name}: ${what}`).toEqual(expected.value)
            continue
          }
          if (expected.error !== null && !(error instanceof WampCodecError && error.code === 'RELEASED')) {
            expect(String(error), `${name}: ${what}`).toBe(String(expected.error))
            continue
          }
          refused++
          expect(error, `${name}: ${what}`).toBeInstanceOf(WampCodecError)
          expect((error as WampCodecError).code, `${name}: ${what}`).toBe('RELEASED')
          expect((error as WampCodecError).message).toContain("ownership: 'copy'")
        }
      }
      expect(refused).toBeGreaterThan(300)
    },
  )

  test('is named with its format and with what to do about it', () => {
    const serializer = createCodec().serializer(id)
    const frame = frameOf(serializer, new Publish({ request: 1, topic: 'a.b', args: ['x'.repeat(99)] }))
    const message = serializer.decode(frame) as Publish
    detach(frame)
    const text =
      "its buffer was detached or shrunk while a message borrowed it; decode with ownership: 'copy', or detach() the message before"
    expect(() => message.args).toThrow(`cannot read a frame of ${id}: ${text}`)
    expect(() => serializer.encode(message)).toThrow(`cannot read a frame of ${id}: ${text}`)
    try {
      serializer.encode(message)
    } catch (error) {
      expect(isWampCodecError(error)).toBe(true)
      expect(error).toMatchObject({
        code: 'RELEASED',
        messageType: 16,
        format: id === 'flatbuffers' ? 'flatbuffers' : id,
      })
    }
  })

  test('still gives its ids and its topic, what was read before, and the frames that were cached', () => {
    const serializer = createCodec().serializer(id)
    const frame = frameOf(serializer, new Publish({ request: 5, topic: 'a.b', args: [1], exclude: [4] }))
    const message = serializer.decode(frame) as Publish
    const cached = Uint8Array.from(serializer.encode(message))
    expect([message.args, message.exclude]).toEqual([[1], [4]])
    detach(frame)
    expect([message.request, message.topic, message.args, message.exclude]).toEqual([5, 'a.b', [1], [4]])
    expect(Uint8Array.from(serializer.encode(message))).toEqual(cached)
    expect(message.retainedBytes).toBe(0)
  })

  test('does not matter with ownership copy, nor after detach()', () => {
    const codec = createCodec({ ownership: 'copy' })
    const original = new Publish({ request: 5, topic: 'a.b', args: [1, 'two'], kwargs: { a: 1 } })
    const frame = frameOf(codec.serializer(id), original)
    const copied = codec.serializer(id).decode(frame) as Publish
    const detached = createCodec().serializer(id).decode(frame).detach() as Publish
    detach(frame)
    for (const message of [copied, detached]) {
      expect(message.equals(original)).toBe(true)
      expect(codec.serializer('json').decode(codec.serializer('json').encode(message)).equals(original)).toBe(
        true,
      )
    }
  })
})

describe.each(FORMATS)('a frame of %s in a buffer that can be resized', (id) => {
  const serializer = createCodec().serializer(id)
  const original = new Publish({
    request: 5,
    topic: 'a.b',
    args: ['payload-'.repeat(20)],
    kwargs: { a: [1] },
  })
  const frame = frameOf(serializer, original)

  const views: Readonly<Record<string, (buffer: ArrayBuffer) => Uint8Array | ArrayBuffer>> = {
    'a view of its length': (buffer) => new Uint8Array(buffer, 0, frame.length),
    'a view that follows its length': (buffer) => new Uint8Array(buffer),
    'the buffer itself': (buffer) => buffer,
  }

  test.each(Object.entries(views))('is copied: it may shrink, and grow again, under %s', (_, viewOf) => {
    const buffer = new ArrayBuffer(frame.length, { maxByteLength: 1 << 16 })
    new Uint8Array(buffer).set(frame)
    const message = serializer.decode(viewOf(buffer)) as Publish
    const event = EventMessage.from(message, { subscription: 1, publication: 2 })
    buffer.resize(8)
    expect((serializer.decode(serializer.encode(event)) as EventMessage).args).toEqual(original.args)
    buffer.resize(frame.length)
    expect(message.equals(original)).toBe(true)
    expect((serializer.decode(serializer.encode(message)) as Publish).equals(original)).toBe(true)
  })

  test('is copied from shared memory too, also from memory that grows', () => {
    const shared = new SharedArrayBuffer(frame.length, { maxByteLength: 1 << 16 })
    new Uint8Array(shared).set(frame)
    const message = serializer.decode(new Uint8Array(shared, 0, frame.length)) as Publish
    new Uint8Array(shared).fill(0)
    shared.grow(1 << 12)
    expect(message.equals(original)).toBe(true)
  })
})

test('a view of a payload value whose buffer was detached is the same error, at every step', () => {
  for (const format of ['json', 'msgpack', 'cbor', 'ubjson', 'flexbuffers'] as const) {
    const codec = createCodec()
    const bytes = Uint8Array.from(codec.payload(format).encode({ a: [1, { b: 'text' }], c: 'd' }))
    const view = codec.payload(format).view(bytes)
    const inner = view.get('a')
    detach(bytes)
    const steps = [() => view.get('a'), () => view.keys(), () => view.toValue(), () => view.path('a', 1, 'b')]
    for (const step of [...steps, () => inner?.at(1), () => [...(inner ?? [])]]) {
      expect(step, format).toThrow(`cannot read a frame of ${format}: its buffer was detached`)
    }
  }
})

test('an opaque payload of the application whose buffer was detached is an error, never an empty payload', () => {
  const codec = createCodec()
  const payload = Uint8Array.of(1, 2, 3)
  const message = new Publish({ request: 1, topic: 'a.b', payload, enc_algo: 'cryptobox' })
  detach(payload)
  for (const id of FORMATS) {
    expect(() => codec.serializer(id).encode(message), id).toThrow(
      'payload: its buffer was detached or shrunk',
    )
  }
  expect(() => message.payload).toThrow(WampCodecError)
  expect(() => new Publish({ request: 1, topic: 'a.b', payload })).toThrow(
    new TypeError('payload: its buffer was detached'),
  )
})

test('a raw payload that was put together from detached bytes is refused, never taken for an empty one', () => {
  const serializer = createCodec().serializer('cbor')
  const frame = frameOf(serializer, new Publish({ request: 1, topic: 'a.b', args: [1, 2] }))
  const raw = { ...(serializer.decode(frame) as Publish).rawPayload } as NonNullable<Publish['rawPayload']>
  detach(frame)
  expect(() => new Invocation({ request: 1, registration: 2, rawPayload: raw })).toThrow(
    new TypeError('rawPayload: the buffer of its bytes was detached'),
  )
})
