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
import { isReserved } from './limits.mjs'

/** @import { EventMessage, Invocation, Result } from 'wamp-codec' */
/** @import { AnyMessage, Connection, LinkOptions } from './types.d.ts' */

const FEATURES = { features: { call_canceling: true, progressive_call_results: true } }
const ROLES = { caller: FEATURES, callee: FEATURES, publisher: {}, subscriber: {} }
const { INVOCATION } = MessageType

/**
 * Links two routers, and keeps them linked: after a loss it connects again. Settles when the link is there for the
 * first time.
 *
 * @type {(options: LinkOptions) => Promise<{ close(): void }>}
 */
export async function link({ connect, realm, authid, ticket, retryMs = 1000 }) {
  let isClosed = false
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  /** @type {Connection[]} */
  const connections = []
  const closeAll = () => {
    for (const connection of connections.splice(0)) connection.close()
  }
  const again = () => {
    closeAll()
    if (!isClosed && timer === undefined) timer = setTimeout(() => open().catch(again), retryMs)
  }
  const open = async () => {
    timer = undefined
    const ends = []
    for (const one of connect) {
      const connection = await one()
      connections.push(connection)
      const end = new End(connection)
      await end.join(realm, authid, ticket)
      ends.push(end)
    }
    for (const connection of connections) connection.onclose = again
    const [one, other] = /** @type {[End, End]} */ (ends)
    one.handOverTo(other)
    other.handOverTo(one)
  }
  await open().catch((error) => {
    closeAll()
    throw error
  })
  return {
    close() {
      isClosed = true
      clearTimeout(timer)
      closeAll()
    },
  }
}

/** One end of a link: a client of one router, which hands over to the client of the other. */
class End {
  #connection
  #request = 0
  /** @type {Map<number, number>} The request of a call here, by the invocation at the other end that it serves. */
  #calls = new Map()
  /** @type {Map<number, number>} And the other way round. */
  #invocations = new Map()
  /** @type {AnyMessage[]} What came before the other end was there. */
  #early = []

  /** @param {Connection} connection */
  constructor(connection) {
    this.#connection = connection
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
      connection.onclose = ({ reason }) => reject(new Error(`the link was closed: ${reason}`))
      connection.onmessage = (given) => {
        const message = /** @type {AnyMessage} */ (given)
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
    const receive = (/** @type {AnyMessage} */ message) => {
      try {
        this.#handOver(message, other)
      } catch (error) {
        // The other router takes no frame of this length.
        if (!(error instanceof EncodeError)) throw error
        if (message.type === INVOCATION) this.#connection.send(ErrorMessage.reply(message, error.uri))
      }
    }
    this.#connection.onmessage = (message) => receive(/** @type {AnyMessage} */ (message))
    for (const message of this.#early.splice(0)) receive(message)
  }

  /** @type {(message: AnyMessage, other: End) => void} */
  #handOver(message, other) {
    const { type } = message
    if (type === MessageType.EVENT) other.#publish(message)
    else if (type === INVOCATION) other.#call(message)
    else if (type === MessageType.INTERRUPT) {
      const request = other.#calls.get(message.request)
      if (request !== undefined) other.#connection.send(new Cancel({ request, mode: message.mode }))
    } else if (type === MessageType.RESULT) {
      const { progress } = message
      const request = this.#invocationOf(message.request, progress !== true)
      if (request !== undefined)
        other.#connection.send(new Yield({ request, progress, ...payloadOf(message) }))
    } else if (type === MessageType.ERROR) {
      const request = this.#invocationOf(message.request, true)
      const fields = { request_type: INVOCATION, error: message.error, ...payloadOf(message) }
      if (request !== undefined) other.#connection.send(new ErrorMessage({ request, ...fields }))
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
    // The parts of one call have one request.
    const request = this.#calls.get(invocation.request) ?? ++this.#request
    this.#calls.set(invocation.request, request)
    this.#invocations.set(request, invocation.request)
    const procedure = /** @type {string} */ (invocation.procedure)
    const disclose_me = invocation.caller === null ? null : true
    const options = { progress, receive_progress, disclose_me }
    this.#connection.send(new Call({ request, procedure, ...options, ...payloadOf(invocation) }))
  }

  /** The invocation at the other end. @type {(request: number, isLast: boolean) => number | undefined} */
  #invocationOf(request, isLast) {
    const invocation = this.#invocations.get(request)
    if (invocation === undefined || !isLast) return invocation
    this.#invocations.delete(request)
    this.#calls.delete(invocation)
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
