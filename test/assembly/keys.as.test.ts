import { describe, expect, test } from 'vitest-pool-assemblyscript/assembly'
import {
  FIELD_OF_KEY,
  KEY_COUNT,
  KEY_LENGTHS,
  KEY_MAX,
  KEY_OFFSETS,
  KEY_TEXT,
} from '../../assembly/generated/tables'
import { beginKeys, fieldOf, rememberKey, setSeed, unknownKeys } from '../../assembly/keys'
import { WINDOW, writeText } from './support'

const MESSAGES: i32 = 25

/** Copies a known key to the window; returns its length. */
function copyKey(id: i32): u32 {
  const length = load<u8>(KEY_LENGTHS + id)
  memory.fill(WINDOW, 0x5f, 64)
  memory.copy(WINDOW, KEY_TEXT + load<u16>(KEY_OFFSETS + ((<usize>id) << 1)), length)
  return length
}

function remember(key: string, at: usize): bool {
  return rememberKey(WINDOW + at, <u32>(writeText(WINDOW + at, key) - WINDOW - at))
}

describe('fieldOf', () => {
  test('finds every known key in every message', () => {
    let found = 0
    for (let id = 0; id < KEY_COUNT; id++) {
      const length = copyKey(id)
      for (let messageIndex = 0; messageIndex < MESSAGES; messageIndex++) {
        const expected = <i32>load<u8>(FIELD_OF_KEY + messageIndex * KEY_COUNT + id) - 1
        expect(fieldOf(messageIndex, WINDOW, length)).toBe(expected)
        if (expected >= 0) found++
      }
    }
    expect(KEY_COUNT).toBeGreaterThan(60)
    expect(found).toBeGreaterThan(150)
  })
  test('knows no key that differs from a known one in one byte', () => {
    for (let id = 0; id < KEY_COUNT; id++) {
      const length = copyKey(id)
      for (let i: u32 = 0; i < length; i++) {
        const byte = load<u8>(WINDOW + i)
        // No known key has a capital letter.
        store<u8>(WINDOW + i, 0x5a)
        for (let messageIndex = 0; messageIndex < MESSAGES; messageIndex++)
          expect(fieldOf(messageIndex, WINDOW, length)).toBe(-1)
        store<u8>(WINDOW + i, byte)
      }
    }
  })
  test('knows no empty key and none that is longer than the longest', () => {
    for (let messageIndex = 0; messageIndex < MESSAGES; messageIndex++) {
      expect(fieldOf(messageIndex, WINDOW, 0)).toBe(-1)
      copyKey(0)
      expect(fieldOf(messageIndex, WINDOW, KEY_MAX + 1)).toBe(-1)
    }
  })
})

describe('rememberKey', () => {
  test('is false for a key that the dictionary had', () => {
    beginKeys()
    expect(remember('x_one', 0)).toBe(true)
    expect(remember('x_two', 100)).toBe(true)
    expect(remember('x_one', 200)).toBe(false)
    expect(unknownKeys).toBe(2)
  })
  test('tells keys apart that begin alike, and the empty one', () => {
    beginKeys()
    expect(remember('', 0)).toBe(true)
    expect(remember('x', 100)).toBe(true)
    expect(remember('xx', 200)).toBe(true)
    expect(remember('', 300)).toBe(false)
  })
  test('forgets with the dictionary', () => {
    beginKeys()
    expect(remember('x_one', 0)).toBe(true)
    beginKeys()
    expect(unknownKeys).toBe(0)
    expect(remember('x_one', 0)).toBe(true)
  })
  test('holds 1,024 keys under any seed', () => {
    const keys = memory.data(1024 * 4, 16)
    for (let i = 0; i < 1024; i++) store<u32>(keys + ((<usize>i) << 2), 0x30303030 + i)
    for (let round: u32 = 0; round < 4; round++) {
      setSeed(round * 0x9e3779b1)
      beginKeys()
      for (let i = 0; i < 1024; i++) expect(rememberKey(keys + ((<usize>i) << 2), 4)).toBe(true)
      for (let i = 0; i < 1024; i++) expect(rememberKey(keys + ((<usize>i) << 2), 4)).toBe(false)
    }
  })
})
