/**
 * `Reader`, which reads numbers, text and bytes and never leaves its range. With it the readers of UBJSON and
 * FlexBuffers, and the complete reader of CBOR and MsgPack, only know the bytes of their format.
 *
 * Everything is checked here: range, depth, number of values, UTF-8, keys. The kernel may not have seen the bytes, and
 * a borrowed frame may have been changed since it has. The bytes must not be shared memory: text decoders read twice,
 * and the façade copies such frames before anything looks at them.
 *
 * Only plain data comes out: objects or Maps, arrays, strings, numbers, BigInt, booleans, null, `Uint8Array`, and
 * `Tagged` for any other value, or on request.
 */
import type { ErrorCode, ProtocolError } from '../errors.ts'
import type { Policy } from '../limits.ts'
import { asBuffer } from './buffers.ts'
import { faultText, valueFault } from './fault-text.ts'
import { GROWTH, GrowthError } from './growth.ts'
import { readText } from './utf8.ts'
import { Float64 } from './values.ts'

/** The part of the policy that decoding a value needs. */
export type DecodeRules = Pick<
  Policy,
  'integers' | 'binary' | 'maps' | 'tags' | 'duplicateKeys' | 'maxDepth' | 'maxNodes' | 'maxBigIntBytes'
> & {
  /**
   * `exact` is for values that go to another format: integral floats are `Float64`, so that they are written as floats
   * again, and what the value names again and again is charged.
   */
  readonly floats?: 'plain' | 'exact'
  /** `lenient`: the extension by which msgpackr means `undefined` is that; otherwise an extension like any other. */
  readonly peers?: Policy['peers']
  /** What `undefined` in a map is; default null. In an array it is null always. */
  readonly undefineds?: 'null' | 'absent'
  /**
   * The rules for the next element of the outermost array, by the elements before it: in the list of a message options
   * are read by other rules than values.
   */
  readonly elements?: (before: readonly unknown[]) => DecodeRules
}

/** Text of fewer bytes is built character by character; a call of the decoder costs more. */
const CHARWISE_BELOW = 25

const MAX_EXACT_BIGINT = 2n ** 53n

const scratch = new DataView(new ArrayBuffer(8))

/** A position in `bytes[start, end)`, the rules and the budget of values. One per call of a decoder. */
export class Reader {
  /** Index of the next byte. */
  declare at: number
  declare readonly bytes: Uint8Array
  declare readonly end: number
  /** Other ones for each element of a message's list. */
  declare rules: DecodeRules
  /** A key is read: numbers as they are on the wire, whatever the rules do with those that are values. */
  declare isKey: boolean
  declare private readonly format: string
  /** Values that may come. */
  declare nodes: number
  /** Bytes of the value. */
  declare private readonly size: number
  /** What `charge` has counted. */
  declare private charged: number

  /** Throws a RangeError when the range is not inside the bytes. */
  constructor(format: string, bytes: Uint8Array, start: number, end: number, rules: DecodeRules) {
    if (!(start >= 0 && start <= end && end <= bytes.length)) {
      throw new RangeError(`the range ${start}..${end} is not inside ${bytes.length} bytes`)
    }
    this.at = start
    this.bytes = bytes
    this.end = end
    this.rules = rules
    this.isKey = false
    this.format = format
    this.nodes = rules.maxNodes
    this.size = end - start
    this.charged = 0
  }

  /** The error for what is at `offset`, an index in `bytes`; `reason` says more than the table of texts knows. */
  fail(code: ErrorCode, offset: number = this.at, reason: string | null = null): ProtocolError {
    const { format, rules, end } = this
    const byte = offset < end ? this.bytes[offset] : undefined
    return valueFault(code, reason ?? faultText(code, rules, format, byte), format, offset)
  }

  /** Throws TRUNCATED unless `count` more bytes are in the range. */
  need(count: number): void {
    if (this.end - this.at < count) throw this.fail('TRUNCATED', this.end)
  }

  /**
   * Checks a claimed length before anything is done with it: `count` things of at least `size` bytes each. Throws
   * LENGTH_OVERRUN at `offset`: where a string's bytes begin, and the head of a container.
   */
  checkLength(count: number, size: number, offset: number): void {
    if (count * size > this.end - this.at) throw this.fail('LENGTH_OVERRUN', offset)
  }

  /** Counts one value. Throws NODE_LIMIT: a frame of empty maps must not become gigabytes of objects. */
  countNode(): void {
    if (--this.nodes < 0) throw this.fail('NODE_LIMIT')
  }

  /** Throws NODE_LIMIT unless `count` more values may come: for values that have no bytes of their own. */
  checkNodes(count: number, offset: number): void {
    if (count > this.nodes) throw this.fail('NODE_LIMIT', offset)
  }

  /** Counts the elements of a container at once, before any of them is read. Throws NODE_LIMIT at `offset`. */
  countNodes(count: number, offset: number = this.at): void {
    this.nodes -= count
    if (this.nodes < 0) throw this.fail('NODE_LIMIT', offset)
  }

  /**
   * Counts bytes that another format writes each time that the value names them, if it is read for one. Throws
   * GrowthError, SIZE_LIMIT at `offset`, beyond 64 for each byte of the value and `least`.
   */
  charge(count: number, least: number, offset: number): void {
    if (this.rules.floats !== 'exact') return
    this.charged += count
    if (this.charged > this.size * GROWTH + least) throw new GrowthError(this.format, offset)
  }

  u8(): number {
    this.need(1)
    return this.bytes[this.at++]!
  }

  u16(): number {
    this.need(2)
    const { bytes, at } = this
    this.at = at + 2
    return (bytes[at]! << 8) | bytes[at + 1]!
  }

  u32(): number {
    this.need(4)
    const { bytes, at } = this
    this.at = at + 4
    return bytes[at]! * 0x100_0000 + ((bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!)
  }

  /** The `undefined` of a format: undefined when it is absent in a map, else null. */
  nothing(): null | undefined {
    return this.rules.undefineds === 'absent' ? undefined : null
  }

  /** A float as the rules want it. */
  float(value: number): number | Float64 {
    const isExact = this.isKey || this.rules.floats === 'exact'
    return isExact && Number.isInteger(value) ? new Float64(value) : value
  }

  f32(): number {
    scratch.setUint32(0, this.u32())
    return scratch.getFloat32(0)
  }

  f64(): number {
    scratch.setUint32(0, this.u32())
    scratch.setUint32(4, this.u32())
    return scratch.getFloat64(0)
  }

  /** An integer that is exact in a double, as `integers` asks for it. */
  integer(value: number): number | bigint {
    return this.rules.integers === 'bigint' && !this.isKey ? BigInt(value) : value
  }

  /** Any integer, as `integers` asks for it. Throws BAD_NUMBER when a double cannot hold it and must. */
  bigInteger(value: bigint, offset: number): number | bigint {
    const integers = this.isKey ? 'auto' : this.rules.integers
    if (integers === 'bigint') return value
    if (value <= MAX_EXACT_BIGINT && value >= -MAX_EXACT_BIGINT) return Number(value)
    if (integers === 'auto') return value
    const rounded = Number(value)
    if (!Number.isFinite(rounded)) throw this.fail('BAD_NUMBER', offset)
    return rounded
  }

  /** Takes `count` bytes, which must be in the range, as `binary` asks for them. */
  binary(count: number): Uint8Array {
    const { bytes, at } = this
    this.at = at + count
    if (this.rules.binary === 'view') return new Uint8Array(bytes.buffer, bytes.byteOffset + at, count)
    return this.own(new Uint8Array(bytes.subarray(at, at + count)))
  }

  /** Bytes of their own memory, as `binary` asks for them. */
  own(bytes: Uint8Array): Uint8Array {
    return this.rules.binary === 'buffer' ? asBuffer(bytes) : bytes
  }

  /** Takes `count` bytes, which must be in the range, as text. Throws BAD_UTF8 at the first byte that is wrong. */
  text(count: number): string {
    const { bytes, at } = this
    const end = at + count
    this.at = end
    if (count < CHARWISE_BELOW) {
      let text = ''
      let i = at
      for (; i < end; i++) {
        const code = bytes[i]!
        if (code >= 0x80) break
        text += String.fromCharCode(code)
      }
      if (i === end) return text
    }
    const text = readText(bytes, at, end)
    // What is not UTF-8 was read as this character, which may also have come as it is.
    const wrong = text.includes('\ufffd') ? invalidUtf8At(bytes, at, end) : -1
    if (wrong >= 0) throw this.fail('BAD_UTF8', wrong)
    return text
  }

  /** Throws TRAILING_BYTES unless everything has been read. */
  finish(): void {
    if (this.at < this.end) throw this.fail('TRAILING_BYTES')
  }
}

const objectPrototype: object = Object.prototype

let onClash: ((key: string) => void) | null = null

/** From now on `clash` hears of every key that Object.prototype has, too. */
export function watchClashes(clash: (key: string) => void): void {
  onClash = clash
}

/** Sets an own, ordinary property whatever the key: `__proto__` is a key like any other. */
export function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key in objectPrototype) {
    // Of no prototype: what has been put on Object.prototype would be a part of it.
    const descriptor = { __proto__: null, value, writable: true, enumerable: true, configurable: true }
    Object.defineProperty(object, key, descriptor as PropertyDescriptor)
    onClash?.(key)
  } else {
    object[key] = value
  }
}

/** A BigInt from big-endian bytes, in time linear in their number. */
export function bigIntOf(bytes: Uint8Array): bigint {
  let hex = '0x0'
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return BigInt(hex)
}

/** The index of the first byte that no well-formed UTF-8 has at its place (RFC 3629 section 4); -1 when all is well. */
export function invalidUtf8At(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end) {
    const lead = bytes[at]!
    if (lead < 0x80) {
      at++
      continue
    }
    const more = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
    if (more === 0 || at + more >= end) return at
    const second = bytes[at + 1]!
    // The second byte also keeps out overlong forms, surrogates and what is beyond U+10FFFF.
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
    if (second < low || second > high) return at
    for (let i = 2; i <= more; i++) {
      if ((bytes[at + i]! & 0xc0) !== 0x80) return at
    }
    at += more + 1
  }
  return -1
}
