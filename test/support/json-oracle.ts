/**
 * A reader of JSON that is slow and plain, as an oracle for the fast one: byte by byte, by recursion, each text and
 * number by the engine's own means, each value counted before it is looked at.
 */
import { ProtocolError } from '../../src/errors.ts'
import type { DecodeRules } from '../../src/payload/decode-value.ts'
import { Float64 } from '../../src/payload/values.ts'

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The value in all of the bytes. Throws ProtocolError. */
export function jsonOracle(bytes: Uint8Array, first: DecodeRules): unknown {
  let rules = first
  let at = 0
  let nodes = rules.maxNodes
  let elements = rules.elements

  const fail = (code: ProtocolError['code'], offset: number, reason = textOf(code, offset)): ProtocolError =>
    new ProtocolError(code, `cannot decode a value from json: ${reason} (byte ${offset})`, {
      format: 'json',
      offset,
    })
  const textOf = (code: ProtocolError['code'], offset: number): string => {
    const char = offset < bytes.length ? (bytes[offset] as number) : 0
    const isVisible = char > 0x20 && char < 0x7f
    switch (code) {
      case 'BAD_TOKEN':
        return `unexpected ${isVisible ? String.fromCharCode(char) : `byte 0x${char.toString(16).padStart(2, '0')}`}`
      case 'BAD_UTF8':
        return char === 0x5c ? 'the text has a lone surrogate' : 'the text is not UTF-8'
      case 'BAD_NUMBER':
        return 'a number that is malformed or out of range'
      case 'NODE_LIMIT':
        return `more than ${rules.maxNodes} values`
      case 'DEPTH_LIMIT':
        return `nested deeper than ${rules.maxDepth}`
      case 'SIZE_LIMIT':
        return `a big integer of more than ${rules.maxBigIntBytes} bytes, too many keys, or too many offsets to one text`
      default:
        return code === 'TRUNCATED' ? 'the bytes end too early' : 'more bytes follow'
    }
  }
  const ends = (): ProtocolError => fail('TRUNCATED', bytes.length)
  const take = (i: number): string => {
    if (i >= bytes.length) throw ends()
    return String.fromCharCode(bytes[i] as number)
  }
  const space = (): void => {
    while (at < bytes.length && ' \n\r\t'.includes(take(at))) at++
  }
  const peek = (): string => {
    space()
    return take(at)
  }
  const unexpected = (): ProtocolError => {
    take(at)
    return fail('BAD_TOKEN', at)
  }
  const count = (): void => {
    if (--nodes < 0) throw fail('NODE_LIMIT', at)
  }

  /** A run of plain text, which ends at `end`. */
  const plain = (start: number, end: number): string => {
    try {
      return strict.decode(bytes.subarray(start, end))
    } catch {
      // The longest beginning that some text goes on from is right.
      let right = start
      for (let i = start; i < end; i++) {
        try {
          strict.decode(bytes.subarray(right, i + 1))
          right = i + 1
        } catch {}
        if (i - right > 4) break
      }
      throw fail('BAD_UTF8', right)
    }
  }
  const unit = (start: number, backslash: number): number => {
    for (let i = 0; i < 4; i++) {
      if (!/[0-9a-fA-F]/.test(take(start + i))) throw fail('BAD_TOKEN', backslash)
    }
    return Number.parseInt(plain(start, start + 4), 16)
  }
  const escaped = (): string => {
    const start = at
    const char = take(at + 1)
    at += 2
    if (char !== 'u') {
      if (!'"\\/bfnrt'.includes(char)) throw fail('BAD_TOKEN', start)
      return JSON.parse(`"\\${char}"`)
    }
    const high = unit(at, start)
    at += 4
    let low = 0
    if (high >= 0xd800 && high < 0xdc00 && take(at) === '\\' && take(at + 1) === 'u') {
      low = unit(at + 2, at)
      at += 6
    }
    const text = low === 0 ? String.fromCharCode(high) : String.fromCharCode(high, low)
    const isAlone = /^[\ud800-\udfff]/.test(text) && !/^[\ud800-\udbff][\udc00-\udfff]$/.test(text)
    if (isAlone) throw fail('BAD_UTF8', start)
    return text
  }
  const string = (): string => {
    let text = ''
    let start = ++at
    for (;;) {
      const char = take(at)
      if (char === '"' || char === '\\' || char < ' ') text += plain(start, at)
      if (char === '"') break
      if (char < ' ') throw fail('BAD_TOKEN', at)
      if (char === '\\') {
        text += escaped()
        start = at
      } else at++
    }
    at++
    return text
  }
  const binary = (text: string, offset: number): Uint8Array => {
    const isRight = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
    if (!isRight) throw fail('BAD_TOKEN', offset)
    const made = Buffer.from(text, 'base64')
    return rules.binary === 'buffer' ? made : new Uint8Array(made)
  }

  const number = (): unknown => {
    const start = at
    const digits = (): number => {
      const from = at
      while (at < bytes.length && /[0-9]/.test(take(at))) at++
      if (at === from) {
        take(at)
        throw fail('BAD_NUMBER', start)
      }
      return at - from
    }
    if (take(at) === '-') {
      at++
      if (!/[0-9]/.test(take(at))) throw unexpected()
    }
    const from = at
    const length = digits()
    if (length > 1 && take(from) === '0') throw fail('BAD_NUMBER', start)
    let isInteger = true
    if (at < bytes.length && take(at) === '.') {
      isInteger = false
      at++
      digits()
    }
    if (at < bytes.length && /[eE]/.test(take(at))) {
      isInteger = false
      at++
      if (at < bytes.length && /[+-]/.test(take(at))) at++
      digits()
    }
    const limit = 1 + Math.floor(rules.maxBigIntBytes * 2.40824)
    if (isInteger && length > limit) throw fail('SIZE_LIMIT', start)
    const text = plain(start, at)
    const value = Number(text)
    if (!isInteger) {
      if (!Number.isFinite(value)) throw fail('BAD_NUMBER', start)
      return rules.floats === 'exact' && Number.isInteger(value) ? new Float64(value) : value
    }
    if (text === '-0') return -0
    const exact = BigInt(text)
    if (rules.integers === 'bigint') return exact
    if (rules.integers === 'number') {
      if (!Number.isFinite(value)) throw fail('BAD_NUMBER', start)
      return value
    }
    return exact <= 2n ** 53n && exact >= -(2n ** 53n) ? value : exact
  }

  const container = (depth: number): unknown => {
    if (depth >= rules.maxDepth) throw fail('DEPTH_LIMIT', at)
    const isMap = take(at++) === '{'
    const close = isMap ? '}' : ']'
    const values: unknown[] = []
    const pairs = new Map<string, unknown>()
    const choose = elements
    elements = undefined
    if (choose !== undefined) rules = choose(values)
    if (peek() === close) at++
    else {
      for (;;) {
        let key = ''
        if (isMap) {
          count()
          if (peek() !== '"') throw unexpected()
          const offset = at
          key = string()
          if (rules.duplicateKeys === 'refuse' && pairs.has(key))
            throw fail('DUPLICATE_KEY', offset, `duplicate key ${JSON.stringify(key)}`)
          if (peek() !== ':') throw unexpected()
          at++
        }
        const value = item(depth + 1)
        if (isMap) pairs.set(key, value)
        else values.push(value)
        if (choose !== undefined) rules = choose(values)
        const next = peek()
        if (next !== ',' && next !== close) throw unexpected()
        at++
        if (next === close) break
      }
    }
    if (!isMap) return values
    return rules.maps === 'map' ? pairs : Object.fromEntries(pairs)
  }
  const item = (depth: number): unknown => {
    count()
    const char = peek()
    if (char === '[' || char === '{') return container(depth)
    if (char === '"') {
      const offset = at
      const text = string()
      return text.startsWith('\0') ? binary(text.slice(1), offset) : text
    }
    if (/[-0-9]/.test(char)) return number()
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (char !== word[0]) continue
      for (let i = 0; i < word.length; i++) if (take(at + i) !== word[i]) throw fail('BAD_TOKEN', at)
      at += word.length
      return value
    }
    throw unexpected()
  }

  const value = item(0)
  space()
  if (at < bytes.length) throw fail('TRAILING_BYTES', at)
  return value
}
