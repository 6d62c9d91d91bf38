/** Message -> bytes of one list format: a new head around whatever the payload writer makes of the payload. */
import { EncodeError } from '../errors.ts'
import type { Policy } from '../limits.ts'
import { checkWhole } from '../message/build.ts'
import { brokenInList } from '../message/list-rules.ts'
import { exactOption, type Message, NO_INDEX, writtenOptions } from '../message/message.ts'
import type { Position } from '../message/table.ts'
import { isWellFormed } from '../payload/encode-value.ts'
import { JSON_FORMAT, type ValueFormat } from '../payload/format.ts'
import type { Loss } from '../payload/losses.ts'
import type { Output } from '../payload/output.ts'
import type { HeadWriter } from './heads.ts'
import { listLosses } from './losses.ts'
import { PayloadWriter } from './payload-writer.ts'

/** Writes messages in one format. */
export class MessageWriter {
  readonly format: ValueFormat
  readonly heads: HeadWriter
  readonly policy: Policy
  private readonly payloadWriter: PayloadWriter

  constructor(format: ValueFormat, heads: HeadWriter, policy: Policy) {
    this.format = format
    this.heads = heads
    this.policy = policy
    this.payloadWriter = new PayloadWriter(format, heads, policy)
  }

  losses(message: Message): readonly Loss[] {
    return listLosses(message, this.format, this.policy)
  }

  /** Writes the message. Throws EncodeError, or PayloadRuleError when payload attributes contradict each other. */
  write(out: Output, message: Message): void {
    const { heads } = this
    const { table } = message
    // A message that somebody has put together piece by piece is looked at as a whole only here.
    if (message._frame === null && message._options !== null) checkWhole(message)
    // Lists that were read are good; what was built or came from FlatBuffers may not be.
    if (message._options !== null || message._frame?.reader != null) this.checkList(message)
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
    else if (kind === 'dict') this.format.encode(out, exactOption(message, 0) ?? {}, this.policy, attribute)
    else if (value === null) heads.null(out)
    else this.text(out, value as string, attribute)
  }

  private checkText(value: string, path: string): void {
    if (isWellFormed(value)) return
    const text = `cannot encode ${path} to ${this.format.name}: text with a lone surrogate is not valid UTF-8`
    throw new EncodeError('BAD_UTF8', text, { format: this.format.name, path })
  }

  private text(out: Output, value: string, path: string): void {
    this.checkText(value, path)
    if (this.format === JSON_FORMAT && value.charCodeAt(0) === 0) {
      const text = `cannot encode ${path} to json: text that begins with NUL would be read as bytes`
      throw new EncodeError('UNENCODABLE', text, { format: 'json', path })
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
    if (entries.length > MOST_OPTIONS) {
      const text = `cannot encode ${entries.length} options: peers take ${MOST_OPTIONS} at most`
      throw new EncodeError('SIZE_LIMIT', text, { format: this.format.name, path: 'custom' })
    }
    const written = entries.filter(([, value]) => value !== undefined)
    heads.dict(out, written.length)
    let isFirst = true
    for (const [key, value] of written) {
      this.checkText(key, key)
      heads.key(out, key, isFirst)
      this.format.encode(out, value, this.policy, key)
      isFirst = false
    }
    heads.closeDict(out)
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

/** Our own kernel refuses dictionaries with more unknown keys (assembly/keys.ts). */
const MOST_OPTIONS = 1024

const NONE: readonly [string, unknown][] = []
