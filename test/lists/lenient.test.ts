/** What published clients send against the rules (docs/peers.md), in lists: with the kernel and without. */
import { describe, expect, test } from 'vitest'
import { createCodec, Float64, type ListCodec, ProtocolError } from '../../src/index.ts'
import { createLists } from '../../src/lists/index.ts'
import { unhex } from '../support/vectors.ts'

type Format = 'json' | 'msgpack' | 'cbor'

interface Row {
  readonly name: string
  readonly format: Format
  /** Hexadecimal, or text. */
  readonly frame: string
  readonly list: unknown[]
}

const ROWS: readonly Row[] = [
  {
    name: 'undefined as an option, of wampy with cbor-x',
    format: 'cbor',
    frame: '84182001b90001656d61746368f763612e62',
    list: [32, 1, {}, 'a.b'],
  },
  {
    name: 'undefined as an option, of wampy with msgpackr',
    format: 'msgpack',
    frame: '942001' + '81a56d61746368d40000' + 'a3612e62',
    list: [32, 1, {}, 'a.b'],
  },
  {
    name: 'undefined inside of options, in a dictionary and in a list',
    format: 'cbor',
    frame: '84183001' + 'a163785f61' + 'a2' + '6161f7' + '616282f701' + '63612e62',
    list: [48, 1, { x_a: { b: [null, 1] } }, 'a.b'],
  },
  {
    name: 'undefined in args and kwargs',
    format: 'cbor',
    frame: '86182401' + '02a0' + '81f7' + 'a16161f7',
    list: [36, 1, 2, {}, [null], { a: null }],
  },
  {
    name: 'undefined in args and kwargs, of msgpackr',
    format: 'msgpack',
    frame: '9624010280' + '91d40000' + '81a161d40000',
    list: [36, 1, 2, {}, [null], { a: null }],
  },
  {
    name: 'ids that are floats, of cbor-x from 2^32 on',
    format: 'cbor',
    frame: '83184201fb4270000000000000',
    list: [66, 1, 2 ** 40],
  },
  {
    name: 'ids that are floats, of msgpackr',
    format: 'msgpack',
    frame: '9311cb4270000000000000cb4270000000000000',
    list: [17, 2 ** 40, 2 ** 40],
  },
  { name: 'ids with a point', format: 'json', frame: '[17,1.0,2.0]', list: [17, 1, 2] },
  {
    name: 'an empty mode, of kraftfahrstrasse',
    format: 'json',
    frame: '[49,1,{"mode":""}]',
    list: [49, 1, {}],
  },
  { name: 'an empty mode of INTERRUPT', format: 'cbor', frame: '83184501a1646d6f646560', list: [69, 1, {}] },
]

const bytesOf = ({ format, frame }: Row): string | Uint8Array => (format === 'json' ? frame : unhex(frame))

describe.each(ROWS)('$format: $name', (row) => {
  test('is read by a lenient list codec, and written in the right form', () => {
    const lists = createCodec().lists(row.format, { peers: 'lenient' })
    expect(lists.decode(bytesOf(row))).toEqual(row.list)
    const strict = createCodec().lists(row.format)
    expect(strict.decode(lists.encode(row.list))).toEqual(row.list)
  })

  test('is read without a kernel', () => {
    const lists = createLists(row.format, { peers: 'lenient' })
    expect(lists.decode(bytesOf(row))).toEqual(row.list)
    expect(lists.decode(lists.encode(row.list))).toEqual(row.list)
  })
})

test.each(ROWS.filter(({ name }) => !name.startsWith('undefined in')))(
  '$format: $name is refused by a strict one',
  (row) => {
    expect(() => createCodec().lists(row.format).decode(bytesOf(row))).toThrow(ProtocolError)
  },
)

test.each([
  [49, 'killnowait'],
  [69, 'kill'],
])(
  'a lenient list codec writes message %d with an empty mode without it, and with any other as it is',
  (code, mode) => {
    const codecs: ListCodec[] = [
      createCodec({ peers: 'lenient' }).lists('json'),
      createLists('json', { peers: 'lenient' }),
    ]
    const list = [code, 1, { mode: '', x_a: 1 }]
    for (const lists of codecs) {
      expect(lists.encode(list)).toBe(`[${code},1,{"x_a":1}]`)
      expect(list).toEqual([code, 1, { mode: '', x_a: 1 }])
      expect(lists.encode([code, 1, { mode }])).toBe(`[${code},1,{"mode":"${mode}"}]`)
    }
    const [lists] = codecs as [ListCodec]
    expect(() => lists.encode([code, 1, { mode: 'never' }])).toThrow(ProtocolError)
    expect(() => createCodec().lists('json').encode(list)).toThrow(ProtocolError)
  },
)

test.each(['json', 'msgpack', 'cbor', 'ubjson'] as const)(
  'the id of an ERROR in %s may be a float to a lenient codec',
  (id) => {
    const frame = createCodec()
      .payload(id)
      .encode([8, 48, new Float64(7), {}, 'a.b'])
    for (const check of ['message', 'list'] as const)
      expect(createCodec().lists(id, { peers: 'lenient', check }).decode(frame)).toEqual([
        8,
        48,
        7,
        {},
        'a.b',
      ])
  },
)
