/**
 * What a message loses on its way into FlatBuffers: attributes without a slot, values that a slot cannot hold, and in
 * profile 'autobahn' what the reference peer leaves out. The writer drops the same silently.
 */
import { MODE_ENC, MODE_PPT } from '../../kernel/abi.ts'
import { saidOf } from '../../message/check.ts'
import { flatTableOf, flatTypesOf, slotTypesOf } from '../../message/flatbuffers-lookup.ts'
import { isDict } from '../../message/kinds.ts'
import type { Message } from '../../message/message.ts'
import { copyOfHop, sentOption } from '../../message/options.ts'
import { ENC_ALGO, ENC_KEY, ENC_SERIALIZER, type MessageTable, type Position } from '../../message/table.ts'
import { MAX_ELEMENTS } from '../../payload/encode-value.ts'
import type { Loss } from '../../payload/value-losses.ts'
import { isKeptByMistake } from './parts.ts'
import type { FlatBuffersProfile } from './plan.ts'
import {
  entriesOf,
  entryOf,
  enumNumber,
  isUnknownToReference,
  mapEntry,
  nestedSlots,
  unsigned,
} from './values.ts'

const NO_SLOT = 'the FlatBuffers schema has no place for it'
const NOT_NAMED = 'the FlatBuffers schema has no number for it'
const OUT_OF_RANGE = 'it does not fit the number of the FlatBuffers schema'
const ONE_PAIR = 'the FlatBuffers schema holds one pair of texts'
const EMPTY = 'nothing is written for an empty value'
const OF_NOTHING = 'it describes an empty payload, which is not written'
const NOT_WRITTEN = "profile 'autobahn' does not write it"
const DEFAULT = "profile 'autobahn' leaves out what it takes for the default"

/** Every loss of a message. Payload values are the business of the payload serializer. */
export function flatbuffersLosses(
  message: Message,
  options: { readonly profile?: FlatBuffersProfile } = {},
): readonly Loss[] {
  const { table } = message
  const losses: Loss[] = []
  const isReference = options.profile === 'autobahn'
  const textType = slotTypesOf(table.code).text
  if (textType !== null && textType !== 'string') {
    const { attribute: path, slot } = table.positions.find(({ kind }) => kind === 'text') as Position
    const text = (message as unknown as Readonly<Record<string, unknown>>)[slot]
    if (text !== null && enumNumber(textType, text) < 0) losses.push({ path, reason: NOT_NAMED })
  }
  for (const [field, { attribute }] of table.options.entries()) {
    const value = saidOf(sentOption(message, field), '')
    // What is too long is refused when it is written.
    if (value === null || (Array.isArray(value) && value.length > MAX_ELEMENTS)) continue
    const before = losses.length
    for (const loss of optionLosses(table, field, value)) losses.push(loss)
    if (losses.length > before || !isReference || isKeptByMistake(message, field)) continue
    for (const loss of referenceLosses(table, attribute, value)) losses.push(loss)
  }
  for (const [key] of entriesOf(message.custom ?? {})) losses.push({ path: `custom.${key}`, reason: NO_SLOT })
  for (const loss of payloadLosses(message, isReference)) losses.push(loss)
  return losses
}

/** What no profile can hold of an option. */
function* optionLosses(table: MessageTable, field: number, value: unknown): Generator<Loss> {
  const path = table.options[field]?.attribute ?? ''
  const type = flatTypesOf(table.code)[field]
  switch (type) {
    case null:
    case undefined:
      yield { path, reason: NO_SLOT }
      return
    case 'bool':
    case 'string':
    case '[string]':
      return
    case 'uint16':
    case 'uint32':
    case 'uint64':
      if (unsigned(type, value) === null) yield { path, reason: OUT_OF_RANGE }
      return
    case '[uint64]':
      for (const [i, element] of (value as unknown[]).entries()) {
        if (unsigned('uint64', element) === null) yield { path: `${path}[${i}]`, reason: OUT_OF_RANGE }
      }
      return
    case '[AuthMethod]':
      for (const [i, element] of (value as unknown[]).entries()) {
        if (enumNumber('AuthMethod', element) < 1) yield { path: `${path}[${i}]`, reason: NOT_NAMED }
      }
      return
    case '[Principal]':
      for (const [i, hop] of (value as object[]).entries())
        yield* hopLosses(`${path}[${i}]`, copyOfHop(hop, i))
      return
    case 'Map':
      yield* mapLosses(path, value, table)
      return
    case 'ClientRoles':
    case 'RouterRoles':
      yield* roleLosses(path, value, type)
      return
    default:
      if (enumNumber(type, value) < 0) yield { path, reason: NOT_NAMED }
  }
}

function* hopLosses(path: string, hop: unknown): Generator<Loss> {
  // What is no hop is refused when it is written.
  if (!isDict(hop)) return
  for (const [key, value] of entriesOf(hop)) {
    if (key === 'session') {
      if (unsigned('uint64', value) === null) yield { path: `${path}.session`, reason: OUT_OF_RANGE }
    } else if (key !== 'authid' && key !== 'authrole') {
      yield { path: `${path}.${key}`, reason: NO_SLOT }
    }
  }
}

function* mapLosses(path: string, value: unknown, table: MessageTable): Generator<Loss> {
  const entries = entriesOf(value)
  // `extra` is a dictionary always: an empty one is what absence is read as.
  const isPosition = table.positions.some(({ attribute }) => attribute === path)
  if (entries.length === 0 && !isPosition) yield { path, reason: EMPTY }
  const kept = mapEntry(value)
  for (const [key] of entries) if (key !== kept?.[0]) yield { path: `${path}.${key}`, reason: ONE_PAIR }
}

function* roleLosses(path: string, value: unknown, type: string): Generator<Loss> {
  const roles = nestedSlots(type).map(({ name }) => name)
  for (const [name] of entriesOf(value)) {
    if (!roles.includes(name)) yield { path: `${path}.${name}`, reason: NO_SLOT }
  }
  for (const { name, type: features } of nestedSlots(type)) {
    const role = saidOf(entryOf(value, name), name)
    if (role == null) continue
    const known = nestedSlots(features).map(({ attribute }) => attribute)
    for (const [key, part] of entriesOf(role)) {
      if (key !== 'features') {
        yield { path: `${path}.${name}.${key}`, reason: NO_SLOT }
        continue
      }
      for (const [feature, flag] of entriesOf(saidOf(part, 'features') ?? {})) {
        if (flag == null || (typeof flag === 'boolean' && known.includes(feature))) continue
        yield { path: `${path}.${name}.features.${feature}`, reason: NO_SLOT }
      }
    }
  }
}

/** What profile 'autobahn' leaves out although there is a slot. */
function* referenceLosses(table: MessageTable, path: string, value: unknown): Generator<Loss> {
  const { slots, added } = flatTableOf(table)
  const slot = slots.find(({ attribute }) => attribute === path)
  if (slot === undefined) return
  if (!added.includes(slot.name)) {
    // `extra` is read as an empty dictionary when it is absent.
    const isNothing = path === 'extra' && entriesOf(value).length === 0
    if (!isNothing) yield { path, reason: NOT_WRITTEN }
  } else if (isDefault(table, path, value, slot.default, slot.type)) yield { path, reason: DEFAULT }
  else if (slot.type === '[Principal]') {
    const keepsEmptyRole = !['PUBLISH', 'EVENT'].includes(table.name)
    for (const [i, hop] of (value as unknown[]).entries()) {
      if (!isDict(hop)) continue
      if (hop.authid === '') yield { path: `${path}[${i}].authid`, reason: DEFAULT }
      if (hop.authrole === '' && !keepsEmptyRole) yield { path: `${path}[${i}].authrole`, reason: DEFAULT }
    }
  }
}

/** True when the value is left out, and its absence means something else to our readers. */
function isDefault(
  table: MessageTable,
  path: string,
  value: unknown,
  usual: number | boolean | null,
  type: string,
): boolean {
  // Absence is read as this value.
  if (table.options.find(({ attribute }) => attribute === path)?.absent === value) return false
  if (isUnknownToReference(type, value) || value === '' || (Array.isArray(value) && value.length === 0))
    return true
  if (typeof value === 'string') return enumNumber(type, value) === usual
  return value === usual || (typeof value === 'bigint' && value === 0n)
}

function* payloadLosses(message: Message, isReference: boolean): Generator<Loss> {
  const { table, _payload: payload } = message
  if (table.payload === 'none') return
  const opaque = payload.opaqueBytes()
  if (payload.mode === MODE_ENC || payload.mode === MODE_PPT) {
    if (opaque?.length !== 0) return
    yield { path: 'payload', reason: EMPTY }
    for (const field of [ENC_ALGO, ENC_KEY, ENC_SERIALIZER]) {
      const path = table.options[field]?.attribute ?? ''
      // What the slot cannot hold was reported already.
      const value = sentOption(message, field)
      const isHeld = optionLosses(table, field, value).next().done === true
      if (value !== null && isHeld) yield { path, reason: OF_NOTHING }
    }
    return
  }
  for (const [path, value] of [
    ['args', payload.readArgs()],
    ['kwargs', payload.readKwargs()],
  ] as const) {
    if (value === null) continue
    if (table.payload === 'args') yield { path, reason: NO_SLOT }
    else if (isReference && entriesOf(value).length === 0) yield { path, reason: EMPTY }
  }
}
