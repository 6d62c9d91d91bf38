/** Where clients come in to the example router: its addresses, and how many may come. */
import { networkInterfaces } from 'node:os'
import { expect, test } from 'vitest'
import { createCodec } from 'wamp-codec'
import { type Connection, connectRawSocket } from 'wamp-codec/net'
import { connectWebSocket } from 'wamp-codec/ws'
import { listen } from '../../examples/router/listeners.mjs'
import { Router } from '../../examples/router/router.mjs'
import { Client, closing, REALM } from './support.ts'

const CBOR = createCodec().serializer('cbor')
const ORIGIN = 'https://app.example'
const hasIPv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ family }) => family === 'IPv6'))

test.skipIf(!hasIPv6)(
  'a router that listens on an address of IPv6 is reached by its URL, by pages too',
  async () => {
    const router = new Router({ realms: { [REALM]: {} } })
    const { url, port } = closing(await listen(router, { host: '::1', origins: [ORIGIN] }))
    expect(url).toBe(`ws://[::1]:${port}/`)
    const connection = await connectWebSocket(url, { serializers: [CBOR], ws: { origin: ORIGIN } })
    closing({ close: () => connection.terminate() })
    expect((await new Client(connection).hello()).realm).toBe(REALM)
  },
)

test('connections of both transports count together', async () => {
  const router = new Router({ realms: { [REALM]: {} }, limits: { maxConnections: 2 } })
  const { url, port } = closing(await listen(router))
  const join = async (connecting: Promise<Connection>): Promise<Client> => {
    const client = new Client(await connecting)
    closing({ close: () => client.connection.terminate() })
    return client
  }
  const raw = () => join(connectRawSocket({ port, host: '127.0.0.1' }, { serializer: CBOR }))
  const web = () => join(connectWebSocket(url, { serializers: [CBOR] }))
  for (const client of [await raw(), await web()]) await client.hello()
  for (const client of [await raw(), await web()]) await client.end
  expect(router.realm(REALM)?.sessions.size).toBe(2)
})
