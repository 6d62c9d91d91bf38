/**
 * What the slots of a message point to besides texts and payload: lists, hops, a pair of texts, roles. Values of the
 * application are read here, which may run its code.
 */
import type { Message } from '../../message/message.ts'
import { sentOption } from '../../message/options.ts'
import { surrogateError } from '../../payload/complaint.ts'
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
  value: unknown,
  profile: FlatBuffersProfile,
): number {
  const isReference = profile === 'autobahn'
  switch (step.type) {
    case 'string':
      return isReference && value === '' ? 0 : textPart(builder, value as string, step.path)
    case '[uint64]': {
      const longs = (value as unknown[]).every(isLong) ? value : (value as unknown[]).filter(isLong)
      return isReference && (longs as []).length === 0 ? 0 : builder.longs(longs as number[])
    }
    case '[string]': {
      const texts = value as string[]
      if (isReference && texts.length === 0 && !isKeptByMistake(message, step)) return 0
      return builder.offsets(texts.map((text, i) => textPart(builder, text, step.path, i)))
    }
    case '[Principal]': {
      const hops = value as Hop[]
      if (isReference && hops.length === 0) return 0
      // The reference peer has this in two versions.
      const keepsEmptyRole = !isReference || !['PUBLISH', 'EVENT'].includes(message.table.name)
      return builder.offsets(hops.map((hop, i) => hopPart(builder, hop, i, isReference, keepsEmptyRole)))
    }
    case '[AuthMethod]': {
      const numbers = (value as unknown[]).map((name) => enumNumber('AuthMethod', name))
      return builder.vector(Uint8Array.from(numbers.filter((number) => number > 0)))
    }
    case 'Map':
      return mapPart(builder, value, step.path)
    default:
      return rolesPart(builder, value, step.type)
  }
}

function isLong(value: unknown): boolean {
  return unsigned('uint64', value) !== null
}

function textPart(builder: FlatBuilder, text: string, path: string, index: number = -1): number {
  const target = builder.text(text)
  if (target === 0) throw surrogateError(index < 0 ? path : `${path}[${index}]`, 'flatbuffers')
  return target
}

function hopPart(
  builder: FlatBuilder,
  hop: Hop,
  i: number,
  isReference: boolean,
  keepsEmptyRole: boolean,
): number {
  const { session, authid, authrole } = hop
  const hasId = authid != null && !(isReference && authid === '')
  const hasRole = authrole != null && (keepsEmptyRole || authrole !== '')
  const id = hasId ? builder.text(authid) : 0
  const role = hasRole ? builder.text(authrole) : 0
  if ((hasId && id === 0) || (hasRole && role === 0)) {
    throw surrogateError(`forward_for[${i}].${id === 0 && hasId ? 'authid' : 'authrole'}`, 'flatbuffers')
  }
  const long = unsigned('uint64', session)
  builder.openTable(3)
  if (long !== null && !(isReference && long === 0)) builder.addLong(0, long)
  if (hasId) builder.addOffset(1, id)
  if (hasRole) builder.addOffset(2, role)
  return builder.closeTable()
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

/** The reference peer asks for exclude_authid where it means exclude_authrole. */
function isKeptByMistake(message: Message, { path, field }: Step): boolean {
  if (path !== 'exclude_authrole') return false
  const { options } = message.table
  const excluded = sentOption(message, field - 1) as readonly string[] | null
  return options[field - 1]?.attribute === 'exclude_authid' && excluded !== null && excluded.length > 0
}
