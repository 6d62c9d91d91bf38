/**
 * The registrations of a realm: who serves which procedure, and whose turn it is. WAMP, "Pattern-based Registrations",
 * "Shared Registration".
 */
import { Registered, Unregistered } from 'wamp-codec'
import { randomId } from './ids.mjs'
import { isReserved, PATTERN_COST, whyNoMore } from './limits.mjs'
import { PatternTable } from './matching.mjs'

/** @import { Register, Unregister } from 'wamp-codec' */
/** @import { Callee, Handle, Limits, Registration, Session } from './types.d.ts' */

export class Registrations {
  /** @type {PatternTable<Registration>} */
  #table = new PatternTable()
  #limits

  /** @param {Limits} limits */
  constructor(limits) {
    this.#limits = limits
  }

  /** @type {Handle<Register>} */
  register(session, message) {
    const { request, match, procedure, invoke } = message
    const isForRouters = match === 'prefix' && procedure === '' && !session.isRouter
    if (isReserved(procedure) || isForRouters) return session.refuse(message, 'wamp.error.invalid_uri')
    const problem = whyNoMore(this.#limits, session, session.registrations.size, match, procedure)
    if (problem !== null) return session.refuse(message, problem)
    let registration = this.#table.get(match, procedure)
    if (registration === undefined) {
      const entry = { id: randomId(), match, uri: procedure, sessions: new Set() }
      registration = { ...entry, invoke, callees: [], turn: 0 }
      this.#table.add(registration)
    } else if (invoke === 'single' || invoke !== registration.invoke || registration.sessions.has(session)) {
      return session.refuse(message, 'wamp.error.procedure_already_exists')
    }
    registration.sessions.add(session)
    const wishes = {
      wantsCaller: message.disclose_caller === true,
      wantsTimeout: message.forward_timeout === true,
    }
    registration.callees.push({ session, ...wishes })
    session.registrations.set(registration.id, registration)
    session.patterns += PATTERN_COST[match]
    session.send(new Registered({ request, registration: registration.id }))
  }

  /** @type {Handle<Unregister>} */
  unregister(session, message) {
    const registration = session.registrations.get(message.registration)
    if (registration === undefined) return session.refuse(message, 'wamp.error.no_such_registration')
    this.#remove(session, registration)
    session.send(new Unregistered({ request: message.request }))
  }

  /** @param {Session} session */
  leave(session) {
    for (const registration of session.registrations.values()) this.#remove(session, registration)
  }

  /** The one that serves a procedure: the most specific one. @param {string} procedure */
  find(procedure) {
    const found = this.#table.matches(procedure)
    // What other routers may have comes last, although a prefix is more than a wildcard otherwise.
    return found.find(({ match, uri }) => match !== 'prefix' || uri !== '') ?? found[0]
  }

  /** @type {(session: Session, registration: Registration) => void} */
  #remove(session, registration) {
    session.registrations.delete(registration.id)
    session.patterns -= PATTERN_COST[registration.match]
    registration.sessions.delete(session)
    registration.callees = registration.callees.filter((callee) => callee.session !== session)
    if (registration.sessions.size === 0) this.#table.delete(registration)
  }
}

/**
 * The callee whose turn it is, among those that were not tried; null when there is none.
 *
 * @type {(registration: Registration, caller: Session, tried: ReadonlySet<Session>) => Callee | null}
 */
export function choose(registration, caller, tried) {
  const { callees, invoke } = registration
  const count = callees.length
  const first = invoke === 'roundrobin' ? registration.turn++ : invoke === 'random' ? randomId() : 0
  for (let i = 0; i < count; i++) {
    const callee = callees[invoke === 'last' ? count - 1 - i : (first + i) % count]
    if (callee === undefined || tried.has(callee.session)) continue
    // A router does not get back what it has sent.
    if (!callee.session.isRouter || callee.session !== caller) return callee
  }
  return null
}
