/** The list of known differences is in order by itself; the other suites hold it against what they find. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CAUSES, listed } from './known-differences.ts'

const rows = readFileSync(new URL('./known-differences.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((row) => row !== '' && !row.startsWith('#'))
const lines = rows.filter((row) => !row.startsWith('cause '))
const files = [...new Set(lines.map((line) => line.split(' ')[0] as string))]

test('every row is a cause or a line of four words, and none stands twice', () => {
  expect(rows.filter((row) => !/^cause \S+ \([\w, -]+\): \S.*\.$|^\S+ \S+ \S+ \S+$/.test(row))).toEqual([])
  expect(new Set(lines.map((line) => line.split(' ').slice(0, 3).join())).size).toBe(lines.length)
})

test('every file of the list is one that a suite tries', () => {
  const official = ['event.json', 'publish.json']
  const reference = ['vectors', 'accepted', 'invalid', 'invalid_bytes', 'batched'].map(
    (name) => `${name}.jsonl`,
  )
  const flatbuffers = ['flatbuffers/vectors.jsonl', 'flatbuffers/invalid_bytes.jsonl', 'fbs_foreign.jsonl']
  for (const file of files) expect([...official, ...reference, ...flatbuffers]).toContain(file)
})

test('every line has a cause of the list, and every cause a line', () => {
  const used = new Set(files.flatMap((file) => listed(file).map(({ cause }) => cause)))
  expect([...used].sort()).toEqual([...CAUSES.keys()].sort())
})
