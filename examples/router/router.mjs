/** The router: its codec, its realms, and the sessions on all connections that it is given. */
import { createCodec } from 'wamp-codec'
import { LIMITS } from './limits.mjs'
import { Realm } from './realm.mjs'
import { Session } from './session.mjs'

/**
 * @typedef {import('wamp-codec/ws').Connection} Connection
 * @typedef {import('wamp-codec').Serializer} Serializer
 *
 * @typedef {'refused' | 'unsendable' | 'slow' | 'late'} Incident A frame that was refused, a message that a receiver
 *   goes without, a peer that does not read, one that does not say HELLO.
 *
 * @typedef {object} RouterOptions
 * @property {Record<string, import('./authentication.mjs').Rules>} realms by name, each with who may join
 * @property {'strict' | 'lenient'} [peers] `lenient` reads what published clients send against the rules
 * @property {Partial<import('./limits.mjs').Limits>} [limits]
 * @property {(what: Incident, session: Session, error?: Error) => void} [observe] for logs
 */

export class Router {
  /** @type {Map<string, Realm>} */
  #realms
  /** @type {Set<Session>} */
  #sessions = new Set()

  /** @param {RouterOptions} options */
  constructor({ realms, peers = 'strict', limits = {}, observe = () => {} }) {
    this.limits = { ...LIMITS, ...limits }
    this.codec = createCodec({ peers, maxMessageBytes: this.limits.maxMessageBytes })
    this.observe = observe
    this.#realms = new Map(
      Object.entries(realms).map(([name, rules]) => [name, new Realm(name, rules, this)]),
    )
  }

  /**
   * Opens a session on a connection.
   *
   * @param {Connection} connection
   * @param {import('./authentication.mjs').Identity | null} [trusted] who it is, when that is known without asking
   */
  attach(connection, trusted = null) {
    const session = new Session(this, connection, trusted)
    this.#sessions.add(session)
    return session
  }

  /** @param {Session} session */
  forget(session) {
    this.#sessions.delete(session)
  }

  /** @param {string | null} name */
  realm(name) {
    return this.#realms.get(name ?? '') ?? null
  }

  /**
   * What is written to a client: opaque payloads in the dialect that it announces, `ppt_*` of the specification or
   * `enc_*` of autobahn; as they came to one that announces both or neither.
   *
   * @param {Serializer} serializer
   * @param {import('wamp-codec').ClientRoles} roles
   * @returns {Serializer}
   */
  dialect(serializer, roles) {
    const features = Object.values(roles).map(
      (role) => /** @type {import('wamp-codec').Role} */ (role)?.features,
    )
    const isPpt = features.some((feature) => feature?.payload_passthru_mode === true)
    const isEnc = features.some((feature) => feature?.payload_transparency === true)
    if (isPpt === isEnc || serializer.id === 'flatbuffers') return serializer
    return this.codec.serializer(serializer.id, { passthru: isPpt ? 'ppt' : 'enc' })
  }

  /** Says goodbye to everybody. */
  close() {
    for (const session of this.#sessions) session.close('wamp.close.system_shutdown')
  }
}
