/** What the fast reader needs to know of a format. */
import type { DecodeRules } from '../decode-value.ts'
import type { AnyReader } from './any-reader.ts'
import type { ReadKeys } from './keys.ts'

/** One of the formats. */
export interface BinaryFormat {
  /** Where its first bytes begin in the tables. */
  readonly heads: number
  /** The first byte of a float of 64 bits. */
  readonly double: number
  readonly keys: ReadKeys
  /** The complete reader of a range. Throws RangeError when it is not inside the bytes. */
  complete(bytes: Uint8Array, start: number, end: number, rules: DecodeRules): AnyReader
}
