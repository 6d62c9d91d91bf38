/** Steps of a set-up: work that is done again only when its sources have changed, and commands. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'

/**
 * Does the work, unless the stamp says that it was done for the same contents and its product is there. What the work
 * itself writes below its sources is named in `outputs`.
 */
export async function once(stamp, sources, product, work, outputs = []) {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((path) => filesOf(path, outputs)))
    hash.update(`${file}\n`).update(readFileSync(file))
  const digest = hash.digest('hex')
  if (existsSync(product) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  rmSync(stamp, { force: true })
  await work()
  writeFileSync(stamp, digest)
}

function filesOf(path, outputs) {
  if (outputs.includes(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(`${path}/${name}`, outputs))
}

/** Runs a command to its end; what fails ends this process too. */
export function run(command, args, folder = '.') {
  const { status, error } = spawnSync(command, args, {
    cwd: folder,
    stdio: 'inherit',
    shell: command === 'npm' && process.platform === 'win32',
  })
  if (error !== undefined) throw error
  if (status !== 0) process.exit(status ?? 1)
}
