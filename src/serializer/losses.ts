/**
 * What a message loses on its way into a frame: `codec.lossReport`. Each writer names what it knows of; then the
 * message is written and read again, so that no loss is silent.
 */
import { EncodeError, ProtocolError } from '../errors.ts'
import { MODE_ARGS } from '../kernel/abi.ts'
import type { Policy } from '../limits.ts'
import { attributesOf } from '../message/attributes.ts'
import { equalValues } from '../message/equal.ts'
import { isDict } from '../message/kinds.ts'
import type { Message } from '../message/message.ts'
import { exactOption, writtenOptions } from '../message/options.ts'
import type { ValueFormat } from '../payload/format.ts'
import { type Loss, lossesOf, reasonOf, valueLosses } from '../payload/losses.ts'
import type { Payload } from '../payload/payload.ts'

/** Writes a message and reads it again. */
interface RoundTrip {
  encode(message: Message): Uint8Array
  decode(frame: Uint8Array): Message
}

/** The losses of args and kwargs in a format; none when they are in it already, because their bytes are copied. */
export function payloadLosses(payload: Payload, to: ValueFormat, policy: Policy): Loss[] {
  payload.ensureChecked()
  if (payload.mode !== MODE_ARGS || (payload.bytes !== null && payload.format === to)) return []
  return (['args', 'kwargs'] as const).flatMap((path) => {
    if (payload.bytes === null) {
      const value = path === 'args' ? payload.readArgs() : payload.readKwargs()
      return value === null ? [] : valueLosses(value, to, policy, path)
    }
    const [start, end] =
      path === 'args' ? [payload.argsStart, payload.argsEnd] : [payload.kwargsStart, payload.kwargsEnd]
    return start === end ? [] : lossesOf(payload.span(start, end), payload.format, to, policy, path)
  })
}

/** The losses of a message that becomes a list: values of its positions and options, and of its payload. */
export function listLosses(message: Message, to: ValueFormat, policy: Policy): Loss[] {
  const { positions, options, payload } = message.table
  const losses: Loss[] = []
  for (const { attribute, kind } of positions) {
    if (kind === 'options' || kind === 'options?') continue
    const values = message as unknown as Readonly<Record<string, unknown>>
    const value = kind === 'dict' ? (exactOption(message, 0) ?? {}) : values[attribute]
    losses.push(...valueLosses(value, to, policy, attribute))
  }
  for (const [key, value] of writtenOptions(message, true)) {
    const known = options.find((option) => option.key === key)
    const found =
      known === undefined
        ? valueLosses({ [key]: value }, to, policy, 'custom')
        : valueLosses(value, to, policy, known.attribute)
    losses.push(...found)
  }
  return payload === 'none' ? losses : [...losses, ...payloadLosses(message._payload, to, policy)]
}

/**
 * The losses that a writer has found, and those that writing and reading shows beside them. `hasCustom` is false when
 * the reader drops custom keys anyway.
 */
export function withUnnamed(
  losses: readonly Loss[],
  message: Message,
  wire: RoundTrip,
  hasCustom: boolean,
): Loss[] {
  const named = new Set(losses.map(({ path }) => rootOf(path)))
  let back: Message
  try {
    back = wire.decode(wire.encode(message))
  } catch (error) {
    if (!(error instanceof EncodeError || error instanceof ProtocolError)) throw error
    const path = error.path ?? ''
    if (named.has(rootOf(path)) || (path === '' && named.size > 0)) return [...losses]
    const reason = error instanceof EncodeError ? reasonOf(error) : `peers refuse it: ${error.message}`
    return [...losses, { path, reason }]
  }
  const before = new Map(attributesOf(message))
  const after = new Map(attributesOf(back))
  const unnamed: Loss[] = []
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    if (named.has(path) || (path === 'custom' && (!hasCustom || named.has('custom')))) continue
    const [a, b] = [before.get(path) ?? null, after.get(path) ?? null]
    if (isSameAttribute(path, a, b)) continue
    unnamed.push({ path, reason: whatBecame(a, b) })
  }
  return [...losses, ...unnamed]
}

function whatBecame(before: unknown, after: unknown): string {
  // args have to stand before kwargs, and are left out when nothing is in them.
  if (before === null) return 'it arrives as an empty list'
  return after === null ? 'it is not written' : 'it arrives as another value'
}

/** The values of args and kwargs were looked at one by one, by rules of their own. */
function isSameAttribute(path: string, a: unknown, b: unknown): boolean {
  if (path === 'args' || path === 'kwargs') return (a === null) === (b === null)
  return equalValues(a, b, true) || (path === 'roles' && equalValues(withFeatures(a), withFeatures(b), true))
}

/** Roles say the same with `features: {}` and without. */
function withFeatures(roles: unknown): unknown {
  if (typeof roles !== 'object' || roles === null) return roles
  return Object.fromEntries(
    Object.entries(roles).map(([name, role]) => [
      name,
      isDict(role) ? { ...role, features: role.features ?? {} } : role,
    ]),
  )
}

/** The attribute that a path begins with. */
function rootOf(path: string): string {
  return path.replace(/[.[].*$/s, '')
}
