/**
 * Installs the bundlers and jest of this suite unless they are installed, and puts the package beside them as users get
 * it: packed. Vitest runs it before the suite.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { install, npm } from '../../build/install.mjs'
import { run } from '../../build/once.mjs'

const MODULES = 'test/consumers/node_modules'
const PACKED = 'out/packed'

export function setup() {
  process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
  install('test/consumers')
  for (const folder of [PACKED, `${MODULES}/wamp-codec`]) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
  }
  npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', PACKED])
  const [tarball] = readdirSync(PACKED)
  run('tar', ['-xzf', `${PACKED}/${tarball}`, '-C', `${MODULES}/wamp-codec`, '--strip-components=1'])
}
