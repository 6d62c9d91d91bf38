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

/**
 * @typedef {import('wamp-codec').Call} Call
 * @typedef {import('./session.mjs').Session} Session
 *
 * @typedef {object} Registration
 * @property {number} id
 * @property {import('wamp-codec').Match} match
 * @property {string} procedure
 * @property {import('wamp-codec').Invoke} invoke
 * @property {Callee[]} callees in the order in which they came
 * @property {number} turn of `roundrobin`
 *
 * @typedef {object} Callee
 * @property {Session} session
 * @property {number | null} concurrency the most calls that it takes at once
 * @property {number} running
 * @property {boolean} wantsCaller
 * @property {boolean} wantsTimeout it keeps the time limit itself
 *
 * @typedef {object} Running A call that is not answered yet.
 * @property {Session} caller
 * @property {number} request of the caller
 * @property {Registration} registration
 * @property {Callee} callee
 * @property {number} invocation
 * @property {Set<Session>} tried callees that said they cannot serve it
 * @property {Call | null} call to give to another callee; null when there is none
 * @property {boolean} isOpen whether more of the call follows
 * @property {boolean} isProgressive whether the caller takes results in parts
 * @property {import('wamp-codec').Hop[] | null} back the way of a reply, when a router has forwarded the call
 * @property {ReturnType<typeof setTimeout> | null} timer
 */

/** setTimeout takes no longer ones. */
const MAX_TIMEOUT = 2 ** 31 - 1

export class Dealer {
  #realm
  #router
  /** @type {PatternTable<Registration>} */
  #table = new PatternTable()
  /** @type {Map<number, Registration>} */
  registrations = new Map()

  /**
   * @param {import('./realm.mjs').Realm} realm
   * @param {import('./router.mjs').Router} router
   */
  constructor(realm, router) {
    this.#realm = realm
    this.#router = router
  }

  /**
   * @param {Session} session
   * @param {import('wamp-codec').Register} message
   */
  register(session, message) {
    const { request, match, procedure, invoke } = message
    const isCatchAll = match === 'prefix' && procedure === ''
    if (isReserved(procedure) || (isCatchAll && !session.isRouter)) {
      return session.refuse(message, 'wamp.error.invalid_uri')
    }
    const problem = whyNoMore(this.#router.limits, session, session.registrations.size, match, procedure)
    if (problem !== null) return session.refuse(message, problem)
    let registration = this.#table.get(match, procedure)
    if (registration !== undefined && message.force_reregister === true) {
      this.#revoke(registration)
      registration = undefined
    }
    if (registration === undefined) {
      registration = { id: randomId(), match, procedure, invoke, callees: [], turn: 0 }
      this.#table.set(match, procedure, registration)
      this.registrations.set(registration.id, registration)
    } else if (
      invoke === 'single' ||
      invoke !== registration.invoke ||
      session.registrations.has(registration.id)
    ) {
      return session.refuse(message, 'wamp.error.procedure_already_exists')
    }
    registration.callees.push({
      session,
      concurrency: message.concurrency,
      running: 0,
      wantsCaller: message.disclose_caller === true,
      wantsTimeout: message.forward_timeout === true,
    })
    session.registrations.set(registration.id, registration)
    if (match !== 'exact') session.patterns++
    session.send(new Registered({ request, registration: registration.id }))
  }

  /**
   * @param {Session} session
   * @param {import('wamp-codec').Unregister} message
   */
  unregister(session, message) {
    const registration = session.registrations.get(message.registration)
    if (registration === undefined) return session.refuse(message, 'wamp.error.no_such_registration')
    this.#remove(session, registration)
    session.send(new Unregistered({ request: message.request }))
  }

  /**
   * @param {Session} caller
   * @param {Call} message
   */
  call(caller, message) {
    const { request, procedure } = message
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
    if (caller.calls.size >= this.#router.limits.maxCalls)
      return caller.refuse(message, 'wamp.error.unavailable')
    const registration = this.find(procedure)
    if (registration === undefined) return caller.refuse(message, 'wamp.error.no_such_procedure')
    const callee = choose(registration, caller, new Set())
    if (callee === null) return caller.refuse(message, whyNobody(registration))
    /** @type {Running} */
    const call = {
      caller,
      request,
      registration,
      callee,
      invocation: 0,
      tried: new Set(),
      call: registration.callees.length > 1 ? message : null,
      isOpen: message.progress === true,
      isProgressive: message.receive_progress === true,
      back: caller.isRouter && message.forward_for !== null ? message.reverseChain() : null,
      timer: null,
    }
    const { timeout } = message
    if (timeout !== null && timeout > 0 && !callee.wantsTimeout) {
      call.timer = setTimeout(
        () => this.#stop(call, 'killnowait', 'wamp.error.timeout'),
        Math.min(timeout, MAX_TIMEOUT),
      )
    }
    caller.calls.set(request, call)
    this.#invoke(call, callee, message)
  }

  /**
   * @param {Session} caller
   * @param {import('wamp-codec').Cancel} message
   */
  cancel(caller, { request, mode }) {
    const call = caller.calls.get(request)
    if (call !== undefined) this.#stop(call, mode ?? 'killnowait', 'wamp.error.canceled')
  }

  /**
   * @param {Session} session
   * @param {import('wamp-codec').Yield} message
   */
  yield(session, message) {
    const call = session.invocations.get(message.request)
    if (call === undefined) return
    const isLast = message.progress !== true
    if (isLast) this.#end(call)
    // A part that the caller has not asked for.
    else if (!call.isProgressive) return
    const forward_for = call.back
    this.#reply(call, Result.from(message, { request: call.request, forward_for, ...NOBODY }), isLast)
  }

  /**
   * @param {Session} session
   * @param {ErrorMessage} message
   */
  error(session, message) {
    const call = session.invocations.get(message.request)
    if (call === undefined) return
    this.#end(call)
    if (call.call !== null && isElsewhere(call, message.error)) {
      call.tried.add(session)
      const callee = choose(call.registration, call.caller, call.tried)
      if (callee !== null) {
        call.caller.calls.set(call.request, call)
        return this.#invoke(call, callee, call.call)
      }
    }
    const answer = { request_type: MessageType.CALL, request: call.request, forward_for: call.back }
    this.#reply(call, ErrorMessage.from(message, answer), true)
  }

  /** @param {Session} session */
  leave(session) {
    for (const call of session.calls.values()) {
      this.#interrupt(call, 'killnowait', 'wamp.error.canceled')
      this.#end(call)
    }
    for (const registration of session.registrations.values()) this.#remove(session, registration)
    for (const call of session.invocations.values())
      this.#fail(call, 'wamp.error.canceled', 'the callee has left')
  }

  /**
   * The registration that serves a procedure: the most specific one.
   *
   * @param {string} procedure
   */
  find(procedure) {
    const found = this.#table.matches(procedure)
    // What other routers offer comes last, although a prefix is more than a wildcard otherwise.
    return found.find(({ match, procedure }) => match !== 'prefix' || procedure !== '') ?? found[0]
  }

  /**
   * @param {import('wamp-codec').Match} match
   * @param {string} procedure
   */
  lookup(match, procedure) {
    return this.#table.get(match, procedure)
  }

  /**
   * The next part of a call whose caller sends it in parts.
   *
   * @param {Running} call
   * @param {Call} message
   */
  #callOn(call, message) {
    if (!call.isOpen)
      return call.caller.abort('wamp.error.protocol_violation', `call ${call.request} is running`)
    call.isOpen = message.progress === true
    this.#sendInvocation(call, message)
  }

  /**
   * @param {Running} call
   * @param {Callee} callee
   * @param {Call} message
   */
  #invoke(call, callee, message) {
    call.callee = callee
    call.invocation = ++callee.session.invocation
    callee.running++
    callee.session.invocations.set(call.invocation, call)
    this.#sendInvocation(call, message)
  }

  /**
   * @param {Running} call
   * @param {Call} message
   */
  #sendInvocation(call, message) {
    const { caller, callee, registration, invocation } = call
    // The caller is where the chain begins, wherever that is.
    const [origin] = this.#realm.chain(message, caller)
    const isTold = callee.wantsCaller || message.disclose_me === true
    const known = {
      caller: origin?.session,
      caller_authid: origin?.authid,
      caller_authrole: origin?.authrole,
    }
    try {
      callee.session.send(
        Invocation.from(message, {
          request: invocation,
          registration: registration.id,
          procedure: registration.match === 'exact' ? null : message.procedure,
          timeout: callee.wantsTimeout ? message.timeout : null,
          forward_for: callee.session.isRouter ? this.#realm.chain(message, caller) : null,
          ...(isTold ? known : UNKNOWN),
        }),
      )
    } catch (error) {
      if (!(error instanceof EncodeError)) throw error
      // The callee's serializer has no form for it.
      this.#fail(call, error.uri, error.message)
    }
  }

  /**
   * @param {Running} call
   * @param {import('wamp-codec').CancelMode} mode
   * @param {string} uri
   */
  #stop(call, mode, uri) {
    const isKill = mode !== 'skip' && call.callee.session.has('callee', 'call_canceling')
    if (isKill) this.#interrupt(call, mode, uri)
    // With `kill` the callee answers. One that cannot be interrupted would do so when it likes.
    if (!isKill || mode !== 'kill') this.#fail(call, uri)
  }

  /**
   * @param {Running} call
   * @param {import('wamp-codec').InterruptMode} mode
   * @param {string} reason
   */
  #interrupt({ callee: { session }, invocation }, mode, reason) {
    if (session.has('callee', 'call_canceling'))
      session.send(new Interrupt({ request: invocation, mode, reason }))
  }

  /**
   * Ends a call with an error of the router's own.
   *
   * @param {Running} call
   * @param {string} error
   * @param {string} [text]
   */
  #fail(call, error, text) {
    this.#end(call)
    const { request, back: forward_for } = call
    const args = text === undefined ? null : [text]
    const request_type = MessageType.CALL
    this.#reply(call, new ErrorMessage({ request_type, request, error, forward_for, args }), true)
  }

  /**
   * Sends a reply. A caller whose serializer has no form for it learns that instead.
   *
   * @param {Running} call
   * @param {import('wamp-codec').Message} message
   * @param {boolean} isLast
   */
  #reply(call, message, isLast) {
    try {
      call.caller.send(message)
    } catch (error) {
      if (!(error instanceof EncodeError)) throw error
      this.#router.observe('unsendable', call.caller, error)
      if (!isLast) {
        this.#interrupt(call, 'killnowait', error.uri)
        this.#end(call)
      }
      const { request } = call
      call.caller.send(new ErrorMessage({ request_type: MessageType.CALL, request, error: error.uri }))
    }
  }

  /**
   * Forgets a call; once.
   *
   * @param {Running} call
   */
  #end(call) {
    const { caller, callee, request, invocation, isOpen } = call
    if (!callee.session.invocations.delete(invocation)) return
    callee.running--
    caller.calls.delete(request)
    if (isOpen && caller.overtaken.size < this.#router.limits.maxCalls) caller.overtaken.add(request)
    if (call.timer !== null) clearTimeout(call.timer)
  }

  /**
   * @param {Session} session
   * @param {Registration} registration
   */
  #remove(session, registration) {
    const { id, match, procedure, callees } = registration
    session.registrations.delete(id)
    if (match !== 'exact') session.patterns--
    const left = callees.filter((callee) => callee.session !== session)
    registration.callees = left
    if (left.length > 0 || this.registrations.get(id) !== registration) return
    this.#table.delete(match, procedure)
    this.registrations.delete(id)
  }

  /** Takes a registration from its callees, for one that insists. @param {Registration} registration */
  #revoke(registration) {
    for (const { session } of registration.callees) {
      this.#remove(session, registration)
      session.send(
        new Unregistered({
          request: 0,
          registration: registration.id,
          reason: 'wamp.error.forced_reregister',
        }),
      )
    }
  }
}

/** Nobody is told who called, or who was called. */
const UNKNOWN = { caller: null, caller_authid: null, caller_authrole: null }
const NOBODY = { callee: null, callee_authid: null, callee_authrole: null }

/**
 * The callee whose turn it is, among those that have room and were not tried; null when there is none.
 *
 * @param {Registration} registration
 * @param {Session} caller
 * @param {Set<Session>} tried
 * @returns {Callee | null}
 */
function choose(registration, caller, tried) {
  const { callees, invoke } = registration
  const count = callees.length
  let first = 0
  if (invoke === 'roundrobin') first = registration.turn++ % count
  else if (invoke === 'random') first = randomId() % count
  for (let i = 0; i < count; i++) {
    const at = invoke === 'last' ? count - 1 - i : (first + i) % count
    const callee = /** @type {Callee} */ (callees[at])
    const hasRoom = callee.concurrency === null || callee.running < callee.concurrency
    // A router does not get back what it has sent.
    const isBack = callee.session.isRouter && callee.session === caller
    if (hasRoom && !isBack && !tried.has(callee.session)) return callee
  }
  return null
}

/** @param {Registration} registration */
function whyNobody({ callees }) {
  const isLink = callees.some(({ session }) => session.isRouter)
  return isLink ? 'wamp.error.no_such_procedure' : 'wamp.error.no_available_callee'
}

/**
 * Whether another callee may be able to serve a call that this one did not.
 *
 * @param {Running} call
 * @param {string} error
 */
function isElsewhere({ callee }, error) {
  return (
    error === 'wamp.error.unavailable' ||
    (callee.session.isRouter && error === 'wamp.error.no_such_procedure')
  )
}
