/** Tests of src/message/uri.ts, and of the kernel's twin assembly/uri.ts: the same verdict on every URI. */
import { describe, expect, test } from 'vitest'
import {
  createCodec,
  InvalidUriError,
  isUri,
  realmKind,
  type UriPattern,
  type UriRules,
} from '../../../src/index.ts'
import { isPlainUri, isUriClass, uriClasses } from '../../../src/message/uri.ts'

const RULES: readonly UriRules[] = ['loose', 'strict', 'none']
const PATTERNS: readonly UriPattern[] = ['exact', 'prefix', 'wildcard']

/** Which patterns a text keeps, e prefix exact, p prefix, w wildcard: by the loose rules, then by the strict ones. */
const ROWS: readonly (readonly [text: string, loose: string, strict: string])[] = [
  ['com.example.topic_1', 'epw', 'epw'],
  ['a', 'epw', 'epw'],
  ['_', 'epw', 'epw'],
  ['', 'pw', 'pw'],
  ['a.', 'pw', 'pw'],
  ['.', 'w', 'w'],
  ['..', 'w', 'w'],
  ['.a', 'w', 'w'],
  ['a..b', 'w', 'w'],
  ['a..', 'w', 'w'],
  ['Com.Example', 'epw', ''],
  ['com.ex-ample', 'epw', ''],
  // The neighbours of the strict letters and digits.
  ['azAZ', 'epw', ''],
  ['az.09', 'epw', 'epw'],
  ['a/b', 'epw', ''],
  ['a:b', 'epw', ''],
  ['a^b', 'epw', ''],
  ['a`b', 'epw', ''],
  ['a{b', 'epw', ''],
  ['com.ex\u00e4mple', 'epw', ''],
  ['\u{1f600}.a', 'epw', ''],
  ['a\0b', 'epw', ''],
  ['a\u007fb', 'epw', ''],
  ['a\ufeffb', 'epw', ''],
  ['a\u200bb', 'epw', ''],
  ['a\u180eb', 'epw', ''],
  ['a b', '', ''],
  ['a#b', '', ''],
  ['a..#', '', ''],
  ['a\n', '', ''],
  ['\ta', '', ''],
  ['a\u000bb', '', ''],
  ['a\u001cb', '', ''],
  ['a\u001f', '', ''],
  ['a\u0085b', '', ''],
  ['a\u00a0b', '', ''],
  ['a\u1680b', '', ''],
  ['a\u2000b', '', ''],
  ['a\u200ab', '', ''],
  ['a\u2028b', '', ''],
  ['a\u202fb', '', ''],
  ['a\u205fb', '', ''],
  ['a\u3000', '', ''],
  [`${'a'.repeat(400)}.b`, 'epw', 'epw'],
  [`${'a'.repeat(400)} b`, '', ''],
]

function expected(row: (typeof ROWS)[number], rules: UriRules, pattern: UriPattern): boolean {
  if (rules === 'none') return true
  return row[rules === 'loose' ? 1 : 2].includes(pattern.charAt(0))
}

describe.each(RULES)('by the %s rules', (rules) => {
  test.each(PATTERNS)('isUri takes exactly the right %s URIs', (pattern) => {
    for (const row of ROWS)
      expect(isUri(row[0], rules, pattern), JSON.stringify(row[0])).toBe(expected(row, rules, pattern))
  })

  test.each(PATTERNS)('its classes say the same of %s URIs', (pattern) => {
    for (const row of ROWS) {
      const isKept = isUriClass(uriClasses(row[0]), rules, pattern)
      expect(isKept, JSON.stringify(row[0])).toBe(expected(row, rules, pattern))
    }
  })

  const codec = createCodec({ uri: rules })

  test.each(['json', 'msgpack', 'cbor'] as const)(
    'a codec takes exactly the same from %s, twice',
    (format) => {
      const serializer = codec.serializer(format)
      for (const row of ROWS) {
        for (const pattern of PATTERNS) {
          const list = [64, 1, pattern === 'exact' ? {} : { match: pattern }, row[0]]
          const frame = codecOf(format, list)
          // The second time the kernel knows the URI by its number.
          for (let i = 0; i < 2; i++) {
            let isAccepted = true
            try {
              serializer.decode(frame)
            } catch (error) {
              expect(error).toBeInstanceOf(InvalidUriError)
              isAccepted = false
            }
            expect(isAccepted, `${pattern} ${JSON.stringify(row[0])}`).toBe(expected(row, rules, pattern))
          }
        }
      }
    },
  )

  test('SUBSCRIBE takes any pattern, whatever its match', () => {
    const serializer = codec.serializer('json')
    for (const row of ROWS) {
      const decode = (): unknown => serializer.decode(JSON.stringify([32, 1, {}, row[0]]))
      if (expected(row, rules, 'wildcard')) expect(decode()).toBeDefined()
      else expect(decode, row[0]).toThrow(InvalidUriError)
    }
  })
})

/** The frame of a list: with CBOR and MsgPack text of every length, and escapes in JSON. */
function codecOf(format: 'json' | 'msgpack' | 'cbor', list: readonly unknown[]): Uint8Array {
  if (format === 'json') return new TextEncoder().encode(JSON.stringify(list))
  const [, , options, uri] = list as [number, number, { match?: string }, string]
  const text = (value: string): number[] => {
    const bytes = [...new TextEncoder().encode(value)]
    const { length } = bytes
    return [
      ...(format === 'cbor' ? [0x79, length >> 8, length & 255] : [0xda, length >> 8, length & 255]),
      ...bytes,
    ]
  }
  const map = options.match === undefined ? [] : [...text('match'), ...text(options.match)]
  const [array, dict, code] = format === 'cbor' ? [0x84, 0xa0, [0x18, 64]] : [0x94, 0x80, [64]]
  return Uint8Array.from([array, ...code, 1, dict + (map.length === 0 ? 0 : 1), ...map, ...text(uri)])
}

test('a lone surrogate is in no URI', () => {
  for (const rules of RULES) expect(isUri('a\ud800', rules)).toBe(false)
})

test.each([
  ['realm1', 'standalone'],
  ['com.example', 'standalone'],
  ['user@example-1_x', 'standalone'],
  [`a${'b'.repeat(254)}`, 'standalone'],
  [`a${'b'.repeat(255)}`, null],
  ['ab', null],
  ['1realm', null],
  ['a b c', null],
  ['r\u00e9alm', null],
  ['', null],
  [`0x${'0aF'.repeat(13)}9`, 'ethereum'],
  [`0x${'0'.repeat(39)}`, null],
  [`0x${'g'.repeat(40)}`, null],
  ['wamp-proto.eth', 'ens'],
  ['eth.wamp-proto', 'ens'],
  ['a.eth', 'standalone'],
] as const)('the realm name %o is %s', (name, kind) => {
  expect(realmKind(name)).toBe(kind)
})

test.each<[string, boolean]>([
  ['com.example.topic_1', true],
  ['a', true],
  ['_.0.z9', true],
  ['', false],
  ['.a', false],
  ['a.', false],
  ['a..b', false],
  ['a.B', false],
  ['a b', false],
  ['é', false],
])('the quick look at %j says %s', (text, isPlain) => {
  expect(isPlainUri(text)).toBe(isPlain)
})
