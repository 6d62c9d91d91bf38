/**
 * What a value may grow to on its way to another format. FlexBuffers and the records of BJData name one text many
 * times, and other formats write it each time. Readers that read for another format charge it (`Reader.charge`), and
 * the kernel's transcoder does (assembly/formats/flexbuffers-walk.ts).
 */
import { EncodeError, type ErrorDetails, ProtocolError } from '../errors.ts'

/** What is named may have so many times the bytes of the value, as in the kernel. */
export const GROWTH = 64

/** Why it is refused, for people. */
export const OVERGROWN = 'parts of it are referenced too often'

/**
 * The value is well-formed and would grow beyond the limit: `SIZE_LIMIT`. It is a ProtocolError for `transcode` alone.
 */
export class GrowthError extends ProtocolError {
  constructor(format: string, offset: number) {
    const text = `cannot transcode a value from ${format}: ${OVERGROWN} (byte ${offset})`
    super('SIZE_LIMIT', text, { format, offset })
  }
}

/**
 * Runs what reads a part of a message for another format. The message is valid, and other receivers get it: a
 * GrowthError becomes an EncodeError with the path of the part.
 */
export function rewriting<Result>(path: string, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof GrowthError)) throw error
    const details: ErrorDetails = { format: error.format, path, cause: error }
    throw new EncodeError('SIZE_LIMIT', `cannot encode ${path} from ${error.format}: ${OVERGROWN}`, details)
  }
}
