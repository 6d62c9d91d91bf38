/**
 * List form -> message: `Message.parse`, and `parseUnder` for the lists of a codec. The list holds JavaScript values,
 * from another decoder or a test. Everything that is wrong with it is the peer's fault: ProtocolError, InvalidUriError
 * or PayloadRuleError.
 */
import { nameOf } from '../arguments.ts'
import { isBytes, isMap } from '../brand.ts'
import { InvalidUriError, PayloadRuleError, ProtocolError } from '../errors.ts'
import { DEFAULT_POLICY, type Policy } from '../limits.ts'
import { checkPeerPosition } from './build.ts'
import { complaintOf, saidOf } from './check.ts'
import { isId } from './ids.ts'
import { isDict, isGoodInList, plainDict } from './kinds.ts'
import { type Message, registerParser } from './message.ts'
import { isEncField, optionsOf, unknownKeys } from './options.ts'
import { brokenRule, uriPattern } from './rules.ts'
import { ENC_ALGO, ENC_KEY, type Kind, type MessageTable, type PositionKind, REQUEST_TYPES } from './table.ts'
import { placeOf, TABLES } from './tables.ts'
import { isPlainUri, isUri, type UriPattern } from './uri.ts'
import { checkPayloadRules, hasAppPayload } from './with-app-payload.ts'

/** What a codec asks of a message beside what every message keeps. */
type ParseRules = Pick<Policy, 'uri' | 'payloadRules' | 'unknownKeys'>

/** The classes by their tables: those whose modules are loaded. */
const classes = new Map<MessageTable, new (attributes: object) => Message>()

/** Called by the module of each class, so that a program that has a class can parse its lists. */
export function registerClass(Class: new (attributes: object) => Message, table: MessageTable): void {
  registerParser(parseList)
  classes.set(table, Class)
}

/** Parses the list form of any message whose class is loaded. */
function parseList(list: readonly unknown[]): Message {
  return parseUnder(list, DEFAULT_POLICY)
}

/** The same by the rules of a codec: what its `decode` refuses is refused, and what it drops is dropped. */
export function parseUnder(list: readonly unknown[], rules: ParseRules): Message {
  if (!Array.isArray(list)) {
    throw new ProtocolError('BAD_MESSAGE', `cannot parse a message: got ${nameOf(list)}`)
  }
  const code: unknown = list[0]
  // EVENT_RECEIVED has two codes.
  const table = TABLES.find((known) => known.code === code || placeOf(known) === code)
  if (table === undefined) {
    throw new ProtocolError('BAD_MESSAGE', `cannot parse a message: unknown message code ${nameOf(code)}`)
  }
  const Class = classes.get(table)
  if (Class === undefined) throw new TypeError(`import Message, or the class of ${table.name}, to parse it`)
  try {
    const attributes = checkedAttributes(table, list, rules)
    const message = rules.uri === 'none' ? withAnyUri(Class, table, attributes) : new Class(attributes)
    if (rules.payloadRules === 'strict') checkStrictPayload(message)
    return message
  } catch (error) {
    // Errors know the request they refuse.
    const at = table.positions.findIndex(({ attribute }) => attribute === 'request')
    const request = at < 0 ? null : list[at + 1]
    if (error instanceof ProtocolError && isId(request)) {
      // Only these may be answered with ERROR.
      const request_type = REQUEST_TYPES.includes(table.code) ? table.code : null
      Object.defineProperties(error, { request: { value: request }, request_type: { value: request_type } })
    }
    throw error
  }
}

/** Constructors refuse texts that are no URIs: another one stands in for these meanwhile. */
const STAND_IN = 'a'

/** The message of these attributes, whatever texts stand for URIs in it. */
function withAnyUri(
  Class: new (attributes: object) => Message,
  table: MessageTable,
  attributes: Record<string, unknown>,
): Message {
  const others = { ...attributes }
  const isOdd = (attribute: string): boolean => {
    const value = attributes[attribute]
    if (typeof value !== 'string' || isPlainUri(value)) return false
    others[attribute] = STAND_IN
    return true
  }
  const positions = table.positions.filter(({ attribute, kind }) => isUriKind(kind) && isOdd(attribute))
  const options = table.options.filter(({ attribute, kind }) => kind === 'uri' && isOdd(attribute))
  const message = new Class(others)
  for (const { attribute, slot } of positions) Reflect.set(message, slot, attributes[attribute])
  for (const option of options)
    optionsOf(message)[table.options.indexOf(option)] = attributes[option.attribute]
  return message
}

function isUriKind(kind: PositionKind): boolean {
  return kind === 'uri' || kind === 'realm'
}

function checkStrictPayload(message: Message): void {
  if (!hasAppPayload(message)) return
  const { name, code } = message.table
  try {
    checkPayloadRules(message, 'strict')
  } catch (error) {
    if (!(error instanceof PayloadRuleError)) throw error
    const details = { messageType: code, path: error.path }
    throw new PayloadRuleError('PAYLOAD_RULE', `cannot parse ${name}: ${error.message}`, details)
  }
}

/** Attributes for the constructor of the table's class, every rule checked. */
function checkedAttributes(
  table: MessageTable,
  list: readonly unknown[],
  rules: ParseRules,
): Record<string, unknown> {
  // Of no prototype: whatever Object.prototype has, these are its own.
  const attributes = Object.create(null) as Record<string, unknown>
  const most = 1 + table.positions.length
  const least = table.positions.at(-1)?.kind === 'options?' ? most - 1 : most
  const longest = most + (table.payload === 'none' ? 0 : 2)
  // Elements that are undefined at the end are absent.
  let { length } = list
  while (length > longest && list[length - 1] === undefined) length--
  if (length < least || length > longest) {
    const allowed = least === longest ? `${least}` : `${least} to ${longest}`
    throw refusal(table, 'the list', `${allowed} elements`, length)
  }
  const at = table.positions.findIndex(({ kind }) => kind === 'options' || kind === 'options?')
  const given = at < 0 || list[at + 1] === undefined ? {} : saidOf(list[at + 1], '')
  checkDict(table, table.positions[at]?.attribute ?? 'options', given)
  const entries = plainDict(given)
  const isPlain = Object.getPrototypeOf(entries) === Object.prototype
  const options: Record<string, unknown> = isPlain ? Object.assign(Object.create(null), entries) : entries
  readPayload(table, list.slice(most, length), options, attributes)
  // Bytes in a list are a payload in passthru mode, whatever enc_* there is.
  readOptions(table, options, attributes, isBytes(list[most]), rules)
  for (const [i, { attribute, kind, absent }] of table.positions.entries()) {
    if (kind === 'options' || kind === 'options?') continue
    const value = list[i + 1]
    // The constructor knows what is meant.
    if (value === undefined && (kind === 'dict' || absent !== null)) continue
    if (kind === 'dict') checkDict(table, attribute, value)
    else if (!isUriKind(kind) || !isAnyText(value, rules)) {
      checkPeerPosition(table, attribute, kind, value, attributes.match)
      if (isUriKind(kind)) checkUri(table, attribute, value, rules, uriPattern(table, attributes.match))
    }
    attributes[attribute] = value
  }
  const broken = brokenRule(table, (name) => attributes[name])
  if (broken !== null) {
    throw new ProtocolError('BAD_MESSAGE', `cannot parse ${table.name}: ${broken.rule}`, {
      messageType: table.code,
      path: broken.attribute,
    })
  }
  return attributes
}

function readOptions(
  table: MessageTable,
  options: Record<string, unknown>,
  attributes: Record<string, unknown>,
  hasEnc: boolean,
  rules: ParseRules,
): void {
  for (const [field, { attribute, key, kind }] of table.options.entries()) {
    if (table.positions.some((position) => position.attribute === attribute)) continue
    const value = options[key] === undefined ? options[attribute] : options[key]
    if (value === undefined) continue
    if (isEncField(table, field)) {
      // Elsewhere they mean nothing, and peers ignore them.
      if (!hasEnc || value === null) continue
      checkEncOption(table, field, attribute, value, options)
    } else if (!isGoodInList(kind, value) && !(kind === 'uri' && isAnyText(value, rules))) {
      throw kindRefusal(table, attribute, kind, value)
    } else if (kind === 'uri') checkUri(table, attribute, value, rules, 'exact')
    attributes[attribute] = value
  }
  const { unknownKeys: rule } = rules
  const custom = unknownKeys(table, options, rule)
  if (rule === 'refuse' && custom !== null) {
    const [key = ''] = Object.keys(custom)
    const text = `cannot parse ${table.name}: unknown key ${JSON.stringify(key)}`
    throw new ProtocolError('FORBIDDEN_KEY', text, { messageType: table.code, path: key })
  }
  attributes.custom = custom
}

/** True for a text where any text is a URI. */
function isAnyText(value: unknown, { uri }: ParseRules): boolean {
  return uri === 'none' && typeof value === 'string'
}

/** Throws unless the text, which keeps the loose rules, keeps those of the codec. */
function checkUri(
  table: MessageTable,
  attribute: string,
  value: unknown,
  { uri }: ParseRules,
  pattern: UriPattern,
): void {
  if (uri !== 'strict' || typeof value !== 'string' || isUri(value, uri, pattern)) return
  const expected = `expected a URI by the strict rules for ${attribute}`
  const text = `cannot parse ${table.name}: ${expected}, got ${nameOf(value)}`
  throw new InvalidUriError('BAD_URI', text, { messageType: table.code, path: attribute })
}

function checkEncOption(
  table: MessageTable,
  field: number,
  attribute: string,
  value: unknown,
  options: Record<string, unknown>,
): void {
  const kind = table.options[field]?.kind ?? 'text'
  if (!isGoodInList(kind, value)) throw kindRefusal(table, attribute, kind, value)
  if (field !== ENC_ALGO && options.enc_algo == null) {
    const rule = `${field === ENC_KEY ? 'enc_key' : 'enc_serializer'} needs enc_algo`
    throw new PayloadRuleError('PAYLOAD_RULE', `cannot parse ${table.name}: ${rule}`, {
      messageType: table.code,
      path: attribute,
    })
  }
}

function readPayload(
  table: MessageTable,
  rest: readonly unknown[],
  options: Record<string, unknown>,
  attributes: Record<string, unknown>,
): void {
  const [args, kwargs] = rest
  if (isBytes(args) && rest.length === 1 && table.payload === 'any') {
    attributes.payload = args
    return
  }
  if (args != null && !Array.isArray(args)) {
    const isOpaque = table.payload === 'any' && options.enc_algo != null
    throw refusal(table, 'args', isOpaque ? 'a list, or bytes that enc_algo describes,' : 'a list', args)
  }
  if (kwargs != null) checkDict(table, 'kwargs', kwargs)
  if (table.payload === 'any' && options.ppt_scheme != null && args?.length === 1 && kwargs == null) {
    if (isBytes(args[0])) {
      attributes.payload = args[0]
      return
    }
  }
  if (args != null) attributes.args = args
  if (kwargs != null) attributes.kwargs = kwargs
}

/** Throws unless the value is a dictionary: KEY_TYPE for a Map with other keys than texts, as frames have it. */
function checkDict(
  table: MessageTable,
  attribute: string,
  value: unknown,
): asserts value is Record<string, unknown> {
  if (isDict(value)) return
  if (!isMap(value)) throw refusal(table, attribute, 'a dictionary', value)
  const got = 'one with a key that is not a string'
  const text = `cannot parse ${table.name}: expected a dictionary for ${attribute}, got ${got}`
  throw new ProtocolError('KEY_TYPE', text, { messageType: table.code, path: attribute })
}

/** The refusal of an option that is not of its kind. */
function kindRefusal(table: MessageTable, attribute: string, kind: Kind, value: unknown): ProtocolError {
  const { text, path } = complaintOf(kind, attribute, value, true)
  const full = `cannot parse ${table.name}: ${text}`
  const details = { messageType: table.code, path }
  return kind === 'uri'
    ? new InvalidUriError('BAD_URI', full, details)
    : new ProtocolError('BAD_MESSAGE', full, details)
}

function refusal(table: MessageTable, attribute: string, expected: string, value: unknown): ProtocolError {
  const text = `cannot parse ${table.name}: expected ${expected} for ${attribute}, got ${nameOf(value)}`
  return new ProtocolError('BAD_MESSAGE', text, { messageType: table.code, path: attribute })
}
