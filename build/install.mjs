/** Installs packages, for the set-up of the project and of the packages inside it (bench/, suites of test/). */
import { existsSync, readFileSync } from 'node:fs'
import { run } from './once.mjs'

/** Installs the package in a folder as its lock file says, unless this is what is installed there. */
export function install(folder) {
  if (!isInstalled(folder)) npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], folder)
}

/** Runs npm to its end: the one that runs this script, if any. */
export function npm(args, folder = '.') {
  const script = process.env.npm_execpath
  if (script?.endsWith('.js')) run(process.execPath, [script, ...args], folder)
  else run('npm', args, folder)
}

/** Whether npm has written down that it has installed what the lock file says, but for packages of other platforms. */
export function isInstalled(folder) {
  const record = `${folder}/node_modules/.package-lock.json`
  if (!existsSync(record)) return false
  const installed = packagesOf(record)
  const { '': _, ...wanted } = packagesOf(`${folder}/package-lock.json`)
  const isThere = ([place, { version, integrity, optional, devOptional }]) =>
    installed[place] === undefined
      ? optional === true || devOptional === true
      : installed[place].version === version && installed[place].integrity === integrity
  return Object.entries(wanted).every(isThere) && Object.keys(installed).every((place) => place in wanted)
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}
