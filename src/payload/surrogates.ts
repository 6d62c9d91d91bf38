/** The errors for texts of the application with a lone surrogate. */
import { EncodeError, ProtocolError } from '../errors.ts'
import { utf8Length } from '../text-coders.ts'
import { loneSurrogateAt } from './encode-value.ts'
import { LONE_SURROGATE } from './utf8.ts'

/** The error for a text of the application with a lone surrogate, at its path. */
export function surrogateError(path: string, format: string): EncodeError {
  return new EncodeError('BAD_UTF8', `cannot encode ${path} to ${format}: ${LONE_SURROGATE}`, {
    format,
    path,
  })
}

/** The error for JSON that was given as a text with a lone surrogate; `what` is `a message` or `a value`. */
export function surrogateIn(text: string, what: string): ProtocolError {
  const offset = utf8Length(text.slice(0, loneSurrogateAt(text)))
  const full = `cannot decode ${what} from json: ${LONE_SURROGATE} (byte ${offset})`
  return new ProtocolError('BAD_UTF8', full, { format: 'json', offset })
}
