import { describe, expect, test } from 'vitest-pool-assemblyscript/assembly'
import * as ubjson from '../../../assembly/formats/ubjson'
import {
  BAD_NUMBER,
  BAD_TOKEN,
  BAD_UTF8,
  DEPTH_LIMIT,
  KEY_TYPE,
  KIND_ARRAY,
  KIND_BYTES,
  KIND_FLOAT,
  KIND_MAP,
  KIND_NINT,
  KIND_TEXT,
  KIND_UINT,
  LENGTH_OVERRUN,
  NODE_LIMIT,
  OK,
  SIZE_LIMIT,
  TRUNCATED,
} from '../../../assembly/generated/abi'
import * as status from '../../../assembly/status'
import * as token from '../../../assembly/token'
import { SCRATCH, WINDOW, writeHex } from '../support'

/** Both dialects have these. */
const SHARED: string[] = [
  '5a', // Z
  '54',
  '46',
  '6980', // i
  '55ff',
  '498000', // I
  '6c80000000',
  '4c8000000000000000',
  '6400000000', // d
  '440000000000000000',
  '4361', // C
  '535500', // S
  '53690161',
  '535502c3a9',
  '48550131', // H
  '4855042d312e35',
  '485505312e356531',
  '5b5d',
  '5b4e4e5a4e545d',
  '5b23550254 46',
  '5b235502 4e54 4e46',
  '7b7d',
  '7b 5501 61 54 7d',
  '7b 4e 5501 61 4e 54 4e 7d',
  '7b 235501 5501 61 54',
  '5b 2469 235502 0180',
  '5b 2449 235502 0180 0000',
  '5b 2443 235502 6162',
  '5b 2455 235502 ffff',
  '7b 2455 235502 5501 61 01 5501 62 02',
  '5b 2464 235500',
]

/** Only BJData has these. */
const BJDATA: string[] = [
  '75ffff', // u
  '6dffffffff',
  '4dffffffffffffffff',
  '68003c', // h
  '42ff',
  '5b 2442 235502 ffff',
  '5b 2475 235501 0100',
  '5b 2468 235501 003c',
  '5b 2455 23 5b 5502 5501 5d 0102',
  '5b 2455 23 5b 2455 235502 0201 0102',
  '5b 2455 23 5b 235502 5502 5501 0102',
  '5b 2455 23 5b 5d',
  '5b 2455 23 5b 5502 5500 5d',
  '5b 23 5b 5502 5501 5d 5b5d 7b7d',
  '5b 5b 2455 23 5b 5501 5501 5d 07 54 5d',
  // Column-major.
  '5b 2455 23 5b 5b 5502 5501 5d 5d 0102',
  '5b 2455 23 5b 5b 2455 235502 0201 5d 0102',
  '5b 2455 23 5b 4e5b 235502 5502 5501 4e5d 0102',
  '5b 2455 23 5b 235501 5b 5502 5501 5d 0102',
  '5b 23 5b 5b 5502 5501 5d 5d 5b5d 7b7d',
  '5b 2455 23 5b 5b 5d 5d',
  // Structures of arrays: record by record and field by field.
  '5b 247b 5501 61 55 7d 235502 0102',
  '7b 247b 5501 61 55 7d 235502 0102',
  '7b 247b 4e 5501 61 55 4e 5501 62 75 4e 7d 235502 0102 01000200',
  '5b 247b 5501 61 54 5501 62 5a 5501 63 43 7d 235502 5461 4662',
  '5b 247b 5501 61 535503 5501 62 485502 7d 235502 616200 3100 c3a900 2d31',
  '5b 247b 5501 61 7b 5501 62 55 7d 5501 63 5b 55 5b 55 5d 54 5d 7d 235501 01 0203 46',
  '7b 247b 5501 61 7b 5501 62 55 5501 63 75 7d 7d 235502 010100 020200',
  '5b 247b 5501 61 5b 245323 5503 550161 5500 5502c3a9 7d 235502 0200',
  '5b 247b 5501 61 5b 244823 5501 550137 7d 235502 0000',
  '5b 247b 5501 61 5b 2455 5d 5501 62 55 7d 235502 0009 0109 000103 61c3a9',
  '7b 247b 5501 61 5b 2469 5d 7d 235503 020001 00000202 6162',
  '5b 247b 5501 61 55 7d 23 5b 5502 5501 5d 0102',
  '5b 247b 5501 61 55 7d 23 5b 2455 235502 0201 0102',
  '5b 247b 5501 61 55 7d 235500',
  '5b 247b 5501 61 5a 7d 235503',
]

/** Only draft 12 has these. */
const DRAFT12: string[] = [
  '5b 245a 235503',
  '5b 2454 236c00000010',
  '7b 2446 235501 5501 61',
  '5b 2453 235502 5500 5501 61',
  '5b 2448 235501 5501 31',
]

function skipped(hex: string, draft12: bool, depth: i32, nodes: i32): i32 {
  const end = writeHex(WINDOW, hex)
  status.begin(depth, nodes, 8)
  ubjson.open(draft12)
  const after = ubjson.skip(WINDOW, end, SCRATCH)
  if (status.status == OK) expect(<i32>(after - WINDOW)).toBe(<i32>(end - WINDOW))
  return status.status
}

function code(hex: string): i32 {
  return skipped(hex, false, 8, 1000)
}

function draft12(hex: string): i32 {
  return skipped(hex, true, 8, 1000)
}

function refuses(hex: string, expected: i32, at: i32): void {
  expect(code(hex)).toBe(expected)
  expect(<i32>(status.errorAt - WINDOW)).toBe(at)
}

/** Kind of the head. */
function kind(hex: string, isDraft12: bool): i32 {
  const end = writeHex(WINDOW, hex)
  status.begin(8, 1000, 8)
  ubjson.open(isDraft12)
  return ubjson.head(WINDOW, end) == 0 ? -status.status : token.kind
}

function truncations(hexes: string[], isDraft12: bool): void {
  for (let i = 0; i < hexes.length; i++) {
    const hex = hexes[i].split(' ').join('')
    for (let length = 0; length < hex.length; length += 2) {
      const found = skipped(hex.substring(0, length), isDraft12, 8, 1000)
      expect(found == TRUNCATED || found == LENGTH_OVERRUN).toBe(true)
    }
  }
}

describe('ubjson.skip accepts', () => {
  test('every form of every value is accepted, alone and inside of containers', () => {
    for (let i = 0; i < SHARED.length; i++) {
      expect(code(SHARED[i])).toBe(OK)
      expect(draft12(SHARED[i])).toBe(OK)
      expect(code(`5b ${SHARED[i]} 5a ${SHARED[i]} 5d`)).toBe(OK)
      expect(draft12(`7b 5501 61 ${SHARED[i]} 5501 62 ${SHARED[i]} 7d`)).toBe(OK)
      expect(code(`5b 235502 ${SHARED[i]} ${SHARED[i]}`)).toBe(OK)
    }
  })
  test('the forms of one dialect are accepted in that dialect only', () => {
    for (let i = 0; i < BJDATA.length; i++) {
      expect(code(BJDATA[i])).toBe(OK)
      expect(draft12(BJDATA[i])).toBe(BAD_TOKEN)
      expect(code(`5b 235502 ${BJDATA[i]} ${BJDATA[i]}`)).toBe(OK)
    }
    for (let i = 0; i < DRAFT12.length; i++) {
      expect(draft12(DRAFT12[i])).toBe(OK)
      expect(code(DRAFT12[i])).toBe(BAD_TOKEN)
      expect(draft12(`5b ${DRAFT12[i]} ${DRAFT12[i]} 5d`)).toBe(OK)
    }
  })
})

describe('ubjson.skip refuses', () => {
  test('every value that is cut off', () => {
    truncations(SHARED, false)
    truncations(SHARED, true)
    truncations(BJDATA, false)
    truncations(DRAFT12, true)
  })
  test('markers that do not exist, and no-ops alone', () => {
    refuses('41', BAD_TOKEN, 0)
    refuses('5b 41', BAD_TOKEN, 1)
    refuses('5b 235501 5d', BAD_TOKEN, 4)
    refuses('7b 5501 61 7d', BAD_TOKEN, 4)
    refuses('4e4e', TRUNCATED, 2)
  })
  test('lengths that are negative or no integers', () => {
    refuses('53 69ff', BAD_NUMBER, 1)
    refuses('53 4900ff 61', BAD_NUMBER, 1)
    refuses('5b 23 4c00000000000000f3', BAD_NUMBER, 2)
    refuses('5b 2455 23 5b 69f4 5d', BAD_NUMBER, 5)
    refuses('5b 2455 23 5b 2469 235501 f4', BAD_NUMBER, 10)
    refuses('53 3161', BAD_TOKEN, 1)
    refuses('5b 23 54 5d', BAD_TOKEN, 2)
    refuses('53 4202 6161', BAD_TOKEN, 1)
  })
  test('types without a count, of containers, of what has no size', () => {
    refuses('5b 2455 5d', BAD_TOKEN, 3)
    refuses('5b 245b 235501', BAD_TOKEN, 2)
    refuses('5b 247b 235501', KEY_TYPE, 3)
    refuses('5b 244e 235501', BAD_TOKEN, 2)
    expect(draft12('5b 245b 235501')).toBe(BAD_TOKEN)
    expect(draft12('5b 247b 235501')).toBe(BAD_TOKEN)
    expect(draft12('5b 244e 235501')).toBe(BAD_TOKEN)
    refuses('7b 2455 23 5b 5501 5d', BAD_TOKEN, 4)
    refuses('5b 2455 23 5b 5b 5b 5501 5d 5d 5d', BAD_TOKEN, 6)
    refuses('5b 2455 23 5b 5b 5501 5d 5501 5d', BAD_TOKEN, 9)
    refuses('5b 2455 23 5b 235502 5b 5501 5d 5b 5501 5d', BAD_TOKEN, 8)
    refuses('5b 2455 23 5b 2464 235501', BAD_TOKEN, 6)
  })
  test('schemas that have no members, other types, or more than a type for a member', () => {
    refuses('5b 247b 7d 235500', KEY_TYPE, 3)
    refuses('5b 247b 5501 61 7b 7d 7d 235500', KEY_TYPE, 7)
    refuses('5b 247b 5501 61 5b 5d 7d 235500', BAD_TOKEN, 7)
    refuses('5b 247b 5501 61 46 7d 235500', BAD_TOKEN, 6)
    refuses('5b 247b 5501 61 4e 7d 235500', BAD_TOKEN, 6)
    refuses('5b 247b 5501 61 5b 4e55 5d 7d 235500', BAD_TOKEN, 7)
    refuses('5b 247b 5501 61 53 7d 235500', BAD_TOKEN, 7)
    refuses('5b 247b 5501 61 53 69ff 7d 235500', BAD_NUMBER, 7)
    refuses('5b 247b 5501 61 5b 2464 5d 7d 235500', BAD_TOKEN, 8)
    refuses('5b 247b 5501 61 5b 2455 23 7d 235500', BAD_TOKEN, 9)
    refuses('5b 247b 5501 61 5b 2453 5d 7d 235500', BAD_TOKEN, 9)
    refuses('5b 247b 5501 ff 55 7d 235500', BAD_UTF8, 5)
    refuses('5b 247b 5501 61 5b 2453 235501 5501 ff 7d 235500', BAD_UTF8, 14)
    refuses('5b 247b 5501 61 5b 2448 235501 5501 2b 7d 235500', BAD_NUMBER, 12)
    refuses('5b 247b 5501 61 5b 2453 235540 5501 61 7d 235500', LENGTH_OVERRUN, 6)
    refuses('5b 247b 5501 61 55 7d 5501', BAD_TOKEN, 8)
    refuses('5b 247b 5501 61 55 7d 23 5b 5b 5501 5d 5d 05', BAD_TOKEN, 10)
    refuses('5b 247b 5501 61 55 7d 23 69ff', BAD_NUMBER, 9)
  })
  test('records that are not there, or are not as their schema says, at the byte', () => {
    refuses('5b 247b 5501 61 75 7d 235502 010002', LENGTH_OVERRUN, 0)
    refuses('5b 247b 5501 61 53 4dffffffffffffffff 7d 235501 61', LENGTH_OVERRUN, 0)
    refuses('5b 247b 5501 61 55 7d 23 5b 4d0000000000000080 5502 5d 01', LENGTH_OVERRUN, 0)
    refuses('5b 247b 5501 61 54 7d 235502 54 5a', BAD_TOKEN, 12)
    refuses('5b 247b 5501 61 43 7d 235502 61 80', BAD_UTF8, 12)
    refuses('5b 247b 5501 61 535502 7d 235502 6162 61ff', BAD_UTF8, 16)
    refuses('5b 247b 5501 61 485502 7d 235502 3100 0000', BAD_NUMBER, 15)
    refuses('5b 247b 5501 61 5b 2453 235501 5501 61 7d 235502 0001', BAD_NUMBER, 20)
    refuses('7b 247b 5501 61 55 5501 62 54 7d 235502 0102 54ff', BAD_TOKEN, 18)
  })
  test('texts behind the payload that are not there, go back, or are not named rightly', () => {
    refuses('5b 247b 5501 61 5b 2455 5d 7d 235501 00 00', LENGTH_OVERRUN, 15)
    refuses('5b 247b 5501 61 5b 2455 5d 7d 235501 00 0002 61', LENGTH_OVERRUN, 16)
    refuses('5b 247b 5501 61 5b 2455 5d 7d 235501 00 0102 6161', BAD_NUMBER, 15)
    refuses('5b 247b 5501 61 5b 2455 5d 7d 235502 0001 000201 6161', BAD_NUMBER, 17)
    refuses('5b 247b 5501 61 5b 2469 5d 7d 235501 00 00ff', BAD_NUMBER, 16)
    refuses('5b 247b 5501 61 5b 2455 5d 7d 235502 0002 000101 61', BAD_NUMBER, 15)
    refuses('5b 247b 5501 61 5b 2469 5d 7d 235501 ff 0001 61', BAD_NUMBER, 14)
    refuses('5b 247b 5501 61 5b 2455 5d 7d 235502 0001 000102 c3a9', BAD_UTF8, 19)
  })
  test('keys and texts that the records name too often', () => {
    // 1,000,000 and more bytes from a few are fine, as long as they are no more than 64 times as many again.
    const long = '61'.repeat(255)
    const head = `5b 247b 55ff ${long} 5a 7d 23`
    expect(skipped(`${head} 75 3210`, false, 8, i32.MAX_VALUE)).toBe(OK)
    expect(skipped(`${head} 75 7f10`, false, 8, i32.MAX_VALUE)).toBe(SIZE_LIMIT)
    expect(<i32>(status.errorAt - WINDOW)).toBe(0)
  })
  test('keys that are no text', () => {
    refuses('7b 5a', KEY_TYPE, 1)
    refuses('7b 53 5501 61 54 7d', KEY_TYPE, 1)
    refuses('7b 5501 61 54 43 61', KEY_TYPE, 5)
    refuses('7b 69ff', BAD_NUMBER, 1)
  })
  test('counts and lengths that the rest cannot hold, before any loop', () => {
    refuses('53 5505 6161', LENGTH_OVERRUN, 3)
    refuses('53 4dffffffffffffffff', LENGTH_OVERRUN, 10)
    refuses('5b 23 4cffffffffffffff7f', LENGTH_OVERRUN, 0)
    refuses('7b 23 5502 5501 61 54', LENGTH_OVERRUN, 0)
    refuses('5b 2444 235502 00', LENGTH_OVERRUN, 0)
    refuses('5b 2442 235502 00', LENGTH_OVERRUN, 0)
    refuses('5b 244d 23 5b 4900 20 4d00000000000020ff 5d', LENGTH_OVERRUN, 0)
    refuses('5b 2455 23 5b 4dffffffffffffffff 5501 5d', LENGTH_OVERRUN, 0)
    refuses('5b 2455 23 5b 23 4dffffffffffffffff', LENGTH_OVERRUN, 6)
    refuses('5b 2455 23 5b 2455 23 4dffffffffffffffff', LENGTH_OVERRUN, 8)
    expect(draft12('5b 2453 235502 550055')).toBe(LENGTH_OVERRUN)
  })
  test('text that is not UTF-8 and characters that are not ASCII, at the byte', () => {
    refuses('53 5502 61ff', BAD_UTF8, 4)
    refuses('7b 5501 ff 54 7d', BAD_UTF8, 3)
    refuses('43 82', BAD_UTF8, 1)
    refuses('5b 2443 235509 6161616161616161 82', BAD_UTF8, 14)
    refuses('7b 2443 235501 5501 61 82', BAD_UTF8, 9)
  })
  test('high-precision numbers that JSON would not have, are beyond a double or too long', () => {
    const bad = [
      '',
      '6e',
      '6e616e',
      '307831',
      '3031',
      '312e',
      '2e35',
      '2b31',
      '31e0',
      '3165',
      '31652b',
      '2d',
      '310a',
    ]
    for (let i = 0; i < bad.length; i++) {
      const length = (0x100 + (bad[i].length >> 1)).toString(16).substring(1)
      refuses(`48 55${length} ${bad[i]}`, BAD_NUMBER, 1)
    }
    refuses('48 5505 3165333039', BAD_NUMBER, 1)
    expect(code('48 5505 3165333038')).toBe(OK)
    // Eight bytes have twenty digits at most.
    expect(code('48 5515 2d3131313131313131313131313131313131313131')).toBe(OK)
    refuses('48 5515 313131313131313131313131313131313131313131', SIZE_LIMIT, 1)
    refuses('48 5516 2d313131313131313131313131313131313131313131', SIZE_LIMIT, 1)
    // The exact text of a double may be much longer.
    expect(code('48 5518 312e31313131313131313131313131313131313131313131')).toBe(OK)
  })
})

describe('ubjson.skip keeps the limit', () => {
  test('a level more than the limit is refused', () => {
    expect(skipped('5b5b5b5b5d5d5d5d', false, 4, 1000)).toBe(OK)
    expect(skipped('5b5b5b5b5b5d5d5d5d5d', false, 4, 1000)).toBe(DEPTH_LIMIT)
    expect(skipped('7b5501617b5501617b7d7d7d', false, 2, 1000)).toBe(DEPTH_LIMIT)
    expect(skipped('5b 2455 235501 01', false, 0, 1000)).toBe(DEPTH_LIMIT)
    expect(skipped('5b 2442 235501 01', false, 0, 1000)).toBe(OK)
    expect(skipped('5b 2455 23 5b 5501 5501 5d 05', false, 2, 1000)).toBe(OK)
    expect(skipped('5b 2455 23 5b 5501 5501 5d 05', false, 1, 1000)).toBe(DEPTH_LIMIT)
    expect(skipped('5b 23 5b 5501 5501 5d 54', false, 2, 1000)).toBe(OK)
    expect(skipped('5b 23 5b 5501 5501 5d 54', false, 1, 1000)).toBe(DEPTH_LIMIT)
    expect(skipped('5b 23 5b 5501 5501 5d 5b5d', false, 2, 1000)).toBe(DEPTH_LIMIT)
    expect(skipped('5b 23 5b 5500 5501 5d', false, 1, 1000)).toBe(DEPTH_LIMIT)
    expect(skipped('5b 2455 23 5b 5b 5501 5501 5d 5d 05', false, 1, 1000)).toBe(DEPTH_LIMIT)
    expect(skipped('5b 247b 5501 61 55 7d 235501 05', false, 2, 1000)).toBe(OK)
    expect(skipped('5b 247b 5501 61 55 7d 235500', false, 1, 1000)).toBe(DEPTH_LIMIT)
    expect(skipped('5b 247b 5501 61 5b 55 5d 7d 235500', false, 3, 1000)).toBe(OK)
    expect(skipped('5b 247b 5501 61 5b 55 5d 7d 235500', false, 2, 1000)).toBe(DEPTH_LIMIT)
    expect(skipped('5b 247b 5501 61 55 7d 23 5b 5501 5501 5d 05', false, 2, 1000)).toBe(DEPTH_LIMIT)
    expect(skipped('5b 5b 247b 5501 61 55 7d 235501 05 5d', false, 3, 1000)).toBe(OK)
    expect(skipped('5b 5b 247b 5501 61 55 7d 235501 05 5d', false, 2, 1000)).toBe(DEPTH_LIMIT)
  })
  test('a value more than the limit is refused, also one without bytes', () => {
    expect(skipped('5b 5a5a5a 5d', false, 8, 4)).toBe(OK)
    expect(skipped('5b 5a5a5a 5d', false, 8, 3)).toBe(NODE_LIMIT)
    expect(skipped('7b 5501 61 5a 7d', false, 8, 3)).toBe(OK)
    expect(skipped('7b 5501 61 5a 7d', false, 8, 2)).toBe(NODE_LIMIT)
    expect(skipped('5b 2455 235503 010203', false, 8, 4)).toBe(OK)
    expect(skipped('5b 2455 235503 010203', false, 8, 3)).toBe(NODE_LIMIT)
    expect(skipped('5b 2442 235503 010203', false, 8, 1)).toBe(OK)
    expect(skipped('5b 245a 235503', true, 8, 4)).toBe(OK)
    expect(skipped('5b 245a 235503', true, 8, 3)).toBe(NODE_LIMIT)
    expect(skipped('5b 245a 23 6c7fffffff', true, 8, i32.MAX_VALUE)).toBe(NODE_LIMIT)
    expect(skipped('5b 2454 23 4c7fffffffffffffff', true, 8, i32.MAX_VALUE)).toBe(NODE_LIMIT)
    expect(skipped('5b 2455 23 5b 5502 5500 5d', false, 8, 3)).toBe(OK)
    expect(skipped('5b 2455 23 5b 5502 5500 5d', false, 8, 2)).toBe(NODE_LIMIT)
    expect(
      skipped('5b 2455 23 5b 4dffffffffffffffff 4dffffffffffffffff 5500 5d', false, 8, i32.MAX_VALUE),
    ).toBe(NODE_LIMIT)
  })
  test('the limit of values holds for the rows of all n-dimensional arrays together', () => {
    const empty = '5b 2455 23 5b 5502 5500 5d'
    expect(skipped(`5b ${empty} ${empty} 5d`, false, 8, 7)).toBe(OK)
    expect(skipped(`5b ${empty} ${empty} 5d`, false, 8, 6)).toBe(NODE_LIMIT)
    const square = '5b 2455 23 5b 5b 5502 5502 5d 5d 01020304'
    expect(skipped(`5b ${square} ${square} 5d`, false, 8, 15)).toBe(OK)
    expect(skipped(`5b ${square} ${square} 5d`, false, 8, 14)).toBe(NODE_LIMIT)
  })
  test('the limit of values holds for records, their keys and values, also where they have no bytes', () => {
    const records = '5b 247b 5501 61 55 5501 62 5b 5a 5d 7d 235502 0102'
    expect(skipped(records, false, 8, 13)).toBe(OK)
    expect(skipped(records, false, 8, 12)).toBe(NODE_LIMIT)
    expect(skipped(`5b ${records} ${records} 5d`, false, 8, 27)).toBe(OK)
    expect(skipped(`5b ${records} ${records} 5d`, false, 8, 26)).toBe(NODE_LIMIT)
    expect(skipped('5b 247b 5501 61 5a 7d 23 4dffffffffffffffff', false, 8, i32.MAX_VALUE)).toBe(NODE_LIMIT)
    expect(skipped('5b 247b 5501 61 5a 7d 23 5b 5503 5500 5d', false, 8, 4)).toBe(OK)
    expect(skipped('5b 247b 5501 61 5a 7d 23 5b 5503 5500 5d', false, 8, 3)).toBe(NODE_LIMIT)
  })
})

describe('ubjson.head', () => {
  test('tells the kind', () => {
    expect(kind('5507', false)).toBe(KIND_UINT)
    expect(kind('69f9', false)).toBe(KIND_NINT)
    expect(kind('42f9', false)).toBe(KIND_UINT)
    expect(kind('68003c', false)).toBe(KIND_FLOAT)
    expect(kind('4361', false)).toBe(KIND_TEXT)
    expect(kind('4855022d30', false)).toBe(KIND_FLOAT)
    expect(kind('48550131', false)).toBe(KIND_UINT)
    expect(kind('5b 2442 235501 01', false)).toBe(KIND_BYTES)
    expect(kind('5b 2455 235501 01', false)).toBe(KIND_ARRAY)
    expect(kind('5b 2455 235501 01', true)).toBe(KIND_BYTES)
    expect(kind('5b 2442 23 5b 5502 5d 0102', false)).toBe(KIND_BYTES)
    expect(kind('5b 2442 23 5b 5501 5502 5d 0102', false)).toBe(KIND_ARRAY)
    expect(kind('4e 7b7d', false)).toBe(KIND_MAP)
    expect(kind('5b 247b 5501 61 55 7d 235501 05', false)).toBe(KIND_ARRAY)
    expect(kind('7b 247b 5501 61 55 7d 235500', false)).toBe(KIND_ARRAY)
    expect(kind('7b 2455 235500', false)).toBe(KIND_MAP)
    expect(kind('4382', false)).toBe(-BAD_UTF8)
    expect(kind('4e', false)).toBe(-TRUNCATED)
  })
  test('reads integers in the byte order of the dialect', () => {
    expect(kind('4901ff', false)).toBe(KIND_NINT)
    expect(token.magnitude).toBe(254)
    expect(kind('4901ff', true)).toBe(KIND_UINT)
    expect(token.magnitude).toBe(511)
    expect(kind('4c0000000000000080', false)).toBe(KIND_NINT)
    expect(token.magnitude).toBe(0x7fffffffffffffff)
    expect(kind('4dffffffffffffffff', false)).toBe(KIND_UINT)
    expect(token.magnitude).toBe(u64.MAX_VALUE)
  })
  test('reads what the container says for all: next announces it', () => {
    const end = writeHex(WINDOW, '5b 2449 235502 0100 0180')
    status.begin(8, 1000, 8)
    ubjson.open(false)
    let p = ubjson.head(WINDOW, end)
    const count = token.count
    expect(count < -1).toBe(true)
    p = ubjson.next(p, end, 0, count, KIND_ARRAY)
    p = ubjson.head(p, end)
    expect(ubjson.elementType()).toBe(0x49)
    expect(token.magnitude).toBe(1)
    p = ubjson.next(p, end, 1, count, KIND_ARRAY)
    p = ubjson.skip(p, end, SCRATCH)
    p = ubjson.next(p, end, 2, count, KIND_ARRAY)
    expect(ubjson.closed).toBe(true)
    expect(p).toBe(end)
    ubjson.head(WINDOW, end)
    expect(ubjson.elementType()).toBe(0)
  })
})
