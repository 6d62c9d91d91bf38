/** Which files have mutants, and which tests are to notice them. */

/** Left out: generated files, and the lists of exports. Tables of numbers are left out by find.ts. */
const LEFT_OUT: RegExp = /\/generated\/|\.d\.ts$|^assembly\/(?:core|index)\.ts$/

/** True for a file that has mutants. */
export function isMutated(file: string): boolean {
  return /^(?:src|assembly)\/.*\.ts$/.test(file) && !LEFT_OUT.test(file)
}

/** Suites that build or install what they test, or look at other code than that of src/ and assembly/. */
const NOT_ASKED: readonly string[] = [
  ...['assembly', 'bench', 'consumers', 'docs', 'extend', 'mutate', 'package', 'runtimes', 'soak', 'types'],
]

/** True for a test file that is asked about mutants of src/. */
export function isAsked(test: string): boolean {
  return !NOT_ASKED.includes(test.split('/')[1] as string)
}

/** For sources of the kernel: paths below test/, the likeliest first, in steps. */
const KERNEL: readonly (readonly string[])[] = [
  ['assembly/', 'unit/kernel/', 'unit/payload/', 'unit/message/uri', 'conformance/own'],
  ['unit/', 'conformance/', 'transcode/', 'payload/', 'fuzz/findings', 'fuzz/getters', 'fuzz/verdict'],
  ['hostile/catalogue', 'hostile/behind', 'hostile/memory', 'lifetime/', 'fuzz/differential'],
]

/** For a mutant of the kernel, whose places are not seen in JavaScript. */
export function kernelBatches(tests: readonly string[], durations: ReadonlyMap<string, number>): string[][] {
  const files = (names: readonly string[] = []): string[] =>
    tests.filter((test) => names.some((name) => test.startsWith(`test/${name}`)))
  const [first, ...others] = KERNEL
  return batchesOf(files(first), others.flatMap(files), durations)
}

/** For a mutant of src/, which `reached` test files reach: first those that have its file's name. */
export function sourceBatches(
  file: string,
  reached: readonly string[],
  durations: ReadonlyMap<string, number>,
): string[][] {
  const own = `test/unit/${file.slice('src/'.length, -'.ts'.length)}`
  const isOwn = (test: string): boolean => test.startsWith(`${own}.`) || test.startsWith(`${own}-`)
  return batchesOf(reached.filter(isOwn), reached, durations)
}

/** Milliseconds that the tests of one batch may take by themselves, but for the last batch, which has the rest. */
const BATCHES: readonly number[] = [4_000, 15_000, 60_000]

/** Test files in batches: the first, then all others with the quick ones first; one without a duration is slow. */
function batchesOf(
  first: readonly string[],
  others: readonly string[],
  durations: ReadonlyMap<string, number>,
): string[][] {
  const time = (test: string): number => durations.get(test) ?? Number.POSITIVE_INFINITY
  const rest = [...new Set(others)]
    .filter((test) => !first.includes(test))
    .sort((a, b) => time(a) - time(b) || 0)
  const batches = [[...first]]
  for (const limit of BATCHES) {
    let sum = 0
    let count = 0
    while (count < rest.length && sum + time(rest[count] as string) <= limit)
      sum += time(rest[count++] as string)
    batches.push(rest.splice(0, count))
  }
  return [...batches, rest].filter((batch) => batch.length > 0)
}
