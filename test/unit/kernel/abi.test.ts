/** Tests of src/kernel/abi.ts: the façade and the kernel agree about every number that crosses the boundary. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
// @ts-expect-error a script without types
import { abiText } from '../../../build/abi-text.mjs'
import { ERROR_CODES } from '../../../src/errors.ts'
import * as abi from '../../../src/kernel/abi.ts'

/** A comparison by order with the number of a format on either side. */
const BY_ORDER = /(?<![=<])[<>]=? *(?:<u32>)?(?:abi\.)?FORMAT_|FORMAT_[A-Z0-9]+ *[<>]/

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

test('the kernel was compiled with every number of the list, each as an integer', () => {
  const text = readFileSync(`${ROOT}/assembly/generated/abi.ts`, 'utf8')
  const rows = [...text.matchAll(/^export const (\w+): i32 = (-?\d+)\b/gm)]
  expect(Object.fromEntries(rows.map(([, name, value]) => [name, Number(value)]))).toEqual({ ...abi })
})

test('what is no number cannot be part of the list', () => {
  for (const line of ["export const A = 'a'", 'export function a() {}', 'export const A = B']) {
    expect(() => abiText(`export const B = 1 // bits\n${line}`)).toThrow(`not a number of the ABI: ${line}`)
  }
})

test('no format is compared by order: a new number would have the traits of another format', () => {
  const files = ['src', 'assembly'].flatMap((folder) =>
    readdirSync(`${ROOT}/${folder}`, { recursive: true, encoding: 'utf8' }).map(
      (file) => `${folder}/${file}`,
    ),
  )
  const ordered = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const lines = readFileSync(`${ROOT}/${file}`, 'utf8').split('\n')
      return lines.filter((line) => BY_ORDER.test(line)).map((line) => `${file}: ${line.trim()}`)
    })
  expect(files.length).toBeGreaterThan(200)
  expect(ordered).toEqual([])
})

test('the search for comparisons by order finds those that there were', () => {
  for (const line of [
    'if (format >= FORMAT_UBJSON)',
    'from <= FORMAT_CBOR && to',
    '<u32>format - 1 < <u32>FORMAT_FLEXBUFFERS',
    'FORMAT_UBJSON <= format',
    'format.id > abi.FORMAT_JSON',
  ]) {
    expect(line).toMatch(BY_ORDER)
  }
  expect('(format: number) => FORMAT_CBOR').not.toMatch(BY_ORDER)
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
