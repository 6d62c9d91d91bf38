/**
 * Compiles the kernels of entries.mjs into out/wasm/, and one for debugging. Prints name, size and sha256 of each, and
 * fails when one is over its budget.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { compileToJavaScript } from './javascript-kernels.mjs'
import { JAVASCRIPT_KERNELS, KERNELS } from './kernel-table.mjs'

/**
 * The scanners are many small functions, and the compiler inlines too few of them: scanning an EVENT without payload
 * took 79 ns with its own -O3 and takes 51 ns with these limits, for 2 KB more (Node 20, x86-64, 2026). The core kernel
 * has less room: the second pair costs it 2 KB less.
 */
const INLINING = {
  index: ['--flexible-inline-max-function-size=300', '--always-inline-max-function-size=120'],
  core: ['--flexible-inline-max-function-size=200', '--always-inline-max-function-size=60'],
}
const FEATURES = ['--enable-bulk-memory', '--enable-sign-ext', '--enable-nontrapping-float-to-int']

const execute = promisify(execFile)
const node = (script, ...args) => execute(process.execPath, [script, ...args])

const compile = (entry, target) =>
  node('node_modules/assemblyscript/bin/asc.js', `assembly/${entry}.ts`, '--target', target)

/** Compiles all, as many beside each other as there are processors. */
export async function compileKernels() {
  mkdirSync('out/wasm', { recursive: true })
  const waiting = [...KERNELS.map((kernel) => () => compileKernel(kernel)), () => compile('index', 'debug')]
  const work = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await job()
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
}

async function compileKernel({ name, target, entry, budget }) {
  const file = `out/wasm/${name}.wasm`
  await compile(entry, target)
  const features = target.endsWith('simd') ? [...FEATURES, '--enable-simd'] : FEATURES
  await node('node_modules/binaryen/bin/wasm-opt', file, '-O4', ...INLINING[entry], ...features, '-o', file)
  const wasm = readFileSync(file)
  const sha = createHash('sha256').update(wasm).digest('hex')
  const gzipped = gzipSync(wasm, { level: 9 }).length
  console.log(`${name}.wasm ${wasm.length} bytes, ${gzipped} gzipped, sha256 ${sha}`)
  if (wasm.length > budget) throw new Error(`${name}.wasm is over its budget of ${budget} bytes`)
  if (JAVASCRIPT_KERNELS.includes(name)) await compileToJavaScript(name)
}
