/** How long texts are in UTF-8; the oracle is Buffer. */
import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { utf8Length } from '../../src/text-coders.ts'

const CHARACTERS = [
  ['the last of one byte', '\u007f', 1],
  ['the first of two', '\u0080', 2],
  ['the last of two', '\u07ff', 2],
  ['the first of three', '\u0800', 3],
  ['the last before the surrogates', '\ud7ff', 3],
  ['the first behind them', '\ue000', 3],
  ['the last of three', '\uffff', 3],
  ['the first pair', '\u{10000}', 4],
  ['the last pair', '\u{10ffff}', 4],
  ['a high surrogate alone', '\ud800', 3],
  ['the last of them', '\udbff', 3],
  ['a low surrogate alone', '\udc00', 3],
] as const

test.each(CHARACTERS)('%s', (_, text, bytes) => {
  for (const around of [text, `a${text}`, `${text}a`, `${text}${text}a`]) {
    expect(utf8Length(around)).toBe(Buffer.byteLength(around))
  }
  expect(utf8Length(text)).toBe(bytes)
  expect(utf8Length(text.repeat(1000))).toBe(Buffer.byteLength(text.repeat(1000)))
})

test('an empty text has none', () => expect(utf8Length('')).toBe(0))

test('two high surrogates and a low one: the first is alone', () => {
  expect(utf8Length('\ud83d\ud83d\ude00')).toBe(Buffer.byteLength('\ud83d\ud83d\ude00'))
})
