/**
 * The message-level fuzzer as `npm run fuzz message` runs it: programs, a line for people, and what a finding takes.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { record } from '../result.mjs'

const BUNDLE = 'out/fuzz/message.mjs'
/** Programs between two looks at the clock, and between two lines. */
const ROUND = 64
const LINE = 100_000

/** Runs programs as the options say. Returns whether nothing was found. */
export async function fuzzMessages({ seconds, seed: given, programs, program, from, record: isRecorded }) {
  const { report, Session } = await bundled()
  const seed = given === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(given)
  const first = Number(from ?? program ?? 0)
  const end =
    program === undefined ? first + Number(programs ?? Number.POSITIVE_INFINITY) : Number(program) + 1
  if (!Number.isInteger(seed) || !(end > first))
    throw new RangeError('--seed, --programs, --program and --from are numbers')
  const hasTime = programs === undefined && program === undefined
  const start = performance.now()
  const session = new Session(seed)
  const kinds = new Map()
  let index = first
  for (; index < end; index++) {
    if (hasTime && index % ROUND === 0 && performance.now() - start > Number(seconds) * 1000) break
    const found = session.run(index)
    if (found !== null && !kinds.has(found.finding.kind)) {
      kinds.set(found.finding.kind, found)
      console.log(report(found))
    }
    if ((index - first + 1) % LINE === 0)
      console.log(`message: ${index - first + 1} programs, ${kinds.size} findings`)
  }
  const took = (performance.now() - start) / 1000
  const count = index - first
  const what = kinds.size === 0 ? 'no finding' : `${kinds.size} FINDINGS`
  const steps = [...session.counts.values()].reduce((sum, n) => sum + n, 0)
  console.log(
    `message: ${count} programs of ${steps} steps, ${Math.round(count / took)} a second, seed ${seed}, ${what}`,
  )
  if (isRecorded) {
    const hash = createHash('sha256')
      .update(readFileSync('out/wasm/kernel-scalar.wasm'))
      .digest('hex')
      .slice(0, 12)
    record('message', { executions: count, seconds: took, hash, isFinding: kinds.size > 0 })
  }
  return kinds.size === 0
}

/** The fuzzer as one file, whose stack traces can be read. */
async function bundled() {
  mkdirSync('out/fuzz', { recursive: true })
  await build({
    entryPoints: ['test/fuzz/message/report.ts'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    keepNames: true,
    outfile: BUNDLE,
  })
  return import(pathToFileURL(resolve(BUNDLE)).href)
}
