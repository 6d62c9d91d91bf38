/**
 * The payload on its way out: the untouched span when the format is the same, values otherwise. "Exact" reading keeps
 * what plain JavaScript values would lose between two formats: integral floats, and the order and the kinds of keys.
 */
import { isMap } from '../brand.ts'
import { FORMAT_JSON, MODE_ARGS, MODE_NONE, MODE_PPT } from '../kernel/abi.ts'
import type { EncodeRules } from '../payload/encode-value.ts'
import type { ValueFormat } from '../payload/format.ts'
import type { Output } from '../payload/output.ts'
import type { Payload } from '../payload/payload.ts'
import type { TranscodedPayload } from '../payload/payload-parts.ts'
import { writtenArgs, writtenKwargs } from '../payload/to-json.ts'
import type { TokenWriter } from '../payload/token-writer.ts'
import { bytesIn, checkInto } from '../payload/transcode.ts'

/**
 * What a payload adds to a message's list: 0, 1 or 2 elements. They are copied from the frame, or from its bytes in
 * this format, or encoded from values.
 */
export interface PayloadPlan {
  readonly elements: number
  readonly transcoded: TranscodedPayload | null
  readonly args: unknown
  readonly kwargs: unknown
}

const NOTHING: PayloadPlan = { elements: 0, transcoded: null, args: null, kwargs: null }
const ONE_SPAN: PayloadPlan = { elements: 1, transcoded: null, args: null, kwargs: null }
const TWO_SPANS: PayloadPlan = { elements: 2, transcoded: null, args: null, kwargs: null }

/** Writes the elements that a payload adds to a message's list. Keeps no state: values may encode again. */
export class PayloadWriter {
  readonly format: ValueFormat
  readonly tokens: TokenWriter
  readonly rules: EncodeRules

  constructor(format: ValueFormat, tokens: TokenWriter, rules: EncodeRules) {
    this.format = format
    this.tokens = tokens
    this.rules = rules
  }

  /** Looks at a payload. Empty args without kwargs are nothing, as peers have it. */
  plan(payload: Payload): PayloadPlan {
    const canTranscode = isTranscodable(payload, this.rules)
    const made = canTranscode ? checkInto(payload, this.format) : null
    payload.ensureChecked()
    if (payload.mode === MODE_NONE) return NOTHING
    // The list around a ppt_* payload shows that there is one, also when it is empty.
    if (payload.mode === MODE_PPT) return ONE_SPAN
    if (payload.mode !== MODE_ARGS) return payload.hasOpaque() ? ONE_SPAN : NOTHING
    if (this.isSame(payload)) {
      const { argsStart, argsEnd, kwargsStart, kwargsEnd } = payload
      if (kwargsEnd > kwargsStart && !isEmptySpan(payload, kwargsStart, kwargsEnd)) return TWO_SPANS
      return argsEnd > argsStart && !isEmptySpan(payload, argsStart, argsEnd) ? ONE_SPAN : NOTHING
    }
    if (canTranscode) {
      const transcoded = made ?? bytesIn(payload, this.format)
      const { bytes, argsEnd } = transcoded
      const { format } = this
      if (bytes.length > argsEnd && !format.isEmpty(bytes, argsEnd, bytes.length)) {
        return { elements: 2, transcoded, args: null, kwargs: null }
      }
      const hasArgs = argsEnd > 0 && !format.isEmpty(bytes, 0, argsEnd)
      return hasArgs ? { elements: 1, transcoded, args: null, kwargs: null } : NOTHING
    }
    const args = payload.exactArgs()
    const kwargs = payload.exactKwargs()
    const elements = countElements(args, kwargs)
    return elements === 0 ? NOTHING : { elements, transcoded: null, args: args ?? [], kwargs }
  }

  /** args that the application gave, as they are written: its `toJSON` is asked once, before anything is written. */
  args({ args }: Payload): unknown {
    return args == null ? null : writtenArgs(args, this.format.name)
  }

  /** kwargs likewise. */
  kwargs({ kwargs }: Payload): unknown {
    return kwargs == null ? null : writtenKwargs(kwargs, this.format.name)
  }

  /** Writes the planned elements, each with its separator before it. */
  write(out: Output, payload: Payload, plan: PayloadPlan): void {
    if (plan.elements === 0) return
    const { tokens } = this
    tokens.separator(out)
    if (payload.mode !== MODE_ARGS) this.writeOpaque(out, payload)
    else if (this.isSame(payload)) this.writeSpans(out, payload, plan)
    else if (plan.transcoded !== null) this.writeTranscoded(out, plan.transcoded, plan.elements)
    else this.encode(out, plan.args, plan.kwargs, plan.elements)
  }

  /** Writes args, and kwargs if there are two elements, each with its separator before it. */
  writeValues(out: Output, args: unknown, kwargs: unknown, elements: number): void {
    this.tokens.separator(out)
    this.encode(out, args ?? [], kwargs, elements)
  }

  private encode(out: Output, args: unknown, kwargs: unknown, elements: number): void {
    const { format, tokens, rules } = this
    format.encode(out, args, rules, 'args')
    if (elements === 1) return
    tokens.separator(out)
    format.encode(out, kwargs, rules, 'kwargs')
  }

  private writeOpaque(out: Output, payload: Payload): void {
    const { tokens } = this
    if (payload.mode === MODE_PPT) tokens.list(out, 1)
    const isEncoded = payload.reader === null && this.isSame(payload)
    if (isEncoded) this.copy(out, payload, payload.argsStart, payload.argsEnd)
    else tokens.bytes(out, payload.opaqueBytes() as Uint8Array)
    if (payload.mode === MODE_PPT) tokens.closeList(out)
  }

  private writeSpans(out: Output, payload: Payload, plan: PayloadPlan): void {
    const { tokens } = this
    const { argsStart, argsEnd, kwargsStart, kwargsEnd } = payload
    if (payload.reader !== null && plan.elements === 2 && argsEnd > argsStart) {
      // They stand anywhere in the frame, not one after the other.
      this.copy(out, payload, argsStart, argsEnd)
      tokens.separator(out)
      this.copy(out, payload, kwargsStart, kwargsEnd)
    } else if (plan.elements === 1) this.copy(out, payload, argsStart, argsEnd)
    else if (argsEnd > argsStart) this.copy(out, payload, argsStart, kwargsEnd)
    else {
      // The peer sent null for args, which is read and never written.
      tokens.list(out, 0)
      tokens.closeList(out)
      tokens.separator(out)
      this.copy(out, payload, kwargsStart, kwargsEnd)
    }
  }

  private writeTranscoded(out: Output, { bytes, argsEnd }: TranscodedPayload, elements: number): void {
    const { tokens } = this
    if (elements === 2 && argsEnd > 0 && this.format.id !== FORMAT_JSON) {
      // Nothing stands between them.
      out.splice(bytes)
      return
    }
    if (argsEnd > 0) out.splice(bytes, 0, argsEnd)
    else {
      tokens.list(out, 0)
      tokens.closeList(out)
    }
    if (elements === 1) return
    tokens.separator(out)
    out.splice(bytes, argsEnd)
  }

  private copy(out: Output, payload: Payload, start: number, end: number): void {
    out.splice(payload.source(), payload.base + start, payload.base + end)
  }

  private isSame(payload: Payload): boolean {
    return payload.bytes !== null && payload.format === this.format
  }
}

/** True when a payload goes out as it came, in a frame that has its payloads in this format. */
export function isSpliced(payload: Payload, format: ValueFormat): boolean {
  if (payload.bytes === null || payload.mode === MODE_NONE) return false
  // Opaque bytes are the same everywhere, except in JSON.
  return (
    payload.format === format ||
    (payload.mode !== MODE_ARGS && payload.reader !== null && format.id !== FORMAT_JSON)
  )
}

/** True for a received payload under these rules: its bytes in another format are made once for all. */
export function isTranscodable(payload: Payload, rules: EncodeRules): boolean {
  return payload.bytes !== null && payload.context?.policy === rules
}

const owns = Object.prototype.hasOwnProperty

/** Elements of args and kwargs as they are written: empty args without kwargs are nothing, as peers have it. */
export function countElements(args: unknown, kwargs: unknown): number {
  if (kwargs != null && hasEntries(kwargs)) return 2
  return args != null && hasEntries(args) ? 1 : 0
}

/** True for a list with elements, and for a dictionary with entries. */
function hasEntries(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  // Object.keys would make a list of them.
  for (const key in value as object) if (owns.call(value, key)) return true
  return isMap(value) && value.size > 0
}

/** True for args or kwargs without elements. */
export function isEmptySpan(payload: Payload, start: number, end: number): boolean {
  const { base, format } = payload
  return format.isEmpty(payload.source(), base + start, base + end)
}
