import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { bench, ROOT } from './load.ts'

const { DEFAULT_NODE, executableOf, NODES } = await bench<{
  DEFAULT_NODE: string
  executableOf(major: string): string
  NODES: readonly string[]
}>('runtimes.mjs')

test.each(NODES)('Node.js %s is pinned to one version on every platform', (major) => {
  const file = resolve(ROOT, 'bench/runtimes', major, 'package.json')
  const { optionalDependencies } = JSON.parse(readFileSync(file, 'utf8')) as {
    optionalDependencies: Record<string, string>
  }
  const versions = new Set(Object.values(optionalDependencies))
  expect([...versions]).toEqual([expect.stringMatching(new RegExp(`^${major}\\.\\d+\\.\\d+$`))])
})

test('speed is judged in one of them', () => {
  expect(NODES).toContain(DEFAULT_NODE)
})

test('another version is refused', () => {
  expect(() => executableOf('18')).toThrow('--node is one of 20, 24, 26, got 18')
})
