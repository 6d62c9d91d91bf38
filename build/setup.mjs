/**
 * Makes a fresh clone ready: installs when the lock file is another one than at the last installation, and builds when
 * any source is. It compares contents, not times, because git gives files the time of the checkout. The npm scripts
 * call it first, so it needs nothing but Node itself. With `--bench` it installs the bench's own package as well.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Files and folders that the build reads. */
const SOURCES = ['src', 'assembly', 'build', 'asconfig.json', 'tsconfig.json', 'tsconfig.build.json']
/** What the build writes into these folders. */
const OUTPUTS = ['src/generated', 'assembly/generated', 'build/dist', 'build/wasm', 'build/pkg']

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

once('node_modules/.wamp-codec-setup', ['package-lock.json'], 'node_modules/typescript', () => install('.'))
if (process.argv.includes('--bench')) {
  const stamp = 'bench/node_modules/.wamp-codec-setup'
  once(stamp, ['bench/package-lock.json'], 'bench/node_modules/tinybench', () => install('bench'))
}
once('build/wasm/.wamp-codec-setup', [...SOURCES, 'package-lock.json'], 'build/dist/index.js', () =>
  run(process.execPath, ['build/build.mjs']),
)

/** Does the work, unless the stamp says that it was done for the same contents and its product is there. */
function once(stamp, sources, product, work) {
  const hash = createHash('sha256')
  for (const file of sources.flatMap(filesOf)) hash.update(`${file}\n`).update(readFileSync(file))
  const digest = hash.digest('hex')
  if (existsSync(product) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  rmSync(stamp, { force: true })
  work()
  writeFileSync(stamp, digest)
}

function install(folder) {
  // Not `npm ci`: it refuses a registry that lacks packages for other platforms (CONTRIBUTING.md, "Set-up").
  const options = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  if (npm?.endsWith('.js')) run(process.execPath, [npm, ...options], folder)
  else run('npm', options, folder)
}

function filesOf(path) {
  if (OUTPUTS.includes(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(`${path}/${name}`))
}

function run(command, args, cwd = '.') {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit', shell: command === 'npm' })
  if (error !== undefined) throw error
  if (status !== 0) process.exit(status ?? 1)
}
