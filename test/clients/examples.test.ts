/**
 * The examples of the documents that connect a client: blocks that begin with "js client". They run as files beside the
 * installed clients, against a router in place of the URL that they name, and print what they say.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { autobahnOptions } from '../../src/clients/autobahn.ts'
import { createCodec } from '../../src/index.ts'
import { joinAutobahn26 } from './peer-autobahn.ts'
import { startRouter, type TestRouter } from './router.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const FOLDER = join(import.meta.dirname, 'node_modules/.examples')
const URL_OF_EXAMPLES = 'ws://localhost:8080/ws'
/** autobahn 26 needs a global WebSocket, which Node has since 22. */
const FLAGS = 'WebSocket' in globalThis ? [] : ['--experimental-websocket', '--no-warnings']

interface Block {
  readonly name: string
  readonly code: string
}

const blocks = ['README.md', 'docs/clients.md'].flatMap((file): Block[] => {
  const document = readFileSync(resolve(ROOT, file), 'utf8')
  const found = [...document.matchAll(/^```js client\n([\s\S]*?)^```$/gm)]
  return found.map(([, code], i) => ({ name: `${file} client ${i + 1}`, code: code as string }))
})
const servers = blocks.filter(({ code }) => code.includes('serveFoxWamp'))
const clients = blocks.filter((block) => !servers.includes(block))

let router: TestRouter
const running: ChildProcess[] = []

beforeAll(async () => {
  router = await startRouter()
  const module = join(FOLDER, 'node_modules/wampproto')
  mkdirSync(module, { recursive: true })
  writeFileSync(join(module, 'package.json'), '{ "type": "module", "exports": "./index.mjs" }')
  copyFileSync(join(import.meta.dirname, 'fixtures/wampproto.mjs'), join(module, 'index.mjs'))
})

afterAll(async () => {
  for (const child of running) child.kill()
  await router.stop()
  rmSync(FOLDER, { recursive: true })
})

/** Starts a block; its lines come from the process's output. */
function start({ name, code }: Block): ChildProcess {
  const file = join(FOLDER, `${name.replaceAll(/\W/g, '-')}.mjs`)
  writeFileSync(file, code)
  const child = spawn(process.execPath, [...FLAGS, file], { stdio: ['ignore', 'pipe', 'pipe'] })
  running.push(child)
  return child
}

test('there is an example for each client and for fox-wamp', () => {
  const entries = ['autobahn', 'wampy', 'kraftfahrstrasse', 'wampproto', 'fox-wamp']
  const shown = blocks.map(({ code }) => /'wamp-codec\/([a-z-]+)'/.exec(code)?.[1])
  expect(new Set(shown)).toEqual(new Set(entries))
})

test.each(clients)('$name prints what it says', async ({ name, code }) => {
  const child = start({ name, code: code.replaceAll(URL_OF_EXAMPLES, router.url) })
  const [printed, complaints] = [child.stdout, child.stderr].map((stream) => text(stream!))
  const [status] = await once(child, 'close')
  expect({ status, complaints: status === 0 ? '' : await complaints }).toEqual({ status: 0, complaints: '' })
  const said = [...code.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, line]) => line)
  expect(said.length).toBeGreaterThan(0)
  expect((await printed)?.trimEnd().split('\n')).toEqual(said)
  expect(router.refused.splice(0)).toEqual([])
})

test.each(servers)('$name serves clients', async ({ name, code }) => {
  const listening = "\nserver.on('listening', () => console.log(server.address().port))\n"
  const child = start({ name, code: code.replace('port: 8080', 'port: 0') + listening })
  const [port] = await once(createInterface(child.stdout!), 'line')
  const lists = createCodec().lists('msgpack', autobahnOptions('msgpack'))
  const peer = await joinAutobahn26(`ws://127.0.0.1:${port}/`, 'realm1', lists)
  await peer.register('com.example.echo', async (payload) => payload)
  const payload = { args: ['hello', Buffer.of(1, 2)], kwargs: { a: 1 } }
  expect(await peer.call('com.example.echo', payload).result).toEqual(payload)
  await peer.close()
})
