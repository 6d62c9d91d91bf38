/** Frames of RawSocket: what is written, what is read, and what closes the connection. */
import { describe, expect, test } from 'vitest'
import { EncodeError, EventMessage, Publish, RawSocketClose } from '../../src/index.ts'
import {
  CBOR,
  client,
  connected,
  cut,
  hex,
  join,
  openServer,
  pushAll,
  rawFrame,
  SERIALIZERS,
  server,
} from './support.ts'

const MAX = 2 ** 24

describe('writing', () => {
  test.each([
    [0, '00000000'],
    [1, '00000001'],
    [255, '000000ff'],
    [256, '00000100'],
    [65_536, '00010000'],
    [MAX - 1, '00ffffff'],
    [MAX, '08000000'],
  ])('%i bytes get the prefix of their length', (length, prefix) => {
    const frame = openServer().frame(new Uint8Array(length))
    expect(frame.length).toBe(4 + length)
    expect(frame.subarray(0, 4)).toEqual(hex(prefix))
  })

  test('parts are joined behind one prefix', () => {
    const frame = openServer().frame([hex('01'), hex(''), hex('0203'), hex('04')])
    expect(frame).toEqual(hex('00000004 01020304'))
    expect(openServer().frame([])).toEqual(hex('00000000'))
  })

  test('frameParts leaves the parts as they are', () => {
    const parts = [hex('01'), hex('0203')]
    const [prefix, ...rest] = openServer().frameParts(parts)
    expect(prefix).toEqual(hex('00000003'))
    expect(rest.map((part, i) => part === parts[i])).toEqual([true, true])
    const bytes = hex('0102')
    expect(openServer().frameParts(bytes)[1]).toBe(bytes)
  })

  test('a PING has its own type and any data', () => {
    expect(openServer().ping()).toEqual(hex('01000000'))
    expect(openServer().ping(hex('ff00'))).toEqual(hex('01000002 ff00'))
  })

  test('a frame is a copy of what it was made from', () => {
    const bytes = hex('0102')
    const frame = openServer().frame(bytes)
    bytes.fill(0)
    expect(frame).toEqual(hex('00000002 0102'))
  })

  test.each([9, 12, 23])('what a peer of 2^%i does not take is refused, and harms nothing', (exponent) => {
    const codec = openServer({}, exponent)
    const most = new Uint8Array(2 ** exponent)
    expect(codec.frame(most).length).toBe(4 + most.length)
    expect(codec.ping(most).length).toBe(4 + most.length)
    const text = `cannot send a frame of ${most.length + 1} bytes: the peer takes ${most.length}`
    const tooLong = new Uint8Array(most.length + 1)
    const writes = [
      () => codec.frame(tooLong),
      () => codec.frameParts(tooLong),
      () => codec.ping(tooLong),
      () => codec.frame([most, hex('00')]),
    ]
    for (const write of writes) expect(write).toThrow(text)
    expect(codec.closed).toBeNull()
    expect(codec.frame(hex('01'))).toEqual(hex('00000001 01'))
  })

  test('the refusal says what to answer', () => {
    try {
      openServer({}, 9).frame(new Uint8Array(513))
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ format: 'cbor', uri: 'wamp.error.payload_size_exceeded' })
    }
  })

  test('more than 2^24 bytes go to nobody', () => {
    expect(() => openServer().frame([new Uint8Array(MAX), hex('00')])).toThrow(EncodeError)
  })

  test('nothing is written before the handshake, nor when it failed', () => {
    const early = new TypeError('the RawSocket handshake is not complete')
    const refused = server()
    refused.push(hex('7ff00000'))
    for (const codec of [client(), server(), refused]) {
      expect(() => codec.frame(hex('00'))).toThrow(early)
      expect(() => codec.frameParts(hex('00'))).toThrow(early)
      expect(() => codec.ping()).toThrow(early)
    }
  })

  test('frames before a bad prefix can be answered after it', () => {
    const codec = openServer()
    const { frames, closed } = codec.push(hex('00000001 aa 03000000'))
    expect([frames, closed]).toEqual([[hex('aa')], RawSocketClose.FRAME_RESERVED])
    expect(codec.frame(hex('00'))).toEqual(hex('00000001 00'))
    expect(codec.frameParts(hex('00'))).toEqual([hex('00000001'), hex('00')])
    expect(codec.ping()).toEqual(hex('01000000'))
  })

  test.each([
    ['text', '"text"'],
    [[1, 2], '1'],
    [['text'], '"text"'],
    [null, 'null'],
    [undefined, 'undefined'],
    [new ArrayBuffer(1), 'a dictionary'],
  ])('%o are no bytes', (parts, got) => {
    expect(() => openServer().frame(parts as never)).toThrow(
      new TypeError(`the bytes of a frame: expected a Uint8Array, got ${got}`),
    )
  })
})

describe('reading', () => {
  test('several frames of all types in one chunk, each list in its order', () => {
    const codec = openServer()
    const stream = hex('00000001 a1  01000002 b1b2  00000000  02000001 c1  01000000  00000002 a2a3  02000000')
    expect(codec.push(stream)).toEqual({
      frames: [hex('a1'), hex(''), hex('a2a3')],
      replies: [hex('02000002 b1b2'), hex('02000000')],
      pongs: [hex('c1'), hex('')],
      closed: null,
    })
  })

  test('a PONG gives back the bytes of the PING, text or not', () => {
    const data = Uint8Array.from({ length: 256 }, (_, i) => 255 - i)
    const [one, other] = connected()
    const { replies } = other.push(one.ping(data))
    expect(replies).toEqual([rawFrame(2, data)])
    expect(one.push(replies[0] as Uint8Array).pongs).toEqual([data])
  })

  test('a frame in one chunk is a view of it, one in several has own bytes', () => {
    const chunk = Buffer.from(hex('ff 00000002 a1a2 00000002 a3'))
    const codec = openServer()
    const [frame] = codec.push(chunk.subarray(1)).frames
    expect(frame?.buffer).toBe(chunk.buffer)
    expect(Object.getPrototypeOf(frame)).toBe(Uint8Array.prototype)
    const [last] = codec.push(Buffer.from(hex('a4'))).frames
    chunk.fill(0)
    expect(last).toEqual(hex('a3a4'))
    expect(last?.buffer.byteLength).toBe(2)
    expect(frame).toEqual(hex('0000'))
  })

  test('an empty chunk changes nothing', () => {
    const codec = openServer()
    const chunks = ['', '00', '', '0000 01', '', 'aa', ''].map(hex)
    expect(pushAll(codec, chunks)).toEqual({ frames: [hex('aa')], replies: [], pongs: [], closed: null })
  })

  test('an empty frame is there as soon as its prefix is', () => {
    const codec = openServer()
    expect(codec.push(hex('000000')).frames).toEqual([])
    expect(codec.push(hex('00')).frames).toEqual([hex('')])
  })

  test('shared memory is read like any other', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(6))
    shared.set(hex('00000002 0102'))
    const [frame] = openServer().push(shared).frames
    expect([...(frame as Uint8Array)]).toEqual([1, 2])
  })

  test('what comes out never lies in shared memory, which sockets refuse', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(6))
    shared.set(hex('00000002 0102'))
    const codec = openServer()
    const given = [...codec.push(shared).frames, ...codec.frameParts(shared)]
    expect(given.map(({ buffer }) => Object.prototype.toString.call(buffer))).toEqual(
      Array(3).fill('[object ArrayBuffer]'),
    )
  })

  test.each([MAX - 1, MAX])('a frame of %i bytes arrives', (length) => {
    const [one, other] = connected()
    const bytes = new Uint8Array(length)
    bytes[0] = 1
    bytes[length - 1] = 2
    const { frames } = pushAll(other, cut(one.frame(bytes), 3, 5, 70_000, 5_000_000))
    expect(frames.length).toBe(1)
    expect(Buffer.compare(frames[0] as Uint8Array, bytes)).toBe(0)
  })

  test.each(SERIALIZERS)('messages in $id arrive', (serializer) => {
    const [one, other] = connected({ serializer })
    const publish = new Publish({ request: 1, topic: 'com.myapp.hello', args: ['Hi!', 7] })
    const event = EventMessage.from(publish, { subscription: 7, publication: 12 })
    const stream = join([one.frame(serializer.encode(publish)), one.frame(serializer.encode(event))])
    const messages = other.push(stream).frames.map((frame) => other.serializer?.decode(frame))
    expect(messages.map((message) => message?.toString())).toEqual([publish.toString(), event.toString()])
  })
})

describe('what closes the connection', () => {
  const prefixes = [
    ...[3, 4, 5, 6, 7].map(
      (type) => [`type ${type}`, `0${type}000000`, RawSocketClose.FRAME_RESERVED] as const,
    ),
    ...['10', '20', '40', '80', 'f0', '11', '82'].map(
      (octet) => [`the octet ${octet}`, `${octet}000001`, RawSocketClose.FRAME_RESERVED] as const,
    ),
    ['type 3 with X', '0b000000', RawSocketClose.FRAME_RESERVED],
    ['a byte more than 4096', '00001001', RawSocketClose.FRAME_TOO_LARGE],
    ['a PING of a byte more', '01001001', RawSocketClose.FRAME_TOO_LARGE],
    ['a PONG of a byte more', '02001001', RawSocketClose.FRAME_TOO_LARGE],
    ['2^24 - 1', '00ffffff', RawSocketClose.FRAME_TOO_LARGE],
    ['2^24', '08000000', RawSocketClose.FRAME_TOO_LARGE],
    ['X with other bits', '08000003', RawSocketClose.FRAME_TOO_LARGE],
  ] as const

  test.each(prefixes)('%s closes at the prefix, for good', (_, prefix, closed) => {
    const codec = openServer({ maxLengthExponent: 12 })
    const events = codec.push(join([hex('00000001 aa'), hex(prefix), hex('00000001 bb')]))
    expect(events).toEqual({ frames: [hex('aa')], replies: [], pongs: [], closed })
    expect(codec.closed).toBe(closed)
    expect(codec.push(hex('00000001 cc'))).toEqual({ frames: [], replies: [], pongs: [], closed })
  })

  test('X with other bits where 2^24 is allowed', () => {
    expect(openServer().push(hex('08000001')).closed).toBe(RawSocketClose.FRAME_TOO_LARGE)
    expect(openServer().push(hex('08000000')).closed).toBeNull()
  })

  test('as many bytes as announced are taken, of every type', () => {
    const codec = openServer({ maxLengthExponent: 12 })
    const most = new Uint8Array(4096)
    const events = codec.push(join([0, 1, 2].map((type) => rawFrame(type, most))))
    expect([events.frames.length, events.replies.length, events.pongs.length]).toEqual([1, 1, 1])
    expect(events.closed).toBeNull()
  })

  test('a PING that is longer than its sender takes: nobody may answer it', () => {
    const codec = openServer({ maxLengthExponent: 24 }, 9)
    expect(codec.push(rawFrame(1, new Uint8Array(512))).replies.length).toBe(1)
    expect(codec.push(rawFrame(1, new Uint8Array(513))).closed).toBe(RawSocketClose.FRAME_TOO_LARGE)
  })

  test('not an application that passes something else', () => {
    const codec = openServer()
    const wrong = [
      ['text', '"text"'],
      [null, 'null'],
      [new ArrayBuffer(4), 'a dictionary'],
      [[0], 'an array'],
    ] as const
    for (const [chunk, shown] of wrong) {
      expect(() => codec.push(chunk as never)).toThrow(
        new TypeError(`a chunk: expected a Uint8Array, got ${shown}`),
      )
    }
    expect(codec.push(hex('00000001 aa')).frames).toEqual([hex('aa')])
  })

  test('not a chunk whose buffer was detached: that is refused, and the stream goes on', () => {
    const codec = openServer()
    const chunk = hex('00000001 bb')
    const half = chunk.slice()
    structuredClone(chunk, { transfer: [chunk.buffer] })
    const gone = new TypeError('the bytes of a chunk are gone: their buffer was detached')
    expect(() => codec.push(chunk)).toThrow(gone)
    codec.push(half.subarray(0, 4))
    expect(() => codec.push(chunk)).toThrow(gone)
    expect(codec.push(half.subarray(4)).frames).toEqual([hex('bb')])
    expect(codec.closed).toBeNull()
  })

  test('not a frame that the serializer refuses: that is for the session', () => {
    const codec = openServer()
    const [frame] = codec.push(hex('00000000')).frames
    expect(() => CBOR.decode(frame as Uint8Array)).toThrow('cannot decode')
    expect(codec.closed).toBeNull()
  })
})
