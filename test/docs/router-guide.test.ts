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

test('the router itself is about 130 lines', () => {
  const lines = blocks
    .slice(0, 4)
    .join('')
    .split('\n')
    .filter((line) => line.trim() !== '')
  expect(lines.length).toBeLessThanOrEqual(135)
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

test('the router refuses what it cannot do, and no session ends', () => {
  const [before, after] = [blocks.join('\n').split('for (const server of')[0], 'for (const server of']
  const last = blocks.join('\n').split(after)[1]
  expect(run(`${before}${PROBES}${after}${last}`).slice(3)).toEqual([
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
