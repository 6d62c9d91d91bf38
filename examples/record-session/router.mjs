// fox-wamp behind a gate that speaks any serializer. fox-wamp's own transport speaks only JSON, so this
// file replaces it: `WebSocketServer` in front, the library's `WampGate` behind, every frame shown to
// `onFrame`.

import { once } from 'node:events'
import FoxRouter from 'fox-wamp'
import foxGate from 'fox-wamp/lib/wamp/gate.js'
import { WebSocketServer } from 'ws'
import { serializers, toBytes } from './serializers.mjs'

/**
 * @typedef {object} Frame
 * @property {string} client the name from the query of the connection, `?client=autobahn-cbor`
 * @property {'in' | 'out'} direction `in` is client to router
 * @property {'json' | 'msgpack' | 'cbor'} serializer
 * @property {Uint8Array} bytes the WebSocket message, text frames as UTF-8
 */

/** The ticket that `/ticket` accepts, for the sessions that show CHALLENGE and AUTHENTICATE. */
export const TICKET = 'correct horse battery staple'

const ticketHandler = {
  getAuthMethods: () => ['ticket'],
  ticket_auth(_realm, details, secret, _extra, done) {
    if (secret === TICKET) done(null, { authid: details.authid })
    else done(new Error('wrong ticket'))
  },
}

/**
 * Starts the router on a free port of 127.0.0.1. Connections to `/ticket` must authenticate, others need
 * not.
 *
 * @param {(frame: Frame) => void} onFrame called for every WAMP frame, in the order the router sees them
 * @returns {Promise<{ url: (client: string, path?: string) => string, stop: () => Promise<void> }>}
 */
export async function startRouter(onFrame) {
  const router = new FoxRouter()
  const openGate = new foxGate.WampGate(router)
  const ticketGate = new foxGate.WampGate(router)
  ticketGate.setAuthHandler(ticketHandler)

  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    handleProtocols: (offered) => [...offered].find((name) => serializerOf(name)) ?? false,
  })
  server.on('connection', (socket, request) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'ws://router')
    const gate = pathname === '/ticket' ? ticketGate : openGate
    serve(router, gate, socket, searchParams.get('client'), onFrame)
  })
  await once(server, 'listening')

  return {
    url: (client, path = '/') => `ws://127.0.0.1:${server.address().port}${path}?client=${client}`,
    async stop() {
      for (const socket of server.clients) socket.terminate()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The serializer of a subprotocol such as `wamp.2.cbor`. */
function serializerOf(protocol) {
  return serializers[protocol.slice('wamp.2.'.length)]
}

/** Runs one connection: the part that fox-wamp's transport does with JSON built in. */
function serve(router, gate, socket, client, onFrame) {
  const serializer = serializerOf(socket.protocol)
  const note = (direction, bytes) => onFrame({ client, direction, serializer: serializer.id, bytes })

  const session = router.createSession()
  session.setGateProtocol(socket.protocol)
  const sender = {
    wampPkgWrite(message, done) {
      if (socket.readyState !== socket.OPEN) return
      const data = serializer.encode(message)
      note('out', toBytes(data))
      socket.send(data, done)
    },
    wampPkgClose: (code, reason) => socket.close(code, reason),
  }

  socket.on('message', (data) => {
    note('in', toBytes(data))
    // The gate takes the message apart with shift(), so it must own the array.
    gate.handle(gate.createContext(session, sender), session, serializer.decode(data))
  })
  socket.on('close', () => router.removeSession(session))
}
