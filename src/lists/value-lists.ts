/** Lists as values of their format, of which only `check: 'list'` is asked. It needs no kernel and no message. */
import { wrongArgument } from '../arguments.ts'
import { isBuffer, isBytes, isFixed } from '../brand.ts'
import type { Policy } from '../limits.ts'
import type { DecodeRules } from '../payload/decode-value.ts'
import { type EncodeRules, isWellFormed } from '../payload/encode-value.ts'
import { acquireOutput, type Output, releaseOutput } from '../payload/output.ts'
import { surrogateIn } from '../payload/surrogates.ts'
import { checkSize, notBinary } from '../serializer/frame.ts'
import type { SerializerId } from '../serializer/ids.ts'
import { textEncoder } from '../text-coders.ts'
import type { ListCodec } from './list-codec.ts'
import { checkList, listRules, untag, withoutEmptyMode, withoutUndefined, writeRules } from './list-rules.ts'

/** Reads and writes the values of a format. */
export interface ValueCoder {
  readonly name: string
  decode(bytes: Uint8Array, start: number, end: number, rules: DecodeRules): unknown
  encode(out: Output, value: unknown, rules: EncodeRules, path: string): void
}

/** The list codec of a format. */
export class ValueLists implements ListCodec {
  readonly id: SerializerId
  readonly subprotocol: string
  readonly isBinary: boolean
  readonly #coder: ValueCoder
  readonly #policy: Policy
  readonly #rules: DecodeRules
  readonly #written: EncodeRules

  constructor(id: SerializerId, coder: ValueCoder, policy: Policy) {
    this.id = id
    this.subprotocol = `wamp.2.${id}`
    this.isBinary = id !== 'json'
    this.#coder = coder
    this.#policy = policy
    this.#rules = listRules(policy)
    this.#written = writeRules(policy)
  }

  encode(list: readonly unknown[]): string | Uint8Array<ArrayBuffer> {
    checkList(list, 'encode a message to', this.#coder.name)
    return this.#encode(this.#mended(withoutUndefined(list)), this.#written)
  }

  decode(data: string | Uint8Array | ArrayBuffer): unknown[] {
    const list = untag(this.#decode(data, this.#rules))
    checkList(list, 'decode a message from', this.#coder.name)
    return this.#mended(list) as unknown[]
  }

  encodeValue(value: unknown): string | Uint8Array<ArrayBuffer> {
    return this.#encode(value, this.#policy)
  }

  #encode(value: unknown, rules: EncodeRules): string | Uint8Array<ArrayBuffer> {
    const out = acquireOutput()
    try {
      this.#coder.encode(out, value, rules, '')
      return this.isBinary ? out.finish() : out.text()
    } finally {
      releaseOutput(out)
    }
  }

  decodeValue(data: string | Uint8Array | ArrayBuffer): unknown {
    return this.#decode(data, this.#policy)
  }

  #mended(list: readonly unknown[]): readonly unknown[] {
    return this.#policy.peers === 'lenient' ? withoutEmptyMode(list) : list
  }

  #decode(data: string | Uint8Array | ArrayBuffer, rules: DecodeRules): unknown {
    const { name, decode } = this.#coder
    let bytes: Uint8Array
    if (typeof data === 'string') {
      if (this.isBinary) throw notBinary(name)
      checkSize(data.length, name, this.#policy)
      if (!isWellFormed(data)) throw surrogateIn(data, 'a message')
      bytes = bytesOfText(data)
    } else if (isBytes(data)) bytes = data
    else if (isBuffer(data)) bytes = new Uint8Array(data)
    else throw wrongArgument('decode', 'a string, Uint8Array or ArrayBuffer', data)
    checkSize(bytes.length, name, this.#policy)
    // A buffer that another thread may change is copied first.
    return decode(isFixed(bytes.buffer) ? bytes : new Uint8Array(bytes), 0, bytes.length, rules)
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
