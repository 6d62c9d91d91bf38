import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { ROOT } from './load.ts'

test("the README's table of speeds is what the newest result in bench/results says", () => {
  const { status, stderr } = spawnSync(process.execPath, ['bench/write-readme.mjs', '--check'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})
