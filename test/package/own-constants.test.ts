/** Tests of build/own-constants.mjs: numbers in place of the constants of a module. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { ROOT } from './run.ts'

const { inlineOwn } = (await import(pathToFileURL(join(ROOT, 'build/own-constants.mjs')).href)) as {
  inlineOwn(name: string, text: string): string
}

test.each([
  ['a number', 'const A = 0x22\nuse(A)', 'const A = 0x22\nuse(34)'],
  ['an exported one', 'export const A: number = 1_000\nuse(A)', 'export const A: number = 1_000\nuse(1000)'],
  ['a negative one', 'const A = -2\nuse(1 - A)', 'const A = -2\nuse(1 - (-2))'],
  [
    'a computed one',
    'const A = 2 ** 53\nconst B = (A - 1) / 2\nuse(B)',
    'const A = 2 ** 53\nconst B = (9007199254740992 - 1) / 2\nuse(4503599627370495.5)',
  ],
  ['one in a case', 'const A = 3\nswitch (x) { case A: y() }', 'const A = 3\nswitch (x) { case 3: y() }'],
  ['a shorthand', 'const A = 3\nuse({ A })', 'const A = 3\nuse({ A: 3 })'],
  ['one before it', 'function f() { return A }\nconst A = 3', 'function f() { return 3 }\nconst A = 3'],
])('%s stands where its name stood', (_, before, after) => {
  expect(inlineOwn('a.ts', before)).toBe(after)
})

test.each([
  'use(x.A, { A: 1 }, class { A() {} })\nconst A = 1',
  'const A = 1\nlet x: typeof A',
  'const A = f()\nuse(A)',
  "const A = 'a'\nuse(A)",
  'const A = 1 + x\nuse(A)',
  'let A = 1\nuse(A)',
  'const a = 1\nuse(a)',
  'const A = 1\nexport { A }',
])('%s stays', (text) => {
  expect(inlineOwn('a.ts', text)).toBe(text)
})

test.each([
  'function f(A) { use(A) }',
  'function f() { const A = 1; use(A) }',
  'function f() { const { A } = x; use(A) }',
])('a module that also has %s is refused', (more) => {
  expect(() => inlineOwn('a.ts', `const A = 1\n${more}`)).toThrow('a.ts: A means two things')
})
