/** One run of libFuzzer for one format: its corpus on disk, its options, and what it says at the end. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { FOLDER } from './build.mjs'

/** Options of every run. An input that takes five minutes hangs: the longest has 4 KB. */
const LIMITS = ['-timeout=300', '-rss_limit_mb=1024', '-malloc_limit_mb=512']

/** Names of the folders of a format; the corpus stays between runs. */
function folders(format) {
  const base = `${FOLDER}/${format}`
  return {
    corpus: `${base}/corpus`,
    seeds: `${base}/seeds`,
    merged: `${base}/merged`,
    findings: `${base}/findings`,
  }
}

/** Writes seeds as the files that libFuzzer reads. */
function unpack(folder, seeds) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  seeds.forEach((seed, i) => {
    writeFileSync(`${folder}/${i}`, seed)
  })
}

function options(format, maxLength, more) {
  const { findings } = folders(format)
  mkdirSync(findings, { recursive: true })
  return [
    `-max_len=${maxLength}`,
    ...LIMITS,
    `-artifact_prefix=${findings}/`,
    '-print_final_stats=1',
    ...more,
  ]
}

/**
 * Fuzzes a format for some executions or seconds, with `isFresh` without the corpus of earlier runs. Resolves with
 * executions, executions a second, features covered, seeds of the corpus, and what was found: null, or what libFuzzer
 * wrote of it.
 */
export function fuzz(program, format, { seeds, executions, seconds, seed, maxLength, isFresh }) {
  const { seeds: folder, ...known } = folders(format)
  const corpus = isFresh ? `${known.corpus}-fresh` : known.corpus
  unpack(folder, seeds)
  if (isFresh) rmSync(corpus, { recursive: true, force: true })
  mkdirSync(corpus, { recursive: true })
  const end = executions === undefined ? `-max_total_time=${seconds}` : `-runs=${executions}`
  const more = [end, ...(seed === null ? [] : [`-seed=${seed}`])]
  const child = spawn(program, [...options(format, maxLength, more), corpus, folder], {
    env: { ...process.env, FUZZ_FORMAT: format },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let text = ''
  child.stderr.setEncoding('utf8')
  child.stderr.on('data', (chunk) => {
    text += chunk
    // The progress of hours is not kept, but for its end.
    if (text.length > 1_000_000) text = text.slice(-200_000)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => {
      const number = (name) => Number(new RegExp(`stat::${name}:\\s+(\\d+)`).exec(text)?.[1] ?? 0)
      const features = [...text.matchAll(/ft: (\d+)/g)].at(-1)?.[1] ?? 0
      resolve({
        executions: number('number_of_executed_units'),
        perSecond: number('average_exec_per_sec'),
        features: Number(features),
        corpus: readdirSync(corpus).length,
        finding: status === 0 ? null : text.slice(-4000),
      })
    })
  })
}

/** The smallest set of seeds that covers what the corpus, the seeds of before and `more` cover. */
export function minimise(program, format, { seeds, more, maxLength }) {
  const { corpus, seeds: folder, merged } = folders(format)
  unpack(folder, [...seeds, ...more])
  rmSync(merged, { recursive: true, force: true })
  mkdirSync(merged, { recursive: true })
  mkdirSync(corpus, { recursive: true })
  const args = [...options(format, maxLength, ['-merge=1']), merged, folder, corpus]
  const env = { ...process.env, FUZZ_FORMAT: format }
  const { status, stderr } = spawnSync(program, args, { env, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`the merge of ${format} failed:\n${stderr.slice(-4000)}`)
  return readdirSync(merged).map((name) => new Uint8Array(readFileSync(`${merged}/${name}`)))
}
