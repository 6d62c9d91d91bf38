/**
 * Pages in Chromium: a server for files and a browser for each visit, both stopped at its end. On Debian the browser is
 * installed when it is missing and this is root, as in CI; elsewhere `CHROMIUM` names it.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'

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

/** V8's name for: an x86-64 without the instructions that SIMD of WebAssembly needs. */
export const WITHOUT_SIMD = '--no-enable-ssse3'
/** A page's policy for scripts under which WebAssembly is allowed, and one under which it is not. */
export const ALLOWS_WASM = "'self' 'wasm-unsafe-eval'"
export const FORBIDS_WASM = "'self'"

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
}

/** Whether there is a Chromium, after an attempt to install it. */
export function hasChromium(): boolean {
  if (!existsSync(CHROMIUM) && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const install = 'apt-get update && apt-get install -y --no-install-recommends chromium'
    try {
      execFileSync('sh', ['-c', install], { env, stdio: 'ignore' })
    } catch {
      return false
    }
  }
  return existsSync(CHROMIUM)
}

/** A page that loads one module. */
export function modulePage(script: string): string {
  return `<!doctype html><meta charset="utf-8"><script type="module" src="${script}"></script>`
}

export interface Visit {
  /** The document at `/`. It sends what it has found out to `/report`, as JSON. */
  readonly html: string
  /** The file that is served for a path; null for 404. */
  readonly fileOf: (path: string) => string | null
  /** The `script-src` of the page. */
  readonly scripts: string
  /** Flags for V8. */
  readonly engine?: string
}

/** What a page has reported, and the paths that it has asked for. */
export interface Visited {
  readonly report: unknown
  readonly paths: readonly string[]
}

/** Opens a page and waits for its report. */
export async function visit({ html, fileOf, scripts, engine }: Visit): Promise<Visited> {
  const paths: string[] = []
  let reported: (report: string) => void
  const report = new Promise<string>((resolve) => {
    reported = resolve
  })
  const server = createServer((request, response) => {
    const path = normalize((request.url ?? '/').replace(/\?.*/, ''))
    response.setHeader('Content-Security-Policy', `default-src 'self'; script-src ${scripts}`)
    if (path === '/report') {
      response.end()
      void bodyOf(request).then(reported)
      return
    }
    if (path === '/') {
      response.setHeader('Content-Type', 'text/html').end(html)
      return
    }
    if (path !== '/favicon.ico') paths.push(path)
    const file = fileOf(path)
    if (file === null || !existsSync(file)) response.writeHead(404).end()
    else response.setHeader('Content-Type', TYPES[extname(file)] ?? '').end(readFileSync(file))
  })
  const folder = mkdtempSync(join(tmpdir(), 'wamp-codec-browser-'))
  try {
    const flags = engine === undefined ? FLAGS : [...FLAGS, `--js-flags=${engine}`]
    return { report: JSON.parse(await open(server, [...flags, `--user-data-dir=${folder}`], report)), paths }
  } finally {
    server.close()
    server.closeAllConnections()
    // A helper may write until it is gone. `rmSync` of Node 20 does not try again for folders inside.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

/** Starts the server and a browser on it, until the promise is settled. */
async function open<T>(server: Server, args: readonly string[], until: Promise<T>): Promise<T> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const browser = spawn(CHROMIUM, [...args, `http://127.0.0.1:${port}/`], { stdio: 'ignore', detached: true })
  const ended = once(browser, 'exit')
  try {
    return await Promise.race([
      until,
      ended.then(() => Promise.reject(new Error('Chromium has ended before the page has reported'))),
    ])
  } finally {
    if (browser.pid !== undefined && browser.exitCode === null) {
      // The group that this has started: the browser has helpers that must not outlive it.
      process.kill(-browser.pid, 'SIGKILL')
      await ended
    }
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
