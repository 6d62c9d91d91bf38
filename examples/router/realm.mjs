/** A realm: the sessions that can reach each other, with their broker and their dealer. */
import { MessageType, Publish } from 'wamp-codec'
import { Authentication } from './authentication.mjs'
import { Broker } from './broker.mjs'
import { Dealer } from './dealer.mjs'

/**
 * @typedef {import('./session.mjs').Session} Session
 * @typedef {import('wamp-codec').Hop} Hop
 */

export class Realm {
  /** @type {Map<number, Session>} */
  sessions = new Map()

  /**
   * @param {string} name
   * @param {import('./authentication.mjs').Rules} rules
   * @param {import('./router.mjs').Router} router
   */
  constructor(name, rules, router) {
    this.name = name
    this.authentication = new Authentication(rules)
    this.broker = new Broker(this, router)
    this.dealer = new Dealer(this, router)
  }

  /** @param {Session} session */
  join(session) {
    this.sessions.set(session.id, session)
    this.#tell('wamp.session.on_join', [describe(session)])
  }

  /** @param {Session} session */
  leave(session) {
    this.sessions.delete(session.id)
    this.dealer.leave(session)
    this.broker.leave(session)
    const { authid, authrole } = session.identity
    this.#tell('wamp.session.on_leave', [session.id, authid, authrole])
  }

  /**
   * The routers that a message has come through, and the session that it comes from now: what the next router is told.
   *
   * @param {{ forward_for: Hop[] | null }} message
   * @param {Session} session
   * @returns {Hop[]}
   */
  chain({ forward_for }, { id, identity: { authid, authrole } }) {
    return [...(forward_for ?? []), { session: id, authid, authrole }]
  }

  /**
   * Why a message may not have come the way that it says; null when it may. Only routers may say that they forward for
   * somebody, and what has been here before has come in a circle.
   *
   * @param {{ forward_for: Hop[] | null }} message
   * @param {Session} session
   */
  wrongWay({ forward_for }, session) {
    if (forward_for === null) return null
    if (!session.isRouter) return 'wamp.error.option_not_allowed'
    const seen = new Set([session.id])
    for (const hop of forward_for) {
      if (this.sessions.has(hop.session) || seen.has(hop.session)) return 'wamp.error.no_such_procedure'
      seen.add(hop.session)
    }
    return null
  }

  /**
   * @param {string} topic
   * @param {unknown[]} args
   */
  #tell(topic, args) {
    this.broker.announce(topic, () => new Publish({ request: MessageType.PUBLISH, topic, args }))
  }
}

/**
 * What others are told of a session.
 *
 * @param {Session} session
 */
export function describe({ id, identity, transport, serializer }) {
  return {
    session: id,
    ...identity,
    authprovider: 'static',
    transport: { type: transport, serializer: serializer.id },
  }
}
