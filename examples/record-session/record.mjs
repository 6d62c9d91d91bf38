// Records examples/session/session.jsonl: starts the router, plays the scenario, writes one line a frame,
// checks what it wrote. Run with `node examples/record-session/record.mjs`; needs no network but loopback.

import { writeFileSync } from 'node:fs'
import { startRouter } from './router.mjs'
import { playScenario } from './scenario.mjs'
import { SESSION_FILE, verifySession } from './verify.mjs'

const WATCHDOG_MS = 30_000

const watchdog = setTimeout(() => {
  console.error(`the session did not end within ${WATCHDOG_MS} ms`)
  process.exit(1)
}, WATCHDOG_MS)

const lines = []
const router = await startRouter(({ client, direction, serializer, bytes }) => {
  const hex = Buffer.from(bytes).toString('hex')
  lines.push(JSON.stringify({ n: lines.length + 1, client, direction, serializer, hex }))
})
try {
  await playScenario(router.url)
} finally {
  await router.stop()
  clearTimeout(watchdog)
}

const text = `${lines.join('\n')}\n`
writeFileSync(SESSION_FILE, text)
console.log(verifySession(text))
