/** Tests of src/payload/json/direct.ts: which numbers are made of their digits, and which are read as text. */
import { afterEach, expect, test, vi } from 'vitest'
import { kernelOf } from '../../../../src/kernel/load.ts'
import { DirectJson } from '../../../../src/payload/json/direct.ts'
import { FULL } from '../../../../src/variants/full.ts'
import { directly } from '../../../support/direct.ts'
import { utf8 } from '../formats.ts'

const kernel = kernelOf(FULL.kernel.compiled())
const prototype = DirectJson.prototype as unknown as { ascii(start: number, end: number): string }

afterEach(() => vi.restoreAllMocks())

const ROWS: [text: string, isText: boolean][] = [
  ['0', false],
  ['-7', false],
  ['9007199254740991', false],
  ['0.5', false],
  ['-12.25', false],
  ['1234567.12345678', false],
  ['0.1234567890123456', true],
  ['1234567.1234567890', true],
  ['1e3', true],
  ['1.5E-3', true],
]

test.each(ROWS)('%s: as text: %s', (text, isText) => {
  const ascii = vi.spyOn(prototype, 'ascii')
  for (const around of [text, `[${text}]`, `[${text},1]`]) {
    ascii.mockClear()
    expect(directly(kernel, 'json', utf8(around))).toEqual(JSON.parse(around))
    expect(ascii).toHaveBeenCalledTimes(isText ? 1 : 0)
  }
})
