/**
 * What a list cannot say, although a class can hold it: FlatBuffers leaves out what a list must have, and has payload
 * serializers and a scheme without a name there. Peers refuse such lists, so they are not written.
 */
import { PayloadRuleError } from '../errors.ts'
import { complaintOf } from './check.ts'
import { isGoodInList, KINDS } from './kinds.ts'
import type { Message } from './message.ts'
import { isForeign, sentOption } from './options.ts'
import { type BrokenRule, brokenRule } from './rules.ts'
import { ENC_ALGO, ENC_SERIALIZER, type Option } from './table.ts'
import type { Hop } from './values.ts'
import { checkPayloadRules, hasAppPayload } from './with-app-payload.ts'

/**
 * The first attribute that keeps a message out of a list, or null. What a list frame brought is good already, and a
 * message that was built has kept the other rules: only what was set is looked at, unless the frame was no list. `hops`
 * are those of the message, as they are written; other lists and dictionaries are checked when they are.
 */
export function brokenInList(message: Message, hops: readonly Hop[] | null): BrokenRule | null {
  const isFlat = isForeign(message)
  if (hops !== null && !isGoodInList('hops', hops)) return brokenHops(hops)
  const broken = message.table.category === 4 ? brokenEnc(message, isFlat) : null
  if (broken !== null) return broken
  return isFlat ? brokenForeign(message) : null
}

function brokenHops(hops: readonly Hop[]): BrokenRule {
  const attribute = 'forward_for'
  const isComplete = (hop: Hop): boolean => isGoodInList('hops', [{ ...hop, authrole: '' }])
  const lacksRole = KINDS.hops.check(hops) && hops.every(isComplete)
  const rule = lacksRole
    ? 'a hop needs its authrole in a list'
    : complaintOf('hops', attribute, hops, true).text
  return { attribute, rule }
}

/** Names that only FlatBuffers has. */
function brokenEnc(message: Message, isFlat: boolean): BrokenRule | null {
  for (const field of [ENC_ALGO, ENC_SERIALIZER]) {
    if (!isFlat && message._options?.[field] == null) continue
    const { attribute, kind } = message.table.options[field] as Option
    const name = sentOption(message, field)
    if (name !== null && !isGoodInList(kind, name)) {
      return { attribute, rule: `peers refuse ${JSON.stringify(name)} in a list` }
    }
  }
  return null
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
  return brokenRule(table, value) ?? brokenRoles(message) ?? brokenPayloadRule(message)
}

/** Of the roles that a peer has, FlatBuffers may have a slot for none. */
function brokenRoles(message: Message): BrokenRule | null {
  const field = message.table.options.findIndex(({ attribute }) => attribute === 'roles')
  if (field < 0) return null
  const { attribute, kind } = message.table.options[field] as Option
  const roles = sentOption(message, field)
  return isGoodInList(kind, roles)
    ? null
    : { attribute, rule: complaintOf(kind, attribute, roles, true).text }
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
