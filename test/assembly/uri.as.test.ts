import { describe, expect, test } from 'vitest-pool-assemblyscript/assembly'
import {
  URI_LOOSE,
  URI_LOOSE_PREFIX,
  URI_LOOSE_WILDCARD,
  URI_STRICT,
  URI_STRICT_PREFIX,
  URI_STRICT_WILDCARD,
} from '../../assembly/generated/abi'
import { classify } from '../../assembly/uri'
import { WINDOW, writeText } from './support'

const LOOSE_ALL: i32 = URI_LOOSE | URI_LOOSE_PREFIX | URI_LOOSE_WILDCARD
const ALL: i32 = LOOSE_ALL | URI_STRICT | URI_STRICT_PREFIX | URI_STRICT_WILDCARD
const PREFIX: i32 = URI_LOOSE_PREFIX | URI_LOOSE_WILDCARD | URI_STRICT_PREFIX | URI_STRICT_WILDCARD
const WILDCARD: i32 = URI_LOOSE_WILDCARD | URI_STRICT_WILDCARD

function patternsOf(text: string): i32 {
  // Behind the end stands what would change the answer.
  memory.fill(WINDOW, 0x23, 512)
  const end = writeText(WINDOW, text)
  return classify(WINDOW, <u32>(end - WINDOW))
}

describe('classify', () => {
  test('keeps every pattern for components of a-z, 0-9 and _', () => {
    expect(patternsOf('com')).toBe(ALL)
    expect(patternsOf('com.myapp.topic_1')).toBe(ALL)
    expect(patternsOf('0.9._')).toBe(ALL)
  })
  test('is loose only with any other character', () => {
    expect(patternsOf('Com.myapp')).toBe(LOOSE_ALL)
    expect(patternsOf('com.my-app')).toBe(LOOSE_ALL)
    expect(patternsOf('com.`.{')).toBe(LOOSE_ALL)
    expect(patternsOf('com.é.😀')).toBe(LOOSE_ALL)
    expect(patternsOf('com.\x00\x08\x0e\x1b')).toBe(LOOSE_ALL)
  })
  test('lets only prefixes and wildcard patterns end in an empty component', () => {
    expect(patternsOf('')).toBe(PREFIX)
    expect(patternsOf('com.')).toBe(PREFIX)
    expect(patternsOf('com.myapp.')).toBe(PREFIX)
    expect(patternsOf('Com.')).toBe(PREFIX & LOOSE_ALL)
  })
  test('lets only wildcard patterns have an empty component elsewhere', () => {
    expect(patternsOf('.')).toBe(WILDCARD)
    expect(patternsOf('.com')).toBe(WILDCARD)
    expect(patternsOf('com..topic')).toBe(WILDCARD)
    expect(patternsOf('com...')).toBe(WILDCARD)
    expect(patternsOf('com..Topic')).toBe(URI_LOOSE_WILDCARD)
  })
  test('refuses # anywhere', () => {
    expect(patternsOf('#')).toBe(0)
    expect(patternsOf('com.my#app')).toBe(0)
    expect(patternsOf('com.myapp#')).toBe(0)
  })
  test('refuses white space of ASCII', () => {
    const spaces = '\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f '
    for (let i = 0; i < spaces.length; i++) {
      expect(patternsOf(spaces.charAt(i))).toBe(0)
      expect(patternsOf(`com.a${spaces.charAt(i)}b`)).toBe(0)
    }
  })
  test('refuses white space of Unicode, and not its neighbours', () => {
    const spaces = '\u0085\u00a0\u1680\u2000\u2005\u200a\u2028\u2029\u202f\u205f\u3000'
    for (let i = 0; i < spaces.length; i++) expect(patternsOf(`com.${spaces.charAt(i)}`)).toBe(0)
    const others =
      '\u0084\u0086\u009f\u00a1\u167f\u1681\u1fff\u200b\u2027\u202a\u2030\u205e\u2060\u3001\ufeff'
    for (let i = 0; i < others.length; i++) expect(patternsOf(`com.${others.charAt(i)}`)).toBe(LOOSE_ALL)
  })
})
