/** The blocks of docs/router-guide.md are one program, which prints what it says. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const text = readFileSync(resolve(ROOT, 'docs/router-guide.md'), 'utf8')
const blocks = [...text.matchAll(/^```js part\n([\s\S]*?)^```$/gm)].map(([, code]) => code as string)

test('the guide has five steps', () => {
  expect(blocks.length).toBe(5)
})

test('the router itself is about 160 lines', () => {
  const lines = blocks
    .slice(0, 4)
    .join('')
    .split('\n')
    .filter((line) => line.trim() !== '')
  expect(lines.length).toBeLessThanOrEqual(165)
})

/** Requests that cannot be served, and values that a receiver's serializer has no form for: no session may end. */
const PROBES = `
const subscribed = await ask(json, new Subscribe({ request: 10, topic: 'com.myapp.number' }))
cbor.send(new Publish({ request: 11, topic: 'com.myapp.number', args: [Number.NaN] }))
await ask(json, new Register({ request: 12, procedure: 'com.myapp.same' }))
const toJson = await ask(cbor, new Call({ request: 13, procedure: 'com.myapp.same', args: [Number.NaN] }))
const invoked = next(cbor)
json.send(new Call({ request: 14, procedure: 'com.myapp.add', args: [1, 2] }))
const { request: invocation14 } = await invoked
const answered = next(json)
cbor.send(new Yield({ request: invocation14, args: [Number.NaN] }))
console.log(toJson.error, (await answered).error)
const { Unsubscribe, Unregister, Cancel } = await import('wamp-codec')
cbor.send(new Cancel({ request: 13, mode: 'kill' }))
const gone = [
  await ask(cbor, new Unsubscribe({ request: 15, subscription: 5 })),
  await ask(cbor, new Unregister({ request: 16, registration: 5 })),
  await ask(json, new Unsubscribe({ request: 17, subscription: subscribed.subscription })),
]
console.log(gone.map((message) => message.error ?? message.request).join(' '))
`

/** A stranger and a client who say ABORT; an invocation that cannot be sent; a result in parts, asked for and not. */
const UNASKED = `
const [stranger, client] = await Promise.all(['json', 'json'].map((id) =>
  connectWebSocket(\`ws://127.0.0.1:\${port}\`, { serializers: [codec.serializer(id)] })))
await ask(client, new Hello({ realm: 'realm1', roles: { caller: {} } }))
const got = []
for (const one of [stranger, client]) {
  const ended = new Promise((resolve) => (one.onclose = resolve))
  one.onmessage = (message) => got.push(message.constructor.name)
  one.send(new Abort({ reason: 'com.myapp.no' }))
  await ended
}
console.log(got.length)
await ask(json, new Register({ request: 10, procedure: 'com.myapp.same' }))
await ask(cbor, new Call({ request: 11, procedure: 'com.myapp.same', args: [Number.NaN] }))
cbor.send(new Call({ request: 12, procedure: 'com.myapp.same' }))
console.log((await next(json)).request)
for (const receive_progress of [true, false]) {
  const results = []
  json.send(new Call({ request: receive_progress ? 13 : 14, procedure: 'com.myapp.add', receive_progress }))
  const { request } = await next(cbor)
  const answered = new Promise((resolve) => {
    json.onmessage = (message) => results.push(message.args[0]) && message.progress !== true && resolve()
  })
  for (const progress of [true, false]) cbor.send(new Yield({ request, args: [progress ? 'part' : 'end'], progress }))
  await answered
  console.log(results.join(' '))
}
`

test('the router answers no ABORT, leaves no gap in the requests of invocations, and sends no parts unasked', () => {
  expect(run(withProbes(UNASKED)).slice(3)).toEqual(['0', '1', 'part end', 'end'])
})

test('the router refuses what it cannot do, and no session ends', () => {
  expect(run(withProbes(PROBES)).slice(3)).toEqual([
    'wamp.error.invalid_argument wamp.error.invalid_argument',
    'wamp.error.no_such_subscription wamp.error.no_such_registration 17',
  ])
})

test('the steps together are a router that prints what the guide says', () => {
  const code = blocks.join('\n')
  const said = [...code.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, line]) => line)
  expect(said.length).toBe(3)
  expect(run(code)).toEqual(said)
})

/** A stranger over RawSocket who takes frames of up to 512 bytes only: no WELCOME of a long name fits. */
const SHORT = `
const { connect } = await import('node:net')
const { RawSocketCodec } = await import('wamp-codec')
const stranger = connect(port, '127.0.0.1')
const raw = new RawSocketCodec({ serializer: codec.serializer('cbor'), side: 'client', maxLengthExponent: 9 })
const got = []
stranger.write(raw.handshake())
stranger.on('data', (chunk) => {
  const isFirst = raw.serializer === null
  for (const frame of raw.push(chunk).frames) got.push(codec.serializer('cbor').decode(frame).reason)
  if (isFirst) stranger.write(raw.frame([codec.serializer('cbor').encode(new Hello({ realm: 'r'.repeat(600), roles: { caller: {} } }))]))
})
await new Promise((resolve) => stranger.on('close', resolve))
console.log(got.join(' '), (await ask(json, new Call({ request: 3, procedure: 'com.nobody' }))).error)
`

test('a client that takes no WELCOME of this length is refused, and the router goes on', () => {
  expect(run(withProbes(SHORT)).slice(3)).toEqual([
    'wamp.error.payload_size_exceeded wamp.error.no_such_procedure',
  ])
})

/** A callee that leaves, or sends what cannot be read, during a call; what the router still holds afterwards. */
const LEAVING = (leave: string): string => `
const calling = ask(json, new Call({ request: 3, procedure: 'com.myapp.add' }))
await next(cbor)
${leave}
console.log((await calling).error, (await ask(json, new Call({ request: 4, procedure: 'com.myapp.add' }))).error)
console.log(broker.topics.size, dealer.procedures.size, dealer.calls.size)
cbor.terminate()
`

test.each([
  ['closes', 'cbor.close()'],
  ['says goodbye', 'cbor.send(new Goodbye())'],
  ['sends what cannot be read', 'cbor.pause(); cbor.sendParts([Uint8Array.of(0xff)])'],
  [
    'answers a request that it never got',
    `cbor.send(new ErrorMessage({
    request_type: MessageType.SUBSCRIBE, request: 2, error: 'com.myapp.no' }))`,
  ],
  [
    'forwards for others',
    `cbor.send(new Publish({ request: 3, topic: 'com.myapp.hello',
    forward_for: [{ session: 1, authid: 'root', authrole: 'admin' }] }))`,
  ],
])('a callee that %s leaves nothing behind, and its caller gets an error', (_, leave) => {
  expect(run(withProbes(LEAVING(leave))).slice(3)).toEqual([
    'wamp.error.canceled wamp.error.no_such_procedure',
    '0 0 0',
  ])
})

/** The program, with another part before its end. */
function withProbes(part: string): string {
  const end = 'for (const server of'
  const [before, last] = blocks.join('\n').split(end)
  return `${before}${part}${end}${last}`
}

/** The lines that a program prints. */
function run(code: string): string[] {
  const folder = resolve(ROOT, 'out')
  mkdirSync(folder, { recursive: true })
  const file = resolve(folder, 'router-guide.mjs')
  writeFileSync(file, code)
  try {
    return execFileSync(process.execPath, [file], { cwd: ROOT, encoding: 'utf8' }).trimEnd().split('\n')
  } finally {
    rmSync(file)
  }
}
