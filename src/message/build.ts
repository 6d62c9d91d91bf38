/**
 * What constructors share: a message from the attributes that an application gives, every one of them checked. Each
 * constructor reads its positions by name, which takes half of the time of reading them by a variable.
 */
import { isObject, isStray, nameOf, unknownName, wrongArgument } from '../arguments.ts'
import { EncodeError, InvalidUriError, ProtocolError } from '../errors.ts'
import { MODE_ENC } from '../kernel/abi.ts'
import { builtPayload } from '../payload/payload.ts'
import { checkAttribute } from './check.ts'
import type { CommonAttribute } from './given.ts'
import { isId } from './ids.ts'
import { keptOption } from './kinds.ts'
import type { Message } from './message.ts'
import { change, newOptions } from './options.ts'
import { brokenPattern, brokenRule, isRuled, uriPattern } from './rules.ts'
import {
  ENC_ALGO,
  type MessageTable,
  type Option,
  type PositionKind,
  PPT_KEYID,
  perTable,
  REQUEST_TYPES,
} from './table.ts'
import { isPlainUri, isUri } from './uri.ts'
import { checkPayloadRules, hasAppPayload, initAppPayload, initArguments } from './with-app-payload.ts'

const COMMON: readonly CommonAttribute[] = [
  'custom',
  'correlation_id',
  'correlation_uri',
  'correlation_is_anchor',
  'correlation_is_last',
  'router_internal',
]

/** Roles of attributes that have no field number. */
const COMMON_ATTRIBUTE = -1
const POSITION_OR_ARGUMENTS = -2
const OPAQUE_PAYLOAD = -3

/** A name that a message may be given. */
export interface Named {
  readonly name: string
  /** The field of an option, or one of the above. */
  readonly role: number
  /** What was given after it the last time: literals of one kind have their keys in the same order. */
  next: Named | null
}

/** What is given beside positions, args and kwargs. */
interface Others {
  /** The options by field number, not checked; null when there are none. */
  options: unknown[] | null
  /** Those that are given, a bit a field. */
  fields: number
  /** All else. */
  readonly names: Named[]
}

/** What constructors need of a table, in the form that is quickest to use. */
interface BuildPlan {
  readonly names: ReadonlyMap<string, Named>
  /** Stands before the first name. */
  readonly start: Named
  /** Whether the attributes must agree with each other. */
  readonly isRuled: boolean
  /** Whether an attribute is looked at twice: getters are asked once, so the attributes are copied first. */
  readonly isCopied: boolean
}

/** The attributes that an application gives. */
type Given = Readonly<Record<string, unknown>>

/** Bits of the options that describe an opaque payload. */
const DESCRIBING = (2 << PPT_KEYID) - (1 << ENC_ALGO)

/** For received messages, which are given nothing. */
export const NOT_GIVEN: Given = Object.freeze({})

const owns = Object.prototype.hasOwnProperty

const planOf: (table: MessageTable) => BuildPlan = perTable((table) => {
  const { positions, options } = table
  const names = new Map<string, Named>()
  const add = (name: string, role: number): unknown => names.set(name, { name, role, next: null })
  for (const name of COMMON) add(name, COMMON_ATTRIBUTE)
  for (const { attribute, kind } of positions) {
    if (!kind.startsWith('options')) add(attribute, POSITION_OR_ARGUMENTS)
  }
  if (table.payload !== 'none') for (const name of ['args', 'kwargs']) add(name, POSITION_OR_ARGUMENTS)
  if (table.payload === 'any') for (const name of ['payload', 'rawPayload']) add(name, OPAQUE_PAYLOAD)
  // After the positions: a dictionary in a position is written as an option is.
  for (const [field, option] of options.entries()) add(option.attribute, field)
  return {
    names,
    start: { name: '', role: POSITION_OR_ARGUMENTS, next: null },
    isRuled: isRuled(table),
    isCopied: isRuled(table) || names.has('match'),
  }
})

/** What `givenOf` has found beside positions, args and kwargs. */
let found: Others | null = null

/**
 * The attributes that a constructor is given, by their names. Throws TypeError for names that the message does not
 * have. The constructor then takes what `othersGiven` has, reads its positions, and calls `complete`.
 */
export function givenOf(table: MessageTable, attributes: object): Given {
  const plan = planOf(table)
  const isRead =
    !plan.isCopied && attributes != null && Object.getPrototypeOf(attributes) === Object.prototype
  const given = isRead ? (attributes as Given) : literalOf(table, attributes, plan)
  let others: Others | null = null
  let named = plan.start
  let isPolluted = false
  for (const name in given) {
    if (!owns.call(given, name)) {
      isPolluted = true
      continue
    }
    const { next } = named
    if (next !== null && next.name === name) named = next
    else {
      const known = lookUp(table, plan, given, name, named)
      if (known === null) continue
      named = known
    }
    const { role } = named
    if (role === POSITION_OR_ARGUMENTS) continue
    others ??= { options: null, fields: 0, names: [] }
    if (role < 0) {
      others.names.push(named)
      continue
    }
    // Here engines read it by the place that `for in` has found the name at.
    const value = given[name]
    if (value == null) continue
    others.options ??= newOptions(table)
    others.options[role] = value
    others.fields |= 1 << role
  }
  found = others
  // A property that code has added to Object.prototype is not an attribute.
  return isPolluted ? Object.assign(Object.create(null), given) : given
}

/** What the last `givenOf` has found: asked once, before code of the application can construct another message. */
export function othersGiven(): Others | null {
  const others = found
  found = null
  return others
}

/** The name as it was planned; null for an unknown one that is undefined. Throws TypeError for any other. */
function lookUp(
  table: MessageTable,
  plan: BuildPlan,
  given: Given,
  name: string,
  before: Named,
): Named | null {
  const named = plan.names.get(name)
  if (named === undefined) {
    if (given[name] === undefined) return null
    throw unknownName(table.name, 'attribute', name, plan.names.keys())
  }
  before.next = named
  return named
}

/** Own keys are all that a literal has; what an application's class gives may be inherited. */
function literalOf(table: MessageTable, attributes: object, { names }: BuildPlan): Given {
  if (!isObject(attributes)) throw wrongArgument(table.name, 'an object with attributes', attributes)
  const literal: Record<string, unknown> = { ...attributes }
  if (Object.getPrototypeOf(attributes) === Object.prototype) return literal
  for (const name of names.keys()) {
    if (Object.hasOwn(literal, name)) continue
    literal[name] = isStray(attributes, name) ? undefined : (attributes as Given)[name]
  }
  return literal
}

/** An id that a constructor is given. Throws TypeError. */
export function idGiven(table: MessageTable, attribute: string, value: unknown): number {
  if (!isId(value)) refusePosition(table, attribute, 'id', value)
  return value
}

/** A text. Throws TypeError. */
export function textGiven(table: MessageTable, attribute: string, value: unknown): string {
  if (typeof value !== 'string') refusePosition(table, attribute, 'text', value)
  return value
}

/** A URI, of which `match` may say how it is patterned. Throws TypeError and InvalidUriError. */
export function uriGiven(table: MessageTable, attribute: string, value: unknown, match?: unknown): string {
  if (typeof value !== 'string' || !(isPlainUri(value) || isUri(value, 'loose', uriPattern(table, match)))) {
    refusePosition(table, attribute, 'uri', value)
  }
  return value
}

/** A URI that may be left out; `absent` stands for it then. Throws TypeError and InvalidUriError. */
export function uriGivenOr<T>(absent: T, table: MessageTable, attribute: string, value: unknown): string | T {
  return value == null ? absent : uriGiven(table, attribute, value)
}

/** The type of the request that ERROR answers. Throws TypeError. */
export function requestTypeGiven(table: MessageTable, attribute: string, value: unknown): number {
  checkPosition(table, attribute, 'requestType', value, null)
  return value as number
}

/**
 * The rest of a new message: its options and payload, and the rules that they must keep. `others` is what `othersGiven`
 * has said. Throws TypeError, InvalidUriError or PayloadRuleError; the message is lost then.
 */
export function complete(message: Message, table: MessageTable, given: Given, others: Others | null): void {
  const isDescribed = others !== null && setOthers(message, table, given, others)
  if (table.payload === 'any') {
    if (isDescribed) initAppPayload(message, given)
    else initArguments(message, given.args, given.kwargs)
  } else if (table.payload === 'args') {
    setAbortPayload(message, given.args as unknown[] | null, given.kwargs as Record<string, unknown> | null)
  } else if (planOf(table).isRuled) {
    const broken = brokenRule(table, (name) => given[name])
    if (broken !== null) throw new TypeError(`${table.name}: ${broken.rule}`)
  }
}

/**
 * Sets options and common attributes; returns whether there is an opaque payload among what is given, or an option that
 * describes one.
 */
function setOthers(message: Message, table: MessageTable, given: Given, others: Others): boolean {
  const { options, fields, names } = others
  if (options !== null) setOptions(message, table, options, fields)
  let isDescribed = (fields & DESCRIBING) !== 0
  for (let i = 0; i < names.length; i++) {
    const { name, role } = names[i] as Named
    if (role === OPAQUE_PAYLOAD) isDescribed = true
    else {
      const value = given[name]
      if (value != null) (message as unknown as Record<string, unknown>)[name] = value
    }
  }
  return isDescribed
}

/** Sets the options that are given, each after its check. Throws TypeError and InvalidUriError. */
function setOptions(message: Message, table: MessageTable, options: unknown[], fields: number): void {
  for (let left = fields; left !== 0; left &= left - 1) {
    const field = 31 - Math.clz32(left & -left)
    const { attribute, kind } = table.options[field] as Option
    checkAttribute(table, attribute, kind, options[field])
    if (kind === 'hops') options[field] = keptOption(kind, options[field])
  }
  message._options = options
}

/** The error for an argument that must be a message. */
export function notAMessage(value: unknown, place: string = ''): TypeError {
  const hint = Array.isArray(value) ? '; Message.parse makes one from a list' : ''
  return new TypeError(`expected a message, got ${nameOf(value)}${place}${hint}`)
}

/**
 * The rules that setters cannot keep, for a message that is to be written; `isFlat` says that it is in FlatBuffers.
 * Throws EncodeError or PayloadRuleError.
 */
export function checkWhole(message: Message, isFlat: boolean = false): void {
  const { table } = message
  if (hasAppPayload(message)) {
    checkPayloadRules(message, isFlat ? 'flatbuffers' : 'interop')
    return
  }
  const values = message as unknown as Readonly<Record<string, unknown>>
  const get = (name: string): unknown => values[name]
  const broken = brokenRule(table, get) ?? brokenPattern(table, get)
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
  if (args != null && !Array.isArray(args))
    throw new TypeError(`expected a list for args, got ${nameOf(args)}`)
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
