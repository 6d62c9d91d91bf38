/**
 * The procedures of the router itself: who is here. Calls of these are the only payloads that the router reads. WAMP,
 * "Session Meta API".
 */
import { EncodeError, Result } from 'wamp-codec'

/** @import { Call } from 'wamp-codec' */
/** @import { Realm } from './realm.mjs' */
/** @import { Session } from './types.d.ts' */
/** @typedef {(realm: Realm, args: any[]) => unknown} Procedure whose undefined means that there is no such session */

/** @type {(realm: Realm, args: any[]) => number[]} */
const list = ({ sessions }, [roles]) => {
  if (!Array.isArray(roles)) return [...sessions.keys()]
  const wanted = new Set(roles)
  return [...sessions.values()].filter(({ identity }) => wanted.has(identity.authrole)).map(({ id }) => id)
}

/**
 * None of them ends a session: every client may call these.
 *
 * @type {[string, Procedure][]}
 */
const TABLE = [
  ['wamp.session.count', (realm, args) => list(realm, args).length],
  ['wamp.session.list', list],
  ['wamp.session.get', ({ sessions }, [id]) => sessions.get(id)?.describe()],
]
const PROCEDURES = new Map(TABLE)

/**
 * Answers a call of the router. Gives the error when there is no answer, or none that the caller can take.
 *
 * @type {(realm: Realm, caller: Session, call: Call) => string | null}
 */
export function callRouter(realm, caller, call) {
  const answer = PROCEDURES.get(call.procedure)
  if (answer === undefined) return 'wamp.error.no_such_procedure'
  const value = answer(realm, call.args ?? [])
  if (value === undefined) return 'wamp.error.no_such_session'
  try {
    caller.send(new Result({ request: call.request, args: [value] }))
    return null
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error
    return error.uri
  }
}
