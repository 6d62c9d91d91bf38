/** The lock files of the repository: `npm ci` takes them on every platform, from whatever registry. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT } from './run.ts'

interface Package {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
type Packages = Readonly<Record<string, Package>>

const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0')
const locks = tracked.filter((file) => /(^|\/)package-lock\.json$/.test(file))

function packagesOf(lock: string): Packages {
  return (JSON.parse(readFileSync(join(ROOT, lock), 'utf8')) as { packages: Packages }).packages
}

/** Whether a package that is installed at `place` finds another one, there or in a folder above. */
function finds(packages: Packages, place: string, name: string): boolean {
  const folders = place === '' ? [] : place.split(/(?:^|\/)node_modules\//).slice(1)
  for (let i = folders.length; i >= 0; i--) {
    const inner = [...folders.slice(0, i), name].map((folder) => `node_modules/${folder}`).join('/')
    if (packages[inner] !== undefined) return true
  }
  return false
}

test('every package.json has a lock file', () => {
  const manifests = tracked.filter((file) => /(^|\/)package\.json$/.test(file))
  expect(manifests.length).toBeGreaterThan(1)
  expect(locks).toEqual(manifests.map((file) => join(dirname(file), 'package-lock.json')))
})

describe.each(locks)('%s', (lock) => {
  const packages = packagesOf(lock)
  const entries = Object.entries(packages).filter(([place]) => place !== '')

  test('has an entry for each package that one of its entries names, for whatever platform', () => {
    const named = Object.entries(packages).flatMap(([place, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies }).map((name) => [place, name] as const),
    )
    expect(named.length).toBeGreaterThan(0)
    const missing = named.filter(([place, name]) => !finds(packages, place, name))
    expect(missing).toEqual([])
  })

  test('has the hash of every package and names no registry', () => {
    expect(entries.length).toBeGreaterThan(0)
    expect(entries.filter(([, { integrity }]) => integrity === undefined)).toEqual([])
    expect(entries.filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
  })

  test('has the dependencies of package.json at exact versions', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(ROOT, dirname(lock), 'package.json'), 'utf8'),
    ) as Record<
      'dependencies' | 'devDependencies' | 'optionalDependencies',
      Record<string, string> | undefined
    >
    const wanted = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
    expect(wanted.length).toBeGreaterThan(0)
    for (const [name, version] of wanted) {
      // `npm:` gives a package another name.
      expect([name, packages[`node_modules/${name}`]?.version]).toEqual([
        name,
        version.replace(/^npm:.*@/, ''),
      ])
    }
  })
})
