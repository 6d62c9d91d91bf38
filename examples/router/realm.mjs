/** A realm: the sessions that can reach each other, with their broker and their dealer. */
import { Publish } from 'wamp-codec'
import { Authentication } from './authentication.mjs'
import { Broker } from './broker.mjs'
import { Dealer } from './dealer.mjs'

/** @import { Router } from './router.mjs' */
/** @import { Hop, Rules, Session } from './types.d.ts' */
/** @typedef {{ forward_for: Hop[] | null }} Forwarded */

export class Realm {
  /** @type {Map<number, Session>} */
  sessions = new Map()

  /**
   * @param {string} name
   * @param {Rules} rules
   * @param {Router} router
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
    this.#tell('wamp.session.on_join', [session.describe()])
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
   * The sessions that a message has come through, this one last: what the next router is told.
   *
   * @type {(message: Forwarded, session: Session) => Hop[]}
   */
  chain({ forward_for }, { id, identity: { authid, authrole } }) {
    return [...(forward_for ?? []), { session: id, authid, authrole }]
  }

  /**
   * Why a message may not have come the way that it says; null when it may. Only routers may say that they forward for
   * others, and what has been here before has come in a circle.
   *
   * @type {(message: Forwarded, session: Session) => string | null}
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

  /** @type {(topic: string, args: unknown[]) => void} */
  #tell(topic, args) {
    this.broker.announce(topic, () => new Publish({ request: 1, topic, args }))
  }
}
