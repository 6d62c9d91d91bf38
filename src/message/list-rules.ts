/**
 * What a list cannot say, although a class can hold it: FlatBuffers leaves out what a list must have, and has payload
 * serializers without a name there. Peers refuse such lists, so they are not written.
 */
import { PayloadRuleError } from '../errors.ts'
import { isGoodInList, KINDS } from './kinds.ts'
import { type Message, readOption } from './message.ts'
import { type BrokenRule, brokenRule } from './rules.ts'
import { checkPayloadRules, hasAppPayload } from './with-app-payload.ts'

/** The first attribute that keeps a message out of a list, or null. */
export function brokenInList(message: Message): BrokenRule | null {
  const { table } = message
  const values = message as unknown as Readonly<Record<string, unknown>>
  const { positions, options } = table
  for (let i = 0; i < positions.length; i++) {
    const { attribute, kind } = positions[i]!
    if ((kind === 'text' || kind === 'uri') && values[attribute] === null) {
      return { attribute, rule: 'a list needs a string' }
    }
  }
  for (let field = 0; field < options.length; field++) {
    const { attribute, kind } = options[field]!
    if (kind !== 'hops' && kind !== 'encSerializer') continue
    const value = readOption(message, field)
    if (value === null || isGoodInList(kind, value)) continue
    const rule = kind === 'hops' ? 'a hop needs its authrole in a list' : `peers refuse ${value} in a list`
    return { attribute, rule: KINDS[kind].check(value) ? rule : `expected ${KINDS[kind].expected}` }
  }
  return brokenRule(table, (name) => values[name]) ?? brokenPayloadRule(message)
}

function brokenPayloadRule(message: Message): BrokenRule | null {
  if (!hasAppPayload(message)) return null
  try {
    checkPayloadRules(message, 'interop')
    return null
  } catch (error) {
    if (!(error instanceof PayloadRuleError)) throw error
    return { attribute: error.path ?? 'payload', rule: error.message }
  }
}
