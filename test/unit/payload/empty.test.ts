import { expect, test } from 'vitest'
import { FORMATS } from '../../../src/formats/full.ts'
import { createCodec, type Publish } from '../../../src/index.ts'
import { flatBuffersWith } from '../../support/flatbuffers-made.ts'

/** In CBOR and MsgPack, as hexadecimal digits. */
const BINARY = [
  ['msgpack', '90 80 dc0000 dd00000000 de0000 df00000000', true],
  ['msgpack', '9101 8fa0 9f01 dc000101 dc010001 dd0000000101 de0001a101 df00000001a101', false],
  ['cbor', '80 a0 9800 b800 990000 9a00000000 9b0000000000000000 bb0000000000000000 9fff bfff', true],
  [
    'cbor',
    '8101 97 b7 980101 99000101 9a0000000101 9b000000000000000101 9f01ff bf616101ff c180 d9d9f780',
    false,
  ],
] as const

test.each(BINARY)('in %s %s: %s', (format, all, isEmpty) => {
  for (const text of all.split(' ')) {
    const bytes = Buffer.from(`ffff${text}ffff`, 'hex')
    expect(FORMATS[format].isEmpty(bytes, 2, bytes.length - 2), text).toBe(isEmpty)
  }
})

/** Lists and maps without elements, and such as look like them. */
const ROWS = [
  ['json', '[]', true],
  ['json', ' { }', true],
  ['json', '\t\n[] ', true],
  ['json', '[ 1 ]', false],
  ['json', '[""]', false],
  ['ubjson', '[]', true],
  ['ubjson', 'N{}', true],
  ['ubjson', 'NN[N]', true],
  ['ubjson', 'N[#U\0', true],
  ['ubjson', 'N[U\x05]', false],
  ['ubjson-draft12', 'N[N]', true],
  ['ubjson-draft12', 'N{U\x01aZ}', false],
] as const

test.each(ROWS)('in %s %j is without elements: %s', (format, text, isEmpty) => {
  const bytes = Buffer.from(`--${text}--`, 'latin1')
  expect(FORMATS[format].isEmpty(bytes, 2, bytes.length - 2)).toBe(isEmpty)
})

// A vector of two integers has no count; what stands before it is padding, or whatever there is.
test.each([
  ['two integers', '00 0102 02 40 01', false],
  ['none', '00 00 28 01', true],
  ['none, further away', '00 ff 01 28 01', true],
  ['one', '01 05 04 02 28 01', false],
] as const)('in flexbuffers a vector of %s', (_, text, isEmpty) => {
  const bytes = Buffer.from(text.replaceAll(' ', ''), 'hex')
  expect(FORMATS.flexbuffers.isEmpty(bytes, 0, bytes.length)).toBe(isEmpty)
})

test.each(ROWS.filter(([, text]) => text.includes('[')))(
  'args of a FlatBuffers frame in %s that are %j are in a list only when there are any: %s',
  (format, text, isEmpty) => {
    const codec = createCodec()
    const flat = codec.serializer('flatbuffers', { payloadSerializer: format })
    const message = flat.decode(flatBuffersWith(Buffer.from(text, 'latin1')))
    const dialect = format === 'ubjson-draft12' ? 'draft12' : 'bjdata'
    const list = codec.serializer(format === 'json' ? 'json' : 'ubjson', { ubjsonDialect: dialect })
    const { args } = list.decode(list.encode(message)) as Publish
    expect(args === null).toBe(isEmpty)
  },
)
