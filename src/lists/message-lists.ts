/** `codec.lists`: lists that keep the rules of messages, with the kernel and without message objects. */
import { checkOptions, nameOf, unknownId } from '../arguments.ts'
import { isArrayBuffer } from '../brand.ts'
import type { Counters } from '../counters.ts'
import {
  FLAG_CUSTOM,
  FLAG_SEMANTIC,
  OK,
  RECORD_FLAGS,
  RECORD_TEXT_END,
  RECORD_TEXT_START,
  RECORD_URI_CLASS,
  RECORD_WIDE_TEXTS,
  URI_LOOSE,
  URI_STRICT,
} from '../kernel/abi.ts'
import { acceptance } from '../kernel/kernel.ts'
import { MAX_NODES, type Policy } from '../limits.ts'
import { parseUnder } from '../message/parse.ts'
import { Receiver } from '../message/receive.ts'
import { isPatterned } from '../message/rules.ts'
import { MAX_UNCHECKED } from '../payload/check-value.ts'
import { FormatCodec, type PayloadCodec } from '../payload/codec.ts'
import { LEVELS_AROUND } from '../payload/decode-rules.ts'
import type { DecodeRules } from '../payload/decode-value.ts'
import { type FastValues, NOT_DIRECT } from '../payload/direct.ts'
import { ARGS } from '../payload/direct-keys.ts'
import { isWellFormed } from '../payload/encode-value.ts'
import type { ValueFormat } from '../payload/format.ts'
import { acquireOutput, type Output, releaseOutput } from '../payload/output.ts'
import { surrogateIn } from '../payload/surrogates.ts'
import { LIST_CHOICES, policyOf } from '../policy.ts'
import { checkSize, frameBytes, notBinary } from '../serializer/frame.ts'
import type { SerializerId } from '../serializer/ids.ts'
import type { MessageWriter } from '../serializer/message-writer.ts'
import { withType } from '../serializer/serializer.ts'
import type { SpecSet } from '../serializer/spec.ts'
import { utf8Length } from '../text-coders.ts'
import type { ListCodec, ListOptions } from './list-codec.ts'
import { isGoodList } from './list-plan.ts'
import { commonRules, elementsOf, hasPayload, listRules, untag, withoutEmptyMode } from './list-rules.ts'
import { ListWriter } from './list-writer.ts'
import { asRead, isAsEncoded } from './mend.ts'
import { bytesOfText, ValueLists } from './value-lists.ts'

/** The names of the options of `codec.lists`. */
const OPTIONS: readonly string[] = [...Object.keys(LIST_CHOICES), 'check', 'ubjsonDialect']

/** The list codec of a codec. Throws RangeError, or TypeError for unknown options. */
export function listsOf(
  { kernel, policy, counters, fast }: Receiver,
  id: SerializerId,
  { formats, specs }: SpecSet,
  given: ListOptions,
): ListCodec {
  checkOptions('lists', given, OPTIONS)
  const { check = 'message', ubjsonDialect, ...options } = given
  if (check !== 'message' && check !== 'list') {
    throw new RangeError(`check is message or list, got ${nameOf(check)}`)
  }
  if (ubjsonDialect !== undefined && ubjsonDialect !== 'bjdata' && ubjsonDialect !== 'draft12') {
    throw new RangeError(`ubjsonDialect is bjdata or draft12, got ${nameOf(ubjsonDialect)}`)
  }
  const spec = specs.find(({ name }) => name === id)
  if (spec === undefined || spec.reader !== null) {
    const known = specs.filter(({ reader }) => reader === null)
    throw unknownId('serializer of lists', id, known)
  }
  const dialect = ubjsonDialect === undefined ? {} : { ubjsonDialect }
  const format = spec.format(dialect, formats)
  const own = policyOf(options, LIST_CHOICES, policy)
  if (check === 'list') return new CountedLists(id, format, own, counters)
  const writer = spec.writer(format, own, dialect) as MessageWriter
  return new MessageLists(id, new Receiver(kernel, eager(own), fast), format, writer, counters)
}

/** `check: 'list'`, in the statistics of a codec. */
class CountedLists extends ValueLists {
  readonly #counters: Counters

  constructor(id: SerializerId, format: ValueFormat, policy: Policy, counters: Counters) {
    super(id, format, policy)
    this.#counters = counters
  }

  override encode(list: readonly unknown[]): string | Uint8Array<ArrayBuffer> {
    const frame = super.encode(list)
    this.#counters.countOut(bytesIn(frame))
    return frame
  }

  override decode(data: string | Uint8Array | ArrayBuffer): unknown[] {
    const list = super.decode(data)
    this.#counters.countIn(bytesIn(data))
    if (hasPayload(list)) this.#counters.decodedPayloads++
    return list
  }
}

function bytesIn(frame: string | Uint8Array | ArrayBuffer): number {
  return typeof frame === 'string' ? utf8Length(frame) : frame.byteLength
}

/** Lists are built at once, and keep only views of their frame. */
function eager(policy: Policy): Policy {
  const ownership = policy.binary === 'view' ? policy.ownership : 'borrow'
  return { ...policy, ownership, payloadValidation: 'eager', payloadValues: 'on-read' }
}

/** The list codec of a format. */
export class MessageLists implements ListCodec {
  readonly id: SerializerId
  readonly subprotocol: string
  readonly isBinary: boolean
  readonly #receiver: Receiver
  readonly #format: ValueFormat
  readonly #counters: Counters
  readonly #messages: MessageWriter
  readonly #lists: ListWriter
  readonly #payload: PayloadCodec
  /** The rules under which any list of the policy is decoded; of what the kernel has checked already. */
  readonly #rules: DecodeRules
  /** The rules of common lists; null when those of the policy are none. */
  readonly #commonRules: DecodeRules | null
  readonly #scanFlags: number
  readonly #exactUri: number
  /** Whether what the kernel has checked may be read the fast ways; and whether all of it is right then. */
  readonly #canRead: boolean
  readonly #isExact: boolean

  constructor(
    id: SerializerId,
    receiver: Receiver,
    format: ValueFormat,
    messages: MessageWriter,
    counters: Counters,
  ) {
    const { policy } = receiver
    this.id = id
    this.subprotocol = `wamp.2.${id}`
    this.isBinary = id !== 'json'
    this.#receiver = receiver
    this.#format = format
    this.#counters = counters
    this.#messages = messages
    this.#lists = new ListWriter(format, policy)
    this.#payload = new FormatCodec(format, receiver)
    // The kernel has counted the values already.
    this.#rules = listRules({ ...policy, maxDepth: policy.maxDepth + LEVELS_AROUND, maxNodes: MAX_NODES })
    this.#commonRules = commonRules(policy)
    this.#scanFlags = acceptance(policy)
    this.#exactUri = policy.uri === 'strict' ? URI_STRICT : URI_LOOSE
    this.#canRead = receiver.fast?.canRead(policy) === true
    this.#isExact = policy.peers === 'strict'
  }

  encode(list: readonly unknown[]): string | Uint8Array<ArrayBuffer> {
    const out = acquireOutput()
    try {
      this.#write(out, list)
      this.#counters.countOut(out.mark())
      return this.isBinary ? out.finish() : out.text()
    } finally {
      releaseOutput(out)
    }
  }

  decode(data: string | Uint8Array | ArrayBuffer): unknown[] {
    const bytes = this.#bytesOf(data)
    const list = this.#common(bytes) ?? this.#scanned(bytes)
    this.#counters.countIn(bytes.length)
    if (hasPayload(list)) this.#counters.decodedPayloads++
    return list
  }

  encodeValue(value: unknown): string | Uint8Array<ArrayBuffer> {
    const out = acquireOutput()
    try {
      this.#format.encode(out, value, this.#receiver.policy, '')
      return this.isBinary ? out.finish() : out.text()
    } finally {
      releaseOutput(out)
    }
  }

  decodeValue(data: string | Uint8Array | ArrayBuffer): unknown {
    return this.#payload.decode(isArrayBuffer(data) ? new Uint8Array(data) : data)
  }

  /** The bytes of a frame. Throws as `loadFrame` does. */
  #bytesOf(data: string | Uint8Array | ArrayBuffer): Uint8Array<ArrayBuffer> {
    const { name } = this.#format
    const { policy } = this.#receiver
    if (typeof data !== 'string') return frameBytes(data, name, policy)
    if (this.isBinary) throw notBinary(name)
    checkSize(data.length, name, policy)
    const bytes = bytesOfText(data)
    checkSize(bytes.length, name, policy)
    // ASCII has no surrogates.
    if (bytes.length !== data.length && !isWellFormed(data)) throw surrogateIn(data, 'a message')
    return bytes
  }

  /** The list of a frame as most are, read and then looked at; null for any other and for what is wrong. */
  #common(bytes: Uint8Array): unknown[] | null {
    const format = this.#format
    const { length } = bytes
    const rules = this.#commonRules
    if (rules === null || format.commonList === undefined) return null
    if (length > MAX_UNCHECKED && !this.#isWellFormed(bytes)) return null
    const list = format.commonList(bytes, 0, length, rules)
    return list !== null && isGoodList(list) ? list : null
  }

  /** Whether the kernel finds nothing wrong with a frame. */
  #isWellFormed(bytes: Uint8Array): boolean {
    const { kernel, policy } = this.#receiver
    kernel.load(bytes)
    return kernel.scan(0, bytes.length, this.#format.id, this.#scanFlags, policy) === OK
  }

  /** The list of any frame: checked by the kernel, and then read. */
  #scanned(bytes: Uint8Array<ArrayBuffer>): unknown[] {
    if (!this.#canRead || !this.#isWellFormed(bytes) || !this.#isGood()) return this.#decodeAny(bytes)
    const { kernel, policy, fast } = this.#receiver
    const format = this.#format
    const { length } = bytes
    const wideTexts = kernel.words[kernel.record + RECORD_WIDE_TEXTS] as number
    const checked = { format, bytes, base: 0, loadedAt: 0, wideTexts }
    const list = (fast as FastValues).value(kernel, checked, 0, length, ARGS, policy)
    if (list !== NOT_DIRECT && (this.#isExact || isAsEncoded(list as unknown[]))) return list as unknown[]
    // Integers may be refused when they are read; a message knows whose they are.
    if (policy.integers === 'number') return this.#decodeAny(bytes)
    const read = this.#read(bytes)
    return policy.peers === 'lenient' ? (withoutEmptyMode(read) as unknown[]) : read
  }

  /** Whether the list that the kernel has just scanned needs no closer look, as receive.ts gives it. */
  #isGood(): boolean {
    const { kernel, policy } = this.#receiver
    const { words, record } = kernel
    const flags = words[record + RECORD_FLAGS] as number
    if ((flags & FLAG_SEMANTIC) !== 0) return false
    if ((flags & FLAG_CUSTOM) !== 0 && policy.unknownKeys !== 'keep') return false
    if (((words[record + RECORD_URI_CLASS] as number) & this.#exactUri) !== 0) return true
    return words[record + RECORD_TEXT_START] === words[record + RECORD_TEXT_END]
  }

  /** Any list: a message says whether it is one. */
  #decodeAny(bytes: Uint8Array<ArrayBuffer>): unknown[] {
    const receiver = this.#receiver
    receiver.kernel.load(bytes)
    const { table } = receiver.receive(this.#format, bytes, 0, bytes.length, 0)
    return asRead(this.#read(bytes), table, receiver.policy)
  }

  /** The list of a frame that was checked, by the decoder of values. */
  #read(bytes: Uint8Array): unknown[] {
    return untag(this.#format.decode(bytes, 0, bytes.length, this.#rules)) as unknown[]
  }

  #write(out: Output, list: readonly unknown[]): void {
    const known = elementsOf(list, this.#format.name)
    if (known !== null && this.#lists.write(out, known)) return
    out.resume(0)
    const { policy } = this.#receiver
    const isLenient = known !== null && policy.peers === 'lenient'
    const message = parseUnder(isLenient ? withoutEmptyMode(known) : (known ?? list), policy)
    if (policy.uri === 'none' && isPatterned(message.table)) {
      // The writer of messages would ask for another match.
      if (this.#lists.encode(out, message.marshal(), message.table)) return
      out.resume(0)
    }
    try {
      this.#messages.write(out, message)
    } catch (error) {
      throw withType(error, message.table.code)
    }
  }
}
