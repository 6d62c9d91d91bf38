import { describe, expect, test } from 'vitest-pool-assemblyscript/assembly'
import { skip } from '../../../assembly/formats/cbor'
import {
  BAD_TOKEN,
  BAD_UTF8,
  DEPTH_LIMIT,
  KEY_TYPE,
  LENGTH_OVERRUN,
  NODE_LIMIT,
  OK,
  SIZE_LIMIT,
  TRUNCATED,
} from '../../../assembly/generated/abi'
import * as status from '../../../assembly/status'
import { WINDOW, writeHex } from '../support'

/** Values of RFC 8949, appendix A, and every other head that is well-formed. */
const ACCEPTED: string[] = [
  '00',
  '17',
  '1800',
  '1818',
  '18ff',
  '190000',
  '1903e8',
  '1a000f4240',
  '1affffffff',
  '1b000000e8d4a51000',
  '1bffffffffffffffff',
  '20',
  '37',
  '38ff',
  '39ffff',
  '3affffffff',
  '3bffffffffffffffff',
  'c249010000000000000000',
  'c349010000000000000000',
  'c240',
  'c25f4101420203ff',
  'f90000',
  'f97e00',
  'fa47c35000',
  'fb3ff199999999999a',
  'f4',
  'f5',
  'f6',
  'f7',
  'c074323031332d30332d32315432303a30343a30305a',
  'c11a514b67b0',
  'd74401020304',
  'd818456449455446',
  'd9d9f700',
  'da0001000000',
  'db000000010000000000',
  '40',
  '4401020304',
  '580101',
  '59000101',
  '5a0000000101',
  '5b000000000000000101',
  '60',
  '6161',
  '62225c',
  '62c3bc',
  '63e6b0b4',
  '64f0908591',
  '780161',
  '79000161',
  '80',
  '83010203',
  '8301820203820405',
  '980101',
  '99000101',
  '9a0000000101',
  '9b000000000000000101',
  'a0',
  'a26161016162820203',
  'b801616100',
  'b90001616100',
  '5fff',
  '5f42010243030405ff',
  '5f40ff',
  '7fff',
  '7f657374726561646d696e67ff',
  '9fff',
  '9f018202039f0405ffff',
  '83018202039f0405ff',
  'bfff',
  'bf61610161629f0203ffff',
  'bf6346756ef563416d7421ff',
  'bf7f6161ff00ff',
  'a17f6161ff00',
  'e0',
  'f0',
  'f3',
  'f820',
  'f8ff',
  'a10100',
  'a12000',
  'a1f600',
  'a1f93e0000',
  'a1416100',
  'a1c1616100',
  'a1f000',
  'a1c2410100',
  'a2616100 0100',
  'a18000',
  'a18201820203 00',
  'a1a1a1a00000 00',
  'bf0100ff',
  'bf80 00 a0 00 6161 00ff',
  'bf9f01ff bf0203ff ff',
  'a1616181 a10100',
]

/** Skips the value with these limits; OK only when it ends where the bytes end, -1 when elsewhere. */
function skipped(hex: string, depth: i32, nodes: i32, bigIntBytes: u32): i32 {
  // Behind the end stands what would make any cut value whole.
  memory.fill(WINDOW, 0x00, 512)
  const end = writeHex(WINDOW, hex)
  status.begin(depth, nodes, bigIntBytes)
  const after = skip(WINDOW, end)
  if (after != 0) return after == end ? OK : -1
  expect(status.errorAt >= WINDOW && status.errorAt <= end).toBe(true)
  return status.status
}

function code(hex: string): i32 {
  return skipped(hex, 8, 1000, 64)
}

/** The same for a dictionary whose own keys must be text. */
function named(hex: string): i32 {
  const end = writeHex(WINDOW, hex)
  status.begin(8, 1000, 64)
  status.setWantsNames(true)
  return skip(WINDOW, end) == end ? OK : status.status
}

function refusesName(hex: string, at: i32): void {
  expect(named(hex)).toBe(KEY_TYPE)
  expect(<i32>(status.errorAt - WINDOW)).toBe(at)
}

/** The code that refuses the value, and the offset of the byte that shows the mistake. */
function refuses(hex: string, expected: i32, at: i32): void {
  expect(code(hex)).toBe(expected)
  expect(<i32>(status.errorAt - WINDOW)).toBe(at)
}

describe('cbor.skip accepts', () => {
  test('every well-formed value, up to its end', () => {
    for (let i = 0; i < ACCEPTED.length; i++) expect(code(ACCEPTED[i])).toBe(OK)
  })
  test('the same values are accepted inside of arrays, maps and tags', () => {
    for (let i = 0; i < ACCEPTED.length; i++) {
      expect(code(`83${ACCEPTED[i]}00${ACCEPTED[i]}`)).toBe(OK)
      expect(code(`9f${ACCEPTED[i]}${ACCEPTED[i]}ff`)).toBe(OK)
      expect(code(`a26161${ACCEPTED[i]}6162${ACCEPTED[i]}`)).toBe(OK)
      expect(code(`bf6161${ACCEPTED[i]}6162${ACCEPTED[i]}ff`)).toBe(OK)
      expect(code(`c1${ACCEPTED[i]}`)).toBe(OK)
    }
  })
})

describe('cbor.skip refuses', () => {
  test('every value that is cut off', () => {
    for (let i = 0; i < ACCEPTED.length; i++) {
      for (let length = 0; length < ACCEPTED[i].length; length += 2) {
        const found = code(ACCEPTED[i].substring(0, length))
        expect(found == TRUNCATED || found == LENGTH_OVERRUN).toBe(true)
      }
    }
  })
  test('reserved additional information is refused', () => {
    for (let major = 0; major < 8; major++) {
      for (let information = 28; information < 31; information++) {
        const first = (major << 5) | information
        const hex = '0123456789abcdef'
        refuses(`${hex.charAt(first >> 4)}${hex.charAt(first & 15)}`, BAD_TOKEN, 0)
      }
    }
  })
  test('indefinite lengths where there are none', () => {
    refuses('1f', BAD_TOKEN, 0)
    refuses('3f', BAD_TOKEN, 0)
    refuses('df00', BAD_TOKEN, 0)
  })
  test('a break where nothing ends', () => {
    refuses('ff', BAD_TOKEN, 0)
    refuses('81ff', BAD_TOKEN, 1)
    refuses('a16161ff', BAD_TOKEN, 3)
    refuses('c1ff', BAD_TOKEN, 1)
    refuses('9fc1ffff', BAD_TOKEN, 2)
  })
  test('a key without its value is refused', () => {
    refuses('bf6161ff', BAD_TOKEN, 3)
    refuses('bf616100 6162ff', BAD_TOKEN, 6)
  })
  test('keys that are no text, of a dictionary that must have names', () => {
    refusesName('a10100', 1)
    refusesName('a1f600', 1)
    refusesName('a1416100', 1)
    refusesName('a1c1616100', 1)
    refusesName('a18000', 1)
    refusesName('a26161000100', 4)
    refusesName('bf0100ff', 1)
    refusesName('bf6161000100ff', 4)
    refusesName('c1a10100', 2)
    refusesName('c1d9d9f7bf0100ff', 5)
    expect(named('a16161a10100')).toBe(OK)
    expect(named('a16161c1a10100')).toBe(OK)
    expect(named('c1a16161a10100')).toBe(OK)
    expect(named('bf6161bf0100ffff')).toBe(OK)
    expect(named('a261618100 61629fa18000ff')).toBe(OK)
  })
  test('keys that are not well-formed', () => {
    refuses('a1ff00', BAD_TOKEN, 1)
    refuses('a11c00', BAD_TOKEN, 1)
    refuses('a161ff00', BAD_UTF8, 2)
    refuses('a18161ff00', BAD_UTF8, 3)
    refuses('bf80ff', BAD_TOKEN, 2)
    refuses('bf9fffff', BAD_TOKEN, 3)
  })
  test('counts and lengths that the rest cannot hold', () => {
    expect(code('8201')).toBe(LENGTH_OVERRUN)
    expect(code('9bffffffffffffffff')).toBe(LENGTH_OVERRUN)
    expect(code('9b0000000100000000')).toBe(LENGTH_OVERRUN)
    expect(code('bb8000000000000000')).toBe(LENGTH_OVERRUN)
    expect(code('a2616100')).toBe(LENGTH_OVERRUN)
    expect(code('5bffffffffffffffff')).toBe(LENGTH_OVERRUN)
    expect(code('7b00000001000000006161')).toBe(LENGTH_OVERRUN)
  })
  test('text that is not UTF-8, at the byte', () => {
    refuses('61ff', BAD_UTF8, 1)
    refuses('6461c3a9ff', BAD_UTF8, 4)
    refuses('780361eda0', BAD_UTF8, 3)
    refuses('a161ff00', BAD_UTF8, 2)
  })
  test('chunks that are of another type, indefinite, or cut a character', () => {
    refuses('5f6161ff', BAD_TOKEN, 1)
    refuses('7f4161ff', BAD_TOKEN, 1)
    refuses('5f5f4101ffff', BAD_TOKEN, 1)
    refuses('7f00ff', BAD_TOKEN, 1)
    refuses('7f61c361a9ff', BAD_UTF8, 2)
  })
  test('simple values of two bytes that would have a shorter form', () => {
    refuses('f800', BAD_TOKEN, 0)
    refuses('f818', BAD_TOKEN, 0)
    refuses('f81f', BAD_TOKEN, 0)
  })
  test('big integers that are no bytes', () => {
    expect(code('c201')).toBe(BAD_TOKEN)
    expect(code('c26161')).toBe(BAD_TOKEN)
    expect(code('c380')).toBe(BAD_TOKEN)
    expect(code('c2c24101')).toBe(BAD_TOKEN)
    expect(code('c2f6')).toBe(BAD_TOKEN)
    expect(code('c27fff')).toBe(BAD_TOKEN)
  })
})

describe('cbor.skip keeps the limit', () => {
  test('a level more than the limit is refused', () => {
    expect(skipped('8181818100', 4, 1000, 64)).toBe(OK)
    expect(skipped('818181818100', 4, 1000, 64)).toBe(DEPTH_LIMIT)
    expect(skipped('9f9f9f9fffffffff', 4, 1000, 64)).toBe(OK)
    expect(skipped('9f9f9f9f9fffffffffff', 4, 1000, 64)).toBe(DEPTH_LIMIT)
    expect(skipped('c1c1c1c100', 4, 1000, 64)).toBe(OK)
    expect(skipped('c1c1c1c1c100', 4, 1000, 64)).toBe(DEPTH_LIMIT)
    expect(skipped('a1a1a1a10000000000', 4, 1000, 64)).toBe(OK)
    expect(skipped('a1a1a1a1a1000000000000', 4, 1000, 64)).toBe(DEPTH_LIMIT)
    expect(skipped('bfbfbfbf0000ff00ff00ff00ff', 4, 1000, 64)).toBe(OK)
    expect(skipped('bfbfbfbfbf0000ff00ff00ff00ff00ff', 4, 1000, 64)).toBe(DEPTH_LIMIT)
  })
  test('a value more than the limit is refused', () => {
    expect(skipped('83010203', 8, 4, 64)).toBe(OK)
    expect(skipped('83010203', 8, 3, 64)).toBe(NODE_LIMIT)
    expect(skipped('a1616100', 8, 3, 64)).toBe(OK)
    expect(skipped('a1616100', 8, 2, 64)).toBe(NODE_LIMIT)
    expect(skipped('a182000000', 8, 5, 64)).toBe(OK)
    expect(skipped('a182000000', 8, 4, 64)).toBe(NODE_LIMIT)
    expect(skipped('bf82000000ff', 8, 5, 64)).toBe(OK)
    expect(skipped('bf82000000ff', 8, 4, 64)).toBe(NODE_LIMIT)
  })
  test('a big integer of more bytes than the limit is refused', () => {
    expect(skipped('c24401020304', 8, 1000, 4)).toBe(OK)
    expect(skipped('c2450102030405', 8, 1000, 4)).toBe(SIZE_LIMIT)
    expect(skipped('c35f4201024103ff', 8, 1000, 4)).toBe(OK)
    expect(skipped('c35f420102430304 05ff', 8, 1000, 4)).toBe(SIZE_LIMIT)
  })
})
