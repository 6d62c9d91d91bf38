/** Keys that the direct readers of all formats find: when they do not, the values are the same, and take longer. */
import { afterEach, expect, test, vi } from 'vitest'
import { kernelOf } from '../../../src/kernel/load.ts'
import { EncodedKeyTable } from '../../../src/payload/key-table.ts'
import { FULL } from '../../../src/variants/full.ts'
import { directly } from '../../support/direct.ts'
import { encode, PAYLOAD_FORMATS } from './formats.ts'

const kernel = kernelOf(FULL.kernel.compiled())

afterEach(() => vi.restoreAllMocks())

/** Keys of different lengths and first bytes; two that UTF-8 makes longer. */
const KEYS = ['b', 'id', 'name', 'price_of_it', 'größe', '日本', 'k'.repeat(40)]

/** The keys in turn, from another one on each time, so that no guess is right. */
function turned(by: number): Record<string, number> {
  return Object.fromEntries(KEYS.map((_, i) => [KEYS[(i * by) % KEYS.length], i]))
}

test.each(PAYLOAD_FORMATS)('%s', (format) => {
  const read = (by: number): unknown => directly(kernel, format, encode(format, turned(by)))
  for (const by of [1, 1]) read(by)
  const found = vi.spyOn(EncodedKeyTable.prototype, 'find')
  for (const by of [2, 3, 4]) expect(read(by)).toEqual(turned(by))
  const keys = found.mock.results.map(({ value }) => (value as { text: string } | null)?.text)
  // FlexBuffers have them in their own order, in which each guess is right. Elsewhere only the first key is.
  const others = KEYS.slice(1)
  const wanted = format === 'flexbuffers' ? [] : [...others, ...others, ...others]
  expect(keys.sort()).toEqual([...wanted].sort())
})
