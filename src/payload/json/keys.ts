/** What the reader of JSON knows of keys: their bytes with the quote and the colon behind them. */
import { KeyTable } from '../key-table.ts'
import type { ReadKey } from '../read-key.ts'

const objectPrototype: object = Object.prototype

export const keys: KeyTable = new KeyTable()

/** True for a key that Object.prototype has: an assignment would hand it to a setter, or find it read-only. */
export function isClash(key: ReadKey, epoch: number): boolean {
  if (key.text in objectPrototype) return true
  key.checked = epoch
  return false
}
