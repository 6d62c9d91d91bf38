/**
 * Installs the clients of this suite, unmodified and at pinned versions, unless they are installed, and puts the built
 * package beside them, as an installation would: so examples and types find both. Vitest runs it before the suite.
 */
import { cpSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { install } from '../../build/install.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const MODULES = 'test/clients/node_modules'

export function setup() {
  process.chdir(ROOT)
  install('test/clients')
  const built = `${MODULES}/wamp-codec`
  rmSync(built, { recursive: true, force: true })
  for (const part of ['package.json', 'dist']) cpSync(part, `${built}/${part}`, { recursive: true })
}
