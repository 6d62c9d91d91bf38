/**
 * The base of all message classes. A received message keeps its frame and reads an option when it is asked for
 * (options.ts); a changed message has read them all and let go of the frame. Concrete classes assign
 * every slot in their constructors (docs/message-design.md).
 */
import { isBytes, isMap } from '../brand.ts'
import { isWampCodecError, ProtocolError } from '../errors.ts'
import { jsonSafe, jsonSafeEntries } from '../payload/json/safe.ts'
import { NO_PAYLOAD, type Payload } from '../payload/payload.ts'
import { attributesOf, marshal } from './attributes.ts'
import { checkAttribute, saidOf } from './check.ts'
import type { AnyMessage } from './classes.ts'
import { equalValues } from './equal.ts'
import { isDict, plainDict } from './kinds.ts'
import { change, NO_INDEX, readCustom } from './options.ts'
import type { EncodedCache, Slots, Trace } from './slots.ts'
import type { MessageTable } from './table.ts'
import type { Hop } from './values.ts'

/**
 * What the kernel found in a frame, as a message's constructor takes it.
 *
 * @internal
 */
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

/** A frame and its index, as `postMessage` takes them; `codec.fromTransferable` makes the message again. */
export interface Transferred {
  /** The version of this form; only the same version of the package takes it. */
  readonly version: number
  /** The frame: a copy of its own, which may be transferred. */
  readonly bytes: Uint8Array
  /** What the kernel has found in the frame, as 32-bit integers. */
  readonly index: Int32Array
  /** The serializer of the frame. */
  readonly serializer: 'json' | 'msgpack' | 'cbor' | 'ubjson' | 'flatbuffers'
}

const NO_BYTES = new Uint8Array(0)

// What the base may not import, because it is built on the base: given by those modules.
let parser: ((list: readonly unknown[]) => Message) | null = null
let transfer: ((message: Message) => Transferred) | null = null

/** Called by parse.ts. @internal */
export function registerParser(parse: (list: readonly unknown[]) => Message): void {
  parser = parse
}

/** Called by the owners of the tool transfer: codecs, and the registry. @internal */
export function registerTransfer(transferable: (message: Message) => Transferred): void {
  transfer = transferable
}

function given<T>(given: T | null, more = ''): T {
  if (given === null) throw new TypeError(`import Message, or make a codec, before this${more}`)
  return given
}

/** What `toTransferable` needs where tools come by import. */
const TOOL = "; a codec of wamp-codec/custom has the tool transfer, from 'wamp-codec/tools/transfer'"

/** What `parse` of a class gives: of `Message` itself any message. */
export type Parsed<M extends Message> = Message extends M ? AnyMessage : M

/** A WAMP message. */
export abstract class Message {
  /** The code in list form. */
  static readonly MESSAGE_TYPE: number
  /** 1 plain, 3 with forward_for, 4 with forward_for and a payload; category 2 is empty in WAMP. */
  static readonly CATEGORY: 1 | 3 | 4
  /** The wire facts. @internal */
  static readonly TABLE: MessageTable

  /**
   * The code in list form, as in `MessageType`: a literal in each class, so that a `switch` over it tells the messages
   * of `AnyMessage` apart. It is on the prototype, and no property of the message itself.
   */
  declare readonly type: number

  /** The frame of unread options; null once they are read or the message was built. @internal */
  declare _frame: Payload | null
  /** Unread options: `field | kind << 8 | type << 16`, start, end. @internal */
  declare _index: readonly number[]
  /** Options by field number: undefined unread, null absent. @internal */
  declare _options: unknown[] | null
  /** Unknown keys: undefined unread, null none. @internal */
  declare _custom: Record<string, unknown> | null | undefined
  /** Only payload messages and ABORT ever have another one. @internal */
  declare _payload: Payload
  /** @internal */ declare _trace: Trace | null
  /** @internal */ declare _encoded: EncodedCache | null

  /**
   * Parses a message from its list form; on a concrete class, of that class only. Throws ProtocolError,
   * InvalidUriError or PayloadRuleError.
   */
  static parse<M extends Message>(
    this: abstract new (
      ...args: never[]
    ) => M,
    list: readonly unknown[],
  ): Parsed<M> {
    const message = given(parser)(list)
    if (message instanceof this) return message as Parsed<M>
    throw new ProtocolError('BAD_MESSAGE', `cannot parse ${this.name}: got ${message.table.name}`)
  }

  /** The message's wire facts. @internal */
  get table(): MessageTable {
    return (this.constructor as typeof Message).TABLE
  }

  /** Keys of Options or Details that WAMP does not define; null when there are none. */
  get custom(): Record<string, unknown> | null {
    const custom = this._custom
    return custom === undefined ? readCustom(this) : custom
  }

  set custom(custom: Record<string, unknown> | null) {
    const said = saidOf(custom ?? null, '') as Record<string, unknown> | null
    checkAttribute(this.table, 'custom', 'dictOrNull', said)
    const keys = said === null ? {} : plainDict(said)
    const known = this.table.options.find(
      ({ key, attribute }) => Object.hasOwn(keys, key) || Object.hasOwn(keys, attribute),
    )
    if (known !== undefined) throw new TypeError(`${this.table.name}: ${known.attribute} is not a custom key`)
    change(this)
    const entries = Object.entries(keys).filter(([, value]) => value !== undefined)
    this._custom = entries.length === 0 ? null : Object.fromEntries(entries)
  }

  /** The list form with JavaScript values. */
  marshal(): unknown[] {
    return marshal(this)
  }

  /**
   * True for a message of the same class with an equal list form: attributes that are never written make no difference.
   * An entry that is undefined in a dictionary of the application's does, until the message is written and read.
   */
  equals(other: unknown): boolean {
    if (this === other) return true
    if (!(other instanceof Message) || other.table !== this.table) return false
    return equalValues(this.marshal(), other.marshal())
  }

  /**
   * The attributes that are set, by name, after `type`, in nothing but what `JSON.stringify` writes: bytes are a NUL
   * and base64 in a string, integers beyond 2^53 their digits in a string. Throws ProtocolError for a deferred payload
   * that is broken, EncodeError for values of the application that contain themselves.
   */
  toJSON(): object {
    const json: Record<string, unknown> = { type: this.table.name }
    for (const [name, value] of attributesOf(this)) {
      json[name] = name === 'custom' ? jsonSafeEntries(this.custom ?? {}, name) : jsonSafe(value, name)
    }
    return json
  }

  /**
   * One line for people: `PUBLISH(request=1, topic="com.example", args=[1])`. Never throws: what cannot be read, as a
   * deferred payload that is broken, is the error's text between `<` and `>`.
   */
  toString(): string {
    return lineOf(this)
  }

  /** Drops cached encodings; the source stays. */
  uncache(): void {
    // A frozen message keeps its slot.
    if (Object.isExtensible(this)) this._encoded = null
    else for (let entry = this._encoded; entry !== null; entry = entry.next) entry.bytes = NO_BYTES
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
    return given(transfer, TOOL)(this)
  }

  /**
   * The same message with a hop more in forward_for, for the next router: the payload is shared, this message does not
   * change. Throws TypeError for the messages that routers do not forward.
   */
  forward(hop: Hop): this
  forward(): this {
    throw new TypeError(`${this.table.name} has no forward_for`)
  }

  /** An id of the application's, to find the message again in a trace; never on the wire. */
  get correlation_id(): string | null {
    return this._trace?.correlation_id ?? null
  }
  set correlation_id(value: string | null) {
    traceOf(this).correlation_id = value
  }

  /** The URI that the traced exchange is about; never on the wire. */
  get correlation_uri(): string | null {
    return this._trace?.correlation_uri ?? null
  }
  set correlation_uri(value: string | null) {
    traceOf(this).correlation_uri = value
  }

  /** Whether the message is the first of a traced exchange; never on the wire. */
  get correlation_is_anchor(): boolean | null {
    return this._trace?.correlation_is_anchor ?? null
  }
  set correlation_is_anchor(value: boolean | null) {
    traceOf(this).correlation_is_anchor = value
  }

  /** Whether the message is the last of a traced exchange; never on the wire. */
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

// Node's console and util.inspect show a message as it shows itself; other engines do not know the symbol.
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

/** An attribute whose getter threw. */
class Unreadable {
  readonly text: string

  constructor(error: unknown) {
    this.text = `<${isWampCodecError(error) ? error.message : 'cannot be read'}>`
  }
}

function readOrNot(message: Slots, name: string): unknown {
  try {
    return (message as unknown as Record<string, unknown>)[name]
  } catch (error) {
    return new Unreadable(error)
  }
}

function lineOf(message: Message): string {
  // Prototypes, and classes of applications, have no table.
  const { name } = message.table ?? message.constructor
  if (message.table === undefined) return `${name}()`
  const parts: string[] = []
  let last = ''
  for (const [attribute, value] of attributesOf(message, readOrNot)) {
    const text = shortText(value)
    // What is wrong with a payload is wrong with each of its attributes: said once.
    if (value instanceof Unreadable && text === last) continue
    last = text
    parts.push(`${attribute}=${text}`)
  }
  return `${name}(${parts.join(', ')})`
}

/** Characters of a value that `toString` shows. */
const MAX_SHOWN = 200

/** A value in few words: for people, so what has no JSON form is shown in some way, never refused. */
function shortText(value: unknown): string {
  if (value instanceof Unreadable) return value.text
  let text: string
  try {
    // Undefined for what JSON has nothing for, as an attribute of a prototype.
    const json: string | undefined = JSON.stringify(value, (_key, part: unknown) => {
      if (isBytes(part)) return `<${part.length} bytes>`
      if (isMap(part)) return isDict(part) ? plainDict(part) : [...part]
      // No more is shown, and one long text may be there a thousand times.
      if (typeof part === 'string') return part.slice(0, MAX_SHOWN)
      return typeof part === 'bigint' ? `${part}n` : part
    })
    text = json ?? String(value)
  } catch {
    // A cycle, or a toJSON that throws.
    text = '<...>'
  }
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}...` : text
}
