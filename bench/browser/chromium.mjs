/** A page in Chromium, isolated from others so that its clock steps by 5 us, and what it posts. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The browser: Debian's, or what `CHROMIUM` names. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  // A page in the background is slowed down.
  ...['--disable-background-timer-throttling', '--disable-renderer-backgrounding', '--js-flags=--expose-gc'],
]

/** The version as the browser gives it, `141.0.7390.65`. */
export function chromiumVersion() {
  const text = execFileSync(CHROMIUM, ['--version'], { encoding: 'utf8' })
  return /[\d.]+/.exec(text)?.[0] ?? text.trim()
}

/**
 * Opens a page with one module, and serves `plan` to it. `onRow` gets what it posts to `/row`; resolves with what it
 * posts to `/end`. Rejects with what it posts to `/failed`, or when the browser ends before.
 */
export async function measureInChromium(script, plan, onRow) {
  let finish
  let fail
  const end = new Promise((resolve, reject) => {
    finish = resolve
    fail = reject
  })
  const posts = {
    '/row': onRow,
    '/end': (value) => finish(value),
    '/failed': (text) => fail(new Error(text)),
  }
  const texts = {
    '/': [
      'text/html',
      '<!doctype html><meta charset="utf-8"><script type="module" src="/page.mjs"></script>',
    ],
    '/page.mjs': ['text/javascript', script],
    '/plan': ['application/json', JSON.stringify(plan)],
  }
  const server = createServer(async (request, response) => {
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp')
    const post = posts[request.url]
    if (post !== undefined) {
      const chunks = await request.toArray()
      response.end()
      post(JSON.parse(Buffer.concat(chunks).toString()))
      return
    }
    const [type, text] = texts[request.url] ?? []
    if (text === undefined) response.writeHead(404).end()
    else response.setHeader('Content-Type', type).end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const folder = mkdtempSync(join(tmpdir(), 'wamp-codec-bench-browser-'))
  const url = `http://127.0.0.1:${server.address().port}/`
  const browser = spawn(CHROMIUM, [...FLAGS, `--user-data-dir=${folder}`, url], {
    ...{ stdio: 'ignore', detached: true },
  })
  const exit = once(browser, 'exit')
  try {
    return await Promise.race([
      end,
      exit.then(() => Promise.reject(new Error('Chromium has ended before the page has'))),
    ])
  } finally {
    if (browser.pid !== undefined && browser.exitCode === null) {
      // The group that this has started: the browser has helpers that must not outlive it.
      process.kill(-browser.pid, 'SIGKILL')
      await exit
    }
    server.close()
    server.closeAllConnections()
    // A helper may write until it is gone. `rmSync` of Node 20 does not try again for folders inside.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}
