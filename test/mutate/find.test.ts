/** Tests of find.ts: a mutation run proves nothing when it changes nothing. */
import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { apply, findMutants } from './index.ts'

/** The texts that come of a text. */
const mutated = (text: string): string[] => findMutants(ts, 'a.ts', text).map((mutant) => apply(text, mutant))

test.each([
  ['a < b', ['a <= b']],
  ['a >= b', ['a > b']],
  ['a === b', ['a !== b']],
  ['a != b', ['a == b']],
  ['a && b', ['a || b']],
  ['a - b', ['a + b']],
  ['x[0]', ['x[1]']],
  ['0x10', ['17']],
  ['a ? b : c', ['!(a) ? b : c']],
  ["'a' + b", []],
  ['[1, 2, 3, 4, 5, 6, 7, 8, 9]', []],
  ['A_ONE(A_TWO)', ['A_TWO(A_TWO)', 'A_ONE(A_ONE)']],
  ['A_ONE(B_ONE)', []],
  ['a.A_ONE(A_ONE, A_TWO)', ['a.A_ONE(A_TWO, A_TWO)', 'a.A_ONE(A_ONE, A_ONE)']],
])('of the expression %s come %j', (expression, expected) => {
  const all = mutated(`const x = ${expression}`)
  expect(all).toEqual(expected.map((text) => `const x = ${text}`))
})

test('a condition is negated, its operator changed, and each statement taken away', () => {
  expect(mutated('if (a < 1) b()\nelse c = 2')).toEqual([
    'if (!(a < 1)) b()\nelse c = 2',
    'if (a <= 1) b()\nelse c = 2',
    'if (a < 2) b()\nelse c = 2',
    'if (a < 1) {}\nelse c = 2',
    'if (a < 1) b()\nelse {}',
    'if (a < 1) b()\nelse c = 3',
  ])
})

test('types, imports and names of properties stay as they are', () => {
  const text = "import { A_ONE, A_TWO } from './a.ts'\nexport { A_ONE }\ntype T = 1 | 2\nlet x: 0 | A_TWO\n"
  expect(mutated(text)).toEqual([])
})

test('a mutant names file, line, what is there and what it becomes', () => {
  expect(findMutants(ts, 'src/a.ts', '\nconst x = a <= b')).toEqual([
    {
      ...{ file: 'src/a.ts', line: 2, start: 13, end: 15, from: '<=', to: '<' },
      site: { start: 11, end: 17, isStatement: false },
    },
  ])
})

test.each(['src/message/receive.ts', 'assembly/uri.ts'])('each mutant of %s is another text', (file) => {
  const text = readFileSync(file, 'utf8')
  const texts = findMutants(ts, file, text).map((mutant) => apply(text, mutant))
  expect(texts.length).toBeGreaterThan(50)
  expect(new Set([text, ...texts]).size).toBe(texts.length + 1)
})
