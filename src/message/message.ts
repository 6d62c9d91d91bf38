/**
 * The base of all message classes: reading and writing of attributes, which the tables drive. A received message
 * keeps its frame and reads an option when somebody asks for it; a message that anybody has changed has read them all
 * and let go of the frame. Concrete classes assign every slot in their constructors (docs/message-design.md).
 */
import { ProtocolError } from '../errors.ts'
import { FIELD_OPTIONS, KIND_FALSE, KIND_TRUE, MODE_ENC, MODE_NONE, MODE_PPT } from '../kernel/abi.ts'
import { NO_PAYLOAD, type Payload } from '../payload/payload.ts'
import { checkAttribute } from './check.ts'
import { equalValues } from './equal.ts'
import { ENC_ALGO, ENC_SERIALIZER, FORWARD_FOR, type MessageTable, type Option, PPT_KEYID } from './table.ts'
import { PUBLISH } from './tables.ts'
import type { Hop } from './with-forward-for.ts'

/** What the kernel found in a frame, as a message's constructor takes it. One object, filled for each frame. */
export class Received {
  /** The ids in the order of the list. */
  first: number
  second: number
  requestType: number
  /** The URI or text position; null for HELLO without a realm. */
  text: string | null
  /** Number of the interned URI, -1 when it is not interned. */
  ref: number
  index: readonly number[]
  frame: Payload

  constructor() {
    this.first = 2 ** 53
    this.second = 2 ** 53
    this.requestType = 0
    this.text = ''
    this.ref = -1
    this.index = NO_INDEX
    this.frame = NO_PAYLOAD
  }
}

/** The index of messages that have no unread options. */
export const NO_INDEX: readonly number[] = Object.freeze([])

/** What tracing needs beside the message; never on the wire. */
interface Trace {
  correlation_id: string | null
  correlation_uri: string | null
  correlation_is_anchor: boolean | null
  correlation_is_last: boolean | null
  router_internal: unknown
}

/** Encoded bytes by wire profile; see src/serializer. */
export interface EncodedCache {
  readonly profile: object
  readonly bytes: Uint8Array
  readonly next: EncodedCache | null
}

/** A frame and its index, as `postMessage` takes them; `codec.fromTransferable` makes the message again. */
export interface Transferred {
  readonly version: number
  readonly bytes: Uint8Array
  readonly index: Int32Array
  readonly serializer: string
}

// What the base may not import, because it is built on the base: given by those modules.
let parser: ((list: readonly unknown[]) => Message) | null = null
let transfer: ((message: Message) => Transferred) | null = null

/** Called by parse.ts. */
export function registerParser(parse: (list: readonly unknown[]) => Message): void {
  parser = parse
}

/** Called by whoever loads transfer.ts: the codec, and the registry. */
export function registerTransfer(transferable: (message: Message) => Transferred): void {
  transfer = transferable
}

function given<T>(given: T | null): T {
  if (given === null) throw new TypeError('import Message, or make a codec, before this')
  return given
}

/** A WAMP message. */
export abstract class Message {
  /** The code in list form. */
  static readonly MESSAGE_TYPE: number
  /** 1 plain, 3 with forward_for, 4 with forward_for and a payload; category 2 is empty in WAMP. */
  static readonly CATEGORY: 1 | 3 | 4
  /** The wire facts. */
  static readonly TABLE: MessageTable

  /** The frame of unread options; null once they are read or the message was built. */
  declare _frame: Payload | null
  /** Unread options: `field | kind << 8`, start, end. */
  declare _index: readonly number[]
  /** Options by field number: undefined unread, null absent. */
  declare _options: unknown[] | null
  /** Unknown keys: undefined unread, null none. */
  declare _custom: Record<string, unknown> | null | undefined
  /** Only payload messages and ABORT ever have another one. */
  declare _payload: Payload
  declare _trace: Trace | null
  declare _encoded: EncodedCache | null

  /**
   * Parses a message from its list form; on a concrete class, of that class only. Throws ProtocolError,
   * InvalidUriError or PayloadRuleError.
   */
  static parse<M extends Message>(this: abstract new (...args: never[]) => M, list: readonly unknown[]): M {
    const message = given(parser)(list)
    if (message instanceof this) return message
    throw new ProtocolError('BAD_MESSAGE', `cannot parse ${this.name}: got ${message.table.name}`)
  }

  /** The message's wire facts. */
  get table(): MessageTable {
    return (this.constructor as typeof Message).TABLE
  }

  /** Keys of Options or Details that WAMP does not define; null when there are none. */
  get custom(): Record<string, unknown> | null {
    const custom = this._custom
    return custom === undefined ? readCustom(this) : custom
  }

  set custom(custom: Record<string, unknown> | null) {
    checkAttribute(this.table, 'custom', 'dictOrNull', custom)
    const keys = custom === null ? {} : custom instanceof Map ? Object.fromEntries(custom) : custom
    const known = this.table.options.find(
      ({ key, attribute }) => Object.hasOwn(keys, key) || Object.hasOwn(keys, attribute),
    )
    if (known !== undefined) throw new TypeError(`${this.table.name}: ${known.attribute} is no custom key`)
    change(this)
    this._custom = custom === null ? null : keys
  }

  /** The list form with JavaScript values. */
  marshal(): unknown[] {
    return marshal(this)
  }

  /** True for a message of the same class with an equal list form: what is never written makes no difference. */
  equals(other: unknown): boolean {
    if (this === other) return true
    if (!(other instanceof Message) || other.table !== this.table) return false
    return equalValues(this.marshal(), other.marshal())
  }

  /** The attributes that are set, by name, after `type`. */
  toJSON(): object {
    const json: Record<string, unknown> = { type: this.table.name }
    for (const [name, value] of attributesOf(this)) json[name] = value
    return json
  }

  /** One line for people: `PUBLISH(request=1, topic="com.example", args=[1])`. */
  toString(): string {
    const parts = [...attributesOf(this)].map(([name, value]) => `${name}=${shortText(value)}`)
    return `${this.table.name}(${parts.join(', ')})`
  }

  /** Drops cached encodings; the source stays. */
  uncache(): void {
    this._encoded = null
    if (this._payload?.transcoded != null) this._payload.transcoded = null
  }

  /** Copies the bytes that are needed out of a larger buffer, for all messages that share them. */
  detach(): this {
    this._frame?.detach()
    if (this._payload !== undefined && this._payload !== NO_PAYLOAD) this._payload.detach()
    return this
  }

  /** Bytes of the buffers that this message keeps alive: a small frame may be a part of a large chunk. */
  get retainedBytes(): number {
    const frame = this._frame
    const payload = this._payload
    const ofFrame = frame === null ? 0 : frame.retainedBytes
    const isShared = payload === undefined || payload === frame || payload.bytes === frame?.bytes
    return isShared ? ofFrame : ofFrame + payload.retainedBytes
  }

  /** Bytes and index for `postMessage`; the receiver scans nothing again. */
  toTransferable(): Transferred {
    return given(transfer)(this)
  }

  /**
   * The same message with a hop more in forward_for, for the next router: the payload is shared, this message does not
   * change. Throws TypeError for the messages that routers do not forward.
   */
  forward(_hop: Hop): this {
    throw new TypeError(`${this.table.name} has no forward_for`)
  }

  get correlation_id(): string | null {
    return this._trace?.correlation_id ?? null
  }
  set correlation_id(value: string | null) {
    traceOf(this).correlation_id = value
  }

  get correlation_uri(): string | null {
    return this._trace?.correlation_uri ?? null
  }
  set correlation_uri(value: string | null) {
    traceOf(this).correlation_uri = value
  }

  get correlation_is_anchor(): boolean | null {
    return this._trace?.correlation_is_anchor ?? null
  }
  set correlation_is_anchor(value: boolean | null) {
    traceOf(this).correlation_is_anchor = value
  }

  get correlation_is_last(): boolean | null {
    return this._trace?.correlation_is_last ?? null
  }
  set correlation_is_last(value: boolean | null) {
    traceOf(this).correlation_is_last = value
  }

  /** Whatever a router wants to keep with the message; never on the wire. */
  get router_internal(): unknown {
    return this._trace?.router_internal ?? null
  }
  set router_internal(value: unknown) {
    traceOf(this).router_internal = value
  }
}

// Node's console and util.inspect show a message as it shows itself; other engines know nothing of the symbol.
Object.defineProperty(Message.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  value(this: Message): string {
    return this.toString()
  },
  configurable: true,
})

function traceOf(message: Message): Trace {
  message._trace ??= {
    correlation_id: null,
    correlation_uri: null,
    correlation_is_anchor: null,
    correlation_is_last: null,
    router_internal: null,
  }
  return message._trace
}

/** The value of an option; null when it is absent. */
export function readOption(message: Message, field: number): unknown {
  const value = message._options?.[field]
  if (value !== undefined) return value
  const at = entryOf(message, field)
  if (at < 0) return null
  if (isIgnored(message, field)) return null
  // Booleans stand in the index, whatever the format: nothing to decode, nothing to remember.
  const kind = ((message._index[at] as number) >> 8) & 0xff
  if (kind === KIND_TRUE || kind === KIND_FALSE) return kind === KIND_TRUE
  const read = decodeEntry(message, at, field, 'plain')
  optionsOf(message)[field] = read
  return read
}

/** Where the index has the unread option; -1 when it is not there. */
export function entryOf(message: Message, field: number): number {
  const index = message._index
  // Applications' own classes may not have the slot.
  if (index === undefined) return -1
  for (let i = 0; i < index.length; i += 3) if (((index[i] as number) & 0xff) === field) return i
  return -1
}

function decodeEntry(message: Message, at: number, field: number, floats: 'plain' | 'exact'): unknown {
  const { _index: index } = message
  const type = ((index[at] as number) >> 16) & 0xff
  const [start, end] = [index[at + 1] as number, index[at + 2] as number]
  return message._frame?.decodeAttribute(start, end, type, typeOf(message, field), floats)
}

/** An option as another format needs it: integral floats are `Float64`. */
export function exactOption(message: Message, field: number): unknown {
  const at = entryOf(message, field)
  return at < 0 ? readOption(message, field) : decodeEntry(message, at, field, 'exact')
}

/** The type of the option's slot in FlatBuffers; applications' own classes have no table. */
function typeOf(message: Message, field: number): string | null {
  return message.table?.flatTypes[field] ?? null
}

/** Custom keys as another format needs them. */
export function exactCustom(message: Message): Record<string, unknown> | null {
  const at = message._custom === null ? -1 : entryOf(message, FIELD_OPTIONS)
  return at < 0 ? message.custom : decodeCustom(message, at, 'exact')
}

/** enc_* without an opaque payload mean nothing, and may be of any type. */
function isIgnored(message: Message, field: number): boolean {
  if (!isEncField(message.table, field)) return false
  const frame = message._frame as Payload
  frame.ensureChecked()
  return frame.mode !== MODE_ENC
}

/** Sets an option after its check; null takes it away. */
export function writeOption(message: Message, field: number, value: unknown): void {
  const table = message.table ?? mixinTable(message)
  const option = table.options[field]
  if (option !== undefined && value != null) checkAttribute(table, option.attribute, option.kind, value)
  change(message)
  optionsOf(message)[field] = value ?? null
}

/** Applications' own classes have no table: they have what the mixins add, and errors show their own name. */
function mixinTable(message: object): MessageTable {
  const options = PUBLISH.options.slice(FORWARD_FOR, PPT_KEYID + 1)
  return { ...PUBLISH, name: message.constructor.name, code: 0, positions: [], options }
}

/** The options that are read or set, by field number. */
export function optionsOf(message: Message): unknown[] {
  message._options ??= new Array<unknown>(message.table?.options.length ?? PPT_KEYID + 1).fill(undefined)
  return message._options
}

function readCustom(message: Message): Record<string, unknown> | null {
  const at = entryOf(message, FIELD_OPTIONS)
  message._custom = at < 0 ? null : decodeCustom(message, at, 'plain')
  return message._custom
}

/** In the index of a derived message: of the Options of its source, only the application's keys are its own. */
export const CARRIED: number = 1 << 24

function decodeCustom(
  message: Message,
  at: number,
  floats: 'plain' | 'exact',
): Record<string, unknown> | null {
  const all = decodeEntry(message, at, FIELD_OPTIONS, floats) as Record<string, unknown>
  const rule = message._frame?.context?.policy.unknownKeys ?? 'keep'
  const isCarried = ((message._index[at] as number) & CARRIED) !== 0
  return unknownKeys(message.table, all, isCarried && rule !== 'drop' ? 'custom' : rule)
}

/** The entries of an options dictionary that the table does not know, as the codec's `unknownKeys` wants them. */
export function unknownKeys(
  table: MessageTable,
  options: Record<string, unknown>,
  rule: 'keep' | 'custom' | 'drop' | 'refuse',
): Record<string, unknown> | null {
  if (rule === 'drop') return null
  const entries = Object.entries(options).filter(
    ([key]) =>
      !table.options.some((option) => option.key === key || option.attribute === key) &&
      (rule !== 'custom' || /^(?:x_|_)/.test(key)),
  )
  return entries.length === 0 ? null : Object.fromEntries(entries)
}

/** Before any change: reads what is still unread, so that the frame can go, and drops cached encodings. */
export function change(message: Message): void {
  message._encoded = null
  if (message._frame == null) return
  for (let field = 0; field < message.table.options.length; field++) {
    const value = readOption(message, field)
    if (value !== null) optionsOf(message)[field] = value
  }
  if (message._custom === undefined) readCustom(message)
  message._index = NO_INDEX
  message._frame = null
  // A frame without a payload has nothing more to give.
  if (message._payload?.mode === MODE_NONE) message._payload = NO_PAYLOAD
}

/** Kinds with values of anybody's making inside, floats among them. */
const HOLDS_VALUES = /^dict|Roles$|^hops$/

/**
 * The options that are written, in writing order, as key and value; custom keys at their place. `exact` reads what is
 * still in the frame in such a way that another format loses nothing.
 */
export function* writtenOptions(
  message: Message,
  exact: boolean = false,
): Generator<[key: string, value: unknown]> {
  const { options, writeOrder, customFirst } = message.table
  const custom = exact ? exactCustom(message) : message.custom
  if (customFirst && custom !== null) yield* Object.entries(custom)
  for (const field of writeOrder) {
    const value = exact ? writtenValue(message, field) : readOption(message, field)
    if (value !== null && isWritten(message, field, value)) yield [(options[field] as Option).key, value]
  }
  if (!customFirst && custom !== null) yield* Object.entries(custom)
}

/** Whether an option with a value is written. */
export function isWritten(message: Message, field: number, value: unknown): boolean {
  const { table } = message
  // An empty payload cannot be told from none, so what describes it goes too.
  if (isEncField(table, field) && !message._payload.hasOpaque()) return false
  const { write } = table.options[field] as Option
  if (write === 'set') return true
  return write === 'truthy' ? !isEmpty(value) : write.unless !== value
}

/** True for the options that describe an opaque payload in the enc_* dialect. */
export function isEncField(table: MessageTable, field: number): boolean {
  return table.category === 4 && field >= ENC_ALGO && field <= ENC_SERIALIZER
}

/** An option as another format needs it. */
export function writtenValue(message: Message, field: number): unknown {
  const kind = message.table.options[field]?.kind ?? ''
  return HOLDS_VALUES.test(kind) ? exactOption(message, field) : readOption(message, field)
}

/** False, 0, "", [] and {}: what a reference peer leaves out. */
function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return !value
  return Object.keys(value).length === 0
}

function marshal(message: Message): unknown[] {
  const { table } = message
  const list: unknown[] = [table.code]
  for (const { attribute, kind } of table.positions) {
    if (kind === 'options' || kind === 'options?') {
      const options = Object.fromEntries(writtenOptions(message))
      if (kind === 'options' || Object.keys(options).length > 0) list.push(options)
    } else {
      const value = (message as unknown as Record<string, unknown>)[attribute]
      list.push(kind === 'dict' ? (value ?? {}) : value)
    }
  }
  if (table.payload === 'none') return list
  const payload = message._payload
  const opaque = payload.readOpaque()
  if (opaque !== null) {
    if (isPpt(payload)) list.push([opaque])
    else if (opaque.length > 0) list.push(opaque)
    return list
  }
  const args = payload.readArgs()
  const kwargs = payload.readKwargs()
  if (kwargs !== null && !isEmptyMap(kwargs)) list.push(args ?? [], kwargs)
  else if (args !== null && args.length > 0) list.push(args)
  return list
}

/** True for `{}` and an empty Map. */
export function isEmptyMap(value: object): boolean {
  return value instanceof Map ? value.size === 0 : Object.keys(value).length === 0
}

/** True for an opaque payload in the `ppt_*` dialect, which stands in a list of its own. */
export function isPpt(payload: Payload): boolean {
  return payload.mode === MODE_PPT
}

/** Every attribute that is set: positions, options, custom keys, payload. */
export function* attributesOf(message: Message): Generator<[name: string, value: unknown]> {
  const { positions, options, writeOrder, payload } = message.table
  const values = message as unknown as Record<string, unknown>
  for (const { attribute, kind } of positions) {
    if (kind !== 'options' && kind !== 'options?') yield [attribute, values[attribute]]
  }
  const positional = new Set(positions.map(({ attribute }) => attribute))
  for (const field of writeOrder) {
    const attribute = options[field]?.attribute
    if (attribute === undefined || positional.has(attribute)) continue
    const value = values[attribute]
    if (value !== null) yield [attribute, value]
  }
  if (message.custom !== null) yield ['custom', message.custom]
  if (payload === 'none') return
  for (const name of payload === 'any' ? ['args', 'kwargs', 'payload'] : ['args', 'kwargs']) {
    if (values[name] !== null) yield [name, values[name]]
  }
}

/** A value in few words: for people, so what has no JSON form is shown in some way, never refused. */
function shortText(value: unknown): string {
  let text: string
  try {
    text = JSON.stringify(value, (_key, item: unknown) => {
      if (item instanceof Uint8Array) return `<${item.length} bytes>`
      if (item instanceof Map) return Object.fromEntries(item)
      return typeof item === 'bigint' ? `${item}n` : item
    })
  } catch {
    // A cycle, or a toJSON that throws.
    text = '<...>'
  }
  return text.length > 200 ? `${text.slice(0, 200)}...` : text
}
