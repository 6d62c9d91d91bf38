/**
 * `node bench/write-readme.mjs [--check]`: writes the generated part of README.md from the newest result in
 * bench/results. With `--check` it writes nothing and fails when the part is not up to date; a test does that.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { BEGIN, END, readmeLines } from './report/readme.mjs'

const RESULTS = new URL('./results/', import.meta.url)
const README = new URL('../README.md', import.meta.url)

const newest = readdirSync(RESULTS)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .at(-1)
if (newest === undefined) throw new Error('there is no result in bench/results')
const lines = readmeLines(
  JSON.parse(readFileSync(new URL(newest, RESULTS), 'utf8')),
  newest.replace('.json', '.md'),
)

const before = readFileSync(README, 'utf8')
const from = before.indexOf(BEGIN)
const to = before.indexOf(END)
if (from < 0 || to < from) throw new Error(`README.md has no part between ${BEGIN} and ${END}`)
const after = before.slice(0, from) + lines.join('\n') + before.slice(to + END.length)
if (after !== before) {
  if (process.argv.includes('--check'))
    throw new Error('README.md is not up to date: node bench/write-readme.mjs')
  writeFileSync(README, after)
}
