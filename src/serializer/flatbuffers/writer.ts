/**
 * Message -> FlatBuffers frame. The payload is prepared first, because values of the application may run its code;
 * then the message is written from a template, or built from the end to its start along the plan of its table.
 */
import { isMap } from '../../brand.ts'
import { EncodeError } from '../../errors.ts'
import { MODE_ARGS, MODE_NONE } from '../../kernel/abi.ts'
import type { Policy } from '../../limits.ts'
import { checkWhole, notAMessage } from '../../message/build.ts'
import type { Message } from '../../message/message.ts'
import { isForeign, NO_INDEX } from '../../message/options.ts'
import { brokenRule, isRuled } from '../../message/rules.ts'
import { ENC_ALGO, ENC_SERIALIZER, type MessageTable } from '../../message/table.ts'
import type { ValueFormat } from '../../payload/format.ts'
import { acquireOutput, type Output, releaseOutput } from '../../payload/output.ts'
import { NO_PAYLOAD, type Payload } from '../../payload/payload.ts'
import type { TranscodedPayload } from '../../payload/payload-parts.ts'
import { writtenArgs, writtenKwargs } from '../../payload/to-json.ts'
import { bytesIn, checkInto } from '../../payload/transcode.ts'
import { payloadLosses, rootOf } from '../message-losses.ts'
import { isEmptySpan, isTranscodable } from '../payload-writer.ts'
import type { AttributeLosses, Landmarks } from '../spec.ts'
import { acquireBuilder, type FlatBuilder, releaseBuilder } from './builder.ts'
import { flatbuffersLosses } from './flatbuffers-losses.ts'
import { createPart } from './parts.ts'
import { leftOut, measure, measured, type PayloadBytes, spanDistances, writeSpans } from './payload-bytes.ts'
import {
  type FlatBuffersProfile,
  type Layout,
  PLANS,
  type Plan,
  type Step,
  setOptions,
  valueIn,
} from './plan.ts'
import {
  addPart,
  addPartsAgain,
  areAscii,
  bytesBehind,
  keyOf,
  rememberTemplate,
  setTargets,
  shapeOf,
  templateOf,
  writeRest,
  writeTemplate,
} from './template.ts'
import { placesIn } from './template-bytes.ts'
import { enumNumber, isUnknownToReference, unsigned } from './values.ts'

/** Slots of the root table: the union's code and its message. */
const ROOT_SLOTS = 2

/** Writes messages in FlatBuffers, their args and kwargs in another format. */
export class FlatBuffersWriter {
  readonly format: ValueFormat
  readonly policy: Policy
  readonly profile: FlatBuffersProfile
  private readonly planOf: (table: MessageTable) => Plan

  constructor(format: ValueFormat, policy: Policy, profile: FlatBuffersProfile = 'schema') {
    this.format = format
    this.policy = policy
    this.profile = profile
    this.planOf = PLANS[profile]
  }

  *losses(message: Message): Generator<AttributeLosses, void> {
    for (const loss of flatbuffersLosses(message, this)) yield [rootOf(loss.path), [loss]]
    if (message.table.payload === 'any') yield* payloadLosses(message._payload, this.format, this.policy)
  }

  /** Writes the message. Throws EncodeError, or PayloadRuleError when payload attributes contradict each other. */
  write(out: Output, message: Message, landmarks: Landmarks | null = null): void {
    const start = out.mark()
    this.writePrepared(out, message)
    if (landmarks === null) return
    // The first id is a slot of the table.
    const { table } = message
    const id = this.planOf(table).added.find(({ property }) => property === table.positions[0]?.slot)
    const written = out.bytes.subarray(out.index(start), out.at)
    const place = id === undefined ? 0 : placesIn(written).placeOf(id.slot)
    landmarks.idStart = start + place
    landmarks.idEnd = place === 0 ? start : start + place + 8
    landmarks.headEnd = out.mark()
  }

  id(out: Output, value: number): void {
    out.u32(value >>> 0, true)
    out.u32(Math.floor(value / 0x1_0000_0000), true)
  }

  private writePrepared(out: Output, message: Message): void {
    if (message.table === undefined) throw notAMessage(message)
    if (message._frame === null && message._options !== null && isToCheck(message)) checkSet(message)
    if (message.table.payload !== 'any' || message._payload === NO_PAYLOAD) {
      this.writeAround(out, message, null)
      return
    }
    const payload = message._payload
    const canTranscode = isTranscodable(payload, this.policy)
    const made = canTranscode ? checkInto(payload, this.format) : null
    payload.ensureChecked()
    if (payload.mode !== MODE_ARGS || this.isSame(payload)) {
      this.writeAround(out, message, this.given(payload))
      return
    }
    if (canTranscode) {
      this.writeAround(out, message, this.transcoded(made ?? bytesIn(payload, this.format)))
      return
    }
    // Values of the application may run its code: all of them are encoded before anything else is looked at.
    const values = acquireOutput()
    try {
      this.writeAround(out, message, this.encoded(values, payload))
    } finally {
      releaseOutput(values)
    }
  }

  private writeAround(out: Output, message: Message, payload: PayloadBytes | null): void {
    const whole = this.planOf(message.table)
    const plan = message._options === null && message._index === NO_INDEX ? (whole.bare as Plan) : whole
    const layout = plan.layout as Layout
    const behind = measure(payload)
    const turn = measured
    const options = setOptions(message)
    let shape = plan.layout === null ? -1 : shapeOf(message, behind, layout, this.profile, options)
    const behindParts = bytesBehind()
    let parts: FlatBuilder | null = null
    try {
      for (let i = 0; shape >= 0 && i < layout.others.length; i++) {
        const step = layout.others[i]!
        const value = valueIn(message, step, options)
        if (value == null) continue
        if (parts === null && !areAscii()) {
          shape = -1
          break
        }
        parts ??= acquireBuilder(behindParts)
        const distance = createPart(parts, message, step, value, this.profile)
        if (distance !== 0) shape |= addPart(distance, parts, i)
      }
      // Code of the application has written another message meanwhile.
      if (turn !== measured && parts !== null) {
        const again = shapeOf(message, measure(payload), layout, this.profile, options)
        if (!addPartsAgain(shape, again, layout, parts, behindParts)) shape = -1
      }
      const template = shape < 0 ? undefined : templateOf(layout, keyOf(shape, parts), parts)
      if (template !== undefined && writeTemplate(out, payload, template, parts)) return
      parts ??= acquireBuilder(bytesBehind())
      this.build(out, message, payload, plan, parts, areAscii() ? shape : -1)
    } finally {
      if (parts !== null) releaseBuilder(parts)
    }
  }

  /**
   * Builds a message: its head behind the parts that the builder has written already, from which a template is made,
   * or with shape -1 all but the vectors of the payload.
   */
  private build(
    out: Output,
    message: Message,
    payload: PayloadBytes | null,
    { code, slots, spans, created, added, layout }: Plan,
    builder: FlatBuilder,
    shape: number,
  ): void {
    const { targets } = builder
    const behind = shape < 0 ? measure(payload) : bytesBehind()
    targets.fill(0)
    for (const [i, { slot }] of spans.entries()) targets[slot] = spanDistances[i] as number
    if (shape < 0) {
      builder.begin(behind)
      const options = setOptions(message)
      for (const step of created) {
        const value = valueIn(message, step, options)
        const target = value == null ? 0 : createPart(builder, message, step, value, this.profile)
        if (step.slot >= 0) targets[step.slot] = target
      }
    } else setTargets(targets, layout as Layout, shape)
    // Before the head has aligned anything.
    const key = keyOf(shape, builder)
    builder.openTable(slots)
    for (const step of added) {
      if (step.size > 0) this.add(builder, message, step)
      else if (targets[step.slot] !== 0) builder.addOffset(step.slot, targets[step.slot] as number)
    }
    const root = builder.closeTable()
    builder.openTable(ROOT_SLOTS)
    builder.addByte(0, code)
    builder.addOffset(1, root)
    const written = builder.finish(builder.closeTable())
    const total = written.length + behind
    out.reserveWhole(total - leftOut(out, payload))
    const end = out.at + total
    out.raw(written)
    if (shape >= 0) {
      rememberTemplate(written, spans, layout as Layout, shape, key)
      writeRest(out, payload, end)
    } else if (payload !== null) writeSpans(out, payload)
  }

  private isSame(payload: Payload): boolean {
    return payload.bytes !== null && payload.format === this.format
  }

  /** A payload whose bytes are there: opaque ones, or those of the frame in the same format. */
  private given(payload: Payload): PayloadBytes | null {
    if (payload.mode === MODE_NONE) return null
    if (payload.mode === MODE_ARGS) return this.spans(payload)
    const opaque = payload.opaqueBytes() as Uint8Array
    return { bytes: opaque, spans: [0, 0, 0, 0, 0, opaque.length], isLasting: true }
  }

  private transcoded({ format, bytes, argsEnd }: TranscodedPayload): PayloadBytes {
    const keepsEmpty = this.profile === 'schema'
    const has = (start: number, end: number): boolean =>
      end > start && (keepsEmpty || !format.isEmpty(bytes, start, end))
    const kwargsEnd = has(argsEnd, bytes.length) ? bytes.length : argsEnd
    return { bytes, spans: [0, has(0, argsEnd) ? argsEnd : 0, argsEnd, kwargsEnd, 0, 0], isLasting: true }
  }

  /** args and kwargs, encoded to `out`. */
  private encoded(out: Output, payload: Payload): PayloadBytes {
    const { name } = this.format
    const args = this.value(out, writtenArgs(payload.exactArgs(), name), 'args')
    const kwargs = this.value(out, writtenKwargs(payload.exactKwargs(), name), 'kwargs')
    const start = out.index(0)
    out.check()
    const kwargsStart = start + args
    const spans = [start, kwargsStart, kwargsStart, kwargsStart + kwargs, 0, 0] as const
    return { bytes: out.bytes, spans, isLasting: false }
  }

  private spans(payload: Payload): PayloadBytes {
    const { base, argsStart, argsEnd, kwargsStart, kwargsEnd } = payload
    const keepsEmpty = this.profile === 'schema'
    const hasArgs = argsEnd > argsStart && (keepsEmpty || !isEmptySpan(payload, argsStart, argsEnd))
    const hasKwargs = kwargsEnd > kwargsStart && (keepsEmpty || !isEmptySpan(payload, kwargsStart, kwargsEnd))
    const args = base + argsStart
    const kwargs = base + kwargsStart
    return {
      bytes: payload.source(),
      spans: [args, hasArgs ? base + argsEnd : args, kwargs, hasKwargs ? base + kwargsEnd : kwargs, 0, 0],
      isLasting: true,
    }
  }

  /** Encodes args or kwargs; returns the number of bytes. */
  private value(out: Output, value: unknown, path: string): number {
    if (value === null || (this.profile === 'autobahn' && isEmpty(value as object))) return 0
    const start = out.mark()
    this.format.encode(out, value, this.policy, path)
    return out.mark() - start
  }

  /** Adds a value that stands in the table itself. */
  private add(builder: FlatBuilder, message: Message, step: Step): void {
    const { slot, type } = step
    const value = valueIn(message, step, setOptions(message))
    if (value == null) return
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
      const isUnknown = number < 0 || (isReference && isUnknownToReference(type, value))
      if (!isUnknown && !(isReference && number === step.default)) builder.addByte(slot, number)
    }
  }
}

/** False for most messages with a payload: nothing in their options is about it. */
function isToCheck({ table, _options: options }: Message): boolean {
  if (table.payload !== 'any' || options === null) return true
  for (let field = ENC_ALGO; field <= ENC_SERIALIZER; field++) if (options[field] != null) return true
  return false
}

/**
 * The rules that setters cannot keep. What came in FlatBuffers may lack roles, and what its peer could not say of a
 * payload; that is no fault of the application. Throws EncodeError or PayloadRuleError.
 */
function checkSet(message: Message): void {
  const { table, _payload: payload } = message
  const isFlat = isForeign(message)
  if (table.payload === 'any') checkWhole(message, isFlat || payload.reader !== null)
  else if (!isFlat || !isRuled(table)) checkWhole(message)
  else {
    const values = message as unknown as Readonly<Record<string, unknown>>
    const broken = brokenRule(table, (name) => (name === 'roles' ? NO_ROLES : values[name]))
    if (broken === null) return
    const details = { messageType: table.code, path: broken.attribute }
    throw new EncodeError('BAD_MESSAGE', `cannot encode ${table.name}: ${broken.rule}`, details)
  }
}

/** Stands for the roles of a peer that writes none. */
const NO_ROLES = {}

function isEmpty(value: object): boolean {
  if (Array.isArray(value)) return value.length === 0
  return isMap(value) ? value.size === 0 : Object.keys(value).length === 0
}
