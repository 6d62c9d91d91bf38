import { describe, expect, test } from 'vitest-pool-assemblyscript/assembly'
import { decodeBase64, encodeBase64 } from '../../assembly/base64'
import { halfFloat } from '../../assembly/number'
import { longToDouble, toDouble, writeDouble, writeUnsigned } from '../../assembly/number-text'
import { WINDOW, writeText } from './support'

/** The text between WINDOW and `end`. */
function textTo(end: usize): string {
  return String.UTF8.decodeUnsafe(WINDOW, end - WINDOW)
}

describe('a double as text', () => {
  test('has the digits of V8, and without a fraction the form of Python', () => {
    const values: f64[] = [
      0, -0.0, 1, -1, 0.1, 0.3, 1e15, 1e16, 9007199254740993, 1.5e300, 1e-6, 1e-7, 1.25e-7, 5e-324,
    ]
    const texts: string[] = [
      '0.0',
      '-0.0',
      '1.0',
      '-1.0',
      '0.1',
      '0.3',
      '1000000000000000.0',
      '1e+16',
      '9007199254740992.0',
      '1.5e+300',
      '0.000001',
      '1e-7',
      '1.25e-7',
      '5e-324',
    ]
    for (let i = 0; i < values.length; i++) expect(textTo(writeDouble(WINDOW, values[i]))).toBe(texts[i])
  })

  test('is the shortest that reads back, also at the ends of the range', () => {
    expect(textTo(writeDouble(WINDOW, f64.MAX_VALUE))).toBe('1.7976931348623157e+308')
    expect(textTo(writeDouble(WINDOW, 2.2250738585072014e-308))).toBe('2.2250738585072014e-308')
    expect(textTo(writeDouble(WINDOW, 123456.789012))).toBe('123456.789012')
    expect(textTo(writeDouble(WINDOW, -2.9802322387695312e-8))).toBe('-2.9802322387695312e-8')
  })
})

test('integers of 64 bits have all their digits', () => {
  expect(textTo(writeUnsigned(WINDOW, 0))).toBe('0')
  expect(textTo(writeUnsigned(WINDOW, 99999999))).toBe('99999999')
  expect(textTo(writeUnsigned(WINDOW, 100000000))).toBe('100000000')
  expect(textTo(writeUnsigned(WINDOW, 10000000000000000))).toBe('10000000000000000')
  expect(textTo(writeUnsigned(WINDOW, u64.MAX_VALUE))).toBe('18446744073709551615')
})

describe('a decimal', () => {
  test('is the nearest double', () => {
    expect(toDouble(1, -1)).toBe(0.1)
    expect(toDouble(17976931348623157, 292)).toBe(f64.MAX_VALUE)
    expect(toDouble(17976931348623159, 292)).toBe(Infinity)
    expect(toDouble(24703282292062327, -340)).toBe(0)
    expect(toDouble(24703282292062328, -340)).toBe(5e-324)
    expect(toDouble(9007199254740993, 0)).toBe(9007199254740992.0)
    expect(toDouble(u64.MAX_VALUE, 0)).toBe(1.8446744073709552e19)
  })

  test('a number of more than nineteen digits is exact, or NaN where they do not tell', () => {
    const end = writeText(WINDOW, '0.10000000000000000000000000000001')
    expect(longToDouble(WINDOW, end, 0)).toBe(0.1)
    const half = writeText(WINDOW, '9007199254740993.00000000000000001')
    expect(isNaN(longToDouble(WINDOW, half, 0))).toBe(true)
  })
})

test('floats of 16 bits are read as what they are', () => {
  expect(halfFloat(0x3c00)).toBe(1)
  expect(halfFloat(0xc000)).toBe(-2)
  expect(halfFloat(0x0001)).toBe(5.960464477539063e-8)
  expect(halfFloat(0x7bff)).toBe(65504)
  expect(halfFloat(0xfc00)).toBe(-Infinity)
  expect(isNaN(halfFloat(0x7e00))).toBe(true)
})

test('base64 goes there and back', () => {
  const from = WINDOW + 512
  const back = WINDOW + 768
  const texts: string[] = ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar']
  const codes: string[] = ['', 'Zg==', 'Zm8=', 'Zm9v', 'Zm9vYg==', 'Zm9vYmE=', 'Zm9vYmFy']
  for (let i = 0; i < texts.length; i++) {
    const end = encodeBase64(from, writeText(from, texts[i]), WINDOW)
    expect(textTo(end)).toBe(codes[i])
    const last = decodeBase64(WINDOW, end, back)
    expect(String.UTF8.decodeUnsafe(back, last - back)).toBe(texts[i])
  }
  const slash = writeText(from, '\\/w==')
  expect(decodeBase64(from, slash, back) - back).toBe(1)
  expect(load<u8>(back)).toBe(255)
  // As encoders write it that escape what HTML has a meaning for.
  const escaped = writeText(from, '\\u002b\\/\\u0041\\u003D')
  expect(decodeBase64(from, escaped, back) - back).toBe(2)
  expect(load<u8>(back)).toBe(251)
  expect(load<u8>(back, 1)).toBe(240)
})
