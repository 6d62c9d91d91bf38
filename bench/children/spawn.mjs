/** Runs a script of this folder in a process of its own and returns what it prints as JSON. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export function runChild(script, input, flags = []) {
  const file = fileURLToPath(new URL(script, import.meta.url))
  const child = spawnSync(process.execPath, [...flags, file], {
    input: JSON.stringify(input),
    encoding: 'utf8',
  })
  if (child.status !== 0)
    throw new Error(`${script} ${JSON.stringify(input).slice(0, 200)} failed:\n${child.stderr}`)
  return JSON.parse(child.stdout)
}
