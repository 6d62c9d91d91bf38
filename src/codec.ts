/**
 * The codec: policy and limits in one place, and the serializers that keep them. What else it can do is the business of
 * its tools (src/tools), which it calls.
 */
import { checkOptions, isObject, missingTool, nameOf, unknownId, wrongArgument } from './arguments.ts'
import type { Counters } from './counters.ts'
import type { Kernel } from './kernel/kernel.ts'
import { isKernel, kernelOf, type WasmSource } from './kernel/load.ts'
import type { WasmModule } from './kernel/wasm-module.ts'
import type { PolicyOptions } from './limits.ts'
import type { ListCodec, ListOptions } from './lists/list-codec.ts'
import type { AnyMessage } from './message/classes.ts'
import { isCustomName } from './message/kinds.ts'
import { type Message, registerTransfer, type Transferred } from './message/message.ts'
import { Receiver } from './message/receive.ts'
import { hasAppPayload, type WithAppPayload } from './message/with-app-payload.ts'
import type { PayloadCodec, PayloadSerializer } from './payload/codec.ts'
import { isWellFormed } from './payload/encode-value.ts'
import type { PayloadFormatName } from './payload/format-names.ts'
import { NO_PAYLOAD } from './payload/payload.ts'
import { registerFormats } from './payload/raw.ts'
import type { Loss } from './payload/value-losses.ts'
import { type Choices, LIST_CHOICES, policyOf } from './policy.ts'
import { LENGTH_BYTES } from './serializer/batch.ts'
import type { Dissected, FieldSpan } from './serializer/dissect.ts'
import type { Frame } from './serializer/frame.ts'
import { checkSerializer, formatOf, type SerializerId } from './serializer/ids.ts'
import { SERIALIZER_OPTIONS, type SerializerOptions } from './serializer/options.ts'
import { bytesOf, typeOf } from './serializer/peek.ts'
import { JsonSerializer, Serializer, type SerializerOf } from './serializer/serializer.ts'
import type { CodecStats, Statistics, StatsAutoReset } from './stats.ts'
import { toolOf } from './tools/lookup.ts'
import type { ToolName } from './tools/tool.ts'
import type { Toolbox } from './tools/toolbox.ts'
import type { TranscodeMessageOptions, TranscodeOptions } from './tools/transcode-calls.ts'
import type { Variant } from './tools/variant.ts'

/** Options of a codec: policy and limits, a kernel that is compiled already, and payload serializers. */
export interface CodecOptions extends PolicyOptions {
  /**
   * A compiled kernel, for workerd, strict content policies and many threads. Default: the one that the package has
   * with it, compiled at first use and kept.
   */
  module?: WasmModule | undefined
  /**
   * Payload serializers of the application, by their names in `enc_serializer` or `ppt_serializer`: `x_`, a letter, and
   * one or more letters, digits or `_`, in lower case. Default: none.
   */
  payloadSerializers?: Readonly<Record<`x_${string}`, PayloadSerializer>> | undefined
}

/** What each option that says a policy may be. */
const CHOICES: Choices<keyof PolicyOptions> = {
  ...LIST_CHOICES,
  payloadValidation: ['eager', 'deferred'],
  payloadValues: ['on-read', 'at-decode'],
  ownership: ['borrow', 'copy'],
  payloadRules: ['interop', 'strict'],
  unknownKeys: ['keep', 'custom', 'drop', 'refuse'],
  cache: [true, false],
}

const OPTIONS: readonly string[] = [...Object.keys(CHOICES), 'module', 'payloadSerializers']

/** Options of `loadCodec`. */
export interface LoadOptions extends CodecOptions {
  /** Where the kernel comes from. Default: the one that the package has with it. `module` goes before it. */
  wasm?: WasmSource | undefined
}

/** Options of `codec.stats`. */
export interface StatsOptions {
  /** Whether the next statistics begin at zero. Default false. */
  reset?: boolean | undefined
}

/** Throws TypeError unless the options of `createCodec`, or those of `loadCodec`, have known names. @internal */
export function checkCodecOptions(where: 'createCodec' | 'loadCodec', options: unknown): void {
  checkOptions(where, options, where === 'loadCodec' ? [...OPTIONS, 'wasm'] : OPTIONS)
}

/**
 * A codec: what `createCodec` and `loadCodec` give. `Id` and `Format` are the serializers and payload formats of the
 * entry that made it: all of them for `wamp-codec`, fewer for `wamp-codec/core`. A method whose tool a codec of
 * `wamp-codec/custom` was made without throws TypeError.
 */
export class Codec<
  Id extends SerializerId = SerializerId,
  Format extends PayloadFormatName = PayloadFormatName,
> {
  readonly #variant: Variant
  readonly #receiver: Receiver
  readonly #statistics: Statistics | null
  readonly #serializers: Map<string, Serializer>
  readonly #payloads: Map<string, PayloadCodec | PayloadSerializer>

  /** @internal */
  constructor(variant: Variant, module: WasmModule, options: CodecOptions) {
    const policy = policyOf(options, CHOICES)
    if (policy.payloadValues === 'at-decode' && policy.payloadValidation === 'deferred') {
      throw new RangeError("payloadValues is 'on-read' when payloadValidation is 'deferred', got 'at-decode'")
    }
    this.#variant = variant
    const { fastValues, statistics, transfer, views } = variant.tools
    const kernel = kernelFor(variant, module)
    this.#receiver = new Receiver(kernel, policy, fastValues ?? null, views?.encoded ?? null)
    this.#statistics = statistics === undefined ? null : new statistics.Statistics(this.#receiver.counters)
    this.#serializers = new Map()
    this.#payloads = new Map(customSerializers(options))
    if (transfer !== undefined) registerTransfer(transfer.transferableOf)
    registerFormats(variant.formats)
  }

  /**
   * The serializer of an id; the same object for the same options. Throws RangeError for an unknown id and for values
   * that an option cannot have, TypeError for unknown options.
   */
  serializer<I extends Id>(id: I, options: SerializerOptions = {}): SerializerOf<I> {
    if (typeof id !== 'string') throw wrongArgument('serializer', 'the id of a serializer', id)
    checkOptions('serializer', options, SERIALIZER_OPTIONS)
    let key: string = id
    for (const name of SERIALIZER_OPTIONS) {
      if (options[name] !== undefined) key += ` ${name} ${nameOf(options[name])}`
    }
    let serializer = this.#serializers.get(key)
    if (serializer === undefined) {
      serializer = id.startsWith('json')
        ? new JsonSerializer(this.#receiver, id, this.#variant, options)
        : new Serializer(this.#receiver, id, this.#variant, options)
      this.#serializers.set(key, serializer)
    }
    return serializer as SerializerOf<I>
  }

  /**
   * The list codec of a serializer: whole messages as lists of values, for applications with a message model of their
   * own. It has the options of this codec, and `options` override them. Throws RangeError for an unknown id, a batched
   * one and flatbuffers, and for values that an option cannot have; TypeError for unknown options.
   */
  lists(id: Exclude<Id, 'flatbuffers' | `${string}.batched`>, options: ListOptions = {}): ListCodec {
    if (typeof id !== 'string') throw wrongArgument('lists', 'the id of a serializer', id)
    return this.#tool('lists', 'lists').listsOf(this.#receiver, id, this.#variant, options)
  }

  /**
   * The codec of single values in a payload format, or of `opaque` and `flatbuffers` payloads, which stay bytes. Throws
   * RangeError for an unknown name.
   */
  payload(name: Format | 'opaque' | 'flatbuffers'): PayloadCodec
  /** The application's own payload serializer of a custom name. Throws RangeError for an unknown name. */
  payload(name: `x_${string}`): PayloadSerializer
  payload(name: string): PayloadCodec | PayloadSerializer {
    if (typeof name !== 'string') throw wrongArgument('payload', 'the name of a payload serializer', name)
    const { FormatCodec, bytesCodec } = this.#tool('payloads', 'payload')
    let codec = this.#payloads.get(name)
    if (codec !== undefined) return codec
    const format = this.#variant.formats.find((known) => known.name === name)
    if (format !== undefined) codec = new FormatCodec(format, this.#receiver)
    else if (name === 'opaque' || name === 'flatbuffers') codec = bytesCodec(this.#receiver.policy)
    else throw unknownId('payload serializer', name, this.#variant.formats)
    this.#payloads.set(name, codec)
    return codec
  }

  /**
   * The value in an opaque payload, by its `enc_serializer` or `ppt_serializer`; without one by the format that the
   * message came in, or CBOR. Give the bytes when the payload of the message is encrypted and these are not. Null for a
   * message without an opaque payload. Throws ProtocolError, RangeError for an unknown serializer.
   */
  decodePayload(message: Message & WithAppPayload, bytes?: Uint8Array | null): unknown {
    this.#tool('payloads', 'decodePayload')
    if (!isObject(message) || !hasAppPayload(message)) {
      throw wrongArgument('decodePayload', 'a message with a payload', message)
    }
    if (bytes === undefined) bytes = message.payload
    if (bytes === null) return null
    const name = message.enc_serializer ?? message.ppt_serializer
    if (name !== null && name !== 'transport') return this.payload(name as Format).decode(bytes)
    const { bytes: frame, format } = message._payload ?? NO_PAYLOAD
    return this.payload((frame === null ? 'cbor' : format.name) as Format).decode(bytes)
  }

  /**
   * One encoded value from one format to another, in one pass and number-exact. `onLoss: 'throw'` refuses what would
   * arrive as something else, for example a tag. Throws ProtocolError for malformed bytes, EncodeError for a value that
   * has no form in the target, RangeError for an unknown format.
   */
  transcode(bytes: Uint8Array, way: TranscodeOptions<Format>): Uint8Array<ArrayBuffer> {
    const { value } = this.#tool('transcode', 'transcode')
    const losses = (): Toolbox['losses']['ofValue'] => this.#tool('losses', ON_LOSS).ofValue
    return value(this.#receiver, bytes, way, this.#variant.formats, losses)
  }

  /**
   * Every attribute and value of a message that a serializer cannot carry over as it is, and why. Tries it out, so it
   * costs several encodes.
   */
  lossReport(message: Message, serializer: Serializer): readonly Loss[] {
    const { ofMessage } = this.#tool('losses', 'lossReport')
    checkSerializer('lossReport', serializer)
    return ofMessage(message, serializer)
  }

  /**
   * A frame of one serializer as a frame of another. With `onLoss: 'throw'` an attribute or value that does not arrive
   * as it is, is an EncodeError UNENCODABLE; else it is left out as `encode` does it, and added to `losses` when that
   * is given. Throws ProtocolError for a bad frame and EncodeError for a value that has no form in the target.
   */
  transcodeMessage(frame: Frame, way: TranscodeMessageOptions): Uint8Array<ArrayBuffer> {
    const { message } = this.#tool('transcode', 'transcodeMessage')
    return message(frame, way, () => this.#tool('losses', ON_LOSS).ofMessage)
  }

  /**
   * Name, kind and bytes of every field of a frame, for people and tools; also of a broken frame, up to the error,
   * which is the last entry then. Of more than 192 custom keys those behind are left out.
   */
  trace(frame: Frame, serializer: Serializer): readonly FieldSpan[] {
    const { fields, error } = this._dissect(frame, serializer)
    if (error !== null) fields.push(error)
    return fields
  }

  /** What `trace` tells, by parts; for src/cli. @internal */
  _dissect(frame: Frame, serializer: Serializer): Dissected {
    const dissect = this.#tool('dissect', 'trace').frame
    checkSerializer('trace', serializer)
    return dissect(this.#receiver, frame, serializer)
  }

  /**
   * The message code at the start of a frame, as in `MessageType`, in constant time; of a batch that of the first
   * message. 0 when there is none, or none that WAMP has. Nothing else is checked. Throws TypeError if the input
   * is not a frame.
   */
  peek(frame: Frame, id: Id): number {
    if (typeof id !== 'string') throw wrongArgument('peek', 'the id of a serializer', id)
    const { name, isBatched } = formatOf(id)
    const spec = this.#variant.specs.find((known) => known.name === name)
    if (spec === undefined) throw unknownId('serializer', id, this.#variant.specs)
    // The length of the first message stands before it in binary batches.
    return typeOf(spec.peek(bytesOf(frame), isBatched && spec.isBinary ? LENGTH_BYTES : 0))
  }

  /** What this codec has done since it was made or reset; with `reset` the next ones begin at zero. */
  stats(options: StatsOptions = {}): CodecStats {
    const statistics = this.#counted('stats')
    checkOptions('stats', options, ['reset'])
    const stats = statistics.read()
    if (options.reset === true) statistics.reset()
    return stats
  }

  /** Lets the statistics start over by themselves, with a callback; null ends that. */
  setStatsAutoReset(options: StatsAutoReset | null): void {
    const statistics = this.#counted('setStatsAutoReset')
    if (options !== null) {
      checkOptions('setStatsAutoReset', options, ['ratedMessages', 'milliseconds', 'callback'])
    }
    statistics.setAutoReset(options)
  }

  /** What it counts; for src/router. @internal */
  get _counters(): Counters {
    return this.#receiver.counters
  }

  /** The message of `message.toTransferable()`, also from another thread; its frame is not scanned again. */
  fromTransferable(transferred: Transferred): AnyMessage {
    const { messageOf } = this.#tool('transfer', 'fromTransferable')
    const { formats, specs } = this.#variant
    const readers = specs.flatMap(({ reader }) => reader ?? [])
    return messageOf(transferred, this.#receiver, formats, readers)
  }

  /**
   * The number under which the kernel knows a URI: `message.topicRef` of an equal topic is the same; -1 for a URI that
   * is not valid or longer than 255 bytes. Up to 512 URIs keep their number for ever when they were given here.
   */
  internUri(uri: string): number {
    if (typeof uri !== 'string') throw wrongArgument('internUri', 'a string', uri)
    return isWellFormed(uri) ? this.#receiver.kernel.internUri(uri, true) : -1
  }

  #counted(method: string): Statistics {
    if (this.#statistics === null) throw missingTool(`codec.${method}`, 'statistics')
    return this.#statistics
  }

  /** A tool that a method needs, which is named without `codec.`. */
  #tool<Name extends ToolName>(name: Name, method: string): Toolbox[Name] {
    return toolOf(this.#variant.tools, name, `codec.${method}`)
  }
}

/** What needs the tool for losses beside `lossReport`. */
const ON_LOSS = 'transcode with onLoss or losses'

/**
 * The kernel of a module, which must know the formats of the variant. Throws TypeError for that of another one.
 *
 * @internal
 */
export function kernelFor(variant: Variant, module: WasmModule): Kernel {
  if (!isKernel(module)) throw wrongArgument('module', 'a WebAssembly.Module', module)
  const kernel = kernelOf(module)
  if (variant.isFull && !kernel.isFull) {
    throw new TypeError('the module is the kernel of wamp-codec/core, which lacks formats of wamp-codec')
  }
  return kernel
}

/** The payload serializers of the application. Throws TypeError for wrong names, and without `decode` and `encode`. */
function customSerializers({ payloadSerializers = {} }: CodecOptions): [string, PayloadSerializer][] {
  if (!isObject(payloadSerializers))
    throw wrongArgument('payloadSerializers', 'an object', payloadSerializers)
  const entries = Object.entries(payloadSerializers)
  for (const [name, serializer] of entries) {
    if (!isCustomName(name))
      throw new TypeError(`payloadSerializers: ${name} is not a custom name, such as x_mine`)
    if (typeof serializer?.decode !== 'function' || typeof serializer.encode !== 'function') {
      throw new TypeError(`payloadSerializers: ${name} needs decode and encode`)
    }
  }
  return entries
}
