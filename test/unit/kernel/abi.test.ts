/** Tests of src/kernel/abi.ts: the façade and the kernel agree about every number that crosses the boundary. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ERROR_CODES } from '../../../src/errors.ts'
import * as abi from '../../../src/kernel/abi.ts'

/** Names and values of a file's constants. AssemblyScript cannot be imported, so both are read as text. */
function constants(path: string): Map<string, number> {
  const text = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
  const rows = [...text.matchAll(/^export const (\w+)(?:: i32)? = (\d+)\b/gm)]
  // A constant that the pattern above does not know must not stay unseen.
  expect(rows.length, path).toBe([...text.matchAll(/^export /gm)].length)
  return new Map(rows.map(([, name, value]) => [name as string, Number(value)]))
}

test('assembly/abi.ts and src/kernel/abi.ts have the same names with the same numbers, in the same order', () => {
  expect([...constants('src/kernel/abi.ts')]).toEqual([...constants('assembly/abi.ts')])
})

test('what is read as text is what TypeScript imports', () => {
  expect(Object.fromEntries(constants('src/kernel/abi.ts'))).toEqual({ ...abi })
})

test('each status is the place of its error code, counted from 1', () => {
  const codes = Object.entries(abi).filter(([name]) => (ERROR_CODES as readonly string[]).includes(name))
  expect(codes.length).toBeGreaterThan(10)
  for (const [name, status] of codes) expect(ERROR_CODES[status - 1], name).toBe(name)
})

test.each(['FLAG_', 'SCAN_', 'URI_', 'KIND_', 'MODE_', 'FORMAT_'])('no two of %s are the same', (prefix) => {
  const values = Object.entries(abi).flatMap(([name, value]) => (name.startsWith(prefix) ? [value] : []))
  expect(new Set(values).size).toBe(values.length)
})
