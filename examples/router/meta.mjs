/**
 * The procedures of the router itself: which sessions, subscriptions and registrations there are. Calls of these are the
 * only payloads that the router reads. WAMP, "Session Meta API", "Registration Meta API", "Subscription Meta API".
 */
import { Result } from 'wamp-codec'
import { describe } from './realm.mjs'

/**
 * @typedef {import('./realm.mjs').Realm} Realm
 * @typedef {import('wamp-codec').Match} Match
 * @typedef {(realm: Realm, args: unknown[]) => unknown} Procedure undefined: there is no such thing
 * @typedef {{ id: number, match: Match, uri: string, sessions: number[] }} Entry
 */

const MATCHES = /** @type {const} */ (['exact', 'prefix', 'wildcard'])

/** @param {import('./broker.mjs').Subscription | undefined} subscription @returns {Entry | undefined} */
const ofSubscription = (subscription) =>
  subscription && {
    id: subscription.id,
    match: subscription.match,
    uri: subscription.topic,
    sessions: [...subscription.sessions].map(({ id }) => id),
  }

/** @param {import('./dealer.mjs').Registration | undefined} registration @returns {Entry | undefined} */
const ofRegistration = (registration) =>
  registration && {
    id: registration.id,
    match: registration.match,
    uri: registration.procedure,
    sessions: registration.callees.map(({ session }) => session.id),
  }

/** @param {Realm} realm @param {unknown} roles */
const ids = (realm, roles) => {
  const wanted = Array.isArray(roles) ? new Set(roles) : null
  const sessions = [...realm.sessions.values()]
  return sessions.filter(({ identity }) => wanted?.has(identity.authrole) ?? true).map(({ id }) => id)
}

/** @param {Iterable<Entry>} entries */
const byMatch = (entries) => {
  const all = [...entries]
  return Object.fromEntries(
    MATCHES.map((match) => [match, all.filter((one) => one.match === match).map(({ id }) => id)]),
  )
}

/** @param {unknown} options @returns {Match} */
const matchOf = (options) => {
  const { match } = /** @type {{ match?: unknown }} */ (options ?? {})
  return MATCHES.find((known) => known === match) ?? 'exact'
}

/**
 * The procedures that subscriptions and registrations have in common.
 *
 * @param {string} kind
 * @param {string} members what the sessions of one are called
 * @param {(realm: Realm) => Entry[]} all
 * @param {(realm: Realm, match: Match, uri: string) => Entry | undefined} lookup
 * @param {(realm: Realm, uri: string) => unknown} match
 * @returns {Record<string, Procedure>}
 */
function entries(kind, members, all, lookup, match) {
  /** @param {Realm} realm @param {unknown} id */
  const find = (realm, id) => all(realm).find((entry) => entry.id === id)
  return {
    [`wamp.${kind}.list`]: (realm) => byMatch(all(realm)),
    [`wamp.${kind}.lookup`]: (realm, [uri, options]) =>
      lookup(realm, matchOf(options), String(uri))?.id ?? null,
    [`wamp.${kind}.match`]: (realm, [uri]) => match(realm, String(uri)) ?? null,
    [`wamp.${kind}.get`]: (realm, [id]) => {
      const entry = find(realm, id)
      return entry && { id: entry.id, match: entry.match, uri: entry.uri }
    },
    [`wamp.${kind}.list_${members}`]: (realm, [id]) => find(realm, id)?.sessions,
    [`wamp.${kind}.count_${members}`]: (realm, [id]) => find(realm, id)?.sessions.length,
  }
}

/** @type {Map<string, Procedure>} */
const PROCEDURES = new Map(
  Object.entries({
    'wamp.session.count': (realm, [roles]) => ids(realm, roles).length,
    'wamp.session.list': (realm, [roles]) => ids(realm, roles),
    'wamp.session.get': (realm, [id]) => {
      const session = realm.sessions.get(/** @type {number} */ (id))
      return session && describe(session)
    },
    ...entries(
      'subscription',
      'subscribers',
      ({ broker }) =>
        [...broker.subscriptions.values()].map((one) => /** @type {Entry} */ (ofSubscription(one))),
      ({ broker }, match, uri) => ofSubscription(broker.lookup(match, uri)),
      ({ broker }, uri) => broker.match(uri).map(({ id }) => id),
    ),
    ...entries(
      'registration',
      'callees',
      ({ dealer }) =>
        [...dealer.registrations.values()].map((one) => /** @type {Entry} */ (ofRegistration(one))),
      ({ dealer }, match, uri) => ofRegistration(dealer.lookup(match, uri)),
      ({ dealer }, uri) => dealer.find(uri)?.id,
    ),
  }),
)

/**
 * Answers a call of the router.
 *
 * @param {Realm} realm
 * @param {import('./session.mjs').Session} caller
 * @param {import('wamp-codec').Call} call
 */
export function callRouter(realm, caller, call) {
  const { procedure, request } = call
  const answer = PROCEDURES.get(procedure)
  if (answer === undefined) return caller.refuse(call, 'wamp.error.no_such_procedure')
  const value = answer(realm, call.args ?? [])
  if (value === undefined) return caller.refuse(call, `wamp.error.no_such_${procedure.split('.')[1]}`)
  caller.send(new Result({ request, args: [value] }))
}
