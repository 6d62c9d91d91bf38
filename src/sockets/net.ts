/**
 * `wamp-codec/net`: WAMP-over-RawSocket on sockets of `node:net`, for servers and clients. The bytes of the transport
 * are RawSocketCodec's; here are sockets, time limits and backpressure. WAMP, "RawSocket Transport".
 */
/// <reference types="node" preserve="true" />
import { connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net'
import { checkOptions, wrongArgument } from '../arguments.ts'
import { ProtocolError } from '../errors.ts'
import { checkSerializer } from '../serializer/ids.ts'
import type { Serializer } from '../serializer/serializer.ts'
import { RawSocketCodec, type RawSocketEvents } from '../transport/raw-socket.ts'
import { RawSocketClose } from '../transport/raw-socket-close.ts'
import {
  MAGIC,
  MAX_LENGTH_EXPONENT,
  MIN_LENGTH_EXPONENT,
  refusalOctets,
} from '../transport/raw-socket-wire.ts'
import { CloseCode, closeCodeOf } from './answer.ts'
import { Connection, ignore } from './connection.ts'
import {
  type ConnectionLimits,
  type ConnectionOptions,
  checkOptionalFunction,
  connectionLimits,
  LIMIT_OPTIONS,
} from './options.ts'
import { ConnectionServer, type ServerOptions } from './server.ts'

export { type Answer, answerTo, CloseCode } from './answer.ts'
export type { Connection, ConnectionEnd } from './connection.ts'
export type { ConnectionOptions } from './options.ts'
export type { ConnectionServer, ServerOptions } from './server.ts'

/** Options of `serveRawSocket`. */
export interface RawSocketServerOptions extends ServerOptions {
  /** What clients may ask for. Batched serializers have no number in RawSocket, and are left out. */
  serializers: readonly Serializer[]
  /** Gets each connection after its handshake. */
  onconnection: (connection: Connection, socket: Socket) => void
  /**
   * Gets the sockets of clients that do not speak RawSocket, with all their bytes still to be read: one port for
   * WebSocket too (`(socket) => webSocketServer.accept(socket)`). Default: they are cut off.
   */
  otherwise?: ((socket: Socket) => void) | null | undefined
}

/** Options of `connectRawSocket`. */
export interface RawSocketClientOptions extends ConnectionOptions {
  /** What this end speaks; not a batched one, for which RawSocket has no number. */
  serializer: Serializer
}

/** Why a connection failed, by the codes of RawSocketClose. */
const FAILURES: Readonly<Record<number, string>> = {
  [RawSocketClose.SERIALIZER_UNSUPPORTED]: 'the serializer is not supported',
  [RawSocketClose.LENGTH_UNACCEPTABLE]: 'the longest frame is not acceptable',
  [RawSocketClose.RESERVED_BITS]: 'reserved bits of the handshake are set',
  [RawSocketClose.TOO_MANY_CONNECTIONS]: 'there are too many connections',
  [RawSocketClose.BAD_MAGIC]: 'the peer does not speak RawSocket',
  [RawSocketClose.SERIALIZER_MISMATCH]: 'the router accepted another serializer',
  [RawSocketClose.FRAME_RESERVED]: 'a frame has reserved bits or a reserved type',
  [RawSocketClose.FRAME_TOO_LARGE]: 'a frame is longer than announced',
}

/** Serves RawSocket. Throws TypeError for unknown options, RangeError for values that cannot be used. */
export function serveRawSocket(options: RawSocketServerOptions): RawSocketServer {
  return new RawSocketServer(options)
}

/**
 * Connects to a RawSocket server; the promise settles after the handshake. `target` is where to connect, as for
 * `net.connect` (`{ port: 8080, host: '127.0.0.1' }` or `{ path }`), or a socket, for example one of TLS. Rejects
 * with the socket's error, or with a ProtocolError when the server refuses.
 */
export async function connectRawSocket(
  target: NetConnectOpts | Socket,
  options: RawSocketClientOptions,
): Promise<Connection> {
  checkOptions('connectRawSocket', options, [...LIMIT_OPTIONS, 'serializer'])
  const { serializer } = options
  checkSerializer('connectRawSocket: serializer', serializer)
  if (typeof target !== 'object' || target === null)
    throw wrongArgument('connectRawSocket: target', 'an object that says where, or a socket', target)
  const limits = connectionLimits(options)
  const codec = new RawSocketCodec({
    serializer,
    side: 'client',
    maxLengthExponent: exponentFor([serializer]),
  })
  return new Promise((resolve, reject) => {
    const socket = 'write' in target ? target : connect(target)
    socket.setNoDelay(true)
    socket.write(codec.handshake() as Uint8Array)
    shakeHands(socket, codec, limits.timeout, {
      done: (events) => {
        const connection = new RawSocketConnection(socket, codec, limits, true)
        const { allowHalfOpen } = socket
        // Our side does not end with the peer's before the messages that are held can be answered.
        socket.allowHalfOpen = true
        connection._hold(() => {
          socket.allowHalfOpen = allowHalfOpen
          connection._take(events)
        })
        resolve(connection)
      },
      failed: reject,
    })
  })
}

/** A server of RawSocket connections. */
export class RawSocketServer extends ConnectionServer {
  readonly #options: RawSocketServerOptions
  readonly #serializers: readonly Serializer[]
  /** @internal */ protected override readonly _server: Server

  constructor(options: RawSocketServerOptions) {
    super('serveRawSocket', options, ['otherwise'])
    const { otherwise, serializers } = options
    checkOptionalFunction('serveRawSocket: otherwise', otherwise)
    if (!Array.isArray(serializers))
      throw wrongArgument('serveRawSocket: serializers', 'a list of serializers', serializers)
    for (const serializer of serializers) checkSerializer('serveRawSocket: serializers', serializer)
    this.#options = options
    this.#serializers = serializers.filter(({ isBatched }) => !isBatched)
    this._server = createServer((socket) => this.accept(socket))
    // Throws here for what cannot be used, not at the first client.
    this.#newCodec()
  }

  /** Takes a socket that was accepted elsewhere and has not been read from, for example by `tls.createServer`. */
  override accept(socket: Socket): void {
    if (this._isClosed) {
      socket.destroy()
      return
    }
    const codec = this.#newCodec()
    this._newcomers.add(socket)
    socket.setNoDelay(true)
    shakeHands(socket, codec, this._limits.timeout, {
      first: (octet) => {
        const { otherwise } = this.#options
        if (octet !== MAGIC && otherwise != null) return otherwise
        if (this._isFull) socket.write(codec.refuse(RawSocketClose.TOO_MANY_CONNECTIONS))
        return null
      },
      done: (events) => {
        // Others were faster than the rest of its handshake.
        if (this._isFull) {
          socket.on('error', ignore)
          socket.end(refusalOctets(RawSocketClose.TOO_MANY_CONNECTIONS))
          socket.destroySoon()
          return
        }
        const connection = new RawSocketConnection(socket, codec, this._limits, false)
        this._add(connection)
        // The application may send at once, behind the handshake.
        connection._reply(events.replies)
        this.#options.onconnection(connection, socket)
        connection._take({ ...events, replies: [] })
      },
      failed: ignore,
      over: () => this._newcomers.delete(socket),
    })
  }

  #newCodec(): RawSocketCodec {
    const serializer = this.#serializers
    return new RawSocketCodec({ serializer, side: 'server', maxLengthExponent: exponentFor(serializer) })
  }
}

/** The least power of two that holds the longest message; the codec refuses what is between. */
function exponentFor(serializers: readonly Serializer[]): number {
  const maxBytes = Math.max(...serializers.map(({ maxMessageBytes }) => maxMessageBytes))
  return Math.min(Math.max(Math.ceil(Math.log2(maxBytes)), MIN_LENGTH_EXPONENT), MAX_LENGTH_EXPONENT)
}

/** What a handshake ends in. */
interface HandshakeSteps {
  /** Server: sees the first octet, and gives who takes the socket instead; null to go on. */
  first?: (octet: number) => ((socket: Socket) => void) | null
  done: (events: RawSocketEvents) => void
  failed: (error: Error) => void
  /** Called before either, and before another owner takes the socket. */
  over?: () => void
}

/** Reads until the handshake is complete, within a time limit; then the socket has none of its listeners. */
function shakeHands(socket: Socket, codec: RawSocketCodec, timeout: number, steps: HandshakeSteps): void {
  const fail = (error: Error): void => {
    stop()
    socket.on('error', ignore)
    socket.destroySoon()
    steps.failed(error)
  }
  const onClose = (): void => fail(new Error('the connection was closed in the RawSocket handshake'))
  const timer = setTimeout(() => {
    socket.destroy()
    fail(new Error(`the RawSocket handshake took longer than ${timeout} ms`))
  }, timeout)
  const stop = (): void => {
    clearTimeout(timer)
    socket.off('data', onData).off('error', fail).off('close', onClose)
    steps.over?.()
  }
  let isFirst = true
  const onData = (chunk: Buffer): void => {
    const other = isFirst ? steps.first?.(chunk[0] as number) : null
    isFirst = false
    if (other != null) {
      stop()
      socket.unshift(chunk)
      other(socket)
      return
    }
    const events = codec.push(chunk)
    if (codec.serializer !== null) {
      stop()
      steps.done(events)
      return
    }
    for (const reply of events.replies) socket.write(reply)
    if (codec.closed !== null) fail(failureOf(codec.closed))
  }
  socket.on('data', onData).on('error', fail).on('close', onClose)
  // Whatever has happened to it before says so no more.
  if (socket.destroyed) onClose()
}

function failureOf(closed: number): ProtocolError {
  const text = `the RawSocket connection failed: ${FAILURES[closed] ?? `error ${closed} of the router`}`
  const code = closed === RawSocketClose.FRAME_TOO_LARGE ? 'FRAME_TOO_LARGE' : 'FRAME_RESERVED'
  return new ProtocolError(code, text)
}

/** Whether a frame is copied for less than a second write costs. */
function isShort(parts: readonly Uint8Array[]): boolean {
  return parts.reduce((sum, { length }) => sum + length, 0) < 4096
}

class RawSocketConnection extends Connection {
  readonly #socket: Socket
  readonly #codec: RawSocketCodec
  readonly #timeout: number
  #code: number
  /** Whether the socket has failed. */
  #isCut: boolean

  constructor(socket: Socket, codec: RawSocketCodec, limits: ConnectionLimits, isClient: boolean) {
    super('rawsocket', codec.serializer as Serializer, socket, limits, isClient)
    this.#socket = socket
    this.#codec = codec
    this.#timeout = limits.timeout
    this.#code = CloseCode.CUT
    this.#isCut = false
    const take = (chunk: Buffer): void => this._take(codec.push(chunk))
    socket.on('data', take)
    socket.on('end', () => this._afterHold(() => this.#peerEnded()))
    // What came before the error is given when the socket closes, which follows.
    socket.on('error', (error) => {
      this.#isCut = true
      this._note(error)
      socket.destroy()
    })
    socket.on('close', () => {
      socket.off('data', take)
      // Bytes that were read ahead while it was paused.
      const rest: Buffer | null = socket.read()
      this._afterHold(() => this.#socketClosed(rest))
    })
  }

  /** False also for a socket that has ended or failed, and whose last messages are still being given. */
  override get isOpen(): boolean {
    return super.isOpen && this.#socket.writable
  }

  override get peerMaxBytes(): number {
    return this.#codec.peerMaxBytes
  }

  override get bufferedAmount(): number {
    return this.#socket.writableLength
  }

  /** What came in a chunk. @internal */
  _take({ frames, replies, pongs, closed }: RawSocketEvents): void {
    this._reply(replies)
    for (const pong of pongs) this.onpong?.(pong)
    for (const frame of frames) this._receive(frame)
    if (closed !== null) this._afterFrames(() => this.#refused(closed))
    this._checkBuffered()
  }

  #refused(closed: NonNullable<RawSocketEvents['closed']>): void {
    const error = failureOf(closed)
    this._note(error)
    this.close(closeCodeOf(error.code))
  }

  /** Nothing comes any more; what was sent leaves before our side ends. */
  #peerEnded(): void {
    // As Node does it unless the end was held: an application that has paused gets the rest when the socket closes.
    if (this.#socket.isPaused() && !this.#socket.allowHalfOpen) this.#socket.end()
    this._afterFrames(() => {
      if (this.#codec.isBetweenFrames) this.close()
      else {
        this._note(new Error('the peer has ended the connection in the middle of a frame'))
        this._close(CloseCode.CUT)
      }
    })
  }

  /** Gives what came before, unless the connection was closed here. */
  #socketClosed(rest: Buffer | null): void {
    try {
      if (rest !== null && super.isOpen) this._take(this.#codec.push(rest))
      this._giveAll()
    } finally {
      this._closed(this.#code, '')
    }
  }

  /** Sends what the codec answers by itself, in one write. @internal */
  _reply(replies: readonly Uint8Array[]): void {
    if (replies.length === 0 || this.#socket.writableEnded) return
    this._sending()
    this.#socket.write(Buffer.concat(replies), this._sent)
  }

  /** @internal */ protected override _pause(): void {
    this.#socket.pause()
  }

  /** @internal */ protected override _resume(): void {
    this.#socket.resume()
  }

  /** @internal */ protected override _write(parts: readonly Uint8Array[]): void {
    const framed = isShort(parts) ? [this.#codec.frame(parts)] : this.#codec.frameParts(parts)
    const last = framed.length - 1
    for (let i = 0; i < last; i++) this.#socket.write(framed[i] as Uint8Array)
    this.#socket.write(framed[last] as Uint8Array, this._sent)
  }

  /** @internal */ protected override _ping(data: Uint8Array): void {
    this.#socket.write(this.#codec.ping(data), this._sent)
  }

  /** @internal */ protected override _end(code: number): void {
    // What a handler does with the rest of a connection that was cut says nothing of its end.
    if (!this.#isCut) this.#code = code
    if (this.#socket.destroyed) return
    this.#socket.end()
    const timer = setTimeout(() => this.#socket.destroy(), this.#timeout)
    this.#socket.once('close', () => clearTimeout(timer))
  }

  /** @internal */ protected override _destroy(): void {
    this.#socket.destroy()
  }
}
