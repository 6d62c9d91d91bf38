/**
 * Installs the bundlers and jest of this suite when the lock file is another one than at the last installation, and
 * puts the package beside them as users get it: packed. Vitest runs it before the suite.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { install, npm, once, run } from '../../build/once.mjs'

const MODULES = 'test/consumers/node_modules'
const PACKED = 'out/packed'

export function setup() {
  process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
  once(`${MODULES}/.wamp-codec-setup`, ['test/consumers/package-lock.json'], `${MODULES}/webpack`, () =>
    install('test/consumers'),
  )
  for (const folder of [PACKED, `${MODULES}/wamp-codec`]) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
  }
  npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', PACKED])
  const [tarball] = readdirSync(PACKED)
  run('tar', ['-xzf', `${PACKED}/${tarball}`, '-C', `${MODULES}/wamp-codec`, '--strip-components=1'])
}
