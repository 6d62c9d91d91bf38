/** Decoding what the kernel has checked: directly, where that is fastest. */
import { FORMAT_CBOR } from '../kernel/abi.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { canReadFast } from './decode-rules.ts'
import type { DecodeRules } from './decode-value.ts'
import { type CheckedFrame, isForDirect, NOT_DIRECT, readDirect } from './direct.ts'
import { ATTRIBUTE, type Root } from './direct-keys.ts'
import type { ValueFormat } from './format.ts'

/** The value that the decoders of values must read, who know everything and say what is wrong. */
export const NOT_RESIDENT: unique symbol = Symbol('not resident')

/** Whether the reader of the format alone, which checks as it reads, is the fastest way to what is not resident. */
export function readsAlone({ commonList }: ValueFormat): boolean {
  return commonList !== undefined
}

/**
 * The value in `[start, end)` of checked bytes. The rules must be for `canReadFast`. NOT_RESIDENT for what is rare, and
 * for what the reader of its format reads faster.
 */
export function decodeResident(
  kernel: Kernel,
  checked: CheckedFrame,
  start: number,
  end: number,
  root: Root,
  rules: DecodeRules,
): unknown {
  if (!isForDirect(checked.format, end - start)) return NOT_RESIDENT
  const value = readDirect(kernel, checked, start, end, root, rules)
  return value === NOT_DIRECT ? NOT_RESIDENT : value
}

/** The same of an option or a position of the list, under the rules for those. */
function decodeAttribute(
  kernel: Kernel,
  checked: CheckedFrame,
  start: number,
  end: number,
  rules: DecodeRules,
): unknown {
  // The direct reader of CBOR takes undefined for null.
  if (rules.undefineds === 'absent' && checked.format.id === FORMAT_CBOR) return NOT_RESIDENT
  const value = readDirect(kernel, checked, start, end, ATTRIBUTE, rules)
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
