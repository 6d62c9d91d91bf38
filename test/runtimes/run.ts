/** How each runtime of this package is started. */
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

const MODULES = resolve(import.meta.dirname, 'node_modules')
export const FIXTURES: string = resolve(import.meta.dirname, 'fixtures')
const EXE = process.platform === 'win32' ? '.exe' : ''

/** The command of a runtime, before the script. */
export const RUNTIMES: Readonly<Record<string, () => readonly string[]>> = {
  'Node 20': () => [join(MODULES, 'node-20/bin', `node${EXE}`)],
  'Node 24': () => [join(MODULES, 'node-24/bin', `node${EXE}`)],
  // Its own package is a placeholder until a script has run; the program is in the package of the platform.
  Bun: () => [join(MODULES, '@oven', readdirSync(join(MODULES, '@oven'))[0] as string, 'bin', `bun${EXE}`)],
  Deno: () => [process.execPath, join(MODULES, 'deno/bin.cjs'), 'run', '--allow-read'],
}

export const WORKERD: readonly string[] = [process.execPath, join(MODULES, 'workerd/bin/workerd')]

/** Runs a command; returns what it prints, also to stderr when `isLogged`. Rejects with all of it when it fails. */
export async function run(
  command: readonly string[],
  args: readonly string[],
  isLogged = false,
): Promise<string> {
  const [program, ...first] = command as [string, ...string[]]
  const env = { ...process.env, DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' }
  try {
    const { stdout, stderr } = await execute(program, [...first, ...args], { env, maxBuffer: 1 << 26 })
    return isLogged ? stdout + stderr : stdout
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error })
  }
}
