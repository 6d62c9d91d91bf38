import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { test } from 'vitest'

test('the table of all messages in docs/message-design.md is what the message tables say', () => {
  const cwd = resolve(import.meta.dirname, '../..')
  execFileSync(process.execPath, ['build/docs-table.mjs', '--check'], { cwd, stdio: 'pipe' })
})
