/** The RawSocket handshake, both sides: what is sent, what is accepted, and every way to be refused. */
import { describe, expect, test } from 'vitest'
import { RawSocketClose, RawSocketCodec, type RawSocketRefusal } from '../../src/index.ts'
import { BATCHED, CBOR, client, cut, hex, pushAll, SERIALIZERS, server } from './support.ts'

const EXPONENTS = Array.from({ length: 16 }, (_, i) => i + 9)

describe('client', () => {
  test.each(SERIALIZERS)('asks for $id by its number', (serializer) => {
    expect(client({ serializer }).handshake()).toEqual(
      Uint8Array.of(0x7f, 0xf0 | serializer.rawSocketId, 0, 0),
    )
  })

  test.each(EXPONENTS)('announces 2^%i', (maxLengthExponent) => {
    const octets = Uint8Array.of(0x7f, ((maxLengthExponent - 9) << 4) | 3, 0, 0)
    expect(client({ maxLengthExponent }).handshake()).toEqual(octets)
  })

  test.each(EXPONENTS)('takes the maximum 2^%i of the reply', (exponent) => {
    const codec = client()
    expect([codec.serializer, codec.peerMaxBytes, codec.closed]).toEqual([null, 0, null])
    const events = codec.push(Uint8Array.of(0x7f, ((exponent - 9) << 4) | 3, 0, 0))
    expect(events).toEqual({ frames: [], replies: [], pongs: [], closed: null })
    expect(codec.serializer).toBe(CBOR)
    expect(codec.peerMaxBytes).toBe(2 ** exponent)
  })

  test.each(Array.from({ length: 16 }, (_, error) => error))('reports the error reply %i', (error) => {
    const codec = client()
    expect(codec.push(Uint8Array.of(0x7f, error << 4, 0, 0))).toEqual({
      frames: [],
      replies: [],
      pongs: [],
      closed: error,
    })
    expect([codec.serializer, codec.peerMaxBytes, codec.closed]).toEqual([null, 0, error])
  })

  test.each([
    ['another serializer', '7ff20000', RawSocketClose.SERIALIZER_MISMATCH],
    ['a serializer that nobody has', '7fff0000', RawSocketClose.SERIALIZER_MISMATCH],
    ['reserved bits in the third octet', '7ff38000', RawSocketClose.RESERVED_BITS],
    ['reserved bits in the fourth octet', '7ff30001', RawSocketClose.RESERVED_BITS],
    ['HTTP', '48545450', RawSocketClose.BAD_MAGIC],
  ])('refuses a reply with %s', (_, octets, closed) => {
    expect(client().push(hex(octets))).toEqual({ frames: [], replies: [], pongs: [], closed })
  })

  test('refuses a router that takes too little', () => {
    expect(client({ minPeerLengthExponent: 16 }).push(hex('7f63 0000')).closed).toBe(
      RawSocketClose.LENGTH_UNACCEPTABLE,
    )
    expect(client({ minPeerLengthExponent: 16 }).push(hex('7f73 0000')).closed).toBeNull()
  })
})

describe('server', () => {
  test.each(SERIALIZERS)('accepts $id, and echoes its number', (serializer) => {
    const codec = server({ maxLengthExponent: 20 })
    expect(codec.handshake()).toBeNull()
    const { replies, closed } = codec.push(Uint8Array.of(0x7f, 0x50 | serializer.rawSocketId, 0, 0))
    expect(replies).toEqual([Uint8Array.of(0x7f, 0xb0 | serializer.rawSocketId, 0, 0)])
    expect(closed).toBeNull()
    expect(codec.serializer).toBe(serializer)
    expect(codec.peerMaxBytes).toBe(2 ** 14)
  })

  const refused = [
    ['serializer 0', '7ff00000', '7f100000', RawSocketClose.SERIALIZER_UNSUPPORTED],
    ['a reserved serializer', '7ff60000', '7f100000', RawSocketClose.SERIALIZER_UNSUPPORTED],
    ['serializer 15', '7fff0000', '7f100000', RawSocketClose.SERIALIZER_UNSUPPORTED],
    ['a maximum of 512 bytes', '7f030000', '7f200000', RawSocketClose.LENGTH_UNACCEPTABLE],
    ['reserved bits in the third octet', '7ff30100', '7f300000', RawSocketClose.RESERVED_BITS],
    ['reserved bits in the fourth octet', '7ff30080', '7f300000', RawSocketClose.RESERVED_BITS],
    ['reserved bits and no serializer', '7ff00080', '7f300000', RawSocketClose.RESERVED_BITS],
  ] as const

  test.each(refused)('refuses %s, and the client learns why', (_, request, reply, closed) => {
    const codec = server({ minPeerLengthExponent: 10 })
    const events = codec.push(hex(request))
    expect(events).toEqual({ frames: [], replies: [hex(reply)], pongs: [], closed })
    expect([codec.serializer, codec.peerMaxBytes, codec.closed]).toEqual([null, 0, closed])
    expect(client().push(events.replies[0] as Uint8Array).closed).toBe(closed)
  })

  test('refuses what it does not have', () => {
    expect(server({ serializer: CBOR }).push(hex('7ff10000')).replies).toEqual([hex('7f100000')])
  })

  test('gives no reply to another first octet, and does not wait for more', () => {
    for (let octet = 0; octet < 256; octet++) {
      if (octet === 0x7f) continue
      const events = server().push(Uint8Array.of(octet))
      expect(events).toEqual({ frames: [], replies: [], pongs: [], closed: RawSocketClose.BAD_MAGIC })
    }
  })

  test.each([1, 2, 3, 4] as const)('turns a client away with error %i', (error) => {
    const codec = server()
    const reply = codec.refuse(error)
    expect(reply).toEqual(Uint8Array.of(0x7f, error << 4, 0, 0))
    expect(codec.closed).toBe(error)
    expect(codec.push(hex('7ff30000'))).toEqual({ frames: [], replies: [], pongs: [], closed: error })
    expect(client().push(reply).closed).toBe(error)
  })

  test.each([0, 5, 1.5, Number.NaN, '1'])('does not refuse with %s', (error) => {
    expect(() => server().refuse(error as RawSocketRefusal)).toThrow(RangeError)
  })

  test('refuses only before the handshake is complete, and only once', () => {
    const open = server()
    open.push(hex('7ff30000'))
    expect(() => open.refuse(4)).toThrow(new TypeError('the handshake is over'))
    const turnedAway = server()
    turnedAway.push(hex('7ff3'))
    turnedAway.refuse(4)
    expect(() => turnedAway.refuse(4)).toThrow(new TypeError('the handshake is over'))
    expect(() => client().refuse(4)).toThrow(new TypeError('only a server refuses'))
  })

  test('of two serializers with one number the first is taken', () => {
    const [first, second] = [SERIALIZERS[4], SERIALIZERS[4]]
    const codec = server({ serializer: [first, second] as never })
    codec.push(hex('7ff50000'))
    expect(codec.serializer).toBe(first)
  })
})

describe('both', () => {
  test.each([[0], [1], [2], [3], [1, 2], [1, 2, 3], [0, 0, 4]])('a handshake cut at %o', (...places) => {
    const codec = server()
    const { replies, closed } = pushAll(codec, cut(hex('7f530000'), ...places))
    expect(replies).toEqual([hex('7ff30000')])
    expect(closed).toBeNull()
    expect(codec.peerMaxBytes).toBe(2 ** 14)
  })

  test('frames may come right behind the handshake, in one chunk', () => {
    const stream = hex('7ff30000 00000001 aa 00000002 bbcc')
    expect(server().push(stream).frames).toEqual([hex('aa'), hex('bbcc')])
    expect(client().push(stream).frames).toEqual([hex('aa'), hex('bbcc')])
  })

  test('what comes behind a refused handshake is ignored', () => {
    const { frames, replies, closed } = server().push(hex('7ff00000 00000001 aa'))
    expect([frames, replies.length, closed]).toEqual([[], 1, 1])
  })

  test.each([8, 25, 0, -1, 9.5, Number.NaN, '10', null])('%s is no exponent', (exponent) => {
    const text = `is an integer from 9 to 24, got ${typeof exponent === 'string' ? '"10"' : exponent}`
    expect(() => client({ maxLengthExponent: exponent as number })).toThrow(
      new RangeError(`maxLengthExponent ${text}`),
    )
    expect(() => server({ minPeerLengthExponent: exponent as number })).toThrow(
      new RangeError(`minPeerLengthExponent ${text}`),
    )
  })

  test.each(BATCHED)('$id has no number', (serializer) => {
    const text = `RawSocket has no number for ${serializer.id}: batches are for WebSocket`
    expect(() => client({ serializer })).toThrow(new RangeError(text))
    expect(() => server({ serializer: [CBOR, serializer] })).toThrow(new RangeError(text))
  })

  test('a side, and a serializer, are needed', () => {
    const wrong = (options: object) => () => new RawSocketCodec(options as never)
    expect(wrong({ serializer: CBOR })).toThrow(
      new TypeError('side: expected client or server, got undefined'),
    )
    expect(wrong({ serializer: CBOR, side: 'router' })).toThrow(TypeError)
    expect(() => client({ serializer: [] })).toThrow(new RangeError('expected at least one serializer'))
    expect(() => server({ serializer: [] })).toThrow(new RangeError('expected at least one serializer'))
    expect(() => client({ serializer: SERIALIZERS })).toThrow(
      new RangeError('a client asks for one serializer'),
    )
    expect(client({ serializer: [CBOR] }).handshake()).toEqual(hex('7ff30000'))
  })
})
