/**
 * Installs the compilers of this folder when its lock file is another one than at the last installation. Vitest runs it
 * before the suite.
 */
import { fileURLToPath } from 'node:url'
import { install, once } from '../../build/once.mjs'

export function setup() {
  process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
  once(
    'test/types/node_modules/.wamp-codec-setup',
    ['test/types/package-lock.json'],
    'test/types/node_modules/typescript-5.7',
    () => install('test/types'),
  )
}
