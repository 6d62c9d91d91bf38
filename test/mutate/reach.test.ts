/** Tests of reach.ts: a call in the wrong place would ask the wrong tests. */
import { transformSync } from 'esbuild'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { findMutants, instrument, reachedBy } from './index.ts'

/** The numbers of the mutants that are reached when a text is run, and what it returns. */
function run(text: string): { reached: number[]; result: unknown } {
  const mutants = findMutants(ts, 'a.ts', text).map((mutant, number) => ({ number, mutant }))
  const [, body] = instrument(text, mutants, 'recorder').split("from 'recorder'; ")
  const reached: number[] = []
  const result = new Function('reachMutant', transformSync(body as string, { loader: 'ts' }).code)(
    (number: number) => reached.push(number),
  )
  return { reached, result }
}

test.each([
  ['let x = 1\nx += 4\nreturn x', [0, 1, 2], 5],
  ['return false && 7', [0], false],
  ['let a = 0\nif (a > 0) a = 5\nelse a = 6\nreturn a', [0, 1, 2, 3, 6, 7], 6],
  ['const A_B = 3\nconst { A_B: y } = { A_B }\nreturn [A_B, y][1]', [0, 1], 3],
  ['const f = (a: number) => (a < 2 ? a - 1 : a)\nreturn f(3)', [0, 1, 2, 5], 3],
])('of %j are reached %j', (text, expected, result) => {
  const ran = run(text)
  expect(ran.reached.sort((a, b) => a - b)).toEqual(expected)
  expect(ran.result).toBe(result)
})

test('lines keep their numbers', () => {
  const text = '\nexport const x = 1 + 2\n'
  const mutants = findMutants(ts, 'a.ts', text).map((mutant, number) => ({ number, mutant }))
  expect(instrument(text, mutants, 'recorder').split('\n')).toHaveLength(text.split('\n').length)
})

test('test files are listed by mutant, each once', () => {
  const lines = ['[3,"a.test.ts"]', '[3,"b.test.ts"]', '[3,"a.test.ts"]', '[5,"b.test.ts"]']
  expect([...reachedBy(lines)]).toEqual([
    [3, ['a.test.ts', 'b.test.ts']],
    [5, ['b.test.ts']],
  ])
})
