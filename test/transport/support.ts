/** Connections of RawSocket without sockets, and what the tests of this folder share. */
import { createCodec, RawSocketCodec, type RawSocketOptions, type Serializer } from '../../src/index.ts'

const codec = createCodec()

/** One serializer for each number of RawSocket, from 1 to 5. */
export const SERIALIZERS: readonly Serializer[] = [
  codec.serializer('json'),
  codec.serializer('msgpack'),
  codec.serializer('cbor'),
  codec.serializer('ubjson'),
  codec.serializer('flatbuffers'),
]

export const CBOR: Serializer = codec.serializer('cbor')

/** All serializers that are batched. */
export const BATCHED: readonly Serializer[] = [
  codec.serializer('json.batched'),
  codec.serializer('msgpack.batched'),
  codec.serializer('cbor.batched'),
  codec.serializer('ubjson.batched'),
]

export function server(options: Partial<RawSocketOptions> = {}): RawSocketCodec {
  return new RawSocketCodec({ serializer: SERIALIZERS, ...options, side: 'server' })
}

export function client(options: Partial<RawSocketOptions> = {}): RawSocketCodec {
  return new RawSocketCodec({ serializer: CBOR, ...options, side: 'client' })
}

/** A server after the handshake of a client that takes two to the power of `peerExponent` bytes. */
export function openServer(
  options: Partial<RawSocketOptions> = {},
  peerExponent: number = 24,
): RawSocketCodec {
  const codec = server(options)
  codec.push(Uint8Array.of(0x7f, ((peerExponent - 9) << 4) | 3, 0, 0))
  return codec
}

/** Both ends after the handshake. */
export function connected(
  options: Partial<RawSocketOptions> = {},
): readonly [RawSocketCodec, RawSocketCodec] {
  const ends = [client(options), server({ maxLengthExponent: options.maxLengthExponent ?? 24 })] as const
  const { replies } = ends[1].push(ends[0].handshake() as Uint8Array)
  ends[0].push(replies[0] as Uint8Array)
  return ends
}

/** Bytes from hex text with blanks. */
export function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))
}

/** Any bytes as a plain Uint8Array in one piece. */
export function join(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

/** A PONG, or any other frame, written by hand. */
export function rawFrame(type: number, payload: Uint8Array): Uint8Array {
  const { length } = payload
  return join([Uint8Array.of(type, length >> 16, length >> 8, length), payload])
}

/** All that came out of some chunks, joined. */
export interface Outcome {
  readonly frames: readonly Uint8Array[]
  readonly replies: readonly Uint8Array[]
  readonly pongs: readonly Uint8Array[]
  readonly closed: number | null
}

/** Pushes chunk after chunk. Every chunk is a copy in its own buffer, as those of a socket are. */
export function pushAll(codec: RawSocketCodec, chunks: Iterable<Uint8Array>): Outcome {
  const frames: Uint8Array[] = []
  const replies: Uint8Array[] = []
  const pongs: Uint8Array[] = []
  let closed: number | null = null
  for (const chunk of chunks) {
    const events = codec.push(chunk.slice())
    frames.push(...events.frames)
    replies.push(...events.replies)
    pongs.push(...events.pongs)
    closed = events.closed
  }
  return { frames, replies, pongs, closed }
}

/** The bytes cut at the given places. */
export function* cut(bytes: Uint8Array, ...places: readonly number[]): Generator<Uint8Array> {
  let start = 0
  for (const place of [...places, bytes.length]) {
    yield bytes.subarray(start, place)
    start = place
  }
}
