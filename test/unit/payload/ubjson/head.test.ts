/** Tests of src/payload/ubjson/head.ts: what is empty. Heads are tested with their values, in ubjson/read.test.ts. */
import { expect, test } from 'vitest'
import { FORMATS } from '../../../../src/formats/full.ts'
import { BJDATA, DRAFT_12, isLength } from '../../../../src/payload/ubjson/head.ts'
import { decode } from '../formats.ts'

const LISTS = [
  '[]',
  '{}',
  '[NN]',
  '{N}',
  '[#U\0',
  '[#I\0\0',
  '{#L\0\0\0\0\0\0\0\0',
  '[$i#U\0',
  '{$U#U\0',
  '[T]',
  '[NT]',
  '[#U\u0001T',
  '[$i#U\u0001\0',
  '{U\u0001aT}',
  '{#U\u0001U\u0001aT',
  '[[]]',
  '[C#]',
]
const SHAPED = [
  '[$U#[]',
  '[$U#[U\0]',
  '[$U#[U\0U\u0002]',
  '[$U#[U\u0002U\0]',
  '[#[U\u0001]T',
  '[$U#[$U#U\u0002\u0001\u0001\u0005',
]

test.each([
  ...LISTS.flatMap((text) => [['ubjson', text] as const, ['ubjson-draft12', text] as const]),
  ...SHAPED.map((text) => ['ubjson', text] as const),
])('%s %j is empty exactly when its value is', (format, text) => {
  const bytes = new Uint8Array(Buffer.from(text, 'latin1'))
  const frame = Buffer.concat([Buffer.from('xx'), bytes, Buffer.from('[]')])
  const isEmpty = Object.keys(decode(format, bytes) as object).length === 0
  expect(FORMATS[format].isEmpty(new Uint8Array(frame), 2, 2 + bytes.length)).toBe(isEmpty)
})

test('lengths of draft 12 are signed but for U', () => {
  const markers = (dialect: typeof BJDATA): string =>
    [...'ZTFiUIulmLMhdDCBSH[{'].filter((marker) => isLength(marker.charCodeAt(0), dialect)).join('')
  expect(markers(BJDATA)).toBe('iUIulmLM')
  expect(markers(DRAFT_12)).toBe('iUIlL')
})
