/**
 * Builds the native fuzzer: the scalar kernel to C (wasm2c), and that with libFuzzer to a program (clang). wasm2c of
 * Debian knows no SIMD; the differential tests hold the kernel with SIMD against this one.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { importTypeScript } from '../../../build/import-typescript.mjs'

/** Where everything is made, and where the corpora grow. */
export const FOLDER = 'out/fuzz'
export const KERNEL = 'out/wasm/kernel-scalar.wasm'
const PACKAGES = ['clang', 'libclang-rt-14-dev', 'wabt']
/** The runtime of wasm2c. */
const RUNTIME = '/usr/share/wabt/wasm2c'
const HARNESS = 'test/fuzz/native/harness.c'
/** What the program is made of, beside the runtime. */
const INCLUDED = ['scan_transcoding.h', 'programs.h'].map((name) => `test/fuzz/native/${name}`)
/** Which bytes of the kernel's memory are constants. */
const IMAGE = 'test/support/wasm.ts'
const SOURCES = [KERNEL, HARNESS, IMAGE, ...INCLUDED]

function succeeds(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(command, args, { stdio: 'ignore', env }).status === 0
}

/** Null when a fuzzer can be built here, or what is missing. */
function missing() {
  if (!succeeds('clang', ['--version'])) return 'clang'
  if (!succeeds('wasm2c', ['--version']) || !existsSync(`${RUNTIME}/wasm-rt-impl.c`)) return 'wasm2c'
  if (existsSync(`${FOLDER}/empty`)) return null
  mkdirSync(FOLDER, { recursive: true })
  const empty = `${FOLDER}/empty.c`
  writeFileSync(empty, 'int LLVMFuzzerTestOneInput(const char *data, unsigned long size) { return 0; }\n')
  return succeeds('clang', ['-fsanitize=fuzzer', '-o', `${FOLDER}/empty`, empty]) ? null : 'libFuzzer'
}

/** Installs what is missing when it may (`isAllowed`, as root, with apt); null when all is there, or what to do. */
export function provideTools(isAllowed) {
  const before = missing()
  if (before === null) return null
  const how = `${before} is missing: apt-get install ${PACKAGES.join(' ')}`
  if (!isAllowed || process.getuid?.() !== 0 || !succeeds('apt-get', ['--version'])) return how
  succeeds('apt-get', ['update'])
  succeeds('apt-get', ['install', '-y', '--no-install-recommends', ...PACKAGES])
  return missing() === null ? null : how
}

/**
 * Builds the fuzzer unless it was built from the same kernel and harness; returns its path and the kernel's hash. With
 * `planted` the frame has so many bytes fewer behind it than the kernel may load: this fuzzer must find a trap.
 */
export async function buildFuzzer(planted = 0) {
  const program = `${FOLDER}/fuzzer${planted === 0 ? '' : '-planted'}`
  mkdirSync(FOLDER, { recursive: true })
  const hash = sha256([KERNEL]).slice(0, 12)
  const digest = sha256(SOURCES)
  const stamp = `${program}.sha256`
  const isBuilt = existsSync(program) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest
  if (isBuilt) return { program, hash }
  run('wasm2c', [KERNEL, '-n', 'kernel', '-o', `${FOLDER}/kernel.c`])
  await writeImage(`${FOLDER}/image.h`)
  // The harness finds by a signal that the end of memory was crossed: nothing is compared at each access.
  const options = ['-O2', '-g1', '-w', '-DWASM_RT_MEMCHECK_SIGNAL_HANDLER=1', '-fsanitize=fuzzer']
  // Without tracing comparisons it is 2.5 times as fast (x86-64, 2026), and the seeds have all words that are compared.
  options.push('-fno-sanitize-coverage=trace-cmp')
  const sources = [`${FOLDER}/kernel.c`, `${RUNTIME}/wasm-rt-impl.c`, HARNESS]
  run('clang', [
    ...options,
    `-I${FOLDER}`,
    `-I${RUNTIME}`,
    `-DPLANTED=${planted}`,
    '-o',
    program,
    ...sources,
    '-lm',
  ])
  writeFileSync(stamp, digest)
  return { program, hash }
}

/** The fixed ranges of the kernel's memory, for harness.c. */
async function writeImage(file) {
  const { fixedRanges } = await importTypeScript(IMAGE)
  const ranges = fixedRanges(readFileSync(KERNEL)).map(({ start, end }) => `{${start}, ${end}}`)
  writeFileSync(file, `static const uint32_t FIXED[][2] = {${ranges.join(', ')}};\n`)
}

function sha256(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(file))
  return hash.digest('hex')
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) throw new Error(`${command} failed`)
}
