/** What the tests of the command share: the built command, `run` with an Io of our own, the session. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { run } from '../../src/cli/command.ts'
import { parseSession, type SessionLine } from '../../src/cli/input.ts'
import type { Io } from '../../src/cli/io.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The recorded session, as the command line names it. */
export const SESSION = 'examples/session/session.jsonl'

/** The lines of the recorded session. */
export const sessionLines: SessionLine[] = parseSession(readFileSync(`${ROOT}${SESSION}`, 'utf8'))

/** How a run ended. */
export interface Outcome {
  readonly code: number | null
  readonly out: string
  /** Standard output as bytes. */
  readonly bytes: Uint8Array
  readonly error: string
}

/** The built command. Throws when it was not built. */
export function builtMain(): string {
  const main = `${ROOT}dist/cli.js`
  if (existsSync(main)) return main
  throw new Error('dist/cli.js is missing: run `node build/build.mjs` first')
}

/** Runs the built command, in the project's folder. */
export function runBuilt(args: readonly string[], input: string | Uint8Array = ''): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [builtMain(), ...args], { cwd: ROOT, input })
  return { code: status, out: stdout.toString(), bytes: new Uint8Array(stdout), error: stderr.toString() }
}

/** What `runHere` should pretend. */
export interface Pretended {
  /** Null for one that cannot be read. */
  readonly stdin?: string | Uint8Array | null
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  readonly stdinIsTty?: boolean
  readonly stdoutIsTty?: boolean
  readonly hasColours?: boolean
}

/** Runs the command in this process; gives also the files that it wrote. */
export async function runHere(
  args: readonly string[],
  pretended: Pretended = {},
): Promise<Outcome & { written: Record<string, Uint8Array> }> {
  const written: Record<string, Uint8Array> = {}
  const chunks: Uint8Array[] = []
  let error = ''
  const io: Io = {
    readFile(path) {
      const content = pretended.files?.[path]
      return content === undefined ? new Uint8Array(readFileSync(`${ROOT}${path}`)) : toBytes(content)
    },
    writeFile(path, bytes) {
      if (path.startsWith('missing/')) throw new Error(`ENOENT: no such file or directory, open '${path}'`)
      written[path] = bytes
    },
    async readStdin() {
      if (pretended.stdin === null) throw new Error('EBADF: bad file descriptor, read')
      return toBytes(pretended.stdin ?? '')
    },
    stdinIsTty: pretended.stdinIsTty ?? false,
    out: (data) => void chunks.push(toBytes(data)),
    error(text) {
      error += text
    },
    stdoutIsTty: pretended.stdoutIsTty ?? false,
    columns: 110,
    hasColours: pretended.hasColours ?? false,
  }
  const code = await run(args, io)
  const bytes = new Uint8Array(Buffer.concat(chunks))
  return { code, out: Buffer.from(bytes).toString(), bytes, error, written }
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
}

/** Bytes of hex digits; spaces do not count. */
export function unhex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.replace(/ /g, ''), 'hex'))
}

/** Hex digits of bytes. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/** UTF-8 bytes of text. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
