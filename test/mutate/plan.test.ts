/** Tests of plan.ts: a mutant that no test is tried on proves nothing. */
import { expect, test } from 'vitest'
import { isAsked, isMutated, kernelBatches, sourceBatches } from './index.ts'

const TESTS = ['test/assembly/uri.as.test.ts', 'test/hostile/catalogue.test.ts', 'test/unit/kernel/a.test.ts']

test('what is generated and what only exports has no mutants', () => {
  const files = ['src/payload/payload.ts', 'assembly/formats/cbor.ts', 'assembly/index.ts']
  const more = ['src/payload/decode-value.ts', 'assembly/core.ts', 'src/generated/kernel.ts', 'src/wasm.d.ts']
  expect([...files, ...more].filter(isMutated)).toEqual([
    'src/payload/payload.ts',
    'assembly/formats/cbor.ts',
    'src/payload/decode-value.ts',
  ])
})

test('suites that test what was built before are not asked', () => {
  const files = ['test/package/exports.test.ts', 'test/unit/a.test.ts', 'test/soak/soak.test.ts']
  expect(files.filter(isAsked)).toEqual(['test/unit/a.test.ts'])
})

test('a mutant of the kernel meets the tests of its parts first, and each test once', () => {
  const durations = new Map([['test/hostile/catalogue.test.ts', 100_000]])
  expect(kernelBatches(TESTS, durations)).toEqual([
    ['test/assembly/uri.as.test.ts', 'test/unit/kernel/a.test.ts'],
    ['test/hostile/catalogue.test.ts'],
  ])
})

test('a mutant of src/ meets the tests that reach it: of the same path first, then the quick before the slow', () => {
  const [own, near, slow, quick, unknown] = [
    'test/unit/message/uri.test.ts',
    'test/unit/message/uri-rules.test.ts',
    'test/a/slow.test.ts',
    'test/b/quick.test.ts',
    'test/b/new.test.ts',
  ]
  const durations = new Map([
    [own, 90_000],
    [slow, 50_000],
    [quick, 900],
  ])
  const reached = [unknown, slow, quick, near, own]
  expect(sourceBatches('src/message/uri.ts', reached, durations)).toEqual([
    [near, own],
    [quick],
    [slow],
    [unknown],
  ])
  expect(sourceBatches('src/message/uri.ts', [slow], new Map())).toEqual([[slow]])
  expect(sourceBatches('src/message/uri.ts', [], durations)).toEqual([])
})
