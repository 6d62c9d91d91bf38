/**
 * One publication on its way to its receivers: who may get it, what they are told, and the frames, each encoded once for
 * all who get the same. WAMP, "Subscriber Black- and Whitelisting", "Publisher Exclusion", "Publisher Identification".
 */
import { EncodeError, FanOut } from 'wamp-codec'
import { randomId } from './ids.mjs'

/**
 * @typedef {import('wamp-codec').Publish} Publish
 * @typedef {import('wamp-codec').FanOutReceiver} FanOutReceiver
 * @typedef {import('wamp-codec').Serializer} Serializer
 * @typedef {import('./session.mjs').Session} Session
 * @typedef {(session: Session) => boolean} Filter
 */

export class Publication {
  id = randomId()
  #router
  #message
  /** @type {Session | null} */
  #excluded
  /** @type {Filter | null} */
  #filter
  #chain
  /** @type {FanOut | null} */
  #fanOut = null
  /** @type {FanOut | null} */
  #toRouters = null
  /** @type {Set<Serializer>} Those that cannot say it: a second try would cost as much as the first. */
  #failed = new Set()

  /**
   * @param {import('./realm.mjs').Realm} realm
   * @param {import('./router.mjs').Router} router
   * @param {Publish} message
   * @param {Session | null} publisher null for the router itself
   */
  constructor(realm, router, message, publisher) {
    this.#router = router
    this.#message = message
    this.#excluded = message.exclude_me === false ? null : publisher
    this.#filter = filterOf(message)
    this.#chain = publisher === null ? [] : realm.chain(message, publisher)
  }

  /** Bytes that it costs to keep it. */
  get retainedBytes() {
    return this.#message.retainedBytes
  }

  /** The same without its frames, and for the publisher too: what is retained. */
  kept() {
    this.#fanOut = null
    this.#toRouters = null
    this.#failed = new Set()
    this.#excluded = null
    return this
  }

  /**
   * What all sessions of a subscription are told.
   *
   * @param {number} subscription
   * @param {import('wamp-codec').Match} match
   * @returns {FanOutReceiver}
   */
  receiver(subscription, match) {
    return { subscription, topic: match !== 'exact', disclose: this.#message.disclose_me === true }
  }

  /** @param {Session} session */
  isFor(session) {
    return session !== this.#excluded && (this.#filter === null || this.#filter(session))
  }

  /**
   * Sends the event. A session whose serializer cannot say it, or that takes no frame of this length, goes without.
   *
   * @param {Session} session
   * @param {FanOutReceiver} receiver
   */
  sendTo(session, receiver) {
    const { serializer } = session
    if (this.#failed.has(serializer)) return
    let bytes
    try {
      bytes = (session.isRouter ? this.#forRouters() : this.#forClients()).bytes(serializer, receiver)
      session.sendFrame(bytes)
    } catch (error) {
      if (!(error instanceof EncodeError)) throw error
      if (bytes === undefined) this.#failed.add(serializer)
      this.#router.observe('unsendable', session, error)
    }
  }

  #forClients() {
    this.#fanOut ??= new FanOut(this.#router.codec, this.#message, { ...this.#event(), forward_for: null })
    return this.#fanOut
  }

  /** Routers are told the way, so that nothing comes back. */
  #forRouters() {
    this.#toRouters ??= new FanOut(this.#router.codec, this.#message, {
      ...this.#event(),
      forward_for: this.#chain,
    })
    return this.#toRouters
  }

  /** The publisher is where the chain begins, wherever that is. */
  #event() {
    const origin = this.#chain[0]
    return {
      publication: this.id,
      publisher: origin?.session,
      publisher_authid: origin?.authid,
      publisher_authrole: origin?.authrole,
    }
  }
}

/**
 * The black and white lists of a message; null when it has none.
 *
 * @param {Publish} message
 * @returns {Filter | null}
 */
function filterOf(message) {
  /** @type {Filter[]} */
  const tests = []
  /**
   * @param {readonly unknown[] | null} list
   * @param {(session: Session) => unknown} key
   * @param {boolean} isWhite
   */
  const add = (list, key, isWhite) => {
    if (list === null) return
    const listed = new Set(list)
    tests.push((session) => listed.has(key(session)) === isWhite)
  }
  add(message.exclude, ({ id }) => id, false)
  add(message.exclude_authid, ({ identity }) => identity.authid, false)
  add(message.exclude_authrole, ({ identity }) => identity.authrole, false)
  add(message.eligible, ({ id }) => id, true)
  add(message.eligible_authid, ({ identity }) => identity.authid, true)
  add(message.eligible_authrole, ({ identity }) => identity.authrole, true)
  return tests.length === 0 ? null : (session) => tests.every((test) => test(session))
}
