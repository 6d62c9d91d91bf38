/** Decoding what the kernel has checked: directly, where that is fastest. */
import { FORMAT_CBOR } from '../kernel/abi.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { canReadFast } from './decode-rules.ts'
import type { DecodeRules } from './decode-value.ts'
import { isForDirect, NOT_DIRECT, readDirect } from './direct.ts'
import { ARGS, type Root } from './direct-keys.ts'
import type { ValueFormat } from './format.ts'

/** The value that the decoders of values must read, who know everything and say what is wrong. */
export const NOT_RESIDENT: unique symbol = Symbol('not resident')

/** Whether the reader of the format alone, which checks as it reads, is the fastest way to what is not resident. */
export function readsAlone({ commonList }: ValueFormat): boolean {
  return commonList !== undefined
}

/**
 * The value in `length` bytes, `place` bytes from the start of the kernel's input window, which the kernel has checked
 * there, with `wideTexts` texts beyond ASCII around it; the same bytes are at `start` in `bytes`. The rules must be for
 * `canReadFast`. NOT_RESIDENT for what is rare, and for what the reader of its format reads faster.
 */
export function decodeResident(
  kernel: Kernel,
  place: number,
  length: number,
  format: ValueFormat,
  root: Root,
  wideTexts: number,
  rules: DecodeRules,
  bytes: Uint8Array,
  start: number,
): unknown {
  if (!isForDirect(format, length)) return NOT_RESIDENT
  const value = readDirect(kernel, place, length, format, root, wideTexts, rules, bytes, start)
  return value === NOT_DIRECT ? NOT_RESIDENT : value
}

/** In place of a count of texts beyond ASCII: a later check counts those of the payload only. */
const ANY_TEXTS = 1

/** The same of an option or a position of the list, under the rules for those. */
function decodeAttribute(
  kernel: Kernel,
  place: number,
  length: number,
  format: ValueFormat,
  rules: DecodeRules,
  bytes: Uint8Array,
  start: number,
): unknown {
  // The direct reader of CBOR takes undefined for null.
  if (rules.undefineds === 'absent' && format.id === FORMAT_CBOR) return NOT_RESIDENT
  const value = readDirect(kernel, place, length, format, ARGS, ANY_TEXTS, rules, bytes, start)
  return value === NOT_DIRECT ? NOT_RESIDENT : value
}

/** The fast ways to values that the kernel has checked. A codec without them has the decoders of the formats. */
export interface FastValues {
  /** Whether values can be read under the rules. */
  readonly canRead: typeof canReadFast
  readonly value: typeof decodeResident
  readonly attribute: typeof decodeAttribute
}

/** The fast ways: the direct readers. */
export const FAST_VALUES: FastValues = {
  canRead: canReadFast,
  value: decodeResident,
  attribute: decodeAttribute,
}
