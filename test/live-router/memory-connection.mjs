/** Connections without sockets, both ends in this process: tests of the router need no others. */
/** @import { Message, Serializer } from 'wamp-codec' */
/** @import { Connection } from '../../examples/router/types.d.ts' */

/**
 * Two ends of a connection. What one sends, the other gets after this turn.
 *
 * @type {(serializer: Serializer) => [Connection, Connection]}
 */
export function memoryPair(serializer) {
  const one = new MemoryConnection(serializer)
  const other = new MemoryConnection(serializer)
  one.peer = other
  other.peer = one
  return /** @type {any} */ ([one, other])
}

class MemoryConnection {
  transport = 'memory'
  isOpen = true
  /** Nothing waits: the next turn comes before anything else. */
  bufferedAmount = 0
  /** @type {Connection['onmessage']} */
  onmessage = null
  /** @type {Connection['onclose']} */
  onclose = null
  peer = this

  /** @param {Serializer} serializer */
  constructor(serializer) {
    this.serializer = serializer
  }

  /** @param {Message} message */
  send(message) {
    this.sendParts([this.serializer.encode(message)])
  }

  /** @param {readonly Uint8Array<ArrayBuffer>[]} parts */
  sendParts(parts) {
    if (!this.isOpen) return
    const frame = parts.length > 1 ? Buffer.concat(parts) : parts[0]
    queueMicrotask(() => this.peer.#receive(/** @type {Uint8Array<ArrayBuffer>} */ (frame)))
  }

  /** @type {Connection['answer']} */
  answer({ message, closeCode }) {
    if (message !== null) this.send(message)
    if (closeCode !== null) this.close(closeCode)
  }

  close(code = 1000, reason = '') {
    if (!this.isOpen) return
    this.isOpen = false
    queueMicrotask(() => {
      this.peer.close(code, reason)
      this.onclose?.({ code, reason, error: null })
    })
  }

  /** @param {Uint8Array<ArrayBuffer>} frame */
  #receive(frame) {
    for (const message of this.serializer.decodeAll(frame)) if (this.isOpen) this.onmessage?.(message)
  }
}
