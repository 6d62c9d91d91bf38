/**
 * `wamp-codec/ws`: WAMP over WebSocket with the package `ws`, for servers and clients: subprotocols, frame kinds,
 * limits, close codes and backpressure. RFC 6455; WAMP, "WebSocket Transport".
 */
/// <reference types="node" preserve="true" />
import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http'
import type { RequestOptions } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer as WsServer } from 'ws'
import { checkOptions, isObject, wrongArgument } from '../arguments.ts'
import { ProtocolError } from '../errors.ts'
import { checkSerializer } from '../serializer/ids.ts'
import type { Serializer } from '../serializer/serializer.ts'
import { negotiate } from '../transport/negotiate.ts'
import { answerTo, CloseCode } from './answer.ts'
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

/** Options that both ends have. */
interface WebSocketOptions extends ConnectionOptions {
  /** What this end speaks, best first. A client offers these, a server chooses among them. */
  serializers: readonly Serializer[]
  /**
   * Whether messages from 1 KB on may be compressed (permessage-deflate), when both ends want it. No state is kept
   * between messages, and an inflated message has the same limit as any other. Default false.
   */
  compression?: boolean | null | undefined
}

/** Options of `serveWebSocket`. */
export interface WebSocketServerOptions extends WebSocketOptions, ServerOptions {
  /** Gets each connection after its handshake. */
  onconnection: (connection: Connection, request: IncomingMessage) => void
  /** Whose order of serializers decides, as in `negotiate`. Default `server`. */
  priority?: 'server' | 'client' | null | undefined
  /**
   * Looks at a request, its origin for example, and says at once whether it is good: anything but `true` is answered
   * with 403, a promise too. Default: every request is good.
   */
  allow?: ((request: IncomingMessage) => boolean) | null | undefined
}

/** Options of `connectWebSocket`. */
export interface WebSocketClientOptions extends WebSocketOptions {
  /** Further options of the constructor of `ws`: `headers`, `origin`, `ca`, `agent`. Default: none. */
  ws?: WebSocketRequestOptions | null | undefined
}

/** What the constructor of `ws` takes beside what this module decides: the options of an HTTPS request, and these. */
export interface WebSocketRequestOptions extends RequestOptions {
  /** The header `Origin`. Default: none. */
  origin?: string | undefined
  /** Whether redirects are followed. Default false. */
  followRedirects?: boolean | undefined
  /** How many of them. Default 10. */
  maxRedirects?: number | undefined
}

/** Characters of a refusal that its error shows. */
const MAX_REFUSAL = 200

/** A part from which on a message goes out in fragments, and is not copied. */
const FRAGMENT_BYTES = 65_536

/** What both ends tell `ws`; `where` is the function that was called. */
function wsOptions(where: string, { serializers, compression }: WebSocketOptions, timeout: number): object {
  if (!Array.isArray(serializers)) throw wrongArgument(where, 'a list of serializers', serializers)
  if (serializers.length === 0) throw new RangeError(`${where}: expected at least one serializer`)
  for (const serializer of serializers) checkSerializer(where, serializer)
  if (compression != null && typeof compression !== 'boolean') {
    throw wrongArgument(`${where}: compression`, 'a boolean', compression)
  }
  return {
    maxPayload: Math.max(...serializers.map(({ maxMessageBytes }) => maxMessageBytes)),
    // The decoder looks at every byte of text anyway.
    skipUTF8Validation: true,
    closeTimeout: timeout,
    perMessageDeflate: compression === true && {
      threshold: 1024,
      serverNoContextTakeover: true,
      clientNoContextTakeover: true,
      concurrencyLimit: 4,
    },
  }
}

/** Serves WebSocket. Throws TypeError for unknown options, RangeError for values that cannot be used. */
export function serveWebSocket(options: WebSocketServerOptions): WebSocketServer {
  return new WebSocketServer(options)
}

/**
 * Connects to a WebSocket server (`ws://127.0.0.1:8080/ws`) and offers the serializers in their order; the promise
 * settles after the handshake. Rejects with what `serveWebSocket` throws for its options; with the error of `ws` when
 * the server cannot be reached or chooses nothing that was offered; and with the status and text of a server that
 * refuses.
 */
export async function connectWebSocket(
  url: string | URL,
  options: WebSocketClientOptions,
): Promise<Connection> {
  checkOptions('connectWebSocket', options, [...LIMIT_OPTIONS, 'serializers', 'compression', 'ws'])
  const { serializers } = options
  const limits = connectionLimits(options)
  const ours = wsOptions('connectWebSocket', options, limits.timeout)
  if (options.ws != null && !isObject(options.ws)) {
    throw wrongArgument('connectWebSocket: ws', 'an object with options', options.ws)
  }
  // Dialects of one format have one subprotocol: the first is meant, as where servers choose.
  const names = [...new Set(serializers.map(({ subprotocol }) => subprotocol))]
  const all = { ...options.ws, ...ours }
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, names, all)
    let stream: Duplex
    const fail = (error: Error): void => {
      clearTimeout(timer)
      reject(error)
      socket.off('error', fail).on('error', ignore)
      socket.terminate()
    }
    // That of ws begins again with every byte.
    const late = new Error(`the WebSocket handshake took longer than ${limits.timeout} ms`)
    const timer = setTimeout(fail, limits.timeout, late)
    socket.once('upgrade', (response: IncomingMessage) => {
      stream = response.socket
    })
    socket.on('error', fail)
    socket.once('unexpected-response', (_request, response) => refusalOf(response).then(fail))
    socket.once('open', () => {
      clearTimeout(timer)
      socket.off('error', fail)
      // ws has closed the connection when the server did not choose.
      const { serializer } = negotiate(socket.protocol, serializers) as { serializer: Serializer }
      const connection = new WebSocketConnection(socket, serializer, stream, limits, true)
      connection._hold()
      resolve(connection)
    })
  })
}

/** A server of WebSocket connections. */
export class WebSocketServer extends ConnectionServer {
  readonly #options: WebSocketServerOptions
  readonly #ws: WsServer
  readonly #timers: WeakMap<Duplex, NodeJS.Timeout>
  /** @internal */ protected override readonly _server: Server

  constructor(options: WebSocketServerOptions) {
    super('serveWebSocket', options, ['compression', 'priority', 'allow'])
    checkOptionalFunction('serveWebSocket: allow', options.allow)
    this.#options = options
    this.#timers = new WeakMap()
    this.#ws = new WsServer({
      ...wsOptions('serveWebSocket', options, this._limits.timeout),
      noServer: true,
      clientTracking: false,
      handleProtocols: (offered) => this.#negotiate(offered)?.subprotocol ?? false,
    })
    this._server = createServer((_request, response) => {
      response.writeHead(426, { Connection: 'close', Upgrade: 'websocket' }).end()
    })
    this._server.on('connection', (socket) => this.#watch(socket))
    this._server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head))
    // Throws here for what cannot be used, not at the first client.
    this.#negotiate([])
  }

  /** Takes a socket that was accepted elsewhere and has not been read from: for `otherwise` of `serveRawSocket`. */
  override accept(socket: Socket): void {
    // One that has gone already would never say so.
    if (this._isClosed || socket.destroyed) socket.destroy()
    else this._server.emit('connection', socket)
  }

  /** Takes a request of an HTTP server of the application: `server.on('upgrade', ...)` has these arguments. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#unwatch(socket)
    const { allow, serializers, onconnection } = this.#options
    const agreed = this.#negotiate(request.headers['sec-websocket-protocol'])
    if (this._isClosed) refuse(socket, 503, 'the server is closing')
    else if (this._isFull) refuse(socket, 503, 'there are too many connections')
    else if (allow != null && allow(request) !== true)
      refuse(socket, 403, 'this origin or request is not allowed')
    else if (agreed === null) {
      const known = serializers.map(({ subprotocol }) => subprotocol).join(', ')
      refuse(socket, 400, `no subprotocol of the request is supported, only ${known}`)
    } else {
      this.#ws.handleUpgrade(request, socket, head, (webSocket) => {
        const { serializer } = agreed
        const connection = new WebSocketConnection(webSocket, serializer, socket, this._limits, false)
        this._add(connection)
        onconnection(connection, request)
      })
    }
  }

  #negotiate(offered: Parameters<typeof negotiate>[0]): ReturnType<typeof negotiate> {
    return negotiate(offered, this.#options.serializers, { priority: this.#options.priority ?? 'server' })
  }

  /** A server that has not been told to listen does not look at the time limits of HTTP. */
  #watch(socket: Duplex): void {
    this._newcomers.add(socket)
    const timer = setTimeout(() => socket.destroy(), this._limits.timeout)
    this.#timers.set(socket, timer)
    socket.once('close', () => this.#unwatch(socket))
  }

  #unwatch(socket: Duplex): void {
    clearTimeout(this.#timers.get(socket))
    this._newcomers.delete(socket)
  }
}

/** What a server said instead of taking a connection, with the beginning of its text. */
async function refusalOf(response: IncomingMessage): Promise<Error> {
  const { statusCode, statusMessage } = response
  let text = ''
  try {
    for await (const chunk of response.setEncoding('utf8')) {
      text += chunk
      if (text.length >= MAX_REFUSAL) break
    }
  } catch {
    // What came before the end is enough.
  }
  const shown = text.slice(0, MAX_REFUSAL).trim() || statusMessage
  return new Error(`the server refused the WebSocket connection with status ${statusCode}: ${shown}`)
}

/** Answers an upgrade with an error, and ends the connection. */
function refuse(socket: Duplex, status: number, text: string): void {
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
  ]
  socket.on('error', ignore)
  socket.once('finish', () => socket.destroy())
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`)
}

/** Whether an error of `ws` says that a message is longer than `maxPayload`. */
function isTooLong(error: Error & { code?: string }): boolean {
  // The second is of lengths that no number of JavaScript is.
  return ['WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH'].includes(
    error.code ?? '',
  )
}

function tooLong({ id, maxMessageBytes }: Serializer, cause: Error): ProtocolError {
  const text = `cannot decode a message from ${id}: it has more than ${maxMessageBytes} bytes`
  return new ProtocolError('FRAME_TOO_LARGE', text, { format: id, cause })
}

class WebSocketConnection extends Connection {
  readonly #socket: WebSocket

  constructor(
    socket: WebSocket,
    serializer: Serializer,
    stream: Duplex,
    limits: ConnectionLimits,
    isClient: boolean,
  ) {
    super('websocket', serializer, stream, limits, isClient)
    this.#socket = socket
    socket.on('message', (data, isBinary) => this.#take(data as Buffer, isBinary))
    socket.on('pong', (data) => this.onpong?.(data))
    // ws sends the code that fits, and closes; its own end then says 1006.
    let isTooBig = false
    socket.on('error', (error) => {
      isTooBig ||= isTooLong(error)
      this._note(isTooBig ? tooLong(serializer, error) : error)
    })
    socket.on('close', (code, reason) => {
      this._afterHold(() => {
        try {
          this._giveAll()
        } finally {
          this._closed(isTooBig ? CloseCode.TOO_BIG : code, reason.toString())
        }
      })
    })
  }

  override get peerMaxBytes(): number {
    return Number.POSITIVE_INFINITY
  }

  override get bufferedAmount(): number {
    return this.#socket.bufferedAmount
  }

  override get isOpen(): boolean {
    return super.isOpen && this.#socket.readyState === WebSocket.OPEN
  }

  #take(data: Buffer, isBinary: boolean): void {
    const { isBinary: isOurs, id } = this.serializer
    // Not a Buffer: parts of it shall be plain bytes too.
    if (isBinary === isOurs) this._receive(new Uint8Array(data.buffer, data.byteOffset, data.length))
    else if (this.isOpen) {
      const text = `cannot decode a message from ${id}: it came in a ${isBinary ? 'binary' : 'text'} frame`
      const error = new ProtocolError('BAD_MESSAGE', text, { format: id })
      const refusal = { message: answerTo(error).message, closeCode: CloseCode.WRONG_KIND }
      this._afterFrames(() => this._refuse(error, refusal))
    }
  }

  /** @internal */ protected override _pause(): void {
    this.#socket.pause()
  }

  /** @internal */ protected override _resume(): void {
    this.#socket.resume()
  }

  /** @internal */ protected override _write(parts: readonly Uint8Array[]): void {
    const { isBinary: binary } = this.serializer
    const last = parts.length - 1
    // ws judges by the first fragment whether to compress, and a head is short: what may be compressed goes whole.
    const isPlain = this.#socket.extensions === ''
    const isLarge = isPlain && parts.some(({ length }) => length >= FRAGMENT_BYTES)
    if (last === 0) this.#socket.send(parts[0] as Uint8Array, { binary }, this._sent)
    else if (!isLarge) this.#socket.send(Buffer.concat(parts), { binary }, this._sent)
    else {
      for (let i = 0; i < last; i++) this.#socket.send(parts[i] as Uint8Array, { binary, fin: false })
      this.#socket.send(parts[last] as Uint8Array, { binary }, this._sent)
    }
  }

  /** @internal */ protected override _ping(data: Uint8Array): void {
    this.#socket.ping(data, undefined, this._sent)
  }

  /** @internal */ protected override _end(code: number, reason: string): void {
    this.#socket.close(code, reason)
  }

  /** @internal */ protected override _destroy(): void {
    this.#socket.terminate()
  }
}
