/** Message -> bytes of one list format: a new head around whatever the payload writer makes of the payload. */
import { EncodeError } from '../errors.ts'
import { checkWhole } from '../message/build.ts'
import { exactOption, type Message, NO_INDEX, writtenOptions } from '../message/message.ts'
import type { Position } from '../message/table.ts'
import { type EncodeRules, isWellFormed } from '../payload/encode-value.ts'
import type { ValueFormat } from '../payload/format.ts'
import type { Output } from '../payload/output.ts'
import type { HeadWriter } from './heads.ts'
import { PayloadWriter } from './payload-writer.ts'

/** Writes messages in one format. */
export class MessageWriter {
  readonly format: ValueFormat
  readonly heads: HeadWriter
  readonly rules: EncodeRules
  private readonly payloadWriter: PayloadWriter

  constructor(format: ValueFormat, heads: HeadWriter, rules: EncodeRules) {
    this.format = format
    this.heads = heads
    this.rules = rules
    this.payloadWriter = new PayloadWriter(format, heads, rules)
  }

  /** Writes the message. Throws EncodeError, or PayloadRuleError when payload attributes contradict each other. */
  write(out: Output, message: Message): void {
    const { heads } = this
    const { table } = message
    // A message that somebody has put together piece by piece is looked at as a whole only here.
    if (message._frame === null && message._options !== null) checkWhole(message)
    const isBare = message._options === null && message._index === NO_INDEX && message._custom == null
    const options = isBare ? NONE : [...writtenOptions(message, true)]
    const positions = table.positions
    const last = positions[positions.length - 1]
    const omitted = last?.kind === 'options?' && options.length === 0 ? 1 : 0
    const fixed = positions.length - omitted
    const plan = table.payload === 'none' ? null : this.payloadWriter.plan(message._payload)
    heads.list(out, 1 + fixed + (plan?.elements ?? 0))
    heads.id(out, table.code)
    for (let i = 0; i < fixed; i++) {
      heads.separator(out)
      this.position(out, message, positions[i] as Position, options)
    }
    if (plan !== null) this.payloadWriter.write(out, message._payload, plan)
    heads.closeList(out)
  }

  private position(
    out: Output,
    message: Message,
    { attribute, kind, slot }: Position,
    options: readonly [string, unknown][],
  ): void {
    const { heads } = this
    if (kind === 'options' || kind === 'options?') {
      this.dict(out, options)
      return
    }
    const value = (message as unknown as Record<string, unknown>)[slot]
    if (kind === 'id' || kind === 'requestType') heads.id(out, value as number)
    else if (kind === 'dict') this.format.encode(out, exactOption(message, 0) ?? {}, this.rules, attribute)
    else if (value === null) heads.null(out)
    else this.text(out, value as string, attribute)
  }

  private text(out: Output, value: string, path: string): void {
    if (!isWellFormed(value)) {
      const text = `cannot encode ${path} to ${this.format.name}: text with a lone surrogate is not valid UTF-8`
      throw new EncodeError('BAD_UTF8', text, { format: this.format.name, path })
    }
    this.heads.text(out, value)
  }

  private dict(out: Output, entries: readonly [string, unknown][]): void {
    const { heads } = this
    if (entries.length === 0) {
      heads.dict(out, 0)
      heads.closeDict(out)
      return
    }
    const written = entries.filter(([, value]) => value !== undefined)
    heads.dict(out, written.length)
    let isFirst = true
    for (const [key, value] of written) {
      heads.key(out, key, isFirst)
      this.format.encode(out, value, this.rules, key)
      isFirst = false
    }
    heads.closeDict(out)
  }
}

const NONE: readonly [string, unknown][] = []
