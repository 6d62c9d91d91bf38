/**
 * The procedures of the router itself: who is here. Calls of these are the only payloads that the router reads. WAMP,
 * "Session Meta API".
 */
import { Result } from 'wamp-codec'

/** @import { Call } from 'wamp-codec' */
/** @import { Realm } from './realm.mjs' */
/** @import { Session } from './types.d.ts' */
/** @typedef {(realm: Realm, args: any[]) => unknown} Procedure whose undefined means that there is no such session */

/** @type {(realm: Realm, args: any[]) => number[]} */
const list = ({ sessions }, [roles]) => {
  const wanted = Array.isArray(roles)
    ? [...sessions.values()].filter((one) => roles.includes(one.identity.authrole))
    : null
  return wanted?.map(({ id }) => id) ?? [...sessions.keys()]
}

/** @type {[string, Procedure][]} */
const TABLE = [
  ['wamp.session.count', (realm, args) => list(realm, args).length],
  ['wamp.session.list', list],
  ['wamp.session.get', ({ sessions }, [id]) => sessions.get(id)?.describe()],
]
const PROCEDURES = new Map(TABLE)

/** Answers a call of the router. @type {(realm: Realm, caller: Session, call: Call) => void} */
export function callRouter(realm, caller, call) {
  const answer = PROCEDURES.get(call.procedure)
  if (answer === undefined) return caller.refuse(call, 'wamp.error.no_such_procedure')
  const value = answer(realm, call.args ?? [])
  if (value === undefined) return caller.refuse(call, 'wamp.error.no_such_session')
  caller.send(new Result({ request: call.request, args: [value] }))
}
