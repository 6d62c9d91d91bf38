/** Arguments -> command -> exit code. `main.ts` gives the process, tests an `Io` of their own. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createCodec } from '../variants/full.ts'
import { convert, type OutputForm } from './convert.ts'
import { EXIT_BROKEN, EXIT_OK, EXIT_USAGE, FrameError, UsageError } from './failure.ts'
import { safeLines } from './format.ts'
import { inspect } from './inspect.ts'
import type { Io } from './io.ts'
import { dialectOf, type Meanings, payloadOf, profileOf, serializerName } from './serializers.ts'
import { USAGE } from './usage.ts'

const GENERAL = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const

const SOURCE = {
  // All of them: the last one alone would be taken without a word.
  hex: { type: 'string', multiple: true },
  base64: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  'ubjson-dialect': { type: 'string' },
  'payload-serializer': { type: 'string' },
} as const

/** Runs the command with its arguments; gives the exit code. Rejects only for errors of our own. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  try {
    const [first, ...rest] = args
    if (first === 'inspect') return await runInspect(rest, io)
    if (first === 'convert') return await runConvert(rest, io)
    if (first?.startsWith('-') === false) throw unknownCommand(first)
    const { values, positionals } = parseArgs({
      args: [...args],
      options: GENERAL,
      allowPositionals: true,
      strict: true,
    })
    const done = general(values, commandOf(positionals[0]), io)
    if (done === null) throw new UsageError('give a command: inspect or convert')
    return done
  } catch (error) {
    if (error instanceof FrameError) return fail(io, error.message, EXIT_BROKEN)
    if (error instanceof UsageError) return fail(io, error.message, EXIT_USAGE)
    // parseArgs goes on with advice about arguments that begin with a dash.
    if (isParseError(error)) return fail(io, error.message.replace(/\. .*$/s, ''), EXIT_USAGE)
    throw error
  }
}

/** The command whose help is asked for behind `--help`; `''` is that of all. Throws UsageError. */
function commandOf(text: string | undefined): keyof typeof USAGE {
  if (text === undefined) return ''
  if (text === 'inspect' || text === 'convert') return text
  throw unknownCommand(text)
}

function unknownCommand(text: string): UsageError {
  return new UsageError(`unknown command ${JSON.stringify(text)}`)
}

function fail(io: Io, text: string, code: number): number {
  // What is quoted may be of a peer.
  io.error(`wamp-codec: ${safeLines(text)}\n`)
  if (code === EXIT_USAGE) io.error('see wamp-codec --help\n')
  return code
}

/** True for what `parseArgs` throws. */
function isParseError(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}

/** `--help` and `--version`; null when neither was given. */
function general(
  values: { readonly help?: boolean | undefined; readonly version?: boolean | undefined },
  command: keyof typeof USAGE,
  io: Io,
): number | null {
  if (values.help === true) io.out(USAGE[command])
  else if (values.version === true) io.out(`${packageVersion()}\n`)
  else return null
  return EXIT_OK
}

async function runInspect(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ...GENERAL, ...SOURCE, serializer: { type: 'string' }, frame: { type: 'string' } },
    allowPositionals: true,
    strict: true,
  })
  const done = general(values, 'inspect', io)
  if (done !== null) return done
  const meanings = meaningsOf(values)
  const { serializer } = values
  const options = {
    source: { files: positionals, hex: values.hex ?? [], base64: values.base64 ?? [], meanings },
    serializer: serializer === undefined ? null : serializerName(serializer, '--serializer', meanings),
    frame: values.frame,
    json: values.json === true,
  }
  return inspect(newCodec(), options, io)
}

async function runConvert(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      ...GENERAL,
      ...SOURCE,
      from: { type: 'string' },
      to: { type: 'string' },
      out: { type: 'string' },
      as: { type: 'string' },
      profile: { type: 'string' },
    },
    allowPositionals: true,
    strict: true,
  })
  const done = general(values, 'convert', io)
  if (done !== null) return done
  if (values.to === undefined) throw new UsageError('convert needs --to')
  const as = outputForm(values.as)
  if (as !== undefined && values.json === true) throw new UsageError('give --as or --json, not both')
  const meanings = meaningsOf(values)
  const options = {
    source: { files: positionals, hex: values.hex ?? [], base64: values.base64 ?? [], meanings },
    from: values.from === undefined ? null : serializerName(values.from, '--from', meanings),
    to: serializerName(values.to, '--to', meanings),
    profile: profileOf(values.profile),
    outFile: values.out === '-' ? undefined : values.out,
    as,
    json: values.json === true,
  }
  return convert(newCodec(), options, io)
}

/** What the options say of names that leave something open. */
function meaningsOf(values: {
  readonly 'ubjson-dialect'?: string | undefined
  readonly 'payload-serializer'?: string | undefined
}): Meanings {
  return { dialect: dialectOf(values['ubjson-dialect']), payload: payloadOf(values['payload-serializer']) }
}

function outputForm(text: string | undefined): OutputForm | undefined {
  if (text === undefined || text === 'raw' || text === 'hex' || text === 'base64') return text
  throw new UsageError(`--as is raw, hex or base64, not ${JSON.stringify(text)}`)
}

/** Cached encodings would keep every size of every message of a session. */
function newCodec(): ReturnType<typeof createCodec> {
  return createCodec({ cache: false })
}

/** The version in the package's own package.json, wherever below it this file has been built to. */
function packageVersion(): string {
  for (const up of ['..', '../..', '../../..']) {
    try {
      const text = readFileSync(new URL(`${up}/package.json`, import.meta.url), 'utf8')
      const { name, version } = JSON.parse(text) as { name?: unknown; version?: unknown }
      if (name === 'wamp-codec') return String(version)
    } catch {
      // Not there: one folder higher.
    }
  }
  return 'unknown'
}
