/** `wamp-codec inspect`: a frame field by field. Recorded sessions are in `inspect-session.ts`. */
import type { Codec } from '../codec.ts'
import { EXIT_BROKEN, EXIT_OK, FrameError, UsageError } from './failure.ts'
import { frameLines } from './frame-text.ts'
import { guessSerializer, noGuess } from './guess.ts'
import { type Input, readInput, type SessionLine, type Source } from './input.ts'
import { inspectSession } from './inspect-session.ts'
import type { Io } from './io.ts'
import { frameJson, writeJson } from './machine.ts'
import { reportFrame } from './report.ts'
import type { SerializerName } from './serializers.ts'

/** Options of the command. */
export interface InspectOptions {
  readonly source: Source
  /** Null: guess. */
  readonly serializer: SerializerName | null
  /** Number of the one frame of a session to show. */
  readonly frame: string | undefined
  readonly json: boolean
}

/** Runs the command; gives the exit code. Throws UsageError and FrameError. */
export async function inspect(codec: Codec, options: InspectOptions, io: Io): Promise<number> {
  const input = oneFrame(await readInput(options.source, io), options)
  const { meanings } = options.source
  if (input.kind === 'session') return inspectSession(codec, input.lines, { ...options, meanings }, io)
  const { bytes } = input
  const guess = input.serializer === null ? guessSerializer(codec, bytes, meanings) : null
  const id = input.serializer ?? guess?.serializer
  if (id === undefined) throw new FrameError(noGuess(bytes))
  const report = reportFrame(codec, bytes, id)
  if (options.json) writeJson(io, frameJson(report, guess))
  else io.out(`${frameLines(report, guess, io).join('\n')}\n`)
  return report.messages.some(({ error }) => error !== null) ? EXIT_BROKEN : EXIT_OK
}

type Inspected =
  | { readonly kind: 'frame'; readonly bytes: Uint8Array; readonly serializer: SerializerName | null }
  | { readonly kind: 'session'; readonly lines: readonly SessionLine[] }

/** The frame to look at, or the whole session when `--frame` does not name one. */
function oneFrame(input: Input, { serializer, frame }: InspectOptions): Inspected {
  if (input.kind === 'frame') {
    if (frame !== undefined) throw new UsageError('--frame needs a recorded session')
    return { ...input, serializer }
  }
  if (frame === undefined) return input
  const line = input.lines.find(({ n }) => String(n) === frame)
  if (line === undefined) throw new UsageError(`the session has no frame ${frame}`)
  return { kind: 'frame', bytes: line.bytes, serializer: serializer ?? line.serializer }
}
