/**
 * `npm run hostile:peers`: the catalogue of hostile inputs with other libraries, each in a child process with a heap
 * limit and a time limit for each input. Prints a table and writes it into docs/reliability.md.
 */
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { writeMarked } from '../../../build/reliability.mjs'
import { DECODERS, versions } from './decoders.mjs'

const HEAP_MB = 512
const LIMIT_MS = 10_000
const child = new URL('child.mjs', import.meta.url).pathname

const folder = mkdtempSync(join(tmpdir(), 'wamp-codec-peers-'))
const rows = join(folder, 'rows.mjs')
await build({
  entryPoints: ['test/hostile/peers/rows.ts'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  outfile: rows,
  // CommonJS within the bundle asks for it.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
  },
})
const { casesOf } = await import(pathToFileURL(rows).href)
execFileSync(process.execPath, ['build/flatc.mjs', folder])
const env = { ...process.env, WAMP_CODEC_READERS: join(folder, 'readers.mjs') }

/** The outcomes of cases from a number on, until one ends the process; that one is `crash` or `hang`. */
function attempt(format, peer, from, outcomes) {
  return new Promise((resolve, reject) => {
    const worker = spawn(
      process.execPath,
      [`--max-old-space-size=${HEAP_MB}`, child, format, peer, String(from), rows],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
        env,
      },
    )
    let rest = ''
    let current = from
    let timer = null
    let isHang = false
    let hasBegun = false
    worker.stdout.setEncoding('utf8')
    worker.stdout.on('data', (text) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop()
      for (const line of lines) {
        const [what, number, verdict, milliseconds] = line.split(' ')
        clearTimeout(timer)
        current = Number(number)
        hasBegun = true
        if (what === 'begin') {
          timer = setTimeout(() => {
            isHang = true
            worker.kill('SIGKILL')
          }, LIMIT_MS)
        } else outcomes[current] = { verdict, milliseconds: Number(milliseconds) }
      }
    })
    worker.on('close', (code) => {
      clearTimeout(timer)
      if (!hasBegun) return reject(new Error(`the child for ${peer} did not start (${code})`))
      if (code !== 0 && outcomes[current] === undefined)
        outcomes[current] = { verdict: isHang ? 'hang' : 'crash', milliseconds: LIMIT_MS }
      resolve(current + 1)
    })
  })
}

const lines = [
  `Made by \`npm run hostile:peers\` on ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${availableParallelism()} CPUs:`,
  `${HEAP_MB} MB of heap, ${LIMIT_MS / 1000} s for an input. "Read" counts inputs that must be refused and were read, those with invalid UTF-8 apart; "accidents" are stack overflows, TypeErrors and thrown values that are not Errors.`,
  'Of the FlatBuffers rows, whose changed byte may be harmless, those count that wamp-codec refuses.',
  `Libraries: ${versions()}; the last two are whole WAMP clients, whose serializers are called as their transports do it.`,
  '',
  '| format | library | inputs | crash | hang | bad UTF-8 read | others read | accidents | slowest ms |',
  '|---|---|---|---|---|---|---|---|---|',
]
for (const [format, peers] of Object.entries(DECODERS)) {
  const cases = casesOf(format)
  // By wamp-codec, which comes first.
  let isRefused = null
  for (const peer of Object.keys(peers)) {
    const outcomes = []
    for (let next = 0; next < cases.length; ) next = await attempt(format, peer, next, outcomes)
    isRefused ??= outcomes.map((outcome) => outcome?.verdict === 'refused')
    const count = (test) => cases.filter((row, i) => test(outcomes[i] ?? {}, row)).length
    const mustRefuse = (row) =>
      Array.isArray(row.expected) ||
      (format === 'flatbuffers' && row.expected === 'either' && isRefused[cases.indexOf(row)])
    const cells = [
      cases.length,
      count(({ verdict }) => verdict === 'crash'),
      count(({ verdict }) => verdict === 'hang'),
      count(({ verdict }, row) => verdict === 'read' && mustRefuse(row) && row.id === 'A10'),
      count(({ verdict }, row) => verdict === 'read' && mustRefuse(row) && row.id !== 'A10'),
      count(({ verdict }) => verdict === 'foreign'),
      Math.max(...outcomes.map((outcome) => outcome?.milliseconds ?? 0)).toFixed(0),
    ]
    lines.push(`| ${format} | ${peer} | ${cells.join(' | ')} |`)
    console.log(lines.at(-1))
  }
}
rmSync(folder, { recursive: true })
writeMarked('peers', lines)
