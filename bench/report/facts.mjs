/** What a number means nothing without: machine, versions, date, command. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { ADDONS } from '../peers/index.mjs'
import { DEFAULT_NODE } from '../runtimes.mjs'

const KERNEL = new URL('../../dist/kernel-simd.wasm', import.meta.url)
const PACKAGE = new URL('../package.json', import.meta.url)

/** Options that only say where a report goes. */
const REPORTS = / --(?:json|markdown|html|compare|chromium) \S+/g

/** The circumstances of a run that begins now. `step` is the clock's, in nanoseconds. */
export function circumstances(seed, args, step) {
  const [{ model }] = cpus()
  return {
    date: new Date().toISOString().slice(0, 10),
    command: commandOf(args),
    seed,
    cpu: `${model.trim()}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    platform: `${process.platform} ${process.arch}`,
    /** Of the last minute, before the bench began: what else ran. */
    load: Number(loadavg()[0].toFixed(1)),
    clockStep: step,
    node: process.versions.node,
    v8: process.versions.v8,
    // Pinned exactly, so these are the versions that run.
    versions: JSON.parse(readFileSync(PACKAGE, 'utf8')).dependencies,
    addons: ADDONS,
    kernel: createHash('sha256').update(readFileSync(KERNEL)).digest('hex').slice(0, 12),
  }
}

/** What measures the same again, whatever becomes of it. */
function commandOf(args) {
  const [major] = process.versions.node.split('.')
  const node = major === DEFAULT_NODE ? [] : ['--node', major]
  return ['npm run bench --', ...node, ...args].join(' ').replaceAll(REPORTS, '').replace(/ --$/, '')
}

/** The circumstances in one line. */
export function machineLine({
  date,
  command,
  seed,
  cpu,
  platform,
  load,
  node,
  v8,
  versions,
  addons,
  kernel,
  chromium,
}) {
  const peers = Object.entries(versions).map(
    ([name, version]) => `${name} ${version}${addonOf(addons[name])}`,
  )
  const engine = chromium === undefined ? `Node ${node} (V8 ${v8})` : `Chromium ${chromium}`
  const ours = `kernel sha256 ${kernel}; ${peers.join(', ')}`
  return `${date}, ${cpu}, load ${load}, ${platform}, ${engine}; ${ours}; seed ${seed}; \`${command}\``
}

function addonOf(isLoaded) {
  if (isLoaded === undefined) return ''
  return isLoaded ? ' (addon on)' : ' (ADDON MISSING)'
}
