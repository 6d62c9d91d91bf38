/** Programs that the package tests start, and what a runtime must answer. */
import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** The root of the repository. */
export const ROOT: string = resolve(import.meta.dirname, '../..')
export const FIXTURES: string = resolve(import.meta.dirname, 'fixtures')

const HELLO: readonly unknown[] = ['com.myapp.hello', 2 ** 40, 2 ** 53, ['hé', 1.5], { list: [true, null] }]

/** What fixtures/exercise.mjs returns where everything works. */
export const EXPECTED: unknown = {
  json: HELLO,
  msgpack: HELLO,
  cbor: HELLO,
  error: ['ProtocolError', 'LENGTH_OVERRUN'],
}

/** Runs a script with Node, in `folder`; returns what it prints. Rejects when it fails, with all it printed. */
export async function node(folder: string, script: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await execute(process.execPath, [script, ...args], { cwd: folder })
    return stdout
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    throw new Error(`${script} failed:\n${stdout}${stderr}`, { cause: error })
  }
}

/** Runs npm in `folder`; returns what it prints. */
export async function npm(folder: string, ...args: string[]): Promise<string> {
  const options = { cwd: folder, shell: process.platform === 'win32' }
  const { stdout } = await execute('npm', ['--loglevel=error', ...args], options)
  return stdout
}

/** A program of a development dependency. */
export function tool(path: string): string {
  return resolve(ROOT, 'node_modules', path)
}
