/**
 * Both dialects of UBJSON for the direct readers: containers with and without a count, and lists of numbers of one
 * type. Arrays of more dimensions, structures of arrays, high-precision numbers and no-ops fall back.
 */
import type { Kernel } from '../../kernel/kernel.ts'
import { halfFloat } from '../binary/half-float.ts'
import { BracketReader } from '../bracket-reader.ts'
import { FALLBACK } from '../direct-reader.ts'
import type { ReadKey } from '../read-key.ts'
import { arrayOf, SORT_DOUBLE, SORT_INTEGER } from '../templates.ts'
import { COUNT, type Dialect, OPEN_ARRAY, OPEN_MAP, TYPE } from './head.ts'

const UINT_8 = 0x55
const INT_8 = 0x69
const FLOAT_32 = 0x64
const FLOAT_64 = 0x44
const TEXT = 0x53

/** Bytes of a key's head: the marker of its length, and the length. */
const KEY_HEAD = 2

export class DirectUbjson extends BracketReader {
  declare private readonly isLittle: boolean
  declare private readonly byte: number

  constructor(kernel: Kernel, { isLittle, byte }: Dialect) {
    super(kernel, NO_SORTS, 0)
    this.isLittle = isLittle
    this.byte = byte
  }

  value(parentKey: ReadKey): unknown {
    const marker = this.bytes[this.at++] as number
    switch (marker) {
      case TEXT:
        return this.text(this.length())
      case UINT_8:
        return this.bytes[this.at++]
      case OPEN_MAP:
        return this.mapOf(parentKey)
      case OPEN_ARRAY:
        return this.listOf(parentKey)
      case 0x5a: // Z
        return null
      case 0x54: // T
        return true
      case 0x46: // F
        return false
      case 0x43: // C
        return this.text(1)
      default:
        return this.number(marker)
    }
  }

  /** Takes the number behind its marker. Throws FALLBACK for what is none, and where a double does not hold it. */
  private number(marker: number): number {
    const { at, view, isLittle } = this
    switch (marker) {
      case UINT_8:
      case 0x42: // B
        this.at = at + 1
        return view.getUint8(at)
      case INT_8:
        this.at = at + 1
        return view.getInt8(at)
      case 0x49: // I
        this.at = at + 2
        return view.getInt16(at, isLittle)
      case 0x75: // u
        this.at = at + 2
        return view.getUint16(at, isLittle)
      case 0x6c: // l
        this.at = at + 4
        return view.getInt32(at, isLittle)
      case 0x6d: // m
        this.at = at + 4
        return view.getUint32(at, isLittle)
      case 0x4c: // L
        return this.integer64(view.getInt32(isLittle ? at + 4 : at, isLittle))
      case 0x4d: // M
        return this.integer64(view.getUint32(at + 4, isLittle))
      case FLOAT_64:
        this.at = at + 8
        return view.getFloat64(at, isLittle)
      case FLOAT_32:
        this.at = at + 4
        return view.getFloat32(at, isLittle)
      case 0x68: // h
        this.at = at + 2
        return halfFloat(view.getUint16(at, isLittle))
      default:
        throw FALLBACK
    }
  }

  /** An integer of 64 bits whose upper half, signed or not, is `high`. */
  private integer64(high: number): number {
    if (high >= 0x20_0000 || high < -0x20_0000) throw FALLBACK
    const { at, isLittle } = this
    this.at = at + 8
    return high * 0x1_0000_0000 + this.view.getUint32(isLittle ? at : at + 4, isLittle)
  }

  /** Takes a length with its marker. Throws FALLBACK for the sizes of an array of several dimensions. */
  private length(): number {
    const { bytes, at } = this
    if (bytes[at] !== UINT_8) return this.longLength()
    this.at = at + 2
    return bytes[at + 1] as number
  }

  private longLength(): number {
    const marker = this.bytes[this.at++] as number
    if (marker === OPEN_ARRAY) throw FALLBACK
    return this.number(marker)
  }

  /** The list whose bracket was taken. */
  private listOf(parentKey: ReadKey): unknown {
    const next = this.bytes[this.at]
    if (next === COUNT) {
      this.at++
      return this.list(this.length(), parentKey)
    }
    return next === TYPE ? this.typedList() : this.bracketedList(parentKey)
  }

  /** The list of elements of one type; its bracket was taken. */
  private typedList(): unknown {
    const { bytes, at } = this
    const type = bytes[at + 1] as number
    // The schema of a structure of arrays may begin with anything.
    if (type === OPEN_MAP) throw FALLBACK
    this.at = at + 3
    const count = this.length()
    if (type === this.byte) return this.binary(count)
    if (count > this.end - this.at) throw FALLBACK
    const isFloat = type === FLOAT_64 || type === FLOAT_32
    const values = arrayOf(isFloat ? SORT_DOUBLE : SORT_INTEGER, count)
    for (let i = 0; i < count; i++) values[i] = this.number(type)
    return values
  }

  /** The map whose bracket was taken. Throws FALLBACK for values of one type and structures of arrays. */
  private mapOf(parentKey: ReadKey): Record<string, unknown> {
    const next = this.bytes[this.at]
    if (next === TYPE) throw FALLBACK
    if (next !== COUNT) return this.bracketedMap(parentKey)
    this.at++
    const count = this.length()
    this.enter(count)
    const object = this.build(count, parentKey.mapPlace())
    this.levels--
    return object
  }

  /** The bracket was taken. */
  protected open(): void {}

  protected keySize(): number {
    const { bytes, at } = this
    this.keyHead = KEY_HEAD
    const marker = bytes[at]
    if (marker !== UINT_8 && marker !== INT_8) throw FALLBACK
    return KEY_HEAD + (bytes[at + 1] as number)
  }
}

/** Lists with a count are rarely of numbers. */
const NO_SORTS = new Uint8Array(256)
