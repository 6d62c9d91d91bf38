/**
 * One publication on its way to its receivers: who may get it, what they are told, and the frames, each encoded once
 * for all who get the same. WAMP, "Subscriber Black- and Whitelisting", "Publisher Exclusion", "Publisher
 * Identification".
 */
import { EncodeError, FanOut } from 'wamp-codec'
import { randomId } from './ids.mjs'

/** @import { FanOutReceiver, Serializer } from 'wamp-codec' */
/** @import { Realm } from './realm.mjs' */
/** @import { Router } from './router.mjs' */
/** @import { Entry, Hop, Publish, Session } from './types.d.ts' */
/** @typedef {(session: Session) => boolean} Filter */

/** Bytes of memory that a name or a session of a list takes: up to 50 (Node 24, x86-64, 2026). */
const LISTED_BYTES = 64

export class Publication {
  id = randomId()
  /** Of those that are retained, in sequence; 0 when it is not. */
  number = 0
  #router
  #message
  /** The session of a publisher that is not to get it; 0 for none. */
  #excluded
  #filter
  #isForRouters
  /** @type {Hop[]} */
  #chain
  /** @type {{ clients?: FanOut, routers?: FanOut }} */
  #fanOuts = {}
  /**
   * @type {WeakSet<Serializer | Session>} Serializers that cannot say it, and sessions that do not take its length: a
   * second try would cost as much as the first.
   */
  #failed = new WeakSet()

  /**
   * @param {Realm} realm
   * @param {Router} router
   * @param {Publish} message
   * @param {Session | null} publisher null for the router itself
   */
  constructor(realm, router, message, publisher) {
    this.#router = router
    this.#message = message
    this.#excluded = message.exclude_me === false ? 0 : (publisher?.id ?? 0)
    this.#filter = filterOf(message)
    this.#isForRouters = mayTravel(message, realm)
    this.#chain = publisher === null ? [] : realm.chain(message, publisher)
  }

  /** Bytes that it costs to keep it, with its lists. */
  get retainedBytes() {
    return this.#message.retainedBytes + listed(this.#message) * LISTED_BYTES
  }

  /** Makes it an event that is retained. @param {number} number */
  keep(number) {
    this.number = number
    this.#forget()
  }

  /** Drops the frames that were made of it: kept, they would cost many times its message. */
  #forget() {
    this.#fanOuts = {}
    this.#message.uncache()
  }

  /** Whether it has no black or white lists. */
  get isForAll() {
    return this.#filter === null
  }

  /** Whether a session may have it. @param {Session} session */
  isFor(session) {
    if (session.id === this.#excluded || (session.isRouter && !this.#isForRouters)) return false
    return this.#filter === null || this.#filter(session)
  }

  /** What all sessions of a subscription are told. @type {(subscription: Entry) => FanOutReceiver} */
  receiver({ id, match }) {
    return { subscription: id, topic: match !== 'exact', disclose: this.#message.disclose_me === true }
  }

  /**
   * Sends the event to a session that may have it. One whose serializer cannot say it, or that takes no frame of this
   * length, goes without.
   *
   * @type {(session: Session, receiver: FanOutReceiver) => void}
   */
  sendTo(session, receiver) {
    const { serializer } = session
    if (!this.isFor(session) || this.#failed.has(serializer) || this.#failed.has(session)) return
    let bytes
    try {
      const fanOut = this.#fanOutFor(session.isRouter ? 'routers' : 'clients')
      bytes = fanOut.bytes(serializer, receiver)
      session.sendFrame(bytes)
    } catch (error) {
      if (!(error instanceof EncodeError)) throw error
      this.#failed.add(bytes === undefined ? serializer : session)
      this.#router.observe('unsendable', session, error)
    } finally {
      if (this.number > 0) this.#forget()
    }
  }

  /** Routers are told the way, so that nothing comes back. @param {'clients' | 'routers'} kind */
  #fanOutFor(kind) {
    const known = this.#fanOuts[kind]
    if (known !== undefined) return known
    // The publisher is where the chain begins, wherever that is.
    const [origin] = this.#chain
    const fanOut = new FanOut(this.#router.codec, this.#message, {
      publication: this.id,
      publisher: origin?.session,
      publisher_authid: origin?.authid,
      publisher_authrole: origin?.authrole,
      forward_for: kind === 'routers' ? this.#chain : null,
    })
    this.#fanOuts[kind] = fanOut
    return fanOut
  }
}

/** The black and white lists of a message; null when it has none. @type {(message: Publish) => Filter | null} */
function filterOf(message) {
  /** @type {Filter[]} */
  const tests = []
  /** @type {(list: readonly unknown[] | null, isWhite: boolean, key: (session: Session) => unknown) => void} */
  const add = (list, isWhite, key) => {
    if (list === null) return
    const listed = new Set(list)
    tests.push((session) => listed.has(key(session)) === isWhite)
  }
  add(message.exclude, false, ({ id }) => id)
  add(message.exclude_authid, false, ({ identity }) => identity.authid)
  add(message.exclude_authrole, false, ({ identity }) => identity.authrole)
  add(message.eligible, true, ({ id }) => id)
  add(message.eligible_authid, true, ({ identity }) => identity.authid)
  add(message.eligible_authrole, true, ({ identity }) => identity.authrole)
  return tests.length === 0 ? null : (session) => tests.every((test) => test(session))
}

/** How many names and sessions the lists of a message have. @param {Publish} message */
function listed({ exclude, exclude_authid, exclude_authrole, eligible, eligible_authid, eligible_authrole }) {
  const lists = [exclude, exclude_authid, exclude_authrole, eligible, eligible_authid, eligible_authrole]
  return lists.reduce((sum, list) => sum + (list?.length ?? 0), 0)
}

/**
 * Whether other routers may have it. They cannot be told the lists, and would send it to everybody; but sessions that
 * are here need no exclusion there.
 *
 * @type {(message: Publish, realm: Realm) => boolean}
 */
function mayTravel(message, { sessions }) {
  const { exclude, exclude_authid, exclude_authrole, eligible, eligible_authid, eligible_authrole } = message
  const isOpen = eligible === null && eligible_authid === null && eligible_authrole === null
  const names = [...(exclude_authid ?? []), ...(exclude_authrole ?? [])]
  return isOpen && names.length === 0 && (exclude ?? []).every((id) => sessions.has(id))
}
