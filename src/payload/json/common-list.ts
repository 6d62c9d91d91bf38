/** Lists of messages in JSON, whose rules a list codec looks at after reading. */
import type { DecodeRules } from '../decode-value.ts'
import { readJson } from './read.ts'

/** The list of a message; null for one that is wrong. The rules show floats in its head. */
export function readCommonJson(
  source: Uint8Array,
  start: number,
  stop: number,
  by: DecodeRules,
): unknown[] | null {
  try {
    const list = readJson(source, start, stop, by)
    return Array.isArray(list) ? list : null
  } catch {
    return null
  }
}
