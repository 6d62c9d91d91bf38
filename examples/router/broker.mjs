/**
 * The broker: who gets which event. A payload goes from the publisher's frame into the subscribers' frames as the bytes
 * that it came in, or transcoded once for each other format. WAMP, "Publish and Subscribe".
 */
import { Published, Subscribed, Unsubscribed } from 'wamp-codec'
import { randomId } from './ids.mjs'
import { isReserved, whyNoMore } from './limits.mjs'
import { PatternTable } from './matching.mjs'
import { Publication } from './publication.mjs'

/** @import { Subscribe, Unsubscribe } from 'wamp-codec' */
/** @import { Realm } from './realm.mjs' */
/** @import { Router } from './router.mjs' */
/** @import { Entry, Handle, Match, Publish, Session } from './types.d.ts' */

export class Broker {
  /** @type {PatternTable<Entry>} */
  subscriptions = new PatternTable()
  #realm
  #router
  /** @type {Map<string, Publication>} The last event of each topic that is to be retained. */
  #retained = new Map()
  #retainedBytes = 0
  /** How many events have been retained so far. */
  #count = 0

  /** @param {Realm} realm @param {Router} router */
  constructor(realm, router) {
    this.#realm = realm
    this.#router = router
  }

  /** @type {Handle<Subscribe>} */
  subscribe(session, message) {
    const { request, match, topic } = message
    let subscription = this.subscriptions.get(match, topic)
    if (subscription === undefined || !subscription.sessions.has(session)) {
      const problem = whyNoMore(this.#router.limits, session, session.subscriptions.size, match, topic)
      if (problem !== null) return session.refuse(message, problem)
      subscription ??= this.#newSubscription(match, topic)
      if (match !== 'exact') session.patterns++
      subscription.sessions.add(session)
      session.subscriptions.set(subscription.id, subscription)
    }
    session.send(new Subscribed({ request, subscription: subscription.id }))
    if (message.get_retained === true) {
      session.sendGradually(subscription, this.#sendRetained(session, subscription))
    }
  }

  /** @type {Handle<Unsubscribe>} */
  unsubscribe(session, message) {
    const subscription = session.subscriptions.get(message.subscription)
    if (subscription === undefined) return session.refuse(message, 'wamp.error.no_such_subscription')
    this.#remove(session, subscription)
    session.send(new Unsubscribed({ request: message.request }))
  }

  /** @type {Handle<Publish>} */
  publish(session, message) {
    const { topic, acknowledge, retain } = message
    const problem = isReserved(topic) ? 'wamp.error.invalid_uri' : this.#realm.wrongWay(message, session)
    if (problem !== null) {
      if (acknowledge === true) session.refuse(message, problem)
      return
    }
    // Of its chunk of the stream only its own bytes are kept.
    if (retain === true) message.detach()
    const publication = new Publication(this.#realm, this.#router, message, session)
    this.#deliver(topic, publication)
    if (retain === true) this.#retain(topic, publication)
    if (acknowledge === true) session.send(Published.from(message, { publication: publication.id }))
  }

  /**
   * Publishes for the router itself, when there are listeners.
   *
   * @type {(topic: string, message: () => Publish) => void}
   */
  announce(topic, message) {
    if (this.subscriptions.matches(topic).length === 0) return
    this.#deliver(topic, new Publication(this.#realm, this.#router, message(), null))
  }

  /** @param {Session} session */
  leave(session) {
    for (const subscription of session.subscriptions.values()) this.#remove(session, subscription)
  }

  /** @type {(match: Match, uri: string) => Entry} */
  #newSubscription(match, uri) {
    const subscription = { id: randomId(), match, uri, sessions: new Set() }
    this.subscriptions.add(subscription)
    return subscription
  }

  /** @type {(topic: string, publication: Publication) => void} */
  #deliver(topic, publication) {
    for (const subscription of this.subscriptions.matches(topic)) {
      const receiver = publication.receiver(subscription)
      for (const session of subscription.sessions) publication.sendTo(session, receiver)
    }
  }

  /** @type {(topic: string, publication: Publication) => void} */
  #retain(topic, publication) {
    const { maxRetained, maxRetainedBytes } = this.#router.limits
    // The one before is not the last any more, even if this one cannot be kept.
    this.#retainedBytes -= this.#retained.get(topic)?.retainedBytes ?? 0
    this.#retained.delete(topic)
    const bytes = this.#retainedBytes + publication.retainedBytes
    // What is kept of other topics stays: a flood must not wash it away.
    if (bytes > maxRetainedBytes || this.#retained.size >= maxRetained) return
    this.#retained.set(topic, publication.keep(++this.#count))
    this.#retainedBytes = bytes
  }

  /**
   * Sends one event with each step. What is retained meanwhile has come as an event.
   *
   * @type {(session: Session, subscription: Entry) => Generator<void, void>}
   */
  *#sendRetained(session, subscription) {
    const { match, uri, sessions } = subscription
    const last = this.#count
    const one = new PatternTable()
    one.add(subscription)
    for (const topic of match === 'exact' ? [uri] : this.#retained.keys()) {
      const publication = one.matches(topic).length > 0 ? this.#retained.get(topic) : undefined
      if (publication === undefined) continue
      // It has unsubscribed, or left.
      if (publication.number > last || !sessions.has(session)) return
      publication.sendTo(session, { ...publication.receiver(subscription), retained: true })
      yield
    }
  }

  /** @type {(session: Session, subscription: Entry) => void} */
  #remove(session, subscription) {
    session.subscriptions.delete(subscription.id)
    if (subscription.match !== 'exact') session.patterns--
    subscription.sessions.delete(session)
    if (subscription.sessions.size === 0) this.subscriptions.delete(subscription)
  }
}
