import { describe, expect, test } from 'vitest-pool-assemblyscript/assembly'
import { skip } from '../../../assembly/formats/msgpack'
import {
  BAD_TOKEN,
  BAD_UTF8,
  DEPTH_LIMIT,
  KEY_TYPE,
  LENGTH_OVERRUN,
  NODE_LIMIT,
  OK,
  TRUNCATED,
} from '../../../assembly/generated/abi'
import * as status from '../../../assembly/status'
import { WINDOW, writeHex } from '../support'

/** Every width of every type. */
const ACCEPTED: string[] = [
  '00',
  '7f',
  'e0',
  'ff',
  'c0',
  'c2',
  'c3',
  'ca47c35000',
  'cb3ff199999999999a',
  'cc80',
  'cd8000',
  'ce80000000',
  'cf8000000000000000',
  'd080',
  'd18000',
  'd280000000',
  'd38000000000000000',
  'd001',
  'd37fffffffffffffff',
  'a0',
  'a161',
  'a2c3bc',
  'bf61616161616161616161616161616161616161616161616161616161616161',
  'd900',
  'd90161',
  'da0000',
  'da000161',
  'db00000000',
  'db0000000161',
  'c400',
  'c40180',
  'c50000',
  'c5000180',
  'c600000000',
  'c60000000180',
  '90',
  '930102c0',
  '91920102',
  'dc0000',
  'dc000101',
  'dd00000000',
  'dd0000000101',
  '80',
  '81a16101',
  '82a161 00 a162 93 01 02 03',
  'de0000',
  'de0001a16101',
  'df00000000',
  'df00000001d9016101',
  '810100',
  '81ff00',
  '81c000',
  '81cb3ff800000000000000',
  '81c4016100',
  '819000',
  '8192019102 00',
  '81818180000000',
  '81d4010000',
  '82a161000100',
  'de0001cc8000',
]

/** Extensions of every width. */
const EXTENSIONS: string[] = [
  'd40100',
  'd5010000',
  'd60100000000',
  'd7010000000000000000',
  'd801000000000000000000000000000000 00',
  'c70001',
  'c70101ff',
  'c8000001',
  'c8000101ff',
  'c90000000001',
  'c90000000101ff',
]

/** Skips the value with these limits; OK only when it ends where the bytes end, -1 when elsewhere. */
function skipped(hex: string, depth: i32, nodes: i32): i32 {
  // Behind the end stands what would make any cut value whole.
  memory.fill(WINDOW, 0x00, 512)
  const end = writeHex(WINDOW, hex)
  status.begin(depth, nodes, 64)
  const after = skip(WINDOW, end)
  if (after != 0) return after == end ? OK : -1
  expect(status.errorAt >= WINDOW && status.errorAt <= end).toBe(true)
  return status.status
}

function code(hex: string): i32 {
  return skipped(hex, 8, 1000)
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

function refuses(hex: string, expected: i32, at: i32): void {
  expect(code(hex)).toBe(expected)
  expect(<i32>(status.errorAt - WINDOW)).toBe(at)
}

describe('msgpack.skip accepts', () => {
  test('every width of every type, up to its end', () => {
    for (let i = 0; i < ACCEPTED.length; i++) expect(code(ACCEPTED[i])).toBe(OK)
  })
  test('the same values are accepted inside of arrays and maps', () => {
    for (let i = 0; i < ACCEPTED.length; i++) {
      expect(code(`93${ACCEPTED[i]}c0${ACCEPTED[i]}`)).toBe(OK)
      expect(code(`82a161${ACCEPTED[i]}a162${ACCEPTED[i]}`)).toBe(OK)
      expect(code(`dc0001${ACCEPTED[i]}`)).toBe(OK)
      expect(code(`de0001d90161${ACCEPTED[i]}`)).toBe(OK)
    }
  })
  test('extensions are accepted', () => {
    for (let i = 0; i < EXTENSIONS.length; i++) {
      expect(skipped(EXTENSIONS[i], 8, 1000)).toBe(OK)
      expect(skipped(`92${EXTENSIONS[i]}00`, 8, 1000)).toBe(OK)
    }
  })
})

describe('msgpack.skip refuses', () => {
  test('every value that is cut off', () => {
    for (let i = 0; i < ACCEPTED.length; i++) {
      const hex = ACCEPTED[i].split(' ').join('')
      for (let length = 0; length < hex.length; length += 2) {
        const found = code(hex.substring(0, length))
        expect(found == TRUNCATED || found == LENGTH_OVERRUN).toBe(true)
      }
    }
    for (let i = 0; i < EXTENSIONS.length; i++) {
      const hex = EXTENSIONS[i].split(' ').join('')
      for (let length = 0; length < hex.length; length += 2) {
        const found = skipped(hex.substring(0, length), 8, 1000)
        expect(found == TRUNCATED || found == LENGTH_OVERRUN).toBe(true)
      }
    }
  })
  test('the byte that is never used', () => {
    refuses('c1', BAD_TOKEN, 0)
    refuses('91c1', BAD_TOKEN, 1)
    refuses('81a161c1', BAD_TOKEN, 3)
  })
  test('keys that are no text, of a dictionary that must have names', () => {
    refusesName('810100', 1)
    refusesName('81ff00', 1)
    refusesName('81c000', 1)
    refusesName('81c4016100', 1)
    refusesName('819000', 1)
    refusesName('81d4010000', 1)
    refusesName('82a161000100', 4)
    refusesName('de0001cc8000', 3)
    expect(named('81a161810100')).toBe(OK)
    expect(named('82a16191810000a162c0')).toBe(OK)
  })
  test('keys that are not well-formed', () => {
    refuses('81c100', BAD_TOKEN, 1)
    refuses('81a1ff00', BAD_UTF8, 2)
    refuses('8191a1ff00', BAD_UTF8, 3)
  })
  test('counts and lengths that the rest cannot hold', () => {
    expect(code('9201')).toBe(LENGTH_OVERRUN)
    expect(code('82a16100')).toBe(LENGTH_OVERRUN)
    expect(code('ddffffffff')).toBe(LENGTH_OVERRUN)
    expect(code('dfffffffff')).toBe(LENGTH_OVERRUN)
    expect(code('df80000000a16100')).toBe(LENGTH_OVERRUN)
    expect(code('dbffffffff61')).toBe(LENGTH_OVERRUN)
    expect(code('c6ffffffff61')).toBe(LENGTH_OVERRUN)
    expect(skipped('c9ffffffff0161', 8, 1000)).toBe(LENGTH_OVERRUN)
  })
  test('text that is not UTF-8, at the byte', () => {
    refuses('a1ff', BAD_UTF8, 1)
    refuses('a461c3a9ff', BAD_UTF8, 4)
    refuses('d90361eda0', BAD_UTF8, 3)
    refuses('81a1ff00', BAD_UTF8, 2)
  })
})

describe('msgpack.skip keeps the limit', () => {
  test('a level more than the limit is refused', () => {
    expect(skipped('9191919100', 4, 1000)).toBe(OK)
    expect(skipped('919191919100', 4, 1000)).toBe(DEPTH_LIMIT)
    expect(skipped('81a16181a16181a16181a16100', 4, 1000)).toBe(OK)
    expect(skipped('81a16181a16181a16181a16181a16100', 4, 1000)).toBe(DEPTH_LIMIT)
    expect(skipped('818181810000000000', 4, 1000)).toBe(OK)
    expect(skipped('8181818181000000000000', 4, 1000)).toBe(DEPTH_LIMIT)
  })
  test('a value more than the limit is refused', () => {
    expect(skipped('93010203', 8, 4)).toBe(OK)
    expect(skipped('93010203', 8, 3)).toBe(NODE_LIMIT)
    expect(skipped('81a16100', 8, 3)).toBe(OK)
    expect(skipped('81a16100', 8, 2)).toBe(NODE_LIMIT)
    expect(skipped('8192000000', 8, 5)).toBe(OK)
    expect(skipped('8192000000', 8, 4)).toBe(NODE_LIMIT)
  })
})
