/**
 * The dealer: which callee a call goes to, and how its results find their way back. Payloads pass as they came.
 * WAMP, "Remote Procedure Calls".
 */
import {
  EncodeError,
  ErrorMessage,
  Interrupt,
  Invocation,
  MessageType,
  Registered,
  Result,
  Unregistered,
} from 'wamp-codec'
import { randomId } from './ids.mjs'
import { isReserved, whyNoMore } from './limits.mjs'
import { PatternTable } from './matching.mjs'
import { callRouter } from './meta.mjs'

/** @import { Call, Cancel, Message, Register, Unregister, Yield } from 'wamp-codec' */
/** @import { CancelMode, InterruptMode, InvocationDetails } from 'wamp-codec' */
/** @import { Realm } from './realm.mjs' */
/** @import { Router } from './router.mjs' */
/** @import { Callee, Handle, Registration, Running, Session } from './types.d.ts' */

const { CALL } = MessageType
/** setTimeout takes no longer ones. */
const MAX_TIMEOUT = 2 ** 31 - 1
/** @type {ReadonlySet<Session>} */
const NOBODY = new Set()
/** Nobody is told who called, or who was called. */
const NO_CALLER = { caller: null, caller_authid: null, caller_authrole: null }
const NO_CALLEE = { callee: null, callee_authid: null, callee_authrole: null }

export class Dealer {
  /** @type {PatternTable<Registration>} */
  registrations = new PatternTable()
  #realm
  #router

  /** @param {Realm} realm @param {Router} router */
  constructor(realm, router) {
    this.#realm = realm
    this.#router = router
  }

  /** @type {Handle<Register>} */
  register(session, message) {
    const { request, match, procedure, invoke } = message
    const isForRouters = match === 'prefix' && procedure === '' && !session.isRouter
    if (isReserved(procedure) || isForRouters) return session.refuse(message, 'wamp.error.invalid_uri')
    const problem = whyNoMore(this.#router.limits, session, session.registrations.size, match, procedure)
    if (problem !== null) return session.refuse(message, problem)
    let registration = this.registrations.get(match, procedure)
    if (registration === undefined) {
      const entry = { id: randomId(), match, uri: procedure, sessions: new Set() }
      registration = { ...entry, invoke, callees: [], turn: 0 }
      this.registrations.add(registration)
    } else if (invoke === 'single' || invoke !== registration.invoke || registration.sessions.has(session)) {
      return session.refuse(message, 'wamp.error.procedure_already_exists')
    }
    registration.sessions.add(session)
    const wishes = {
      wantsCaller: message.disclose_caller === true,
      wantsTimeout: message.forward_timeout === true,
    }
    registration.callees.push({ session, ...wishes })
    session.registrations.set(registration.id, registration)
    if (match !== 'exact') session.patterns++
    session.send(new Registered({ request, registration: registration.id }))
  }

  /** @type {Handle<Unregister>} */
  unregister(session, message) {
    const registration = session.registrations.get(message.registration)
    if (registration === undefined) return session.refuse(message, 'wamp.error.no_such_registration')
    this.#remove(session, registration)
    session.send(new Unregistered({ request: message.request }))
  }

  /** @type {Handle<Call>} */
  call(caller, message) {
    const { request, procedure, timeout } = message
    const running = caller.calls.get(request)
    if (running !== undefined) return this.#callOn(running, message)
    if (caller.overtaken.has(request)) {
      // The call is over, and its caller did not know yet.
      if (message.progress !== true) caller.overtaken.delete(request)
      return
    }
    if (isReserved(procedure)) return callRouter(this.#realm, caller, message)
    const problem = this.#realm.wrongWay(message, caller)
    if (problem !== null) return caller.refuse(message, problem)
    const isFull = caller.calls.size >= this.#router.limits.maxCalls
    if (isFull) return caller.refuse(message, 'wamp.error.unavailable')
    const registration = this.#find(procedure)
    const callee = registration === undefined ? null : choose(registration, caller, NOBODY)
    if (registration === undefined || callee === null) {
      return caller.refuse(message, 'wamp.error.no_such_procedure')
    }
    const isOpen = message.progress === true
    /** @type {Running} */
    const call = {
      caller,
      request,
      registration,
      callee,
      invocation: 0,
      tried: NOBODY,
      again: registration.callees.length > 1 && !isOpen ? message : null,
      isOpen,
      isProgressive: message.receive_progress === true,
      back: caller.isRouter && message.forward_for !== null ? message.reverseChain() : null,
      timer: null,
    }
    if (timeout !== null && timeout > 0 && !callee.wantsTimeout) {
      const expire = () => this.#stop(call, 'killnowait', 'wamp.error.timeout')
      // Beyond 2^53 it is a BigInt.
      call.timer = setTimeout(expire, Math.min(Number(timeout), MAX_TIMEOUT))
    }
    this.#invoke(call, callee, message)
  }

  /** @type {Handle<Cancel>} */
  cancel(caller, { request, mode }) {
    const call = caller.calls.get(request)
    if (call !== undefined) this.#stop(call, mode ?? 'killnowait', 'wamp.error.canceled')
  }

  /** @type {Handle<Yield>} */
  yield(session, message) {
    const call = session.invocations.get(message.request)
    // Late, or a part that the caller has not asked for.
    if (call === undefined || (message.progress === true && !call.isProgressive)) return
    // It has begun: another callee would begin once more.
    call.again = null
    if (message.progress !== true) this.#end(call)
    const { request, back: forward_for } = call
    const isPlain = forward_for === null && message.forward_for === null
    const details = isPlain ? { request } : { request, forward_for, ...NO_CALLEE }
    this.#reply(call, Result.from(message, details))
  }

  /** @type {Handle<ErrorMessage>} */
  error(session, message) {
    const call = session.invocations.get(message.request)
    if (call === undefined) return
    const isElsewhere = call.again !== null && mayBeElsewhere(session, message.error)
    if (isElsewhere) call.tried = new Set(call.tried).add(session)
    const callee = isElsewhere ? choose(call.registration, call.caller, call.tried) : null
    if (callee !== null && call.again !== null) {
      session.invocations.delete(message.request)
      return this.#invoke(call, callee, call.again)
    }
    this.#end(call)
    const { request, back: forward_for } = call
    const given = { request_type: CALL, request, forward_for, ...NO_CALLEE }
    this.#reply(call, ErrorMessage.from(message, given))
  }

  /** @param {Session} session */
  leave(session) {
    for (const call of session.calls.values()) {
      this.#interrupt(call, 'killnowait', 'wamp.error.canceled')
      this.#end(call)
    }
    for (const registration of session.registrations.values()) this.#remove(session, registration)
    for (const call of session.invocations.values())
      this.#fail(call, 'wamp.error.canceled', 'the callee left')
  }

  /** The registration that serves a procedure: the most specific one. @param {string} procedure */
  #find(procedure) {
    const found = this.registrations.matches(procedure)
    // What other routers may have comes last, although a prefix is more than a wildcard otherwise.
    return found.find(({ match, uri }) => match !== 'prefix' || uri !== '') ?? found[0]
  }

  /** The next part of a call whose caller sends it in parts. @type {(call: Running, message: Call) => void} */
  #callOn(call, message) {
    if (!call.isOpen) return call.caller.abort('wamp.error.protocol_violation', 'this call is running')
    call.isOpen = message.progress === true
    this.#sendInvocation(call, message)
  }

  /** @type {(call: Running, callee: Callee, message: Call) => void} */
  #invoke(call, callee, message) {
    call.callee = callee
    call.invocation = ++callee.session.invocation
    call.caller.calls.set(call.request, call)
    callee.session.invocations.set(call.invocation, call)
    this.#sendInvocation(call, message)
  }

  /** @type {(call: Running, message: Call) => void} */
  #sendInvocation(call, message) {
    const { caller, callee, registration, invocation } = call
    /** @type {InvocationDetails} */
    const details = { request: invocation, registration: registration.id }
    if (registration.match !== 'exact') details.procedure = message.procedure
    if (callee.wantsTimeout) details.timeout = message.timeout
    if (callee.wantsCaller || message.disclose_me === true) {
      // The caller is where the chain begins, wherever that is.
      const [origin] = this.#realm.chain(message, caller)
      details.caller = origin?.session
      details.caller_authid = origin?.authid
      details.caller_authrole = origin?.authrole
    } else if (caller.isRouter) Object.assign(details, NO_CALLER)
    if (callee.session.isRouter) details.forward_for = this.#realm.chain(message, caller)
    else if (caller.isRouter) details.forward_for = null
    try {
      callee.session.send(Invocation.from(message, details))
    } catch (error) {
      if (!(error instanceof EncodeError)) throw error
      // The callee's serializer has no form for it.
      this.#fail(call, error.uri, error.message)
    }
  }

  /** Stops a call, for its caller or its time limit. @type {(call: Running, mode: CancelMode, uri: string) => void} */
  #stop(call, mode, uri) {
    const isInterrupted = mode !== 'skip' && this.#interrupt(call, mode, uri)
    // With `kill` the callee answers; one that cannot be interrupted would do so when it likes.
    if (mode !== 'kill' || !isInterrupted) this.#fail(call, uri)
  }

  /** False when the callee cannot be. @type {(call: Running, mode: InterruptMode, why: string) => boolean} */
  #interrupt({ callee: { session }, invocation: request }, mode, reason) {
    const isPossible = session.has('callee', 'call_canceling')
    if (isPossible) session.send(new Interrupt({ request, mode, reason }))
    return isPossible
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
  #end({ caller, callee, request, invocation, isOpen, timer }) {
    if (!callee.session.invocations.delete(invocation)) return
    caller.calls.delete(request)
    if (isOpen && caller.overtaken.size < this.#router.limits.maxCalls) caller.overtaken.add(request)
    if (timer !== null) clearTimeout(timer)
  }

  /** @type {(session: Session, registration: Registration) => void} */
  #remove(session, registration) {
    session.registrations.delete(registration.id)
    if (registration.match !== 'exact') session.patterns--
    registration.sessions.delete(session)
    registration.callees = registration.callees.filter((callee) => callee.session !== session)
    if (registration.sessions.size === 0) this.registrations.delete(registration)
  }
}

/**
 * The callee whose turn it is, among those that were not tried; null when there is none.
 *
 * @type {(registration: Registration, caller: Session, tried: ReadonlySet<Session>) => Callee | null}
 */
function choose(registration, caller, tried) {
  const { callees, invoke } = registration
  const count = callees.length
  const first = invoke === 'roundrobin' ? registration.turn++ : invoke === 'random' ? randomId() : 0
  for (let i = 0; i < count; i++) {
    const callee = callees[invoke === 'last' ? count - 1 - i : (first + i) % count]
    if (callee === undefined || tried.has(callee.session)) continue
    // A router does not get back what it has sent.
    if (!callee.session.isRouter || callee.session !== caller) return callee
  }
  return null
}

/** Whether another callee may serve what this one did not. @type {(callee: Session, error: string) => boolean} */
function mayBeElsewhere({ isRouter }, error) {
  return error === 'wamp.error.unavailable' || (isRouter && error === 'wamp.error.no_such_procedure')
}
