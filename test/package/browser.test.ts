/** The built package in a real browser, under the content policies that pages have. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EXPECTED, FIXTURES, ROOT } from './run.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
}
const html = (script: string): string =>
  `<!doctype html><meta charset="utf-8"><script type="module" src="/${script}"></script>`

let folder: string
let server: Server
let browser: ChildProcess | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wamp-codec-browser-'))
})
afterEach(async () => {
  if (browser?.pid !== undefined && browser.exitCode === null) {
    // The group that this test started: the browser has helpers that must not outlive it.
    process.kill(-browser.pid, 'SIGKILL')
    await once(browser, 'exit')
  }
  server.close()
  server.closeAllConnections()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

/** Opens a page with a script of fixtures/ under a policy for scripts; resolves to what the page reports. */
async function visit(scripts: string, script = 'page.mjs'): Promise<Record<string, unknown>> {
  let reported: (report: string) => void
  const report = new Promise<string>((resolve) => {
    reported = resolve
  })
  server = createServer((request, response) => {
    const path = normalize(request.url ?? '/')
    response.setHeader('Content-Security-Policy', `default-src 'self'; script-src ${scripts}`)
    if (path === '/report') {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        reported(Buffer.concat(chunks).toString())
        response.end()
      })
      return
    }
    const file = path.startsWith('/dist/') ? join(ROOT, path) : join(FIXTURES, path)
    if (path === '/') response.setHeader('Content-Type', 'text/html').end(html(script))
    else if (!existsSync(file)) response.writeHead(404).end()
    else response.setHeader('Content-Type', TYPES[extname(file)] ?? '').end(readFileSync(file))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const args = [...FLAGS, `--user-data-dir=${folder}`, `http://127.0.0.1:${port}/`]
  browser = spawn(CHROMIUM, args, { stdio: 'ignore', detached: true })
  return JSON.parse(await report) as Record<string, unknown>
}

const inBrowser = test.skipIf(!existsSync(CHROMIUM))

inBrowser("works in Chromium with script-src 'self' 'wasm-unsafe-eval'", async () => {
  const report = await visit("'self' 'wasm-unsafe-eval'")
  expect(report).toEqual({ root: EXPECTED, loaded: EXPECTED, scalar: EXPECTED })
})

inBrowser('says KERNEL_UNAVAILABLE in Chromium where the policy forbids WebAssembly', async () => {
  const { error } = await visit("'self'")
  expect(error).toEqual([
    'WampCodecError',
    'KERNEL_UNAVAILABLE',
    expect.stringContaining("'wasm-unsafe-eval'"),
  ])
})

inBrowser("list codecs without a kernel work in Chromium with script-src 'self'", async () => {
  const { EXPECTED_LISTS } = (await import(pathToFileURL(join(FIXTURES, 'lists.mjs')).href)) as {
    EXPECTED_LISTS: unknown
  }
  expect(await visit("'self'", 'page-lists.mjs')).toEqual({ lists: EXPECTED_LISTS })
})
