/** What `codec.lists` and `createLists` take, and that every limit and policy of the codec holds in lists. */
import { describe, expect, test } from 'vitest'
import { createCodec, type ListCodec, type ListOptions, type ProtocolError, Tagged } from '../../src/index.ts'
import { createLists } from '../../src/lists/index.ts'

const codec = createCodec()

test.each(['json.batched', 'msgpack.batched', 'cbor.batched', 'flatbuffers', 'xml'])(
  'there are no lists of %s',
  (id) => {
    expect(() => codec.lists(id as 'json')).toThrow(RangeError)
    expect(() => createLists(id as 'json')).toThrow(RangeError)
  },
)

test.each([
  [{ check: 'all' }, RangeError],
  [{ ubjsonDialect: 'other' }, RangeError],
  [{ binary: 'slice' }, RangeError],
  [{ maxDepth: 0 }, RangeError],
  [{ maxdepth: 1 }, TypeError],
  // They are the codec's alone.
  [{ cache: false }, TypeError],
] as const)('%j is refused', (options, type) => {
  expect(() => codec.lists('cbor', options as ListOptions)).toThrow(type)
  if (!('check' in options || 'ubjsonDialect' in options)) {
    expect(() => createLists('cbor', options as object)).toThrow(type)
  }
})

test('createLists takes no check: it has only one', () => {
  expect(() => createLists('cbor', { check: 'message' } as object)).toThrow(TypeError)
})

test('messages are checked unless it is said otherwise', () => {
  const noTopic = [16, 1, {}, 7]
  const text = 'cannot parse PUBLISH: expected a URI for topic, got 7'
  expect(() => codec.lists('json').encode(noTopic)).toThrow(text)
  expect(() => codec.lists('json', { check: undefined }).encode(noTopic)).toThrow(text)
  expect(codec.lists('json', { check: 'list' }).encode(noTopic)).toBe('[16,1,{},7]')
})

/** Each way to a list codec with the options. */
const WAYS: readonly (readonly [name: string, make: (options: ListOptions) => ListCodec])[] = [
  ['codec.lists', (options) => codec.lists('cbor', options)],
  ['codec.lists of such a codec', (options) => createCodec(options).lists('cbor')],
  ["check: 'list'", (options) => codec.lists('cbor', { ...options, check: 'list' })],
  ['createLists', (options) => createLists('cbor', options as object)],
]

const frameOf = (...args: unknown[]): Uint8Array => codec.payload('cbor').encode([50, 1, {}, args])

describe.each(WAYS)('in %s', (_, make) => {
  test.each<[option: ListOptions, frame: Uint8Array, code: string]>([
    [{ maxDepth: 3 }, frameOf([[[1]]]), 'DEPTH_LIMIT'],
    [{ maxMessageBytes: 8 }, frameOf('too long'), 'SIZE_LIMIT'],
    [{ maxNodes: 8 }, frameOf(1, 2, 3, 4, 5, 6, 7, 8), 'NODE_LIMIT'],
    [{ maxBigIntBytes: 8 }, frameOf(2n ** 70n), 'SIZE_LIMIT'],
    [
      { duplicateKeys: 'refuse' },
      Uint8Array.from(Buffer.from('84183201a081a2616101616102', 'hex')),
      'DUPLICATE_KEY',
    ],
  ])('%j holds for what is read', (options, frame, code) => {
    expect(make({}).decode(frame)[0]).toBe(50)
    let refusal: unknown
    try {
      make(options).decode(frame)
    } catch (error) {
      refusal = error
    }
    expect(refusal).toMatchObject({ name: 'ProtocolError', code })
  })

  test('maxDepth holds for what is written', () => {
    const deep = [50, 1, {}, [[[1]]]]
    expect(make({ maxDepth: 3 }).encode(deep)).toEqual(frameOf([[1]]))
    expect(() => make({ maxDepth: 2 }).encode(deep)).toThrow('nested deeper than')
  })

  test.each<[option: ListOptions, value: unknown, expected: unknown]>([
    [{ integers: 'bigint' }, 7, 7n],
    [{ integers: 'number' }, 2n ** 60n, 2 ** 60],
    [{ maps: 'map' }, { a: 1 }, new Map([['a', 1]])],
    [{ tags: 'tagged' }, new Tagged(99, 'a'), new Tagged(99, 'a')],
    [{ tags: 'plain' }, new Tagged(99, 'a'), 'a'],
  ])('%j makes the values of args', (options, value, expected) => {
    expect(make(options).decode(frameOf(value))).toEqual([50, 1, {}, [expected]])
  })

  test("binary: 'buffer' gives Buffers over copies, 'view' views into the frame", () => {
    const frame = frameOf(Uint8Array.of(1, 2))
    const bytesOf = (binary: 'copy' | 'buffer' | 'view'): Uint8Array =>
      (make({ binary }).decode(frame)[3] as [Uint8Array])[0]
    expect(Buffer.isBuffer(bytesOf('buffer'))).toBe(true)
    expect(bytesOf('buffer').buffer).not.toBe(frame.buffer)
    expect(Buffer.isBuffer(bytesOf('copy'))).toBe(false)
    expect(bytesOf('view').buffer).toBe(frame.buffer)
    for (const binary of ['copy', 'buffer', 'view'] as const) expect([...bytesOf(binary)]).toEqual([1, 2])
  })

  test("unrepresentable: 'json' writes what has no form otherwise", () => {
    const list = [50, 1, {}, [() => 1]]
    expect(() => make({}).encode(list)).toThrow('a function has no CBOR form')
    expect(make({ unrepresentable: 'json' }).encode(list)).toEqual(frameOf(null))
  })

  test("peers: 'lenient' reads and writes an empty mode as none", () => {
    const lists = make({ peers: 'lenient' })
    expect(lists.decode(codec.payload('cbor').encode([49, 1, { mode: '' }]))).toEqual([49, 1, {}])
    expect(lists.encode([49, 1, { mode: '' }])).toEqual(codec.payload('cbor').encode([49, 1, {}]))
  })

  test('one value by itself is written and read', () => {
    const lists = make({})
    const value = { args: [1, 'a', Uint8Array.of(3)], kwargs: { big: 2n ** 60n } }
    expect(lists.encodeValue(value)).toEqual(codec.payload('cbor').encode(value))
    expect(lists.decodeValue(lists.encodeValue(value))).toEqual(value)
    expect(() => lists.decodeValue(Uint8Array.of(0x82, 1))).toThrow('cannot decode a value from cbor')
    expect(() => make({ maxDepth: 2 }).decodeValue(lists.encodeValue([[[1]]]))).toThrow('nested deeper than')
  })
})

test.each(['json', 'msgpack', 'cbor', 'ubjson'] as const)(
  'integers makes nothing else of large numbers in options of %s',
  (id) => {
    for (const x_a of [2n ** 60n, -(2n ** 60n)]) {
      const list = [50, 1, { x_a, x_b: [x_a] }, [x_a]]
      const frame = codec.lists(id).encode(list)
      const numbers = [50, 1, { x_a, x_b: [x_a] }, [Number(x_a)]]
      expect(codec.lists(id, { integers: 'number' }).decode(frame)).toEqual(numbers)
      if (id !== 'ubjson') expect(createLists(id, { integers: 'number' }).decode(frame)).toEqual(numbers)
      expect(codec.lists(id, { integers: 'bigint' }).decode(frame)).toEqual(list)
    }
  },
)

test('a value without a form is named by its place in the message', () => {
  const lists = codec.lists('cbor')
  const text = 'cannot encode args[1].a to cbor: a function has no CBOR form'
  expect(() => lists.encode([50, 1, {}, [1, { a: () => 1 }]])).toThrow(text)
})

test.each(['message', 'list'] as const)(
  'lists checked as %s are counted in bytes, messages and payloads',
  (check) => {
    const own = createCodec()
    const lists = own.lists('json', { check })
    const event = lists.encode([36, 1, 2, {}, ['é€']]) as string
    const bytes = new TextEncoder().encode(event)
    expect(bytes.length).toBeGreaterThan(event.length)
    lists.decode(event)
    lists.decode(bytes)
    lists.decode(lists.encode([36, 1, 2, {}]))
    const { in: read, out, decodedPayloads } = own.stats()
    const empty = '[36,1,2,{}]'.length
    expect(out).toMatchObject({ bytes: bytes.length + empty, messages: 2 })
    expect(read).toMatchObject({ bytes: 2 * bytes.length + empty, messages: 3 })
    expect(decodedPayloads).toBe(2)
    lists.decodeValue(lists.encodeValue(['é']))
    expect(own.stats().in.messages).toBe(3)
  },
)

test.each(['json', 'msgpack', 'cbor', 'ubjson'] as const)(
  '%s: keys deeper in options are as decode has them',
  (id) => {
    const codec = createCodec({ duplicateKeys: 'refuse' })
    const frames: Record<string, string> = {
      json: '[16,1,{"x_a":{"b":1,"b":2}},"a.b"]',
      msgpack: '94100181a3785f6182a16201a16202a3612e62',
      cbor: '841001a163785f61a261620161620263612e62',
      ubjson: '5b551055017b5503785f617b550162550155016255027d7d535503612e625d',
    }
    const text = frames[id] as string
    const frame = id === 'json' ? text : Buffer.from(text, 'hex')
    expect(codec.lists(id).decode(frame)).toEqual(codec.serializer(id).decode(frame).marshal())
  },
)

test('an integer that no number holds is refused with the message that it is in', () => {
  const codec = createCodec({ integers: 'number' })
  const frame = `[16,77,{},"a.b",[${'9'.repeat(400)}]]`
  const errors = [() => codec.serializer('json').decode(frame), () => codec.lists('json').decode(frame)].map(
    (run) => {
      try {
        return run()
      } catch (error) {
        const { code, message, request, messageType, path } = error as ProtocolError
        return { code, message, request, messageType, path }
      }
    },
  )
  expect(errors[1]).toEqual(errors[0])
  expect(errors[0]).toMatchObject({ code: 'BAD_NUMBER', request: 77 })
})
