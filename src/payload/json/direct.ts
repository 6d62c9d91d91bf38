/**
 * JSON for the direct readers. The kernel has checked the text, so this looks for what it needs and not for mistakes.
 * Integers that a double holds, and no bytes (strings that begin with NUL).
 */
import type { Kernel } from '../../kernel/kernel.ts'
import { BracketReader } from '../bracket-reader.ts'
import { setOwn } from '../decode-value.ts'
import { FALLBACK } from '../direct-reader.ts'
import type { ReadKey } from '../read-key.ts'

const SPACE = 0x20
const QUOTE = 0x22
const PLUS = 0x2b
const COMMA = 0x2c
const MINUS = 0x2d
const POINT = 0x2e
const DIGIT_0 = 0x30
const DIGIT_9 = 0x39
const COLON = 0x3a
const UPPER_E = 0x45
const OPEN_ARRAY = 0x5b
const BACKSLASH = 0x5c
const CLOSE_ARRAY = 0x5d
const LOWER_E = 0x65
const LOWER_F = 0x66
const LOWER_N = 0x6e
const LOWER_T = 0x74
const OPEN_MAP = 0x7b
const CLOSE_MAP = 0x7d

/** Digits of which each number is exact in a double, and its quotient by 10 to as many is rounded once. */
const EXACT_DIGITS = 15
const POWERS: readonly number[] = Array.from({ length: EXACT_DIGITS + 1 }, (_, i) => Number(`1e${i}`))

/** A key on the wire ends with its quote and the colon. */
const KEY_TAIL = 2

export class DirectJson extends BracketReader {
  constructor(kernel: Kernel) {
    super(kernel, new Uint8Array(0), KEY_TAIL)
  }

  /** The next value, and the comma behind it. */
  value(parentKey: ReadKey): unknown {
    const { bytes } = this
    let code = bytes[this.at] as number
    while (code <= SPACE) code = bytes[++this.at] as number
    const value = this.valueFrom(code, parentKey)
    const { at } = this
    if (at >= this.end) return value
    code = bytes[at] as number
    if (code === COMMA && (bytes[at + 1] as number) > SPACE) this.at++
    else if (code <= COMMA) this.pass()
    return value
  }

  private valueFrom(code: number, parentKey: ReadKey): unknown {
    switch (code) {
      case QUOTE:
        return this.string()
      case OPEN_MAP:
        return this.bracketedMap(parentKey)
      case OPEN_ARRAY:
        return this.bracketedList(parentKey)
      case LOWER_T:
        this.at += 4
        return true
      case LOWER_F:
        this.at += 5
        return false
      case LOWER_N:
        this.at += 4
        return null
      default:
        return this.number(code)
    }
  }

  /** Goes past white space, a comma, and white space. */
  private pass(): void {
    this.space()
    if (this.bytes[this.at] !== COMMA || this.at >= this.end) return
    this.at++
    this.space()
  }

  private space(): void {
    const { bytes, end } = this
    while (this.at < end && (bytes[this.at] as number) <= SPACE) this.at++
  }

  private string(): string {
    const { bytes, end } = this
    const start = this.at + 1
    let all = 0
    for (let at = start; at < end; at++) {
      const code = bytes[at] as number
      if (code === QUOTE) {
        this.at = at + 1
        return all < 0x80 ? this.ascii(start, at) : this.anyText(start, at)
      }
      if (code === BACKSLASH) return this.escaped(start, at)
      all |= code
    }
    throw FALLBACK
  }

  /** A string with a backslash at `at`. */
  private escaped(start: number, at: number): string {
    const { bytes, end } = this
    while (at < end && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
    this.at = at + 1
    if (this.at > end) throw FALLBACK
    const text = JSON.parse(this.anyText(start - 1, this.at)) as string
    if (text.charCodeAt(0) === 0) throw FALLBACK
    return text
  }

  private number(code: number): number {
    const { bytes, end, at: start } = this
    let at = start
    if (code === MINUS) code = bytes[++at] as number
    const first = at
    let value = 0
    for (; code >= DIGIT_0 && code <= DIGIT_9; code = bytes[++at] as number)
      value = value * 10 + (code - DIGIT_0)
    let digits = at - first
    if (digits === 0) throw FALLBACK
    // What follows a number that is all there is may look like more of it.
    if (at >= end) code = COMMA
    let decimals = 0
    if (code === POINT) {
      code = bytes[++at] as number
      const point = at
      for (; code >= DIGIT_0 && code <= DIGIT_9; code = bytes[++at] as number)
        value = value * 10 + (code - DIGIT_0)
      if (at >= end) code = COMMA
      decimals = at - point
      digits += decimals
    } else if (value > Number.MAX_SAFE_INTEGER && code !== LOWER_E && code !== UPPER_E) {
      throw FALLBACK
    }
    if (at > end) throw FALLBACK
    this.at = at
    if (code === LOWER_E || code === UPPER_E || (digits > EXACT_DIGITS && decimals > 0))
      return this.long(start)
    if (decimals > 0) value /= POWERS[decimals] as number
    return bytes[start] === MINUS ? -value : value
  }

  /** A number with an exponent or of many digits, from its first byte on; the position is somewhere in it. */
  private long(start: number): number {
    const { bytes, end } = this
    let { at } = this
    for (; at < end; at++) {
      const code = bytes[at] as number
      if (code <= COMMA && code !== PLUS) break
      if (code === CLOSE_ARRAY || code === CLOSE_MAP) break
    }
    this.at = at
    const value = Number(this.ascii(start, at))
    if (!Number.isFinite(value)) throw FALLBACK
    return value
  }

  protected keySize(): number {
    const { bytes, end, at: start } = this
    this.keyHead = 1
    for (let at = start + 1; at < end; at++) {
      const code = bytes[at] as number
      if (code === QUOTE) return bytes[at + 1] === COLON ? at + KEY_TAIL - start : 0
      if (code === BACKSLASH) return 0
    }
    throw FALLBACK
  }

  protected override pairOfText(object: Record<string, unknown>): void {
    if (this.bytes[this.at] !== QUOTE) throw FALLBACK
    const key = this.string()
    this.space()
    this.at++
    setOwn(object, key, this.value(this.keys.unknown))
  }

  /** Goes past the bracket that opens a container, and what is white behind it. */
  protected open(): void {
    this.at++
    this.space()
  }
}
