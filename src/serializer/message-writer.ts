/** Message -> bytes of one list format: a new head around whatever the payload writer makes of the payload. */
import { EncodeError } from '../errors.ts'
import { FORMAT_JSON } from '../kernel/abi.ts'
import type { Policy } from '../limits.ts'
import { checkWhole, notAMessage } from '../message/build.ts'
import { checkedCopy } from '../message/check.ts'
import { brokenInList } from '../message/list-rules.ts'
import type { Message } from '../message/message.ts'
import { exactOption, isForeign, setHops, setObject } from '../message/options.ts'
import { type MessageTable, type Option, type Position, perTable } from '../message/table.ts'
import type { Hop } from '../message/values.ts'
import { isWellFormed } from '../payload/encode-value.ts'
import type { ValueFormat } from '../payload/format.ts'
import type { Output } from '../payload/output.ts'
import { surrogateError } from '../payload/surrogates.ts'
import type { TokenWriter } from '../payload/token-writer.ts'
import { fieldsOf, hasNoOptions, isSimplyWritten, OptionsWriter, simpleFields } from './options-writer.ts'
import { countElements, PayloadWriter } from './payload-writer.ts'
import type { Landmarks } from './spec.ts'

/** How the elements of a list in front of the payload are written. Ids have a number for each slot. */
const REQUEST = 0
const SUBSCRIPTION = 1
const PUBLICATION = 2
const REGISTRATION = 3
const OPTIONS = 5
const OTHER = 6

const ID_SLOTS: readonly string[] = ['_request', '_subscription', '_publication', '_registration', '_session']

/** What the writer needs of a table, in the form that is quickest to use. */
interface WritePlan {
  readonly code: number
  readonly positions: readonly Position[]
  /** How each of them is written: one of the above. */
  readonly ways: readonly number[]
  /** Whether the last one is left out when it is empty. */
  readonly canOmit: boolean
  readonly hasPayload: boolean
  /** The options that are written as they are whenever they are set, a bit a field. */
  readonly simple: number
}

const planOf: (table: MessageTable) => WritePlan = perTable((table) => {
  const { code, positions, payload } = table
  return {
    code,
    positions,
    ways: positions.map(({ kind, slot }) => {
      if (kind === 'id' && ID_SLOTS.includes(slot)) return ID_SLOTS.indexOf(slot)
      return kind === 'options' || kind === 'options?' ? OPTIONS : OTHER
    }),
    canOmit: positions.at(-1)?.kind === 'options?',
    hasPayload: payload !== 'none',
    simple: simpleFields(table),
  }
})

/** Writes messages in one format. */
export class MessageWriter {
  readonly format: ValueFormat
  readonly tokens: TokenWriter
  readonly policy: Policy
  private readonly optionsWriter: OptionsWriter
  private readonly payloadWriter: PayloadWriter

  constructor(format: ValueFormat, tokens: TokenWriter, policy: Policy) {
    this.format = format
    this.tokens = tokens
    this.policy = policy
    this.optionsWriter = new OptionsWriter(format, tokens, policy)
    this.payloadWriter = new PayloadWriter(format, tokens, policy)
  }

  /** Writes the message. Throws EncodeError, or PayloadRuleError when payload attributes contradict each other. */
  write(out: Output, message: Message, landmarks: Landmarks | null = null): void {
    const { tokens, optionsWriter, payloadWriter } = this
    const { table } = message
    if (table === undefined) throw notAMessage(message)
    const { code, positions, ways, canOmit, hasPayload, simple } = planOf(table)
    const isBare = hasNoOptions(message)
    const set = isBare ? 0 : fieldsOf(message._options)
    const isSimple = isBare || isSimplyWritten(message, set, simple)
    // Lists that were read are good; what was built or came from FlatBuffers may not be.
    const isChecked = !isSimple || message._frame?.reader != null
    const hops = isChecked ? setHops(message) : null
    if (isChecked) this.check(message, hops)
    const fields = isSimple ? set : optionsWriter.plan(message, hops)
    const custom = isSimple ? NONE : optionsWriter.custom(message)
    const isEmpty = fields === 0 && custom.length === 0
    const fixed = canOmit && isEmpty ? positions.length - 1 : positions.length
    const payload = message._payload
    const isBuilt = hasPayload && payload.bytes === null && payload.opaque === null
    const plan = hasPayload && !isBuilt ? payloadWriter.plan(payload) : null
    const args = isBuilt ? payloadWriter.args(payload) : null
    const kwargs = isBuilt ? payloadWriter.kwargs(payload) : null
    const elements = plan === null ? countElements(args, kwargs) : plan.elements
    tokens.list(out, 1 + fixed + elements)
    tokens.id(out, code)
    for (let i = 0; i < fixed; i++) {
      tokens.separator(out)
      const way = ways[i] as number
      if (landmarks !== null && i === 0) landmarks.idStart = out.mark()
      if (way < OPTIONS) tokens.id(out, idIn(message, way))
      else if (way === OTHER) this.position(out, message, positions[i] as Position)
      else if (isEmpty) {
        tokens.dict(out, 0)
        tokens.closeDict(out, 0)
      } else if (isSimple)
        optionsWriter.writeSimple(out, table, message._options as readonly unknown[], fields)
      else optionsWriter.write(out, message, fields, custom, hops)
      if (landmarks !== null && i === 0) landmarks.idEnd = out.mark()
    }
    if (landmarks !== null) landmarks.headEnd = out.mark()
    if (plan !== null) payloadWriter.write(out, payload, plan)
    else if (elements > 0) payloadWriter.writeValues(out, args, kwargs, elements)
    tokens.closeList(out)
  }

  id(out: Output, value: number): void {
    this.tokens.id(out, value)
  }

  /** Writes what is neither the options nor one of the usual ids. */
  private position(out: Output, message: Message, { attribute, kind, slot }: Position): void {
    const { tokens, format } = this
    if (kind === 'dict') {
      const { table } = message
      const set = setObject(message, 0)
      const dict =
        set === null ? exactOption(message, 0) : checkedCopy(table.options[0] as Option, set, format.name)
      format.encode(out, dict ?? {}, this.policy, attribute)
      return
    }
    const value = (message as unknown as Record<string, unknown>)[slot]
    if (kind === 'id' || kind === 'requestType') tokens.id(out, value as number)
    else if (value === null) tokens.null(out)
    else this.text(out, value as string, attribute)
  }

  /** Writes a text of which nothing was asked before. */
  private text(out: Output, value: string, path: string): void {
    if (!isWellFormed(value)) throw surrogateError(path, this.format.name)
    if (this.format.id === FORMAT_JSON && value.charCodeAt(0) === 0) {
      const text = `cannot encode ${path} to json: text that begins with NUL has no JSON form`
      throw new EncodeError('UNENCODABLE', text, { format: 'json', path })
    }
    this.tokens.text(out, value)
  }

  /** What setters and derivation cannot see: a message is looked at as a whole only here. */
  private check(message: Message, hops: readonly Hop[] | null): void {
    const isFlat = isForeign(message)
    // First, so that what a FlatBuffers frame lacked is the same error before and after a setter was called.
    if (isFlat) this.checkList(message, hops)
    if (message._options === null) return
    if (message._frame === null) checkWhole(message)
    if (!isFlat) this.checkList(message, hops)
  }

  /** What FlatBuffers can say and a list cannot is not written: peers would refuse it. */
  private checkList(message: Message, hops: readonly Hop[] | null): void {
    const broken = brokenInList(message, hops)
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

function idIn(message: Message, slot: number): number {
  const slots = message as unknown as IdSlots
  switch (slot) {
    case REQUEST:
      return slots._request
    case SUBSCRIPTION:
      return slots._subscription
    case PUBLICATION:
      return slots._publication
    case REGISTRATION:
      return slots._registration
    default:
      return slots._session
  }
}
