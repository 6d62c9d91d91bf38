/** Tests of src/payload/json/safe.ts, and of `message.toJSON()`, which gives what it makes of each attribute. */
import { describe, expect, test } from 'vitest'
import {
  createCodec,
  ErrorMessage,
  EventMessage,
  Float64,
  Hello,
  type Message,
  ProtocolError,
  Publish,
  Tagged,
  WampCodecError,
  Welcome,
} from '../../../../src/index.ts'
import { jsonSafe } from '../../../../src/payload/json/safe.ts'
import { runHere } from '../../../cli/support.ts'

const codec = createCodec()
const BIG = 2n ** 64n - 1n
const BYTES = Uint8Array.of(0, 1, 2)

/** Values, and what JSON.parse gives of what JSON.stringify writes of them. */
const ROWS: readonly (readonly [name: string, value: unknown, expected: unknown])[] = [
  ['integers up to 2^53 are numbers', [0n, -(2n ** 53n), 2n ** 53n, 7], [0, -(2 ** 53), 2 ** 53, 7]],
  ['integers beyond 2^53 are their digits', [2n ** 53n + 1n, -BIG], ['9007199254740993', `-${BIG}`]],
  ['bytes are a NUL and base64', { b: BYTES, c: Buffer.from([255]) }, { b: '\0AAEC', c: '\0/w==' }],
  [
    'all kinds of buffers are bytes',
    [BYTES.slice().buffer, new DataView(new ArrayBuffer(1))],
    ['\0AAEC', '\0AA=='],
  ],
  ['lists of numbers are lists', [new BigInt64Array([1n]), Float32Array.of(0.5)], [[1], [0.5]]],
  [
    'what is no number is null',
    [Number.NaN, Number.POSITIVE_INFINITY, new Float64(Number.NEGATIVE_INFINITY)],
    [null, null, null],
  ],
  ['floats are numbers', [new Float64(5), new Float64(0.5)], [5, 0.5]],
  [
    'tags are objects',
    [new Tagged(32, 'a'), new Tagged(BIG, BYTES)],
    [
      { tag: 32, value: 'a' },
      { tag: `${BIG}`, value: '\0AAEC' },
    ],
  ],
  ['maps are objects', new Map([['a', new Map([['b', BIG]])]]), { a: { b: `${BIG}` } }],
  [
    'integer keys are text',
    new Map<unknown, unknown>([
      [1, 'a'],
      [-2n, 'b'],
      ['c', 'd'],
    ]),
    { 1: 'a', '-2': 'b', c: 'd' },
  ],
  [
    'other keys make a list of entries',
    new Map<unknown, unknown>([
      [null, 1],
      [BYTES, 2n],
    ]),
    [
      [null, 1],
      ['\0AAEC', 2],
    ],
  ],
  [
    'keys of the same text make a list of entries',
    new Map<unknown, unknown>([
      [1, 'a'],
      ['1', 'b'],
    ]),
    [
      [1, 'a'],
      ['1', 'b'],
    ],
  ],
  [
    'what is absent is left out, or null in a list',
    { a: undefined, b: [undefined, () => 1, Symbol('c')] },
    { b: [null, null, null] },
  ],
  [
    'objects give what their toJSON gives',
    [new Date(0), { toJSON: () => BIG }],
    ['1970-01-01T00:00:00.000Z', `${BIG}`],
  ],
  ['lone surrogates are replaced', ['a\ud800', { '\udc00': 1 }], ['a\ufffd', { '\ufffd': 1 }]],
  [
    'primitives in objects are primitives',
    [Object(1), Object('a'), Object(true), Object(BIG)],
    [1, 'a', true, `${BIG}`],
  ],
]

test.each(ROWS)('JSON-safe: %s', (_, value, expected) => {
  const safe = jsonSafe(value, 'args')
  expect(JSON.parse(JSON.stringify(safe))).toEqual(expected)
  // Nothing is left for JSON.stringify to change.
  expect(safe).toEqual(expected)
})

test('a key __proto__ is a key like any other', () => {
  const safe = jsonSafe(JSON.parse('{"__proto__":{"a":1}}'), 'args') as object
  expect(Object.getPrototypeOf(safe)).toBe(Object.prototype)
  expect(JSON.stringify(safe)).toBe('{"__proto__":{"a":1}}')
})

test('a value that contains itself is refused with its path, a value of 1,000 levels is not', () => {
  const cycle: unknown[] = []
  cycle.push({ again: cycle })
  expect(() => jsonSafe(cycle, 'args')).toThrow(
    expect.objectContaining({
      code: 'CYCLE',
      path: 'args[0].again',
      message: 'cannot encode args[0].again to json: the value contains itself',
    }),
  )
  let deep: unknown = BIG
  for (let level = 0; level < 1000; level++) deep = [deep]
  expect(JSON.stringify(jsonSafe(deep, 'args'))).toBe(`${'['.repeat(1000)}"${BIG}"${']'.repeat(1000)}`)
  expect(() => jsonSafe([deep], 'args')).toThrow(expect.objectContaining({ code: 'DEPTH_LIMIT' }))
})

/** Messages with values in every attribute that holds any. */
const MESSAGES: Readonly<Record<string, Message>> = {
  'args and kwargs': new Publish({
    request: 1,
    topic: 'a',
    args: [BIG, BYTES],
    kwargs: { k: [BIG, { b: BYTES }] },
  }),
  'an opaque payload': new EventMessage({
    subscription: 1,
    publication: 2,
    payload: BYTES,
    enc_algo: 'x_mine',
  }),
  'custom keys': new Publish({ request: 1, topic: 'a', custom: { x_a: BIG, x_b: [BYTES] } }),
  authextra: new Hello({ realm: 'a', roles: { caller: {} }, authextra: { big: BIG, bytes: BYTES } }),
  roles: new Welcome({ session: 1, realm: 'a', roles: { broker: { features: { x_f: BIG as never } } } }),
  forward_for: new ErrorMessage({
    request_type: 48,
    request: 1,
    error: 'a.b',
    forward_for: [{ session: BIG as never, authid: null, authrole: 'r' }],
  }),
}

describe.each(Object.keys(MESSAGES))('JSON.stringify of a message with %s', (name) => {
  const message = MESSAGES[name] as Message

  test.each(['cbor', 'ubjson', 'msgpack', 'json'] as const)('says the same of what came in %s', (id) => {
    const text = JSON.stringify(message)
    expect(text).not.toContain('{"0":')
    for (const own of [
      codec,
      createCodec({ maps: 'map', integers: 'bigint', tags: 'tagged', binary: 'view' }),
    ]) {
      const received = own.serializer(id).decode(codec.serializer(id).encode(message))
      expect(JSON.parse(JSON.stringify(received))).toEqual(JSON.parse(text))
    }
  })

  test('says what wamp-codec inspect --json says, but for integers beyond 2^53', async () => {
    const frame = codec.serializer('cbor').encode(message)
    const { out } = await runHere(['inspect', '--json'], { stdin: frame })
    const { fields } = JSON.parse(out.replace(/(?<![\w"])\d{17,}/g, '"$&"')).messages[0]
    const json = JSON.parse(JSON.stringify(message))
    const flat: Record<string, unknown> = { ...json, ...json.custom }
    for (const { name: field, value } of fields) {
      if (value === undefined || field === 'type') continue
      expect(flat[field], field).toEqual(value)
    }
  })
})

test('JSON.stringify of a message whose deferred payload is broken throws the ProtocolError of reading it', () => {
  const deferred = createCodec({ payloadValidation: 'deferred' }).serializer('cbor')
  const message = deferred.decode(Uint8Array.of(0x85, 16, 1, 0xa0, 0x61, 0x61, 0x81, 0xff))
  const refusal = 'cannot decode PUBLISH from cbor: unexpected byte 0xff in args (byte 7)'
  expect(() => JSON.stringify(message)).toThrow(ProtocolError)
  expect(() => JSON.stringify(message)).toThrow(refusal)
})

test('JSON.stringify of an error never throws', () => {
  const errors: WampCodecError[] = []
  const frames = [
    '[48,9007199254740992,{"timeout":-1},"a"]',
    '[16,1,{},"a b",[18446744073709551616]]',
    '[8,48,1,{},1]',
    '[',
  ]
  for (const frame of frames) {
    try {
      codec.serializer('json').decode(frame)
    } catch (error) {
      errors.push(error as WampCodecError)
    }
  }
  expect(errors).toHaveLength(4)
  for (const error of errors) {
    expect(error).toBeInstanceOf(WampCodecError)
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      code: error.code,
      offset: error.offset,
      request: error.request,
    })
  }
})
