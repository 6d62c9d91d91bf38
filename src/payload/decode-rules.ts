/** Rules of reading that differ from those of the codec: for attributes, and for another format. */
import { MAX_DEPTH, MAX_NODES, type Policy } from '../limits.ts'
import { isCommon } from './binary/common-rules.ts'
import type { DecodeRules } from './decode-value.ts'

/** Rules under which a value is read for another format: nothing that plain values would lose is lost. @internal */
export function exactRules(policy: Policy): DecodeRules {
  return { ...policy, maps: 'map', integers: 'auto', binary: 'view', floats: 'exact' }
}

/**
 * Rules under which is read what this codec has written, to compare it: nothing is lost, and nothing refused.
 *
 * @internal
 */
export function ownRules(policy: Policy): DecodeRules {
  const limits = { maxDepth: MAX_DEPTH, maxNodes: MAX_NODES, maxBigIntBytes: Number.POSITIVE_INFINITY }
  return { ...exactRules(policy), ...limits, tags: 'tagged', duplicateKeys: 'last' }
}

/**
 * Levels that a value of Options may stand under: the dictionary itself, and the tags that the kernel sees through.
 *
 * @internal
 */
export const LEVELS_AROUND = 9

/** Rules under which attributes are read: plain data, whatever the codec does with payloads. @internal */
export function attributeRules(policy: Policy): DecodeRules {
  return {
    ...policy,
    maxDepth: policy.maxDepth + LEVELS_AROUND,
    // The kernel counts neither the dictionary itself nor its keys, of which there are no more than values.
    maxNodes: 2 * policy.maxNodes + 1,
    integers: 'auto',
    maps: 'object',
    tags: 'plain',
    binary: 'copy',
    duplicateKeys: 'last',
    undefineds: policy.peers === 'lenient' ? 'absent' : 'null',
  }
}

/** Whether values can take the fast paths under the rules: other rules are left to the complete decoders. @internal */
export function canReadFast(rules: DecodeRules): boolean {
  return isCommon(rules) && rules.tags === 'plain'
}

/**
 * Rules under which args and kwargs may be read while they are checked; null when values are not common. Half of
 * the values may come: the others are for the head.
 *
 * @internal
 */
export function onePassRules(policy: Policy): DecodeRules | null {
  const isPlain = canReadFast(policy) && policy.maxBigIntBytes >= 8
  return isPlain ? { ...policy, maxNodes: Math.floor(policy.maxNodes / 2) } : null
}

/** Decimal digits that a byte of a big integer gives: log10(256). */
const DIGITS_PER_BYTE = 2.40824

/**
 * Digits of an integer in text: as many as the largest one of so many bytes has. The kernel computes the same limit.
 *
 * @internal
 */
export function maxDigits({ maxBigIntBytes }: Pick<DecodeRules, 'maxBigIntBytes'>): number {
  return 1 + Math.floor(maxBigIntBytes * DIGITS_PER_BYTE)
}
