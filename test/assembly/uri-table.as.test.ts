import { describe, expect, test } from 'vitest-pool-assemblyscript/assembly'
import {
  URI_LOOSE,
  URI_LOOSE_PREFIX,
  URI_LOOSE_WILDCARD,
  URI_PLACES,
  URI_STRICT,
  URI_STRICT_PREFIX,
  URI_STRICT_WILDCARD,
} from '../../assembly/generated/abi'
import { intern, patterns } from '../../assembly/uri-table'
import { WINDOW, writeRun, writeText } from './support'

const ALL: i32 =
  URI_LOOSE | URI_LOOSE_PREFIX | URI_LOOSE_WILDCARD | URI_STRICT | URI_STRICT_PREFIX | URI_STRICT_WILDCARD

function number(text: string, isPinned: bool = false): i32 {
  return intern(WINDOW, <u32>(writeText(WINDOW, text) - WINDOW), isPinned)
}

/** Interns so many URIs that nobody has seen before. */
function flood(name: string, count: i32): void {
  for (let i = 0; i < count; i++) number(`${name}.n${i}`)
}

describe('intern', () => {
  test('gives equal URIs equal numbers and others other ones', () => {
    const first = number('com.myapp.first')
    const second = number('com.myapp.second')
    expect(first).toBe(0)
    expect(second).toBe(1)
    expect(number('com.myapp.first')).toBe(first)
    expect(patterns).toBe(ALL)
    expect(number('com.myapp.secon')).toBe(2)
  })
  test('remembers the patterns', () => {
    number('com..Topic')
    number('com.myapp')
    expect(number('com..Topic')).toBe(0)
    expect(patterns).toBe(URI_LOOSE_WILDCARD)
  })
  test('does not keep what is no URI at all, nor what is longer than 255 bytes', () => {
    expect(number('no uri')).toBe(-1)
    writeRun(WINDOW, 0x61, 256)
    expect(intern(WINDOW, 256, false)).toBe(-1)
    expect(patterns).toBe(ALL)
    expect(intern(WINDOW, 255, false)).toBe(0)
  })
})

describe('a full table', () => {
  test('has a place for a URI that comes after more than it can hold', () => {
    flood('com.strange', URI_PLACES)
    const late = number('com.late')
    expect(late).toBeGreaterThan(URI_PLACES - 1)
    expect(number('com.late')).toBe(late)
  })
  test('keeps the number of a URI that is seen again and again', () => {
    const mine = number('com.mine')
    for (let i = 0; i < 20; i++) {
      flood(`com.strange${i}`, 500)
      expect(number('com.mine')).toBe(mine)
    }
  })
  test('forgets a URI that is not seen any more, and never gives its number to another one', () => {
    const mine = number('com.mine')
    for (let i = 0; i < 20; i++) {
      for (let n = 0; n < 500; n++) expect(number(`com.strange${i}.n${n}`)).not.toBe(mine)
    }
    const again = number('com.mine')
    expect(again).not.toBe(mine)
    expect(number('com.mine')).toBe(again)
  })
  test('keeps pinned URIs, of which there are not too many, through any flood', () => {
    const mine = number('com.mine', true)
    flood('com.strange', 10_000)
    expect(number('com.mine')).toBe(mine)
    for (let i = 0; i < 5000; i++) number(`com.pinned${i}`, true)
    flood('com.stranger', 10_000)
    expect(number('com.pinned1', true)).toBe(number('com.pinned1'))
    const late = number('com.late')
    expect(late).not.toBe(-1)
    expect(number('com.late')).toBe(late)
  })
  test('has room for others also when the pinned URIs are long', () => {
    const long = 'x'.repeat(248)
    for (let i = 0; i < 1000; i++) number(`com.${long}${i}`, true)
    flood('com.strange', 3000)
    const late = number(`net.${long}`)
    expect(late).not.toBe(-1)
    expect(number(`net.${long}`)).toBe(late)
  })
  test('compares long URIs whole, also those at the end of its memory', () => {
    writeRun(WINDOW, 0x61, 255)
    for (let i = 0; i < 3000; i++) {
      // The number is in the last characters.
      for (let digit = 0, rest = i; digit < 4; digit++, rest /= 10) {
        store<u8>(WINDOW + 254 - digit, <u8>(0x30 + (rest % 10)))
      }
      const ref = intern(WINDOW, 255, false)
      expect(ref).not.toBe(-1)
      expect(intern(WINDOW, 255, false)).toBe(ref)
      expect(patterns).toBe(ALL)
    }
  })
})
