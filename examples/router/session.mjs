/**
 * One client: from HELLO to GOODBYE. Only its own session suffers from what it sends: refused frames and messages out
 * of place end it, and the router does not read from a client that does not read. WAMP, "Sessions";
 * docs/bad-input.md.
 */
import { Abort, EncodeError, ErrorMessage, Goodbye, isWampCodecError, MessageType, Welcome } from 'wamp-codec'
import { ROUTER_ROLE } from './authentication.mjs'
import { randomId } from './ids.mjs'

/** @import { ClientRoles, Message } from 'wamp-codec' */
/** @import { Realm } from './realm.mjs' */
/** @import { Router } from './router.mjs' */
/** @import { AnyMessage, Connection, Entry, Identity, Registration, Running, Trial } from './types.d.ts' */

/** @type {(...names: string[]) => { features: Record<string, boolean> }} */
const features = (...names) => ({ features: Object.fromEntries(names.map((name) => [name, true])) })
const BOTH = ['session_meta_api', 'payload_passthru_mode', 'payload_transparency']
/** What the router announces. */
const ROLES = {
  broker: features(
    ...['pattern_based_subscription', 'publisher_exclusion', 'publisher_identification'],
    ...['subscriber_blackwhite_listing', 'event_retention', ...BOTH],
  ),
  dealer: features(
    ...['pattern_based_registration', 'shared_registration', 'progressive_call_results', 'call_timeout'],
    ...['progressive_call_invocations', 'call_canceling', 'caller_identification', 'call_reroute'],
    ...BOTH,
  ),
}

/** Steps of what is sent gradually in one turn: others wait as long. An event takes one more for each 64 KB. */
const TURN_STEPS = 100
const STEP_BYTES = 64 * 1024

/** What a callee must announce to get it. */
const ASKED = ['call_canceling', 'progressive_call_invocations']

/** Why a session is ended: a URI, and a text for the client's developer. */
class Violation extends Error {
  /** @param {string} text @param {string} reason */
  constructor(text, reason = 'wamp.error.protocol_violation') {
    super(text)
    this.reason = reason
  }
}

export class Session {
  /** Known to nobody before WELCOME, but a challenge is bound to it. */
  id = randomId()
  /** @type {Identity} */
  identity = { authid: '', authrole: '', authmethod: '' }
  /** @type {Realm | null} null before WELCOME and after the end */
  realm = null
  /** @type {ReadonlySet<string>} What it has announced as a callee, of what the dealer asks about. */
  features = new Set()
  /** Whether it is another router, which may say whom it forwards for. */
  isRouter = false
  /** @type {Map<number, Entry>} */
  subscriptions = new Map()
  /** @type {Map<number, Registration>} */
  registrations = new Map()
  /** How many of both are patterns, with wildcards as ten. */
  patterns = 0
  /** @type {Map<number, Running>} Calls of this session, by their requests. */
  calls = new Map()
  /** @type {Set<number>} Calls that ended while this session was still sending parts of them. */
  overtaken = new Set()
  /** @type {Map<number, Running>} Calls that this session serves, by the requests of their invocations. */
  invocations = new Map()
  /** The last of these requests, which are in sequence. */
  invocation = 0
  #router
  #connection
  /** @type {NodeJS.Timeout} */
  #deadline
  /** @type {{ realm: Realm, trial: Trial } | null} */
  #tried = null
  #isPaused = false
  /** @type {Map<Entry, Iterator<number, void>>} What is still to be sent of subscriptions. */
  #gradual = new Map()
  /** @type {NodeJS.Immediate | null} When more of it may be sent. */
  #turn = null

  /** @param {Router} router @param {Connection} connection */
  constructor(router, connection) {
    this.#router = router
    this.#connection = connection
    this.serializer = connection.serializer
    this.#deadline = setTimeout(() => {
      router.observe('late', this)
      this.abort('wamp.error.protocol_violation', 'the session was not opened in time')
    }, router.limits.helloMs)
    connection.onmessage = (message) => this.#receive(message)
    connection.onclose = () => this.#leave()
    connection.onerror = (error, answer) => {
      router.observe('refused', this, error)
      connection.answer(answer)
      if (answer.closeCode !== null) this.#leave()
    }
  }

  /** Throws EncodeError for what the client's serializer cannot say. @param {Message} message */
  send(message) {
    this.sendFrame(this.serializer.encode(message))
  }

  /** @param {Uint8Array<ArrayBuffer>} frame */
  sendFrame(frame) {
    const { pausedBytes, maxBufferedBytes } = this.#router.limits
    // The transport is ending, and `onclose` may come much later. In a moment: who sends this is not done yet.
    if (!this.#connection.isOpen) return queueMicrotask(() => this.#leave())
    // Behind what waits already it would cut off a client that reads.
    if (frame.length > maxBufferedBytes / 2) throw tooLong(frame.length, maxBufferedBytes / 2)
    this.#connection.sendParts([frame])
    if (this.#connection.bufferedAmount > pausedBytes && !this.#isPaused) this.#pause()
  }

  /**
   * Sends many frames of a subscription, as fast as the client takes them. Each step sends one or none, and gives the
   * bytes of which it was made.
   *
   * @type {(subscription: Entry, steps: Iterator<number, void>) => void}
   */
  sendGradually(subscription, steps) {
    this.#gradual.set(subscription, steps)
    if (this.#turn === null) this.#goOn()
  }

  /** Answers a request with ERROR. @type {(request: Message, uri: string) => void} */
  refuse(request, uri) {
    this.send(ErrorMessage.reply(request, uri))
  }

  /** Ends the session with ABORT. @type {(reason: string, text: string) => void} */
  abort(reason, text) {
    const closeCode = reason === 'wamp.error.protocol_violation' ? 1002 : 1000
    this.#connection.answer({ message: new Abort({ reason, message: text }), closeCode })
    this.#leave()
  }

  /** Ends the session with GOODBYE. @type {(reason: string, closeCode?: number) => void} */
  close(reason, closeCode = 1001) {
    if (this.realm !== null) this.#connection.send(new Goodbye({ reason }))
    this.#connection.close(closeCode, reason)
    this.#leave()
  }

  /** What others are told of the session. */
  describe() {
    const { transport, serializer } = this.#connection
    return {
      session: this.id,
      ...this.identity,
      authprovider: 'static',
      transport: { type: transport, serializer: serializer.id },
    }
  }

  /** @param {AnyMessage} message */
  #receive(message) {
    try {
      if (this.realm === null) this.#open(message)
      else this.#dispatch(this.realm, message)
    } catch (error) {
      if (error instanceof EncodeError) this.#unsendable(message, error)
      else this.#fail(error)
    }
  }

  /**
   * An answer that this client cannot take: it gets an ERROR instead, and no session without WELCOME.
   *
   * @type {(message: AnyMessage, error: EncodeError) => void}
   */
  #unsendable(message, error) {
    this.#router.observe('unsendable', this, error)
    if (this.realm === null) this.abort(error.uri, error.message)
    else if (ErrorMessage.canReply(message)) this.refuse(message, error.uri)
  }

  /** Ends the session for an error that it has caused. @param {unknown} error */
  #fail(error) {
    if (error instanceof Violation) this.abort(error.reason, error.message)
    else if (isWampCodecError(error)) this.abort(error.uri, error.message)
    else {
      // A fault of ours, which costs nobody else the session.
      this.#router.observe('failed', this, /** @type {Error} */ (error))
      this.abort('wamp.error.runtime_error', 'this router has failed')
    }
  }

  /** @param {AnyMessage} message */
  #open(message) {
    if (message.type === MessageType.ABORT) {
      this.#connection.close()
      this.#leave()
    } else if (message.type === MessageType.HELLO && this.#tried === null) {
      const realm = this.#router.realm(message.realm)
      if (realm === null) throw new Violation('there is no such realm', 'wamp.error.no_such_realm')
      const begun = realm.authentication.begin(message, this.id)
      if (begun === null) throw new Violation('no method can be tried', 'wamp.error.no_matching_auth_method')
      // In FlatBuffers autobahn says none.
      this.#announced(message.roles ?? {})
      if ('authid' in begun) return this.#welcome(realm, begun)
      this.#tried = { realm, trial: begun }
      this.send(begun.challenge)
    } else if (message.type === MessageType.AUTHENTICATE && this.#tried !== null) {
      const { realm, trial } = this.#tried
      const identity = trial.check(message.signature)
      if (identity === null) throw new Violation('that is not right', 'wamp.error.authentication_failed')
      this.#welcome(realm, identity)
    } else throw outOfPlace(message)
  }

  /**
   * Keeps what is asked for later, and not the roles: decoded, they may be 60 times as long as HELLO.
   *
   * @param {ClientRoles} roles
   */
  #announced(roles) {
    const features = roles.callee?.features ?? {}
    this.features = new Set(ASKED.filter((name) => features[name] === true))
    this.serializer = this.#router.dialect(this.serializer, roles)
  }

  /** @type {(realm: Realm, identity: Identity) => void} */
  #welcome(realm, identity) {
    this.identity = identity
    this.isRouter = identity.authrole === ROUTER_ROLE
    this.send(
      new Welcome({ session: this.id, realm: realm.name, roles: ROLES, authprovider: 'static', ...identity }),
    )
    // Here and not before: a client that takes no frame of this length has no session.
    clearTimeout(this.#deadline)
    this.#tried = null
    this.#connection.isInSession = true
    this.realm = realm
    realm.join(this)
  }

  /** @type {(realm: Realm, message: AnyMessage) => void} */
  #dispatch({ broker, dealer }, message) {
    switch (message.type) {
      case MessageType.PUBLISH:
        return broker.publish(this, message)
      case MessageType.SUBSCRIBE:
        return broker.subscribe(this, message)
      case MessageType.UNSUBSCRIBE:
        return broker.unsubscribe(this, message)
      case MessageType.CALL:
        return dealer.call(this, message)
      case MessageType.CANCEL:
        return dealer.cancel(this, message)
      case MessageType.REGISTER:
        return dealer.register(this, message)
      case MessageType.UNREGISTER:
        return dealer.unregister(this, message)
      case MessageType.YIELD:
        return dealer.yield(this, message)
      case MessageType.ERROR:
        if (message.request_type !== MessageType.INVOCATION) throw outOfPlace(message)
        return dealer.error(this, message)
      case MessageType.GOODBYE:
        return this.close('wamp.close.goodbye_and_out', 1000)
      case MessageType.ABORT:
        this.#connection.close()
        return this.#leave()
      default:
        throw outOfPlace(message)
    }
  }

  /** Stops reading from a client that does not take what it is sent, until it has. */
  #pause() {
    const { pausedBytes, pausedMs } = this.#router.limits
    const cutOff = () => {
      this.#router.observe('slow', this)
      this.#connection.terminate()
    }
    const tooLate = setTimeout(cutOff, pausedMs)
    this.#isPaused = true
    this.#connection.pause()
    this.#connection.drained(pausedBytes / 2).then(() => {
      clearTimeout(tooLate)
      this.#isPaused = false
      this.#goOn()
      if (!this.#isPaused) this.#connection.resume()
    })
  }

  get #isReady() {
    return !this.#isPaused && this.#connection.isOpen
  }

  /** Goes on with what is sent gradually: some of it in each turn, until the client has enough to read. */
  #goOn() {
    if (this.#gradual.size === 0 || !this.#isReady) return
    this.#turn ??= setImmediate(() => {
      this.#turn = null
      this.#goOn()
    })
    let left = TURN_STEPS
    try {
      for (const [subscription, steps] of this.#gradual) {
        for (let step = steps.next(); step.done !== true; step = steps.next()) {
          left -= 1 + step.value / STEP_BYTES
          if (left <= 0 || !this.#isReady) return
        }
        this.#gradual.delete(subscription)
      }
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Takes back all that the session has done; once. */
  #leave() {
    const { realm } = this
    this.realm = null
    this.#gradual.clear()
    clearTimeout(this.#deadline)
    this.#router.forget(this)
    realm?.leave(this)
  }
}

/** @type {(bytes: number, maxBytes: number) => EncodeError} */
function tooLong(bytes, maxBytes) {
  const text = `cannot send a frame of ${bytes} bytes: this router sends ${maxBytes} at most`
  return new EncodeError('FRAME_TOO_LARGE', text, { uri: 'wamp.error.payload_size_exceeded' })
}

/** @param {AnyMessage} message */
function outOfPlace({ type }) {
  const [name] = Object.entries(MessageType).find(([, code]) => code === type) ?? []
  return new Violation(`${name} is out of place here`)
}
