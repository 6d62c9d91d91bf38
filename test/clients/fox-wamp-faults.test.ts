/** fox-wamp behind the adapter: what it refuses, what it leaves out, and its options. */
import { once } from 'node:events'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { autobahnOptions } from '../../src/clients/autobahn.ts'
import { type FoxRouter, type FoxWampOptions, serveFoxWamp } from '../../src/clients/fox-wamp.ts'
import { type Codec, createCodec } from '../../src/index.ts'
import { createLists, type ListCodec } from '../../src/lists/index.ts'
import { Queue } from './exchange.ts'
import { joinAutobahn26 } from './peer-autobahn.ts'

const FoxWamp = createRequire(import.meta.url)('fox-wamp') as new () => FoxRouter & NodeJS.EventEmitter

const codec = createCodec()
const servers: ReturnType<typeof serveFoxWamp>[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    for (const socket of server.clients) socket.terminate()
    await new Promise((done) => server.close(done))
  }
})

/** A router on a free port: its URL, and what its event `session.alert` has told. */
async function serve(
  options: FoxWampOptions = {},
  maker: Pick<Codec, 'lists'> = codec,
): Promise<{ url: string; alerts: unknown[]; router: NodeJS.EventEmitter }> {
  const router = new FoxWamp()
  const alerts: unknown[] = []
  router.on('session.alert', (_session, what, error: Error) => alerts.push([what, error.message]))
  const server = serveFoxWamp(router, maker, { host: '127.0.0.1', port: 0, ...options })
  servers.push(server)
  await once(server, 'listening')
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, alerts, router }
}

/** An open connection without a client. */
async function connect(url: string, subprotocol: string): Promise<WebSocket> {
  const socket = new WebSocket(url, subprotocol)
  await once(socket, 'open')
  return socket
}

test('a frame that cannot be read is answered with ABORT, and ends the connection', async () => {
  const { url, alerts } = await serve()
  const socket = await connect(url, 'wamp.2.cbor')
  const answer = once(socket, 'message')
  const closed = once(socket, 'close')
  socket.send(Uint8Array.of(0x83, 0x01))
  const [frame] = (await answer) as [Buffer]
  expect(codec.lists('cbor').decode(frame)).toEqual([3, {}, 'wamp.error.protocol_violation'])
  expect((await closed)[0]).toBe(1002)
  expect(alerts).toEqual([['protocol violation', expect.stringContaining('cannot decode')]])
})

test('after ABORT nothing is carried out, and the session is gone before its client has closed', async () => {
  const { url, router } = await serve()
  let gone = 0
  router.on('disconnection', () => gone++)
  const hello = '[1,"realm1",{"roles":{"caller":{}}}]'
  const join = async (): Promise<WebSocket> => {
    const socket = await connect(url, 'wamp.2.json')
    const welcome = once(socket, 'message')
    socket.send(hello)
    await welcome
    return socket
  }
  const subscriber = await join()
  const heard: unknown[] = []
  subscriber.on('message', (data) => heard.push(JSON.parse(String(data)).slice(0, 2)))
  const answered = async (request: string): Promise<void> => {
    const answer = once(subscriber, 'message')
    subscriber.send(request)
    await answer
  }
  await answered('[32,1,{},"com.myapp.topic"]')

  const bad = await join()
  const [, atServer] = [...(servers.at(-1)?.clients ?? [])] as WebSocket[]
  const came = new Promise<void>((resolve) => {
    let count = 0
    atServer?.on('message', () => ++count === 2 && resolve())
  })
  // It does not read, so it does not answer the close frame.
  bad.pause()
  bad.send('{bad')
  bad.send('[16,5,{},"com.myapp.topic",["after ABORT"]]')
  await came
  expect([atServer?.readyState, gone]).toEqual([WebSocket.CLOSING, 1])
  await answered('[32,2,{},"com.myapp.other"]')
  expect(heard).toEqual([
    [33, 1],
    [33, 2],
  ])
})

test('text for a binary serializer is refused, and binary JSON is taken', async () => {
  const { url } = await serve()
  const wrong = await connect(url, 'wamp.2.cbor')
  const closed = once(wrong, 'close')
  wrong.send('[1,"realm1",{}]')
  expect((await closed)[0]).toBe(1002)

  const right = await connect(url, 'wamp.2.json')
  const answer = once(right, 'message')
  right.send(Buffer.from('[1,"realm1",{"roles":{"caller":{}}}]'))
  const [frame, isBinary] = (await answer) as [Buffer, boolean]
  expect(isBinary).toBe(false)
  expect(JSON.parse(frame.toString())[0]).toBe(2)
})

test('a message of 16 MiB is refused by the socket, and one byte less by the codec', async () => {
  const { url, alerts } = await serve()
  for (const [bytes, code] of [
    [2 ** 24, 1009],
    [2 ** 24 - 1, 1002],
  ] as const) {
    const socket = await connect(url, 'wamp.2.cbor')
    const closed = once(socket, 'close')
    socket.send(new Uint8Array(bytes))
    expect((await closed)[0]).toBe(code)
  }
  expect(alerts.map((alert) => (alert as string[])[0])).toEqual(['connection failed', 'protocol violation'])
})

test('a value that one receiver cannot have is left out for it alone', async () => {
  const { url, alerts } = await serve()
  const join = (id: 'json' | 'cbor') => joinAutobahn26(url, 'realm1', codec.lists(id, autobahnOptions(id)))
  const [publisher, json, cbor] = await Promise.all([join('cbor'), join('json'), join('cbor')])
  const events = { json: new Queue(), cbor: new Queue() }
  await json.subscribe('com.example.topic', (event) => events.json.add(event))
  await cbor.subscribe('com.example.topic', (event) => events.cbor.add(event))
  // In JSON such a text would be bytes.
  const special = { args: ['\0AAEC', 1], kwargs: {} }
  const plain = { args: ['plain', 2], kwargs: {} }
  await publisher.publish('com.example.topic', special)
  await publisher.publish('com.example.topic', plain)
  expect(await events.cbor.next()).toEqual(special)
  expect(await events.cbor.next()).toEqual(plain)
  expect(await events.json.next()).toEqual(plain)
  expect(alerts).toEqual([['message not sent', expect.stringContaining('NUL')]])
})

test('a realm that fox-wamp does not make is refused, and does not end the process', async () => {
  const { url } = await serve()
  for (const realm of ['com.example', 'Realm', 'ä', null]) {
    const socket = await connect(url, 'wamp.2.json')
    const answer = once(socket, 'message')
    const closed = once(socket, 'close')
    socket.send(JSON.stringify([1, realm, { roles: { caller: {} } }]))
    const [frame] = (await answer) as [Buffer]
    expect(JSON.parse(frame.toString())).toEqual([3, {}, 'wamp.error.no_such_realm'])
    expect((await closed)[0]).toBe(1000)
  }
})

test('a second HELLO, and an AUTHENTICATE without a CHALLENGE, are refused, and do not end the process', async () => {
  const authHandler = { getAuthMethods: () => ['ticket'], ticket_auth: () => {} }
  const { url } = await serve({ authHandler })
  const hello = '[1,"realm1",{"roles":{"caller":{}},"authmethods":["ticket"],"authid":"joe"}]'
  const ticket = '[5,"ticket",{}]'
  for (const frames of [
    [hello, hello],
    [hello, hello.replace('realm1', 'realm2')],
    [ticket],
    [hello, ticket, ticket],
  ]) {
    const socket = await connect(url, 'wamp.2.json')
    const codes: number[] = []
    socket.on('message', (data) => codes.push(JSON.parse(String(data))[0]))
    const closed = once(socket, 'close')
    for (const frame of frames) {
      socket.send(frame)
      // The CHALLENGE of the first.
      if (frame === hello && frames.length > 2) await once(socket, 'message')
    }
    expect((await closed)[0]).toBe(1002)
    expect(codes.at(-1)).toBe(3)
  }
})

test('with disableProtocolCheck a client that offers no subprotocol speaks JSON', async () => {
  const { url } = await serve({ disableProtocolCheck: true })
  const socket = new WebSocket(url)
  await once(socket, 'open')
  const answer = once(socket, 'message')
  socket.send('[1,"realm1",{"roles":{"caller":{}}}]')
  expect(JSON.parse(String((await answer)[0]))[0]).toBe(2)
})

test('clients choose among the serializers that are named, in their own order', async () => {
  const { url } = await serve({ serializers: ['json', 'msgpack'] })
  const socket = new WebSocket(url, ['wamp.2.cbor', 'wamp.2.msgpack', 'wamp.2.json'])
  await once(socket, 'open')
  expect(socket.protocol).toBe('wamp.2.msgpack')
})

test('a connection without a serializer is closed', async () => {
  const { url } = await serve({ serializers: ['json'] })
  // ws ends a connection itself whose server chose nothing of what it has offered.
  const socket = new WebSocket(url)
  expect((await once(socket, 'close'))[0]).toBe(1002)
})

test('authHandler is asked, as by listenWAMP', async () => {
  const authHandler = {
    getAuthMethods: () => ['ticket'],
    ticket_auth(
      _realm: string,
      details: { authid: string },
      secret: string,
      _extra: object,
      done: (error: Error | null, user?: object) => void,
    ): void {
      if (secret === 'right') done(null, { authid: details.authid })
      else done(new Error('wrong ticket'))
    },
  }
  const { url } = await serve({ authHandler })
  const lists = codec.lists('msgpack')
  const answers: unknown[] = []
  for (const ticket of ['right', 'wrong']) {
    const socket = await connect(url, 'wamp.2.msgpack')
    const next = async (list: unknown[]): Promise<unknown> => {
      const answer = once(socket, 'message')
      socket.send(lists.encode(list))
      return lists.decode((await answer)[0] as Buffer)[0]
    }
    const details = { roles: { caller: {} }, authid: 'joe', authmethods: ['ticket'] }
    answers.push([await next([1, 'realm1', details]), await next([5, ticket, {}])])
  }
  // CHALLENGE, then WELCOME or ABORT.
  expect(answers).toEqual([
    [4, 2],
    [4, 3],
  ])
})

test('list codecs without a kernel serve too', async () => {
  const lists = (id: string, options: object): ListCodec => createLists(id as 'json', options)
  const { url } = await serve({ serializers: ['cbor', 'json'] }, { lists })
  const peer = await joinAutobahn26(url, 'realm1', createLists('cbor', autobahnOptions('cbor')))
  await peer.register('com.example.echo', async (payload) => payload)
  const payload = { args: [1, 2], kwargs: {} }
  expect(await peer.call('com.example.echo', payload).result).toEqual(payload)
})

test('the events of the router carry frames', async () => {
  const { url, router } = await serve()
  const seen: unknown[] = []
  router.on('session.Rx', (_session, frame) => seen.push(['in', frame]))
  router.on('session.Tx', (_session, frame) => seen.push(['out', frame]))
  const socket = await connect(url, 'wamp.2.json')
  const answer = once(socket, 'message')
  const hello = '[1,"realm1",{"roles":{"caller":{}}}]'
  socket.send(hello)
  const [welcome] = (await answer) as [Buffer]
  expect(seen).toEqual([
    ['in', hello],
    ['out', welcome.toString()],
  ])
})

test('other arguments are refused', () => {
  const expected = 'serveFoxWamp: expected'
  expect(() => serveFoxWamp({} as never, codec)).toThrow(
    new TypeError(`${expected} a FoxRouter, got a dictionary`),
  )
  expect(() => serveFoxWamp(new FoxWamp(), null as never)).toThrow(
    new TypeError(`${expected} a codec, got null`),
  )
})
