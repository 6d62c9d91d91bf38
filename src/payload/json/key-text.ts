/** The keys of JSON one by one, as views take them. */
import type { DecodeRules } from '../decode-value.ts'
import { keyText, readWith } from './read.ts'

/** The text of the string that fills `source[start, stop)`, also when it begins with NUL: keys are never bytes. */
export function readJsonText(source: Uint8Array, start: number, stop: number, by: DecodeRules): string {
  return readWith(source, start, stop, by, keyText) as string
}
