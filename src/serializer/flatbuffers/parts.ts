/**
 * What the slots of a message point to besides texts and payload: lists, hops, a pair of texts, roles. Values of the
 * application are read here, which may run its code.
 */
import { nameOf } from '../../arguments.ts'
import { EncodeError } from '../../errors.ts'
import { complaintOf, saidOf, unencodable } from '../../message/check.ts'
import { isDict, isEncodableInteger, KINDS } from '../../message/kinds.ts'
import type { Message } from '../../message/message.ts'
import { copyOfHop, sentOption } from '../../message/options.ts'
import { MAX_ELEMENTS } from '../../payload/encode-value.ts'
import { surrogateError } from '../../payload/surrogates.ts'
import { toJSONOf } from '../../payload/to-json.ts'
import type { FlatBuilder } from './builder.ts'
import type { FlatBuffersProfile, Step } from './plan.ts'
import { rolesPart } from './roles.ts'
import { enumNumber, mapEntry, unsigned } from './values.ts'

interface Hop {
  readonly session: number | bigint
  readonly authid: string | null
  readonly authrole: string | null
}

/** Writes the value of a step; returns its offset, 0 when there is nothing to write. */
export function createPart(
  builder: FlatBuilder,
  message: Message,
  step: Step,
  set: unknown,
  profile: FlatBuffersProfile,
): number {
  const isReference = profile === 'autobahn'
  const value = saidOf(set, '')
  if (step.type.startsWith('[')) checkList(step.path, value)
  switch (step.type) {
    case 'string':
      return isReference && value === '' ? 0 : textPart(builder, value as string, step.path)
    case '[uint64]': {
      const longs = longsIn(value as unknown[], step.path)
      return isReference && longs.length === 0 ? 0 : builder.longs(longs)
    }
    case '[string]': {
      const texts = value as string[]
      if (isReference && texts.length === 0 && !isKeptByMistake(message, step.field)) return 0
      const count = texts.length
      const targets = builder.elementsOf(count)
      for (let i = 0; i < count; i++) {
        const text = texts[i]
        if (typeof text !== 'string') throw badElement(step.path, i, 'a string', text)
        targets[i] = textPart(builder, text, step.path, i)
      }
      return builder.offsets(targets, count)
    }
    case '[Principal]': {
      const hops = value as Hop[]
      if (isReference && hops.length === 0) return 0
      // The reference peer has this in two versions.
      const keepsEmptyRole = !isReference || !['PUBLISH', 'EVENT'].includes(message.table.name)
      const count = hops.length
      const targets = builder.elementsOf(count)
      for (let i = 0; i < count; i++) targets[i] = hopPart(builder, hops[i]!, i, isReference, keepsEmptyRole)
      return builder.offsets(targets, count)
    }
    case '[AuthMethod]': {
      const names = value as unknown[]
      const numbers = builder.elementsOf(names.length)
      let count = 0
      for (let i = 0; i < names.length; i++) {
        const name = names[i]
        if (typeof name !== 'string') throw badElement(step.path, i, 'a string', name)
        const number = enumNumber('AuthMethod', name)
        if (number > 0) numbers[count++] = number
      }
      return builder.vector(numbers, 0, count)
    }
    case 'Map':
      if (!isDict(value)) throw badValue(step.path, KINDS.dict.expected, value)
      return mapPart(builder, value, step.path)
    default:
      return rolesPart(builder, value, step.type)
  }
}

/** Throws EncodeError for what is no list, and for one that is too long before there is room for its elements. */
function checkList(path: string, value: unknown): void {
  if (!Array.isArray(value)) throw badValue(path, 'a list', value)
  const { length } = value
  if (length <= MAX_ELEMENTS) return
  const text = `cannot encode ${path} to flatbuffers: an array of ${length} elements is too long`
  throw new EncodeError('SIZE_LIMIT', text, { format: 'flatbuffers', path })
}

/** The error for an element that came into a list after it was set. */
function badElement(path: string, i: number, expected: string, element: unknown): EncodeError {
  return unencodable(path, `expected ${expected} for ${path}[${i}], got ${nameOf(element)}`, 'flatbuffers')
}

function badValue(path: string, expected: string, value: unknown): EncodeError {
  return unencodable(path, `expected ${expected} for ${path}, got ${nameOf(value)}`, 'flatbuffers')
}

/** The ids that the slot can hold. Each element is asked for once. */
function longsIn(list: readonly unknown[], path: string): (number | bigint)[] {
  const longs: (number | bigint)[] = []
  for (let i = 0; i < list.length; i++) {
    const element = list[i]
    if (!isEncodableInteger(element)) throw badElement(path, i, 'an integer', element)
    const long = unsigned('uint64', element)
    if (long !== null) longs.push(long)
  }
  return longs
}

function textPart(
  builder: FlatBuilder,
  text: string,
  path: string,
  i: number = -1,
  key: string = '',
): number {
  const target = builder.text(text)
  if (target === 0) throw surrogateError(path + (i < 0 ? '' : `[${i}]`) + key, 'flatbuffers')
  return target
}

function hopPart(
  builder: FlatBuilder,
  hop: Hop,
  i: number,
  isReference: boolean,
  keepsEmptyRole: boolean,
): number {
  const sent = toJSONOf(hop) === null ? hop : copyOfHop(hop, i)
  if (sent !== hop && !KINDS.hops.check([sent])) {
    const text = `cannot encode forward_for[${i}] to flatbuffers: expected a hop of its toJSON, got ${nameOf(sent)}`
    throw new EncodeError('UNENCODABLE', text, { format: 'flatbuffers', path: 'forward_for' })
  }
  if (!isDict(sent)) throw badElement('forward_for', i, 'a dictionary of session, authid and authrole', sent)
  const { session, authid, authrole } = sent
  // It was checked when it was set, and may have been changed since.
  if (!isEncodableInteger(session) || !isTextOrNothing(authid) || !isTextOrNothing(authrole)) {
    throw unencodable('forward_for', hopText(i, session, authid, authrole), 'flatbuffers')
  }
  const hasId = authid != null && !(isReference && authid === '')
  const hasRole = authrole != null && (keepsEmptyRole || authrole !== '')
  const id = hasId ? textPart(builder, authid, 'forward_for', i, '.authid') : 0
  const role = hasRole ? textPart(builder, authrole, 'forward_for', i, '.authrole') : 0
  const long = unsigned('uint64', session)
  builder.openTable(3)
  if (long !== null && !(isReference && long === 0)) builder.addLong(0, long)
  if (hasId) builder.addOffset(1, id)
  if (hasRole) builder.addOffset(2, role)
  return builder.closeTable()
}

function isTextOrNothing(value: unknown): value is string | null | undefined {
  return value == null || typeof value === 'string'
}

/** What is wrong with a hop. */
function hopText(i: number, session: unknown, authid: unknown, authrole: unknown): string {
  const hop = { session, authid: authid ?? null, authrole: authrole ?? null }
  return complaintOf('hops', 'forward_for', [hop], false).text.replace('[0]', `[${i}]`)
}

function mapPart(builder: FlatBuilder, value: unknown, path: string): number {
  const entry = mapEntry(value)
  if (entry === null) return 0
  const [key, text] = entry
  const keyAt = textPart(builder, key, path)
  const textAt = text === null ? 0 : textPart(builder, text, `${path}.${key}`)
  builder.openTable(2)
  builder.addOffset(0, keyAt)
  if (text !== null) builder.addOffset(1, textAt)
  return builder.closeTable()
}

/**
 * The reference peer asks for exclude_authid where it means exclude_authrole: whether it writes the option if empty.
 */
export function isKeptByMistake(message: Message, field: number): boolean {
  const { options } = message.table
  if (options[field]?.attribute !== 'exclude_authrole') return false
  const excluded = sentOption(message, field - 1) as readonly string[] | null
  return options[field - 1]?.attribute === 'exclude_authid' && excluded !== null && excluded.length > 0
}
