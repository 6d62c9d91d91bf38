import { describe, expect, test } from 'vitest-pool-assemblyscript/assembly'
import { findBadUtf8, findNul, sameBytes } from '../../assembly/text'
import { WINDOW, writeHex, writeRun } from './support'

/** Offsets that cover the edges of both block sizes, 8 and 16 bytes. */
const OFFSETS: i32 = 40

/**
 * Where the sequence is refused behind `before` ASCII bytes and before `after` of them: the offset in the whole text,
 * or -1. The byte behind the end is one that would make a cut sequence whole, or a good one bad.
 */
function badAt(hex: string, before: i32, after: i32, behind: u8): i32 {
  memory.fill(WINDOW, behind, 256)
  let end = writeRun(WINDOW, 0x61, before)
  end = writeHex(end, hex)
  end = writeRun(end, 0x61, after)
  const bad = findBadUtf8(WINDOW, end)
  return bad == 0 ? -1 : <i32>(bad - WINDOW)
}

/** The sequence is refused at its first byte, wherever it stands. */
function refused(hex: string): void {
  for (let before = 0; before <= OFFSETS; before++) {
    for (let after = 0; after <= 17; after++) {
      expect(badAt(hex, before, after, 0x80)).toBe(before)
    }
  }
}

function accepted(hex: string): void {
  for (let before = 0; before <= OFFSETS; before++) {
    for (let after = 0; after <= 17; after++) {
      expect(badAt(hex, before, after, 0xff)).toBe(-1)
    }
  }
}

describe('findBadUtf8 refuses', () => {
  test('a continuation byte without a lead', () => {
    refused('80')
    refused('bf')
  })
  test('overlong forms of two bytes are refused', () => {
    refused('c080')
    refused('c1bf')
  })
  test('overlong forms of three bytes are refused', () => {
    refused('e08080')
    refused('e09fbf')
  })
  test('overlong forms of four bytes are refused', () => {
    refused('f0808080')
    refused('f08fbfbf')
  })
  test('surrogates are refused, alone and in pairs', () => {
    refused('eda080')
    refused('edbfbf')
    refused('eda081edb080')
  })
  test('code points above U+10FFFF are refused', () => {
    refused('f4908080')
    refused('f5808080')
    refused('f7bfbfbf')
  })
  test('leads of five and six bytes, and bytes that UTF-8 never has', () => {
    refused('f888808080')
    refused('fc8480808080')
    refused('fe')
    refused('ff')
  })
  test('a lead without its continuation', () => {
    refused('c261')
    refused('c2c280')
    refused('e161')
    refused('f161')
  })
  test('a third and fourth byte that is no continuation', () => {
    refused('e18061')
    refused('e180c2')
    refused('f1808061')
    refused('f18061')
  })
  test('a sequence that the end cuts off, though a continuation stands behind it', () => {
    for (let before = 0; before <= OFFSETS; before++) {
      expect(badAt('c2', before, 0, 0x80)).toBe(before)
      expect(badAt('e180', before, 0, 0x80)).toBe(before)
      expect(badAt('f1', before, 0, 0x80)).toBe(before)
      expect(badAt('f180', before, 0, 0x80)).toBe(before)
      expect(badAt('f18080', before, 0, 0x80)).toBe(before)
    }
  })
  test('the first of two bad sequences is named', () => {
    expect(badAt('80 61616161616161616161616161616161 ff', 3, 0, 0)).toBe(3)
    expect(badAt('c3a9 61 80', 20, 5, 0)).toBe(23)
  })
})

describe('findBadUtf8 accepts', () => {
  test('no bytes at all are accepted', () => {
    expect(badAt('', 0, 0, 0xff)).toBe(-1)
  })
  test('ASCII of any length, whatever stands behind it', () => {
    for (let length = 0; length <= 80; length++) expect(badAt('', length, 0, 0xff)).toBe(-1)
  })
  test('the first and last code point of each length are accepted', () => {
    accepted('00')
    accepted('7f')
    accepted('c280')
    accepted('dfbf')
    accepted('e0a080')
    accepted('efbfbf')
    accepted('f0908080')
    accepted('f48fbfbf')
  })
  test('the neighbours of the surrogates are accepted', () => {
    accepted('ed9fbf')
    accepted('ee8080')
  })
  test('sequences of all lengths in a row are accepted', () => {
    accepted('c3a9 e282ac f09f9880 c3a9 e282ac f09f9880 c3a9 e282ac f09f9880')
  })
})

describe('findNul', () => {
  test('finds the first NUL at every place, and none behind the end', () => {
    for (let length: usize = 0; length <= 40; length++) {
      writeRun(WINDOW, 0x61, 64)
      store<u8>(WINDOW + length, 0)
      store<u8>(WINDOW + length + 3, 0)
      for (let end: usize = 0; end <= length; end++) expect(<u32>findNul(WINDOW, WINDOW + end)).toBe(0)
      expect(<u32>findNul(WINDOW, WINDOW + length + 1)).toBe(<u32>(WINDOW + length))
      expect(<u32>findNul(WINDOW, WINDOW + 64)).toBe(<u32>(WINDOW + length))
    }
  })
})

describe('sameBytes', () => {
  test('finds a difference at every place of every length', () => {
    const other = WINDOW + 512
    for (let length: u32 = 0; length <= 40; length++) {
      writeRun(WINDOW, 0x61, 64)
      writeRun(other, 0x61, 64)
      expect(sameBytes(WINDOW, other, length)).toBe(true)
      for (let i: u32 = 0; i < length; i++) {
        store<u8>(other + i, 0x62)
        expect(sameBytes(WINDOW, other, length)).toBe(false)
        store<u8>(other + i, 0x61)
      }
      store<u8>(other + length, 0x62)
      expect(sameBytes(WINDOW, other, length)).toBe(true)
    }
  })
})
