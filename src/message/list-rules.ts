/**
 * What a list cannot say, although a class can hold it: FlatBuffers leaves out what a list must have, and has payload
 * serializers without a name there. Peers refuse such lists, so they are not written.
 */
import { PayloadRuleError } from '../errors.ts'
import { isGoodInList } from './kinds.ts'
import type { Message } from './message.ts'
import { sentOption } from './options.ts'
import { type BrokenRule, brokenRule } from './rules.ts'
import { ENC_SERIALIZER } from './table.ts'
import type { Hop } from './values.ts'
import { checkPayloadRules, hasAppPayload } from './with-app-payload.ts'

/**
 * The first attribute that keeps a message out of a list, or null. What a list frame brought is good already, and a
 * message that was built has kept the other rules: only what was set is looked at, unless the frame is no list. `hops`
 * are those of the message, as they are written.
 */
export function brokenInList(message: Message, hops: readonly Hop[] | null): BrokenRule | null {
  const { category } = message.table
  const isForeign = message._frame?.reader != null
  if (hops !== null && !isGoodInList('hops', hops)) {
    return { attribute: 'forward_for', rule: 'a hop needs its authrole in a list' }
  }
  if (category === 4) {
    const isSet = isForeign || message._options?.[ENC_SERIALIZER] != null
    const name = isSet ? sentOption(message, ENC_SERIALIZER) : null
    if (name !== null && !isGoodInList('encSerializer', name)) {
      return { attribute: 'enc_serializer', rule: `peers refuse ${JSON.stringify(name)} in a list` }
    }
  }
  return isForeign ? brokenForeign(message) : null
}

/** What FlatBuffers may leave out. */
function brokenForeign(message: Message): BrokenRule | null {
  const { table } = message
  const values = message as unknown as Readonly<Record<string, unknown>>
  const missing = table.positions.find(
    ({ attribute, kind }) => (kind === 'text' || kind === 'uri') && values[attribute] === null,
  )
  if (missing !== undefined) return { attribute: missing.attribute, rule: 'a list needs a string' }
  const value = (name: string): unknown => {
    const field = table.options.findIndex(({ attribute }) => attribute === name)
    return field < 0 ? values[name] : sentOption(message, field)
  }
  return brokenRule(table, value) ?? brokenPayloadRule(message)
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
