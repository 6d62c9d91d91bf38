/** Runs the examples of docs/cli.md: blocks that begin with `$ wamp-codec`, where `...` is any lines. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runHere } from './support.ts'

const text = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8')
const examples = [...text.matchAll(/^ {4}\$ wamp-codec (.*)\n((?: {4}.*\n|\n(?= {4}))*)/gm)].map(
  ([, args = '', output = '']) => [args, output.replace(/^ {4}/gm, '')] as const,
)

test('docs/cli.md has examples', () => {
  expect(examples.length).toBeGreaterThanOrEqual(6)
})

test.each(examples)('the output of %s is as documented', async (args, documented) => {
  const { out, error } = await runHere(args.split(' '))
  const parts = documented.trimEnd().split(/^\.\.\.$/m)
  let rest = `${out}${error}`.trimEnd()
  expect(rest.startsWith(parts[0]!) && rest.endsWith(parts.at(-1)!)).toBe(true)
  for (const part of parts) {
    expect(rest).toContain(part)
    rest = rest.slice(rest.indexOf(part) + part.length)
  }
  if (parts.length === 1) expect(rest).toBe('')
})
