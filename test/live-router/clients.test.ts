/** Published clients, unmodified and with their own serializers, through the example router; and `npm start` itself. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { createCodec, type Result } from 'wamp-codec'
import { connectRawSocket } from 'wamp-codec/net'
import { listen } from '../../examples/router/listeners.mjs'
import { Router } from '../../examples/router/router.mjs'
import { Client, closing, REALM } from './support.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)
const { Wampy } = require('wampy')
const { CborSerializer } = require('wampy/CborSerializer.js')
const { MsgpackSerializer } = require('wampy/MsgpackSerializer.js')
const { WebSocket } = require('ws')
const autobahn = require('autobahn')

/** What we use of autobahn. */
interface Invoked {
  progress(args: unknown[]): void
}
interface AutobahnSession {
  readonly id: number
  register(
    procedure: string,
    endpoint: (args: unknown[], kwargs: object, details: Invoked) => unknown,
  ): Promise<unknown>
  /** Of when.js: the third listener gets what comes before the end. */
  call(
    procedure: string,
    args?: unknown[],
    kwargs?: object,
    options?: object,
  ): Promise<unknown> & {
    then(onResult: undefined, onError: undefined, onProgress: (part: unknown) => void): Promise<unknown>
  }
}

interface Listening {
  readonly router: Router
  readonly url: string
  readonly refused: string[]
}

async function start(peers: 'strict' | 'lenient', users = {}): Promise<Listening> {
  const refused: string[] = []
  const router = new Router({
    realms: { [REALM]: { users } },
    peers,
    observe: (_what, _session, error) => refused.push(error?.message ?? ''),
  })
  const { url, close } = await listen(router)
  closing({ close })
  return { router, url, refused }
}

async function joinWampy(url: string, serializer: unknown) {
  const wampy = new Wampy(url, { realm: REALM, serializer, ws: WebSocket, autoReconnect: false })
  await wampy.connect()
  closing({ close: () => wampy.disconnect().catch(() => {}) })
  return wampy
}

test.each([
  ['MsgPack', MsgpackSerializer],
  ['CBOR', CborSerializer],
])(
  'wampy with its own %s subscribes, unsubscribes, registers and unregisters at a lenient router',
  async (_, Serializer) => {
    const { url, refused } = await start('lenient')
    const wampy = await joinWampy(url, new Serializer())
    const other = await joinWampy(url, new Serializer())
    const event = new Promise<{ argsList: unknown[] }>((heard) => {
      wampy.subscribe('com.topic', heard).then(() => other.publish('com.topic', { argsList: ['hi', 1.5] }))
    })
    expect((await event).argsList).toEqual(['hi', 1.5])
    await wampy.register('com.add', ({ argsList }: { argsList: number[] }) => ({
      argsList: [(argsList[0] as number) + (argsList[1] as number)],
    }))
    expect((await other.call('com.add', { argsList: [2, 3] })).argsList).toEqual([5])
    await wampy.unregister('com.add')
    await expect(other.call('com.add', { argsList: [2, 3] })).rejects.toMatchObject({
      errorUri: 'wamp.error.no_such_procedure',
    })
    expect(refused).toEqual([])
  },
)

test('wampy with its own CBOR cannot subscribe at a strict router, which says why', async () => {
  const { url, refused } = await start('strict')
  const wampy = await joinWampy(url, new CborSerializer())
  const subscribing = wampy
    .subscribe('com.topic', () => {})
    .then(
      () => 'subscribed',
      () => 'refused',
    )
  while (refused.length === 0) await new Promise((turn) => setImmediate(turn))
  expect(refused[0]).toContain('match')
  await Promise.race([subscribing, new Promise((turn) => setImmediate(turn))])
})

test.each(['JSON', 'Msgpack', 'CBOR'])(
  'autobahn with its own %s logs in by WAMP-CRA, and talks',
  async (id) => {
    const secret = 'the secret of amy'
    const { url, refused, router } = await start('strict', { amy: { role: 'admin', secret } })
    const connection = new autobahn.Connection({
      url,
      realm: REALM,
      serializers: [new autobahn.serializer[`${id}Serializer`]()],
      max_retries: 0,
      authmethods: ['wampcra'],
      authid: 'amy',
      onchallenge: (_session: unknown, _method: string, { challenge }: { challenge: string }) =>
        autobahn.auth_cra.sign(secret, challenge),
    })
    autobahn.log.warn = () => {}
    const session = await new Promise<AutobahnSession>((opened) => {
      connection.onopen = opened
      connection.open()
    })
    closing({ close: () => connection.close() })
    expect(router.realm(REALM)?.sessions.get(session.id)?.identity).toMatchObject({
      authid: 'amy',
      authrole: 'admin',
    })
    await session.register('com.parts', async (args: unknown[], _kwargs: object, details: Invoked) => {
      details.progress(['half'])
      return args[0]
    })
    const parts: unknown[] = []
    const call = session.call('com.parts', ['whole'], {}, { receive_progress: true })
    const whole = await call.then(undefined, undefined, (part: unknown) => parts.push(part))
    expect([parts, whole]).toEqual([['half'], 'whole'])
    const count = await session.call('wamp.session.count')
    expect([count, refused]).toEqual([1, []])
  },
)

/** Runs the demonstration; what it prints until it ends, or until a text comes. */
function run(...args: string[]): { child: ChildProcess; printed: (text?: string) => Promise<string> } {
  const child = spawn(process.execPath, ['examples/start/main.mjs', ...args], { cwd: ROOT })
  closing({ close: () => child.kill('SIGKILL') })
  let output = ''
  const printed = (text?: string): Promise<string> =>
    new Promise((done) => {
      child.stdout?.on('data', (chunk) => {
        output += chunk
        if (text !== undefined && output.includes(text)) done(output)
      })
      child.stderr?.on('data', (chunk) => {
        output += chunk
      })
      child.once('close', () => done(output))
    })
  return { child, printed }
}

test('npm start shows what went through the router, with nothing decoded, and ends well', async () => {
  const { child, printed } = run()
  const output = await printed()
  expect(child.exitCode).toBe(0)
  const rows = output.split('\n').filter((line) => /^(autobahn|wampy)/.test(line))
  // Four clients publish to three others, and call once each.
  expect(rows.length).toBe(4 * 3 + 4 * 2)
  const count = (word: string) => rows.filter((row) => row.includes(word)).length
  expect(count(' spliced ') + count(' transcoded ')).toBe(rows.length)
  for (const row of rows) {
    const [, from, to] = /(json|msgpack|cbor) -> (json|msgpack|cbor)/.exec(row) ?? []
    expect([row, row.includes(' spliced ')]).toEqual([row, from === to])
  }
  // The README shows a few of them; ids are random, and so are some numbers of bytes.
  const withoutBytes = (row: string): string => row.replace(/ +\d+ -> \d+$/, '')
  const shown = readFileSync('README.md', 'utf8')
    .split('\n')
    .filter((line) => /^(autobahn|wampy) /.test(line))
  expect(shown.length).toBeGreaterThan(3)
  expect(rows.map(withoutBytes)).toEqual(expect.arrayContaining(shown.map(withoutBytes)))
  expect(output).toContain(`as they came: ${count(' spliced ')}, `)
  expect(output).toContain('decoded: 0\n')
  expect(output).toContain('npm start -- --serve')
  expect(Math.max(...output.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(120)
})

test('npm start -- --serve keeps the router for clients of ours until it is interrupted', async () => {
  const { child, printed } = run('--serve')
  const output = await printed('RawSocket  127.0.0.1:')
  const port = Number(/RawSocket +127\.0\.0\.1:(\d+)/.exec(output)?.[1])
  const serializer = createCodec().serializer('flatbuffers')
  const client = new Client(await connectRawSocket({ port, host: '127.0.0.1' }, { serializer }))
  await client.hello()
  expect(((await client.call('wamp.session.count')) as Result).args).toEqual([1])
  child.kill('SIGINT')
  expect(await once(child, 'close')).toEqual([0, null])
})
