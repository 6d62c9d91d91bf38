/** Which files have mutants, and which tests are to notice them: the likeliest first, in steps. */
import { existsSync } from 'node:fs'

/** Left out: generated files, and the lists of exports. Tables of numbers are left out by find.ts. */
const LEFT_OUT: RegExp = /\/generated\/|\.d\.ts$|^assembly\/(?:core|index)\.ts$/

/** True for a file that has mutants. */
export function isMutated(file: string): boolean {
  return /^(?:src|assembly)\/.*\.ts$/.test(file) && !LEFT_OUT.test(file)
}

/** Beyond the unit tests, by folder of src/. Left out are tests that build, install, count steps or take minutes. */
const BROADER: Readonly<Record<string, readonly string[]>> = {
  kernel: ['conformance/builds', 'lifetime/', 'transcode/', 'hostile/catalogue', 'hostile/memory'],
  payload: ['payload/', 'transcode/', 'lifetime/', 'hostile/catalogue', 'hostile/encode', 'conformance/'],
  message: ['conformance/', 'shape/', 'router/', 'lifetime/', 'fuzz/verdict', 'fuzz/getters'],
  serializer: ['conformance/', 'router/', 'transcode/', 'lifetime/', 'hostile/catalogue', 'fuzz/findings'],
  transport: ['transport/'],
  sockets: ['sockets/', 'live-router/hostile', 'live-router/clients'],
  lists: ['lists/'],
  clients: ['clients/'],
  cli: ['cli/'],
  router: ['router/', 'lifetime/', 'hostile/catalogue'],
  variants: ['conformance/own', 'router/', 'transcode/'],
}
/** A second or two, and every message in every format: it notices most of what is changed in these folders. */
const QUICK = 'test/conformance/own'
const CORE = ['kernel', 'payload', 'message', 'serializer', 'variants']
const TOP = ['unit/', 'conformance/', 'router/', 'transcode/', 'lifetime/', 'hostile/catalogue']
const ASSEMBLY = [
  ['assembly/', 'unit/kernel/', 'unit/payload/', 'unit/message/uri', 'conformance/own'],
  ['unit/', 'conformance/', 'transcode/', 'payload/', 'fuzz/findings', 'fuzz/getters', 'fuzz/verdict'],
  ['hostile/catalogue', 'hostile/behind', 'hostile/memory', 'lifetime/', 'fuzz/differential'],
]

/** Steps of paths below test/, for Vitest; the test of the same path comes first. */
export function stepsFor(file: string): readonly (readonly string[])[] {
  const paths = (names: readonly string[]): string[] => names.map((name) => `test/${name}`)
  if (file.startsWith('assembly/')) return ASSEMBLY.map(paths)
  const [, path = '', folder = ''] = /^src\/((?:(\w+)\/)?.*)\.ts$/.exec(file) ?? []
  const own = `test/unit/${path}.test.ts`
  const quick = CORE.includes(folder) ? [QUICK] : []
  const steps = [existsSync(own) ? [own] : [], quick, folder === '' ? [] : [`test/unit/${folder}/`]]
  return [...steps, paths(BROADER[folder] ?? TOP)].filter(
    ([first]) => first !== undefined && (first.endsWith('.ts') || existsSync(first) || !first.endsWith('/')),
  )
}

/** Milliseconds that the tests of one batch may take by themselves, but for the last batch, which has the rest. */
const BATCHES: readonly number[] = [4_000, 15_000, 60_000]

/**
 * The test files of a plan's steps in batches: the first step, then all others with the quick ones first. `durations`
 * are milliseconds by file; a file that is not there counts as slow.
 */
export function batchesOf(
  steps: readonly (readonly string[])[],
  tests: readonly string[],
  durations: ReadonlyMap<string, number>,
): string[][] {
  const files = (paths: readonly string[]): string[] =>
    tests.filter((test) => paths.some((path) => test.startsWith(path)))
  const first = files(steps[0] ?? [])
  const time = (test: string): number => durations.get(test) ?? Number.POSITIVE_INFINITY
  const rest = [...new Set(steps.slice(1).flatMap(files))]
    .filter((test) => !first.includes(test))
    .sort((a, b) => time(a) - time(b) || 0)
  const batches = [first]
  for (const limit of BATCHES) {
    let sum = 0
    let count = 0
    while (count < rest.length && sum + time(rest[count] as string) <= limit)
      sum += time(rest[count++] as string)
    batches.push(rest.splice(0, count))
  }
  return [...batches, rest].filter((batch) => batch.length > 0)
}
