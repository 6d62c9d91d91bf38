/**
 * Installs the clients of this suite, unmodified and at pinned versions, when the lock file is another one than at the
 * last installation; Vitest runs it before the suite. The package itself is linked beside them, so that examples find
 * both by name.
 */
import { existsSync, symlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { install, once } from '../../build/once.mjs'

const MODULES = 'test/clients/node_modules'
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export function setup() {
  process.chdir(ROOT)
  once(`${MODULES}/.wamp-codec-setup`, ['test/clients/package-lock.json'], `${MODULES}/autobahn`, () =>
    install('test/clients'),
  )
  if (!existsSync(`${MODULES}/wamp-codec`)) symlinkSync(ROOT, `${MODULES}/wamp-codec`, 'junction')
}
