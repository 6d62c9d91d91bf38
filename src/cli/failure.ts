/** The two ways in which the command fails; their classes are their exit codes. */

/** Exit code when everything went well. */
export const EXIT_OK = 0
/** Exit code when a frame is broken, or cannot be written in another serializer. */
export const EXIT_BROKEN = 1
/** Exit code when the command was called wrongly or its files cannot be used. */
export const EXIT_USAGE = 2

/** The command was called wrongly, or its input is no frame in any form: exit code 2. */
export class UsageError extends Error {}

/** A frame is broken or cannot be converted: exit code 1. */
export class FrameError extends Error {}

/** The reason of a file system error, without call and path. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/^[A-Z]+: /, '').replace(/, [a-z]+(?: '.*')?$/s, '')
}
