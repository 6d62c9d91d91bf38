/**
 * Who a client is: anonymous, by a ticket, or by a challenge that only the owner of a secret can sign (WAMP-CRA). Whether
 * a user exists is never told: strangers get a challenge, too, and fail at it. WAMP, "Authentication Methods".
 */
import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'
import { Challenge } from 'wamp-codec'

/**
 * @typedef {object} Identity
 * @property {string} authid
 * @property {string} authrole
 * @property {string} authmethod
 *
 * @typedef {object} User Who may log in: with a ticket, or with a secret that never travels.
 * @property {string} role
 * @property {string} [ticket]
 * @property {string} [secret]
 * @property {{ salt: string, iterations: number, keylen: number }} [salted] derive the key from the secret by PBKDF2
 *
 * @typedef {object} Rules
 * @property {string | null} [anonymous] the role of clients that do not log in; null refuses them. Default `anonymous`.
 * @property {Record<string, User>} [users] by authid
 *
 * @typedef {object} Trial What a client must pass.
 * @property {Challenge} challenge
 * @property {(signature: string) => Identity | null} check null for a wrong answer
 */

/** The role of other routers: they may say whom they forward for. */
export const ROUTER_ROLE = 'router'

export class Authentication {
  /** @type {string | null} */
  #anonymous
  /** @type {Map<string, User & { key: string }>} */
  #users

  /** @param {Rules} rules */
  constructor({ anonymous = 'anonymous', users = {} }) {
    this.#anonymous = anonymous
    // A map, not an object: authid comes from strangers, and "constructor" is nobody's name here.
    this.#users = new Map(
      Object.entries(users).map(([authid, user]) => [authid, { ...user, key: keyOf(user) }]),
    )
  }

  /**
   * The first of the client's methods that can be tried: an identity at once, a trial, or null when there is none.
   *
   * @param {import('wamp-codec').Hello} hello
   * @param {number} session
   * @returns {Identity | Trial | null}
   */
  begin({ authmethods, authid }, session) {
    for (const method of authmethods ?? ['anonymous']) {
      if (method === 'anonymous' && this.#anonymous !== null) {
        // What a client calls itself without a proof is not its authid.
        return {
          authid: randomBytes(12).toString('base64url'),
          authrole: this.#anonymous,
          authmethod: method,
        }
      }
      if (authid === null || this.#users.size === 0) continue
      if (method === 'ticket') return this.#ticket(authid)
      if (method === 'wampcra') return this.#challenge(authid, session)
    }
    return null
  }

  /**
   * @param {string} authid
   * @returns {Trial}
   */
  #ticket(authid) {
    const user = this.#users.get(authid)
    const identity = { authid, authrole: user?.role ?? '', authmethod: 'ticket' }
    const isRight = equals(user?.ticket ?? randomBytes(32).toString('hex'))
    return {
      challenge: new Challenge({ method: 'ticket' }),
      check: (ticket) => (isRight(ticket) && user?.ticket !== undefined ? identity : null),
    }
  }

  /**
   * @param {string} authid
   * @param {number} session
   * @returns {Trial}
   */
  #challenge(authid, session) {
    const user = this.#users.get(authid)
    const identity = { authid, authrole: user?.role ?? '', authmethod: 'wampcra' }
    const nonce = randomBytes(32).toString('base64')
    const timestamp = new Date().toISOString()
    const challenge = JSON.stringify({ ...identity, authprovider: 'static', session, nonce, timestamp })
    const key = user?.secret === undefined ? randomBytes(32) : user.key
    const isRight = equals(createHmac('sha256', key).update(challenge).digest('base64'))
    return {
      challenge: new Challenge({ method: 'wampcra', extra: { challenge, ...user?.salted } }),
      check: (signature) => (isRight(signature) && user?.secret !== undefined ? identity : null),
    }
  }
}

/**
 * What a client that knows the secret signs with.
 *
 * @param {User} user
 */
function keyOf({ secret = '', salted }) {
  if (salted === undefined) return secret
  return pbkdf2Sync(secret, salted.salt, salted.iterations, salted.keylen, 'sha256').toString('base64')
}

/**
 * A comparison that takes the same time wherever the texts differ, and however long the given one is.
 *
 * @param {string} expected
 * @returns {(given: string) => boolean}
 */
function equals(expected) {
  /** @param {string} text */
  const digest = (text) => createHash('sha256').update(text).digest()
  const wanted = digest(expected)
  return (given) => timingSafeEqual(digest(given), wanted)
}
