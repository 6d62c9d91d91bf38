// autobahn and wampy behind one small interface, so that the scenario reads the same for both.
// What goes over the wire is each library's own; only the serializer is ours.

import { EventEmitter, once } from 'node:events'
import autobahn from 'autobahn'
import { Wampy } from 'wampy'
import WebSocket from 'ws'

/**
 * @typedef {import('./serializers.mjs').Serializer} Serializer
 *
 * @typedef {{ args?: unknown[], kwargs?: Record<string, unknown> }} Payload
 *
 * @typedef {(payload: Payload, progress: (part: Payload) => void) => Payload | Promise<Payload>} Procedure
 *   throws a `ProcedureError` to fail
 *
 * @typedef {(cancel: () => void) => void} OnProgress called for each progressive RESULT
 *
 * @typedef {object} Client
 * @property {number} session the id from WELCOME
 * @property {(topic: string, options?: object) => Promise<unknown>} subscribe
 * @property {(topic: string) => Promise<unknown>} unsubscribe
 * @property {(topic: string) => Promise<unknown>} nextEvent settles at the next EVENT of a subscribed topic
 * @property {(topic: string, payload: Payload, options?: object) => Promise<unknown>} publish
 * @property {(name: string, procedure: Procedure, options?: object) => Promise<unknown>} register
 * @property {(name: string) => Promise<unknown>} unregister
 * @property {(name: string, payload: Payload, onProgress?: OnProgress) => Promise<unknown>} call
 * @property {() => Promise<unknown>} leave says GOODBYE and settles when the connection is closed
 *
 * @typedef {{ authid: string, ticket: string }} Login
 */

/** The failure of a procedure as it goes into ERROR. */
export class ProcedureError extends Error {
  /**
   * @param {string} uri
   * @param {Payload} payload
   */
  constructor(uri, { args = [], kwargs = {} }) {
    super(uri)
    this.uri = uri
    this.args = args
    this.kwargs = kwargs
  }
}

autobahn.log.warn = () => {} // it warns of every closed connection, also of the ones we close

/**
 * Joins with autobahn.
 *
 * @param {string} url
 * @param {Serializer} serializer
 * @param {string} realm
 * @param {Login} [login] answers the router's CHALLENGE
 * @returns {Promise<Client>} rejects with the reason when the router sends ABORT
 */
export async function joinAutobahn(url, serializer, realm, login) {
  const connection = new autobahn.Connection({
    url,
    realm,
    serializers: [
      {
        SERIALIZER_ID: serializer.id,
        BINARY: serializer.isBinary,
        serialize: serializer.encode,
        unserialize: serializer.decode,
      },
    ],
    max_retries: 0,
    on_user_error: () => {}, // called for every error a procedure throws; ours are part of the scenario
    ...(login && { authmethods: ['ticket'], authid: login.authid, onchallenge: () => login.ticket }),
  })
  const closed = new Promise((resolve) => {
    connection.onclose = (_reason, details) => resolve(details.reason)
  })
  const session = await new Promise((resolve, reject) => {
    connection.onopen = resolve
    closed.then((reason) => reject(new Error(`closed before WELCOME: ${reason}`)))
    connection.open()
  })

  const events = new EventEmitter()
  const subscriptions = new Map()
  const registrations = new Map()
  return {
    session: session.id,
    async subscribe(topic, options = {}) {
      subscriptions.set(topic, await session.subscribe(topic, () => events.emit(topic), options))
    },
    unsubscribe: (topic) => session.unsubscribe(subscriptions.get(topic)),
    nextEvent: (topic) => once(events, topic),
    async publish(topic, { args, kwargs }, options = {}) {
      await session.publish(topic, args, kwargs, options)
    },
    async register(name, procedure, options = {}) {
      registrations.set(name, await session.register(name, autobahnEndpoint(procedure), options))
    },
    unregister: (name) => session.unregister(registrations.get(name)),
    async call(name, { args, kwargs }, onProgress) {
      const options = onProgress ? { receive_progress: true } : {}
      const call = session.call(name, args, kwargs, options)
      // The third argument is when.js: autobahn reports progress through its promises.
      return call.then(undefined, undefined, () => onProgress?.(() => call.cancel({ mode: 'kill' })))
    },
    leave() {
      connection.close()
      return closed
    },
  }
}

/** @param {Procedure} procedure */
function autobahnEndpoint(procedure) {
  return async (args, kwargs, details) => {
    try {
      const result = await procedure({ args, kwargs }, (part) => details.progress(part.args, part.kwargs))
      return new autobahn.Result(result.args ?? [], result.kwargs ?? {})
    } catch (error) {
      throw new autobahn.Error(error.uri, error.args, error.kwargs)
    }
  }
}

/**
 * Joins with wampy. Takes and gives the same as `joinAutobahn`. wampy asks for an acknowledgement of every
 * PUBLISH, drops the option keys it does not know, and cannot cancel calls on this router.
 *
 * @param {string} url
 * @param {Serializer} serializer
 * @param {string} realm
 * @param {Login} [login]
 * @returns {Promise<Client>}
 */
export async function joinWampy(url, serializer, realm, login) {
  const { id: protocol, isBinary, encode, decode } = serializer
  const wampy = new Wampy(url, {
    realm,
    serializer: { protocol, isBinary, encode, decode },
    ws: WebSocket,
    autoReconnect: false,
    ...(login && { authmethods: ['ticket'], authid: login.authid, onChallenge: () => login.ticket }),
  })
  await wampy.connect()

  const events = new EventEmitter()
  const subscriptions = new Map()
  return {
    session: wampy.getSessionId(),
    async subscribe(topic, options) {
      const { subscriptionKey } = await wampy.subscribe(topic, () => void events.emit(topic), options)
      subscriptions.set(topic, subscriptionKey)
    },
    unsubscribe: (topic) => wampy.unsubscribe(subscriptions.get(topic)),
    nextEvent: (topic) => once(events, topic),
    publish: (topic, payload, options) => wampy.publish(topic, toWampy(payload), options),
    register: (name, procedure, options) => wampy.register(name, wampyProcedure(procedure), options),
    unregister: (name) => wampy.unregister(name),
    call: (name, payload, onProgress) =>
      wampy.call(name, toWampy(payload), onProgress && { progress_callback: () => onProgress(() => {}) }),
    leave: () => wampy.disconnect(),
  }
}

/** @param {Payload} payload */
function toWampy({ args, kwargs }) {
  return { ...(args && { argsList: args }), ...(kwargs && { argsDict: kwargs }) }
}

/** @param {Procedure} procedure */
function wampyProcedure(procedure) {
  return async ({ argsList, argsDict, result_handler }) => {
    try {
      const progress = (part) => result_handler({ ...toWampy(part), options: { progress: true } })
      return toWampy(await procedure({ args: argsList, kwargs: argsDict }, progress))
    } catch (error) {
      throw { error: error.uri, argsList: error.args, argsDict: error.kwargs }
    }
  }
}
