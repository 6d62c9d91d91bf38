/** Tests of src/cli/format.ts: values, bytes and tables as text. */
import { describe, expect, test } from 'vitest'
import {
  bytesText,
  count,
  hexDump,
  lineText,
  painter,
  plural,
  safeText,
  type TextLimits,
  table,
  valueLines,
} from '../../src/cli/format.ts'
import { Float64 } from '../../src/payload/values.ts'

const LIMITS: TextLimits = { string: 20, bytes: 4, line: 40, lines: 6 }

describe('a value in a line', () => {
  test.each<[string, unknown]>([
    ['null', null],
    ['true', true],
    ['-0', -0],
    ['2.5', 2.5],
    ['5.0', new Float64(5)],
    ['-0.0', new Float64(-0)],
    ['9007199254740994.0', new Float64(2 ** 53 + 2)],
    ['1e+21', new Float64(1e21)],
    ['18446744073709551616', 2n ** 64n],
    ['"a\\"b"', 'a"b'],
    ['<0 bytes>', new Uint8Array(0)],
    ['<1 byte 01>', Uint8Array.of(1)],
    ['[]', []],
    ['{}', {}],
    ['[1, [2], {"a": null, "b": <5 bytes 01...', [1, [2], { a: null, b: Uint8Array.of(1, 2, 3, 4, 5) }]],
    ['"xxxxxxxxxxxxxxxxxxxx"... (25 charact...', 'x'.repeat(25)],
  ])('a line shows %s', (text, value) => {
    expect(lineText(value, LIMITS)).toBe(text)
  })

  test('is cut without walking through the rest', () => {
    const items = new Proxy(new Array(1_000_000).fill(1), {
      get(target, key, receiver) {
        if (key === '100') throw new Error('walked')
        return Reflect.get(target, key, receiver)
      },
    })
    expect(lineText(items, LIMITS)).toHaveLength(40)
  })
})

describe('a value in lines', () => {
  test('fits in one, or has a line for each element', () => {
    expect(valueLines([1, 2], LIMITS)).toEqual(['[1, 2]'])
    expect(valueLines({ a: 'x'.repeat(18), b: [1, 'y'.repeat(18)] }, LIMITS)).toEqual([
      '{',
      `  "a": "${'x'.repeat(18)}",`,
      `  "b": [1, "${'y'.repeat(18)}"]`,
      '}',
    ])
  })

  test('a value of a thousand elements is cut after the lines that are allowed', () => {
    const lines = valueLines(new Array(1000).fill('z'), LIMITS)
    expect(lines).toEqual(['[', '  "z",', '  "z",', '  "z",', '  "z",', '... (--json shows all)'])
  })
})

test('nothing that a terminal obeys gets through', () => {
  const hostile = '\x1b[2J\x07\x9b31m\u202eabc\u2066\ufeff\x7f'
  const escaped = '\\u001b[2J\\u0007\\u009b31m\\u202eabc\\u2066\\ufeff\\u007f'
  expect(safeText(hostile)).toBe(escaped)
  expect(lineText({ [hostile]: hostile }, { ...LIMITS, string: 99, line: 200 })).toBe(
    `{"${escaped}": "${escaped}"}`,
  )
})

describe('a hex dump', () => {
  const bytes = Uint8Array.from({ length: 40 }, (_, i) => i + 60)

  test('shows the row of the byte, its neighbours and a caret', () => {
    expect(hexDump(bytes, 18)).toEqual([
      '0000  3c 3d 3e 3f 40 41 42 43 44 45 46 47 48 49 4a 4b  <=>?@ABCDEFGHIJK',
      '0010  4c 4d 4e 4f 50 51 52 53 54 55 56 57 58 59 5a 5b  LMNOPQRSTUVWXYZ[',
      '            ^ byte 18',
      '0020  5c 5d 5e 5f 60 61 62 63                          \\]^_`abc',
    ])
  })

  test.each([
    [0, 0, '      ^ the end, byte 0'],
    [1, 0, '      ^ byte 0'],
    [1, 1, '         ^ the end, byte 1'],
    [16, 16, `${' '.repeat(54)}^ the end, byte 16`],
    [17, 99, '         ^ the end, byte 17'],
  ])('of %i bytes at byte %i has its caret in the right place', (length, offset, caret) => {
    const lines = hexDump(bytes.subarray(0, length), offset)
    expect(lines).toContain(caret)
    expect(lines.at(-1)).toBe(caret)
  })
})

test('a table is aligned', () => {
  expect(
    table(
      [
        ['a', '1', ''],
        ['bbb', '22', 'c'],
      ],
      [1],
    ),
  ).toEqual(['a     1', 'bbb  22  c'])
})

test('numbers are grouped and counted', () => {
  expect([count(0), count(999), count(1000), count(1234567)]).toEqual(['0', '999', '1,000', '1,234,567'])
  expect([plural(1, 'frame'), plural(1000, 'frame')]).toEqual(['1 frame', '1,000 frames'])
  expect(bytesText(Uint8Array.of(1, 2), 0)).toBe('<2 bytes>')
})

test('colours are there when they are wanted', () => {
  expect(painter(false)('red', 'x')).toBe('x')
  expect(painter(true)('red', 'x')).toBe('\x1b[31mx\x1b[0m')
})
