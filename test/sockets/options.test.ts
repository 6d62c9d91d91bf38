/** The options of servers and connections: what cannot be used is refused when one is made, and null is absent. */
import { describe, expect, test } from 'vitest'
import { connectRawSocket, type RawSocketClientOptions, serveRawSocket } from '../../src/sockets/net.ts'
import { connectWebSocket, serveWebSocket, type WebSocketClientOptions } from '../../src/sockets/ws.ts'
import { CBOR, closing, echo, ended, next, publish } from './support.ts'

const NULLS = { timeout: null, pingInterval: null, maxBufferedBytes: null }

/** Options that have other types than the compiler allows. */
type Options = Readonly<Record<string, unknown>>

const webServer = (options: Options) =>
  serveWebSocket({ serializers: [CBOR], onconnection: echo, ...options } as never)
const rawServer = (options: Options) =>
  serveRawSocket({ serializers: [CBOR], onconnection: echo, ...options } as never)

describe.each([
  ['WebSocket', webServer],
  ['RawSocket', rawServer],
])('a server of %s', (_, serve) => {
  test.each([Number.NaN, 'a', 1.5, -1, '1', 2 ** 53, Number.NEGATIVE_INFINITY, {}])(
    'has no limit of %o connections',
    (maxConnections) => {
      expect(() => serve({ maxConnections })).toThrow(RangeError)
      expect(() => serve({ maxConnections })).toThrow('maxConnections is an integer from 0 to 900719')
    },
  )

  test.each([0, 1, 2 ** 53 - 1, Number.POSITIVE_INFINITY, null])(
    'may have %o connections',
    (maxConnections) => {
      expect(serve({ maxConnections }).connections.size).toBe(0)
    },
  )

  test.each([
    ['timeout', 'from 1 to 2147483647'],
    ['pingInterval', 'from 0 to 2147483647'],
    ['maxBufferedBytes', 'from 1 to 9007199254740991'],
  ])('has no %s that is text', (name, range) => {
    expect(() => serve({ [name]: '5' })).toThrow(RangeError(`${name} is an integer ${range}, got "5"`))
  })

  test('takes serializers only', () => {
    for (const wrong of [null, 'cbor', {}]) {
      expect(() => serve({ serializers: [CBOR, wrong] })).toThrow(/^serve\w+Socket.*: expected a serializer/)
    }
  })
})

test.each(['yes', true, /x/, {}])('`allow` is a function, and %o is none', (allow) => {
  expect(() => webServer({ allow })).toThrow(TypeError)
  expect(() => webServer({ allow })).toThrow('serveWebSocket: allow: expected a function, got ')
})

test.each([['text'], [1], [[]], [true]])(
  'further options for `ws` are an object, and %o is none',
  async (ws) => {
    const connecting = connectWebSocket('ws://127.0.0.1:1', { serializers: [CBOR], ws: ws as never })
    await expect(connecting).rejects.toThrow(/^connectWebSocket: ws: expected an object with options, got /)
  },
)

test('an option of a WebSocket server or client that is null is absent', async () => {
  const nulls = { ...NULLS, compression: null }
  const server = closing(webServer({ ...nulls, allow: null, priority: null, maxConnections: null }))
  const options: WebSocketClientOptions = { serializers: [CBOR], ...nulls, ws: null }
  const client = await connectWebSocket(`ws://127.0.0.1:${await server.listen(0)}`, options)
  const [came, end] = [next(client, 1), ended(client)]
  client.send(publish(1, 1))
  expect((await came).length).toBe(1)
  client.close()
  expect((await end).code).toBe(1000)
})

test('an option of a RawSocket server or client that is null is absent', async () => {
  const server = closing(rawServer({ ...NULLS, otherwise: null, maxConnections: null }))
  const options: RawSocketClientOptions = { serializer: CBOR, ...NULLS }
  const client = await connectRawSocket({ port: await server.listen(0), host: '127.0.0.1' }, options)
  const [came, end] = [next(client, 1), ended(client)]
  client.send(publish(1, 1))
  expect((await came).length).toBe(1)
  client.close()
  expect((await end).code).toBe(1000)
})
