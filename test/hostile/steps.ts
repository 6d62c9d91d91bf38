/**
 * A kernel that counts its steps: the shipped one with a counter at the head of each loop. Bulk copies and fills become
 * loops first, so that they count as well. The kernel has no recursion, so its work is what its loops do.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')
const BINARYEN = `${ROOT}/node_modules/binaryen/bin`
const FEATURES = ['--enable-bulk-memory', '--enable-sign-ext', '--enable-nontrapping-float-to-int']
const COUNT = '(global.set $steps (i64.add (global.get $steps) (i64.const 1)))'

function run(tool: string, ...args: readonly string[]): void {
  execFileSync(process.execPath, [`${BINARYEN}/${tool}`, ...FEATURES, ...args], { stdio: 'pipe' })
}

/** The scalar kernel with an export `steps`. */
export function countingModule(): WebAssembly.Module {
  const folder = mkdtempSync(join(tmpdir(), 'wamp-codec-steps-'))
  try {
    const [text, counted, wasm] = ['kernel.wat', 'counted.wat', 'counted.wasm'].map((name) =>
      join(folder, name),
    ) as [string, string, string]
    run(
      'wasm-opt',
      `${ROOT}/out/wasm/kernel-scalar.wasm`,
      '--llvm-memory-copy-fill-lowering',
      '-S',
      '-o',
      text,
    )
    const kernel = readFileSync(text, 'utf8')
    const loops = kernel.match(/\(loop\b/g)?.length ?? 0
    const withCounts = kernel.replaceAll(/\(loop( \$\S+)?( \((?:type|result) [^()]*\))*\n/g, `$&${COUNT}\n`)
    const counters = withCounts.split(COUNT).length - 1
    if (loops === 0 || counters !== loops) throw new Error(`${counters} counters for ${loops} loops`)
    const before = ' (export "memory"'
    const added = ' (global $steps (mut i64) (i64.const 0))\n (export "steps" (global $steps))\n'
    if (!withCounts.includes(before)) throw new Error('no place for the counter')
    writeFileSync(counted, withCounts.replace(before, added + before))
    run('wasm-as', '--enable-mutable-globals', counted, '-o', wasm)
    return new WebAssembly.Module(readFileSync(wasm))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
