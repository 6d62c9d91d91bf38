/**
 * What a message loses on its way into a frame: `codec.lossReport`. Each writer names what it knows of; then the
 * message is written and read again, so that no loss is silent.
 */
import { isMap } from '../brand.ts'
import { EncodeError, ProtocolError } from '../errors.ts'
import { FIELD_OPTIONS, MODE_ARGS } from '../kernel/abi.ts'
import type { Policy } from '../limits.ts'
import { attributesOf } from '../message/attributes.ts'
import { notAMessage } from '../message/build.ts'
import { saidOf } from '../message/check.ts'
import { equalValues } from '../message/equal.ts'
import { isDict } from '../message/kinds.ts'
import type { Message } from '../message/message.ts'
import { exactOption, receivedOption, writtenOptions } from '../message/options.ts'
import type { Kind } from '../message/table.ts'
import { stepInto } from '../payload/encode-value.ts'
import type { ValueFormat } from '../payload/format.ts'
import { OVERGROWN } from '../payload/growth.ts'
import { stepOf } from '../payload/map-keys.ts'
import { NO_PAYLOAD, type Payload } from '../payload/payload.ts'
import { writtenArgs, writtenKwargs } from '../payload/to-json.ts'
import { type Loss, lossesOf, reasonOf, valueLosses } from '../payload/value-losses.ts'
import { Tagged } from '../payload/values.ts'
import type { Serializer } from './serializer.ts'
import type { AttributeLosses, FrameWriter } from './spec.ts'

/** Writes a message and reads it again. */
interface RoundTrip {
  encode(message: Message): Uint8Array
  decode(frame: Uint8Array): Message
}

/** The losses of args and kwargs in a format; none when they are in it already, because their bytes are copied. */
export function* payloadLosses(
  payload: Payload,
  to: ValueFormat,
  policy: Policy,
): Generator<AttributeLosses, void> {
  payload.ensureChecked()
  if (payload.mode !== MODE_ARGS || (payload.bytes !== null && payload.format === to)) return
  for (const path of ['args', 'kwargs'] as const) {
    if (payload.bytes === null) {
      const value = path === 'args' ? payload.readArgs() : payload.readKwargs()
      if (value !== null) yield [path, builtLosses(path, value, to, policy)]
      continue
    }
    const [start, end] =
      path === 'args' ? [payload.argsStart, payload.argsEnd] : [payload.kwargsStart, payload.kwargsEnd]
    if (start !== end) yield [path, lossesOf(payload.span(start, end), payload.format, to, policy, path)]
  }
}

/** The losses of args or kwargs as the application has given them, which may be refused as a whole. */
function builtLosses(path: 'args' | 'kwargs', value: unknown, to: ValueFormat, policy: Policy): Loss[] {
  try {
    const written = path === 'args' ? writtenArgs(value, to.name) : writtenKwargs(value, to.name)
    return valueLosses(written, to, policy, path)
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error
    return [{ path, reason: reasonOf(error) }]
  }
}

/**
 * Attributes and values of a message that a serializer does not carry over as they are. Throws TypeError if the input
 * is not a message.
 */
export function messageLosses(message: Message, serializer: Serializer): Loss[] {
  if (message?.table === undefined) throw notAMessage(message)
  const { _receiver: receiver, _writer: writer, _format: format } = serializer
  const { counters, policy } = receiver
  const keepsCustom = policy.unknownKeys === 'keep'
  const { _encoded: encoded, _payload: payload } = message
  const { isDecoded, args, kwargs, transcoded } = payload
  return counters.uncounted(() => {
    try {
      return withUnnamed(namedLosses(message, writer, format, policy), message, serializer, keepsCustom)
    } finally {
      // What comes later is work of its own, and counted.
      if (payload !== NO_PAYLOAD) Object.assign(payload, { isDecoded, args, kwargs, transcoded })
      if (Object.isExtensible(message)) message._encoded = encoded
    }
  })
}

/** The losses that a writer names, after those of reading. */
function* namedLosses(
  message: Message,
  writer: FrameWriter,
  to: ValueFormat,
  policy: Policy,
): Generator<AttributeLosses, void> {
  const found = writer.losses?.(message)
  yield* receivedLosses(message, found === undefined ? to : null)
  yield* found ?? listLosses(message, to, policy)
}

/** The losses of a message that becomes a list: values of its positions and options, and of its payload. */
function* listLosses(message: Message, to: ValueFormat, policy: Policy): Generator<AttributeLosses, void> {
  const { positions, options, payload } = message.table
  for (const { attribute, kind } of positions) {
    if (kind === 'options' || kind === 'options?') continue
    const values = message as unknown as Readonly<Record<string, unknown>>
    const value = kind === 'dict' ? (exactOption(message, 0) ?? {}) : values[attribute]
    yield [attribute, valueLosses(value, to, policy, attribute)]
  }
  for (const [key, value] of writtenOptions(message, true)) {
    const known = options.find((option) => option.key === key)
    if (known === undefined) yield ['custom', valueLosses({ [key]: value }, to, policy, 'custom')]
    else yield [known.attribute, valueLosses(saidOf(value, ''), to, policy, known.attribute)]
  }
  if (payload !== 'none') yield* payloadLosses(message._payload, to, policy)
}

/** Kinds of options with values of the application in them. */
const OF_VALUES: readonly Kind[] = ['dict', 'dictOrNull', 'clientRoles', 'routerRoles']

/**
 * The tags of received options: they are dropped as options are read, unless their bytes are copied. `to` is null for a
 * frame that is no list, which has no custom keys.
 */
function* receivedLosses(message: Message, to: ValueFormat | null): Generator<AttributeLosses, void> {
  const { options, positions } = message.table
  const custom = to === null ? null : receivedOption(message, FIELD_OPTIONS)
  for (const [key, value] of Object.entries(custom ?? {})) {
    yield ['custom', tagLosses(value, stepInto('custom', key))]
  }
  const isPosition = positions.some(({ kind }) => kind === 'dict')
  for (const [field, { attribute, kind }] of options.entries()) {
    const isCopied = message._frame?.format === to && !(isPosition && field === 0)
    if (OF_VALUES.includes(kind) && !isCopied) {
      yield [attribute, tagLosses(receivedOption(message, field), attribute)]
    }
  }
}

/** The tags in a value. */
function tagLosses(value: unknown, path: string, losses: Loss[] = [], ofKey: string = ''): Loss[] {
  let bare = value
  for (; bare instanceof Tagged && bare.kind === 'tag'; bare = bare.value) {
    losses.push({ path, reason: `${ofKey}the tag ${bare.tag} is dropped` })
  }
  if (Array.isArray(bare)) {
    for (const [i, element] of bare.entries()) tagLosses(element, stepInto(path, i), losses, ofKey)
  } else if (isMap(bare)) {
    for (const [key, part] of bare) {
      const place = stepInto(path, stepOf(key))
      tagLosses(key, place, losses, 'its key: ')
      tagLosses(part, place, losses, ofKey)
    }
  }
  return losses
}

/**
 * The losses that a writer has found, and those that writing and reading shows beside them. `hasCustom` is false when
 * the reader drops custom keys anyway.
 */
function withUnnamed(
  found: Iterable<AttributeLosses>,
  message: Message,
  serializer: RoundTrip,
  hasCustom: boolean,
): Loss[] {
  const losses: Loss[] = []
  const named = new Set<string>()
  try {
    for (const [attribute, of] of found) {
      if (of.length > 0) named.add(attribute)
      for (const loss of of) losses.push(loss)
    }
  } catch (error) {
    // An option that would grow beyond measure is found where it is read.
    if (!(error instanceof EncodeError) || error.code !== 'SIZE_LIMIT' || error.path === null) throw error
    named.add(error.path)
    losses.push({ path: error.path, reason: OVERGROWN })
  }
  let back: Message
  try {
    back = serializer.decode(serializer.encode(message))
  } catch (error) {
    if (!(error instanceof EncodeError || error instanceof ProtocolError)) throw error
    const path = error.path ?? ''
    if (named.has(attributeIn(message, path)) || (path === '' && named.size > 0)) return losses
    const reason = error instanceof EncodeError ? reasonOf(error) : `peers refuse it: ${error.message}`
    losses.push({ path, reason })
    return losses
  }
  const before = new Map(attributesOf(message))
  const after = new Map(attributesOf(back))
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    if (named.has(path) || (path === 'custom' && (!hasCustom || named.has('custom')))) continue
    const [a, b] = [before.get(path) ?? null, after.get(path) ?? null]
    if (isSameAttribute(path, a, b) || isSameAttribute(path, sentOf(a, ''), b)) continue
    losses.push({ path, reason: whatBecame(path, a, b) })
  }
  return losses
}

function whatBecame(path: string, before: unknown, after: unknown): string {
  // They have to stand before kwargs, and are left out when nothing is in them.
  if (before === null && path === 'args') return 'it arrives as an empty list'
  return after === null ? 'it is not written' : 'it arrives as another value'
}

/** The values of args and kwargs were looked at one by one, by rules of their own. */
function isSameAttribute(path: string, a: unknown, b: unknown): boolean {
  if (path === 'args' || path === 'kwargs') return (a === null) === (b === null)
  return equalValues(a, b, true) || (path === 'roles' && equalValues(withFeatures(a), withFeatures(b), true))
}

/** A value that was written, as whatever a `toJSON` in it says. */
function sentOf(value: unknown, key: string): unknown {
  const sent = saidOf(value, key)
  if (Array.isArray(sent)) return sent.map((element, i) => sentOf(element, String(i)))
  if (!isDict(sent)) return sent
  const entries = isMap(sent) ? [...(sent as Map<string, unknown>)] : Object.entries(sent)
  return Object.fromEntries(entries.map(([name, part]) => [name, sentOf(part, name)]))
}

/** Roles say the same with `features: {}` and without. */
export function withFeatures(roles: unknown): unknown {
  if (typeof roles !== 'object' || roles === null) return roles
  return Object.fromEntries(
    Object.entries(roles).map(([name, role]) => [
      name,
      isDict(role) ? { ...role, features: role.features ?? {} } : role,
    ]),
  )
}

/** The attribute that the path of an error begins with; errors name custom keys by themselves. */
function attributeIn(message: Message, path: string): string {
  const isCustom = Object.keys(message.custom ?? {}).some(
    (key) => path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`),
  )
  return isCustom ? 'custom' : rootOf(path)
}

/** The attribute that a path begins with. */
export function rootOf(path: string): string {
  return path.replace(/[.[].*$/s, '')
}
