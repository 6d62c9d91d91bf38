/** Installs the bench's own package, the peers, unless they are installed. */
import { fileURLToPath } from 'node:url'
import { install } from '../build/install.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
install('bench')
