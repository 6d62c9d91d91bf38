/**
 * The public corpora: what everybody agrees is right or wrong, through the decoder, the kernel, messages and the
 * transcoder (P1, P5, P6). What differs is listed with its cause, and the list must match exactly.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CORPORA, type CorpusResult, HAS_CORPORA, runCorpus, runFloats, runUtf8 } from './corpora.ts'

const ROOT = resolve(import.meta.dirname, '../..')

const rows = readFileSync(new URL('known-differences.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((row) => row !== '' && !row.startsWith('#'))
const causes = rows.filter((row) => row.startsWith('cause ')).map((row) => row.slice(6).split(': ')[0])
const listed = rows.filter((row) => !row.startsWith('cause ')).map((row) => row.split(' '))

const document = readFileSync(new URL('../../docs/reliability.md', import.meta.url), 'utf8')

function check({ name, entries, asExpected, differences }: CorpusResult): void {
  const known = listed.filter(([corpus]) => corpus === name).map((row) => row.slice(0, 3).join(' '))
  expect([...differences].sort()).toEqual([...known].sort())
  // The report says the same.
  const numbers = [entries, asExpected, differences.length].map((count) => count.toLocaleString('en'))
  expect(document).toContain(`| \`${name}\` | ${numbers.join(' | ')} |`)
}

test('every known difference has a cause of the list, and every cause a difference', () => {
  expect([...new Set(listed.map((row) => row[3]))].sort()).toEqual([...causes].sort())
  expect(new Set(listed.map((row) => row.join(' '))).size).toBe(listed.length)
})

describe.skipIf(!HAS_CORPORA)('corpora', () => {
  test.each(CORPORA)('%s has the verdicts and values that are expected, but for the listed', (name, format) =>
    check(runCorpus(name, format)),
  )

  test('utf8 is accepted or refused alike as text and keys of every format', () => check(runUtf8()))

  test('floats are read exactly, and all half floats', () => check(runFloats()))

  test('hostile ends with 512 MB of heap', () => {
    const args = ['--max-old-space-size=512', 'test/hostile/hostile-child.mjs']
    // It takes 5 s. Vitest cannot end a child that hangs; half an hour is no hurry.
    const printed = execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', timeout: 1_800_000 })
    check(JSON.parse(printed) as CorpusResult)
  })
})
