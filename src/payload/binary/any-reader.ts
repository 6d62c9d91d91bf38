/**
 * The complete reader of CBOR and MsgPack: any value under any rules. `cbor/read.ts` and `msgpack/read.ts` add what
 * only one of them has. The fast reader (`read.ts`) hands over what is not common.
 */
import { type DecodeRules, Reader } from '../decode-value.ts'
import { KeyIdentities } from '../key-identities.ts'
import { AnyMap } from './any-map.ts'
import { halfFloat } from './half-float.ts'
import {
  ARRAY,
  BYTES,
  CBOR_HEADS,
  FALSE,
  FLOAT16,
  FLOAT32,
  FLOAT64,
  HEADS,
  KIND_BITS,
  KIND_MASK,
  MAP,
  MSGPACK_HEADS,
  NEGATIVE,
  NULL,
  ODD,
  SIGNED8,
  SIGNED16,
  SIGNED32,
  SIGNED64,
  TEXT,
  TRUE,
  UNDEFINED,
} from './heads.ts'

/** Makes the complete reader of a range. Throws RangeError when it is not inside the bytes. */
export type CompleteReader = (bytes: Uint8Array, start: number, end: number, rules: DecodeRules) => AnyReader

/** Reads values of one format. Recursive: `maxDepth` is at most 1000, and some for what is around. */
export abstract class AnyReader extends Reader {
  /** Containers and tags that are open. */
  declare levels: number
  /** Where the format's first bytes begin in the tables. */
  declare private readonly heads: number
  /** Keys that are open, and the identities of the containers in them, where none may come twice. */
  declare private openKeys: number
  declare private identities: KeyIdentities | null
  /** The rules of the elements of the first array, until it comes. */
  declare private elements: DecodeRules['elements']

  constructor(format: 'cbor' | 'msgpack', bytes: Uint8Array, start: number, end: number, rules: DecodeRules) {
    super(format, bytes, start, end, rules)
    this.heads = format === 'cbor' ? CBOR_HEADS : MSGPACK_HEADS
    this.levels = this.openKeys = 0
    this.identities = null
    this.elements = rules.elements
  }

  /** Reads a value that only this format has; `head`, its first byte, was taken. Throws BAD_TOKEN. */
  protected abstract odd(head: number, offset: number): unknown

  /** True at the mark that ends a container without a count, which is taken. */
  protected abstract isBreak(): boolean

  /** The only value there is. Throws TRAILING_BYTES when there are more. */
  whole(): unknown {
    const value = this.value()
    this.finish()
    return value
  }

  value(): unknown {
    this.countNode()
    return this.counted()
  }

  /** The next key: a number as it is on the wire, whatever the rules do with those that are values. */
  protected key(): unknown {
    this.countNode()
    this.isKey = true
    const key = this.counted()
    this.isKey = false
    return key
  }

  private kindOf(head: number): number {
    return (HEADS[this.heads + head] as number) & KIND_MASK
  }

  /** Reads the next value, which was counted; while `isKey`, as it is on the wire. */
  private counted(): unknown {
    const offset = this.at
    const head = this.u8()
    const kind = this.kindOf(head)
    switch (kind) {
      case ODD:
        return this.odd(head, offset)
      case FALSE:
        return false
      case TRUE:
        return true
      case NULL:
        return null
      case UNDEFINED:
        return this.nothing()
      case FLOAT16:
        return this.float(halfFloat(this.u16()))
      case FLOAT32:
        return this.float(this.f32())
      case FLOAT64:
        return this.float(this.f64())
      case TEXT:
        return this.text(this.length(head))
      case BYTES:
        return this.binary(this.length(head))
      case ARRAY:
        return this.list(this.length(head, offset), offset)
      case MAP:
        return this.map(this.length(head, offset, 2), offset)
      default:
        return this.integerOf(kind, this.argument(head), offset)
    }
  }

  /** The argument of a head; -1 when it has 64 bits, which the caller reads. */
  private argument(head: number): number {
    const argument = (HEADS[this.heads + head] as number) >> KIND_BITS
    if (argument >= 0) return argument
    if (argument === -1) return this.u8()
    if (argument === -2) return this.u16()
    return argument === -4 ? this.u32() : -1
  }

  /**
   * A length that fits in the rest when each of the things has at least `size` bytes. Throws LENGTH_OVERRUN at
   * `offset`, or behind the head.
   */
  protected length(head: number, offset: number = -1, size: number = 1): number {
    let length = this.argument(head)
    if (length < 0) {
      // Rounding beyond 2^53 does no harm: such a length never fits.
      length = this.u32() * 0x1_0000_0000 + this.u32()
    }
    this.checkLength(length, size, offset < 0 ? this.at : offset)
    return length
  }

  private integerOf(kind: number, argument: number, offset: number): number | bigint {
    if (argument < 0) {
      let high = this.u32()
      const low = this.u32()
      if (kind === SIGNED64) high |= 0
      const isNegative = kind === NEGATIVE
      if (high < 0x20_0000 && high >= -0x20_0000) {
        const exact = high * 0x1_0000_0000 + low
        return this.integer(isNegative ? -1 - exact : exact)
      }
      const wide = (BigInt(high) << 32n) | BigInt(low)
      return this.bigInteger(isNegative ? -1n - wide : wide, offset)
    }
    switch (kind) {
      case NEGATIVE:
        return this.integer(-1 - argument)
      case SIGNED8:
        return this.integer((argument << 24) >> 24)
      case SIGNED16:
        return this.integer((argument << 16) >> 16)
      case SIGNED32:
        return this.integer(argument | 0)
      default:
        return this.integer(argument)
    }
  }

  /** Opens a container or tag that begins at `offset`. Throws DEPTH_LIMIT. */
  protected enter(offset: number): void {
    const { maxDepth } = this.rules
    if (this.levels >= maxDepth) throw this.fail('DEPTH_LIMIT', offset)
    this.levels++
    this.isKey = false
  }

  /** The array of `count` elements that follow; below 0 a mark ends them. */
  protected list(count: number, offset: number): unknown[] {
    this.enter(offset)
    const values: unknown[] = []
    const choose = this.elements
    this.elements = undefined
    if (choose !== undefined) this.rules = choose(values)
    for (let i = 0; !this.isEnd(i, count); i++) {
      values.push(this.value() ?? null)
      if (choose !== undefined) this.rules = choose(values)
    }
    this.levels--
    return this.learnt(values)
  }

  /** The map of `count` pairs that follow; below 0 a mark ends them. */
  protected map(count: number, offset: number): unknown {
    this.enter(offset)
    const isMap = this.rules.maps === 'map'
    const map = this.pairs(new AnyMap(isMap ? new Map() : {}, !isMap), count)
    this.levels--
    return map
  }

  private isEnd(i: number, count: number): boolean {
    return count < 0 ? this.isBreak() : i === count
  }

  /** The map that has `count` more pairs, which follow. */
  pairs(open: AnyMap, count: number): unknown {
    for (let i = 0; !this.isEnd(i, count); i++) {
      const offset = this.at
      this.openKeys++
      const key = this.key() ?? null
      this.openKeys--
      if (this.rules.duplicateKeys === 'refuse') this.identities ??= new KeyIdentities()
      const twin = open.addKey(key, this.rules, this.identities)
      if (twin !== null) throw this.fail('DUPLICATE_KEY', offset, twin)
      open.add(this.value())
    }
    const content = open.container
    return this.learnt(open.close(this.rules) as object, content)
  }

  /** Takes note of a container with this content when it is in a key that must not come twice. */
  protected learnt<T extends object>(container: T, content: object = container): T {
    if (this.openKeys > 0 && this.rules.duplicateKeys === 'refuse') {
      this.identities ??= new KeyIdentities()
      this.identities.learn(container, content)
    }
    return container
  }
}
