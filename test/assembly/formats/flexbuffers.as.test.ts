import { describe, expect, test } from 'vitest-pool-assemblyscript/assembly'
import { verify } from '../../../assembly/formats/flexbuffers'
import {
  BAD_NUMBER,
  BAD_OFFSET,
  BAD_TOKEN,
  BAD_UTF8,
  DEPTH_LIMIT,
  LENGTH_OVERRUN,
  MISALIGNED,
  NODE_LIMIT,
  OK,
  SIZE_LIMIT,
  TRUNCATED,
} from '../../../assembly/generated/abi'
import * as status from '../../../assembly/status'
import { WINDOW, writeHex } from '../support'

/** Room for the claims of the verifier. */
const CLAIMS: usize = memory.data(512, 16)

/** A value of every type, in more than one width where it has one; each is whole. */
const ACCEPTED: string[] = [
  '00 00 01', // null
  '01 04 01', // int, 8 to 64 bits
  '0100 05 02',
  '01000000 06 04',
  '0100000000000000 07 08',
  'ff 08 01', // uint
  '0000c03f 0e 04', // float
  '000000000000f83f 0f 08',
  '01 68 01', // bool
  '6100 02 10 01', // key
  '01 6100 02 14 01', // string
  '00 00 01 14 01',
  '0100 6100 02 15 01', // the size in 16 bits
  '03 610062 00 04 14 01', // NUL inside
  '01 01 18 01', // indirect int, uint, float
  '0100 02 1d 01',
  '0000c03f 04 22 01',
  '02 0102 02 64 01', // blob
  '00 00 28 01', // vectors: none, two, nested
  '02 0102 0408 04 28 01',
  '00 01 01 28 02 28 01',
  '02 0102 02 2c 01', // of ints, uints, floats, bools
  '02 0102 02 30 01',
  '01000000 0000c03f 04 36 01',
  '00 00 34 01', // no floats of 8 bits
  '02 0001 02 90 01',
  '6100 6200 02 0504 02 38 01', // of keys, and of strings
  '01 6100 01 6200 02 0604 03 3c 01',
  '0102 02 40 01', // fixed: two ints, three uints, four floats
  '010203 03 50 01',
  '0000c03f 0000c03f 0000c03f 0000c03f 10 62 01',
  '6100 01 03 01 01 01 05 04 02 24 01', // a map
  '00 00 01 00 00 24 01', // an empty one
]

/** Verifies the value with these limits. */
function verified(hex: string, depth: i32, nodes: i32): i32 {
  // Behind the end stands what would make any cut value whole.
  memory.fill(WINDOW, 0x00, 512)
  const end = writeHex(WINDOW, hex)
  status.begin(depth, nodes, 64)
  const after = verify(WINDOW, end, CLAIMS)
  if (after != 0) return after == end ? OK : -1
  expect(status.errorAt >= WINDOW && status.errorAt <= end).toBe(true)
  return status.status
}

/** The code that refuses the value, and the offset of the byte that shows the mistake. */
function refuses(hex: string, expected: i32, at: i32): void {
  expect(verified(hex, 8, 1000)).toBe(expected)
  expect(<i32>(status.errorAt - WINDOW)).toBe(at)
}

describe('flexbuffers.verify accepts', () => {
  test('a value of every type, up to its end', () => {
    for (let i = 0; i < ACCEPTED.length; i++) expect(verified(ACCEPTED[i], 8, 1000)).toBe(OK)
  })
  test('the same value is accepted behind eight other bytes', () => {
    for (let i = 0; i < ACCEPTED.length; i++) {
      expect(verified(`ffffffffffffffff${ACCEPTED[i]}`, 8, 1000)).toBe(OK)
    }
  })
  test('one text is accepted at two places', () => {
    expect(verified('01 6100 02 0304 1414 04 28 01', 8, 1000)).toBe(OK)
    expect(verified('6100 02 0304 1010 04 28 01', 8, 1000)).toBe(OK)
  })
})

describe('flexbuffers.verify refuses', () => {
  test('less than a root is refused', () => {
    refuses('', TRUNCATED, 0)
    refuses('00', TRUNCATED, 1)
    refuses('0001', TRUNCATED, 2)
    refuses('00 00 02', TRUNCATED, 3)
    refuses('00000000 00 08', TRUNCATED, 6)
  })
  test('widths that are none', () => {
    refuses('00 00 00', BAD_TOKEN, 2)
    refuses('000000 00 03', BAD_TOKEN, 4)
    refuses('00 00 ff', BAD_TOKEN, 2)
    refuses('00 01 03 00 00 24 01', BAD_TOKEN, 2)
    // Google takes the low byte of the width of a map's keys; a reader does not.
    refuses('0000 0200 0101 0000 00 25 01', BAD_TOKEN, 4)
  })
  test('types that are none', () => {
    refuses('00 6c 01', BAD_TOKEN, 1)
    refuses('00 8c 01', BAD_TOKEN, 1)
    refuses('00 94 01', BAD_TOKEN, 1)
    refuses('00 fc 01', BAD_TOKEN, 1)
    refuses('01 00 6c 02 28 01', BAD_TOKEN, 2)
  })
  test('floats of 8 and 16 bits are refused', () => {
    refuses('00 0c 01', BAD_NUMBER, 0)
    refuses('0000 0d 02', BAD_NUMBER, 0)
    refuses('00 01 20 01', BAD_NUMBER, 0)
    refuses('01 00 01 34 01', BAD_NUMBER, 1)
    refuses('0000 02 48 01', BAD_NUMBER, 0)
  })
  test('offsets before the start', () => {
    refuses('01 6100 04 14 01', BAD_OFFSET, 3)
    refuses('6100 03 10 01', BAD_OFFSET, 2)
    refuses('6100 03 14 01', BAD_OFFSET, 2)
    refuses('ffffffffffffffff 15 08', BAD_OFFSET, 0)
    // A size, or what a map has before it, that would stand before the start.
    refuses('00 01 28 01', BAD_OFFSET, 0)
    refuses('01 00 00 24 01', BAD_OFFSET, 2)
    refuses('05 01 00 00 24 01', BAD_OFFSET, 0)
  })
  test('offsets that are not aligned', () => {
    refuses('00 0100 61 00 02 15 01', MISALIGNED, 5)
    refuses('00 0000c03f 04 22 01', MISALIGNED, 5)
  })
  test('sizes that the rest cannot hold', () => {
    refuses('06 6100 02 14 01', LENGTH_OVERRUN, 0)
    refuses('ffffffffffffffff 00 01 17 01', LENGTH_OVERRUN, 0)
    refuses('0000000020000000 00 01 2f 01', LENGTH_OVERRUN, 0)
    refuses('06 0102 0408 04 28 01', LENGTH_OVERRUN, 0)
    refuses('0000000000 05 63 01', LENGTH_OVERRUN, 0)
    // Not the whole value: Google's rule.
    refuses('0000000000 05 1f 01', LENGTH_OVERRUN, 0)
  })
  test('text without NUL, and text that is not UTF-8', () => {
    refuses('01 6162 02 14 01', BAD_TOKEN, 2)
    refuses('6162 02 10 01', TRUNCATED, 5)
    refuses('01 ff00 02 14 01', BAD_UTF8, 1)
    refuses('c300 02 10 01', BAD_UTF8, 0)
    refuses('61ff00 00 01 04 01 01 01 05 04 02 24 01', BAD_UTF8, 1)
    refuses('01 ff00 01 03 01 3c 01', BAD_UTF8, 1)
  })
  test('a map that has not as many keys as values', () => {
    refuses('6100 00 00 01 01 05 04 02 24 01', LENGTH_OVERRUN, 2)
    refuses('6100 02 0304 02 01 01 05 04 02 24 01', LENGTH_OVERRUN, 2)
  })
  test('two things at one place are refused', () => {
    refuses('01 6100 02 0304 1464 04 28 01', BAD_OFFSET, 0)
  })
  test('a vector inside itself is refused', () => {
    refuses('01 00 28 02 28 01', NODE_LIMIT, 1)
    refuses('ffffffffffffffffffff 01 00 28 02 28 01', DEPTH_LIMIT, 11)
  })
  test('blobs that are many times as long as the value', () => {
    // A blob of 60 bytes, five times in 75 bytes and six times in 77.
    const blob = '3c ' + '00'.repeat(60)
    expect(verified(blob + ' 05 3d3e3f4041 6464646464 0a 28 01', 8, 1000)).toBe(OK)
    refuses(blob + ' 06 3d3e3f404142 646464646464 0c 28 01', SIZE_LIMIT, 1)
  })
})

describe('flexbuffers.verify keeps the limit', () => {
  test('a level more than the limit is refused', () => {
    expect(verified('00 01 01 28 02 28 01', 2, 1000)).toBe(OK)
    expect(verified('00 01 01 28 02 28 01', 1, 1000)).toBe(DEPTH_LIMIT)
    expect(verified('0102 02 40 01', 1, 1000)).toBe(OK)
    expect(verified('0102 02 40 01', 0, 1000)).toBe(DEPTH_LIMIT)
    expect(verified('00 00 01 14 01', 0, 1000)).toBe(OK)
  })
  test('a value or key more than the limit is refused', () => {
    expect(verified('02 0102 0408 04 28 01', 8, 3)).toBe(OK)
    expect(verified('02 0102 0408 04 28 01', 8, 2)).toBe(NODE_LIMIT)
    expect(verified('02 0102 02 2c 01', 8, 2)).toBe(NODE_LIMIT)
    expect(verified('6100 01 03 01 01 01 05 04 02 24 01', 8, 3)).toBe(OK)
    expect(verified('6100 01 03 01 01 01 05 04 02 24 01', 8, 2)).toBe(NODE_LIMIT)
    expect(verified('00 00 01', 8, 0)).toBe(NODE_LIMIT)
  })
  test('no more vectors and texts are visited than there are bytes', () => {
    // Each vector names the one before twice: 15 visits in 19 bytes, 31 visits in 24.
    expect(verified('00 02 0102 2828' + ' 02 0506 2828'.repeat(2) + ' 04 28 01', 8, 1000)).toBe(OK)
    expect(verified('00 02 0102 2828' + ' 02 0506 2828'.repeat(3) + ' 04 28 01', 8, 1000)).toBe(NODE_LIMIT)
  })
})
