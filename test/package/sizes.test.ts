/** build/sizes.mjs: every entry has a budget, and a build over one fails. */
import { execFile } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { ROOT } from './run.ts'

interface Size {
  readonly entry: string
  readonly what?: string
  readonly bytes: number
  readonly budget: number
}

const { overBudget, sizeOf, unbudgeted } = (await import(pathToFileURL(`${ROOT}/build/sizes.mjs`).href)) as {
  overBudget(sizes: readonly Size[]): string[]
  sizeOf(program: { text: string }, resolveDir: string): Promise<number>
  unbudgeted(): string[]
}

test('every entry of package.json has a program or a file with a budget', () => {
  expect(unbudgeted()).toEqual([])
})

test('what is over its budget is named, with both numbers', () => {
  const sizes = [
    { entry: './core', what: 'three formats', bytes: 101, budget: 100 },
    { entry: './lists', what: 'JSON', bytes: 100, budget: 100 },
    { entry: './kernel-simd.wasm', bytes: 2, budget: 1 },
  ]
  expect(overBudget(sizes)).toEqual([
    './core (three formats): 101 bytes, the budget is 100',
    './kernel-simd.wasm (file): 2 bytes, the budget is 1',
  ])
})

test('a program is weighed with what it imports, and a warning of the bundler is an error', async () => {
  const small = await sizeOf(
    { text: "import { autobahn } from 'wamp-codec/autobahn'\nconsole.log(autobahn)" },
    ROOT,
  )
  const large = await sizeOf({ text: "export { jsonLists } from 'wamp-codec/lists'" }, ROOT)
  expect(small).toBeGreaterThan(100)
  expect(large).toBeGreaterThan(10 * small)
  await expect(sizeOf({ text: "console.log(typeof x === 'nul')" }, ROOT)).rejects.toThrow('typeof')
})

test('the check of the build fails with all that is over, and passes as it is', async () => {
  const script = (change: string): string =>
    `const sizes = await import('./build/sizes.mjs'); ${change}; await sizes.checkSizes()`
  const run = (text: string) =>
    promisify(execFile)(process.execPath, ['--input-type=module', '-e', text], { cwd: ROOT })
  await run(script(''))
  await expect(run(script('sizes.PROGRAMS[0].budget = 1000'))).rejects.toThrow(
    /sizes \(build\/sizes\.mjs\):\n\. \(every format and tool\): \d+ bytes, the budget is 1000\n/,
  )
})
