/** The router fox-wamp, which knows JSON only, with every serializer: `listenWAMP` on list codecs. */
import gates from 'fox-wamp/lib/wamp/gate.js'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'
import { wrongArgument } from '../arguments.ts'
import type { ListCodec, ListOptions } from '../lists/list-codec.ts'
import type { ListFormat } from './presets.ts'

export type { ListFormat } from './presets.ts'

/** The names of fox-wamp's events. */
const SESSION_RX = 'session.Rx'
const SESSION_TX = 'session.Tx'
const SESSION_ALERT = 'session.alert'
const SESSION_DEBUG = 'session.debug'

const HELLO = 1
const ABORT = 3
const CHALLENGE = 4
const AUTHENTICATE = 5
const GOODBYE = 6
const JSON_SUBPROTOCOL = 'wamp.2.json'

/** The realms that fox-wamp makes when they are first joined. At any other name it ends the process. */
const REALM = /^[a-z0-9_]+$/

/** The most that a codec takes by default: ws would buffer 100 MiB of a message before it is looked at. */
const MAX_PAYLOAD = 2 ** 24 - 1

/**
 * Integers are exact and bytes are bytes, as the router got them; a value that a receiver's format cannot carry is no
 * reason to leave out a message.
 */
const LIST_OPTIONS: ListOptions = { unrepresentable: 'json', peers: 'lenient' }

type Gate = InstanceType<typeof gates.WampGate>

/** What we use of a codec. */
interface ListMaker {
  /** A list codec, as `codec.lists` gives it. */
  lists(format: ListFormat, options: ListOptions): ListCodec
}

/** What we use of fox-wamp's router. */
export interface FoxRouter {
  /** Makes the session of a connection. */
  createSession(): FoxSession
  /** Ends the session of a connection. */
  removeSession(session: FoxSession): void
  /** The realm of that name, when the router has made one. */
  findRealm(name: string): object | undefined
  /** Tells those who listen to the router. */
  emit(event: string, ...details: unknown[]): boolean
}

/** What we use of a session of fox-wamp. */
export interface FoxSession {
  /** Tells the session what its client speaks. */
  setGateProtocol(subprotocol: string): void
}

/** Options of `serveFoxWamp`, beside those of a WebSocketServer of the package ws; `maxPayload` is 16 MiB - 1. */
export interface FoxWampOptions extends Omit<ServerOptions, 'handleProtocols'> {
  /** The serializers that clients may choose. The client's order decides. Default all: cbor, msgpack, json, ubjson. */
  serializers?: readonly ListFormat[] | undefined
  /** As the second argument of fox-wamp's `listenWAMP`. Default: none. */
  authHandler?: object | undefined
  /** Clients that offer no subprotocol speak JSON, as with fox-wamp's `listenWAMP`. Default false: they are closed. */
  disableProtocolCheck?: boolean | undefined
}

/**
 * Serves a router of fox-wamp by WebSocket, as its `listenWAMP` does for JSON; the codec must have the serializers. A
 * frame that cannot be read ends its connection with code 1002; a message that cannot be written in the format of its
 * receiver is not sent. Both are told by the router's event `session.alert`. The events `session.Rx` and `session.Tx`
 * carry frames: text, or bytes.
 */
export function serveFoxWamp(
  router: FoxRouter,
  codec: ListMaker,
  options: FoxWampOptions = {},
): WebSocketServer {
  if (typeof router?.createSession !== 'function') throw wrongArgument('serveFoxWamp', 'a FoxRouter', router)
  if (typeof codec?.lists !== 'function') throw wrongArgument('serveFoxWamp', 'a codec', codec)
  const {
    serializers = ['cbor', 'msgpack', 'json', 'ubjson'],
    authHandler,
    disableProtocolCheck,
    ...server
  } = options
  const supported = new Map(
    serializers.map((format) => {
      const lists = codec.lists(format, LIST_OPTIONS)
      return [lists.subprotocol, lists]
    }),
  )
  const gate = new gates.WampGate(router)
  if (authHandler !== undefined) gate.setAuthHandler(authHandler)
  const handleProtocols = (offered: Set<string>): string | false =>
    [...offered].find((name) => supported.has(name)) ?? false
  const sockets = new WebSocketServer({ maxPayload: MAX_PAYLOAD, ...server, handleProtocols })
  sockets.on('connection', (socket) => {
    const isNamed = socket.protocol !== '' || disableProtocolCheck !== true
    const lists = supported.get(isNamed ? socket.protocol : JSON_SUBPROTOCOL)
    if (lists === undefined) socket.close(1002, 'no serializer')
    else serve(router, gate, socket, lists)
  })
  return sockets
}

/** One connection. */
function serve(router: FoxRouter, gate: Gate, socket: WebSocket, lists: ListCodec): void {
  const session = router.createSession()
  session.setGateProtocol(lists.subprotocol)
  const alert = (what: string, error: unknown): void => {
    router.emit(SESSION_ALERT, session, what, error)
  }
  const leave = (): void => router.removeSession(session)
  const turn = new Turn()
  const sender = {
    wampPkgWrite(list: unknown[], done?: (error?: Error) => void): void {
      try {
        const frame = lists.encode(list)
        if (list[0] === CHALLENGE) turn.open(AUTHENTICATE)
        if (list[0] === GOODBYE) turn.open(HELLO)
        router.emit(SESSION_TX, session, frame)
        if (socket.readyState === socket.OPEN) socket.send(frame, done)
      } catch (error) {
        alert('message not sent', error)
        done?.(error as Error)
      }
    },
    wampPkgClose(code: number, reason: string): void {
      router.emit(SESSION_DEBUG, session, `closing the connection: ${code} ${reason}`)
      socket.close(code, reason)
      // The peer may take its time to close, and fox-wamp would still call it.
      leave()
    },
  }
  socket.on('close', leave)
  socket.on('error', (error) => {
    alert('connection failed', error)
    leave()
  })
  const abort = (uri: string, code: number): void => {
    sender.wampPkgWrite([ABORT, {}, uri])
    sender.wampPkgClose(code, uri)
  }
  socket.on('message', (data, isBinary) => {
    // ws goes on reading while it closes.
    if (socket.readyState !== socket.OPEN) return
    try {
      const frame = isBinary ? (data as Buffer) : data.toString()
      router.emit(SESSION_RX, session, frame)
      const list = lists.decode(frame)
      if (!turn.takes(list[0])) abort('wamp.error.protocol_violation', 1002)
      else if (list[0] === HELLO && !hasRealm(router, list[1])) abort('wamp.error.no_such_realm', 1000)
      else gate.handle(gate.createContext(session, sender), session, list)
    } catch (error) {
      alert('protocol violation', error)
      abort('wamp.error.protocol_violation', 1002)
    }
  })
}

/**
 * What a client may send once: HELLO at first and after GOODBYE, AUTHENTICATE after a CHALLENGE. At a second one the
 * router ends.
 */
class Turn {
  readonly #opened = new Set([HELLO])

  open(code: number): void {
    this.#opened.add(code)
  }

  /** False for what is not to come now; any other message may. */
  takes(code: unknown): boolean {
    return (code !== HELLO && code !== AUTHENTICATE) || this.#opened.delete(code)
  }
}

function hasRealm(router: FoxRouter, name: unknown): boolean {
  return typeof name === 'string' && (REALM.test(name) || router.findRealm(name) !== undefined)
}
