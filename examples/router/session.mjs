/**
 * One client: from HELLO to GOODBYE. Nothing but its own session suffers from what it sends: refused frames and messages
 * out of place end it, and slow reading stops the router from listening to it. WAMP, "Sessions"; docs/bad-input.md.
 */
import { Abort, EncodeError, ErrorMessage, Goodbye, isWampCodecError, MessageType, Welcome } from 'wamp-codec'
import { ROUTER_ROLE } from './authentication.mjs'
import { randomId } from './ids.mjs'

/**
 * @typedef {import('wamp-codec').AnyMessage} AnyMessage
 * @typedef {import('wamp-codec/ws').Connection} Connection
 * @typedef {import('./authentication.mjs').Identity} Identity
 * @typedef {import('./authentication.mjs').Trial} Trial
 * @typedef {import('./router.mjs').Router} Router
 * @typedef {import('./realm.mjs').Realm} Realm
 */

/** What a router announces. */
const ROLES = {
  broker: {
    features: {
      pattern_based_subscription: true,
      publisher_exclusion: true,
      publisher_identification: true,
      subscriber_blackwhite_listing: true,
      event_retention: true,
      session_meta_api: true,
      payload_passthru_mode: true,
      payload_transparency: true,
    },
  },
  dealer: {
    features: {
      pattern_based_registration: true,
      shared_registration: true,
      progressive_call_results: true,
      progressive_call_invocations: true,
      call_canceling: true,
      call_timeout: true,
      caller_identification: true,
      call_reroute: true,
      session_meta_api: true,
      payload_passthru_mode: true,
      payload_transparency: true,
    },
  },
}

/** Refused what came: the reason is for the client to read. */
class Violation extends Error {
  /**
   * @param {string} reason a URI
   * @param {string} text
   */
  constructor(reason, text) {
    super(text)
    this.reason = reason
  }
}

export class Session {
  /** A random id, also before anybody knows it: a challenge is bound to it. */
  id = randomId()
  /** @type {Identity} */
  identity = { authid: '', authrole: '', authmethod: '' }
  /** @type {Realm | null} null before WELCOME and after the end */
  realm = null
  /** @type {import('wamp-codec').ClientRoles} */
  roles = {}
  /** Whether it is another router, which may say whom it forwards for. */
  isRouter = false
  /** @type {Map<number, import('./broker.mjs').Subscription>} */
  subscriptions = new Map()
  /** @type {Map<number, import('./dealer.mjs').Registration>} */
  registrations = new Map()
  /** Subscriptions and registrations that are patterns. */
  patterns = 0
  /** @type {Map<number, import('./dealer.mjs').Running>} By the request of the caller, which is this one. */
  calls = new Map()
  /** @type {Set<number>} Calls that ended while their caller was still sending. */
  overtaken = new Set()
  /** @type {Map<number, import('./dealer.mjs').Running>} By the request of the invocation, of which this is the callee. */
  invocations = new Map()
  /** The last invocation, of which the ids are in sequence. */
  invocation = 0

  #router
  #connection
  #trusted
  /** @type {ReturnType<typeof setTimeout> | null} */
  #deadline
  /** @type {{ realm: Realm, hello: import('wamp-codec').Hello, trial: Trial } | null} */
  #trial = null
  #isPaused = false

  /**
   * @param {Router} router
   * @param {Connection} connection
   * @param {Identity | null} trusted who it is, when that is known without asking
   */
  constructor(router, connection, trusted) {
    this.#router = router
    this.#connection = connection
    this.#trusted = trusted
    this.serializer = connection.serializer
    this.transport = connection.transport
    this.#deadline = setTimeout(() => this.#expire(), router.limits.helloMs)
    connection.onmessage = (message) => this.#receive(/** @type {AnyMessage} */ (message))
    connection.onerror = (error, answer) => {
      router.observe('refused', this, error)
      if (this.realm !== null || answer.closeCode !== null) connection.answer(answer)
      // Nothing is a request before the session is open.
      else this.abort(error.uri, error.message)
    }
    connection.onclose = () => this.#leave()
  }

  /**
   * Sends a message. Throws EncodeError when this client's serializer cannot say it, or it is longer than the client
   * takes.
   *
   * @param {import('wamp-codec').Message} message
   */
  send(message) {
    this.sendFrame(this.serializer.encode(message))
  }

  /** @param {Uint8Array} bytes an encoded message */
  sendFrame(bytes) {
    this.#connection.sendParts([bytes])
    if (this.#connection.bufferedAmount > this.#router.limits.pausedBytes && !this.#isPaused) this.#pause()
  }

  /**
   * Answers a request with ERROR.
   *
   * @param {import('wamp-codec').Message} request
   * @param {string} uri
   * @param {string} [text]
   */
  refuse(request, uri, text) {
    this.send(ErrorMessage.reply(request, uri, text === undefined ? {} : { args: [text] }))
  }

  /**
   * Ends the session because the client has broken the protocol, or may not join.
   *
   * @param {string} reason
   * @param {string} text
   */
  abort(reason, text) {
    const closeCode = reason === 'wamp.error.protocol_violation' ? 1002 : 1000
    this.#connection.answer({ message: new Abort({ reason, message: text }), closeCode })
    this.#leave()
  }

  /**
   * Ends the session for a reason of the router's own.
   *
   * @param {string} reason
   */
  close(reason) {
    if (this.realm !== null) this.#connection.send(new Goodbye({ reason }))
    this.#connection.close(1001, reason)
    this.#leave()
  }

  /** Whether a role of the client has a feature. @param {'publisher' | 'subscriber' | 'caller' | 'callee'} role @param {string} feature */
  has(role, feature) {
    return this.roles[role]?.features?.[feature] === true
  }

  /** @param {AnyMessage} message */
  #receive(message) {
    try {
      if (this.realm === null) this.#open(message)
      else this.#dispatch(this.realm, message)
    } catch (error) {
      if (error instanceof Violation) this.abort(error.reason, error.message)
      // What this client asked for cannot be said to it.
      else if (error instanceof EncodeError) this.#router.observe('unsendable', this, error)
      else if (isWampCodecError(error)) this.abort(error.uri, error.message)
      else throw error
    }
  }

  /** @param {AnyMessage} message */
  #open(message) {
    if (message.type === MessageType.HELLO && this.#trial === null) this.#hello(message)
    else if (message.type === MessageType.AUTHENTICATE && this.#trial !== null) {
      const { realm, hello, trial } = this.#trial
      const identity = trial.check(message.signature)
      if (identity === null) throw new Violation('wamp.error.authentication_failed', 'that is not right')
      this.#welcome(realm, hello, identity)
    } else if (message.type === MessageType.ABORT) this.#connection.close()
    else throw outOfPlace(message)
  }

  /** @param {import('wamp-codec').Hello} hello */
  #hello(hello) {
    const realm = this.#router.realm(hello.realm)
    if (realm === null) throw new Violation('wamp.error.no_such_realm', 'there is no such realm')
    const begun = this.#trusted ?? realm.authentication.begin(hello, this.id)
    if (begun === null) throw new Violation('wamp.error.no_matching_auth_method', 'no method can be tried')
    if ('authid' in begun) this.#welcome(realm, hello, begun)
    else {
      this.#trial = { realm, hello, trial: begun }
      this.send(begun.challenge)
    }
  }

  /**
   * @param {Realm} realm
   * @param {import('wamp-codec').Hello} hello
   * @param {Identity} identity
   */
  #welcome(realm, hello, identity) {
    this.#endDeadline()
    this.#trial = null
    this.identity = identity
    this.isRouter = identity.authrole === ROUTER_ROLE
    this.roles = hello.roles
    this.serializer = this.#router.dialect(this.#connection.serializer, this.roles)
    this.send(
      new Welcome({ session: this.id, realm: realm.name, roles: ROLES, authprovider: 'static', ...identity }),
    )
    this.realm = realm
    realm.join(this)
  }

  /**
   * @param {Realm} realm
   * @param {AnyMessage} message
   */
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
      case MessageType.EVENT_RECEIVED:
        return
      case MessageType.GOODBYE:
        this.#connection.send(new Goodbye({ reason: 'wamp.close.goodbye_and_out' }))
        this.#connection.close(1000, 'wamp.close.goodbye_and_out')
        return this.#leave()
      case MessageType.ABORT:
        this.#connection.close()
        return this.#leave()
      default:
        throw outOfPlace(message)
    }
  }

  /** Stops reading from a client that does not take what it is sent, until it has. */
  #pause() {
    this.#isPaused = true
    this.#connection.pause()
    const { pausedBytes, pausedMs } = this.#router.limits
    const tooLate = setTimeout(() => {
      this.#router.observe('slow', this)
      this.#connection.terminate()
    }, pausedMs)
    this.#connection.drained(pausedBytes / 2).then(() => {
      clearTimeout(tooLate)
      this.#isPaused = false
      this.#connection.resume()
    })
  }

  #expire() {
    this.#router.observe('late', this)
    this.abort('wamp.error.protocol_violation', 'the session was not opened in time')
  }

  #endDeadline() {
    if (this.#deadline !== null) clearTimeout(this.#deadline)
    this.#deadline = null
  }

  /** Takes everything back that the session has done; once. */
  #leave() {
    this.#endDeadline()
    this.#router.forget(this)
    const { realm } = this
    this.realm = null
    realm?.leave(this)
  }
}

/** @param {AnyMessage} message */
function outOfPlace(message) {
  return new Violation('wamp.error.protocol_violation', `${message.table.name} is out of place here`)
}
