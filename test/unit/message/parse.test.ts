/** Tests of src/message/parse.ts: lists to messages, and what is wrong with a list, in words. */
import { describe, expect, test } from 'vitest'
import {
  Call,
  createCodec,
  EventReceived,
  Float64,
  InvalidUriError,
  Message,
  message,
  PayloadRuleError,
  ProtocolError,
  Publish,
} from '../../../src/index.ts'
import { CLASSES, make } from './classes.ts'

const BYTES = new Uint8Array([1])

test('Message.parse gives the class of the code, and a class parses only its own code', () => {
  for (const { name, Class } of CLASSES) {
    const list = make(name).marshal()
    expect(Message.parse(list)).toBeInstanceOf(Class)
    expect(Class.parse(list)).toBeInstanceOf(Class)
    if (Class !== Publish) expect(() => Publish.parse(list)).toThrow(ProtocolError)
  }
  expect(() => Publish.parse([17, 1, 2])).toThrow('cannot parse Publish: got PUBLISHED')
})

test('EVENT_RECEIVED is 337, and 37 is read as the same', () => {
  expect(Message.parse([337, 5])).toBeInstanceOf(EventReceived)
  expect(Message.parse([37, 5]).marshal()).toEqual([337, 5])
})

test('options may be a Map', () => {
  const codec = createCodec()
  const options = new Map<string, unknown>([
    ['match', 'prefix'],
    ['x_a', 1],
  ])
  const parsed = Message.parse([32, 1, options, 'a.'])
  expect(parsed).toMatchObject({ match: 'prefix', custom: { x_a: 1 } })
  for (const check of ['message', 'list'] as const) {
    expect(codec.lists('json', { check }).encode([32, 1, options, 'a.'])).toBe(
      '[32,1,{"match":"prefix","x_a":1},"a."]',
    )
  }
  expect(() => Message.parse([32, 1, new Map([[1, 2]]), 'a.'])).toThrow('expected a dictionary for options')
})

test('a Map with keys that are no texts is refused as in frames', () => {
  for (const [list, path] of [
    [[32, 1, new Map([[1, 2]]), 'a.'], 'options'],
    [[16, 1, {}, 'a', [], new Map([[1, 2]])], 'kwargs'],
    [[4, 'm', new Map([[1, 2]])], 'extra'],
  ] as const) {
    const text = `expected a dictionary for ${path}, got one with a key that is not a string`
    const error = expect.objectContaining({ code: 'KEY_TYPE', path, message: expect.stringContaining(text) })
    expect(() => Message.parse(list)).toThrow(error)
    expect(() => createCodec().lists('json').encode(list)).toThrow(error)
  }
})

test.each<[list: unknown[], marshalled: unknown[]]>([
  [
    [4, 'm', undefined],
    [4, 'm', {}],
  ],
  [
    [5, 's', undefined],
    [5, 's', {}],
  ],
  [
    [6, {}, undefined],
    [6, {}, 'wamp.close.normal'],
  ],
  [
    [17, 1, 2, undefined, undefined],
    [17, 1, 2],
  ],
  [
    [16, 1, {}, 'a', [1], undefined, undefined],
    [16, 1, {}, 'a', [1]],
  ],
])('%j is parsed as what the constructor makes without the undefined', (list, marshalled) => {
  expect(Message.parse(list).marshal()).toEqual(marshalled)
  expect(createCodec().lists('json').encode(list)).toBe(JSON.stringify(marshalled))
})

test('undefined is not all that must be there', () => {
  expect(() => Message.parse([4, 'm', null])).toThrow('expected a dictionary for extra, got null')
  expect(() => Message.parse([4, 'm'])).toThrow('expected 3 elements for the list, got 2')
  expect(() => Message.parse([4, undefined, {}])).toThrow('expected a string for method')
  expect(() => Message.parse([16, 1, {}, undefined])).toThrow(InvalidUriError)
  expect(() => Message.parse([17, 1, 2, undefined, 3])).toThrow('expected 3 elements for the list, got 5')
})

test('null in place of args or kwargs is as nothing, and is never written', () => {
  const rows: readonly (readonly [list: unknown[], marshalled: unknown[]])[] = [
    [
      [48, 1, {}, 'a', null],
      [48, 1, {}, 'a'],
    ],
    [
      [48, 1, {}, 'a', null, null],
      [48, 1, {}, 'a'],
    ],
    [
      [48, 1, {}, 'a', [1], null],
      [48, 1, {}, 'a', [1]],
    ],
    [
      [48, 1, {}, 'a', null, { k: 1 }],
      [48, 1, {}, 'a', [], { k: 1 }],
    ],
  ]
  for (const [list, marshalled] of rows) expect(Call.parse(list).marshal()).toEqual(marshalled)
})

test('enc_* mean nothing without an opaque payload, whatever they are', () => {
  const options = { enc_algo: 7, enc_key: [], enc_serializer: 'nonsense' }
  for (const rest of [[], [[1]], [[1], { a: 1 }]]) {
    const call = Call.parse([48, 1, options, 'a', ...rest])
    expect([call.enc_algo, call.enc_key, call.enc_serializer]).toEqual([null, null, null])
    expect(call.marshal()).toEqual([48, 1, {}, 'a', ...rest])
  }
  const passthru = [48, 1, { ppt_scheme: 'x_a' }, 'a', [BYTES]]
  expect(Call.parse([48, 1, { ppt_scheme: 'x_a', ...options }, 'a', [BYTES]]).marshal()).toEqual(passthru)
  const lists = createCodec().lists('json')
  const frame = '[48,1,{"ppt_scheme":"x_a","enc_key":"k"},"a",["\\u0000AQ=="]]'
  expect(lists.encode(lists.decode(frame))).toBe(frame.replace(',"enc_key":"k"', ''))
  const nulls = Call.parse([48, 1, { enc_algo: null, enc_key: null }, 'a', BYTES])
  expect(nulls.marshal()).toEqual([48, 1, {}, 'a', BYTES])
})

test('resume keys of HELLO are read with hyphens and underscores, and written with hyphens', () => {
  for (const mark of ['-', '_']) {
    const details = { roles: { caller: {} }, [`resume${mark}session`]: 5, [`resume${mark}token`]: 't' }
    const hello = message.Hello.parse([1, 'r', details])
    expect([hello.resume_session, hello.resume_token, hello.custom]).toEqual([5, 't', null])
    expect(hello.marshal()).toEqual([
      1,
      'r',
      { roles: { caller: {} }, 'resume-session': 5, 'resume-token': 't' },
    ])
  }
})

const REFUSALS: readonly (readonly [
  list: unknown,
  text: string,
  path: string | null,
  type: number | null,
])[] = [
  ['text', 'cannot parse a message: got "text"', null, null],
  [null, 'cannot parse a message: got null', null, null],
  [[], 'cannot parse a message: unknown message code undefined', null, null],
  [[99, 1], 'cannot parse a message: unknown message code 99', null, null],
  [['16'], 'cannot parse a message: unknown message code "16"', null, null],
  [[true], 'cannot parse a message: unknown message code true', null, null],
  [[17, 1], 'cannot parse PUBLISHED: expected 3 elements for the list, got 2', 'the list', 17],
  [[17, 1, 2, 3], 'cannot parse PUBLISHED: expected 3 elements for the list, got 4', 'the list', 17],
  [[34, 1], 'cannot parse UNSUBSCRIBE: expected 3 to 4 elements for the list, got 2', 'the list', 34],
  [
    [16, 1, {}, 'a', [], {}, 1],
    'cannot parse PUBLISH: expected 4 to 6 elements for the list, got 7',
    'the list',
    16,
  ],
  [[17, -1, 2], 'cannot parse PUBLISHED: expected an id (0 to 2^53) for request, got -1', 'request', 17],
  [
    [17, 1, 1.5],
    'cannot parse PUBLISHED: expected an id (0 to 2^53) for publication, got 1.5',
    'publication',
    17,
  ],
  [
    [17, new Float64(1), 2],
    'cannot parse PUBLISHED: expected an id (0 to 2^53) for request, got a dictionary',
    'request',
    17,
  ],
  [[17, 2n, 2], 'cannot parse PUBLISHED: expected an id (0 to 2^53) for request, got 2n', 'request', 17],
  [
    [8, 17, 1, {}, 'a'],
    'cannot parse ERROR: expected one of 16, 32, 34, 48, 64, 66, 68 for request_type, got 17',
    'request_type',
    8,
  ],
  [[16, 1, [], 'a'], 'cannot parse PUBLISH: expected a dictionary for options, got an array', 'options', 16],
  [[6, null, 'a'], 'cannot parse GOODBYE: expected a dictionary for details, got null', 'details', 6],
  [[4, 'm', 1], 'cannot parse CHALLENGE: expected a dictionary for extra, got 1', 'extra', 4],
  [[4, 5, {}], 'cannot parse CHALLENGE: expected a string for method, got 5', 'method', 4],
  [[16, 1, { retain: 1 }, 'a'], 'cannot parse PUBLISH: expected a boolean for retain, got 1', 'retain', 16],
  [
    [16, 1, { retain: null }, 'a'],
    'cannot parse PUBLISH: expected a boolean for retain, got null',
    'retain',
    16,
  ],
  [
    [48, 1, { timeout: -1 }, 'a'],
    'cannot parse CALL: expected an integer from 0 for timeout, got -1',
    'timeout',
    48,
  ],
  [
    [49, 1, { mode: 'x' }],
    'cannot parse CANCEL: expected skip, kill or killnowait for mode, got "x"',
    'mode',
    49,
  ],
  [
    [49, 1, { forward_for: [{ session: 1, authid: 'a', authrole: null }] }],
    'cannot parse CANCEL: expected a string for forward_for[0].authrole, got null',
    'forward_for[0].authrole',
    49,
  ],
  [[16, 1, {}, 'a', 'x'], 'cannot parse PUBLISH: expected a list for args, got "x"', 'args', 16],
  [
    [16, 1, { enc_algo: 'cryptobox' }, 'a', 'x'],
    'cannot parse PUBLISH: expected a list, or bytes that enc_algo describes, for args, got "x"',
    'args',
    16,
  ],
  [[16, 1, {}, 'a', [], 5], 'cannot parse PUBLISH: expected a dictionary for kwargs, got 5', 'kwargs', 16],
  [[3, {}, 'a', BYTES], 'cannot parse ABORT: expected a list for args, got bytes', 'args', 3],
  [
    [16, 1, { enc_algo: 'aes' }, 'a', BYTES],
    'cannot parse PUBLISH: expected cryptobox, mqtt, xbr or a custom name for enc_algo, got "aes"',
    'enc_algo',
    16,
  ],
  [[1, 'r', {}], 'cannot parse HELLO: roles are required', 'roles', 1],
  [
    [2, 1, { roles: { broker: {} }, resumable: true }],
    'cannot parse WELCOME: resumable needs resume_token',
    'resume_token',
    2,
  ],
  [
    [67, 1, { registration: 5 }],
    'cannot parse UNREGISTERED: registration is only for a revocation, whose request is 0',
    'registration',
    67,
  ],
]

describe('a list is refused', () => {
  test.each(REFUSALS.map((row) => [row[1], row] as const))(
    'a list is refused with: %s',
    (text, [list, , path, messageType]) => {
      expect(() => Message.parse(list as unknown[])).toThrow(
        expect.objectContaining({ message: text, path, messageType }),
      )
      expect(() => Message.parse(list as unknown[])).toThrow(ProtocolError)
    },
  )

  test.each([
    [[16, 1, {}, 'a..b'], 'cannot parse PUBLISH: expected a URI for topic, got "a..b"'],
    [[16, 1, {}, 5], 'cannot parse PUBLISH: expected a URI for topic, got 5'],
    [[64, 1, { match: 'prefix' }, 'a..'], 'cannot parse REGISTER: expected a URI for procedure, got "a.."'],
    [[35, 0, { reason: '#' }], 'cannot parse UNSUBSCRIBED: expected a URI for reason, got "#"'],
  ])('%j is an InvalidUriError: %s', (list, text) => {
    expect(() => Message.parse(list)).toThrow(text)
    expect(() => Message.parse(list)).toThrow(InvalidUriError)
    expect(() => Message.parse(list)).toThrow(expect.objectContaining({ uri: 'wamp.error.invalid_uri' }))
  })

  test.each([
    [{ enc_key: 'k' }, 'cannot parse CALL: enc_key needs enc_algo'],
    [{ enc_serializer: 'cbor' }, 'cannot parse CALL: enc_serializer needs enc_algo'],
  ])('options %j and a payload are a PayloadRuleError: %s', (options, text) => {
    expect(() => Message.parse([48, 1, options, 'a', BYTES])).toThrow(text)
    expect(() => Message.parse([48, 1, options, 'a', BYTES])).toThrow(PayloadRuleError)
  })

  test.each([
    [[48, 7, { timeout: 'x' }, 'a'], 48, 7],
    [[48, 7, {}, 'a b'], 48, 7],
    [[48, 7, {}], 48, 7],
    [[48, -7, {}, 'a'], null, null],
    [[68, 7, 1.5, {}], 68, 7],
    // No request of its own: nobody may answer it with ERROR.
    [[70, 7, { progress: 1 }], null, 7],
    [[8, 48, 7, {}, 'a b'], null, 7],
    [[36, 7, 8, { retained: 1 }], null, null],
    [[1, 'a b', {}], null, null],
  ])('the refusal of %j has the request_type %s and the request %s', (list, request_type, request) => {
    expect(() => Message.parse(list)).toThrow(expect.objectContaining({ request_type, request }))
  })
})
