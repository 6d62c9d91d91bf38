/**
 * List form -> message: `Message.parse`. The list holds JavaScript values, from another decoder or a test. Everything
 * that is wrong with it is the peer's fault: ProtocolError, InvalidUriError or PayloadRuleError.
 */
import { nameOf } from '../arguments.ts'
import { isBytes, isMap } from '../brand.ts'
import { InvalidUriError, PayloadRuleError, ProtocolError } from '../errors.ts'
import { checkPeerPosition } from './build.ts'
import { complaintOf } from './check.ts'
import { isId } from './ids.ts'
import { isDict, isGoodInList } from './kinds.ts'
import { type Message, registerParser } from './message.ts'
import { unknownKeys } from './options.ts'
import { brokenRule } from './rules.ts'
import { ENC_ALGO, ENC_KEY, ENC_SERIALIZER, type Kind, type MessageTable, REQUEST_TYPES } from './table.ts'
import { placeOf, TABLES } from './tables.ts'

/** The classes by their tables: those whose modules are loaded. */
const classes = new Map<MessageTable, new (attributes: object) => Message>()

/** Called by the module of each class, so that a program that has a class can parse its lists. */
export function registerClass(Class: new (attributes: object) => Message, table: MessageTable): void {
  registerParser(parseList)
  classes.set(table, Class)
}

/** Parses the list form of any message whose class is loaded. */
function parseList(list: readonly unknown[]): Message {
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
  return new Class(attributesOfList(table, list))
}

/** Attributes for the constructor of the table's class, every rule checked. Errors know the request they refuse. */
function attributesOfList(table: MessageTable, list: readonly unknown[]): Record<string, unknown> {
  try {
    return checkedAttributes(table, list)
  } catch (error) {
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

function checkedAttributes(table: MessageTable, list: readonly unknown[]): Record<string, unknown> {
  // Of no prototype: whatever Object.prototype has, these are its own.
  const attributes = Object.create(null) as Record<string, unknown>
  const most = 1 + table.positions.length
  const least = table.positions.at(-1)?.kind === 'options?' ? most - 1 : most
  const longest = most + (table.payload === 'none' ? 0 : 2)
  if (list.length < least || list.length > longest) {
    const allowed = least === longest ? `${least}` : `${least} to ${longest}`
    throw refusal(table, 'the list', `${allowed} elements`, list.length)
  }
  const at = table.positions.findIndex(({ kind }) => kind === 'options' || kind === 'options?')
  const given = at < 0 || list[at + 1] === undefined ? {} : list[at + 1]
  if (!isDict(given)) throw refusal(table, table.positions[at]?.attribute ?? 'options', 'a dictionary', given)
  const entries = isMap(given) ? Object.fromEntries(given) : given
  const isPlain = Object.getPrototypeOf(entries) === Object.prototype
  const options: Record<string, unknown> = isPlain ? Object.assign(Object.create(null), entries) : entries
  readPayload(table, list.slice(most), options, attributes)
  // Bytes in a list are a payload in passthru mode, whatever enc_* there is.
  readOptions(table, options, attributes, isBytes(list[most]))
  for (const [i, { attribute, kind }] of table.positions.entries()) {
    if (kind === 'options' || kind === 'options?') continue
    const value = list[i + 1]
    if (kind === 'dict') {
      if (!isDict(value)) throw refusal(table, attribute, 'a dictionary', value)
    } else {
      checkPeerPosition(table, attribute, kind, value, attributes.match)
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
): void {
  for (const [field, { attribute, key, kind }] of table.options.entries()) {
    if (table.positions.some((position) => position.attribute === attribute)) continue
    const value = options[key] === undefined ? options[attribute] : options[key]
    if (value === undefined) continue
    if (field >= ENC_ALGO && field <= ENC_SERIALIZER && table.category === 4) {
      // Elsewhere they mean nothing, and peers ignore them.
      if (!hasEnc || value === null) continue
      checkEncOption(table, field, attribute, value, options)
    } else if (!isGoodInList(kind, value)) {
      throw kindRefusal(table, attribute, kind, value)
    }
    attributes[attribute] = value
  }
  attributes.custom = unknownKeys(table, options, 'keep')
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
  if (kwargs != null && !isDict(kwargs)) throw refusal(table, 'kwargs', 'a dictionary', kwargs)
  if (table.payload === 'any' && options.ppt_scheme != null && args?.length === 1 && kwargs == null) {
    if (isBytes(args[0])) {
      attributes.payload = args[0]
      return
    }
  }
  if (args != null) attributes.args = args
  if (kwargs != null) attributes.kwargs = kwargs
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
