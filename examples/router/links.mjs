/**
 * Links between routers. A link is a client of both: it subscribes to everything at either, and takes the calls that
 * nothing else there serves; what it gets at one, it sends to the other. `forward_for` says where a message has been,
 * so that nothing comes back. Links make a tree: in a ring, events arrive on both ways.
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
import { isReserved, LIMITS } from './limits.mjs'

/** @import { CancelMode, EventMessage, Invocation, Message, Result } from 'wamp-codec' */
/** @import { AnyMessage, Connection, LinkOptions } from './types.d.ts' */

const PARTS = { progressive_call_results: true, progressive_call_invocations: true }
const FEATURES = { features: { call_canceling: true, ...PARTS } }
const ROLES = { caller: FEATURES, callee: FEATURES, publisher: {}, subscriber: {} }
const { INVOCATION } = MessageType

/**
 * Links two routers, and keeps them linked: after a loss it connects again. Settles when the link is there for the
 * first time; rejects when the first attempt fails.
 *
 * @type {(options: LinkOptions) => Promise<{ close(): void }>}
 */
export async function link({ retryMs = 1000, ...options }) {
  let isClosed = false
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  let pair = new Pair()
  const keep = () =>
    pair.ended.then(() => {
      if (!isClosed) timer = setTimeout(again, retryMs)
    })
  const again = () => {
    pair = new Pair()
    keep()
    // After a failure it has ended.
    pair.open(options).catch(() => {})
  }
  await pair.open(options)
  keep()
  return {
    close() {
      isClosed = true
      clearTimeout(timer)
      pair.close()
    },
  }
}

/** Two connections that end together, whenever one of them does. */
class Pair {
  /** @type {Connection[]} */
  #connections = []
  /** @type {(reason: Error) => void} */
  #end = () => {}
  /** @type {Promise<Error>} Why it has ended. */
  ended = new Promise((resolve) => {
    this.#end = resolve
  })

  /** Settles when both ends are in their realms. @param {Omit<LinkOptions, 'retryMs'>} options */
  async open({ connect, realm, authid, ticket, maxMessageBytes = LIMITS.maxMessageBytes }) {
    try {
      const ends = []
      for (const one of connect) {
        const connection = await one()
        this.#connections.push(connection)
        connection.onclose = ({ reason }) => this.close(reason)
        const end = new End(connection, maxMessageBytes)
        // It may have ended while there was no connection yet.
        const why = await Promise.race([this.ended, end.join(realm, authid, ticket)])
        if (why !== undefined) throw why
        ends.push(end)
      }
      const [one, other] = /** @type {[End, End]} */ (ends)
      one.handOverTo(other)
      other.handOverTo(one)
    } catch (error) {
      this.close()
      throw error
    }
  }

  close(reason = '') {
    this.#end(new Error(`the link was closed: ${reason}`))
    for (const connection of this.#connections.splice(0)) connection.close()
  }
}

/** One end of a link: a client of one router, which hands over to the client of the other. */
class End {
  #connection
  #maxBytes
  #request = 0
  /** The last invocation at the other end: their requests are in sequence. */
  #last = 0
  /** @type {Map<number, number>} The request of a call here, by the invocation at the other end that it serves. */
  #calls = new Map()
  /** @type {Map<number, number>} And the other way round. */
  #invocations = new Map()
  /** @type {AnyMessage[]} What came before the other end was there. */
  #early = []

  /** @param {Connection} connection @param {number} maxBytes */
  constructor(connection, maxBytes) {
    this.#connection = connection
    this.#maxBytes = maxBytes
  }

  /**
   * Opens the session, subscribes to everything, and offers every procedure.
   *
   * @type {(realm: string, authid: string, ticket: string) => Promise<void>}
   */
  join(realm, authid, ticket) {
    const connection = this.#connection
    const all = /** @type {const} */ ({ match: 'prefix', invoke: 'first' })
    return new Promise((resolve, reject) => {
      connection.onmessage = (message) => {
        if (message.type === MessageType.CHALLENGE) connection.send(new Authenticate({ signature: ticket }))
        else if (message.type === MessageType.WELCOME) {
          connection.send(new Subscribe({ request: ++this.#request, topic: '', match: all.match }))
          connection.send(new Register({ request: ++this.#request, procedure: '', ...all }))
        } else if (message.type === MessageType.REGISTERED) resolve()
        else if (message.type === MessageType.ABORT || message.type === MessageType.ERROR) {
          reject(new Error(`the link was refused: ${message}`))
        } else this.#early.push(message)
      }
      connection.send(new Hello({ realm, authid, authmethods: ['ticket'], roles: ROLES }))
    })
  }

  /** Hands over from now on, what came before too. @param {End} other */
  handOverTo(other) {
    const receive = (/** @type {AnyMessage} */ message) => this.#handOver(message, other)
    this.#connection.onmessage = receive
    for (const message of this.#early.splice(0)) receive(message)
  }

  /** @type {(message: AnyMessage, other: End) => void} */
  #handOver(message, other) {
    const { type } = message
    if (type === MessageType.EVENT) other.#publish(message)
    else if (type === INVOCATION) other.#call(message, this)
    else if (type === MessageType.INTERRUPT) other.#cancel(message.request, message.mode)
    else if (type === MessageType.RESULT || type === MessageType.ERROR) this.#giveBack(message, other)
  }

  /** @param {EventMessage} event */
  #publish(event) {
    const topic = /** @type {string} */ (event.topic)
    if (isReserved(topic)) return
    const disclose_me = event.publisher === null ? null : true
    const request = this.#request + 1
    // Nobody is told of an event that cannot be sent, as in a router.
    const problem = this.#send(new Publish({ request, topic, disclose_me, ...payloadOf(event) }))
    if (problem === null) this.#request = request
  }

  /** Calls here what is invoked at the other end. @type {(invocation: Invocation, other: End) => void} */
  #call(invocation, other) {
    const { request: invoked, progress, receive_progress } = invocation
    const known = this.#calls.get(invoked)
    // A part of a call that is over.
    if (known === undefined && invoked <= this.#last) return
    // The parts of one call have one request.
    const request = known ?? this.#request + 1
    const procedure = /** @type {string} */ (invocation.procedure)
    const disclose_me = invocation.caller === null ? null : true
    const options = { progress, receive_progress, disclose_me }
    const problem = this.#send(new Call({ request, procedure, ...options, ...payloadOf(invocation) }))
    if (known === undefined) this.#last = invoked
    if (problem !== null) {
      other.#refuse(invoked, problem)
      if (known !== undefined) this.#abandon(invoked, known)
    } else if (known === undefined) {
      this.#request = request
      this.#calls.set(invoked, request)
      this.#invocations.set(request, invoked)
    }
  }

  /**
   * Hands a result or an error of a call here to its invocation at the other end.
   *
   * @type {(message: Result | ErrorMessage, other: End) => void}
   */
  #giveBack(message, other) {
    const request = this.#invocations.get(message.request)
    if (request === undefined) return
    const isResult = message.type === MessageType.RESULT
    const carried = payloadOf(message)
    const reply = isResult
      ? new Yield({ request, progress: message.progress, ...carried })
      : new ErrorMessage({ request_type: INVOCATION, request, error: message.error, ...carried })
    const problem = other.#send(reply)
    if (problem !== null) other.#refuse(request, problem)
    if (!isResult || message.progress !== true) this.#forget(request, message.request)
    else if (problem !== null) this.#abandon(request, message.request)
  }

  /**
   * Cancels the call here of an invocation at the other end.
   *
   * @type {(invoked: number, mode: CancelMode | null) => void}
   */
  #cancel(invoked, mode) {
    const request = this.#calls.get(invoked)
    if (request !== undefined) this.#connection.send(new Cancel({ request, mode }))
  }

  /** Cancels a call here that nobody waits for any more. @type {(invoked: number, request: number) => void} */
  #abandon(invoked, request) {
    this.#cancel(invoked, 'killnowait')
    this.#forget(invoked, request)
  }

  /** @type {(invoked: number, request: number) => void} */
  #forget(invoked, request) {
    this.#calls.delete(invoked)
    this.#invocations.delete(request)
  }

  /** Answers an invocation here with an error. @type {(request: number, error: string) => void} */
  #refuse(request, error) {
    this.#connection.send(new ErrorMessage({ request_type: INVOCATION, request, error }))
  }

  /**
   * Why a message cannot be sent: the router takes no frame of this length, or its serializer has no form for it. Null
   * when it was sent.
   *
   * @type {(message: Message) => string | null}
   */
  #send(message) {
    try {
      // With `forward_for` it is longer than it was; a router that gets a longer one over WebSocket ends the link.
      const length = this.#connection.serializer.byteLength(message)
      if (length > this.#maxBytes) return 'wamp.error.payload_size_exceeded'
      this.#connection.send(message)
      return null
    } catch (error) {
      if (!(error instanceof EncodeError)) throw error
      return error.uri
    }
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
