import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const MESSAGES = process.env.WAMP_CODEC_DEEP === '1' ? 20_000_000 : 2_000_000

test(`${MESSAGES} messages of mixed traffic keep heap and kernel memory flat`, () => {
  const args = ['test/soak/soak.mjs', '--messages', String(MESSAGES)]
  const printed = execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' })
  expect(printed.trimEnd().split('\n').at(-1)).toBe('flat')
})
