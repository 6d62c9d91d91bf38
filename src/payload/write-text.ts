/** The check of text that goes into a payload, for all writers. */
import { Fault, isLenient, isWellFormed, type Nesting } from './encode-value.ts'
import { LONE_SURROGATE } from './utf8.ts'

/** Checks text that is not ASCII. Throws BAD_UTF8 for a lone surrogate; returns when U+FFFD is written instead. */
export function checkText(out: Nesting, text: string): void {
  if (!isLenient(out) && !isWellFormed(text)) throw new Fault('BAD_UTF8', LONE_SURROGATE)
}
