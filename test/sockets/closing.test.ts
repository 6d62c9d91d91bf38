/** Tests of src/sockets/connection.ts: what `close` refuses, and what `answer` closes with, over both transports. */
import { describe, expect, test } from 'vitest'
import { Abort } from '../../src/index.ts'
import { type Connection, connectRawSocket, serveRawSocket } from '../../src/sockets/net.ts'
import { connectWebSocket, serveWebSocket } from '../../src/sockets/ws.ts'
import { CBOR, closing, echo, ended, later, next, publish } from './support.ts'

const serializers = [CBOR]

async function webSockets(): Promise<readonly [client: Connection, server: Connection]> {
  const { promise, resolve } = later<Connection>()
  const port = await closing(serveWebSocket({ serializers, onconnection: resolve })).listen(0)
  return [await connectWebSocket(`ws://127.0.0.1:${port}`, { serializers }), await promise]
}

async function rawSockets(): Promise<readonly [client: Connection, server: Connection]> {
  const { promise, resolve } = later<Connection>()
  const port = await closing(serveRawSocket({ serializers, onconnection: resolve })).listen(0)
  return [await connectRawSocket({ port, host: '127.0.0.1' }, { serializer: CBOR }), await promise]
}

describe.each([
  ['WebSocket', webSockets],
  ['RawSocket', rawSockets],
])('over %s', (_, pair) => {
  test.each<[string, number, string]>([
    ['a code that nobody may send', 1005, ''],
    ['a code of no range', 999, ''],
    ['a code that is not whole', 1000.5, ''],
    ['a reason that has no room', 1000, 'x'.repeat(124)],
    ['a reason that has no room in UTF-8', 1000, 'é'.repeat(62)],
  ])('closing with %s is a RangeError, and the connection lives on', async (_, code, reason) => {
    const [client, server] = await pair()
    echo(server)
    expect(() => client.close(code, reason)).toThrow(RangeError)
    const came = next(client, 1)
    client.send(publish(1, 10))
    expect((await came)[0]?.equals(publish(1, 10))).toBe(true)
    client.close()
  })

  test('an ABORT with a long reason is sent whole, and closes with the beginning of it', async () => {
    const [client, server] = await pair()
    const [came, end] = [next(client, 1), ended(server)]
    const reason = `com.myapp.${'é'.repeat(200)}`
    server.answer({ message: new Abort({ reason }), closeCode: 1002 })
    expect((await came)[0]).toMatchObject({ reason })
    expect((await end).code).toBe(1002)
  })
})
