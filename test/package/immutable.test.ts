/** Tests of build/immutable.mjs: variables that keep their value become constants. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { ROOT } from './run.ts'

const { immutable } = (await import(pathToFileURL(join(ROOT, 'build/immutable.mjs')).href)) as {
  immutable(name: string, text: string): string
}

test.each([
  'var a = 1;\nuse(a);',
  'var a = {};\na.b = 2;\na["c"]++;',
  'var a = {};\n[a.b, { c: a[0] }] = f();',
  'var a = 1;\nuse(a === 2, -a, !a);',
])('what is never assigned again is a constant: %j', (text) => {
  expect(immutable('a.js', text)).toBe(text.replace('var', 'const'))
})

test.each([
  'var a = 1;\na = 2;',
  'var a = 1;\na += 2;',
  'var a = null;\na ??= f();',
  'var a = 1;\nfunction f() {\n  a++;\n}',
  'var a = 1;\n--a;',
  'var a = 1;\n[a] = f();',
  'var a = 1;\n[[b, ...a]] = f();',
  'var a = 1;\n({ a } = f());',
  'var a = 1;\n({ b: a = 2 } = f());',
  'var a = 1;\nfor (a of f()) use();',
  'var a = 1;\nfor (a in f()) use();',
  'var a;',
  'function f() {\n  var a = 1;\n}',
])('what may change, or is no single declaration at the top, stays: %j', (text) => {
  expect(immutable('a.js', text)).toBe(text)
})

test('the built package has its constants', () => {
  const files = readdirSync(join(ROOT, 'dist')).filter((file) => file.endsWith('.js'))
  const text = files.map((file) => readFileSync(join(ROOT, 'dist', file), 'utf8')).join('\n')
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0
  expect(count(/^const /gm)).toBeGreaterThan(5 * count(/^var /gm))
})
