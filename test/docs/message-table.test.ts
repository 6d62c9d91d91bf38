import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

test('the table of all messages in docs/message-design.md is what the message tables say', () => {
  const cwd = resolve(import.meta.dirname, '../..')
  const { status, stderr } = spawnSync(process.execPath, ['build/docs-table.mjs', '--check'], {
    cwd,
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})
