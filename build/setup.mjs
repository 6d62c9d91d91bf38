/**
 * Makes a fresh clone ready: installs when the lock file is another one than at the last installation, and builds when
 * any source is. It compares contents, not times, because git gives files the time of the checkout. The npm scripts
 * call it first, so it needs nothing but Node itself.
 */
import { fileURLToPath } from 'node:url'
import { install, once, run } from './once.mjs'

/** Files and folders that the build reads, and what it writes into them. */
const SOURCES = [
  ...['src', 'assembly', 'build', 'asconfig.json', 'tsconfig.json', 'tsconfig.build.json'],
  ...['package.json', 'package-lock.json'],
]
const OUTPUTS = ['src/generated', 'assembly/generated']

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

once('node_modules/.wamp-codec-setup', ['package-lock.json'], 'node_modules/typescript', () => install('.'))
once(
  'out/.wamp-codec-setup',
  SOURCES,
  'dist/index.js',
  () => run(process.execPath, ['build/build.mjs']),
  OUTPUTS,
)
