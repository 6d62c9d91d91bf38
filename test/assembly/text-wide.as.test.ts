/** What the tables of the SIMD build say against the loop that goes byte by byte, which is the oracle. */
import { describe, expect, test } from 'vitest-pool-assemblyscript/assembly'
import { findBadUtf8, findBadWide } from '../../assembly/text'
import { WINDOW, writeHex, writeRun } from './support'

/** Bytes in front of what is tried: the first is beyond ASCII, so that no run of ASCII is passed before the tables. */
const LEAD: i32 = 2
/** Where a sequence of up to four bytes lies in one block, in two, and at the beginning of the second. */
const FIRST_PLACE: i32 = 11
const LAST_PLACE: i32 = 17

/** A window of ASCII that begins with `é`. */
function begin(): void {
  writeRun(WINDOW, 0x61, 64)
  writeHex(WINDOW, 'c3a9')
}

/** Counts where the two differ for [WINDOW, end), and the texts that were good and bad, so that neither is all. */
let different: i32 = 0
let good: i32 = 0
let bad: i32 = 0

function compare(end: usize): void {
  const expected = findBadWide(WINDOW, end)
  if (findBadUtf8(WINDOW, end) != expected) different++
  if (expected == 0) good++
  else bad++
}

function reset(): void {
  different = 0
  good = 0
  bad = 0
}

function agree(): void {
  expect(different).toBe(0)
  expect(good).toBeGreaterThan(0)
  expect(bad).toBeGreaterThan(0)
}

/** Bytes at the edges of every range that the third and fourth byte may be in. */
function edge(i: i32): u8 {
  if (i == 0) return 0x00
  if (i == 1) return 0x7f
  if (i == 2) return 0x80
  if (i == 3) return 0x8f
  if (i == 4) return 0x90
  if (i == 5) return 0xbf
  if (i == 6) return 0xc2
  return 0xff
}
const EDGES: i32 = 8

describe('the tables agree with the loop', () => {
  test('on every pair of bytes, at every place of a block', () => {
    reset()
    for (let place = FIRST_PLACE; place <= LAST_PLACE; place++) {
      begin()
      for (let pair: u32 = 0; pair < 0x10000; pair++) {
        store<u16>(WINDOW + place, <u16>pair)
        compare(WINDOW + 40)
      }
    }
    agree()
  })

  test('on every pair of bytes behind a lead of three or four, across a block', () => {
    reset()
    for (let lead: u32 = 0xe0; lead <= 0xff; lead++) {
      for (let second: u32 = 0; second <= 0xff; second++) {
        for (let i = 0; i < EDGES; i++) {
          for (let j = 0; j < EDGES; j++) {
            for (let place = FIRST_PLACE + 1; place < LAST_PLACE; place += 2) {
              begin()
              store<u8>(WINDOW + place, <u8>lead, 0)
              store<u8>(WINDOW + place, <u8>second, 1)
              store<u8>(WINDOW + place, edge(i), 2)
              store<u8>(WINDOW + place, edge(j), 3)
              compare(WINDOW + 36)
            }
          }
        }
      }
    }
    agree()
  })

  test('on characters that the end cuts off or not, whatever stands behind it', () => {
    reset()
    const characters = ['c3a9', 'e282ac', 'f09f9880', '61']
    for (let length = LEAD; length <= 50; length++) {
      for (let i = 0; i < characters.length; i++) {
        for (let behind: u32 = 0x61; behind <= 0xff; behind++) {
          writeRun(WINDOW, <u8>behind, 64)
          writeRun(WINDOW, 0x61, length)
          writeHex(WINDOW, 'c3a9')
          const after = writeHex(WINDOW + length, characters[i])
          for (let end = WINDOW + length; end <= after + 1; end++) compare(end)
        }
      }
    }
    agree()
  })

  test('on text of all lengths with a byte that was changed anywhere', () => {
    reset()
    let state: u32 = 20261129
    for (let round = 0; round < 400; round++) {
      // Characters of one to four bytes in turns that the state gives.
      let end = writeHex(WINDOW, 'c3a9')
      while (end < WINDOW + 60) {
        state = state * 1664525 + 1013904223
        const kind = state >> 30
        end = writeHex(end, kind == 0 ? '61' : kind == 1 ? 'd18f' : kind == 2 ? 'e69da1' : 'f09f9a80')
      }
      compare(end)
      for (let at = WINDOW; at < end; at++) {
        const before = load<u8>(at)
        state = state * 1664525 + 1013904223
        store<u8>(at, <u8>(state >> 24))
        compare(end)
        store<u8>(at, before)
        compare(at)
      }
    }
    agree()
  })
})
