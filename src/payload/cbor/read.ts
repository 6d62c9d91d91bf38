/**
 * CBOR (RFC 8949) to JavaScript values. Indefinite lengths are read, each chunk of text must be UTF-8 by itself. A key
 * may be any value (docs/payloads.md). Tags are dropped to their content, or are `Tagged` on request; bignums are
 * integers always. `undefined` is null: WAMP's data model has no other nothing. Simple values without a meaning are
 * `Tagged`.
 */

import { readBinary, readCommonList, readPayload } from '../../generated/cbor-reader.ts'
import { AnyReader } from '../binary/any-reader.ts'
import { bigIntOf, type DecodeRules } from '../decode-value.ts'
import type { PayloadValues } from '../format.ts'
import { Tagged } from '../values.ts'

const BYTES = 2
const TEXT = 3
const ARRAY = 4
const MAP = 5
const TAG = 6
const SIMPLE = 7

const INDEFINITE = 31
const BREAK = 0xff
const POSITIVE_BIGNUM = 2
const NEGATIVE_BIGNUM = 3

const complete = (bytes: Uint8Array, start: number, end: number, rules: DecodeRules): AnyCbor =>
  new AnyCbor(bytes, start, end, rules)

/**
 * The one value that fills `bytes[start, end)`. Throws ProtocolError with TRUNCATED, TRAILING_BYTES, LENGTH_OVERRUN,
 * BAD_UTF8, BAD_TOKEN, BAD_NUMBER, DUPLICATE_KEY, DEPTH_LIMIT, NODE_LIMIT or SIZE_LIMIT (a bignum of more than
 * `maxBigIntBytes`); its `offset` is an index in `bytes`. Throws RangeError when the range is not inside the bytes.
 */
export function readCbor(bytes: Uint8Array, start: number, end: number, rules: DecodeRules): unknown {
  return readBinary(complete, bytes, start, end, rules)
}

/** The list of a message that is common; null for any other, and for one that is wrong. */
export function readCommonCbor(
  bytes: Uint8Array,
  start: number,
  end: number,
  rules: DecodeRules,
): unknown[] | null {
  return readCommonList(complete, bytes, start, end, rules)
}

/** See `ValueFormat.readPayload`. */
export function readCborPayload(
  bytes: Uint8Array,
  list: number,
  before: number,
  start: number,
  end: number,
  rules: DecodeRules,
): PayloadValues | null {
  const head = bytes[list] as number
  // Longer lists are no messages.
  const count = (head & 0xf0) === 0x80 ? (head & 15) - before : 0
  return count === 1 || count === 2 ? readPayload(complete, bytes, start, end, count, rules) : null
}

/** The complete reader. */
export class AnyCbor extends AnyReader {
  constructor(bytes: Uint8Array, start: number, end: number, rules: DecodeRules) {
    super('cbor', bytes, start, end, rules)
  }

  protected odd(head: number, offset: number): unknown {
    const major = head >> 5
    const info = head & 31
    if (major === SIMPLE) return this.simple(info, offset)
    if (major === TAG) return this.tag(info, offset)
    if (info === INDEFINITE) {
      switch (major) {
        case BYTES:
          return this.own(this.joinedBytes())
        case TEXT:
          return this.joinedText()
        case ARRAY:
          return this.list(-1, offset)
        case MAP:
          return this.map(-1, offset)
      }
    }
    throw this.fail('BAD_TOKEN', offset)
  }

  protected isBreak(): boolean {
    if (this.at >= this.end || this.bytes[this.at] !== BREAK) return false
    this.at++
    return true
  }

  /** The head of the next chunk of an indefinite string: its length, or -1 for the break. */
  private chunk(major: typeof BYTES | typeof TEXT): number {
    const offset = this.at
    const head = this.u8()
    if (head === BREAK) return -1
    if (head >> 5 !== major) throw this.fail('BAD_TOKEN', offset)
    return this.sized(head, offset)
  }

  /** The length of a string whose head is at `offset`. */
  private sized(head: number, offset: number): number {
    if ((head & 31) > 27) throw this.fail('BAD_TOKEN', offset)
    return this.length(head)
  }

  private joinedText(): string {
    let text = ''
    for (;;) {
      const length = this.chunk(TEXT)
      if (length < 0) return text
      text += this.text(length)
    }
  }

  private joinedBytes(): Uint8Array {
    // Measured first, so that a million chunks of one byte cost one array and one copy.
    const start = this.at
    let total = 0
    for (let length = this.chunk(BYTES); length >= 0; length = this.chunk(BYTES)) {
      total += length
      this.at += length
    }
    const joined = new Uint8Array(total)
    this.at = start
    let at = 0
    for (let length = this.chunk(BYTES); length >= 0; length = this.chunk(BYTES)) {
      joined.set(this.bytes.subarray(this.at, this.at + length), at)
      this.at += length
      at += length
    }
    return joined
  }

  /** The content of a tag, or a `Tagged`. A tag that is dropped leaves a key where one must come. */
  private tag(info: number, offset: number): unknown {
    const tag = this.tagNumber(info, offset)
    if (tag === POSITIVE_BIGNUM || tag === NEGATIVE_BIGNUM) return this.bignum(tag, offset)
    const isKey = this.isKey && this.rules.tags === 'plain'
    this.enter(offset)
    const content = isKey ? this.key() : this.value()
    this.levels--
    // By the rules for args and kwargs when it is around a message's list: then it is no list.
    return this.rules.tags === 'plain' ? content : this.learnt(new Tagged(tag, content))
  }

  private tagNumber(info: number, offset: number): number | bigint {
    if (info < 24) return info
    if (info === 24) return this.u8()
    if (info === 25) return this.u16()
    if (info === 26) return this.u32()
    if (info !== 27) throw this.fail('BAD_TOKEN', offset)
    const wide = (BigInt(this.u32()) << 32n) | BigInt(this.u32())
    return wide <= Number.MAX_SAFE_INTEGER ? Number(wide) : wide
  }

  /** The content of tag 2 or 3 (RFC 8949 section 3.4.3). */
  private bignum(tag: number, offset: number): number | bigint {
    const start = this.at
    const head = this.u8()
    if (head >> 5 !== BYTES) throw this.fail('BAD_TOKEN', start)
    const isJoined = (head & 31) === INDEFINITE
    const digits = isJoined ? this.joinedBytes() : this.binary(this.sized(head, start))
    if (digits.length > this.rules.maxBigIntBytes) throw this.fail('SIZE_LIMIT', start)
    const value = bigIntOf(digits)
    return this.bigInteger(tag === POSITIVE_BIGNUM ? value : -1n - value, offset)
  }

  private simple(info: number, offset: number): Tagged {
    if (info > 24) throw this.fail('BAD_TOKEN', offset)
    const simple = info < 24 ? info : this.u8()
    if (info === 24 && simple < 32) throw this.fail('BAD_TOKEN', offset)
    return new Tagged(simple, null, 'simple')
  }
}
