/**
 * What the command needs of its process, as one object: tests give their own. Everything that reads, writes
 * or looks at the terminal goes through here.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { EXIT_USAGE, reasonOf } from './failure.ts'

/** Files, streams and terminal of one run. */
export interface Io {
  /** Bytes of a file; throws what `node:fs` throws. */
  readFile(path: string): Uint8Array
  writeFile(path: string, bytes: Uint8Array): void
  /** All of standard input. */
  readStdin(): Promise<Uint8Array>
  /** True when no input is piped in: reading would wait for the keyboard. */
  readonly stdinIsTty: boolean
  out(data: string | Uint8Array): void
  error(text: string): void
  readonly stdoutIsTty: boolean
  /** Characters in a line of the terminal; 110 without one, or when it does not say. */
  readonly columns: number
  /** Whether text on standard output may have colours. */
  readonly hasColours: boolean
}

/** Width of lines that no terminal limits: there is none, or it does not know its size, as over a serial line. */
const DEFAULT_COLUMNS = 110

/** The real process. */
export function processIo(): Io {
  const { stdin, stdout, stderr, env } = process
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `wamp-codec inspect ... | head` closes the pipe early, which is no error of ours.
    if (error.code === 'EPIPE') return
    stderr.write(`wamp-codec: cannot write standard output: ${reasonOf(error)}\n`)
    process.exitCode = EXIT_USAGE
  })
  // There is nowhere left to say it.
  stderr.on('error', () => {})
  const isTty = stdout.isTTY === true
  return {
    readFile: (path) => new Uint8Array(readFileSync(path)),
    writeFile: (path, bytes) => writeFileSync(path, bytes),
    readStdin: () => readAll(stdin),
    stdinIsTty: stdin.isTTY === true,
    out: (data) => void stdout.write(data),
    error: (text) => void stderr.write(text),
    stdoutIsTty: isTty,
    columns: isTty ? Math.max(stdout.columns || DEFAULT_COLUMNS, 60) : DEFAULT_COLUMNS,
    hasColours: isTty && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb',
  }
}

/** A stream to its end. `readFileSync(0)` would throw EAGAIN where standard input does not block. */
async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}
