/** The head of a list in `createLists` and under `check: 'list'`: ids are integers, no option comes twice. */
import { describe, expect, test } from 'vitest'
import { createCodec, Float64, type ListCodec, type ListOptions, ProtocolError } from '../../src/index.ts'
import { createLists } from '../../src/lists/index.ts'

const codec = createCodec()
const IDS = ['json', 'msgpack', 'cbor', 'ubjson'] as const
type Id = (typeof IDS)[number]

/** The list codecs that ask for a list, with these options. */
function codecsOf(id: Id, options: ListOptions = {}): ListCodec[] {
  const ofCodec = codec.lists(id, { ...options, check: 'list' })
  return id === 'ubjson' ? [ofCodec] : [ofCodec, createLists(id, options as object)]
}

const LONG = ['x'.repeat(70_000)]

describe.each(IDS)('a float in %s', (id) => {
  test.each<[what: string, list: unknown[], expected: string]>([
    ['a message code', [new Float64(16), 1, {}, 'a'], 'expected a known message code, got a float'],
    ['an id', [16, new Float64(1), {}, 'a'], 'an id (0 to 2^53) as element 1 of message 16, got a float'],
    ['an id of a long frame', [16, new Float64(1), {}, 'a', LONG], 'as element 1 of message 16, got a float'],
    ['a second id', [36, 1, new Float64(2), {}], 'as element 2 of message 36, got a float'],
    ['a large id', [17, 1, new Float64(2 ** 40)], 'as element 2 of message 17, got a float'],
    ['the type of a request', [8, new Float64(48), 1, {}, 'a'], 'element 1 of message 8, got a float'],
    ['an id without options', [34, 1, new Float64(2)], 'as element 2 of message 34, got a float'],
  ])('is not %s', (_, list, expected) => {
    const frame = codec.payload(id).encode(list)
    // Maps that were read before do not matter.
    for (const options of [{}, { x_a: 1, x_b: 2, x_c: 3 }]) {
      for (const policy of [{}, { integers: 'bigint', maps: 'map' }, { maxBigIntBytes: 7 }] as const) {
        for (const lists of codecsOf(id, policy)) {
          lists.decode(codec.payload(id).encode([16, 1, options, 'a']))
          const error = expect.objectContaining({
            code: 'BAD_MESSAGE',
            message: expect.stringContaining(expected),
          })
          expect(() => lists.decode(frame)).toThrow(error)
        }
      }
    }
  })

  test('is an id to a lenient codec', () => {
    const frame = codec.payload(id).encode([new Float64(36), new Float64(1), new Float64(2 ** 40), {}])
    for (const lists of codecsOf(id, { peers: 'lenient' }))
      expect(lists.decode(frame)).toEqual([36, 1, 2 ** 40, {}])
  })

  test('is a number in options, args, and where a text belongs', () => {
    const [one, half] = [new Float64(1), 1.5]
    const list = [16, 1, { x_a: one, x_b: { c: [one, half] } }, one, [one], { k: one }]
    const read = [16, 1, { x_a: 1, x_b: { c: [1, half] } }, 1, [1], { k: 1 }]
    for (const lists of codecsOf(id)) {
      expect(lists.decode(codec.payload(id).encode(list))).toEqual(read)
      expect(lists.decode(codec.payload(id).encode([16, 1, one, 'a']))).toEqual([16, 1, 1, 'a'])
    }
  })

  test('is not what an id of any size is', () => {
    for (const ids of [
      [0, 2 ** 31],
      [255, 2 ** 32],
      [65_536, 2 ** 53],
    ]) {
      for (const policy of [{}, { integers: 'bigint' }, { integers: 'number' }] as const) {
        for (const lists of codecsOf(id, policy)) {
          const list = [36, ...ids, {}]
          expect(lists.decode(codec.payload(id).encode(list))).toEqual(list)
        }
      }
    }
    for (const wrong of [2n ** 53n + 1n, 2n ** 62n, -1, -(2n ** 60n)]) {
      const frame = codec.payload(id).encode([36, wrong, 1, {}])
      for (const lists of codecsOf(id))
        expect(() => lists.decode(frame)).toThrow('expected an id (0 to 2^53)')
    }
  })
})

/** Frames with a dictionary that has the key `a` twice, 1 and 2, as element `at` of `list`. */
function twice(id: Id, list: readonly unknown[], at: number): Uint8Array {
  const pairs: Readonly<Record<Id, string>> = {
    json: Buffer.from('{"a":1,"a":2}').toString('hex'),
    msgpack: '82a16101a16102',
    cbor: 'a2616101616102',
    ubjson: '7b55016155015501615502'.concat('7d'),
  }
  const mark = 'XYZ'
  const whole = Buffer.from(codec.payload(id).encode(list.toSpliced(at, 1, mark))).toString('hex')
  const text = Buffer.from(codec.payload(id).encode(mark)).toString('hex')
  expect(whole.split(text)).toHaveLength(2)
  return Uint8Array.from(Buffer.from(whole.replace(text, pairs[id]), 'hex'))
}

describe.each(IDS)('a key that comes twice in %s', (id) => {
  test.each([
    [[16, 1, null, 'a.b'], 2],
    [[16, 1, null, 'a.b', [1]], 2],
    [[16, 1, null, 'a.b', LONG], 2],
    [[36, 1, 2, null], 3],
    [[6, null, 'a.b'], 1],
    [[8, 48, 1, null, 'a.b'], 3],
  ])('is refused in the options of %j', (list, at) => {
    const frame = twice(id, list, at)
    const policies = [{}, { peers: 'lenient' }, { maps: 'map' }, { duplicateKeys: 'refuse' }] as const
    for (const policy of policies) {
      for (const lists of codecsOf(id, policy))
        expect(() => lists.decode(frame)).toThrow(expect.objectContaining({ code: 'DUPLICATE_KEY' }))
    }
    expect(() => codec.lists(id).decode(frame)).toThrow(ProtocolError)
  })

  test('is the last one in extra, args and kwargs, as in messages', () => {
    for (const [list, at] of [
      [[4, 'm', null], 2],
      [[5, 's', null], 2],
      [[16, 1, {}, 'a.b', [], null], 5],
    ] as const) {
      const frame = twice(id, list, at)
      const read = list.toSpliced(at, 1, { a: 2 })
      for (const lists of [codec.lists(id), ...codecsOf(id)]) expect(lists.decode(frame)).toEqual(read)
    }
  })

  test('is not what is said of a frame that is wrong otherwise', () => {
    const frame = twice(id, [16, 1, null, 'a.b'], 2)
    for (const lists of codecsOf(id)) {
      expect(() => lists.decode(frame.subarray(0, -1))).toThrow(/ends? too early|past the end/)
      const noId = twice(id, [16, 'x', null, 'a.b'], 2)
      expect(() => lists.decode(noId)).toThrow(expect.objectContaining({ code: 'BAD_MESSAGE' }))
    }
  })
})

test('in a dictionary inside of options, with numbers beside it, the last one counts in JSON', () => {
  const frame = '[16,1,{"_a":{"b":1,"b":2},"_c":1.0},"a.b"]'
  for (const lists of [codec.lists('json'), ...codecsOf('json')])
    expect(lists.decode(frame)).toEqual([16, 1, { _a: { b: 2 }, _c: 1 }, 'a.b'])
})

describe('an error', () => {
  test.each(IDS)('of %s names the place in the message', (id) => {
    const odd = (): void => undefined
    for (const [list, path] of [
      [[16, 1, {}, 'a.b', [{ a: odd }]], 'args[0].a'],
      [[16, 1, {}, 'a.b', [], { a: [odd] }], 'kwargs.a[0]'],
      [[36, 1, 2, {}, [1, odd]], 'args[1]'],
      [[16, 1, { x_a: odd }, 'a.b'], 'x_a'],
      [[16, 1, { x_a: { b: odd } }, 'a.b'], 'x_a.b'],
      [[16, 1, { 'x a': odd }, 'a.b'], '["x a"]'],
      [[16, 1, {}, odd], '[3]'],
      [[17, 1, 2, odd], '[3]'],
    ] as const) {
      const format = codec.payload(id).encode([]) && id
      for (const lists of codecsOf(id)) {
        const message = expect.stringContaining(`cannot encode ${path} to ${format}: a function has no`)
        const error = expect.objectContaining({ code: 'UNENCODABLE', path, message, messageType: list[0] })
        expect(() => lists.encode(list)).toThrow(error)
      }
    }
  })

  test('says the limit that was given, however many levels a list has around', () => {
    for (const lists of [codec.lists('json', { maxDepth: 3 }), ...codecsOf('json', { maxDepth: 3 })]) {
      expect(() => lists.encode([16, 1, {}, 'a', [[[[]]]]])).toThrow(
        /args\[0]\[0]\[0] .* nested deeper than 3$/,
      )
      expect(() => lists.decode('[16,1,{},"a",[[[[]]]]]')).toThrow('nested deeper than 3')
      expect(() => lists.decode('[16,1,{"x_a":[[[[]]]]},"a"]')).toThrow('nested deeper than 3')
    }
  })

  test.each(['json', 'msgpack', 'cbor'] as const)(
    'of a list in %s says that it is no value by itself',
    (id) => {
      const bytes = Uint8Array.from(Buffer.from(codec.payload(id).encode([16, 1, {}, 'a']))).subarray(0, -1)
      for (const lists of codecsOf(id)) {
        expect(() => lists.decode(bytes)).toThrow(`cannot decode a message from ${id}: `)
        expect(() => lists.decodeValue(bytes)).toThrow(`cannot decode a value from ${id}: `)
      }
    },
  )
})

test('an empty mode in a Map is none to a lenient codec', () => {
  for (const lists of [codec.lists('json', { peers: 'lenient' }), ...codecsOf('json', { peers: 'lenient' })])
    expect(lists.encode([49, 1, new Map([['mode', '']])])).toBe('[49,1,{}]')
})
