/** What a message keeps alive, before and after `detach()`, and who may overwrite which buffer when. */
import { describe, expect, test } from 'vitest'
import { createCodec, EventMessage, type Message, Publish } from '../../src/index.ts'
import { LIST_FORMATS, type ListFormat } from '../support/vectors.ts'
import { isCollected, livingBufferBytes } from './gc.ts'

const CHUNK = 65_536
const MESSAGES = 10_000
const PER_CHUNK = 10
const codec = createCodec()

const publication = new Publish({
  request: 2 ** 40,
  topic: 'com.example.topic',
  custom: { x_a: ['one', 2] },
  args: [1, 'two', new Uint8Array([3])],
  kwargs: { four: 'ключ' },
})

/** A chunk of a socket with a frame in it, and where the frame is. */
function chunkOf(frame: Uint8Array, at: number = 1000): { chunk: Uint8Array; part: Uint8Array } {
  const chunk = new Uint8Array(CHUNK).fill(0xee)
  chunk.set(frame, at)
  return { chunk, part: chunk.subarray(at, at + frame.length) }
}

/** A message that borrows a part of a chunk of its own. */
function borrowing(format: ListFormat, from = codec): { message: Publish; chunk: Uint8Array } {
  const { chunk, part } = chunkOf(codec.serializer(format).encode(publication))
  return { message: from.serializer(format).decode(part) as Publish, chunk }
}

/** In a scope of its own: nothing but the message may hold the chunk. */
function readAndDetached(format: ListFormat): { message: Publish; reference: WeakRef<object> } {
  const { message, chunk } = borrowing(format, createCodec({ binary: 'view' }))
  message.marshal()
  message.toString()
  void message.rawPayload
  return { message: message.detach(), reference: new WeakRef(chunk.buffer) }
}

describe.each(LIST_FORMATS)('%s', (format) => {
  const serializer = codec.serializer(format)
  const frame = serializer.encode(publication)

  test(`${MESSAGES} small messages keep their chunks alive until they are detached`, async () => {
    const before = await livingBufferBytes()
    let messages: Message[] = []
    for (let i = 0; i < MESSAGES / PER_CHUNK; i++) {
      const chunk = new Uint8Array(CHUNK)
      for (let j = 0; j < PER_CHUNK; j++) {
        chunk.set(frame, j * 1000)
        messages.push(serializer.decode(chunk.subarray(j * 1000, j * 1000 + frame.length)))
      }
    }
    expect(new Set(messages.map((message) => message.retainedBytes))).toEqual(new Set([CHUNK]))
    const borrowed = (await livingBufferBytes()) - before
    expect(borrowed).toBeGreaterThan((MESSAGES / PER_CHUNK) * CHUNK * 0.99)

    for (const message of messages) message.detach()
    expect(new Set(messages.map((message) => message.retainedBytes))).toEqual(new Set([frame.length]))
    const detached = (await livingBufferBytes()) - before
    expect(detached).toBeLessThan(MESSAGES * frame.length * 1.5 + 1_000_000)
    expect(messages.every((message) => message.equals(publication))).toBe(true)

    messages = []
    expect((await livingBufferBytes()) - before).toBeLessThan(1_000_000)
  })

  test('a detached message lets go of its chunk even after everything has been read', async () => {
    const { reference, message } = readAndDetached(format)
    // The kernel remembers the bytes of its last frame, and those alone.
    serializer.decode(frame)
    expect(await isCollected(reference)).toBe(true)
    expect(message.equals(publication)).toBe(true)
  })

  test('the buffer may be overwritten after detach, read before or not', () => {
    for (const isRead of [false, true]) {
      const { message, chunk } = borrowing(format, createCodec({ binary: 'view' }))
      if (isRead) message.marshal()
      message.detach()
      chunk.fill(0xff)
      expect(message.equals(publication)).toBe(true)
      expect(serializer.encode(message)).toEqual(frame)
    }
  })

  test('messages that share a payload all see the detached copy, whoever is detached', () => {
    for (const detached of [0, 1, 2, 3]) {
      const { message, chunk } = borrowing(format)
      const ids = { subscription: 1, publication: 2 }
      const events = [1, 2].map(() => EventMessage.from(message, ids))
      // A changed message has left the frame, but not the payload.
      const changed = serializer.decode(serializer.encode(message)) as Publish
      const all: Message[] = [message, ...events, EventMessage.from(message, { ...ids, topic: 'a.b' })]
      expect(all.map((one) => one.retainedBytes)).toEqual([CHUNK, CHUNK, CHUNK, CHUNK])
      all[detached]?.detach()
      expect(all.map((one) => one.retainedBytes)).toEqual(Array(4).fill(frame.length))
      chunk.fill(0xff)
      expect(message.equals(changed)).toBe(true)
      for (const event of events) expect(event.marshal().slice(4)).toEqual(publication.marshal().slice(4))
      expect(serializer.decode(serializer.encode(events[0] as Message)).equals(events[1])).toBe(true)
    }
  })

  test('a changed message keeps the frame of its payload, one with a new payload keeps nothing', () => {
    const { message, chunk } = borrowing(format)
    message.topic = 'com.example.other'
    expect(message.retainedBytes).toBe(CHUNK)
    message.detach()
    expect(message.retainedBytes).toBe(frame.length)
    chunk.fill(0xff)
    expect(message.kwargs).toEqual({ four: 'ключ' })
    message.args = [1]
    expect(message.retainedBytes).toBe(0)
    expect(message.kwargs).toEqual({ four: 'ключ' })
  })

  test('an opaque payload is a view of the frame until it is detached', () => {
    const built = new Publish({ request: 1, topic: 'a.b', payload: new Uint8Array([1, 2, 3]) })
    const { chunk, part } = chunkOf(serializer.encode(built))
    const message = serializer.decode(part) as Publish
    const view = message.payload as Uint8Array
    // JSON has its bytes in base64: there is nothing to view.
    expect(view.buffer === chunk.buffer).toBe(format !== 'json')
    message.detach()
    chunk.fill(0xff)
    expect(message.payload).toEqual(new Uint8Array([1, 2, 3]))
    expect(message.equals(built)).toBe(true)
  })

  test.each([[{}], [{ payloadValidation: 'deferred' }]] as const)(
    '%j: a copy may be overwritten at once',
    (policy) => {
      const copying = createCodec({ ...policy, ownership: 'copy' }).serializer(format)
      const { chunk, part } = chunkOf(frame)
      const fromPart = copying.decode(part)
      const buffer = frame.slice().buffer
      const fromBuffer = copying.decode(buffer)
      const chunks = [frame.slice(0, 10), frame.slice(10)]
      const fromChunks = copying.decode(chunks)
      chunk.fill(0xff)
      new Uint8Array(buffer).fill(0xff)
      for (const one of chunks) one.fill(0xff)
      for (const message of [fromPart, fromBuffer, fromChunks]) {
        expect(message.retainedBytes).toBe(frame.length)
        expect(message.equals(publication)).toBe(true)
      }
    },
  )

  test('shared memory is copied, whatever the codec is told', () => {
    const shared = new SharedArrayBuffer(CHUNK)
    const part = new Uint8Array(shared, 100, frame.length)
    const whole = new SharedArrayBuffer(frame.length)
    part.set(frame)
    new Uint8Array(whole).set(frame)
    for (const payloadValidation of ['eager', 'deferred'] as const) {
      const from = createCodec({ payloadValidation }).serializer(format)
      const messages = [
        from.decode(part),
        from.decode(whole),
        from.decode([part.subarray(0, 5), part.subarray(5)]),
      ]
      part.fill(0xff)
      new Uint8Array(whole).fill(0xff)
      for (const message of messages) {
        expect(message.retainedBytes).toBe(frame.length)
        expect((message as Publish).rawPayload?.bytes[0]?.buffer).toBeInstanceOf(ArrayBuffer)
        expect(message.equals(publication)).toBe(true)
      }
      part.set(frame)
      new Uint8Array(whole).set(frame)
    }
  })
})

test.each(LIST_FORMATS)('a borrowed %s frame that fills its buffer is copied by detach too', (format) => {
  const frame = codec.serializer(format).encode(publication).slice()
  const message = codec.serializer(format).decode(frame) as Publish
  message.detach()
  frame.fill(0xff)
  expect(message.retainedBytes).toBe(frame.length)
  expect(message.equals(publication)).toBe(true)
})

test.each(['cbor', 'msgpack'] as const)(
  'a frame of %s is not kept by what has given up on reading it directly',
  async (format) => {
    const payload = createCodec({ binary: 'view' }).payload(format)
    const read = (): WeakRef<object> => {
      const { chunk, part } = chunkOf(payload.encode(['a'.repeat(100), 2n ** 60n]))
      payload.decode(part)
      return new WeakRef(chunk.buffer)
    }
    expect(await isCollected(read())).toBe(true)
  },
)

test.each(LIST_FORMATS)(
  'a dropped message of %s is not kept by the codec that has received it',
  async (format) => {
    const receive = (): WeakRef<object> => {
      const { message } = borrowing(format)
      expect(message.topic).toBe('com.example.topic')
      return new WeakRef(message._payload)
    }
    expect(await isCollected(receive())).toBe(true)
  },
)

test.each(['json', 'msgpack', 'cbor', 'ubjson', 'ubjson-draft12', 'flexbuffers'] as const)(
  'values that were encoded to %s are not kept by the encoder, refused or not',
  async (format) => {
    const payload = codec.payload(format)
    const write = (last: unknown): WeakRef<object>[] => {
      const [inner, list, map] = [{ deep: [last] }, [1, 'two'], new Map([['three', [4]]])]
      const bytes = new Uint8Array(3)
      const outer = [inner, list, map, bytes]
      if (last === undefined) expect(() => payload.encode(outer)).toThrow('undefined')
      else payload.encode(outer)
      return [outer, inner, inner.deep, list, map, bytes.buffer].map((value) => new WeakRef(value))
    }
    for (const last of [1, undefined]) {
      for (const reference of write(last)) expect(await isCollected(reference)).toBe(true)
    }
  },
)

test('a frame that the codec has copied is not copied again', () => {
  const serializer = createCodec({ ownership: 'copy' }).serializer('cbor')
  const message = serializer.decode(serializer.encode(publication)) as Publish
  const buffer = message.rawPayload?.bytes[0]?.buffer
  expect(message.detach().rawPayload?.bytes[0]?.buffer).toBe(buffer)
})

test('a built message keeps nothing, and detach leaves it as it is', () => {
  expect(publication.retainedBytes).toBe(0)
  expect(publication.detach()).toBe(publication)
  expect(new Publish({ request: 1, topic: 'a.b' }).detach().retainedBytes).toBe(0)
})

test.each(LIST_FORMATS)('every message of a %s batch is detached by itself', (format) => {
  const batched = codec.serializer(`${format}.batched`)
  const { chunk, part } = chunkOf(batched.encodeAll([publication, publication, publication]))
  const messages = batched.decodeAll(part)
  const single = codec.serializer(format).encode(publication).length
  messages[1]?.detach()
  expect(messages.map(({ retainedBytes }) => retainedBytes)).toEqual([CHUNK, single, CHUNK])
  for (const message of messages) message.detach()
  chunk.fill(0xff)
  expect(messages.every((message) => message.equals(publication))).toBe(true)
})

test('detach() copies a payload that was kept when another attribute was set, so that its frame may be used again', () => {
  const cbor = createCodec().serializer('cbor')
  const frame = new Uint8Array(
    cbor.encode(new Publish({ request: 1, topic: 'a.b', payload: Uint8Array.of(3) })),
  )
  const message = cbor.decode(frame) as Publish
  message.kwargs = null
  message.detach()
  frame.fill(0xff)
  expect(message.payload).toEqual(Uint8Array.of(3))
})
