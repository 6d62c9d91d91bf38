/** A router that notes what goes through it: which message came from whom, and in which frames it went on. */
import { MessageType } from 'wamp-codec'
import { Router } from '../router/router.mjs'

/**
 * @typedef {object} Flow A message with a payload, and one frame that it went on in.
 * @property {number} from the session that sent it
 * @property {number} to
 * @property {string} what for example `PUBLISH com.example.weather`
 * @property {string} serializerIn
 * @property {string} serializerOut
 * @property {boolean} isSpliced whether the payload went on as the bytes that it came in
 * @property {number} bytesIn of the frame
 * @property {number} bytesOut
 */

/** What carries a payload through the router: the message that comes in, and the one that goes out for it. */
const CARRIERS = new Map([
  [MessageType.PUBLISH, MessageType.EVENT],
  [MessageType.CALL, MessageType.INVOCATION],
  [MessageType.YIELD, MessageType.RESULT],
])
const NAMES = new Map(Object.entries(MessageType).map(([name, code]) => [/** @type {number} */ (code), name]))

export class WatchedRouter extends Router {
  /** @type {Flow[]} */
  flows = []
  /** @type {{ from: number, message: any, serializer: string, bytes: number } | null} what is being handled */
  #current = null
  #bytesIn = 0
  #spliced = 0

  /** @override @type {Router['attach']} */
  attach(connection) {
    const session = super.attach(connection)
    const { onmessage, serializer } = connection
    const sendParts = connection.sendParts.bind(connection)
    connection.onmessage = (message) => {
      const { bytes } = this.codec.stats().in
      this.#current = { from: session.id, message, serializer: serializer.id, bytes: bytes - this.#bytesIn }
      this.#bytesIn = bytes
      onmessage?.(message)
      this.#current = null
    }
    connection.sendParts = (parts) => {
      this.#note(session.id, serializer, /** @type {Uint8Array} */ (parts[0]))
      sendParts(parts)
    }
    return session
  }

  /** @type {(to: number, serializer: import('wamp-codec').Serializer, frame: Uint8Array) => void} */
  #note(to, serializer, frame) {
    const { spliced } = this.codec.stats()
    const isSpliced = spliced > this.#spliced
    this.#spliced = spliced
    if (this.#current === null) return
    const { from, message, serializer: serializerIn, bytes } = this.#current
    if (CARRIERS.get(message.type) !== this.codec.peek(frame, serializer.id)) return
    const what = [NAMES.get(message.type), message.topic ?? message.procedure].filter(Boolean).join(' ')
    const sizes = { bytesIn: bytes, bytesOut: frame.length }
    this.flows.push({ from, to, what, serializerIn, serializerOut: serializer.id, isSpliced, ...sizes })
  }
}
