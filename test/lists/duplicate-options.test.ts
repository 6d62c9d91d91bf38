/**
 * Options and Details refuse a key that comes twice, in lists as in messages: two readers that take different ones of
 * the two would see different options. Whatever was read before, and however many keys there are.
 */
import { describe, expect, test } from 'vitest'
import { createCodec, ProtocolError } from '../../src/index.ts'
import { verdictOf } from './verdict.ts'

type Id = 'json' | 'msgpack' | 'cbor'
type Pairs = readonly (readonly [string, unknown])[]

const IDS = ['json', 'msgpack', 'cbor'] as const
const values = createCodec()

/** A PUBLISH whose options have these pairs. */
function publish(id: Id, pairs: Pairs): Uint8Array {
  const encode = (value: unknown): Uint8Array => values.payload(id).encode(value)
  const text = 'a.b'
  if (id === 'json') {
    const options = pairs.map((pair) => pair.map((part) => JSON.stringify(part)).join(':'))
    return Buffer.from(`[16,1,{${options}},"${text}"]`)
  }
  const [list, map] = id === 'cbor' ? [0x84, 0xb9] : [0x94, 0xde]
  const head = Uint8Array.of(list, ...encode(16), ...encode(1), map, pairs.length >> 8, pairs.length & 255)
  return Buffer.concat([head, ...pairs.flat().map(encode), encode(text)])
}

const TWICE: Readonly<Record<string, Pairs>> = {
  'a known option': [
    ['acknowledge', true],
    ['acknowledge', false],
  ],
  'one that is wrong the first time': [
    ['acknowledge', 7],
    ['acknowledge', true],
  ],
  'an unknown option among others': [
    ['_a', 1],
    ['retain', true],
    ['_a', { b: 2 }],
  ],
  'more options than a map of names has': [
    ...Array.from({ length: 80 }, (_, i) => [`_${i}`, i] as const),
    ['_3', 3],
  ],
}

describe.each(IDS)('in %s', (id) => {
  test.each(Object.entries(TWICE))('%s that comes twice', (_, pairs) => {
    const frame = publish(id, pairs)
    const codec = createCodec()
    const lists = codec.lists(id)
    const refused = verdictOf(() => codec.serializer(id).decode(frame))
    expect('error' in refused && refused.error.code).toBeOneOf(['DUPLICATE_KEY', 'BAD_MESSAGE'])
    const expectRefused = (): void => expect(verdictOf(() => lists.decode(frame))).toEqual(refused)
    expectRefused()
    // Keys that are new each time, so that those at their place are taken for data.
    for (let i = 0; i < 8; i++) lists.decode(publish(id, [[`_new${i}`, i]]))
    expectRefused()
    // Keys that are known.
    for (let i = 0; i < 8; i++)
      lists.decode(
        publish(
          id,
          pairs
            .slice(0, -1)
            .slice(0, 20)
            .filter(([, of]) => of !== 7),
        ),
      )
    expectRefused()
  })

  test('refused by validate as by decode', () => {
    const codec = createCodec({ duplicateKeys: 'refuse' })
    const frame = publish(id, [
      ['a', 1],
      ['a', 2],
    ])
    for (const look of ['decode', 'view', 'validate'] as const)
      expect(() => codec.payload(id)[look](frame)).toThrow(ProtocolError)
  })
})

test('in a dictionary inside of options, and in kwargs, the last one counts as in messages', () => {
  const codec = createCodec()
  const frame = Buffer.from('[16,1,{"_a":{"b":1,"b":2}},"a.b",[],{"c":1,"c":2}]')
  expect(codec.lists('json').decode(frame)).toEqual([16, 1, { _a: { b: 2 } }, 'a.b', [], { c: 2 }])
  expect(codec.serializer('json').decode(frame).marshal()).toEqual(codec.lists('json').decode(frame))
})
