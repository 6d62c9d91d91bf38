/**
 * Where clients come in: WebSocket and RawSocket on one port, in every serializer. The limits of the sockets are here;
 * those of WAMP are the router's.
 */
import { isIPv6 } from 'node:net'
import { serveRawSocket } from 'wamp-codec/net'
import { serveWebSocket } from 'wamp-codec/ws'

/** @import { SerializerId } from 'wamp-codec' */
/** @import { Router } from './router.mjs' */
/** @import { Connection } from './types.d.ts' */

/** The best first; but a client's own order decides, as in Crossbar.io. */
const IDS = /** @type {SerializerId[]} */ ([
  ...['cbor', 'msgpack', 'json', 'ubjson', 'flatbuffers'],
  ...['cbor.batched', 'msgpack.batched', 'json.batched', 'ubjson.batched'],
])

/** As in URLs: `[::1]`. @param {string} host */
const inUrl = (host) => (isIPv6(host) ? `[${host}]` : host)

/**
 * Listens, by default on this machine only. `origins` are the pages that may connect, for example
 * `https://app.example`, and `hosts` the names under which they may reach the router: without them no browser gets in.
 * Any page may open a WebSocket to any server, and a name that leads to 127.0.0.1 is quickly made.
 *
 * @param {Router} router
 * @param {{ port?: number, host?: string, origins?: string[], hosts?: string[] }} [options]
 */
export async function listen(
  router,
  { port = 0, host = '127.0.0.1', origins = [], hosts = ['localhost', host] } = {},
) {
  const { limits, codec } = router
  const names = hosts.map(inUrl)
  const shared = {
    serializers: IDS.map((id) => codec.serializer(id)),
    /** @param {Connection} connection */
    onconnection: (connection) => {
      const count = rawSockets.connections.size + webSockets.connections.size
      if (count <= limits.maxConnections) router.attach(connection)
      else connection.close(1013, 'there are too many connections')
    },
    timeout: limits.handshakeMs,
    pingInterval: limits.pingMs,
    maxBufferedBytes: limits.maxBufferedBytes,
  }
  const webSockets = serveWebSocket({
    ...shared,
    priority: 'client',
    // Only browsers say where the page is from, and they always do.
    allow: ({ headers }) =>
      headers.origin === undefined ||
      (origins.includes(headers.origin) && names.includes((headers.host ?? '').replace(/:\d+$/, ''))),
  })
  const rawSockets = serveRawSocket({ ...shared, otherwise: (socket) => webSockets.accept(socket) })
  const bound = await rawSockets.listen(port, host)
  return {
    port: bound,
    /** Of WebSocket. */
    url: `ws://${inUrl(host)}:${bound}/`,
    /** Ends all sessions, and the connections of both transports. */
    async close() {
      router.close()
      await Promise.all([rawSockets.close(), webSockets.close()])
    },
  }
}
