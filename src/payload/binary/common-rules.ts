/** Which rules the fast reader keeps. */
import type { DecodeRules } from '../decode-value.ts'

/** True for rules under which values are plain data, in the form that most applications want. */
export function isCommon(rules: DecodeRules): boolean {
  return (
    rules.integers !== 'bigint' &&
    rules.maps === 'object' &&
    rules.duplicateKeys === 'last' &&
    rules.floats !== 'exact'
  )
}
