/** What is different in lists from what stands on the wire: what lenient codecs read, and unknown options. */
import { isBytes } from '../brand.ts'
import type { Policy } from '../limits.ts'
import { unknownKeys } from '../message/options.ts'
import type { MessageTable } from '../message/table.ts'
import { withoutEmptyMode } from './list-rules.ts'

/**
 * True for a list whose ids and options have no null, which may have been `undefined`: the fast readers read both so.
 * Integers that are BigInts they leave to others.
 */
export function isAsEncoded(list: readonly unknown[]): boolean {
  for (let i = 1; i < list.length; i++) {
    const element = list[i]
    // Args, and kwargs behind it.
    if (Array.isArray(element)) return true
    if (hasNull(element)) return false
  }
  return true
}

function hasNull(value: unknown): boolean {
  if (typeof value !== 'object') return false
  return value === null || (!isBytes(value) && Object.values(value).some(hasNull))
}

/** The list of a message as the policy wants its options. */
export function asRead(
  decoded: unknown[],
  table: MessageTable,
  { unknownKeys: rule, peers }: Policy,
): unknown[] {
  const list = peers === 'lenient' ? (withoutEmptyMode(decoded) as unknown[]) : decoded
  const at = 1 + table.positions.findIndex(({ kind }) => kind.startsWith('options'))
  const options = list[at] as Record<string, unknown> | undefined
  if (at === 0 || options === undefined || rule === 'keep') return list
  const all = unknownKeys(table, options, 'keep') ?? {}
  const kept = unknownKeys(table, options, rule) ?? {}
  for (const key of Object.keys(all)) if (!Object.hasOwn(kept, key)) delete options[key]
  return list
}
