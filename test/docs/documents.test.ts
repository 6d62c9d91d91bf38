/** Tables in the documents that must say what the code says, and the index that must name every document. */
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { Call, createCodec } from '../../src/index.ts'
import { DEFAULT_POLICY } from '../../src/limits.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const DOCS = resolve(ROOT, 'docs')

const CONTRIBUTING = readFileSync(resolve(ROOT, 'CONTRIBUTING.md'), 'utf8')

function read(name: string): string {
  return readFileSync(resolve(DOCS, name), 'utf8')
}

const json = createCodec().serializer('json')

test('docs/options.md has every option with its default, once', () => {
  const rows = [...read('options.md').matchAll(/^\| `(\w+)` \| `?'?([^'`|]+?)'?`? \|/gm)]
  const said = rows.map(([, name, value]) => [name as string, value as string])
  const known = Object.entries(DEFAULT_POLICY).map(([name, value]) => [name, String(value)])
  expect(said.sort()).toEqual(known.sort())
})

const [, MAX_UNKNOWN = ''] = /^\| no option \| ([\d,]+) \|/m.exec(read('options.md')) ?? []

test.each([
  ['read', (call: Call) => json.decode(JSON.stringify(call.marshal())), 'ProtocolError'],
  ['written', (call: Call) => json.encode(call), 'EncodeError'],
])('as many unknown options as docs/options.md says are %s, one more is refused', (_, run, name) => {
  const most = Number(MAX_UNKNOWN.replace(',', ''))
  const callWith = (count: number): Call => {
    const custom = Object.fromEntries(Array.from({ length: count }, (_, i) => [`x_${i}`, i]))
    return new Call({ request: 1, procedure: 'a.b', custom })
  }
  expect(() => run(callWith(most))).not.toThrow()
  expect(() => run(callWith(most + 1))).toThrow(expect.objectContaining({ name, code: 'SIZE_LIMIT' }))
})

test('docs/README.md names every document', () => {
  const named = [...read('README.md').matchAll(/\]\(([a-z-]+\.md)\)/g)].map(([, name]) => name as string)
  const there = readdirSync(DOCS).filter((name) => name.endsWith('.md') && name !== 'README.md')
  expect(there.filter((name) => !named.includes(name))).toEqual([])
})

/** The folders of test/ that have tests in them. */
const SUITES = readdirSync(resolve(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(/[\\/]/))
  .filter((path) => path.length > 1 && path.at(-1)?.endsWith('.test.ts') && !path.includes('node_modules'))
  .map(([suite]) => suite as string)

test('CONTRIBUTING.md has a row for every suite, once', () => {
  const rows = [...CONTRIBUTING.matchAll(/^\| `([\w-]+)\/` \|/gm)].map(([, suite]) => suite as string)
  expect(rows.sort()).toEqual([...new Set(SUITES)].sort())
})

test('CONTRIBUTING.md names every command of package.json', () => {
  const { scripts } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as { scripts: object }
  const named = new Set([...CONTRIBUTING.matchAll(/npm (?:run )?([\w:]+)/g)].map(([, name]) => name))
  // npm runs it.
  const missing = Object.keys(scripts).filter((name) => name !== 'prepack' && !named.has(name))
  expect(missing).toEqual([])
})
