/** The options of codecs, checked: what an application gives becomes a policy. Called once for each codec. */
import { nameOf } from './arguments.ts'
import { DEFAULT_POLICY, MAX_DEPTH, type Policy } from './limits.ts'

/** What each option may be; limits are positive integers. */
const CHOICES: Readonly<Record<string, readonly unknown[]>> = {
  payloadValidation: ['eager', 'deferred'],
  ownership: ['borrow', 'copy'],
  uri: ['loose', 'strict', 'none'],
  payloadRules: ['interop', 'strict'],
  unknownKeys: ['keep', 'custom', 'drop', 'refuse'],
  duplicateKeys: ['last', 'refuse'],
  integers: ['auto', 'number', 'bigint'],
  binary: ['copy', 'view', 'buffer'],
  maps: ['object', 'map'],
  tags: ['plain', 'tagged'],
  unrepresentable: ['throw', 'json'],
  peers: ['strict', 'lenient'],
  cache: [true, false],
}

/** The largest value of each limit. */
const LIMITS: Readonly<Record<string, number>> = {
  maxDepth: MAX_DEPTH,
  maxMessageBytes: 2 ** 30,
  maxNodes: 2 ** 30,
  maxBigIntBytes: 2 ** 24,
}

/** The names of all options that say a policy. */
export const POLICY_OPTIONS: readonly string[] = [...Object.keys(CHOICES), ...Object.keys(LIMITS)]

/** Those of them that say how lists are read and written. */
export const LIST_OPTIONS: readonly string[] = [
  'peers',
  'binary',
  'integers',
  'maps',
  'tags',
  'unrepresentable',
  'duplicateKeys',
  'uri',
  ...Object.keys(LIMITS),
]

/**
 * The policy that `base` says, with what is given in place of it; options that say no policy are left alone. Throws
 * RangeError for values that an option cannot have, and for `binary: 'buffer'` where there is no Buffer.
 */
export function policyOf(options: object, base: Policy = DEFAULT_POLICY): Policy {
  const policy: Record<string, unknown> = { ...base }
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    if (value === undefined) continue
    const choices = CHOICES[name]
    const largest = LIMITS[name]
    if (choices !== undefined) {
      if (!choices.includes(value)) {
        throw new RangeError(`${name} is one of ${choices.join(', ')}, got ${nameOf(value)}`)
      }
    } else if (largest === undefined) {
      continue
    } else if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > largest) {
      throw new RangeError(`${name} is an integer from 1 to ${largest}, got ${nameOf(value)}`)
    }
    policy[name] = value
  }
  if (policy.binary === 'buffer' && !('Buffer' in globalThis)) {
    throw new RangeError("binary: 'buffer' needs Node's Buffer, which this runtime has not")
  }
  return policy as unknown as Policy
}
