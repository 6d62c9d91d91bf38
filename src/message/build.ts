/** Constructors' second half: a message from the attributes that an application gives, every one of them checked. */
import { EncodeError, InvalidUriError, ProtocolError } from '../errors.ts'
import { MODE_ENC } from '../kernel/abi.ts'
import { builtPayload } from '../payload/payload.ts'
import { checkAttribute, nameOf } from './check.ts'
import { isId } from './kinds.ts'
import { change, type Message, writeOption } from './message.ts'
import { brokenRule, uriPattern } from './rules.ts'
import { type MessageTable, type PositionKind, REQUEST_TYPES } from './table.ts'
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

/** Names that a message of this table may be given. */
const knownNames = new WeakMap<MessageTable, ReadonlySet<string>>()

function namesOf(table: MessageTable): ReadonlySet<string> {
  let names = knownNames.get(table)
  if (names === undefined) {
    const payload = { none: [], args: ['args', 'kwargs'], any: ['args', 'kwargs', 'payload', 'rawPayload'] }
    names = new Set([
      ...COMMON,
      ...table.positions.filter(({ kind }) => !kind.startsWith('options')).map(({ attribute }) => attribute),
      ...table.options.map(({ attribute }) => attribute),
      ...payload[table.payload],
    ])
    knownNames.set(table, names)
  }
  return names
}

/** Fills a new message. Throws TypeError, InvalidUriError or PayloadRuleError; the message is lost then. */
export function build(message: Message, attributes: object): void {
  const { table } = message
  const given = attributes as Readonly<Record<string, unknown>>
  const names = namesOf(table)
  for (const name of Object.keys(given)) {
    if (!names.has(name)) throw new TypeError(`${table.name} has no attribute ${name}`)
  }
  const slots = message as unknown as Record<string, unknown>
  for (const { attribute, kind } of table.positions) {
    if (kind.startsWith('options') || kind === 'dict') continue
    const value = kind === 'realm' ? (given[attribute] ?? null) : given[attribute]
    // Its constructor has set the normal reason already.
    if (value == null && table.name === 'GOODBYE') continue
    checkPosition(table, attribute, kind, value, given.match)
    slots[`_${attribute}`] = value
  }
  for (const [field, { attribute }] of table.options.entries()) {
    if (given[attribute] != null) writeOption(message, field, given[attribute])
  }
  for (const name of COMMON) {
    if (given[name] != null) slots[name] = given[name]
  }
  const broken = brokenRule(table, (name) => given[name])
  if (broken !== null) throw new TypeError(`${table.name}: ${broken.rule}`)
  if (table.payload === 'any') {
    initAppPayload(message, given)
  } else if (table.payload === 'args') {
    setAbortPayload(message, given.args as unknown[] | null, given.kwargs as Record<string, unknown> | null)
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

function checkPosition(
  table: MessageTable,
  attribute: string,
  kind: PositionKind,
  value: unknown,
  match: unknown,
): void {
  const refuse = (expected: string): TypeError =>
    new TypeError(`${table.name}: expected ${expected} for ${attribute}, got ${nameOf(value)}`)
  switch (kind) {
    case 'id':
      if (!isId(value)) throw refuse('an id (0 to 2^53)')
      return
    case 'requestType':
      if (!(REQUEST_TYPES as readonly unknown[]).includes(value))
        throw refuse(`one of ${REQUEST_TYPES.join(', ')}`)
      return
    case 'text':
      if (typeof value !== 'string') throw refuse('a string')
      return
    case 'realm':
      if (value == null) return
      break
  }
  if (typeof value !== 'string') throw refuse('a URI')
  if (isUri(value, 'loose', uriPattern(table, match))) return
  throw new InvalidUriError('BAD_URI', refuse('a URI').message, { messageType: table.code, path: attribute })
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
