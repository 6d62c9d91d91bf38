/**
 * Who a client is: anonymous, by a ticket, or by a challenge that only the owner of a secret can sign (WAMP-CRA).
 * Whether a user exists is never told: strangers are tried, too, in the same words, and fail. WAMP, "Authentication
 * Methods".
 */
import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'
import { Challenge } from 'wamp-codec'

/** @import { Hello } from 'wamp-codec' */
/** @import { Identity, Rules, Trial, User } from './types.d.ts' */

/** The role of other routers: they may say whom they forward for. */
export const ROUTER_ROLE = 'router'

export class Authentication {
  #anonymous
  #salting
  /** What salts are made of: an authid always has the same one, that of a stranger too. */
  #seed = randomBytes(32)
  /** @type {Map<string, User & { key: string }>} */
  #users
  /** Whether there is a user who can pass: which one is not told. */
  #hasTickets
  #hasSecrets

  /** @param {Rules} rules */
  constructor({ anonymous = 'anonymous', salting = null, users = {} }) {
    this.#anonymous = anonymous
    this.#salting = salting
    // A map, not an object: an authid comes from a stranger, and may be "constructor".
    this.#users = new Map(
      Object.entries(users).map(([authid, user]) => [authid, { ...user, key: this.#keyOf(authid, user) }]),
    )
    this.#hasTickets = Object.values(users).some(({ ticket }) => ticket !== undefined)
    this.#hasSecrets = Object.values(users).some(({ secret }) => secret !== undefined)
  }

  /**
   * The first of the client's methods that can be tried: who it is, what it must pass, or null when there is none.
   *
   * @type {(hello: Hello, session: number) => Identity | Trial | null}
   */
  begin({ authmethods, authid }, session) {
    for (const authmethod of authmethods ?? ['anonymous']) {
      if (authmethod === 'anonymous' && this.#anonymous !== null) {
        // What a client calls itself without a proof is not its authid.
        return { authid: randomBytes(12).toString('base64url'), authrole: this.#anonymous, authmethod }
      }
      if (authid === null) continue
      if (authmethod === 'ticket' && this.#hasTickets) return this.#ticket(authid)
      if (authmethod === 'wampcra' && this.#hasSecrets) return this.#challenge(authid, session)
    }
    return null
  }

  /** @type {(authid: string) => Trial} */
  #ticket(authid) {
    const { role, ticket } = this.#users.get(authid) ?? {}
    return {
      challenge: new Challenge({ method: 'ticket' }),
      check: trial({ authid, authrole: role ?? '', authmethod: 'ticket' }, ticket),
    }
  }

  /** @type {(authid: string, session: number) => Trial} */
  #challenge(authid, session) {
    const { role = '', secret, key = '' } = this.#users.get(authid) ?? {}
    const identity = { authid, authrole: role, authmethod: 'wampcra' }
    const [nonce, timestamp] = [randomBytes(32).toString('base64'), new Date().toISOString()]
    // The role is told in WELCOME.
    const told = { ...identity, authrole: '', authprovider: 'static', session, nonce, timestamp }
    const challenge = JSON.stringify(told)
    const salting = this.#salting === null ? {} : { salt: this.#saltOf(authid), ...this.#salting }
    const signature = createHmac('sha256', key).update(challenge).digest('base64')
    return {
      challenge: new Challenge({ method: 'wampcra', extra: { challenge, ...salting } }),
      check: trial(identity, secret === undefined ? undefined : signature),
    }
  }

  /** @param {string} authid */
  #saltOf(authid) {
    return createHmac('sha256', this.#seed).update(authid).digest('base64')
  }

  /** What a client that knows the secret signs with. @type {(authid: string, user: User) => string} */
  #keyOf(authid, { secret = '' }) {
    if (this.#salting === null) return secret
    const { iterations, keylen } = this.#salting
    return pbkdf2Sync(secret, this.#saltOf(authid), iterations, keylen, 'sha256').toString('base64')
  }
}

/**
 * The comparison with the right answer, which takes the same time wherever the texts differ, how long they are, and
 * whether there is a right one at all.
 *
 * @type {(identity: Identity, expected: string | undefined) => Trial['check']}
 */
function trial(identity, expected) {
  const wanted = digest(expected ?? randomBytes(32).toString('hex'))
  return (given) => (timingSafeEqual(digest(given), wanted) && expected !== undefined ? identity : null)
}

/** @param {string} text */
function digest(text) {
  return createHash('sha256').update(text).digest()
}
