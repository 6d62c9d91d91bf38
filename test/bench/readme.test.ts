import { execFileSync } from 'node:child_process'
import { test } from 'vitest'
import { ROOT } from './load.ts'

test("the README's table of speeds is what the newest result in bench/results says", () => {
  execFileSync(process.execPath, ['bench/write-readme.mjs', '--check'], { cwd: ROOT, stdio: 'pipe' })
})
