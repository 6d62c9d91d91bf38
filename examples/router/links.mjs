/**
 * Links between routers. A link is a client of both: it subscribes to everything at either, and takes the calls that
 * nobody else there serves; what it gets at one, it sends to the other. `forward_for` says where a message has been, so
 * that nothing comes back, and replies go the same way home. Links make a tree: in a ring, events arrive on both ways.
 */
import {
  Authenticate,
  Call,
  Cancel,
  EncodeError,
  ErrorMessage,
  Hello,
  MessageType,
  Publish,
  Register,
  Subscribe,
  Yield,
} from 'wamp-codec'
import { ROUTER_ROLE } from './authentication.mjs'
import { isReserved } from './limits.mjs'
import { memoryPair } from './memory.mjs'

/** @import { EventMessage, Invocation, Result } from 'wamp-codec' */
/** @import { Router } from './router.mjs' */
/** @import { AnyMessage, Connection, LinkOptions } from './types.d.ts' */

const ROLES = {
  caller: { features: { call_canceling: true, progressive_call_results: true } },
  callee: { features: { call_canceling: true, progressive_call_results: true } },
  publisher: { features: { publisher_exclusion: true } },
  subscriber: { features: { pattern_based_subscription: true } },
}

/**
 * Links a router to another one, and keeps it linked: after a loss it connects again. Settles when the link is there for
 * the first time.
 *
 * @type {(router: Router, options: LinkOptions) => Promise<Link>}
 */
export async function link(router, options) {
  const one = new Link(router, options)
  await one.open()
  return one
}

class Link {
  #router
  #options
  #isClosed = false
  /** @type {Connection | null} */
  #far = null
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  /** @param {Router} router @param {LinkOptions} options */
  constructor(router, options) {
    this.#router = router
    this.#options = options
  }

  async open() {
    const far = await this.#options.connect()
    const [near, routerEnd] = memoryPair(far.serializer)
    this.#router.attach(routerEnd, {
      authid: this.#options.authid,
      authrole: ROUTER_ROLE,
      authmethod: 'link',
    })
    this.#far = far
    const one = new End(near)
    const other = new End(far)
    try {
      await Promise.all([one.join(this.#options, other), other.join(this.#options, one)])
    } catch (error) {
      near.close()
      far.close()
      throw error
    }
    one.start()
    other.start()
    near.onclose = () => far.close()
    far.onclose = () => {
      near.close()
      this.#again()
    }
  }

  close() {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#far?.close()
  }

  #again() {
    if (this.#isClosed) return
    const { retryMs = 1000 } = this.#options
    this.#timer = setTimeout(() => this.open().catch(() => this.#again()), retryMs)
  }
}

/** One end of a link: a client of one router, which hands over to the client of the other. */
class End {
  #connection
  /** @type {End} */
  #other = this
  #request = 0
  /** @type {AnyMessage[]} */
  #early = []
  /** @type {Map<number, number>} The request of a call here, by the invocation at the other end that it serves. */
  #calls = new Map()
  /** @type {Map<number, number>} And the other way round. */
  #invocations = new Map()

  /** @param {Connection} connection */
  constructor(connection) {
    this.#connection = connection
  }

  /**
   * Opens the session, subscribes to everything, and offers every procedure.
   *
   * @type {(options: LinkOptions, other: End) => Promise<void>}
   */
  join({ realm, authid, ticket }, other) {
    this.#other = other
    const connection = this.#connection
    return new Promise((resolve, reject) => {
      connection.onclose = ({ reason }) => reject(new Error(`the link was closed: ${reason}`))
      let missing = 2
      const early = this.#early
      connection.onmessage = (given) => {
        const message = /** @type {AnyMessage} */ (given)
        switch (message.type) {
          case MessageType.CHALLENGE:
            return connection.send(new Authenticate({ signature: ticket }))
          case MessageType.WELCOME:
            connection.send(new Subscribe({ request: ++this.#request, topic: '', match: 'prefix' }))
            connection.send(
              new Register({ request: ++this.#request, procedure: '', match: 'prefix', invoke: 'first' }),
            )
            return
          case MessageType.SUBSCRIBED:
          case MessageType.REGISTERED:
            if (--missing === 0) resolve()
            return
          case MessageType.ABORT:
          case MessageType.ERROR:
            reject(new Error(`the link was refused: ${message}`))
            connection.close()
            return
          default:
            early.push(message)
        }
      }
      connection.send(new Hello({ realm, authid, authmethods: ['ticket'], roles: ROLES }))
    })
  }

  /** @param {AnyMessage} message */
  #receive(message) {
    try {
      this.#handOver(message, this.#other)
    } catch (error) {
      // The other router takes no frame of this length.
      if (!(error instanceof EncodeError)) throw error
      if (message.type === MessageType.INVOCATION) {
        this.#connection.send(ErrorMessage.reply(message, error.uri, { args: [error.message] }))
      }
    }
  }

  /** Begins to hand over, with what came before the other end was there. */
  start() {
    this.#connection.onmessage = (message) => this.#receive(/** @type {AnyMessage} */ (message))
    for (const message of this.#early.splice(0)) this.#receive(message)
  }

  /** @type {(message: AnyMessage, other: End) => void} */
  #handOver(message, other) {
    switch (message.type) {
      case MessageType.EVENT:
        return other.#publish(message)
      case MessageType.INVOCATION:
        return other.#call(message)
      case MessageType.INTERRUPT: {
        const request = other.#calls.get(message.request)
        if (request !== undefined) other.#connection.send(new Cancel({ request, mode: message.mode }))
        return
      }
      case MessageType.RESULT: {
        const isLast = message.progress !== true
        const request = this.#invocationOf(message.request, isLast)
        if (request === undefined) return
        return other.#connection.send(
          new Yield({ request, progress: message.progress, ...payloadOf(message) }),
        )
      }
      case MessageType.ERROR: {
        const request = this.#invocationOf(message.request, true)
        if (request === undefined) return
        const request_type = MessageType.INVOCATION
        const answer = new ErrorMessage({
          request_type,
          request,
          error: message.error,
          ...payloadOf(message),
        })
        return other.#connection.send(answer)
      }
    }
  }

  /** @param {EventMessage} event */
  #publish(event) {
    const topic = /** @type {string} */ (event.topic)
    if (isReserved(topic)) return
    const disclose_me = event.publisher === null ? null : true
    this.#connection.send(new Publish({ request: ++this.#request, topic, disclose_me, ...payloadOf(event) }))
  }

  /** @param {Invocation} invocation */
  #call(invocation) {
    const { progress, receive_progress } = invocation
    const procedure = /** @type {string} */ (invocation.procedure)
    // The parts of one call have one request.
    const request = this.#calls.get(invocation.request) ?? ++this.#request
    this.#calls.set(invocation.request, request)
    this.#invocations.set(request, invocation.request)
    const disclose_me = invocation.caller === null ? null : true
    const options = { progress, receive_progress, disclose_me }
    this.#connection.send(new Call({ request, procedure, ...options, ...payloadOf(invocation) }))
  }

  /**
   * The invocation at the other end that a call here serves.
   *
   * @type {(request: number, isLast: boolean) => number | undefined}
   */
  #invocationOf(request, isLast) {
    const invocation = this.#invocations.get(request)
    if (invocation !== undefined && isLast) {
      this.#invocations.delete(request)
      this.#calls.delete(invocation)
    }
    return invocation
  }
}

/**
 * What a message carries from router to router: its payload as it is, and what belongs to it.
 *
 * @param {EventMessage | Invocation | Result | ErrorMessage} message
 */
function payloadOf(message) {
  const { rawPayload, forward_for, custom, enc_algo, enc_key, enc_serializer } = message
  const { ppt_scheme, ppt_serializer, ppt_cipher, ppt_keyid } = message
  const opaque = { enc_algo, enc_key, enc_serializer, ppt_scheme, ppt_serializer, ppt_cipher, ppt_keyid }
  return { rawPayload, forward_for, custom, ...opaque }
}
