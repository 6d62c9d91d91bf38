/**
 * Frame -> message: one call of the kernel, then a message whose attributes are spans of the frame. What the kernel
 * leaves to the façade (enumerations, roles, rules across attributes) is checked here, before the message is handed
 * out.
 */
import { nameOf } from '../arguments.ts'
import { isBytes } from '../brand.ts'
import { Counters } from '../counters.ts'
import { type ErrorCode, PayloadRuleError, ProtocolError } from '../errors.ts'
import * as abi from '../kernel/abi.ts'
import { acceptance, type Kernel } from '../kernel/kernel.ts'
import type { Policy } from '../limits.ts'
import { attributeRules, onePassRules } from '../payload/decode-rules.ts'
import type { DecodeRules } from '../payload/decode-value.ts'
import type { FastValues } from '../payload/direct.ts'
import type { ValueFormat } from '../payload/format.ts'
import { copyOf } from '../payload/output.ts'
import { type AttributeReader, NO_PAYLOAD, Payload, type PayloadContext } from '../payload/payload.ts'
import type { TranscodedPayload } from '../payload/payload-parts.ts'
import type { EncodedViews } from '../payload/view-source.ts'
import { complaintOf } from './check.ts'
import { type AnyMessage, construct } from './classes.ts'
import { setOption } from './derive.ts'
import { isGoodInList } from './kinds.ts'
import { type Message, Received } from './message.ts'
import { isEncField, NO_INDEX, unknownKeys } from './options.ts'
import { problem, refusalOf } from './refusal.ts'
import { brokenRule, isPatterned, uriPattern } from './rules.ts'
import type { Kind, MessageTable } from './table.ts'
import { TABLES } from './tables.ts'
import { isUri, isUriClass } from './uri.ts'
import { checkPayloadRules, hasAppPayload } from './with-app-payload.ts'

/** Decodes frames for one codec. */
export class Receiver implements PayloadContext {
  readonly kernel: Kernel
  readonly policy: Policy
  readonly attributes: DecodeRules
  readonly counters: Counters
  readonly fast: FastValues | null
  readonly views: EncodedViews | null
  private readonly received: Received
  private readonly scanFlags: number
  /** The class of URIs that are good wherever one may stand; patterns need a closer look. */
  private readonly exactUri: number
  /** Values must be decoded at once, because the policy refuses some that the kernel does not know. */
  private readonly eagerValues: boolean
  /** Values are decoded at once, because the policy refuses some or the application asks for it. */
  private readonly readsValues: boolean
  /** The rules under which args and kwargs are read while they are checked; null when they are checked first. */
  private readonly payloadRules: DecodeRules | null
  /** Each message has something to check when it is made. */
  private readonly checksAll: boolean

  constructor(
    kernel: Kernel,
    policy: Policy,
    fast: FastValues | null = null,
    views: EncodedViews | null = null,
  ) {
    this.kernel = kernel
    this.policy = policy
    this.attributes = attributeRules(policy)
    this.counters = new Counters()
    this.fast = fast
    this.views = views
    this.received = new Received()
    this.scanFlags = (policy.payloadValidation === 'deferred' ? abi.SCAN_DEFERRED : 0) | acceptance(policy)
    this.exactUri = policy.uri === 'strict' ? abi.URI_STRICT : abi.URI_LOOSE
    this.eagerValues = policy.duplicateKeys === 'refuse' || policy.integers === 'number'
    this.readsValues = this.eagerValues || policy.payloadValues === 'at-decode'
    this.checksAll = this.readsValues || policy.payloadRules === 'strict'
    this.payloadRules = !this.eagerValues && this.readsValues && fast !== null ? onePassRules(policy) : null
  }

  /**
   * The message in `length` bytes at `base` of `bytes`. The kernel's input window holds the bytes already, this frame
   * `at` bytes from its start. A frame that is no list has a `reader` for its attributes; `format` is that of args and
   * kwargs then. Throws ProtocolError or one of its children, and nothing else.
   */
  receive(
    format: ValueFormat,
    bytes: Uint8Array<ArrayBuffer>,
    base: number,
    length: number,
    at: number,
    reader: AttributeReader | null = null,
  ): AnyMessage {
    const { kernel, received, policy } = this
    const isOnePass = this.payloadRules !== null && reader === null && isForOnePass(format, length)
    const scanFlags = isOnePass ? this.scanFlags | abi.SCAN_DEFERRED : this.scanFlags
    const status =
      reader === null
        ? kernel.scan(at, length, format.id, scanFlags, policy)
        : kernel.scanFlatBuffers(at, length, format.id, scanFlags, policy)
    if (status !== abi.OK) throw this.refused(status, format, reader, base, at)
    const frame = new Payload(bytes, base, length, format, this, kernel)
    if (reader !== null) frame.reader = reader
    frame.loads = kernel.loads
    frame.loadedAt = at
    if (isOnePass && frame.mode === abi.MODE_UNCHECKED) this.readPayload(frame)
    frame.headLoads = frame.loads
    const { words, record, ids, firstId } = kernel
    const messageIndex = words[record + abi.RECORD_MESSAGE] as number
    received.first = ids[firstId] as number
    received.second = ids[firstId + 1] as number
    received.requestType = words[record + abi.RECORD_REQUEST_TYPE] as number
    received.ref = words[record + abi.RECORD_TEXT_REF] as number
    received.frame = frame
    const entries = words[record + abi.RECORD_FIELDS] as number
    received.index = entries === 0 ? NO_INDEX : kernel.readIndex(entries)
    const flags = words[record + abi.RECORD_FLAGS] as number
    const classes = words[record + abi.RECORD_URI_CLASS] as number
    received.text =
      frame.textEnd === frame.textStart ? null : readText(kernel, frame, received.ref, messageIndex)
    const message = construct(messageIndex, received)
    received.frame = NO_PAYLOAD
    if (this.isToCheck(frame, flags, classes)) this.checkHead(message, frame, flags, classes)
    return message
  }

  /** The same of a frame that fills its bytes and that the reader knows, where it lies; the kernel does not have it. */
  receiveInPlace(format: ValueFormat, bytes: Uint8Array<ArrayBuffer>, reader: AttributeReader): AnyMessage {
    const frame = reader.scan(this, bytes, format, this.scanFlags)
    if (frame === null) {
      this.kernel.load(bytes)
      return this.receive(format, bytes, 0, bytes.length, 0, reader)
    }
    const { messageIndex, flags, uriClass, first, second, requestType, ref, text, entries } = reader.found
    // A new one each time, which an engine leaves out: to store a young object into an old one takes longer (25 ns,
    // Node 24, x86-64, 2026).
    const received = new Received()
    received.first = first
    received.second = second
    received.requestType = requestType
    received.ref = ref
    received.text = text
    if (entries !== 0) received.index = reader.index()
    received.frame = frame
    if (text === null && frame.textEnd !== frame.textStart)
      received.text = readText(this.kernel, frame, ref, messageIndex)
    const message = construct(messageIndex, received)
    if (this.isToCheck(frame, flags, uriClass)) this.checkHead(message, frame, flags, uriClass)
    return message
  }

  /** False for most messages. What is called for some only is no burden to the engine's inlining. */
  private isToCheck(frame: Payload, flags: number, classes: number): boolean {
    if (this.checksAll || (flags & (abi.FLAG_SEMANTIC | abi.FLAG_CUSTOM)) !== 0) return true
    return (classes & this.exactUri) === 0 && frame.textEnd !== frame.textStart
  }

  /**
   * What the kernel leaves to JavaScript, of a message whose frame has these flags and whose URI is of these classes.
   */
  private checkHead(message: Message, frame: Payload, flags: number, classes: number): void {
    if ((classes & this.exactUri) === 0 && frame.textEnd !== frame.textStart) this.checkUri(message, classes)
    if ((flags & (abi.FLAG_SEMANTIC | abi.FLAG_CUSTOM)) !== 0) this.checkMeaning(message, frame, flags)
    else if (frame.reader !== null && frame.mode === abi.MODE_ENC) this.checkFlatEnc(message)
    if (!this.readsValues || frame.mode === abi.MODE_UNCHECKED) return
    const { decodedPayloads } = this.counters
    try {
      this.readValues(frame)
    } finally {
      // Counted with the message, which may be refused, or be part of a batch that is.
      this.counters.decodedPayloads = decodedPayloads
    }
  }

  /** Counts a message that is handed out. */
  countIn(message: Message, bytes: number): void {
    if (this.readsValues && message._payload.isDecoded) this.counters.decodedPayloads++
    this.counters.countIn(bytes)
  }

  /** Checks the payload that a deferred decode left alone. */
  check(payload: Payload): void {
    const { kernel, policy } = this
    const { length, format, base } = payload
    const flags = acceptance(policy)
    const isNew = payload.makeResident(kernel)
    const { loadedAt, reader } = payload
    let status = abi.FALLBACK
    if (reader !== null) status = kernel.scanFlatBuffers(loadedAt, length, format.id, 0, policy)
    else if (!isNew && !this.eagerValues)
      status = kernel.scan(loadedAt, length, format.id, flags | abi.SCAN_REST, policy)
    // What is wrong with a list, and of which message, says the scan of all of it.
    if (status !== abi.OK && reader === null) status = kernel.scan(loadedAt, length, format.id, flags, policy)
    if (status !== abi.OK) throw this.refused(status, format, reader, base, loadedAt)
    payload.found(kernel.words, kernel.record)
    if (this.eagerValues) this.readValues(payload)
  }

  /** The same in the pass that transcodes, for lists that need no fallback; see PayloadContext. */
  checkInto(payload: Payload, format: ValueFormat): TranscodedPayload | null {
    const { kernel, policy } = this
    if (this.eagerValues || payload.reader !== null || format.id === abi.FORMAT_FLEXBUFFERS) return null
    const rest = payload.makeResident(kernel) ? 0 : abi.SCAN_REST
    const flags = rest | acceptance(policy) | (policy.tags === 'tagged' ? abi.SCAN_TAGGED : 0)
    const { loadedAt, length } = payload
    const [from, to] = [payload.format.id, format.id]
    const status = kernel.scanTranscoding({ at: loadedAt, length, from, to, flags, limits: policy })
    if (status !== abi.OK) return null
    const { words, record } = kernel
    payload.found(words, record)
    if (payload.mode !== abi.MODE_ARGS) return null
    const { outStart } = kernel
    const middle = kernel.input + (words[record + abi.RECORD_OUT_ARGS_END] as number)
    // Empty kwargs may have come that count for nothing.
    const end = payload.kwargsEnd > payload.kwargsStart ? kernel.outEnd : middle
    return { format, bytes: copyOf(kernel.bytes, outStart, end), argsEnd: middle - outStart }
  }

  /**
   * Reads args and kwargs of the frame whose head the kernel has just checked, in one pass that checks them. The
   * kernel checks or refuses what that pass leaves, before what is wrong with the meaning of the head.
   */
  private readPayload(frame: Payload): void {
    const { kernel, policy, payloadRules } = this
    const { format, base, length } = frame
    const { positions, payload } = TABLES[
      kernel.words[kernel.record + abi.RECORD_MESSAGE] as number
    ] as MessageTable
    const bytes = frame.source()
    const before = 1 + positions.length
    const [start, end] = [base + frame.argsStart, base + length]
    const rules = payloadRules as DecodeRules
    // Half of the values that may come are for the head, each of which has a byte.
    const isCommon = payload === 'any' && frame.argsStart <= rules.maxNodes
    const values = isCommon ? format.readPayload?.(bytes, base, before, start, end, rules) : null
    // Bytes alone may be an opaque payload.
    if (values != null && !(values.args.length === 1 && isBytes(values.args[0]))) {
      frame.take(values)
      if (frame.loads === kernel.loads) return
    }
    // A setter on Object.prototype may have put another message in its place.
    frame.makeResident(kernel)
    const status = kernel.scan(frame.loadedAt, length, format.id, this.scanFlags, policy)
    if (status !== abi.OK) throw this.refused(status, format, null, base, frame.loadedAt)
    frame.found(kernel.words, kernel.record)
  }

  /** Decodes args and kwargs now, so that what the policy refuses is refused. */
  private readValues(payload: Payload): void {
    try {
      payload.readArgs()
      payload.readKwargs()
    } catch (error) {
      // Reading again must throw again.
      payload.mode = abi.MODE_UNCHECKED
      payload.args = payload.kwargs = undefined
      if (!(error instanceof ProtocolError)) throw error
      // The decoder of values does not know whose they are.
      const text = error.message.replace(/^.*?: | \(byte \d+\)$/g, '')
      throw this.broken(error.code, text, payload, 'payload', (error.offset ?? 0) - payload.base)
    }
  }

  private scanAgain(frame: Payload): void {
    const { kernel, policy, scanFlags } = this
    frame.makeResident(kernel)
    kernel.scanFlatBuffers(frame.loadedAt, frame.length, frame.format.id, scanFlags, policy)
  }

  private checkUri(message: Message, classes: number): void {
    const { table } = message
    const position = table.positions.find(({ kind }) => kind === 'uri' || kind === 'realm')
    if (position === undefined) return
    const rules = this.policy.uri
    const match = isPatterned(table) ? (message as unknown as { match: unknown }).match : 'exact'
    if (isUriClass(classes, rules, uriPattern(table, match))) return
    const { attribute } = position
    const frame = message._frame as Payload
    const received = (message as unknown as Readonly<Record<string, unknown>>)[attribute]
    throw this.broken(
      'BAD_URI',
      `expected a URI by the ${rules} rules for ${attribute}, got ${nameOf(received)}`,
      frame,
      attribute,
      frame.textStart,
    )
  }

  /** Enumerations, roles, URIs in options, and the rules that need more than one attribute. */
  private checkMeaning(message: Message, frame: Payload, flags: number): void {
    const { table, _index: index } = message
    const values = message as unknown as Readonly<Record<string, unknown>>
    for (let i = 0; i < index.length; i += 3) {
      const field = (index[i] as number) & 0xff
      const option = table.options[field]
      if (option === undefined) continue
      const value = values[option.attribute]
      // The kernel knows the enumerations of the schema, which are not those of the lists.
      if (frame.reader !== null && option.kind !== 'uri' && option.kind !== 'interruptMode') continue
      if (value === '' && isMode(option.kind) && this.policy.peers === 'lenient') {
        setOption(message, field, null)
        continue
      }
      const good =
        option.kind === 'uri'
          ? typeof value === 'string' && isUri(value, this.policy.uri)
          : (value === null && isEncField(table, field)) || isGoodInList(option.kind, value)
      if (good) continue
      const code = option.kind === 'uri' ? 'BAD_URI' : 'BAD_MESSAGE'
      const { text, path } = complaintOf(option.kind, option.attribute, value, true)
      throw this.broken(code, text, frame, path, index[i + 1] as number)
    }
    const broken = brokenRule(table, (name) => {
      // The reference peer never writes roles in FlatBuffers, nor do the official vectors have them.
      return name === 'roles' && frame.reader !== null ? NO_ROLES : values[name]
    })
    if (broken !== null) {
      const { attribute, rule } = broken
      throw this.broken('BAD_MESSAGE', rule, frame, attribute, this.startOf(message, frame, attribute))
    }
    if ((flags & abi.FLAG_CUSTOM) !== 0 && this.policy.unknownKeys === 'refuse')
      this.refuseCustom(message, frame)
    if (frame.mode !== abi.MODE_ENC) return
    if (frame.reader !== null) this.checkFlatEnc(message)
    else if (hasAppPayload(message)) this.checkEnc(message)
  }

  /** The reference peer loses a custom enc_algo in FlatBuffers, and keeps what needs it. */
  private checkFlatEnc(message: Message): void {
    if (this.policy.payloadRules === 'strict') this.checkEnc(message)
  }

  private checkEnc(message: Message): void {
    try {
      checkPayloadRules(message, this.policy.payloadRules)
    } catch (error) {
      if (!(error instanceof PayloadRuleError)) throw error
      const frame = message._frame as Payload
      const { table, _index: index } = message
      const at = index.findIndex((entry, i) => i % 3 === 0 && isEncField(table, entry & 0xff))
      const offset = at < 0 ? frame.argsStart : (index[at + 1] as number)
      throw this.broken('PAYLOAD_RULE', error.message, frame, error.path ?? 'payload', offset)
    }
  }

  private refuseCustom(message: Message, frame: Payload): void {
    const at = message._index.findIndex((entry, i) => i % 3 === 0 && (entry & 0xff) === abi.FIELD_OPTIONS)
    const start = message._index[at + 1] as number
    const all = frame.decodeAttribute(start, message._index[at + 2] as number) as Record<string, unknown>
    const [key] = Object.keys(unknownKeys(message.table, all, 'keep') ?? {})
    throw this.broken('FORBIDDEN_KEY', `unknown key ${JSON.stringify(key)}`, frame, key ?? '', start)
  }

  /** Bytes from the start of the message to an attribute, or to the dictionary that lacks it. */
  private startOf({ table, _index: index }: Message, frame: Payload, attribute: string): number {
    const field = table.options.findIndex((option) => option.attribute === attribute)
    const at = index.findIndex((entry, i) => i % 3 === 0 && (entry & 0xff) === field)
    if (at >= 0) return index[at + 1] as number
    if (frame.reader !== null) return 0
    // The kernel tells where everything is only when it dissects.
    const { kernel, policy, scanFlags } = this
    frame.makeResident(kernel)
    kernel.scan(frame.loadedAt, frame.length, frame.format.id, scanFlags | abi.SCAN_DISSECT, policy)
    const position = table.positions.findIndex(({ kind }) => kind.startsWith('options'))
    const fields = [abi.FIELD_OPTIONS, abi.FIELD_POSITION + 1 + position]
    const entries = kernel.readIndex(kernel.words[kernel.record + abi.RECORD_FIELDS] as number)
    const dictionary = entries.findIndex((entry, i) => i % 3 === 0 && fields.includes(entry & 0xff))
    return dictionary < 0 ? 0 : (entries[dictionary + 1] as number)
  }

  /** The error for what the kernel has just refused: `at` bytes from the start of its window, `base` in the frame. */
  private refused(
    status: number,
    format: ValueFormat,
    reader: AttributeReader | null,
    base: number,
    at: number,
  ): ProtocolError {
    const { kernel, policy } = this
    const list = reader === null ? { format, at } : null
    return refusalOf(kernel, status, reader?.name ?? format.name, policy, base, list)
  }

  private broken(code: ErrorCode, text: string, frame: Payload, path: string, offset: number): ProtocolError {
    // What it says of the message stands in the kernel's record, which has not seen a frame that was read in place.
    if (frame.reader !== null) this.scanAgain(frame)
    return problem(this.kernel, code, text, frame.frameFormat, frame.base + offset, path)
  }
}

/** Whether args and kwargs of so long a frame are best read while they are checked. */
function isForOnePass({ readPayload, scannedFirst = 0 }: ValueFormat, length: number): boolean {
  return readPayload !== undefined && length > scannedFirst
}

function isMode(kind: Kind): boolean {
  return kind === 'cancelMode' || kind === 'interruptMode'
}

const NO_ROLES = {}

/** The URI or text position, which is there: an interned URI is decoded only the first time. */
function readText(kernel: Kernel, frame: Payload, ref: number, messageIndex: number): string {
  if (ref >= 0) {
    const known = kernel.uriOf(ref)
    if (known !== undefined) return known
  }
  const type = frame.reader === null ? null : frame.reader.textType(codeOf(messageIndex))
  const text = frame.decodeAttribute(frame.textStart, frame.textEnd, 0, type) as string
  if (ref >= 0) kernel.rememberUri(ref, text)
  return text
}

/** The code of a message of the tables. */
export function codeOf(messageIndex: number): number {
  return (TABLES[messageIndex] as MessageTable).code
}
