/** The messages of routed Remote Procedure Calls. Specification: "Remote Procedure Calls". */

import { NO_PAYLOAD } from '../payload/payload.ts'
import { type Attributes, build, writePosition } from './build.ts'
import { ControlMessage, DataMessage } from './categories.ts'
import { defineMessage } from './define.ts'
import { Message, NO_INDEX, Received } from './message.ts'
import type { MessageTable } from './table.ts'
import {
  CALL,
  CANCEL,
  INTERRUPT,
  INVOCATION,
  REGISTER,
  REGISTERED,
  RESULT,
  UNREGISTER,
  UNREGISTERED,
  YIELD,
} from './tables.ts'
import type { CancelMode, InterruptMode, Invoke, Match } from './values.ts'

/** CALL: A caller calls a procedure. */
export class Call extends DataMessage {
  static override readonly MESSAGE_TYPE: 48 = 48
  static override readonly CATEGORY: 4 = 4
  static override readonly TABLE: MessageTable = CALL

  declare _request: number
  declare _procedure: string
  declare _procedureRef: number
  /** Milliseconds after which the call is canceled; 0 means never. Key `timeout`. */
  declare timeout: number | null
  /** Whether the caller takes progressive results. Key `receive_progress`. */
  declare receive_progress: boolean | null
  /** A hash that identifies the transaction which the application makes. Key `transaction_hash`. */
  declare transaction_hash: string | null
  /** Whether more follow: of results, or of invocations of one call. Key `progress`. */
  declare progress: boolean | null
  /** Whether the router may tell who the sender is. Key `disclose_me`. */
  declare disclose_me: boolean | null
  /** `partition` runs the call on all shards. Key `runmode`. */
  declare runmode: string | null
  /** The key that selects a shard. Key `rkey`. */
  declare rkey: string | null
  /** The session id of the caller. Key `caller`. */
  declare caller: number | null
  /** The authentication id of the caller. Key `caller_authid`. */
  declare caller_authid: string | null
  /** The authentication role of the caller. Key `caller_authrole`. */
  declare caller_authrole: string | null

  constructor(from: Attributes<Call, 'request' | 'procedure'> | Received) {
    super()
    const received = from instanceof Received
    this._request = received ? from.first : 0
    this._procedure = received ? (from.text as string) : ''
    this._procedureRef = received ? from.ref : -1
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = received ? from.frame : NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) build(this, from)
  }

  /** The id of the request. */
  get request(): number {
    return this._request
  }
  set request(request: number) {
    writePosition(this, 'request', request)
  }

  /** The procedure, as a URI. */
  get procedure(): string {
    return this._procedure
  }
  set procedure(procedure: string) {
    writePosition(this, 'procedure', procedure)
  }

  /** The number of the interned procedure: equal procedures, equal numbers; -1 when it is not interned. */
  get procedureRef(): number {
    return this._procedureRef
  }
}
defineMessage(Call, CALL)

/** CANCEL: A caller cancels a call. */
export class Cancel extends ControlMessage {
  static override readonly MESSAGE_TYPE: 49 = 49
  static override readonly CATEGORY: 3 = 3
  static override readonly TABLE: MessageTable = CANCEL

  declare _request: number
  /** How to cancel: `skip`, `kill` or `killnowait`. Key `mode`. */
  declare mode: CancelMode | null

  constructor(from: Attributes<Cancel, 'request'> | Received) {
    super()
    const received = from instanceof Received
    this._request = received ? from.first : 0
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) build(this, from)
  }

  /** The id of the request. */
  get request(): number {
    return this._request
  }
  set request(request: number) {
    writePosition(this, 'request', request)
  }
}
defineMessage(Cancel, CANCEL)

/** RESULT: The dealer returns a result to the caller. */
export class Result extends DataMessage {
  static override readonly MESSAGE_TYPE: 50 = 50
  static override readonly CATEGORY: 4 = 4
  static override readonly TABLE: MessageTable = RESULT

  declare _request: number
  /** Whether more follow: of results, or of invocations of one call. Key `progress`. */
  declare progress: boolean | null
  /** The session id of the callee. Key `callee`. */
  declare callee: number | null
  /** The authentication id of the callee. Key `callee_authid`. */
  declare callee_authid: string | null
  /** The authentication role of the callee. Key `callee_authrole`. */
  declare callee_authrole: string | null

  constructor(from: Attributes<Result, 'request'> | Received) {
    super()
    const received = from instanceof Received
    this._request = received ? from.first : 0
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = received ? from.frame : NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) build(this, from)
  }

  /** The id of the request. */
  get request(): number {
    return this._request
  }
  set request(request: number) {
    writePosition(this, 'request', request)
  }
}
defineMessage(Result, RESULT)

/** REGISTER: A callee offers a procedure. */
export class Register extends ControlMessage {
  static override readonly MESSAGE_TYPE: 64 = 64
  static override readonly CATEGORY: 3 = 3
  static override readonly TABLE: MessageTable = REGISTER

  declare _request: number
  declare _procedure: string
  declare _procedureRef: number
  /** How the URI matches: `exact`, `prefix` or `wildcard`; absent means exact. Key `match`. */
  declare match: Match
  /** Which callee of a shared registration is called: `single`, `first`, `last`, `roundrobin` or `random`; absent means single. Key `invoke`. */
  declare invoke: Invoke
  /** How many invocations may run at once, from 1. Key `concurrency`. */
  declare concurrency: number | null
  /** Whether the registration replaces another one. Key `force_reregister`. */
  declare force_reregister: boolean | null
  /** Whether the callee asks for the caller's identity. Key `disclose_caller`. */
  declare disclose_caller: boolean | null
  /** Whether the callee takes over the timeout. Key `forward_timeout`. */
  declare forward_timeout: boolean | null

  constructor(from: Attributes<Register, 'request' | 'procedure'> | Received) {
    super()
    const received = from instanceof Received
    this._request = received ? from.first : 0
    this._procedure = received ? (from.text as string) : ''
    this._procedureRef = received ? from.ref : -1
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) build(this, from)
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

  /** The number of the interned procedure: equal procedures, equal numbers; -1 when it is not interned. */
  get procedureRef(): number {
    return this._procedureRef
  }
}
defineMessage(Register, REGISTER)

/** REGISTERED: The dealer acknowledges a registration. */
export class Registered extends Message {
  static override readonly MESSAGE_TYPE: 65 = 65
  static override readonly CATEGORY: 1 = 1
  static override readonly TABLE: MessageTable = REGISTERED

  declare _request: number
  declare _registration: number

  constructor(from: Attributes<Registered, 'request' | 'registration'> | Received) {
    super()
    const received = from instanceof Received
    this._request = received ? from.first : 0
    this._registration = received ? from.second : 0
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) build(this, from)
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
  static override readonly MESSAGE_TYPE: 66 = 66
  static override readonly CATEGORY: 3 = 3
  static override readonly TABLE: MessageTable = UNREGISTER

  declare _request: number
  declare _registration: number

  constructor(from: Attributes<Unregister, 'request' | 'registration'> | Received) {
    super()
    const received = from instanceof Received
    this._request = received ? from.first : 0
    this._registration = received ? from.second : 0
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) build(this, from)
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
  static override readonly MESSAGE_TYPE: 67 = 67
  static override readonly CATEGORY: 1 = 1
  static override readonly TABLE: MessageTable = UNREGISTERED

  declare _request: number
  /** Why the router revoked it, as a URI. */
  declare reason: string | null
  /** The registration that the router revoked; only then, and the request is 0. Key `registration`. */
  declare registration: number | null

  constructor(from: Attributes<Unregistered, 'request'> | Received) {
    super()
    const received = from instanceof Received
    this._request = received ? from.first : 0
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) build(this, from)
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

/** INVOCATION: The dealer invokes a procedure at the callee. */
export class Invocation extends DataMessage {
  static override readonly MESSAGE_TYPE: 68 = 68
  static override readonly CATEGORY: 4 = 4
  static override readonly TABLE: MessageTable = INVOCATION

  declare _request: number
  declare _registration: number
  /** Milliseconds after which the call is canceled; 0 means never. Key `timeout`. */
  declare timeout: number | null
  /** Whether the caller takes progressive results. Key `receive_progress`. */
  declare receive_progress: boolean | null
  /** The session id of the caller. Key `caller`. */
  declare caller: number | null
  /** The authentication id of the caller. Key `caller_authid`. */
  declare caller_authid: string | null
  /** The authentication role of the caller. Key `caller_authrole`. */
  declare caller_authrole: string | null
  /** The procedure that was called, for registrations of patterns. Key `procedure`. */
  declare procedure: string | null
  /** A hash that identifies the transaction which the application makes. Key `transaction_hash`. */
  declare transaction_hash: string | null
  /** Whether more follow: of results, or of invocations of one call. Key `progress`. */
  declare progress: boolean | null
  /** How far the router trusts the sender, from 0. Key `trustlevel`. */
  declare trustlevel: number | null

  constructor(from: Attributes<Invocation, 'request' | 'registration'> | Received) {
    super()
    const received = from instanceof Received
    this._request = received ? from.first : 0
    this._registration = received ? from.second : 0
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = received ? from.frame : NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) build(this, from)
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
defineMessage(Invocation, INVOCATION)

/** INTERRUPT: The dealer cancels an invocation. */
export class Interrupt extends ControlMessage {
  static override readonly MESSAGE_TYPE: 69 = 69
  static override readonly CATEGORY: 3 = 3
  static override readonly TABLE: MessageTable = INTERRUPT

  declare _request: number
  /** How the call is canceled: `kill` or `killnowait`. Key `mode`. */
  declare mode: InterruptMode | null
  /** Why the call is canceled, as a URI. */
  declare reason: string | null

  constructor(from: Attributes<Interrupt, 'request'> | Received) {
    super()
    const received = from instanceof Received
    this._request = received ? from.first : 0
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) build(this, from)
  }

  /** The id of the request. */
  get request(): number {
    return this._request
  }
  set request(request: number) {
    writePosition(this, 'request', request)
  }
}
defineMessage(Interrupt, INTERRUPT)

/** YIELD: A callee returns a result. */
export class Yield extends DataMessage {
  static override readonly MESSAGE_TYPE: 70 = 70
  static override readonly CATEGORY: 4 = 4
  static override readonly TABLE: MessageTable = YIELD

  declare _request: number
  /** Whether more follow: of results, or of invocations of one call. Key `progress`. */
  declare progress: boolean | null
  /** The session id of the callee. Key `callee`. */
  declare callee: number | null
  /** The authentication id of the callee. Key `callee_authid`. */
  declare callee_authid: string | null
  /** The authentication role of the callee. Key `callee_authrole`. */
  declare callee_authrole: string | null

  constructor(from: Attributes<Yield, 'request'> | Received) {
    super()
    const received = from instanceof Received
    this._request = received ? from.first : 0
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = received ? from.frame : NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) build(this, from)
  }

  /** The id of the request. */
  get request(): number {
    return this._request
  }
  set request(request: number) {
    writePosition(this, 'request', request)
  }
}
defineMessage(Yield, YIELD)
