/** Message -> bytes of one list format: a new head around whatever the payload writer makes of the payload. */
import { EncodeError } from '../errors.ts'
import { checkWhole } from '../message/build.ts'
import { exactOption, type Message } from '../message/message.ts'
import type { Position } from '../message/table.ts'
import { type EncodeRules, isWellFormed } from '../payload/encode-value.ts'
import { JSON_FORMAT, type ValueFormat } from '../payload/format.ts'
import type { Output } from '../payload/output.ts'
import type { HeadWriter } from './heads.ts'
import { hasNoOptions, OptionsWriter } from './options-writer.ts'
import { PayloadWriter } from './payload-writer.ts'
import type { Landmarks } from './wire.ts'

/** Writes messages in one format. */
export class MessageWriter {
  readonly format: ValueFormat
  readonly heads: HeadWriter
  readonly rules: EncodeRules
  private readonly optionsWriter: OptionsWriter
  private readonly payloadWriter: PayloadWriter

  constructor(format: ValueFormat, heads: HeadWriter, rules: EncodeRules) {
    this.format = format
    this.heads = heads
    this.rules = rules
    this.optionsWriter = new OptionsWriter(format, heads, rules)
    this.payloadWriter = new PayloadWriter(format, heads, rules)
  }

  /** Writes the message. Throws EncodeError, or PayloadRuleError when payload attributes contradict each other. */
  write(out: Output, message: Message, landmarks: Landmarks | null = null): void {
    const { heads } = this
    const { table } = message
    // A message that somebody has put together piece by piece is looked at as a whole only here.
    if (message._frame === null && message._options !== null) checkWhole(message)
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
        heads.closeDict(out)
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
      this.format.encode(out, exactOption(message, 0) ?? {}, this.rules, attribute)
      return
    }
    const value = (message as unknown as Record<string, unknown>)[slot]
    if (kind === 'requestType') heads.id(out, value as number)
    else if (value === null) heads.null(out)
    else this.text(out, value as string, attribute)
  }

  private text(out: Output, value: string, path: string): void {
    if (!isWellFormed(value)) {
      const text = `cannot encode ${path} to ${this.format.name}: text with a lone surrogate is not valid UTF-8`
      throw new EncodeError('BAD_UTF8', text, { format: this.format.name, path })
    }
    if (this.format === JSON_FORMAT && value.charCodeAt(0) === 0) {
      const text = `cannot encode ${path} to json: text that begins with NUL would be read as bytes`
      throw new EncodeError('UNENCODABLE', text, { format: 'json', path })
    }
    this.heads.text(out, value)
  }
}

const NONE: readonly [string, unknown][] = []

function idIn(message: Message, slot: string): number {
  return (message as unknown as Record<string, number>)[slot] as number
}
