/** The options of codecs, checked: what an application gives becomes a policy. Called once for each codec. */
import { nameOf } from './arguments.ts'
import {
  DEFAULT_POLICY,
  MAX_BIG_INT_BYTES,
  MAX_DEPTH,
  MAX_NODES,
  type Policy,
  type PolicyOptions,
} from './limits.ts'

/** What each option may be: one of these, or an integer from 1 to this. */
export type Choices<Name extends string> = Readonly<Record<Name, readonly unknown[] | number>>

/** What only messages have. */
type MessageOption =
  | 'payloadValidation'
  | 'payloadValues'
  | 'ownership'
  | 'payloadRules'
  | 'unknownKeys'
  | 'cache'

/** The options that also say how lists are read and written. */
export const LIST_CHOICES: Choices<Exclude<keyof PolicyOptions, MessageOption>> = {
  uri: ['loose', 'strict', 'none'],
  duplicateKeys: ['last', 'refuse'],
  integers: ['auto', 'number', 'bigint'],
  binary: ['copy', 'view', 'buffer'],
  maps: ['object', 'map'],
  tags: ['plain', 'tagged'],
  unrepresentable: ['throw', 'json'],
  peers: ['strict', 'lenient'],
  maxDepth: MAX_DEPTH,
  maxMessageBytes: 2 ** 30,
  maxNodes: MAX_NODES,
  maxBigIntBytes: MAX_BIG_INT_BYTES,
}

/**
 * The policy that `base` says, with what is given in place of it; options without choices are left alone. Throws
 * RangeError for values that an option cannot have, and for `binary: 'buffer'` where there is no Buffer.
 */
export function policyOf(options: object, choices: Choices<string>, base: Policy = DEFAULT_POLICY): Policy {
  const policy: Record<string, unknown> = { ...base }
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    const allowed = choices[name]
    if (value === undefined || allowed === undefined) continue
    const isLimit = typeof allowed === 'number'
    const isGood = isLimit ? isInteger(value) && value >= 1 && value <= allowed : allowed.includes(value)
    if (!isGood) {
      const expected = isLimit ? `an integer from 1 to ${allowed}` : `one of ${allowed.join(', ')}`
      throw new RangeError(`${name} is ${expected}, got ${nameOf(value)}`)
    }
    policy[name] = value
  }
  if (policy.binary === 'buffer' && !('Buffer' in globalThis)) {
    throw new RangeError("binary: 'buffer' needs Node's Buffer, which this runtime has not")
  }
  return policy as unknown as Policy
}

function isInteger(value: unknown): value is number {
  return Number.isInteger(value)
}
