/** Tests of build/pure.mjs: what it marks, and what it refuses. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { ROOT } from './run.ts'

const { pure } = (await import(pathToFileURL(join(ROOT, 'build/pure.mjs')).href)) as {
  pure(name: string, text: string): string
}

const P = '/* @__PURE__ */'

test.each([
  ['a call', "export const a: A = make('x', [1])", `export const a: A = ${P} make('x', [1])`],
  ['a constructor', 'const a = new Map<string, A>()', `const a = ${P} new Map<string, A>()`],
  ['calls in calls', 'const a = f(g())', `const a = ${P} (() => (f(g())))()`],
  ['a chain', 'const a = new A().b()', `const a = ${P} (() => (new A().b()))()`],
  [
    'spread',
    'const a = { ...b }, c = [...d]',
    `const a = ${P} (() => ({ ...b }))(), c = ${P} (() => ([...d]))()`,
  ],
  ['a property', 'const a = Object.prototype', `const a = ${P} (() => (Object.prototype))()`],
  ['a computed key', 'const a = { [b]: 1 }', `const a = ${P} (() => ({ [b]: 1 }))()`],
  [
    'a class, with the calls about it',
    'export abstract class A<T> extends B {}\ndefine(A, 1)\ndefine(A.prototype)\nexport const b = 1',
    `export const A = ${P} (() => {  abstract class A<T> extends B {}\ndefine(A, 1)\ndefine(A.prototype); return A })();\nexport const b = 1`,
  ],
  ['a class of the module', 'class A {}', `const A = ${P} (() => { class A {}; return A })();`],
])('%s is marked', (_, before, after) => {
  expect(pure('a.ts', before)).toBe(after)
})

test.each([
  ['const a = 2 ** 53', 'const a = 9007199254740992'],
  ['const a = 4 << 20', 'const a = 4194304'],
  ['const a = 32 * 1024', 'const a = 32768'],
])('%s is computed', (before, after) => {
  expect(pure('a.ts', before)).toBe(after)
})

test.each([
  "const a: A = { b: 1, c: ['x', -1, null, true], d, e: () => f(), g() {} } as const",
  'let a = 0, b',
  "import * as a from './a.ts'\nexport const b = a.c",
  "export * from './a.ts'\nexport type A = 1\nexport interface B {}\nexport function f() { g() }",
])('%s stays', (text) => {
  expect(pure('a.ts', text)).toBe(text)
})

test.each([
  'f()',
  'const a = 1\nfor (const b of c) b()',
  'class A {}\nf(B, A)',
  'class A {}\na = A',
  'A[0] = 1',
])('%s runs at import and is refused', (text) => {
  expect(() => pure('a.ts', text)).toThrow(/^a\.ts:[12]: a statement that runs at import/)
})
