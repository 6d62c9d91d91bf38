/** Constructors' second half: a message from the attributes that an application gives, every one of them checked. */
import { EncodeError, InvalidUriError, ProtocolError } from '../errors.ts'
import { MODE_ENC } from '../kernel/abi.ts'
import { builtPayload } from '../payload/payload.ts'
import { checkAttribute, nameOf } from './check.ts'
import { isId } from './kinds.ts'
import type { Message } from './message.ts'
import { change, writeOption } from './options.ts'
import { brokenRule, isRuled, uriPattern } from './rules.ts'
import { type MessageTable, type Position, type PositionKind, REQUEST_TYPES } from './table.ts'
import { isUri } from './uri.ts'
import { checkPayloadRules, hasAppPayload, initAppPayload } from './with-app-payload.ts'

/** Attributes that every message has beside its own. */
const COMMON = [
  'custom',
  'correlation_id',
  'correlation_uri',
  'correlation_is_anchor',
  'correlation_is_last',
  'router_internal',
] as const

/** Keys of attributes that the class adds to its Message base, as a constructor takes them: null is absent. */
export type Attributes<M extends Message, Required extends keyof M> = {
  [K in Required]: M[K]
} & {
  [K in Exclude<keyof M, Required | keyof Message | MixinMethods | `_${string}`>]?: M[K] | null | undefined
} & { [K in (typeof COMMON)[number]]?: Message[K] | undefined }

type MixinMethods =
  | 'validateForwardChain'
  | 'addHop'
  | 'reverseChain'
  | 'forwardOrigin'
  | 'validatePayloadAttributes'
  | 'toPpt'
  | 'toEnc'
  | 'topicRef'
  | 'procedureRef'

/** What an attribute is that has no field number. */
const COMMON_ATTRIBUTE = -1
const POSITION_OR_PAYLOAD = -2

/** What constructors need of a table, in the form that is quickest to use. */
interface BuildPlan {
  /** What each name that a message may be given is: the field of an option, or one of the above. */
  readonly names: ReadonlyMap<string, number>
  /** Positions that are no dictionaries. */
  readonly positions: readonly Position[]
  /** Whether the attributes must agree with each other. */
  readonly isRuled: boolean
}

const plans = new WeakMap<MessageTable, BuildPlan>()

function planOf(table: MessageTable): BuildPlan {
  const known = plans.get(table)
  if (known !== undefined) return known
  const payload = { none: [], args: ['args', 'kwargs'], any: ['args', 'kwargs', 'payload', 'rawPayload'] }
  const positions = table.positions.filter(({ kind }) => !kind.startsWith('options'))
  const names = new Map<string, number>()
  for (const name of COMMON) names.set(name, COMMON_ATTRIBUTE)
  for (const { attribute } of positions) names.set(attribute, POSITION_OR_PAYLOAD)
  for (const name of payload[table.payload]) names.set(name, POSITION_OR_PAYLOAD)
  // After the positions: a dictionary in a position is written as an option is.
  for (const [field, { attribute }] of table.options.entries()) names.set(attribute, field)
  const plan = { names, positions: positions.filter(({ kind }) => kind !== 'dict'), isRuled: isRuled(table) }
  plans.set(table, plan)
  return plan
}

/** Fills a new message. Throws TypeError, InvalidUriError or PayloadRuleError; the message is lost then. */
export function build(message: Message, attributes: object): void {
  const { table } = message
  const given = attributes as Readonly<Record<string, unknown>>
  const { names, positions, isRuled } = planOf(table)
  const keys = Object.keys(given)
  let hasOptions = false
  for (let i = 0; i < keys.length; i++) {
    const role = names.get(keys[i]!)
    if (role === undefined) throw new TypeError(`${table.name} has no attribute ${keys[i]}`)
    if (role !== POSITION_OR_PAYLOAD) hasOptions = true
  }
  const slots = message as unknown as Record<string, unknown>
  for (let i = 0; i < positions.length; i++) {
    const { attribute, slot, kind } = positions[i]!
    const value = kind === 'realm' ? (given[attribute] ?? null) : given[attribute]
    // Its constructor has set the normal reason already.
    if (value == null && table.name === 'GOODBYE') continue
    checkPosition(table, attribute, kind, value, kind === 'uri' ? given.match : null)
    slots[slot] = value
  }
  // Own keys are all that a literal has; what an application's class gives may be inherited.
  if (!isLiteral(given)) setOptions(message, given, [...names.keys()], names)
  else if (hasOptions) setOptions(message, given, keys, names)
  const broken = isRuled ? brokenRule(table, (name) => given[name]) : null
  if (broken !== null) throw new TypeError(`${table.name}: ${broken.rule}`)
  if (table.payload === 'any') {
    initAppPayload(message, given)
  } else if (table.payload === 'args') {
    setAbortPayload(message, given.args as unknown[] | null, given.kwargs as Record<string, unknown> | null)
  }
}

function isLiteral(attributes: object): boolean {
  return Object.getPrototypeOf(attributes) === Object.prototype
}

/** Sets those of the attributes that are options or common. */
function setOptions(
  message: Message,
  given: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  names: ReadonlyMap<string, number>,
): void {
  const slots = message as unknown as Record<string, unknown>
  for (const name of keys) {
    const role = names.get(name)!
    const value = role === POSITION_OR_PAYLOAD ? null : given[name]
    if (value == null) continue
    if (role === COMMON_ATTRIBUTE) slots[name] = value
    else writeOption(message, role, value)
  }
}

/** The rules that setters cannot keep, for a message that is to be written. Throws EncodeError or PayloadRuleError. */
export function checkWhole(message: Message): void {
  const { table } = message
  if (hasAppPayload(message)) {
    checkPayloadRules(message, 'interop')
    return
  }
  const values = message as unknown as Readonly<Record<string, unknown>>
  const broken = brokenRule(table, (name) => values[name])
  if (broken === null) return
  const details = { messageType: table.code, path: broken.attribute }
  throw new EncodeError('BAD_MESSAGE', `cannot encode ${table.name}: ${broken.rule}`, details)
}

/** ABORT may carry args and kwargs, but nothing opaque. */
export function setAbortPayload(
  message: Message,
  args: unknown[] | null | undefined,
  kwargs: Record<string, unknown> | null | undefined,
): void {
  if (args != null && !Array.isArray(args)) throw new TypeError('expected a list for args')
  if (kwargs != null) checkAttribute(message.table, 'kwargs', 'dict', kwargs)
  change(message)
  message._payload = builtPayload(args ?? null, kwargs ?? null, null, MODE_ENC)
}

/** Sets a position of a message after its check. */
export function writePosition(message: Message, attribute: string, value: unknown): void {
  const { table } = message
  const slots = message as unknown as Record<string, unknown>
  const position = table.positions.find((candidate) => candidate.attribute === attribute)
  if (position === undefined) throw new TypeError(`${table.name} has no ${attribute}`)
  checkPosition(table, attribute, position.kind, value, slots.match)
  change(message)
  slots[`_${attribute}`] = value ?? null
  if (`_${attribute}Ref` in slots) slots[`_${attribute}Ref`] = -1
}

/** Throws unless the value is good for the position. What a URI may be depends on `match`. */
function checkPosition(
  table: MessageTable,
  attribute: string,
  kind: PositionKind,
  value: unknown,
  match: unknown,
): void {
  if (kind === 'id') {
    if (isId(value)) return
  } else if (kind === 'text') {
    if (typeof value === 'string') return
  } else if (kind === 'requestType') {
    if ((REQUEST_TYPES as readonly unknown[]).includes(value)) return
  } else if (value == null) {
    if (kind === 'realm') return
  } else if (typeof value === 'string' && isUri(value, 'loose', uriPattern(table, match))) {
    return
  }
  refusePosition(table, attribute, kind, value)
}

function refusePosition(table: MessageTable, attribute: string, kind: PositionKind, value: unknown): never {
  const expected: Partial<Record<PositionKind, string>> = {
    id: 'an id (0 to 2^53)',
    text: 'a string',
    requestType: `one of ${REQUEST_TYPES.join(', ')}`,
  }
  const text = `${table.name}: expected ${expected[kind] ?? 'a URI'} for ${attribute}, got ${nameOf(value)}`
  if (expected[kind] !== undefined || typeof value !== 'string') throw new TypeError(text)
  throw new InvalidUriError('BAD_URI', text, { messageType: table.code, path: attribute })
}

/** Checks a position of a list from a peer: the same rules, the peer's kind of error. */
export function checkPeerPosition(
  table: MessageTable,
  attribute: string,
  kind: PositionKind,
  value: unknown,
  match: unknown,
): void {
  try {
    checkPosition(table, attribute, kind, value === undefined ? null : value, match)
  } catch (error) {
    if (!(error instanceof TypeError) && !(error instanceof InvalidUriError)) throw error
    const text = `cannot parse ${error.message}`
    const details = { messageType: table.code, path: attribute }
    throw kind === 'uri' || kind === 'realm'
      ? new InvalidUriError('BAD_URI', text, details)
      : new ProtocolError('BAD_MESSAGE', text, details)
  }
}
