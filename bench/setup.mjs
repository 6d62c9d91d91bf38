/** Installs the bench's own package, the peers, when its lock file is another one than at the last installation. */
import { fileURLToPath } from 'node:url'
import { install, once } from '../build/once.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

once(
  'bench/node_modules/.wamp-codec-setup',
  ['bench/package-lock.json'],
  'bench/node_modules/tinybench',
  () => install('bench'),
)
