/** Installs the runtimes of this suite unless they are installed. Vitest runs it before the suite. */
import { fileURLToPath } from 'node:url'
import { install } from '../../build/install.mjs'

export function setup() {
  process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
  install('test/runtimes')
}
