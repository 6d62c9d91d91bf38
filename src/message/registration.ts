/** The messages of registering procedures. Specification: "Remote Procedure Calls". */

import { NO_PAYLOAD } from '../payload/payload.ts'
import { complete, givenOf, idGiven, NOT_GIVEN, othersGiven, uriGiven, writePosition } from './build.ts'
import { ControlMessage } from './categories.ts'
import { defineMessage } from './define.ts'
import type { Attributes } from './given.ts'
import { Message, Received } from './message.ts'
import { NO_INDEX } from './options.ts'
import type { MessageTable } from './table.ts'
import { REGISTER, REGISTERED, UNREGISTER, UNREGISTERED } from './tables.ts'
import type { Invoke, Match } from './values.ts'

/** REGISTER: A callee offers a procedure. */
export class Register extends ControlMessage {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 64 = 64
  /** 3: with forward_for. */ static override readonly CATEGORY: 3 = 3
  /** @internal */ static override readonly TABLE: MessageTable = REGISTER
  declare readonly type: 64

  /** @internal */ declare _request: number
  /** @internal */ declare _procedure: string
  /** @internal */ declare _procedureRef: number
  /** How the URI matches: `exact`, `prefix` or `wildcard`; absent means exact. Key `match`. */
  declare match: Match
  /**
   * Which callee of a shared registration is called: `single`, `first`, `last`, `roundrobin` or `random`; absent means
   * single. Key `invoke`.
   */
  declare invoke: Invoke
  /** How many invocations may run at once, from 1. Key `concurrency`. */
  declare concurrency: number | null
  /** Whether the registration replaces another one; absent means it does not. Key `force_reregister`. */
  declare force_reregister: boolean | null
  /** Whether the callee asks for the caller's identity. Key `disclose_caller`. */
  declare disclose_caller: boolean | null
  /** Whether the callee takes over the timeout. Key `forward_timeout`. */
  declare forward_timeout: boolean | null

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError. */
  constructor(attributes: Attributes<Register, 'request' | 'procedure'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Register, 'request' | 'procedure'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(REGISTER, from)
    const others = received ? null : othersGiven()
    this._request = received ? from.first : idGiven(REGISTER, 'request', given.request)
    this._procedure = received
      ? (from.text as string)
      : uriGiven(REGISTER, 'procedure', given.procedure, given.match)
    this._procedureRef = received ? from.ref : -1
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, REGISTER, given, others)
  }

  /** The id of the request. */
  get request(): number {
    return this._request
  }
  set request(request: number) {
    writePosition(this, 'request', request)
  }

  /** The procedure or the pattern, as a URI. */
  get procedure(): string {
    return this._procedure
  }
  set procedure(procedure: string) {
    writePosition(this, 'procedure', procedure)
  }

  /** The number of the interned procedure; -1 without one. It never means another one (docs/router.md). */
  get procedureRef(): number {
    return this._procedureRef
  }
}
defineMessage(Register, REGISTER)

/** REGISTERED: The dealer acknowledges a registration. */
export class Registered extends Message {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 65 = 65
  /** 1: neither forward_for nor a payload. */ static override readonly CATEGORY: 1 = 1
  /** @internal */ static override readonly TABLE: MessageTable = REGISTERED
  declare readonly type: 65

  /** @internal */ declare _request: number
  /** @internal */ declare _registration: number

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError. */
  constructor(attributes: Attributes<Registered, 'request' | 'registration'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Registered, 'request' | 'registration'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(REGISTERED, from)
    const others = received ? null : othersGiven()
    this._request = received ? from.first : idGiven(REGISTERED, 'request', given.request)
    this._registration = received ? from.second : idGiven(REGISTERED, 'registration', given.registration)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, REGISTERED, given, others)
  }

  /** The id of the request. */
  get request(): number {
    return this._request
  }
  set request(request: number) {
    writePosition(this, 'request', request)
  }

  /** The id of the registration. */
  get registration(): number {
    return this._registration
  }
  set registration(registration: number) {
    writePosition(this, 'registration', registration)
  }
}
defineMessage(Registered, REGISTERED)

/** UNREGISTER: A callee takes back a procedure. */
export class Unregister extends ControlMessage {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 66 = 66
  /** 3: with forward_for. */ static override readonly CATEGORY: 3 = 3
  /** @internal */ static override readonly TABLE: MessageTable = UNREGISTER
  declare readonly type: 66

  /** @internal */ declare _request: number
  /** @internal */ declare _registration: number

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError. */
  constructor(attributes: Attributes<Unregister, 'request' | 'registration'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Unregister, 'request' | 'registration'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(UNREGISTER, from)
    const others = received ? null : othersGiven()
    this._request = received ? from.first : idGiven(UNREGISTER, 'request', given.request)
    this._registration = received ? from.second : idGiven(UNREGISTER, 'registration', given.registration)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, UNREGISTER, given, others)
  }

  /** The id of the request. */
  get request(): number {
    return this._request
  }
  set request(request: number) {
    writePosition(this, 'request', request)
  }

  /** The id of the registration. */
  get registration(): number {
    return this._registration
  }
  set registration(registration: number) {
    writePosition(this, 'registration', registration)
  }
}
defineMessage(Unregister, UNREGISTER)

/** UNREGISTERED: The dealer acknowledges the end of a registration, or revokes one. */
export class Unregistered extends Message {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 67 = 67
  /** 1: neither forward_for nor a payload. */ static override readonly CATEGORY: 1 = 1
  /** @internal */ static override readonly TABLE: MessageTable = UNREGISTERED
  declare readonly type: 67

  /** @internal */ declare _request: number
  /** Why the router revoked it, as a URI. Key `reason`. */
  declare reason: string | null
  /** The registration that the router revoked; only then, and the request is 0. Key `registration`. */
  declare registration: number | null

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError. */
  constructor(attributes: Attributes<Unregistered, 'request'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Unregistered, 'request'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(UNREGISTERED, from)
    const others = received ? null : othersGiven()
    this._request = received ? from.first : idGiven(UNREGISTERED, 'request', given.request)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, UNREGISTERED, given, others)
  }

  /** The id of the request. */
  get request(): number {
    return this._request
  }
  set request(request: number) {
    writePosition(this, 'request', request)
  }
}
defineMessage(Unregistered, UNREGISTERED)
