/**
 * Message -> FlatBuffers frame. The payload is prepared first, because values of the application may run its code;
 * then the message is built from the end to its start along the plan of its table.
 */
import { EncodeError } from '../../errors.ts'
import { MODE_ARGS, MODE_NONE } from '../../kernel/abi.ts'
import { checkWhole } from '../../message/build.ts'
import { type Message, NO_INDEX, readOption } from '../../message/message.ts'
import { type EncodeRules, isWellFormed } from '../../payload/encode-value.ts'
import type { ValueFormat } from '../../payload/format.ts'
import type { Output } from '../../payload/output.ts'
import type { Payload } from '../../payload/payload.ts'
import { isEmptySpan } from '../payload-writer.ts'
import { acquireBuilder, type FlatBuilder, releaseBuilder } from './builder.ts'
import { type FlatBuffersProfile, planOf, type Step } from './plan.ts'
import { entryOf, enumNumber, mapEntry, nestedSlots, unsigned } from './values.ts'

/** Slots of the root table: the union's code and its message. */
const ROOT_SLOTS = 2

/** Where the bytes of args, kwargs and payload stand; start equals end for what there is none of. */
interface PayloadBytes {
  readonly bytes: Uint8Array
  readonly spans: readonly [start: number, end: number][]
}

/** Spans are those of args, kwargs and the opaque payload. */
const SPANS: Readonly<Record<string, number>> = { args: 0, kwargs: 1, payload: 2 }

const NOTHING: readonly [number, number] = [0, 0]

/** Writes messages in FlatBuffers, their args and kwargs in another format. */
export class FlatBuffersWriter {
  readonly format: ValueFormat
  readonly rules: EncodeRules
  readonly profile: FlatBuffersProfile

  constructor(format: ValueFormat, rules: EncodeRules, profile: FlatBuffersProfile = 'schema') {
    if (profile !== 'schema' && profile !== 'autobahn') {
      throw new RangeError('profile is schema or autobahn')
    }
    this.format = format
    this.rules = rules
    this.profile = profile
  }

  /** Writes the message. Throws EncodeError, or PayloadRuleError when payload attributes contradict each other. */
  write(out: Output, message: Message): void {
    if (message._frame === null && message._options !== null) checkWhole(message)
    const { table } = message
    const mark = out.mark()
    const payload = table.payload === 'any' ? this.payload(out, message._payload) : null
    const builder = acquireBuilder()
    try {
      const result = this.build(builder, message, payload)
      // The payload's values stood here; the builder has them now.
      out.resume(mark)
      out.raw(result)
    } finally {
      releaseBuilder(builder)
    }
  }

  private build(builder: FlatBuilder, message: Message, payload: PayloadBytes | null): Uint8Array {
    const { table } = message
    const plan = planOf(table, this.profile)
    const isBare = message._options === null && message._index === NO_INDEX
    const { targets } = builder
    targets.fill(0)
    for (const step of isBare ? plan.bareCreated : plan.created) {
      const target =
        step.type === '[uint8]' ? this.bytes(builder, payload, step) : this.create(builder, message, step)
      if (step.slot >= 0) targets[step.slot] = target
    }
    builder.openTable(table.flatbuffers.slots.length)
    for (const step of isBare ? plan.bareAdded : plan.added) {
      if (step.default !== null) this.add(builder, message, step)
      else if (targets[step.slot] !== 0) builder.addOffset(step.slot, targets[step.slot] as number)
    }
    const root = builder.closeTable()
    builder.openTable(ROOT_SLOTS)
    builder.addByte(0, table.flatbuffers.code)
    builder.addOffset(1, root)
    return builder.finish(builder.closeTable())
  }

  /** The encoded payload: the spans of the frame when the format is the same, or values encoded to `out`. */
  private payload(out: Output, payload: Payload): PayloadBytes | null {
    payload.ensureChecked()
    const { mode } = payload
    if (mode === MODE_NONE) return null
    if (mode !== MODE_ARGS) {
      const opaque = payload.readOpaque() ?? new Uint8Array(0)
      return {
        bytes: opaque,
        spans: [
          [0, 0],
          [0, 0],
          [0, opaque.length],
        ],
      }
    }
    const keepsEmpty = this.profile === 'schema'
    if (payload.bytes !== null && payload.format === this.format) {
      const { bytes, base } = payload
      const span = (start: number, end: number): [number, number] =>
        keepsEmpty || start === end || !isEmptySpan(payload, start, end) ? [base + start, base + end] : [0, 0]
      return {
        bytes,
        spans: [span(payload.argsStart, payload.argsEnd), span(payload.kwargsStart, payload.kwargsEnd)],
      }
    }
    const args = this.value(out, payload.exactArgs(), 'args', keepsEmpty)
    const kwargs = this.value(out, payload.exactKwargs(), 'kwargs', keepsEmpty)
    // Marks until now: the buffer may have moved.
    const spans = [args, kwargs].map(([start, end]): [number, number] => [out.index(start), out.index(end)])
    return { bytes: out.bytes, spans }
  }

  private value(out: Output, value: unknown, path: string, keepsEmpty: boolean): readonly [number, number] {
    if (value === null || (!keepsEmpty && isEmpty(value as object))) return NOTHING
    const start = out.mark()
    this.format.encode(out, value, this.rules, path)
    return [start, out.mark()]
  }

  private bytes(builder: FlatBuilder, payload: PayloadBytes | null, { path }: Step): number {
    const [start, end] = payload?.spans[SPANS[path] as number] ?? NOTHING
    return start === end ? 0 : builder.vector((payload as PayloadBytes).bytes, start, end)
  }

  /** Writes what a slot points to; returns its offset, 0 when there is nothing to write. */
  private create(builder: FlatBuilder, message: Message, step: Step): number {
    const value = valueIn(message, step)
    const isReference = this.profile === 'autobahn'
    if (value == null) return 0
    switch (step.type) {
      case 'string':
        return isReference && value === '' ? 0 : this.text(builder, value as string, step.path)
      case '[uint64]': {
        const longs = (value as unknown[]).flatMap((item) => unsigned('uint64', item) ?? [])
        return isReference && longs.length === 0 ? 0 : builder.longs(longs)
      }
      case '[string]': {
        const texts = value as string[]
        if (isReference && texts.length === 0 && !isKeptByMistake(message, step)) return 0
        return builder.offsets(texts.map((text, i) => this.text(builder, text, `${step.path}[${i}]`)))
      }
      case '[Principal]': {
        const hops = value as Hop[]
        if (isReference && hops.length === 0) return 0
        // The reference peer has this in two versions.
        const keepsEmptyRole = !isReference || !['PUBLISH', 'EVENT'].includes(message.table.name)
        return builder.offsets(hops.map((hop, i) => this.hop(builder, hop, i, keepsEmptyRole)))
      }
      case '[AuthMethod]': {
        const numbers = (value as unknown[]).map((name) => enumNumber('AuthMethod', name))
        return builder.vector(Uint8Array.from(numbers.filter((number) => number > 0)))
      }
      case 'Map':
        return this.map(builder, value, step.path)
      default:
        return roles(builder, value, step.type)
    }
  }

  /** Adds a value that stands in the table itself. */
  private add(builder: FlatBuilder, message: Message, step: Step): void {
    const { slot, type } = step
    const value = valueIn(message, step)
    if (value === null) return
    const isReference = this.profile === 'autobahn'
    if (type === 'bool') {
      if (!(isReference && value === step.default)) builder.addByte(slot, value === true ? 1 : 0)
    } else if (type === 'uint64' || type === 'uint32' || type === 'uint16') {
      const number = unsigned(type, value)
      if (number === null || (isReference && number === 0)) return
      if (type === 'uint64') builder.addLong(slot, number)
      else if (type === 'uint32') builder.addInt(slot, Number(number))
      else builder.addShort(slot, Number(number))
    } else if (type === 'MessageType') {
      builder.addShort(slot, value as number)
    } else {
      const number = enumNumber(type, value)
      // The reference peer takes killnowait for a mode that it does not know.
      const isUnknown = number < 0 || (isReference && value === 'killnowait')
      if (!isUnknown && !(isReference && number === step.default)) builder.addByte(slot, number)
    }
  }

  private hop(builder: FlatBuilder, hop: Hop, i: number, keepsEmptyRole: boolean): number {
    const isReference = this.profile === 'autobahn'
    const path = `forward_for[${i}]`
    const { session, authid, authrole } = hop
    const hasId = authid != null && !(isReference && authid === '')
    const hasRole = authrole != null && (keepsEmptyRole || authrole !== '')
    const id = hasId ? this.text(builder, authid, `${path}.authid`) : 0
    const role = hasRole ? this.text(builder, authrole, `${path}.authrole`) : 0
    const long = unsigned('uint64', session)
    builder.openTable(3)
    if (long !== null && !(isReference && long === 0)) builder.addLong(0, long)
    if (hasId) builder.addOffset(1, id)
    if (hasRole) builder.addOffset(2, role)
    return builder.closeTable()
  }

  private map(builder: FlatBuilder, value: unknown, path: string): number {
    const entry = mapEntry(value)
    if (entry === null) return 0
    const [key, text] = entry
    const keyAt = this.text(builder, key, path)
    const textAt = text === null ? 0 : this.text(builder, text, `${path}.${key}`)
    builder.openTable(2)
    builder.addOffset(0, keyAt)
    if (text !== null) builder.addOffset(1, textAt)
    return builder.closeTable()
  }

  private text(builder: FlatBuilder, text: string, path: string): number {
    if (!isWellFormed(text)) {
      const complaint = `cannot encode ${path} to flatbuffers: text with a lone surrogate is not valid UTF-8`
      throw new EncodeError('BAD_UTF8', complaint, { format: 'flatbuffers', path })
    }
    return builder.text(text)
  }
}

interface Hop {
  readonly session: number | bigint
  readonly authid: string | null
  readonly authrole: string | null
}

/** The reference peer asks for exclude_authid where it means exclude_authrole. */
function isKeptByMistake(message: Message, { path, field }: Step): boolean {
  if (path !== 'exclude_authrole') return false
  const { options } = message.table
  const excluded = readOption(message, field - 1) as readonly string[] | null
  return options[field - 1]?.attribute === 'exclude_authid' && excluded !== null && excluded.length > 0
}

/** The value that a step writes; null or undefined when it is absent. */
function valueIn(message: Message, { property, field }: Step): unknown {
  if (property !== null) return (message as unknown as Record<string, unknown>)[property]
  return readOption(message, field)
}

/** ClientRoles or RouterRoles: the features of each role, then the roles. */
function roles(builder: FlatBuilder, value: unknown, type: string): number {
  const slots = nestedSlots(type)
  const targets = slots.map(({ name, type: features }) => {
    const role = entryOf(value, name)
    if (role == null) return 0
    const flags = entryOf(role, 'features') ?? {}
    const names = nestedSlots(features)
    builder.openTable(names.length)
    for (const [slot, { attribute }] of names.entries()) {
      const flag = entryOf(flags, attribute as string)
      if (typeof flag === 'boolean') builder.addByte(slot, flag ? 1 : 0)
    }
    return builder.closeTable()
  })
  builder.openTable(slots.length)
  for (const [slot, target] of targets.entries()) if (target !== 0) builder.addOffset(slot, target)
  return builder.closeTable()
}

function isEmpty(value: object): boolean {
  if (Array.isArray(value)) return value.length === 0
  return value instanceof Map ? value.size === 0 : Object.keys(value).length === 0
}
