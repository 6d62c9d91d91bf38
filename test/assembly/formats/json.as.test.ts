import { describe, expect, test } from 'vitest-pool-assemblyscript/assembly'
import { seal, skip } from '../../../assembly/formats/json'
import {
  BAD_NUMBER,
  BAD_TOKEN,
  BAD_UTF8,
  DEPTH_LIMIT,
  NODE_LIMIT,
  OK,
  SIZE_LIMIT,
  TRUNCATED,
} from '../../../assembly/generated/abi'
import * as status from '../../../assembly/status'
import { WINDOW, writeHex, writeText } from '../support'

/** Values that end by themselves: every cut of them is no value. */
const CLOSED: string[] = [
  'null',
  'true',
  'false',
  '""',
  '"a"',
  '"\\"\\\\\\/\\b\\f\\n\\r\\t"',
  '"\\u0041\\u00e9\\u20ac"',
  '"\\ud83d\\ude00"',
  '"\\uD83D\\uDE00"',
  '"é€😀"',
  '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaé"',
  '"\x7f"',
  '"\\u0000"',
  '"\\u0000AAEC"',
  '"\\u0000AAE="',
  '"\\u0000AA=="',
  '"\\u0000+\\/+/"',
  '[]',
  '[ ]',
  '[1,2,3]',
  '[ 1 , [ 2 ] ,\t3\r\n]',
  '[[[]]]',
  '{}',
  '{ }',
  '{"a":1}',
  '{ "a" : { "b" : [ ] } , "" : null }',
  '{"\\u0000":1}',
  '{"\\u0000AA":1}',
]

/** Numbers, which only what follows them ends. */
const NUMBERS: string[] = [
  '0',
  '-0',
  '7',
  '-7',
  '10',
  '1234567890123456789',
  '-9007199254740993',
  '18446744073709551616',
  '0.5',
  '-0.0',
  '1.5e3',
  '1E+3',
  '1e-3',
  '0e0',
  '0e999999999999',
  '1e-999999999999',
  '1.7976931348623157e308',
  '179769313486231570000000000000000000000e270',
]

/** Skips the text with these limits; OK only when the value ends where the text ends, -1 when elsewhere. */
function skippedTo(end: usize, depth: i32, nodes: i32, bigIntBytes: u32): i32 {
  seal(end)
  status.begin(depth, nodes, bigIntBytes)
  const after = skip(WINDOW, end)
  if (after != 0) return after == end ? OK : -1
  expect(status.errorAt >= WINDOW && status.errorAt <= end).toBe(true)
  return status.status
}

function skipped(text: string, depth: i32, nodes: i32, bigIntBytes: u32): i32 {
  // Behind the stop stands what would make a cut value whole, or longer.
  memory.fill(WINDOW, 0x30, 512)
  return skippedTo(writeText(WINDOW, text), depth, nodes, bigIntBytes)
}

function code(text: string): i32 {
  return skipped(text, 8, 1000, 64)
}

function refuses(text: string, expected: i32, at: i32): void {
  expect(code(text)).toBe(expected)
  expect(<i32>(status.errorAt - WINDOW)).toBe(at)
}

function refusesBytes(hex: string, expected: i32, at: i32): void {
  memory.fill(WINDOW, 0x22, 512)
  expect(skippedTo(writeHex(WINDOW, hex), 8, 1000, 64)).toBe(expected)
  expect(<i32>(status.errorAt - WINDOW)).toBe(at)
}

describe('json.skip accepts', () => {
  test('every kind of value, up to its end', () => {
    for (let i = 0; i < CLOSED.length; i++) expect(code(CLOSED[i])).toBe(OK)
    for (let i = 0; i < NUMBERS.length; i++) expect(code(NUMBERS[i])).toBe(OK)
  })
  test('the same values inside of lists and dictionaries, and with white space before them', () => {
    for (let i = 0; i < CLOSED.length; i++) {
      expect(code(` \t\r\n${CLOSED[i]}`)).toBe(OK)
      expect(code(`[${CLOSED[i]},0,${CLOSED[i]}]`)).toBe(OK)
      expect(code(`{"a":${CLOSED[i]},"b" : ${CLOSED[i]} }`)).toBe(OK)
    }
    for (let i = 0; i < NUMBERS.length; i++) {
      expect(code(`[${NUMBERS[i]},${NUMBERS[i]} ]`)).toBe(OK)
      expect(code(`{"a":${NUMBERS[i]}}`)).toBe(OK)
    }
  })
  test('strings of every length are accepted', () => {
    for (let length = 0; length <= 70; length++) {
      expect(code(`"${'a'.repeat(length)}"`)).toBe(OK)
      expect(code(`"${'a'.repeat(length)}\\n${'a'.repeat(length)}é"`)).toBe(OK)
    }
  })
})

describe('json.skip refuses', () => {
  test('every value that is cut off', () => {
    for (let i = 0; i < CLOSED.length; i++) {
      for (let end = WINDOW; end < writeText(WINDOW, CLOSED[i]); end++) {
        // A cut may also show as the mistake that it would be there, for example in a character.
        expect(skippedTo(end, 8, 1000, 64)).not.toBe(OK)
      }
    }
    refuses('', TRUNCATED, 0)
    refuses('[1', TRUNCATED, 2)
    refuses('{"a"', TRUNCATED, 4)
    refuses('{"a":', TRUNCATED, 5)
    refuses('"abc', TRUNCATED, 4)
  })
  test('words that are none', () => {
    refuses('[nulL ]', BAD_TOKEN, 1)
    refuses('[True ]', BAD_TOKEN, 1)
    refuses('[falsy ]', BAD_TOKEN, 1)
    refuses('[NaN ]', BAD_TOKEN, 1)
    refuses('[Infinity ]', BAD_TOKEN, 1)
    refuses('[undefined ]', BAD_TOKEN, 1)
  })
  test('numbers in another form are refused', () => {
    refuses('01', BAD_NUMBER, 0)
    refuses('-01', BAD_NUMBER, 0)
    refuses('1.e3]', BAD_NUMBER, 0)
    refuses('[1.]', BAD_NUMBER, 1)
    refuses('[1e]', BAD_NUMBER, 1)
    refuses('[1e+]', BAD_NUMBER, 1)
    refuses('+1', BAD_TOKEN, 0)
    refuses('.5', BAD_TOKEN, 0)
    refuses('-a', BAD_TOKEN, 1)
  })
  test('numbers that no double can hold', () => {
    refuses('1e309', BAD_NUMBER, 0)
    refuses('-1e400', BAD_NUMBER, 0)
    refuses('1.7976931348623159e308', BAD_NUMBER, 0)
    refuses('0.0001e313', BAD_NUMBER, 0)
    refuses('1e999999999999', BAD_NUMBER, 0)
  })
  test('lists and dictionaries with a comma or a value too many, or too few', () => {
    refuses('[1,]', BAD_TOKEN, 3)
    refuses('[,1]', BAD_TOKEN, 1)
    refuses('[1 2]', BAD_TOKEN, 3)
    refuses('[1}', BAD_TOKEN, 2)
    refuses('{"a":1,}', BAD_TOKEN, 7)
    refuses('{"a" 1}', BAD_TOKEN, 5)
    refuses('{"a":}', BAD_TOKEN, 5)
    refuses('{a:1}', BAD_TOKEN, 1)
    refuses('{1:1}', BAD_TOKEN, 1)
    refuses('{"a":1]', BAD_TOKEN, 6)
    refuses(']', BAD_TOKEN, 0)
    refuses("'a'", BAD_TOKEN, 0)
  })
  test('control characters in strings are refused, at every place of a block', () => {
    for (let before = 0; before <= 34; before++) {
      refuses(`"${'a'.repeat(before)}\n"`, BAD_TOKEN, before + 1)
      refuses(`"${'a'.repeat(before)}\x00"`, BAD_TOKEN, before + 1)
      refuses(`"${'a'.repeat(before)}\x1f"`, BAD_TOKEN, before + 1)
    }
  })
  test('escapes that are none', () => {
    refuses('"\\x41"', BAD_TOKEN, 1)
    refuses('"ab\\U0041"', BAD_TOKEN, 3)
    refuses('"\\u004g"', BAD_TOKEN, 1)
    refuses('"\\u-041"', BAD_TOKEN, 1)
  })
  test('the characters beside digits and letters are no hexadecimal digits', () => {
    const others = '/:@G`g'
    for (let i = 0; i < others.length; i++) {
      refuses(`"\\u${others.charAt(i)}041"`, BAD_TOKEN, 1)
      refuses(`"\\u004${others.charAt(i)}"`, BAD_TOKEN, 1)
    }
  })
  test('surrogates without their partner are refused', () => {
    refuses('"\\ud83d"', BAD_UTF8, 1)
    refuses('"\\ud83d......"', BAD_UTF8, 1)
    refuses('"\\ud83d\\n....."', BAD_UTF8, 1)
    refuses('"\\ud83d\\u0041"', BAD_UTF8, 1)
    refuses('"\\ud83d\\ud83d"', BAD_UTF8, 1)
    refuses('"\\ude00"', BAD_UTF8, 1)
  })
  test('bytes that are not UTF-8, at the byte', () => {
    refusesBytes('22ff22', BAD_UTF8, 1)
    refusesBytes('2261c3a98022', BAD_UTF8, 4)
    refusesBytes('22eda08022', BAD_UTF8, 1)
    refusesBytes('22c322', BAD_UTF8, 1)
    refusesBytes('5b22616161616161616161616161616161616161ff225d', BAD_UTF8, 20)
  })
  test('bytes that are no padded standard base64', () => {
    refuses('"\\u0000A"', BAD_TOKEN, 0)
    refuses('"\\u0000AA"', BAD_TOKEN, 0)
    refuses('"\\u0000AAE"', BAD_TOKEN, 0)
    refuses('"\\u0000A==="', BAD_TOKEN, 0)
    refuses('"\\u0000AA=A"', BAD_TOKEN, 0)
    refuses('"\\u0000AA-_"', BAD_TOKEN, 0)
    refuses('"\\u0000AA A"', BAD_TOKEN, 0)
    refuses('"\\u0000====" ', BAD_TOKEN, 0)
  })
})

describe('json.seal', () => {
  test('puts a stop behind the frame, unless the separator of a batch is one', () => {
    const end = WINDOW + 8
    const behind: u8[] = [0x30, 0x2c, 0x1e, 0x18]
    const after: u8[] = [0, 0, 0x1e, 0x18]
    for (let i = 0; i < behind.length; i++) {
      store<u8>(end, behind[i])
      seal(end)
      expect(load<u8>(end)).toBe(after[i])
    }
  })
})

describe('json.skip keeps the limit', () => {
  test('a level more than the limit is refused', () => {
    expect(skipped('[[[[]]]]', 4, 1000, 64)).toBe(OK)
    expect(skipped('[[[[[]]]]]', 4, 1000, 64)).toBe(DEPTH_LIMIT)
    expect(skipped('{"a":[{"a":[]}]}', 4, 1000, 64)).toBe(OK)
    expect(skipped('{"a":[{"a":[{}]}]}', 4, 1000, 64)).toBe(DEPTH_LIMIT)
  })
  test('a value more than the limit is refused', () => {
    expect(skipped('[1,2,3]', 8, 4, 64)).toBe(OK)
    expect(skipped('[1,2,3]', 8, 3, 64)).toBe(NODE_LIMIT)
    expect(skipped('{"a":1}', 8, 3, 64)).toBe(OK)
    expect(skipped('{"a":1}', 8, 2, 64)).toBe(NODE_LIMIT)
  })
  test('a digit more than the limit, 25 for 10 bytes, is refused', () => {
    expect(skipped('1'.repeat(25), 8, 1000, 10)).toBe(OK)
    expect(skipped('1'.repeat(26), 8, 1000, 10)).toBe(SIZE_LIMIT)
    expect(skipped(`-${'1'.repeat(25)}`, 8, 1000, 10)).toBe(OK)
  })
})
