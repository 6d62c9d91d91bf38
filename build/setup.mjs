/**
 * Makes a fresh clone ready: installs unless what the lock file says is installed, and builds when any source has
 * changed. It compares contents, not times, because git gives files the time of the checkout. The npm scripts call it
 * first, so it needs nothing but Node itself.
 */
import { fileURLToPath } from 'node:url'
import { install } from './install.mjs'
import { once, run } from './once.mjs'

/** Files and folders that the build reads, and what it writes into them. */
const SOURCES = [
  ...['src', 'assembly', 'build', 'asconfig.json', 'tsconfig.json', 'tsconfig.build.json'],
  ...['package.json', 'package-lock.json'],
]
const OUTPUTS = ['src/generated', 'assembly/generated']

const began = performance.now()
process.chdir(fileURLToPath(new URL('..', import.meta.url)))

install('.')
await once(
  'out/.wamp-codec-setup',
  SOURCES,
  'dist/index.js',
  () => run(process.execPath, ['build/build.mjs']),
  OUTPUTS,
)

const seconds = (performance.now() - began) / 1000
if (seconds > 2) console.log(`set-up took ${seconds.toFixed(0)} s`)
