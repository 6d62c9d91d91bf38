/** `wamp-codec convert`: the same messages in another serializer. A broken frame writes nothing at all. */
import type { Codec } from '../codec.ts'
import { isWampCodecError } from '../errors.ts'
import { Hello } from '../message/classes/hello.ts'
import { Welcome } from '../message/classes/welcome.ts'
import type { Message } from '../message/message.ts'
import { flatbuffersLosses } from '../serializer/flatbuffers/flatbuffers-losses.ts'
import type { FlatBuffersProfile } from '../serializer/flatbuffers/plan.ts'
import { withFeatures } from '../serializer/message-losses.ts'
import { EXIT_OK, FrameError, reasonOf, UsageError } from './failure.ts'
import { plural, safeJson, safeText } from './format.ts'
import { guessSerializer, noGuess } from './guess.ts'
import { readInput, type SessionLine, type Source } from './input.ts'
import type { Io } from './io.ts'
import { fieldsOf, objectText } from './json-fields.ts'
import { isFlat, type SerializerName, serializerOf } from './serializers.ts'

/** How the bytes of one frame are written. */
export type OutputForm = 'raw' | 'hex' | 'base64'

/** Options of the command. */
export interface ConvertOptions {
  readonly source: Source
  /** Null: guess. */
  readonly from: SerializerName | null
  readonly to: SerializerName
  /** What FlatBuffers is written in. */
  readonly profile: FlatBuffersProfile
  readonly outFile: string | undefined
  /** Undefined: raw, or hex for binary bytes on a terminal. */
  readonly as: OutputForm | undefined
  /** Write a session line. */
  readonly json: boolean
}

/** Runs the command; gives the exit code. Throws UsageError and FrameError. */
export async function convert(codec: Codec, options: ConvertOptions, io: Io): Promise<number> {
  const input = await readInput(options.source, io)
  if (input.kind === 'session') {
    if (options.as !== undefined) throw new UsageError('--as cannot be used with a session')
    convertSession(codec, input.lines, options, io)
  } else {
    convertFrame(codec, input.bytes, options, io)
  }
  return EXIT_OK
}

function convertFrame(codec: Codec, bytes: Uint8Array, options: ConvertOptions, io: Io): void {
  const { to } = options
  let from = options.from
  if (from === null) {
    const guess = guessSerializer(codec, bytes, options.source.meanings)
    if (guess === null) throw new FrameError(noGuess(bytes))
    io.error(`guessed ${guess.serializer} (${guess.confidence}): ${guess.reason}\n`)
    from = guess.serializer
  }
  const converted = convertBytes(codec, bytes, from, to, options.profile)
  if (options.json) {
    write(`${JSON.stringify({ serializer: to, hex: hexOf(converted) })}\n`, options, io)
    return
  }
  const isTerminal = io.stdoutIsTty && options.outFile === undefined
  const isBinary = serializerOf(codec, to).isBinary
  const encoding = options.as ?? (isTerminal && isBinary ? 'hex' : 'raw')
  if (encoding !== 'raw') write(`${Buffer.from(converted).toString(encoding)}\n`, options, io)
  else if (isTerminal && !isBinary) write(`${new TextDecoder().decode(converted)}\n`, options, io)
  else {
    write(converted, options, io)
    if (isTerminal) io.out('\n')
  }
}

function convertSession(codec: Codec, lines: readonly SessionLine[], options: ConvertOptions, io: Io): void {
  const { from, to } = options
  const { meanings } = options.source
  let untouched = 0
  const written = lines.map(({ n, text, serializer, bytes }) => {
    const id = serializer ?? from ?? guessSerializer(codec, bytes, meanings)?.serializer
    if (id === undefined) throw new FrameError(`frame ${n}: ${noGuess(bytes)}`)
    if (from !== null && id !== from) {
      untouched++
      return `${text}\n`
    }
    try {
      const hex = hexOf(convertBytes(codec, bytes, id, to, options.profile))
      const fields = fieldsOf(text).set('serializer', JSON.stringify(to)).set('hex', JSON.stringify(hex))
      return `${objectText(fields)}\n`
    } catch (error) {
      if (error instanceof FrameError) throw new FrameError(`frame ${n}: ${error.message}`)
      if (error instanceof UsageError) throw new UsageError(`frame ${n}: ${error.message}`)
      throw error
    }
  })
  write(written.join(''), options, io)
  const rest = untouched === 0 ? '' : `; ${untouched} that are not ${from} stay as they are`
  io.error(`converted ${plural(lines.length - untouched, 'frame')} to ${to}${rest}\n`)
}

/**
 * A frame in another serializer. Throws FrameError for a broken frame and for values that `to` does not have;
 * UsageError for several messages where `to` has one in a frame.
 */
export function convertBytes(
  codec: Codec,
  bytes: Uint8Array,
  from: SerializerName,
  to: SerializerName,
  profile: FlatBuffersProfile = 'schema',
): Uint8Array {
  const target = serializerOf(codec, to, profile)
  try {
    const messages = serializerOf(codec, from).decodeAll(bytes)
    if (messages.length > 1 && !target.isBatched) {
      throw new UsageError(
        `a batch of ${messages.length} messages does not fit into ${to}: use ${to}.batched`,
      )
    }
    if (isFlat(to)) checkLosses(messages, to, profile)
    const converted = target.encodeAll(messages)
    checkSame(messages, target.decodeAll(converted), to)
    return converted
  } catch (error) {
    if (isWampCodecError(error)) throw new FrameError(safeText(error.message))
    throw error
  }
}

/** FlatBuffers has a closed schema: what it has no place for is named, not left out. */
function checkLosses(messages: readonly Message[], to: SerializerName, profile: FlatBuffersProfile): void {
  for (const message of messages) {
    const [loss, ...more] = flatbuffersLosses(message, { profile })
    if (loss === undefined) continue
    const others = more.length === 0 ? '' : ` (and ${more.length} more)`
    throw new FrameError(
      `${message.table.name} would lose ${safeText(loss.path)} in ${to}: ${loss.reason}${others}`,
    )
  }
}

/** Reads back what was written: the promise of this command is that nothing gets lost. */
function checkSame(before: readonly Message[], after: readonly Message[], to: SerializerName): void {
  for (const [i, message] of before.entries()) {
    for (const one of [message, after[i]]) {
      if (one instanceof Hello || one instanceof Welcome)
        one.roles = withFeatures(one.roles) as typeof one.roles
    }
    if (!message.equals(after[i]))
      throw new FrameError(`${message.table.name} would not be the same in ${to}`)
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

function write(data: string | Uint8Array, { outFile }: ConvertOptions, io: Io): void {
  if (outFile === undefined) {
    // Inside of JSON's strings the escapes mean the same.
    io.out(io.stdoutIsTty && typeof data === 'string' ? safeJson(data) : data)
    return
  }
  try {
    io.writeFile(outFile, typeof data === 'string' ? new TextEncoder().encode(data) : data)
  } catch (error) {
    throw new UsageError(`cannot write ${outFile}: ${reasonOf(error)}`)
  }
}
