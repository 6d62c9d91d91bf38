/** Connections without sockets: both ends in this process, for links and for measuring. */

/** @typedef {import('wamp-codec/ws').Connection} Connection */

/**
 * Two ends of a connection. What one sends, the other gets after this turn.
 *
 * @param {import('wamp-codec').Serializer} serializer
 * @returns {[Connection, Connection]}
 */
export function memoryPair(serializer) {
  const one = new MemoryConnection(serializer)
  const other = new MemoryConnection(serializer)
  one.peer = other
  other.peer = one
  return /** @type {[any, any]} */ ([one, other])
}

/** @implements {Pick<Connection, 'send' | 'sendParts' | 'answer' | 'close' | 'terminate' | 'pause' | 'resume' | 'drained'>} */
class MemoryConnection {
  /** @type {'memory'} */
  transport = 'memory'
  isOpen = true
  bufferedAmount = 0
  peerMaxBytes = Number.POSITIVE_INFINITY
  /** @type {Connection['onmessage']} */
  onmessage = null
  /** @type {Connection['onerror']} */
  onerror = null
  /** @type {Connection['onclose']} */
  onclose = null
  /** @type {MemoryConnection | null} */
  peer = null
  /** @type {Uint8Array[]} What this end has sent and the other has not got. */
  #queue = []
  #isWaiting = false
  #isPaused = false
  /** @type {(() => void)[]} */
  #drained = []

  /** @param {import('wamp-codec').Serializer} serializer */
  constructor(serializer) {
    this.serializer = serializer
  }

  /** @param {import('wamp-codec').Message} message */
  send(message) {
    this.sendParts([this.serializer.encode(message)])
  }

  /** @param {readonly Uint8Array[]} parts */
  sendParts(parts) {
    if (!this.isOpen) return
    const frame = parts.length === 1 ? /** @type {Uint8Array} */ (parts[0]) : Buffer.concat(parts)
    this.#queue.push(frame)
    this.bufferedAmount += frame.length
    this.#schedule()
  }

  /** @param {Parameters<Connection['answer']>[0]} answer */
  answer({ message, closeCode }) {
    this.send(message)
    if (closeCode !== null) this.close(closeCode)
  }

  pause() {
    this.#isPaused = true
  }

  resume() {
    this.#isPaused = false
    if (this.peer !== null) this.peer.#schedule()
  }

  drained() {
    if (this.bufferedAmount === 0 || !this.isOpen) return Promise.resolve()
    return /** @type {Promise<void>} */ (new Promise((resolve) => this.#drained.push(resolve)))
  }

  close(code = 1000, reason = '') {
    if (!this.isOpen) return
    this.isOpen = false
    queueMicrotask(() => {
      this.#deliver()
      this.peer?.close(code, reason)
      this.onclose?.({ code, reason, error: null })
    })
  }

  terminate() {
    this.#queue = []
    this.close(1006)
  }

  #schedule() {
    if (this.#isWaiting || this.#queue.length === 0) return
    this.#isWaiting = true
    queueMicrotask(() => this.#deliver())
  }

  #deliver() {
    this.#isWaiting = false
    const { peer, serializer } = this
    while (this.#queue.length > 0 && peer !== null && !peer.#isPaused) {
      const frames = this.#queue
      this.#queue = []
      this.bufferedAmount = 0
      for (const frame of frames) {
        for (const message of serializer.decodeAll(frame)) if (peer.isOpen) peer.onmessage?.(message)
      }
    }
    for (const resolve of this.#drained.splice(0)) resolve()
  }
}
