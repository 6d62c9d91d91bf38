/**
 * Rows -> a table for the terminal, a page in Markdown, or JSON; what is lost stands first in the summary.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { ADDONS } from './peers.mjs'

const KERNEL = new URL('../build/dist/kernel-simd.wasm', import.meta.url)
const VERSIONED = ['cbor-x', 'msgpackr', 'tinybench', 'cborg', '@msgpack/msgpack']

/** What a number means nothing without: machine, versions, date, command. */
export function circumstances(seed, args) {
  const versions = { node: process.versions.node, v8: process.versions.v8 }
  for (const name of VERSIONED) {
    const url = new URL(`../node_modules/${name}/package.json`, import.meta.url)
    versions[name] = JSON.parse(readFileSync(url, 'utf8')).version
  }
  const [{ model }] = cpus()
  return {
    date: new Date().toISOString().slice(0, 10),
    command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
    seed,
    cpu: `${model.trim()}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    platform: `${process.platform} ${process.arch}`,
    /** Of the last minute, before the bench began: what else ran. */
    load: loadavg()[0].toFixed(1),
    versions,
    addons: ADDONS,
    kernel: createHash('sha256').update(readFileSync(KERNEL)).digest('hex').slice(0, 12),
  }
}

/** The circumstances in one line. */
export function machineLine({ date, command, seed, cpu, platform, load, versions, addons, kernel }) {
  const peers = VERSIONED.map(
    (name) => `${name} ${versions[name]}${name in addons ? addon(addons[name]) : ''}`,
  )
  const engine = `Node ${versions.node} (V8 ${versions.v8})`
  const ours = `kernel sha256 ${kernel}; ${peers.join(', ')}`
  return `${date}, ${cpu}, load ${load}, ${platform}, ${engine}; ${ours}; seed ${seed}; \`${command}\``
}

const addon = (isLoaded) => (isLoaded ? ' (addon on)' : ' (ADDON MISSING)')

export const COLUMNS = [
  'case',
  'frame B',
  'ours ns',
  'p25-p75',
  'best peer',
  'peer ns',
  'ratio',
  'p25-p75',
  'of medians',
  'target',
  'js skip ns',
  '+ utf-8 ns',
]

const round = (ns) => (ns === undefined ? '-' : ns < 9999.5 ? ns.toFixed(0) : `${(ns / 1000).toFixed(1)}k`)
const times = (ratio) => (ratio < 9.95 ? ratio.toFixed(1) : ratio.toFixed(0))

export function cellsOf({ name, bytes, ours, best, ratioOfMedians, baselines, target, isMet }) {
  const { ratio } = best
  return [
    name,
    bytes.toFixed(0),
    round(ours.median),
    `${round(ours.p25)}-${round(ours.p75)}`,
    best.name,
    round(best.median),
    `${times(ratio.median)}${ratio.median < 1 ? ' LOST' : ''}`,
    `${times(ratio.p25)}-${times(ratio.p75)}`,
    times(ratioOfMedians),
    target === null ? '' : `${target} ${isMet ? 'met' : 'MISSED'}`,
    round(baselines['js-skip']),
    round(baselines['js-skip-utf8']),
  ]
}

/** A row of the table, in columns that fit what the cases have. */
export function line(cells) {
  const widths = [38, 7, 8, 13, 24, 8, 9, 11, 11, 9, 11, 11]
  return cells
    .map((cell, i) => (i === 0 || i === 4 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
    .join(' ')
}

/** What the rows say in a few lines: lost and missed ones by name, then the counts. */
export function summaryOf(rows) {
  const targets = rows.filter(({ target }) => target !== null)
  const missed = targets.filter(({ isMet }) => !isMet)
  const lost = rows.filter(({ best }) => best.ratio.median < 1)
  const beaten = rows.filter(({ ours, baselines }) => baselines['js-skip-utf8'] < ours.median)
  const warned = rows.filter(({ warnings }) => warnings.length > 0)
  return [
    `Targets: ${targets.length - missed.length} met, ${missed.length} missed.`,
    ...missed.map(
      ({ name, target, best }) => `- missed: ${name}, ${best.ratio.median.toFixed(2)} of ${target}`,
    ),
    `Against the best peer: ${rows.length - lost.length} faster, ${lost.length} slower.`,
    ...lost.map(({ name, best }) => `- slower: ${name}, ${best.ratio.median.toFixed(2)} of ${best.name}`),
    `A JavaScript skip with UTF-8 check takes less time than our whole operation in ${beaten.length} cases` +
      (beaten.length === 0 ? '.' : ':'),
    ...beaten.map(
      ({ name, ours, baselines }) =>
        `- ${name}, ${round(baselines['js-skip-utf8'])} ns, ours ${round(ours.median)} ns`,
    ),
    ...warned.map(({ name, warnings }) => `- WARNING: ${name}: ${warnings.join(', ')}`),
  ]
}

/** The page for bench/results. */
export function markdownOf(facts, rows) {
  const row = (cells) => `| ${cells.join(' | ')} |`
  return [
    `<!-- Written by bench/run.mjs; not edited by hand. -->`,
    '# Bench',
    '',
    `${machineLine(facts)}.`,
    '',
    'How to read it: [bench/README.md](../README.md).',
    '',
    ...summaryOf(rows),
    '',
    row(COLUMNS),
    row(COLUMNS.map((_, i) => (i === 0 || i === 4 ? '---' : '---:'))),
    ...rows.map((each) => row(cellsOf(each))),
    '',
  ].join('\n')
}
