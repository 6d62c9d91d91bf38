/** What became of a call: its value, or all that its error says. */
import { WampCodecError } from '../../src/index.ts'

export type Verdict = { readonly value: unknown } | { readonly error: Readonly<Record<string, unknown>> }

export function verdictOf(work: () => unknown): Verdict {
  try {
    return { value: work() }
  } catch (error) {
    return { error: factsOf(error) }
  }
}

function factsOf(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { thrown: error }
  const { name, message } = error
  if (!(error instanceof WampCodecError)) return { name, message }
  const { code, uri, format, offset, messageType, request_type, request, path } = error
  return { name, message, code, uri, format, offset, messageType, request_type, request, path }
}
