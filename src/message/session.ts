/** The messages that open, authenticate and close a session. Specification: "Sessions" and "Authentication". */

import { NO_PAYLOAD } from '../payload/payload.ts'
import {
  complete,
  givenOf,
  idGiven,
  NOT_GIVEN,
  othersGiven,
  setAbortPayload,
  textGiven,
  uriGiven,
  uriGivenOr,
  writePosition,
} from './build.ts'
import { defineMessage } from './define.ts'
import type { Attributes } from './given.ts'
import { Message, Received } from './message.ts'
import { NO_INDEX } from './options.ts'
import type { MessageTable } from './table.ts'
import { ABORT, AUTHENTICATE, CHALLENGE, GOODBYE, HELLO, WELCOME } from './tables.ts'
import type { ClientRoles, RouterRoles } from './values.ts'

/** HELLO: A client asks to join a realm. */
export class Hello extends Message {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 1 = 1
  /** 1: neither forward_for nor a payload. */ static override readonly CATEGORY: 1 = 1
  /** @internal */ static override readonly TABLE: MessageTable = HELLO
  declare readonly type: 1

  /** @internal */ declare _realm: string | null
  /** The roles, at least one, each with its features: `{ caller: { features: { call_timeout: true } } }`. Key `roles`. */
  declare roles: ClientRoles
  /** The authentication methods that the client offers, best first. Key `authmethods`. */
  declare authmethods: string[] | null
  /** The authentication id. Key `authid`. */
  declare authid: string | null
  /** The authentication role. Key `authrole`. */
  declare authrole: string | null
  /** What the authentication method adds. Key `authextra`. */
  declare authextra: Record<string, unknown> | null
  /** Whether the session may be resumed. Key `resumable`. */
  declare resumable: boolean | null
  /** The session to resume. Key `resume-session`. */
  declare resume_session: number | null
  /** The secret that allows to resume it. Key `resume-token`. */
  declare resume_token: string | null
  /** The software at the other end, for people. Key `agent`. */
  declare agent: string | null
  /** What the client says of its transport, for example `{ auth: ... }`. Key `transport`. */
  declare transport: Record<string, unknown> | null

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError. */
  constructor(attributes: Attributes<Hello, 'roles'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Hello, 'roles'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(HELLO, from)
    const others = received ? null : othersGiven()
    this._realm = received ? from.text : uriGivenOr(null, HELLO, 'realm', given.realm)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, HELLO, given, others)
  }

  /** The realm to join; null when the client leaves it to the router. URI. */
  get realm(): string | null {
    return this._realm
  }
  set realm(realm: string | null) {
    writePosition(this, 'realm', realm)
  }
}
defineMessage(Hello, HELLO)

/** WELCOME: The router opens the session. */
export class Welcome extends Message {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 2 = 2
  /** 1: neither forward_for nor a payload. */ static override readonly CATEGORY: 1 = 1
  /** @internal */ static override readonly TABLE: MessageTable = WELCOME
  declare readonly type: 2

  /** @internal */ declare _session: number
  /** The realm that the session joined. Key `realm`. */
  declare realm: string | null
  /** The authentication id. Key `authid`. */
  declare authid: string | null
  /** The authentication role. Key `authrole`. */
  declare authrole: string | null
  /** The authentication method that was used. Key `authmethod`. */
  declare authmethod: string | null
  /** Who authenticated. Key `authprovider`. */
  declare authprovider: string | null
  /** What the authentication method adds. Key `authextra`. */
  declare authextra: Record<string, unknown> | null
  /** Whether the session was resumed. Key `resumed`. */
  declare resumed: boolean | null
  /** Whether the session may be resumed. Key `resumable`. */
  declare resumable: boolean | null
  /** The secret that allows to resume the session later. Key `resume_token`. */
  declare resume_token: string | null
  /** The software at the other end, for people. Key `agent`. */
  declare agent: string | null
  /** The roles, at least one, each with its features: `{ caller: { features: { call_timeout: true } } }`. Key `roles`. */
  declare roles: RouterRoles

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError. */
  constructor(attributes: Attributes<Welcome, 'session' | 'roles'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Welcome, 'session' | 'roles'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(WELCOME, from)
    const others = received ? null : othersGiven()
    this._session = received ? from.first : idGiven(WELCOME, 'session', given.session)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, WELCOME, given, others)
  }

  /** The session id that the router gave. */
  get session(): number {
    return this._session
  }
  set session(session: number) {
    writePosition(this, 'session', session)
  }
}
defineMessage(Welcome, WELCOME)

/** ABORT: Either side refuses to open the session, or ends it for a violation of the protocol. */
export class Abort extends Message {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 3 = 3
  /** 1: neither forward_for nor a payload. */ static override readonly CATEGORY: 1 = 1
  /** @internal */ static override readonly TABLE: MessageTable = ABORT
  declare readonly type: 3

  /** @internal */ declare _reason: string
  /** A text for people. Key `message`. */
  declare message: string | null

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError. */
  constructor(attributes: Attributes<Abort, 'reason'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Abort, 'reason'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(ABORT, from)
    const others = received ? null : othersGiven()
    this._reason = received ? (from.text as string) : uriGiven(ABORT, 'reason', given.reason)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = received ? from.frame : NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, ABORT, given, others)
  }

  /** Why, as a URI. */
  get reason(): string {
    return this._reason
  }
  set reason(reason: string) {
    writePosition(this, 'reason', reason)
  }

  /** Positional values that say more about the reason; null when there are none. */
  get args(): unknown[] | null {
    return this._payload.readArgs()
  }
  set args(args: unknown[] | null) {
    setAbortPayload(this, args, this.kwargs)
  }

  /** Keyword values that say more about the reason; null when there are none. */
  get kwargs(): Record<string, unknown> | null {
    return this._payload.readKwargs()
  }
  set kwargs(kwargs: Record<string, unknown> | null) {
    setAbortPayload(this, this.args, kwargs)
  }
}
defineMessage(Abort, ABORT)

/** CHALLENGE: The router asks the client to authenticate. */
export class Challenge extends Message {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 4 = 4
  /** 1: neither forward_for nor a payload. */ static override readonly CATEGORY: 1 = 1
  /** @internal */ static override readonly TABLE: MessageTable = CHALLENGE
  declare readonly type: 4

  /** @internal */ declare _method: string
  /** What the method needs beside; a dictionary, never null. */
  declare extra: Record<string, unknown>

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError. */
  constructor(attributes: Attributes<Challenge, 'method'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Challenge, 'method'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(CHALLENGE, from)
    const others = received ? null : othersGiven()
    this._method = received ? (from.text as string) : textGiven(CHALLENGE, 'method', given.method)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, CHALLENGE, given, others)
  }

  /** The authentication method that the challenge belongs to. */
  get method(): string {
    return this._method
  }
  set method(method: string) {
    writePosition(this, 'method', method)
  }
}
defineMessage(Challenge, CHALLENGE)

/** AUTHENTICATE: The client answers a challenge. */
export class Authenticate extends Message {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 5 = 5
  /** 1: neither forward_for nor a payload. */ static override readonly CATEGORY: 1 = 1
  /** @internal */ static override readonly TABLE: MessageTable = AUTHENTICATE
  declare readonly type: 5

  /** @internal */ declare _signature: string
  /** What the method needs beside; a dictionary, never null. */
  declare extra: Record<string, unknown>

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError. */
  constructor(attributes: Attributes<Authenticate, 'signature'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Authenticate, 'signature'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(AUTHENTICATE, from)
    const others = received ? null : othersGiven()
    this._signature = received ? (from.text as string) : textGiven(AUTHENTICATE, 'signature', given.signature)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, AUTHENTICATE, given, others)
  }

  /** The answer to the challenge. */
  get signature(): string {
    return this._signature
  }
  set signature(signature: string) {
    writePosition(this, 'signature', signature)
  }
}
defineMessage(Authenticate, AUTHENTICATE)

/** GOODBYE: Either side closes the session, or agrees. */
export class Goodbye extends Message {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 6 = 6
  /** 1: neither forward_for nor a payload. */ static override readonly CATEGORY: 1 = 1
  /** @internal */ static override readonly TABLE: MessageTable = GOODBYE
  declare readonly type: 6

  /** @internal */ declare _reason: string
  /** A text for people. Key `message`. */
  declare message: string | null
  /** Whether the session may be resumed. Key `resumable`. */
  declare resumable: boolean | null

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError. */
  constructor(attributes?: Attributes<Goodbye, never>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Goodbye, never> | Received = {}) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(GOODBYE, from)
    const others = received ? null : othersGiven()
    this._reason = received
      ? (from.text as string)
      : uriGivenOr('wamp.close.normal', GOODBYE, 'reason', given.reason)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, GOODBYE, given, others)
  }

  /** Why, as a URI. */
  get reason(): string {
    return this._reason
  }
  set reason(reason: string) {
    writePosition(this, 'reason', reason)
  }
}
defineMessage(Goodbye, GOODBYE)
