/** Lists as values of their format, of which only `check: 'list'` is asked. It needs no kernel and no message. */
import { wrongArgument } from '../arguments.ts'
import { fixedBytes, isBuffer, isBytes } from '../brand.ts'
import { EncodeError, ProtocolError } from '../errors.ts'
import type { Policy } from '../limits.ts'
import type { DecodeRules } from '../payload/decode-value.ts'
import { type EncodeRules, isWellFormed } from '../payload/encode-value.ts'
import { acquireOutput, type Output, releaseOutput } from '../payload/output.ts'
import { surrogateIn } from '../payload/surrogates.ts'
import { checkAttached, checkSize, notBinary } from '../serializer/frame.ts'
import type { SerializerId } from '../serializer/ids.ts'
import { textEncoder } from '../text-coders.ts'
import type { ListCodec } from './list-codec.ts'
import {
  checkList,
  commonRules,
  elementsOf,
  errorAt,
  hasFloats,
  placeAt,
  ROOT,
  uncheckedRules,
  untag,
  withoutEmptyMode,
  withoutUndefined,
  writeRules,
  wrongIn,
} from './list-rules.ts'

/** Reads and writes the values of a format. */
export interface ValueCoder {
  readonly name: string
  decode(bytes: Uint8Array, start: number, end: number, rules: DecodeRules): unknown
  /** See `ValueFormat.commonList`. */
  commonList?(bytes: Uint8Array, start: number, end: number, rules: DecodeRules): unknown[] | null
  encode(out: Output, value: unknown, rules: EncodeRules, path: string): void
}

/** The list codec of a format. */
export class ValueLists implements ListCodec {
  readonly id: SerializerId
  readonly subprotocol: string
  readonly isBinary: boolean
  readonly #coder: ValueCoder
  readonly #policy: Policy
  /** The rules of common lists; null when those of the policy are none. */
  readonly #commonRules: DecodeRules | null
  /** Those of all others: when options are known to have no key twice, and when they are not. */
  readonly #singleRules: DecodeRules
  readonly #rules: DecodeRules
  readonly #written: EncodeRules

  constructor(id: SerializerId, coder: ValueCoder, policy: Policy) {
    this.id = id
    this.subprotocol = `wamp.2.${id}`
    this.isBinary = id !== 'json'
    this.#coder = coder
    this.#policy = policy
    this.#commonRules = commonRules(policy)
    this.#singleRules = uncheckedRules(policy, 'last')
    this.#rules = uncheckedRules(policy, 'refuse')
    this.#written = writeRules(policy)
  }

  encode(list: readonly unknown[]): string | Uint8Array<ArrayBuffer> {
    const own = elementsOf(list, this.#coder.name) ?? list
    checkList(own, 'encode a message to', this.#coder.name)
    try {
      return this.#encode(this.#mended(withoutUndefined(own)), this.#written, ROOT)
    } catch (error) {
      const place = error instanceof EncodeError ? placeAt(own[0], error.path) : null
      throw place === null ? error : errorAt(error as EncodeError, place, own[0], this.#written.maxDepth)
    }
  }

  decode(data: string | Uint8Array | ArrayBuffer): unknown[] {
    const bytes = this.#bytesOf(data)
    const rules = this.#commonRules
    const common = rules === null ? null : (this.#coder.commonList?.(bytes, 0, bytes.length, rules) ?? null)
    // The readers of binary formats leave all floats in a head to others.
    const isWhole = common !== null && wrongIn(common) === null && (this.isBinary || !hasFloats(common))
    return this.#mended(isWhole ? common : this.#any(bytes, common !== null)) as unknown[]
  }

  /** Any list; `isSingle` says that no key of its options comes twice. */
  #any(bytes: Uint8Array, isSingle: boolean): unknown[] {
    if (isSingle) return this.#read(bytes, this.#singleRules)
    try {
      return this.#read(bytes, this.#rules)
    } catch (error) {
      // What else is wrong has the first word.
      if (error instanceof ProtocolError && error.code === 'DUPLICATE_KEY')
        this.#read(bytes, this.#singleRules)
      throw error
    }
  }

  #read(bytes: Uint8Array, rules: DecodeRules): unknown[] {
    const { name, decode } = this.#coder
    let value: unknown
    try {
      value = decode(bytes, 0, bytes.length, rules)
    } catch (error) {
      throw error instanceof ProtocolError ? this.#ofMessage(error) : error
    }
    const list = untag(value)
    checkList(list, 'decode a message from', name)
    return list
  }

  /** The error of the reader of values, for a list: the levels around args and options do not count. */
  #ofMessage({ code, message, format, offset }: ProtocolError): ProtocolError {
    const text = message.replace('decode a value', 'decode a message')
    const { maxDepth } = this.#policy
    const renamed = code === 'DEPTH_LIMIT' ? text.replace(/deeper than \d+/, `deeper than ${maxDepth}`) : text
    return new ProtocolError(code, renamed, { format, offset })
  }

  encodeValue(value: unknown): string | Uint8Array<ArrayBuffer> {
    return this.#encode(value, this.#policy, '')
  }

  #encode(value: unknown, rules: EncodeRules, path: string): string | Uint8Array<ArrayBuffer> {
    const out = acquireOutput()
    try {
      this.#coder.encode(out, value, rules, path)
      return this.isBinary ? out.finish() : out.text()
    } finally {
      releaseOutput(out)
    }
  }

  decodeValue(data: string | Uint8Array | ArrayBuffer): unknown {
    const bytes = this.#bytesOf(data)
    const { decode } = this.#coder
    return decode(bytes, 0, bytes.length, this.#policy)
  }

  #mended(list: readonly unknown[]): readonly unknown[] {
    return this.#policy.peers === 'lenient' ? withoutEmptyMode(list) : list
  }

  #bytesOf(data: string | Uint8Array | ArrayBuffer): Uint8Array {
    const { name } = this.#coder
    let bytes: Uint8Array
    if (typeof data === 'string') {
      if (this.isBinary) throw notBinary(name)
      checkSize(data.length, name, this.#policy)
      if (!isWellFormed(data)) throw surrogateIn(data, 'a message')
      bytes = bytesOfText(data)
    } else if (isBytes(data)) bytes = checkAttached(data)
    else if (isBuffer(data)) bytes = new Uint8Array(data)
    else throw wrongArgument('decode', 'a string, Uint8Array or ArrayBuffer', data)
    checkSize(bytes.length, name, this.#policy)
    const { binary, ownership } = this.#policy
    // A buffer that another thread may change is copied first, and one that the caller may reuse under views of it,
    // of which JSON has none.
    const isOwn = this.isBinary && binary === 'view' && ownership === 'copy'
    return isOwn ? new Uint8Array(bytes) : fixedBytes(bytes)
  }
}

/** Longer texts are for TextEncoder, where there is one: 16 KB take 6 us instead of 44, 100 B three times as long. */
const LONG_TEXT = 4096

/**
 * The text in UTF-8. Short text goes through the byte writer, which asks Node's Buffer, so that this runs where there
 * is no TextEncoder.
 */
export function bytesOfText(text: string): Uint8Array<ArrayBuffer> {
  if (text.length > LONG_TEXT && 'TextEncoder' in globalThis) return textEncoder().encode(text)
  const out = acquireOutput()
  try {
    out.utf8(text)
    return out.finish()
  } finally {
    releaseOutput(out)
  }
}
