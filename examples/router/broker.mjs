/**
 * The broker: who gets which event. A payload goes from the publisher's frame into the subscribers' frames as the bytes
 * that it came in, or transcoded once for each other format. WAMP, "Publish and Subscribe".
 */
import { Published, Subscribed, Unsubscribed } from 'wamp-codec'
import { randomId } from './ids.mjs'
import { isReserved, whyNoMore } from './limits.mjs'
import { isMatch, PatternTable } from './matching.mjs'
import { Publication } from './publication.mjs'

/**
 * @typedef {import('wamp-codec').Publish} Publish
 * @typedef {import('./session.mjs').Session} Session
 *
 * @typedef {object} Subscription
 * @property {number} id
 * @property {import('wamp-codec').Match} match
 * @property {string} topic
 * @property {Set<Session>} sessions
 */

export class Broker {
  #realm
  #router
  /** @type {PatternTable<Subscription>} */
  #table = new PatternTable()
  /** @type {Map<number, Subscription>} */
  subscriptions = new Map()
  /** @type {Map<string, Publication>} The last event of each topic that is to be retained. */
  #retained = new Map()
  #retainedBytes = 0

  /**
   * @param {import('./realm.mjs').Realm} realm
   * @param {import('./router.mjs').Router} router
   */
  constructor(realm, router) {
    this.#realm = realm
    this.#router = router
  }

  /**
   * @param {Session} session
   * @param {import('wamp-codec').Subscribe} message
   */
  subscribe(session, message) {
    const { request, match, topic } = message
    const problem = whyNoMore(this.#router.limits, session, session.subscriptions.size, match, topic)
    if (problem !== null) return session.refuse(message, problem)
    let subscription = this.#table.get(match, topic)
    if (subscription === undefined) {
      subscription = { id: randomId(), match, topic, sessions: new Set() }
      this.#table.set(match, topic, subscription)
      this.subscriptions.set(subscription.id, subscription)
    }
    if (!subscription.sessions.has(session)) {
      subscription.sessions.add(session)
      session.subscriptions.set(subscription.id, subscription)
      if (match !== 'exact') session.patterns++
    }
    session.send(new Subscribed({ request, subscription: subscription.id }))
    if (message.get_retained === true) this.#sendRetained(session, subscription)
  }

  /**
   * @param {Session} session
   * @param {import('wamp-codec').Unsubscribe} message
   */
  unsubscribe(session, message) {
    const subscription = session.subscriptions.get(message.subscription)
    if (subscription === undefined) return session.refuse(message, 'wamp.error.no_such_subscription')
    this.#remove(session, subscription)
    session.send(new Unsubscribed({ request: message.request }))
  }

  /**
   * @param {Session} session
   * @param {Publish} message
   */
  publish(session, message) {
    const { topic } = message
    const problem = isReserved(topic) ? 'wamp.error.invalid_uri' : this.#realm.wrongWay(message, session)
    if (problem !== null) {
      if (message.acknowledge === true) session.refuse(message, problem)
      return
    }
    if (message.retain === true) message.detach()
    const publication = new Publication(this.#realm, this.#router, message, session)
    this.#deliver(topic, publication)
    if (message.retain === true) this.#retain(topic, publication)
    if (message.acknowledge === true) session.send(Published.from(message, { publication: publication.id }))
  }

  /**
   * Publishes for the router itself, when anybody listens.
   *
   * @param {string} topic
   * @param {() => Publish} message
   */
  announce(topic, message) {
    if (this.#table.matches(topic).length === 0) return
    this.#deliver(topic, new Publication(this.#realm, this.#router, message(), null))
  }

  /** @param {Session} session */
  leave(session) {
    for (const subscription of session.subscriptions.values()) this.#remove(session, subscription)
  }

  /** The subscriptions that get an event. @param {string} topic */
  match(topic) {
    return this.#table.matches(topic)
  }

  /**
   * @param {import('wamp-codec').Match} match
   * @param {string} topic
   */
  lookup(match, topic) {
    return this.#table.get(match, topic)
  }

  /**
   * @param {string} topic
   * @param {Publication} publication
   */
  #deliver(topic, publication) {
    for (const { id, match, sessions } of this.#table.matches(topic)) {
      const receiver = publication.receiver(id, match)
      for (const session of sessions) if (publication.isFor(session)) publication.sendTo(session, receiver)
    }
  }

  /**
   * @param {string} topic
   * @param {Publication} publication
   */
  #retain(topic, publication) {
    const { maxRetained, maxRetainedBytes } = this.#router.limits
    const bytes =
      this.#retainedBytes - (this.#retained.get(topic)?.retainedBytes ?? 0) + publication.retainedBytes
    const isNew = !this.#retained.has(topic)
    // What is kept already stays: a flood of new topics must not wash it away.
    if (bytes > maxRetainedBytes || (isNew && this.#retained.size >= maxRetained)) return
    this.#retained.set(topic, publication.kept())
    this.#retainedBytes = bytes
  }

  /**
   * @param {Session} session
   * @param {Subscription} subscription
   */
  #sendRetained(session, { id, match, topic }) {
    const exact = this.#retained.get(topic)
    const found = match !== 'exact' ? this.#retained : exact === undefined ? [] : [[topic, exact]]
    for (const [retained, publication] of /** @type {Iterable<[string, Publication]>} */ (found)) {
      if (!isMatch(match, topic, retained) || !publication.isFor(session)) continue
      publication.sendTo(session, { ...publication.receiver(id, match), retained: true })
    }
  }

  /**
   * @param {Session} session
   * @param {Subscription} subscription
   */
  #remove(session, { id, match, topic, sessions }) {
    session.subscriptions.delete(id)
    if (match !== 'exact') session.patterns--
    sessions.delete(session)
    if (sessions.size > 0) return
    this.#table.delete(match, topic)
    this.subscriptions.delete(id)
  }
}
