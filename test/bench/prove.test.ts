import { expect, test } from 'vitest'
import { bench } from './load.ts'

const { difference, prove } = await bench<{
  difference(found: unknown, expected: unknown, isLenient?: boolean): string | null
  prove(name: string, built: object): Promise<void>
}>('harness/prove.mjs')

const same: readonly [unknown, unknown][] = [
  [
    { a: 1, b: [2, null] },
    { b: [2, null], a: 1 },
  ],
  [Buffer.from([1, 2]), new Uint8Array([1, 2])],
  [Number.NaN, Number.NaN],
]
test.each(same)('%j is %j', (found, expected) => {
  expect(difference(found, expected)).toBeNull()
})

const different: readonly [unknown, unknown, string][] = [
  [1, 2, 'the value is 1, expected 2'],
  [0, -0, 'the value is 0, expected -0'],
  [1n, 1, 'the value is 1n, expected 1'],
  [[1, { a: 2 }], [1, { a: 3 }], '["1"]["a"] is 2, expected 3'],
  [{ b: 1 }, { a: 1 }, '["a"] is missing'],
  [{ a: 1, b: 2 }, { a: 1 }, 'the value is { a: 1, b: 2 }, expected { a: 1 }'],
  [new Uint8Array([1]), [1], 'the value is Uint8Array(1) [ 1 ], expected [ 1 ]'],
  [null, {}, 'the value is null, expected {}'],
]
test.each(different)('%o is not %o', (found, expected, text) => {
  expect(difference(found, expected)).toBe(text)
})

test('a BigInt is the same number only for a peer that has this quirk', () => {
  expect(difference([2n ** 40n], [2 ** 40], true)).toBeNull()
  expect(difference([2n ** 53n + 1n], [2 ** 53], true)).not.toBeNull()
})

test('a case fails when a contender computes something else', async () => {
  const inputs = (): number[] => [1, 2]
  const read = (value: number): number => value
  const honest = { name: 'honest', inputs, run: (value: number) => value * 2, read }
  const wrong = { name: 'wrong', inputs, run: async (value: number) => (value === 2 ? 5 : 2), read }
  await prove('case', { contenders: [honest], expected: [2, 4] })
  await expect(prove('case', { contenders: [honest, wrong], expected: [2, 4] })).rejects.toThrow(
    'case: wrong computes something else for input 1: the value is 5, expected 4',
  )
})
