/**
 * The dealer: how a call gets to its callee, and its results back. Payloads pass as they came. WAMP, "Remote Procedure
 * Calls".
 */
import {
  EncodeError,
  ErrorMessage,
  Interrupt,
  Invocation,
  isWampCodecError,
  MessageType,
  Result,
} from 'wamp-codec'
import { isReserved } from './limits.mjs'
import { callRouter } from './meta.mjs'
import { choose, Registrations } from './registrations.mjs'

/** @import { Call, Cancel, Message, Register, Unregister, Yield } from 'wamp-codec' */
/** @import { CancelMode, InterruptMode, InvocationDetails } from 'wamp-codec' */
/** @import { Realm } from './realm.mjs' */
/** @import { Router } from './router.mjs' */
/** @import { Callee, Frozen, Handle, Running, Session } from './types.d.ts' */

const { CALL } = MessageType
/** Bytes of memory that a byte of options takes once it is decoded: up to 62 (Node 24, x86-64, 2026). */
const DECODED_BYTES = 64
/** setTimeout takes no longer ones. */
const MAX_TIMEOUT = 2 ** 31 - 1
/** @type {ReadonlySet<Session>} */
const NOBODY = new Set()
/** Nobody is told who called, or who was called. */
const NO_CALLER = { caller: null, caller_authid: null, caller_authrole: null }
const NO_CALLEE = { callee: null, callee_authid: null, callee_authrole: null }
const NOT_SUPPORTED = 'wamp.error.feature_not_supported'
const NO_PROCEDURE = 'wamp.error.no_such_procedure'
const NO_CALLEE_LEFT = 'wamp.error.no_available_callee'
const UNAVAILABLE = 'wamp.error.unavailable'

export class Dealer {
  #registrations
  #realm
  #router
  /** @type {WeakMap<Session, number>} Bytes that are kept of the calls of a session. */
  #kept = new WeakMap()

  /** @param {Realm} realm @param {Router} router */
  constructor(realm, router) {
    this.#realm = realm
    this.#router = router
    this.#registrations = new Registrations(router.limits)
  }

  /** @type {Handle<Register>} */
  register(session, message) {
    this.#registrations.register(session, message)
  }

  /** @type {Handle<Unregister>} */
  unregister(session, message) {
    this.#registrations.unregister(session, message)
  }

  /** @type {Handle<Call>} */
  call(caller, message) {
    const { request } = message
    const isLast = message.progress !== true
    const running = caller.calls.get(request)
    if (running !== undefined) return this.#callOn(running, message)
    if (caller.overtaken.has(request)) {
      // The call is over, and its caller did not know yet.
      if (isLast) caller.overtaken.delete(request)
      return
    }
    const problem = this.#begin(caller, message)
    if (problem === null) return
    if (!isLast) this.#overtake(caller, request)
    caller.refuse(message, problem)
  }

  /** @type {Handle<Cancel>} */
  cancel(caller, { request, mode }) {
    const call = caller.calls.get(request)
    if (call !== undefined) this.#stop(call, mode ?? 'killnowait', 'wamp.error.canceled')
  }

  /** @type {Handle<Yield>} */
  yield(session, message) {
    const call = session.invocations.get(message.request)
    if (call === undefined) return checkInvoked(session, message)
    this.#stay(call)
    // The caller has not asked for parts.
    if (message.progress === true && !call.isProgressive) return
    if (message.progress !== true) this.#end(call)
    const { request, back: forward_for } = call
    const isPlain = forward_for === null && message.forward_for === null
    const details = isPlain ? { request } : { request, forward_for, ...NO_CALLEE }
    this.#reply(call, Result.from(message, details))
  }

  /** @type {Handle<ErrorMessage>} */
  error(session, message) {
    const call = session.invocations.get(message.request)
    if (call === undefined) return checkInvoked(session, message)
    const { request, back: forward_for } = call
    const given = { request_type: CALL, request, forward_for, ...NO_CALLEE }
    const reply = ErrorMessage.from(message, given)
    if (mayBeElsewhere(session, message.error)) {
      call.tried = new Set(call.tried).add(session)
      if (message.error !== NO_PROCEDURE) call.isServed = true
      const callee = choose(call.registration, call.caller, call.tried)
      if (callee !== null && call.again !== null) {
        session.invocations.delete(message.request)
        return this.#invoke(call, callee, call.again)
      }
      if (callee === null && call.isServed) reply.error = NO_CALLEE_LEFT
    }
    this.#end(call)
    this.#reply(call, reply)
  }

  /** @param {Session} session */
  leave(session) {
    for (const call of session.calls.values()) {
      this.#interrupt(call, 'killnowait', 'wamp.error.canceled')
      this.#end(call)
    }
    this.#registrations.leave(session)
    for (const call of session.invocations.values())
      this.#fail(call, 'wamp.error.canceled', 'the callee left')
  }

  /** Why a call cannot begin; null when it has. @type {(caller: Session, message: Call) => string | null} */
  #begin(caller, message) {
    const { procedure, timeout } = message
    const isOpen = message.progress === true
    const problem = this.#realm.wrongWay(message, caller)
    if (problem !== null) return problem
    if (isReserved(procedure)) return isOpen ? NOT_SUPPORTED : callRouter(this.#realm, caller, message)
    if (caller.calls.size >= this.#router.limits.maxCalls) return UNAVAILABLE
    const registration = this.#registrations.find(procedure)
    const callee = registration === undefined ? null : choose(registration, caller, NOBODY)
    if (registration === undefined || callee === null) return NO_PROCEDURE
    if (isOpen && !takesParts(callee.session)) return NOT_SUPPORTED
    /** @type {Running} */
    const call = {
      caller,
      request: message.request,
      registration,
      callee,
      invocation: 0,
      tried: NOBODY,
      isServed: false,
      again: null,
      frozen: null,
      keptBytes: 0,
      isOpen,
      isProgressive: message.receive_progress === true,
      back: caller.isRouter && message.forward_for !== null ? message.reverseChain() : null,
      // Beyond 2^53 it is a BigInt.
      endsAt:
        timeout !== null && timeout > 0 ? performance.now() + Math.min(Number(timeout), MAX_TIMEOUT) : null,
      timer: null,
    }
    if (registration.callees.length > 1 && !isOpen) {
      // Of its chunk of the stream only its own bytes are kept.
      message.detach()
      if (this.#keep(call, message.retainedBytes)) call.again = message
    }
    this.#invoke(call, callee, message)
    return null
  }

  /** @type {(call: Running, callee: Callee, message: Call) => void} */
  #invoke(call, callee, message) {
    const { session } = callee
    call.callee = callee
    call.invocation = session.invocation + 1
    call.caller.calls.set(call.request, call)
    session.invocations.set(call.invocation, call)
    const timeout = this.#limitTime(call, message)
    try {
      const invocation = Invocation.from(message, this.#detailsOf(call, message, timeout))
      if (call.isOpen && !this.#freeze(call, invocation)) return this.#fail(call, UNAVAILABLE)
      session.send(invocation)
      // Not before: an invocation that cannot be sent would leave a gap in the sequence.
      session.invocation = call.invocation
      // A callee of another format: what was transcoded for it is not kept.
      call.again?.uncache()
    } catch (error) {
      if (!(error instanceof EncodeError)) throw error
      // The callee's serializer has no form for it.
      this.#fail(call, error.uri, error.message)
    }
  }

  /**
   * The next part of a call whose caller sends it in parts: of its options only `progress` counts. WAMP, "Freezing of
   * Options in Progressive Call Invocations".
   *
   * @type {(call: Running, message: Call) => void}
   */
  #callOn(call, { progress, rawPayload }) {
    if (!call.isOpen || call.frozen === null) {
      return call.caller.abort('wamp.error.protocol_violation', 'this call is running')
    }
    call.isOpen = progress === true
    if (isOpaque(rawPayload) && call.frozen.enc_algo === null && call.frozen.ppt_scheme === null) {
      return this.#break(call, 'wamp.error.invalid_argument', 'the first part was not opaque')
    }
    try {
      call.callee.session.send(new Invocation({ ...call.frozen, progress, rawPayload }))
    } catch (error) {
      // PayloadRuleError when the first part was opaque, and this one has no payload.
      if (!isWampCodecError(error)) throw error
      this.#break(call, error.uri, error.message)
    }
  }

  /** @type {(call: Running, message: Call, timeout: number | null) => InvocationDetails} */
  #detailsOf({ caller, callee, registration, invocation }, message, timeout) {
    /** @type {InvocationDetails} */
    const details = { request: invocation, registration: registration.id }
    if (registration.match !== 'exact') details.procedure = message.procedure
    if (callee.wantsTimeout) details.timeout = timeout
    if (callee.wantsCaller || message.disclose_me === true) {
      // The caller is where the chain begins, wherever that is.
      const [origin] = this.#realm.chain(message, caller)
      details.caller = origin?.session
      details.caller_authid = origin?.authid
      details.caller_authrole = origin?.authrole
    } else if (caller.isRouter) Object.assign(details, NO_CALLER)
    if (callee.session.isRouter) details.forward_for = this.#realm.chain(message, caller)
    else if (caller.isRouter) details.forward_for = null
    return details
  }

  /**
   * The time limit is kept by a callee that wants to, which is told what is left of it, or by a timer here.
   *
   * @type {(call: Running, message: Call) => number | null}
   */
  #limitTime(call, { timeout }) {
    if (call.timer !== null) clearTimeout(call.timer)
    call.timer = null
    if (call.endsAt === null) return timeout
    // 0 would be no limit.
    const left = Math.max(1, Math.round(call.endsAt - performance.now()))
    if (!call.callee.wantsTimeout) {
      call.timer = setTimeout(() => this.#stop(call, 'killnowait', 'wamp.error.timeout'), left)
    }
    return call.tried.size === 0 ? timeout : left
  }

  /** Counts what is kept of a call; false when that is too much. @type {(call: Running, bytes: number) => boolean} */
  #keep(call, bytes) {
    const kept = (this.#kept.get(call.caller) ?? 0) + bytes - call.keptBytes
    if (bytes > 0 && kept > this.#router.limits.maxKeptBytes) return false
    this.#kept.set(call.caller, kept)
    call.keptBytes = bytes
    return true
  }

  /**
   * Keeps all of a call in parts but its payload, decoded; false when that is too much.
   *
   * @type {(call: Running, first: Invocation) => boolean}
   */
  #freeze(call, first) {
    const payload = first.rawPayload?.bytes.reduce((sum, { length }) => sum + length, 0) ?? 0
    const options = call.caller.serializer.byteLength(first) - payload
    if (!this.#keep(call, options * DECODED_BYTES)) return false
    call.frozen = frozenOf(first)
    return true
  }

  /** No other callee will do: it has begun, or is to end. @param {Running} call */
  #stay(call) {
    if (call.again === null) return
    call.again = null
    this.#keep(call, 0)
  }

  /**
   * What still comes of a call that is over goes nowhere. The oldest are forgotten: nothing comes of most, because
   * their callers were told.
   *
   * @type {(caller: Session, request: number) => void}
   */
  #overtake({ overtaken }, request) {
    const [oldest] = overtaken
    if (oldest !== undefined && overtaken.size >= this.#router.limits.maxCalls) overtaken.delete(oldest)
    overtaken.add(request)
  }

  /** Stops a call, for its caller or its time limit. @type {(call: Running, mode: CancelMode, uri: string) => void} */
  #stop(call, mode, uri) {
    this.#stay(call)
    const isInterrupted = mode !== 'skip' && this.#interrupt(call, mode, uri)
    // With `kill` the callee answers; one that cannot be interrupted would do so when it likes.
    if (mode !== 'kill' || !isInterrupted) this.#fail(call, uri)
  }

  /** False when the callee cannot be. @type {(call: Running, mode: InterruptMode, why: string) => boolean} */
  #interrupt({ callee: { session }, invocation: request }, mode, reason) {
    const isPossible = session.features.has('call_canceling')
    if (isPossible) session.send(new Interrupt({ request, mode, reason }))
    return isPossible
  }

  /** Ends a call that its callee has begun. @type {(call: Running, error: string, text: string) => void} */
  #break(call, error, text) {
    this.#interrupt(call, 'killnowait', error)
    this.#fail(call, error, text)
  }

  /** Ends a call with an error of the router's own. @type {(call: Running, error: string, text?: string) => void} */
  #fail(call, error, text) {
    this.#end(call)
    const args = text === undefined ? null : [text]
    const { request, back: forward_for } = call
    this.#reply(call, new ErrorMessage({ request_type: CALL, request, error, forward_for, args }))
  }

  /** A caller whose serializer has no form for it learns that. @type {(call: Running, reply: Message) => void} */
  #reply(call, reply) {
    const { caller, callee, request, invocation } = call
    try {
      caller.send(reply)
    } catch (error) {
      if (!(error instanceof EncodeError)) throw error
      this.#router.observe('unsendable', caller, error)
      if (callee.session.invocations.has(invocation)) this.#interrupt(call, 'killnowait', error.uri)
      this.#end(call)
      caller.send(new ErrorMessage({ request_type: CALL, request, error: error.uri }))
    }
  }

  /** Forgets a call; once. @param {Running} call */
  #end(call) {
    const { caller, callee, request, timer } = call
    if (!callee.session.invocations.delete(call.invocation)) return
    caller.calls.delete(request)
    this.#keep(call, 0)
    if (call.isOpen) this.#overtake(caller, request)
    if (timer !== null) clearTimeout(timer)
  }
}

/** Ends the session of a callee that answers what it was never asked. @type {Handle<Yield | ErrorMessage>} */
function checkInvoked(session, { request }) {
  const text = `there was no invocation ${request}`
  if (request > session.invocation) session.abort('wamp.error.protocol_violation', text)
}

/** @param {Call['rawPayload']} rawPayload */
function isOpaque(rawPayload) {
  return rawPayload !== null && rawPayload.mode !== 'args'
}

/** Whether a callee takes calls in parts; it must know when they are canceled. @param {Session} callee */
function takesParts({ features }) {
  return features.has('progressive_call_invocations') && features.has('call_canceling')
}

/** Whether another callee may serve what this one did not. @type {(callee: Session, error: string) => boolean} */
function mayBeElsewhere({ isRouter }, error) {
  return error === UNAVAILABLE || (isRouter && (error === NO_PROCEDURE || error === NO_CALLEE_LEFT))
}

/** What all parts of a call have in common, whatever they say. @type {(first: Invocation) => Frozen} */
function frozenOf(first) {
  const { request, registration, procedure, timeout, receive_progress, transaction_hash } = first
  const { caller, caller_authid, caller_authrole, forward_for, custom, enc_algo, enc_key, enc_serializer } =
    first
  const { ppt_scheme, ppt_serializer, ppt_cipher, ppt_keyid } = first
  const options = { procedure, timeout, receive_progress, transaction_hash, forward_for, custom }
  const passthru = { enc_algo, enc_key, enc_serializer, ppt_scheme, ppt_serializer, ppt_cipher, ppt_keyid }
  return { request, registration, ...options, caller, caller_authid, caller_authrole, ...passthru }
}
