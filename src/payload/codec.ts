/**
 * Codecs of single payload values: `codec.payload(name)`. An opaque payload is one such value, and `enc_serializer`
 * names its format.
 */
import { missingTool, wrongArgument } from '../arguments.ts'
import { fixedBytes, isBuffer, isBytes, isFixed, unshared } from '../brand.ts'
import { EncodeError } from '../errors.ts'
import { RECORD_WIDE_TEXTS } from '../kernel/abi.ts'
import { DEFAULT_POLICY, type Policy } from '../limits.ts'
import { textEncoder } from '../text-coders.ts'
import { checkBytes, checkResident, checkSize, MAX_UNCHECKED, refuseUnchecked } from './check-value.ts'
import { NOT_DIRECT, readsAlone } from './direct.ts'
import { ARGS } from './direct-keys.ts'
import { isWellFormed } from './encode-value.ts'
import type { ValueFormat } from './format.ts'
import { acquireOutput, releaseOutput } from './output.ts'
import type { PayloadContext } from './payload.ts'
import { surrogateIn } from './surrogates.ts'
import type { PayloadView } from './view.ts'
import type { ViewContext } from './view-source.ts'
import { ValueView } from './view-value.ts'

/** The payload serializers of WAMP with their numbers in the FlatBuffers schema (`Serializer`). */
export const PAYLOAD_SERIALIZERS = {
  /** The serializer of the transport. */
  transport: 0,
  /** RFC 8259. */
  json: 1,
  /** The MessagePack specification. */
  msgpack: 2,
  /** RFC 8949. */
  cbor: 3,
  /** UBJSON, in the dialect BJData. */
  ubjson: 4,
  /** Bytes that only the application knows. */
  opaque: 5,
  /** Bytes for the application's generated classes. */
  flatbuffers: 6,
  /** FlexBuffers: FlatBuffers without a schema. */
  flexbuffers: 7,
} as const

/** What the application gives for a payload serializer of its own, `createCodec({ payloadSerializers })`. */
export interface PayloadSerializer {
  /** The value in the bytes; throws what it likes when they are malformed. */
  decode(bytes: Uint8Array): unknown
  /** The bytes of a value; throws what it likes when there are none. */
  encode(value: unknown): Uint8Array
}

/** A codec of one format, by the options of its `Codec`. */
export interface PayloadCodec extends PayloadSerializer {
  /** The value; JSON may be text. Throws ProtocolError, or TypeError for any other argument. */
  decode(bytes: Uint8Array | ArrayBuffer | SharedArrayBuffer | string): unknown
  /** The bytes, which may be part of a larger buffer. Throws EncodeError. */
  encode(value: unknown): Uint8Array<ArrayBuffer>
  /** Throws ProtocolError unless the bytes are one value of the format. */
  validate(bytes: Uint8Array): void
  /**
   * A view of the value in the bytes, which are checked now and must not change while it is used; with
   * `ownership: 'copy'` they are copied. Throws ProtocolError.
   */
  view(bytes: Uint8Array): PayloadView
}

/** The codec of a format. @internal */
export class FormatCodec implements PayloadCodec {
  readonly #format: ValueFormat
  readonly #context: ViewContext & Pick<PayloadContext, 'fast'>

  constructor(format: ValueFormat, context: ViewContext & Pick<PayloadContext, 'fast'>) {
    this.#format = format
    this.#context = context
  }

  decode(bytes: Uint8Array | ArrayBuffer | SharedArrayBuffer | string): unknown {
    const frame = typeof bytes === 'string' ? this.#encoded(bytes) : bytesOf(bytes)
    const format = this.#format
    const { policy } = this.#context
    checkSize(frame, format, policy)
    // Values may be views of them, and the caller may reuse its own at once. JSON has no bytes.
    const isOwn = policy.binary === 'view' && policy.ownership === 'copy' && format.name !== 'json'
    return this.#read(isOwn ? new Uint8Array(frame) : frame)
  }

  #read(frame: Uint8Array): unknown {
    const format = this.#format
    const { kernel, policy, fast } = this.#context
    const { length } = frame
    const canRead = !readsAlone(format) && fast?.canRead(policy) === true
    const isChecked = canRead || length > MAX_UNCHECKED
    if (isChecked) {
      kernel.load(frame)
      checkResident(kernel, length, format, policy)
    }
    if (canRead) {
      const source = policy.binary === 'view' ? fixedBytes(frame) : frame
      const wideTexts = kernel.words[kernel.record + RECORD_WIDE_TEXTS] as number
      const checked = { format, bytes: source, base: 0, loadedAt: 0, wideTexts }
      const value = fast.value(kernel, checked, 0, length, ARGS, policy)
      if (value !== NOT_DIRECT) return value
    }
    try {
      return format.decode(fixedBytes(frame), 0, length, policy)
    } catch (error) {
      if (isChecked) throw error
      return refuseUnchecked(error, kernel, frame, format, policy)
    }
  }

  encode(value: unknown): Uint8Array<ArrayBuffer> {
    const out = acquireOutput()
    try {
      this.#format.encode(out, value, this.#context.policy, '')
      return out.finish()
    } finally {
      releaseOutput(out)
    }
  }

  validate(bytes: Uint8Array): void {
    const { kernel, policy } = this.#context
    checkSize(bytes, this.#format, policy)
    kernel.load(bytes)
    checkResident(kernel, bytes.length, this.#format, policy)
    this.#checkValues(fixedBytes(bytes))
  }

  view(bytes: Uint8Array): PayloadView {
    const context = this.#context
    const { kernel, policy, views } = context
    if (views === null) throw missingTool('payload.view', 'views')
    const format = this.#format
    checkSize(bytes, format, policy)
    kernel.load(bytes)
    const { length } = bytes
    // Shared memory may change while it is read, and a resizable buffer become shorter.
    const isOwn = policy.ownership === 'copy' || !isFixed(bytes.buffer)
    const own = isOwn ? kernel.copyOut(length) : bytes
    checkResident(kernel, length, format, policy)
    const { loads } = kernel
    this.#checkValues(own)
    const readWhole = (whole: Uint8Array): unknown => this.#read(whole)
    return views({ bytes: own, base: 0, loads, loadedAt: 0, readWhole }, 0, length, format, context)
  }

  /** Refuses what the kernel does not know of, as `decode` does. */
  #checkValues(bytes: Uint8Array): void {
    const { policy } = this.#context
    if (policy.duplicateKeys === 'refuse' || policy.integers === 'number')
      this.#format.decode(bytes, 0, bytes.length, policy)
  }

  #encoded(text: string): Uint8Array {
    if (this.#format.name !== 'json') throw wrongArgument(`decode ${this.#format.name}`, 'bytes', text)
    if (isWellFormed(text)) return textEncoder().encode(text)
    throw surrogateIn(text, 'a value')
  }
}

/** The bytes of a value, which may be memory without a view. */
function bytesOf(bytes: Uint8Array | ArrayBuffer | SharedArrayBuffer | string): Uint8Array {
  return !isBytes(bytes) && isBuffer(bytes) ? new Uint8Array(bytes) : (bytes as Uint8Array)
}

/** The codec of `opaque` and `flatbuffers`: what the bytes mean is the application's business. @internal */
export function bytesCodec({ ownership }: Policy): PayloadCodec {
  const own = (bytes: Uint8Array): Uint8Array => {
    checkBytes(bytes)
    return ownership === 'copy' ? new Uint8Array(bytes) : bytes
  }
  return {
    decode: (bytes) => own(bytesOf(bytes)),
    encode(value) {
      if (isBytes(value)) return unshared(value)
      throw new EncodeError('UNENCODABLE', 'cannot encode a value to opaque bytes: expected a Uint8Array')
    },
    validate: checkBytes,
    view: (bytes) => new ValueView(own(bytes), DEFAULT_POLICY),
  }
}
