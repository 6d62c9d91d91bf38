/**
 * The broker: who gets which event. A payload goes from the publisher's frame into the subscribers' frames as the bytes
 * that it came in, or transcoded once for each other format. WAMP, "Publish and Subscribe".
 */
import { Published, Subscribed, Unsubscribed } from 'wamp-codec'
import { randomId } from './ids.mjs'
import { isReserved, PATTERN_COST, whyNoMore } from './limits.mjs'
import { PatternTable } from './matching.mjs'
import { Publication } from './publication.mjs'
import { Retained } from './retained.mjs'

/** @import { Subscribe, Unsubscribe } from 'wamp-codec' */
/** @import { Realm } from './realm.mjs' */
/** @import { Router } from './router.mjs' */
/** @import { Entry, Handle, Match, Publish, Session } from './types.d.ts' */

export class Broker {
  /** @type {PatternTable<Entry>} */
  subscriptions = new PatternTable()
  #realm
  #router
  #retained

  /** @param {Realm} realm @param {Router} router */
  constructor(realm, router) {
    this.#realm = realm
    this.#router = router
    this.#retained = new Retained(router.limits)
  }

  /** @type {Handle<Subscribe>} */
  subscribe(session, message) {
    const { request, match, topic } = message
    let subscription = this.subscriptions.get(match, topic)
    if (subscription === undefined || !subscription.sessions.has(session)) {
      const problem = whyNoMore(this.#router.limits, session, session.subscriptions.size, match, topic)
      if (problem !== null) return session.refuse(message, problem)
      subscription ??= this.#newSubscription(match, topic)
      session.patterns += PATTERN_COST[match]
      subscription.sessions.add(session)
      session.subscriptions.set(subscription.id, subscription)
    }
    session.send(new Subscribed({ request, subscription: subscription.id }))
    if (message.get_retained === true) {
      session.sendGradually(subscription, this.#retained.send(session, subscription))
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
    if (retain === true) this.#retained.add(topic, publication)
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

  /** @type {(session: Session, subscription: Entry) => void} */
  #remove(session, subscription) {
    session.subscriptions.delete(subscription.id)
    session.patterns -= PATTERN_COST[subscription.match]
    subscription.sessions.delete(session)
    if (subscription.sessions.size === 0) this.subscriptions.delete(subscription)
  }
}
