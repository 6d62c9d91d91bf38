/** The messages of routed Remote Procedure Calls. Specification: "Remote Procedure Calls". */

import { NO_PAYLOAD } from '../payload/payload.ts'
import { complete, givenOf, idGiven, NOT_GIVEN, othersGiven, uriGiven, writePosition } from './build.ts'
import { ControlMessage, DataMessage } from './categories.ts'
import { defineMessage } from './define.ts'
import { type Derivation, derivation, derive, derivedIds, notDerivable, setOption } from './derive.ts'
import type { Attributes } from './given.ts'
import { Received } from './message.ts'
import { NO_INDEX } from './options.ts'
import type { MessageTable } from './table.ts'
import { CALL, CANCEL, INTERRUPT, INVOCATION, RESULT, YIELD } from './tables.ts'
import type { CancelMode, Given, InterruptMode } from './values.ts'

/** CALL: A caller calls a procedure. */
export class Call extends DataMessage {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 48 = 48
  /** 4: with forward_for and a payload. */ static override readonly CATEGORY: 4 = 4
  /** @internal */ static override readonly TABLE: MessageTable = CALL
  declare readonly type: 48

  /** @internal */ declare _request: number
  /** @internal */ declare _procedure: string
  /** @internal */ declare _procedureRef: number
  /** Milliseconds after which the call is canceled; 0 means never. Key `timeout`. */
  declare timeout: number | null
  /** Whether the caller takes progressive results. Key `receive_progress`. */
  declare receive_progress: boolean | null
  /** A hash that identifies the transaction which the application makes. Key `transaction_hash`. */
  declare transaction_hash: string | null
  /** Whether more follow, of results or of invocations of one call; absent means none. Key `progress`. */
  declare progress: boolean | null
  /** Whether the router may tell who the sender is; absent means it may not. Key `disclose_me`. */
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

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError, PayloadRuleError. */
  constructor(attributes: Attributes<Call, 'request' | 'procedure'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Call, 'request' | 'procedure'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(CALL, from)
    const others = received ? null : othersGiven()
    this._request = received ? from.first : idGiven(CALL, 'request', given.request)
    this._procedure = received ? (from.text as string) : uriGiven(CALL, 'procedure', given.procedure)
    this._procedureRef = received ? from.ref : -1
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = received ? from.frame : NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, CALL, given, others)
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

  /** The number of the interned procedure; -1 without one. It never means another one (docs/router.md). */
  get procedureRef(): number {
    return this._procedureRef
  }
}
defineMessage(Call, CALL)

/** CANCEL: A caller cancels a call. */
export class Cancel extends ControlMessage {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 49 = 49
  /** 3: with forward_for. */ static override readonly CATEGORY: 3 = 3
  /** @internal */ static override readonly TABLE: MessageTable = CANCEL
  declare readonly type: 49

  /** @internal */ declare _request: number
  /** How to cancel: `skip`, `kill` or `killnowait`. Key `mode`. */
  declare mode: CancelMode | null

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError. */
  constructor(attributes: Attributes<Cancel, 'request'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Cancel, 'request'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(CANCEL, from)
    const others = received ? null : othersGiven()
    this._request = received ? from.first : idGiven(CANCEL, 'request', given.request)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, CANCEL, given, others)
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

/** What a dealer adds to a YIELD to make it a result. */
export interface ResultDetails
  extends Given<Result, 'callee' | 'callee_authid' | 'callee_authrole' | 'progress' | 'forward_for'> {
  /** The id of the call. */
  request: number
}

const RESULT_OF_YIELD: Derivation = derivation(YIELD, RESULT, ['request'])

/** RESULT: The dealer returns a result to the caller. */
export class Result extends DataMessage {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 50 = 50
  /** 4: with forward_for and a payload. */ static override readonly CATEGORY: 4 = 4
  /** @internal */ static override readonly TABLE: MessageTable = RESULT
  declare readonly type: 50

  /** @internal */ declare _request: number
  /** Whether more follow, of results or of invocations of one call; absent means none. Key `progress`. */
  declare progress: boolean | null
  /** The session id of the callee. Key `callee`. */
  declare callee: number | null
  /** The authentication id of the callee. Key `callee_authid`. */
  declare callee_authid: string | null
  /** The authentication role of the callee. Key `callee_authrole`. */
  declare callee_authrole: string | null

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError, PayloadRuleError. */
  constructor(attributes: Attributes<Result, 'request'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Result, 'request'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(RESULT, from)
    const others = received ? null : othersGiven()
    this._request = received ? from.first : idGiven(RESULT, 'request', given.request)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = received ? from.frame : NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, RESULT, given, others)
  }

  /**
   * The result of a call from what its callee has yielded: the payload is shared; progress, forward_for, payload
   * attributes and custom keys `x_...` and `_...` are carried over, and the callee when the message came over a
   * router-to-router link. `result` gives the rest, and takes away what it gives as null.
   */
  static from(yield_: Yield, result: ResultDetails): Result {
    if (!(yield_ instanceof Yield) || result == null) throw notDerivable(yield_, result, RESULT_OF_YIELD)
    const message = new Result(derivedIds(RESULT, result.request, 0))
    derive(message, yield_, result, RESULT_OF_YIELD)
    return message
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

/** What a dealer adds to a call to make it an invocation. */
export interface InvocationDetails
  extends Pick<Invocation, 'registration'>,
    Given<
      Invocation,
      | 'caller'
      | 'caller_authid'
      | 'caller_authrole'
      | 'procedure'
      | 'progress'
      | 'receive_progress'
      | 'trustlevel'
      | 'forward_for'
    > {
  /** The id of the invocation. */
  request: number
  /** Milliseconds: give it to callees that have registered with `forward_timeout`. */
  timeout?: number | null | undefined
}

const INVOCATION_OF_CALL: Derivation = derivation(CALL, INVOCATION, ['request', 'registration'])

/** INVOCATION: The dealer invokes a procedure at the callee. */
export class Invocation extends DataMessage {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 68 = 68
  /** 4: with forward_for and a payload. */ static override readonly CATEGORY: 4 = 4
  /** @internal */ static override readonly TABLE: MessageTable = INVOCATION
  declare readonly type: 68

  /** @internal */ declare _request: number
  /** @internal */ declare _registration: number
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
  /** Whether more follow, of results or of invocations of one call; absent means none. Key `progress`. */
  declare progress: boolean | null
  /** How far the router trusts the sender, from 0. Key `trustlevel`. */
  declare trustlevel: number | null

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError, PayloadRuleError. */
  constructor(attributes: Attributes<Invocation, 'request' | 'registration'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Invocation, 'request' | 'registration'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(INVOCATION, from)
    const others = received ? null : othersGiven()
    this._request = received ? from.first : idGiven(INVOCATION, 'request', given.request)
    this._registration = received ? from.second : idGiven(INVOCATION, 'registration', given.registration)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = received ? from.frame : NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, INVOCATION, given, others)
  }

  /**
   * The invocation of a call: the payload is shared; progress, receive_progress, transaction_hash, forward_for, payload
   * attributes and custom keys `x_...` and `_...` are carried over, and the caller when the message came over a
   * router-to-router link. `invocation` gives the rest, and takes away what it gives as null.
   */
  static from(call: Call, invocation: InvocationDetails): Invocation {
    if (!(call instanceof Call) || invocation == null)
      throw notDerivable(call, invocation, INVOCATION_OF_CALL)
    const message = new Invocation(derivedIds(INVOCATION, invocation.request, invocation.registration))
    derive(message, call, invocation, INVOCATION_OF_CALL)
    return message
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

/** What a dealer adds to a CANCEL to make it an interrupt. */
export interface InterruptDetails extends Given<Interrupt, 'mode' | 'reason' | 'forward_for'> {
  /** The id of the invocation. */
  request: number
}

const INTERRUPT_OF_CANCEL: Derivation = derivation(CANCEL, INTERRUPT, ['request'])
const MODE: number = INTERRUPT.options.findIndex(({ attribute }) => attribute === 'mode')

/** INTERRUPT: The dealer cancels an invocation. */
export class Interrupt extends ControlMessage {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 69 = 69
  /** 3: with forward_for. */ static override readonly CATEGORY: 3 = 3
  /** @internal */ static override readonly TABLE: MessageTable = INTERRUPT
  declare readonly type: 69

  /** @internal */ declare _request: number
  /** How the call is canceled: `kill` or `killnowait`. Key `mode`. */
  declare mode: InterruptMode | null
  /** Why the call is canceled, as a URI. Key `reason`. */
  declare reason: string | null

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError. */
  constructor(attributes: Attributes<Interrupt, 'request'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Interrupt, 'request'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(INTERRUPT, from)
    const others = received ? null : othersGiven()
    this._request = received ? from.first : idGiven(INTERRUPT, 'request', given.request)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, INTERRUPT, given, others)
  }

  /**
   * The interrupt of an invocation whose call is canceled: mode, forward_for and custom keys `x_...` and `_...` are
   * carried over, except for the mode `skip`, which callees do not know. `interrupt` gives the rest, and takes away
   * what it gives as null.
   */
  static from(cancel: Cancel, interrupt: InterruptDetails): Interrupt {
    if (!(cancel instanceof Cancel) || interrupt == null) {
      throw notDerivable(cancel, interrupt, INTERRUPT_OF_CANCEL)
    }
    const message = new Interrupt(derivedIds(INTERRUPT, interrupt.request, 0))
    derive(message, cancel, interrupt, INTERRUPT_OF_CANCEL)
    const { mode } = cancel
    if (interrupt.mode === undefined && mode !== null && mode !== 'skip') setOption(message, MODE, mode)
    return message
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
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 70 = 70
  /** 4: with forward_for and a payload. */ static override readonly CATEGORY: 4 = 4
  /** @internal */ static override readonly TABLE: MessageTable = YIELD
  declare readonly type: 70

  /** @internal */ declare _request: number
  /** Whether more follow, of results or of invocations of one call; absent means none. Key `progress`. */
  declare progress: boolean | null
  /** The session id of the callee. Key `callee`. */
  declare callee: number | null
  /** The authentication id of the callee. Key `callee_authid`. */
  declare callee_authid: string | null
  /** The authentication role of the callee. Key `callee_authrole`. */
  declare callee_authrole: string | null

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError, PayloadRuleError. */
  constructor(attributes: Attributes<Yield, 'request'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Yield, 'request'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(YIELD, from)
    const others = received ? null : othersGiven()
    this._request = received ? from.first : idGiven(YIELD, 'request', given.request)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = received ? from.frame : NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, YIELD, given, others)
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
