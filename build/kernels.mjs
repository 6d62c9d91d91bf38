/**
 * Compiles the kernels of kernel-table.mjs into out/wasm/. Prints name, size and sha256 of each, and fails when one is
 * over its budget. One for debugging is `npx asc assembly/index.ts --target debug`.
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
 * By size, as far as it costs no time: 23.1 KB compressed. When it was chosen it made 27.5, and `-O4` with functions of
 * up to 300 instructions inlined 35.1. Of 17 jobs in three formats none was more than 6 % slower, and the median was 1
 * % (Node 24, x86-64, 2026); what must be inlined is in inline-kernel.mjs. Node 20 inlines less by itself.
 */
const LEVEL = '-Os'
const ASC = 'node_modules/assemblyscript/bin/asc.js'
const FEATURES = ['--enable-bulk-memory', '--enable-sign-ext', '--enable-nontrapping-float-to-int']

const execute = promisify(execFile)
const node = (script, ...args) => execute(process.execPath, [script, ...args])

/** Compiles all, as many beside each other as there are processors. */
export async function compileKernels() {
  mkdirSync('out/wasm', { recursive: true })
  // Those that become JavaScript too take longest.
  const isLong = ({ name }) => Number(JAVASCRIPT_KERNELS.includes(name))
  const waiting = KERNELS.toSorted((a, b) => isLong(b) - isLong(a))
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await compileKernel(next)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
}

async function compileKernel({ name, target, entry, budget }) {
  const file = `out/wasm/${name}.wasm`
  await node(ASC, `assembly/${entry}.ts`, '--target', target, '--transform', './build/inline-kernel.mjs')
  const features = target.endsWith('simd') ? [...FEATURES, '--enable-simd'] : FEATURES
  await node('node_modules/binaryen/bin/wasm-opt', file, LEVEL, ...features, '-o', file)
  const wasm = readFileSync(file)
  const sha = createHash('sha256').update(wasm).digest('hex')
  const gzipped = gzipSync(wasm, { level: 9 }).length
  console.log(`${name}.wasm ${wasm.length} bytes, ${gzipped} gzipped, sha256 ${sha}`)
  if (wasm.length > budget) throw new Error(`${name}.wasm is over its budget of ${budget} bytes`)
  if (JAVASCRIPT_KERNELS.includes(name)) await compileToJavaScript(name)
}
