/** The router: its codec, its realms, and a session for each connection that it is given. */
import { createCodec } from 'wamp-codec'
import { LIMITS } from './limits.mjs'
import { Realm } from './realm.mjs'
import { Session } from './session.mjs'

/** @import { ClientRoles, Role, Serializer } from 'wamp-codec' */
/** @import { Connection, RouterOptions } from './types.d.ts' */

export class Router {
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

  /** Opens a session on a connection. @param {Connection} connection */
  attach(connection) {
    const session = new Session(this, connection)
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
   * `enc_*` of autobahn; as they came, to one that announces both or neither.
   *
   * @type {(serializer: Serializer, roles: ClientRoles) => Serializer}
   */
  dialect(serializer, roles) {
    const features = Object.values(roles).map((role) => /** @type {Role | undefined} */ (role)?.features)
    const isPpt = features.some((one) => one?.payload_passthru_mode === true)
    const isEnc = features.some((one) => one?.payload_transparency === true)
    // FlatBuffers has only the one.
    const passthru =
      serializer.id === 'flatbuffers' || (isEnc && !isPpt) ? 'enc' : isPpt && !isEnc ? 'ppt' : 'as-is'
    return this.codec.serializer(serializer.id, { passthru })
  }

  /** Says goodbye to everybody. */
  close() {
    for (const session of this.#sessions) session.close('wamp.close.system_shutdown')
  }
}
