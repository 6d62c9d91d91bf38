/**
 * A connection that carries WAMP messages, whatever its transport: ws.ts and net.ts make the two kinds. Bytes come in
 * and go out there; here are messages, errors with their answers, backpressure and keep-alive.
 */
import { isUtf8 } from 'node:buffer'
import type { Duplex } from 'node:stream'
import { EncodeError, isWampCodecError, WampCodecError } from '../errors.ts'
import { Abort } from '../message/classes/abort.ts'
import { Goodbye } from '../message/classes/goodbye.ts'
import { Welcome } from '../message/classes/welcome.ts'
import type { AnyMessage } from '../message/classes.ts'
import type { Message } from '../message/message.ts'
import { CANCEL_SEPARATOR, LENGTH_BYTES, RECORD_SEPARATOR } from '../serializer/batch.ts'
import type { Serializer } from '../serializer/serializer.ts'
import { checkParts } from '../transport/raw-socket.ts'
import { type Answer, answerTo, CloseCode } from './answer.ts'
import { checkClose, checkPing, reasonOf } from './checks.ts'
import type { ConnectionLimits } from './options.ts'

/** Why a connection ended. */
export interface ConnectionEnd {
  /**
   * A close code of RFC 6455, for RawSocket too: 1000 when the peer ended it in order, 1005 when a WebSocket peer did
   * so without a code, 1009 when it sent a message that is too long, 1006 when it was cut.
   */
  readonly code: number
  /** Why, in words of the peer or of the application; empty for RawSocket, which has no place for it. */
  readonly reason: string
  /** What went wrong here; null when the peer has closed, or the application. */
  readonly error: Error | null
}

/** Who waits until no more than so many bytes wait. */
interface Waiting {
  readonly bytes: number
  resolve: () => void
}

/** A listener for what needs none. @internal */
export function ignore(): void {}

/** Bytes of memory for a write that waits, beside those that it writes: 400 to 600 (Node 20, 2026). */
const WRITE_BYTES = 500

const NO_BYTES = new Uint8Array(0)

/** A connection after its handshake. Set the handlers at once: what comes while there is none is dropped. */
export abstract class Connection {
  /** What carries the messages. */
  readonly transport: 'websocket' | 'rawsocket'
  /** What both ends agreed on. */
  readonly serializer: Serializer
  /**
   * Whether a session is open: before one, a frame that cannot be read is answered with ABORT, never with ERROR. True
   * from the WELCOME on that a server sends and a client gets, up to the GOODBYE or ABORT of either; set it yourself
   * when `sendParts` sends the WELCOME.
   */
  isInSession: boolean
  /** Gets each message. It must not throw: an error ends the process, as in every listener of a socket. */
  onmessage: ((message: AnyMessage) => void) | null
  /**
   * Gets the error of a frame that cannot be read, and what to answer. Without a handler `answer(answer)` is called.
   */
  onerror: ((error: WampCodecError, answer: Answer) => void) | null
  /** Called once, after the last message. */
  onclose: ((end: ConnectionEnd) => void) | null
  /** Gets the payload of each PONG. */
  onpong: ((data: Uint8Array) => void) | null
  /** Settles after `onclose`. @internal */
  readonly _ended: Promise<void>

  readonly #isClient: boolean
  readonly #socket: Duplex & { bytesRead?: number }
  readonly #maxBufferedBytes: number
  readonly #keepAlive: NodeJS.Timeout | null
  #isOpen: boolean
  #isClosed: boolean
  #isCorked: boolean
  /** The application has paused it. */
  #isPaused: boolean
  /** Nothing is read yet. */
  #isHeld: boolean
  /** What came while it was paused: messages of a frame, from one on, and what to do with what is behind them. */
  #messages: readonly AnyMessage[]
  #next: number
  #later: (() => void)[]
  /** What has waited is being given to the application. */
  #isGivingRest: boolean
  #unsent: number
  #waiting: Waiting[]
  #error: Error | null
  #whenEnded: () => void

  /** @internal */
  constructor(
    transport: Connection['transport'],
    serializer: Serializer,
    socket: Duplex,
    { maxBufferedBytes, pingInterval }: ConnectionLimits,
    isClient: boolean,
  ) {
    this.transport = transport
    this.serializer = serializer
    this.isInSession = false
    this.onmessage = null
    this.onerror = null
    this.onclose = null
    this.onpong = null
    this.#isClient = isClient
    this.#socket = socket
    this.#maxBufferedBytes = maxBufferedBytes
    this.#isOpen = true
    this.#isClosed = false
    this.#isCorked = false
    this.#isPaused = false
    this.#isHeld = false
    this.#messages = []
    this.#next = 0
    this.#later = []
    this.#isGivingRest = false
    this.#unsent = 0
    this.#waiting = []
    this.#error = null
    this.#whenEnded = ignore
    this._ended = new Promise((resolve) => {
      this.#whenEnded = resolve
    })
    this.#keepAlive = pingInterval === 0 ? null : this.#startPings(pingInterval)
  }

  /** The longest frame that the peer takes, in bytes; Infinity for WebSocket, which does not say. */
  abstract get peerMaxBytes(): number

  /** Bytes that were sent and have not left the process. */
  abstract get bufferedAmount(): number

  /** False once it is closing: messages are dropped in either direction. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  /**
   * Sends a message. Nothing happens once the connection is closing. Throws EncodeError for values that the serializer
   * cannot carry, and FRAME_TOO_LARGE for what the peer does not take; neither harms the connection.
   */
  send(message: Message): void {
    if (!this.isOpen) return
    this.sendParts([this.serializer.encode(message)])
    this.#follow(message, !this.#isClient)
  }

  /**
   * Sends a frame in its parts, as `encodeParts` and the parts of a fan-out are; a large payload is not copied. Throws
   * as `send` does, and TypeError for bytes whose buffer was detached.
   */
  sendParts(parts: readonly Uint8Array[]): void {
    if (!this.isOpen) return
    checkParts(parts)
    if (!this.#isCorked) this.#cork()
    this.#count(() => this._write(parts))
  }

  /**
   * Settles when no more than `bytes` wait for the peer, or the connection has ended. Default 0: everything that was
   * sent has left the process.
   */
  drained(bytes: number = 0): Promise<void> {
    if (this.#isClosed || this.#unsent === 0 || this.bufferedAmount <= bytes) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push({ bytes, resolve }))
  }

  /** Stops reading: the peer feels it when its own buffers are full. What was read already waits for `resume`. */
  pause(): void {
    this.#isPaused = true
    this._pause()
  }

  /** Reads again, after the messages that have waited. */
  resume(): void {
    this.#isPaused = false
    this.#giveRest()
    if (!this.#isPaused && !this.#isHeld) this._resume()
  }

  /**
   * Sends a PING, which counts as a frame until it has left. Throws RangeError for more than 125 bytes of data, and
   * TypeError for anything but bytes.
   */
  ping(data: Uint8Array = NO_BYTES): void {
    checkPing(data)
    if (this.isOpen) this.#count(() => this._ping(data))
  }

  /** Sends the answer to a refused frame, unless the peer takes no frame of this length; closes when it says so. */
  answer({ message, closeCode }: Answer): void {
    try {
      if (message !== null) this.send(message)
    } catch (error) {
      if (!(error instanceof EncodeError)) throw error
    }
    if (closeCode !== null) this.close(closeCode, message instanceof Abort ? reasonOf(message.reason) : '')
  }

  /**
   * Closes in order, by default with 1000: what was sent leaves first. A peer that does not close its side within
   * `timeout` is cut off. RawSocket has no place for a code or a reason. Throws RangeError for a code that RFC 6455
   * does not allow to send, and for a reason of more than 123 bytes; the connection stays open then.
   */
  close(code: number = CloseCode.NORMAL, reason: string = ''): void {
    checkClose(code, reason)
    this._close(code, reason)
  }

  /** Closes in order, with any code. @internal */
  protected _close(code: number, reason: string = ''): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this._end(code, reason)
    // The end of the peer is behind what it has sent.
    this.resume()
  }

  /** Cuts the connection: nothing that waits is sent. */
  terminate(): void {
    this.#isOpen = false
    this._destroy()
  }

  /** @internal */ protected abstract _pause(): void
  /** @internal */ protected abstract _resume(): void
  /** Writes one frame; must call `_sent` when it has left. @internal */
  protected abstract _write(parts: readonly Uint8Array[]): void
  /** Writes a PING; must call `_sent` when it has left. @internal */
  protected abstract _ping(data: Uint8Array): void
  /** @internal */ protected abstract _end(code: number, reason: string): void
  /** @internal */ protected abstract _destroy(): void

  /**
   * Reads nothing until the code that awaits the connection has run, which sets the handlers; then calls `begin`.
   *
   * @internal
   */
  _hold(begin: () => void = ignore): void {
    this.#isHeld = true
    this._pause()
    setImmediate(() => {
      this.#isHeld = false
      try {
        begin()
      } finally {
        if (!this.#isPaused) this._resume()
      }
    })
  }

  /** Does something about the end of the socket, which comes however it is paused: behind `begin`. @internal */
  protected _afterHold(act: () => void): void {
    if (this.#isHeld) setImmediate(act)
    else act()
  }

  /** One frame begins to wait: `_sent` follows. @internal */
  protected _sending(): void {
    this.#unsent++
  }

  /** Writes a frame, and cuts off a peer for which too much waits then. */
  #count(write: () => void): void {
    this._sending()
    try {
      write()
    } catch (error) {
      this._sent()
      throw error
    }
    this._checkBuffered()
  }

  /** One frame has left, or never will. @internal */
  protected readonly _sent = (): void => {
    this.#unsent--
    if (this.#waiting.length > 0) this.#release()
  }

  /** Messages of a frame to the application, or its refusal. @internal */
  protected _receive(frame: Uint8Array): void {
    if (!this.#isOpen) return
    if (this.#isPaused || this.#hasRest()) this._afterFrames(() => this.#read(frame))
    else this.#read(frame)
  }

  /** Does something about what came behind the frames, after they were received; nothing once it closes. @internal */
  protected _afterFrames(act: () => void): void {
    if (!this.#isOpen) return
    this.#later.push(act)
    this.#giveRest()
  }

  #read(frame: Uint8Array): void {
    let messages: readonly AnyMessage[]
    try {
      messages = this.serializer.decodeAll(frame)
    } catch (error) {
      if (!isWampCodecError(error)) throw error
      this._refuse(error, this._answerTo(error, frame))
      return
    }
    this.#deliver(messages, 0)
  }

  #deliver(messages: readonly AnyMessage[], from: number): void {
    for (let i = from; i < messages.length; i++) {
      if (this.#isPaused) {
        this.#messages = messages
        this.#next = i
        return
      }
      const message = messages[i] as AnyMessage
      this.#follow(message, this.#isClient)
      if (this.#isOpen) this.onmessage?.(message)
    }
  }

  #hasRest(): boolean {
    return this.#messages.length + this.#later.length > 0
  }

  /** Gives what has waited to the application, until it pauses again. */
  #giveRest(): void {
    // A handler has paused and resumed: what has called it goes on.
    if (this.#isGivingRest) return
    this.#isGivingRest = true
    const messages = this.#messages
    this.#messages = []
    try {
      this.#deliver(messages, this.#next)
      while (!this.#isPaused && this.#later.length > 0) {
        const act = this.#later.shift()
        if (this.#isOpen) act?.()
      }
    } finally {
      this.#isGivingRest = false
    }
  }

  /** Gives it all to the application, because the socket has closed. @internal */
  protected _giveAll(): void {
    while (this.#hasRest() && !this.#isGivingRest) {
      this.#isPaused = false
      this.#giveRest()
    }
  }

  /** What a message says of the session; `begins` is whether a WELCOME on this way begins one. */
  #follow(message: Message, begins: boolean): void {
    if (message instanceof Welcome) this.isInSession ||= begins
    else if (message instanceof Abort || message instanceof Goodbye) this.isInSession = false
  }

  /**
   * The answer to a frame that cannot be read. A frame of JSON that is not UTF-8, wherever, is closed with 1007, and no
   * other (RFC 6455, section 8.1). With one message of a batch the others are lost, and with them the session.
   *
   * @internal
   */
  protected _answerTo(error: WampCodecError, frame: Uint8Array): Answer {
    const answer = answerTo(error, this.isInSession && this.#isOneMessage(frame))
    const { closeCode } = answer
    const isOfText = closeCode === CloseCode.BAD_TEXT || closeCode === CloseCode.PROTOCOL_ERROR
    if (this.serializer.isBinary || !isOfText) return answer
    return { ...answer, closeCode: isUtf8(frame) ? CloseCode.PROTOCOL_ERROR : CloseCode.BAD_TEXT }
  }

  #isOneMessage(frame: Uint8Array): boolean {
    const { isBatched, isBinary } = this.serializer
    if (!isBatched) return true
    const { buffer, byteOffset, length } = frame
    if (isBinary) {
      const rest = length - LENGTH_BYTES
      return rest >= 0 && new DataView(buffer, byteOffset).getUint32(0) === rest
    }
    return !frame.subarray(0, -1).some((byte) => byte === RECORD_SEPARATOR || byte === CANCEL_SEPARATOR)
  }

  /** @internal */ protected _refuse(error: WampCodecError, answer: Answer): void {
    if (answer.closeCode !== null) this._note(error)
    if (this.onerror !== null) this.onerror(error, answer)
    else this.answer(answer)
  }

  /** Remembers why the connection is going to end. The first error is the cause of the others. @internal */
  protected _note(error: Error): void {
    this.#error ??= error
  }

  /** Cuts the connection because of an error of ours. */
  #fail(error: Error): void {
    this._note(error)
    this.terminate()
  }

  /** Cuts off a peer for which too much waits. @internal */
  protected _checkBuffered(): void {
    const { bufferedAmount } = this
    const cost = bufferedAmount + this.#unsent * WRITE_BYTES
    if (cost <= this.#maxBufferedBytes || !this.#isOpen) return
    const text = `cannot send to a peer that reads too slowly: ${bufferedAmount} bytes wait in ${this.#unsent} frames`
    this.#fail(new WampCodecError('MEMORY_LIMIT', text, { format: this.serializer.id }))
  }

  /** The socket has closed: the last that happens. @internal */
  protected _closed(code: number, reason: string): void {
    this.#isOpen = false
    this.#isClosed = true
    if (this.#keepAlive !== null) clearInterval(this.#keepAlive)
    this.#release()
    try {
      this.onclose?.({ code, reason, error: this.#error })
    } finally {
      this.#whenEnded()
    }
  }

  /** All frames of one turn leave in one write. */
  #cork(): void {
    this.#isCorked = true
    this.#socket.cork()
    process.nextTick(() => {
      this.#isCorked = false
      this.#socket.uncork()
    })
  }

  #release(): void {
    const buffered = this.bufferedAmount
    const isDone = this.#isClosed || this.#unsent === 0
    this.#waiting = this.#waiting.filter(({ bytes, resolve }) => {
      const isOver = isDone || buffered <= bytes
      if (isOver) resolve()
      return !isOver
    })
  }

  #startPings(interval: number): NodeJS.Timeout {
    /** Bytes that had come when the last PING was sent; -1 without one. */
    let seen = -1
    /** Bytes of a stream that does not count them. */
    let received = 0
    if (this.#socket.bytesRead === undefined)
      this.#socket.on('data', ({ length }: Uint8Array) => {
        received += length
      })
    const judge = (): void => {
      // Closing has a time limit of its own.
      if (!this.#isOpen) return
      const bytesRead = this.#socket.bytesRead ?? received
      // Nothing comes from a peer that we do not listen to.
      if (this.#socket.isPaused()) seen = -1
      else if (bytesRead === seen) this.#fail(new Error(`the peer was silent for ${interval} ms`))
      else {
        seen = bytesRead
        this.ping()
        // It may leave late; its answer has the whole interval.
        timer.refresh()
      }
    }
    // Timers run before what has come is read, and late when this process was busy.
    const timer = setInterval(() => setImmediate(judge), interval).unref()
    return timer
  }
}
