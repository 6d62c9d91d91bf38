/** Message -> bytes of one list format: a new head around whatever the payload writer makes of the payload. */
import { EncodeError } from '../errors.ts'
import type { Policy } from '../limits.ts'
import { checkWhole, notAMessage } from '../message/build.ts'
import { brokenInList } from '../message/list-rules.ts'
import type { Message } from '../message/message.ts'
import { exactOption } from '../message/options.ts'
import type { Position } from '../message/table.ts'
import { surrogateError } from '../payload/complaint.ts'
import { isWellFormed } from '../payload/encode-value.ts'
import { JSON_FORMAT, type ValueFormat } from '../payload/format.ts'
import type { HeadWriter } from '../payload/head-writer.ts'
import type { Output } from '../payload/output.ts'
import { type AttributeLosses, listLosses } from './losses.ts'
import { hasNoOptions, OptionsWriter } from './options-writer.ts'
import { PayloadWriter } from './payload-writer.ts'
import type { Landmarks } from './wire.ts'

/** Writes messages in one format. */
export class MessageWriter {
  readonly format: ValueFormat
  readonly heads: HeadWriter
  readonly policy: Policy
  private readonly optionsWriter: OptionsWriter
  private readonly payloadWriter: PayloadWriter

  constructor(format: ValueFormat, heads: HeadWriter, policy: Policy) {
    this.format = format
    this.heads = heads
    this.policy = policy
    this.optionsWriter = new OptionsWriter(format, heads, policy)
    this.payloadWriter = new PayloadWriter(format, heads, policy)
  }

  losses(message: Message): Iterable<AttributeLosses> {
    return listLosses(message, this.format, this.policy)
  }

  /** Writes the message. Throws EncodeError, or PayloadRuleError when payload attributes contradict each other. */
  write(out: Output, message: Message, landmarks: Landmarks | null = null): void {
    const { heads } = this
    const { table } = message
    if (table === undefined) throw notAMessage(message)
    // A message that somebody has put together piece by piece is looked at as a whole only here.
    if (message._frame === null && message._options !== null) checkWhole(message)
    // Lists that were read are good; what was built or came from FlatBuffers may not be.
    if (message._options !== null || message._frame?.reader != null) this.checkList(message)
    const isBare = hasNoOptions(message)
    const fields = isBare ? 0 : this.optionsWriter.plan(message)
    const custom = isBare ? NONE : this.optionsWriter.custom(message)
    const { positions } = table
    const last = positions[positions.length - 1]
    const isOmitted = last?.kind === 'options?' && fields === 0 && custom.length === 0
    const fixed = isOmitted ? positions.length - 1 : positions.length
    const plan = table.payload === 'none' ? null : this.payloadWriter.plan(message._payload)
    heads.list(out, 1 + fixed + (plan === null ? 0 : plan.elements))
    heads.id(out, table.code)
    for (let i = 0; i < fixed; i++) {
      heads.separator(out)
      const position = positions[i] as Position
      if (landmarks !== null && i === 0) landmarks.idStart = out.mark()
      if (position.kind === 'id') heads.id(out, idIn(message, position.slot))
      else if (position.kind !== 'options' && position.kind !== 'options?')
        this.position(out, message, position)
      else if (fields !== 0 || custom.length > 0) this.optionsWriter.write(out, message, fields, custom)
      else {
        heads.dict(out, 0)
        heads.closeDict(out, 0)
      }
      if (landmarks !== null && i === 0) landmarks.idEnd = out.mark()
    }
    if (landmarks !== null) landmarks.headEnd = out.mark()
    if (plan !== null) this.payloadWriter.write(out, message._payload, plan)
    heads.closeList(out)
  }

  id(out: Output, value: number): void {
    this.heads.id(out, value)
  }

  /** Writes what is neither an id nor the options. */
  private position(out: Output, message: Message, { attribute, kind, slot }: Position): void {
    const { heads } = this
    if (kind === 'dict') {
      this.format.encode(out, exactOption(message, 0) ?? {}, this.policy, attribute)
      return
    }
    const value = (message as unknown as Record<string, unknown>)[slot]
    if (kind === 'requestType') heads.id(out, value as number)
    else if (value === null) heads.null(out)
    else this.text(out, value as string, attribute)
  }

  private text(out: Output, value: string, path: string): void {
    if (!isWellFormed(value)) throw surrogateError(path, this.format.name)
    if (this.format === JSON_FORMAT && value.charCodeAt(0) === 0) {
      const text = `cannot encode ${path} to json: text that begins with NUL has no JSON form`
      throw new EncodeError('UNENCODABLE', text, { format: 'json', path })
    }
    this.heads.text(out, value)
  }

  /** What FlatBuffers can say and a list cannot is not written: peers would refuse it. */
  private checkList(message: Message): void {
    const broken = brokenInList(message)
    if (broken === null) return
    const { name } = this.format
    const text = `cannot encode ${broken.attribute} to ${name}: ${broken.rule}`
    throw new EncodeError('UNENCODABLE', text, { format: name, path: broken.attribute })
  }
}

const NONE: readonly [string, unknown][] = []

/**
 * The slots of ids by their names: a property that is looked up by a variable costs 25 ns more (Node 20, x86-64, 2026).
 */
interface IdSlots {
  readonly _request: number
  readonly _subscription: number
  readonly _publication: number
  readonly _registration: number
  readonly _session: number
}

function idIn(message: Message, slot: string): number {
  const slots = message as unknown as IdSlots
  switch (slot) {
    case '_request':
      return slots._request
    case '_subscription':
      return slots._subscription
    case '_publication':
      return slots._publication
    case '_registration':
      return slots._registration
    default:
      return slots._session
  }
}
