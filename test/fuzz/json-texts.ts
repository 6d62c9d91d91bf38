/** Texts for the reader of JSON, right and nearly right, and rules to read them by. */
import { DEFAULT_POLICY } from '../../src/limits.ts'
import { listRules } from '../../src/lists/list-rules.ts'
import type { DecodeRules } from '../../src/payload/decode-value.ts'
import type { Random } from '../support/random.ts'

const LISTS = listRules(DEFAULT_POLICY)
const EXACT = { ...DEFAULT_POLICY, maps: 'map', integers: 'auto', floats: 'exact', binary: 'view' } as const

/** Each rule at least once away from its default; the last ones are those of message lists. */
export const JSON_RULES: readonly DecodeRules[] = [
  DEFAULT_POLICY,
  { ...DEFAULT_POLICY, maps: 'map' },
  { ...DEFAULT_POLICY, integers: 'bigint' },
  { ...DEFAULT_POLICY, integers: 'number' },
  { ...DEFAULT_POLICY, duplicateKeys: 'refuse' },
  { ...DEFAULT_POLICY, binary: 'buffer' },
  { ...DEFAULT_POLICY, maxNodes: 7 },
  { ...DEFAULT_POLICY, maxNodes: 40, maxBigIntBytes: 8 },
  { ...DEFAULT_POLICY, maxDepth: 3 },
  { ...DEFAULT_POLICY, maxDepth: 1000 },
  { ...EXACT, maxNodes: 60, duplicateKeys: 'refuse' },
  EXACT,
  LISTS,
  { ...LISTS, maxNodes: 12 },
]

const KEYS = [
  ...['id', 'name', 'ok', 'value', 'tags', 'a rather long name of a key', '', 'längér', '東京', 'x\ny'],
  ...['__proto__', 'constructor', 'toString', '0', '12ab'],
]
const NUMBERS = [
  ...['-0', '-0.0', '0.0', '1e5', '1E-7', '1e400', '0e1', '1e-400', '1.0', '-1.50', '5e-324', '0.1e1'],
  ...[
    '9007199254740991',
    '9007199254740992',
    '-9007199254740992',
    '9007199254740993',
    '123456789012345678.5',
  ],
  ...['0.30000000000000004', '2.2250738585072011e-308', '01', '-', '1.', '.5', '1e', '1e+', '00'],
]
const ESCAPES = [
  ...['\\n', '\\"', '\\\\', '\\/', '\\u00e9', '\\ud83d\\ude00', '\\u0000', '\ufffd', '\ufeff'],
  ...['\\ud800', '\\udc00', '\\ud800\\u0041', '\\ud83d\\n', '\\u12', '\\x', '\n', '\u0001'],
]
const ALPHABETS = ['abc def', 'äöüß', '東京大阪', '🚀😀a', 'aä東🚀', 'abcdefghij']
const BASE64 = ['', 'AQ==', 'AQI=', 'AQIDBA==', 'A', '====', 'AQ=A', 'A-_A', '\\u0041Q==']
const WORDS = ['true', 'false', 'null', 'true', 'false', 'null', 'tru', 'nulx', 'True']

/** Makes texts of JSON, as bytes. */
export function jsonTexts(random: Random): (isList: boolean) => Uint8Array {
  const isOne = (of: number): boolean => random.int(1, of) === 1
  const digits = (count: number): string => Array.from({ length: count }, () => random.int(0, 9)).join('')
  const space = (): string => (isOne(8) ? random.pick([' ', '\n', '\t ', '\r\n']) : '')
  const sign = (): string => (isOne(3) ? '-' : '')

  const number = (): string => {
    switch (random.int(0, 6)) {
      case 0:
        return isOne(3) ? random.pick(NUMBERS) : digits(1)
      case 1:
        return `${sign()}${random.int(1, 9)}${digits(random.int(0, 25))}`
      case 2:
        return `${sign()}${random.int(0, 1000)}.${digits(random.int(1, 20))}`
      case 3:
        return String(random.float())
      case 4:
        return `${random.int(1, 9)}${digits(random.int(0, 11))}.${digits(random.int(1, 9))}`
      default:
        return `${sign()}${random.int(0, 1e6)}`
    }
  }
  const string = (): string => {
    if (isOne(25)) return `"\\u0000${random.pick(BASE64)}"`
    const alphabet = [...random.pick(ALPHABETS)]
    const length = random.pick([0, 1, 3, 8, 12, 20, 40, 200])
    const char = (): string => (isOne(60) ? random.pick(ESCAPES) : random.pick(alphabet))
    return `"${Array.from({ length }, char).join('')}"`
  }
  const key = (): string => {
    if (isOne(5)) return `"${digits(6)}k"`
    return isOne(6) ? string() : JSON.stringify(random.pick(KEYS))
  }
  const listed = (open: string, close: string, part: () => string): string => {
    const parts = Array.from({ length: random.int(0, 6) }, () => `${space()}${part()}${space()}`)
    return `${open}${space()}${parts.join(',')}${close}`
  }
  const value = (depth: number): string => {
    const kind = random.int(0, depth > 0 ? 9 : 4)
    if (kind > 6) return listed('[', ']', () => value(depth - 1))
    if (kind > 4) return listed('{', '}', () => `${key()}${space()}:${space()}${value(depth - 1)}`)
    if (kind === 4) return isOne(9) ? random.pick(WORDS) : 'true'
    return kind > 1 ? number() : string()
  }
  const deep = (): string => {
    const levels = random.int(0, 400)
    const isArray = isOne(2)
    return `${(isArray ? '[' : '{"a":').repeat(levels)}1${(isArray ? ']' : '}').repeat(levels)}`
  }
  const list = (): string =>
    `[36,${number()},2,${listed('{', '}', () => `${key()}:${value(1)}`)},[${value(3)},${value(3)}]]`

  return (isList) => {
    const plain = isOne(30) ? deep() : value(random.int(0, 5))
    const text = `${space()}${isList ? list() : plain}${space()}`
    const bytes = new TextEncoder().encode(text)
    const at = random.int(0, bytes.length)
    switch (random.int(0, 7)) {
      case 0:
        return bytes.slice(0, at)
      case 1:
        return new Uint8Array([...bytes.subarray(0, at), random.int(0, 255), ...bytes.subarray(at)])
      case 2:
        return new Uint8Array([...bytes.subarray(0, at), random.int(0, 255), ...bytes.subarray(at + 1)])
      case 3:
        return new Uint8Array([...bytes.subarray(0, at), ...bytes.subarray(at + 1)])
      default:
        return bytes
    }
  }
}
