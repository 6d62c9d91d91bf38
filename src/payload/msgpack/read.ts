/**
 * MsgPack to JavaScript values. Extensions, the timestamp too, are `Tagged` with their type and bytes. A key may be any
 * value (docs/payloads.md). A form longer than needed is read.
 */
import { AnyReader } from '../binary/any-reader.ts'
import { readBinary, readCommonList, readPayload } from '../binary/read.ts'
import type { DecodeRules } from '../decode-value.ts'
import type { PayloadValues } from '../format.ts'
import { Tagged } from '../values.ts'

const complete = (bytes: Uint8Array, start: number, end: number, rules: DecodeRules): AnyMsgpack =>
  new AnyMsgpack(bytes, start, end, rules)

/**
 * The one value that fills `bytes[start, end)`. Throws ProtocolError with TRUNCATED, TRAILING_BYTES, LENGTH_OVERRUN,
 * BAD_UTF8, BAD_TOKEN, BAD_NUMBER, DUPLICATE_KEY, DEPTH_LIMIT or NODE_LIMIT; its `offset` is an index in `bytes`.
 * Throws RangeError when the range is not inside the bytes.
 */
export function readMsgpack(bytes: Uint8Array, start: number, end: number, rules: DecodeRules): unknown {
  return readBinary(complete, bytes, start, end, rules)
}

/** The list of a message that is common; null for any other, and for one that is wrong. */
export function readCommonMsgpack(
  bytes: Uint8Array,
  start: number,
  end: number,
  rules: DecodeRules,
): unknown[] | null {
  return readCommonList(complete, bytes, start, end, rules)
}

/** See `ValueFormat.readPayload`. */
export function readMsgpackPayload(
  bytes: Uint8Array,
  list: number,
  before: number,
  start: number,
  end: number,
  rules: DecodeRules,
): PayloadValues | null {
  const head = bytes[list] as number
  // Longer lists are no messages.
  const count = (head & 0xf0) === 0x90 ? (head & 15) - before : 0
  return count === 1 || count === 2 ? readPayload(complete, bytes, start, end, count, rules) : null
}

/** The complete reader. */
export class AnyMsgpack extends AnyReader {
  constructor(bytes: Uint8Array, start: number, end: number, rules: DecodeRules) {
    super('msgpack', bytes, start, end, rules)
  }

  protected odd(head: number, offset: number): unknown {
    switch (head) {
      case 0xc7:
        return this.extension(this.u8(), offset)
      case 0xc8:
        return this.extension(this.u16(), offset)
      case 0xc9:
        return this.extension(this.u32(), offset)
      case 0xc1:
        // The one byte that the specification never uses.
        throw this.fail('BAD_TOKEN', offset)
      default:
        return this.extension(1 << (head - 0xd4), offset)
    }
  }

  protected isBreak(): boolean {
    return false
  }

  private extension(length: number, offset: number): unknown {
    if (this.rules.peers === 'lenient' && this.isUndefined(offset)) {
      this.at += 2
      return this.nothing()
    }
    // Its type as well.
    this.checkLength(length + 1, 1, this.at)
    const type = (this.u8() << 24) >> 24
    return new Tagged(type, this.binary(length), 'extension')
  }

  /** True for the extension by which msgpackr means `undefined`: type 0 with the byte 0. */
  private isUndefined(offset: number): boolean {
    const { bytes, end } = this
    return end - offset >= 3 && bytes[offset] === 0xd4 && bytes[offset + 1] === 0 && bytes[offset + 2] === 0
  }
}
