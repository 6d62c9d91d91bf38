/**
 * Wrong use of the public API: every function, with every kind of wrong value in every position, either takes the value
 * or says what it expected and what it got. No engine's own error comes out. And no unknown option is ignored.
 */
import { describe, expect, test } from 'vitest'
import * as api from '../../src/index.ts'

const codec = api.createCodec()
const cbor = codec.serializer('cbor')
const json = codec.serializer('json')
const IDS = { subscription: 1, publication: 2 }
const HOP = { session: 1, authid: null, authrole: 'r' }
const BYTES = codec.payload('cbor').encode({ a: [1] })
const FLEX = codec.payload('flexbuffers').encode({ a: [1] })
const publish = new api.Publish({ request: 1, topic: 'a.b', args: [1] })
const call = new api.Call({ request: 1, procedure: 'a.b' })
const FRAME = cbor.encode(publish).slice()
const received = cbor.decode(FRAME) as api.Publish

/** A RawSocket server after the handshake. */
function server(): api.RawSocketCodec {
  const socket = new api.RawSocketCodec({ serializer: cbor, side: 'server' })
  socket.push(Uint8Array.of(0x7f, 0xf3, 0, 0))
  return socket
}
const fanOut = (): api.FanOut => new api.FanOut(codec, received, { publication: 5 })

/** A function, and good arguments for all its positions. */
type Row = readonly [name: string, run: (...args: never[]) => unknown, ...good: unknown[]]

const FUNCTIONS: readonly Row[] = [
  ['createCodec', (a) => api.createCodec(a), {}],
  ['createCodec module', (a) => api.createCodec({ module: a }), undefined],
  ['createCodec payloadSerializers', (a) => api.createCodec({ payloadSerializers: a }), {}],
  ['serializer', (a, b) => codec.serializer(a, b), 'cbor', {}],
  ['payload', (a) => codec.payload(a), 'cbor'],
  ['decodePayload', (a, b) => codec.decodePayload(a, b), publish, BYTES],
  ['transcode', (a, b) => codec.transcode(a, b), BYTES, { from: 'cbor', to: 'json' }],
  ['transcode from', (a) => codec.transcode(BYTES, { from: a, to: 'json' }), 'cbor'],
  ['transcode to', (a) => codec.transcode(BYTES, { from: 'cbor', to: a }), 'cbor'],
  ['transcode onLoss', (a) => codec.transcode(BYTES, { from: 'cbor', to: 'json', onLoss: a }), 'throw'],
  ['transcodeMessage', (a, b) => codec.transcodeMessage(a, b), FRAME, { from: cbor, to: json }],
  ['transcodeMessage from', (a) => codec.transcodeMessage(FRAME, { from: a, to: json }), cbor],
  ['transcodeMessage to', (a) => codec.transcodeMessage(FRAME, { from: cbor, to: a }), cbor],
  ['transcodeMessage losses', (a) => codec.transcodeMessage(FRAME, { from: cbor, to: json, losses: a }), []],
  ['lossReport', (a, b) => codec.lossReport(a, b), publish, json],
  ['trace', (a, b) => codec.trace(a, b), FRAME, cbor],
  ['peek', (a, b) => codec.peek(a, b), FRAME, 'cbor'],
  ['fromTransferable', (a) => codec.fromTransferable(a), publish.toTransferable()],
  ['stats', (a) => codec.stats(a), {}],
  ['setStatsAutoReset', (a) => api.createCodec().setStatsAutoReset(a), { callback() {} }],
  ['setStatsAutoReset callback', (a) => api.createCodec().setStatsAutoReset({ callback: a }), () => {}],
  ['internUri', (a) => codec.internUri(a), 'a.b'],
  ['decode', (a) => cbor.decode(a), FRAME],
  ['decode a chunk', (a) => cbor.decode([a]), FRAME],
  ['decodeAll', (a) => cbor.decodeAll(a), FRAME],
  ['scanInto', (a, b) => cbor.scanInto(a, b), FRAME, new Int32Array(api.HEAD_RECORD_WORDS)],
  ['encode', (a) => cbor.encode(a), publish],
  [
    'encode without a cache',
    (a) => api.createCodec({ cache: false }).serializer('json').encodeText(a),
    publish,
  ],
  ['encode FlatBuffers', (a) => codec.serializer('flatbuffers').encode(a), publish],
  ['encode ppt', (a) => codec.serializer('cbor', { passthru: 'ppt' }).encode(a), publish],
  ['encodeText', (a) => json.encodeText(a), publish],
  ['encodeAll', (a) => cbor.encodeAll(a), [publish]],
  ['encodeAll of one', (a) => cbor.encodeAll([a] as never), publish],
  ['encodeAll of two', (a) => codec.serializer('cbor.batched').encodeAll([publish, a]), publish],
  ['encodeParts', (a) => cbor.encodeParts(a), publish],
  ['encodeInto', (a, b, c) => cbor.encodeInto(a, b, c), publish, new Uint8Array(100), 0],
  ['byteLength', (a) => cbor.byteLength(a), publish],
  ['payload decode', (a) => codec.payload('cbor').decode(a), BYTES],
  ['payload decode JSON', (a) => codec.payload('json').decode(a), '1'],
  ['payload decode FlexBuffers', (a) => codec.payload('flexbuffers').decode(a), FLEX],
  ['payload encode', (a) => codec.payload('cbor').encode(a), 1],
  ['payload validate', (a) => codec.payload('cbor').validate(a), BYTES],
  ['payload view', (a) => codec.payload('cbor').view(a), BYTES],
  ['opaque decode', (a) => codec.payload('opaque').decode(a), BYTES],
  ['opaque encode', (a) => codec.payload('opaque').encode(a), BYTES],
  ['opaque view', (a) => codec.payload('opaque').view(a), BYTES],
  ['view at', (a) => codec.payload('cbor').view(BYTES).at(a), 0],
  ['view get', (a) => codec.payload('cbor').view(BYTES).get(a), 'a'],
  ['view path', (a, b) => codec.payload('cbor').view(BYTES).path(a, b), 'a', 0],
  ['FlexBuffers view get', (a) => codec.payload('flexbuffers').view(FLEX).get(a), 'a'],
  ['FlexBuffers view path', (a, b) => codec.payload('flexbuffers').view(FLEX).path(a, b), 'a', 0],
  ['payloadView get', (a) => publish.payloadView.get(a), 'args'],
  ['payloadView path', (a, b) => publish.payloadView.path(a, b), 'args', 0],
  ['Message.parse', (a) => api.Message.parse(a), [16, 1, {}, 'a.b']],
  ['Message.parse elements', (...list) => api.Message.parse(list), 16, 1, {}, 'a.b', [], {}],
  ['Publish.parse', (a) => api.Publish.parse(a), [16, 1, {}, 'a.b']],
  ['forward', (a) => publish.forward(a), HOP],
  ['addHop', (a) => new api.Publish({ request: 1, topic: 'a.b' }).addHop(a), HOP],
  ['validateForwardChain', (a) => publish.validateForwardChain(a), 1],
  ['equals', (a) => publish.equals(a), publish],
  ['EventMessage.from', (a, b) => api.EventMessage.from(a, b), publish, IDS],
  ['Published.from', (a, b) => api.Published.from(a, b), publish, { publication: 1 }],
  ['Invocation.from', (a, b) => api.Invocation.from(a, b), call, { request: 1, registration: 2 }],
  ['Result.from', (a, b) => api.Result.from(a, b), new api.Yield({ request: 1 }), { request: 1 }],
  ['Interrupt.from', (a, b) => api.Interrupt.from(a, b), new api.Cancel({ request: 1 }), { request: 1 }],
  [
    'ErrorMessage.from',
    (a, b) => api.ErrorMessage.from(a, b),
    new api.ErrorMessage({ request_type: 48, request: 1, error: 'a.b' }),
    { request_type: 48, request: 1 },
  ],
  ['ErrorMessage.reply', (a, b, c) => api.ErrorMessage.reply(a, b, c), call, 'a.b', {}],
  ['FanOut', (a, b, c) => new api.FanOut(a, b, c), codec, received, { publication: 1 }],
  ['FanOut bytes', (a, b) => fanOut().bytes(a, b), cbor, { subscription: 1 }],
  ['FanOut parts', (a, b) => fanOut().parts(a, b), cbor, { subscription: 1 }],
  ['FanOut byteLength', (a, b) => fanOut().byteLength(a, b), cbor, { subscription: 1 }],
  [
    'FanOut bytes again',
    (a) => {
      const fan = fanOut()
      fan.bytes(cbor, { subscription: 1 })
      return fan.bytes(cbor, a)
    },
    { subscription: 2 },
  ],
  ['negotiate', (a, b, c) => api.negotiate(a, b, c), 'wamp.2.cbor', [cbor], {}],
  ['negotiate a name', (a) => api.negotiate([a], [cbor]), 'wamp.2.cbor'],
  ['negotiate a serializer', (a) => api.negotiate('wamp.2.cbor', [a]), cbor],
  ['negotiate priority', (a) => api.negotiate('wamp.2.cbor', [cbor], { priority: a }), 'client'],
  ['RawSocketCodec', (a) => new api.RawSocketCodec(a), { serializer: cbor, side: 'client' }],
  ['RawSocketCodec serializer', (a) => new api.RawSocketCodec({ serializer: a, side: 'client' }), cbor],
  ['RawSocketCodec serializers', (a) => new api.RawSocketCodec({ serializer: [a], side: 'server' }), cbor],
  ['RawSocketCodec side', (a) => new api.RawSocketCodec({ serializer: cbor, side: a }), 'client'],
  [
    'RawSocketCodec maxLengthExponent',
    (a) => new api.RawSocketCodec({ serializer: cbor, side: 'client', maxLengthExponent: a }),
    9,
  ],
  ['RawSocketCodec push', (a) => server().push(a), new Uint8Array(1)],
  ['RawSocketCodec frame', (a) => server().frame(a), new Uint8Array(1)],
  ['RawSocketCodec frame of parts', (a) => server().frame([a]), new Uint8Array(1)],
  ['RawSocketCodec frameParts', (a) => server().frameParts(a), new Uint8Array(1)],
  ['RawSocketCodec ping', (a) => server().ping(a), new Uint8Array(1)],
  ['RawSocketCodec refuse', (a) => new api.RawSocketCodec({ serializer: cbor, side: 'server' }).refuse(a), 4],
  ['headId', (a, b) => api.headId(a, b), new Int32Array(api.HEAD_RECORD_WORDS), api.HEAD_FIRST_ID],
  ['isUri', (a, b, c) => api.isUri(a, b, c), 'a.b', 'loose', 'exact'],
  ['realmKind', (a) => api.realmKind(a), 'realm1'],
  ['isWampCodecError', (a) => api.isWampCodecError(a), 1],
  ['Float64', (a) => new api.Float64(a), 1],
  ['Tagged', (a, b) => new api.Tagged(a, b), 1, 1],
  ['withForwardFor', (a) => api.withForwardFor(a), Object],
  ['withAppPayload', (a) => api.withAppPayload(a), Object],
  ['hasForwardFor', (a) => api.hasForwardFor(a), publish],
  ['hasAppPayload', (a) => api.hasAppPayload(a), publish],
  ['initForwardFor', (a, b) => api.initForwardFor(a, b), {}, {}],
  ['initAppPayload', (a, b) => api.initAppPayload(a, b), {}, {}],
  ...Object.entries(api.message).flatMap(([name, Class]): Row[] => {
    const Any = Class as unknown as new (attributes: unknown) => api.Message
    if (!('TABLE' in Class) || name === 'Message') return []
    const { options, positions } = (Class as unknown as typeof api.Message).TABLE
    const names = [...options, ...positions].map(({ attribute }) => attribute)
    const all = [...names, 'custom', 'args', 'kwargs', 'payload', 'rawPayload', 'correlation_id']
    const least = {
      request: 1,
      topic: 'a.b',
      procedure: 'a.b',
      roles: { caller: {} },
      reason: 'a.b',
      method: 'm',
    }
    const given = {
      ...least,
      signature: 's',
      error: 'a.b',
      request_type: 48,
      session: 1,
      ...IDS,
      registration: 3,
    }
    const good = Object.fromEntries(Object.entries(given).filter(([key]) => all.includes(key)))
    return [
      [`new ${name}`, (a) => new Any(a), good],
      ...all.map((key): Row => [`new ${name} ${key}`, (a) => new Any({ ...good, [key]: a }), undefined]),
      ...all.map(
        (key): Row => [
          `${name} ${key} =`,
          (a) => {
            const message = new Any(good)
            if (key in message && key !== 'rawPayload') Reflect.set(message, key, a)
          },
          undefined,
        ],
      ),
    ]
  }),
]

const WRONG: readonly unknown[] = [
  undefined,
  null,
  5,
  'x',
  {},
  [],
  true,
  1n,
  Symbol('s'),
  () => 1,
  Number.NaN,
  new Map(),
  new Date(0),
  new Uint8Array(2),
  [undefined],
  [null],
  [{}],
  Object.create(null),
  publish,
  codec,
]

/** What our errors for wrong use say, each in its own words. */
const OURS = new RegExp(
  [
    'got ',
    'unknown (?:option|attribute|serializer|payload serializer|payload format)|has no forward_for',
    'is not a custom (?:key|name)|needs decode and encode|expected at least one',
    'payload excludes|excludes args|is only for a revocation|must not be 0',
    '(?:are|is) required|needs (?:enc_algo|a payload|resume_token)',
    'an empty batch|bytes do not fit',
  ].join('|'),
)

describe.each(FUNCTIONS.map(([name, run, ...good]) => ({ name, run, good })))('$name', ({ run, good }) => {
  test.each(good.map((_, position) => position))(
    'the argument %i never shows an error of the engine',
    (position) => {
      const foreign: unknown[] = []
      for (const wrong of WRONG) {
        const args = good.with(position, wrong) as never[]
        try {
          run(...args)
        } catch (error) {
          const kind = (error as Error).constructor
          const isOurs = (kind === TypeError || kind === RangeError) && OURS.test((error as Error).message)
          if (!isOurs && !api.isWampCodecError(error)) foreign.push(error)
        }
      }
      expect(foreign).toEqual([])
    },
  )
})

test('what a wrong argument is told: what was expected, and what it is', () => {
  const text = (run: () => unknown): string => {
    try {
      run()
    } catch (error) {
      return `${(error as Error).name}: ${(error as Error).message}`
    }
    return 'nothing was thrown'
  }
  const wrong = <T>(value: T): never => value as never
  expect(text(() => cbor.encode(wrong([36, 1, 2, {}])))).toBe(
    'TypeError: expected a message, got an array; Message.parse makes one from a list',
  )
  expect(text(() => cbor.encode(wrong(undefined)))).toBe('TypeError: expected a message, got undefined')
  expect(text(() => codec.transcodeMessage(FRAME, wrong({ from: 'cbor', to: json })))).toBe(
    'TypeError: transcodeMessage: from: expected a serializer, as codec.serializer(id) gives it, got "cbor"',
  )
  expect(text(() => codec.lossReport(publish, wrong('json')))).toBe(
    'TypeError: lossReport: expected a serializer, as codec.serializer(id) gives it, got "json"',
  )
  expect(text(() => new api.RawSocketCodec(wrong({ serializers: [cbor], side: 'server' })))).toBe(
    'TypeError: RawSocketCodec: unknown option serializers; ' +
      'known are serializer, side, maxLengthExponent, minPeerLengthExponent',
  )
  expect(text(() => new api.Publish(wrong(undefined)))).toBe(
    'TypeError: PUBLISH: expected an object with attributes, got undefined',
  )
  expect(text(() => api.EventMessage.from(wrong({ topic: 'a.b' }), IDS))).toBe(
    'TypeError: EVENT.from: expected PUBLISH, got a dictionary',
  )
  expect(text(() => api.EventMessage.from(wrong(call), IDS))).toBe(
    'TypeError: EVENT.from: expected PUBLISH, got CALL',
  )
  expect(text(() => api.EventMessage.from(publish, wrong({ publication: 1 })))).toBe(
    'TypeError: EVENT: expected an id (0 to 2^53) for subscription, got undefined',
  )
  expect(text(() => fanOut().bytes(cbor, wrong({})))).toBe(
    'TypeError: EVENT: expected an id (0 to 2^53) for subscription, got undefined',
  )
  expect(text(() => codec.payload('cbor').decode(wrong([BYTES])))).toBe(
    'TypeError: bytes: expected a Uint8Array, got an array',
  )
})

test.each([
  [new Blob(['x']), "a Blob; set `binaryType = 'arraybuffer'`"],
  [Promise.resolve(FRAME), 'a Promise'],
  [new DataView(new ArrayBuffer(2)), 'a DataView'],
  [new Float64Array(1), 'a Float64Array'],
  [new Int32Array(1), 'an Int32Array'],
  [new Map(), 'a dictionary'],
  [{}, 'a dictionary'],
  [Object.create(null), 'a dictionary'],
  [new (class Own {})(), 'a dictionary'],
])('what is no frame is told by its class: %s', (value, name) => {
  const expected = 'frame: expected a Uint8Array, ArrayBuffer, string or list of Uint8Arrays'
  expect(() => cbor.decode(value as never)).toThrow(new TypeError(`${expected}, got ${name}`))
  const serializer = 'lossReport: expected a serializer, as codec.serializer(id) gives it'
  expect(() => codec.lossReport(publish, value as never)).toThrow(new TypeError(`${serializer}, got ${name}`))
})

const UNKNOWN: readonly (readonly [
  call: string,
  run: (options: never) => unknown,
  good: object,
  known: string,
])[] = [
  ['createCodec', (o) => api.createCodec(o), { maxDepth: 5 }, 'maxDepth'],
  [
    'serializer',
    (o) => codec.serializer('ubjson', o),
    { ubjsonDialect: 'draft12' },
    'ubjsonDialect, batchSeparator',
  ],
  ['transcode', (o) => codec.transcode(BYTES, o), { from: 'cbor', to: 'json' }, 'from, to, onLoss'],
  [
    'transcodeMessage',
    (o) => codec.transcodeMessage(FRAME, o),
    { from: cbor, to: json },
    'from, to, onLoss, losses',
  ],
  ['stats', (o) => codec.stats(o), { reset: false }, 'reset'],
  [
    'setStatsAutoReset',
    (o) => api.createCodec().setStatsAutoReset(o),
    { callback() {} },
    'ratedMessages, milliseconds, callback',
  ],
  ['negotiate', (o) => api.negotiate([], [], o), {}, 'priority'],
  [
    'RawSocketCodec',
    (o) => new api.RawSocketCodec(o),
    { serializer: cbor, side: 'client' },
    'serializer, side',
  ],
  ['FanOut', (o) => new api.FanOut(codec, received, o), { publication: 1 }, 'publication, publisher'],
  [
    'a receiver of FanOut',
    (o) => fanOut().bytes(cbor, o),
    { subscription: 1, disclose: true },
    'subscription, topic, retained, disclose',
  ],
  ['a receiver of FanOut', (o) => fanOut().parts(cbor, o), { subscription: 1 }, 'subscription, topic'],
  ['a receiver of FanOut', (o) => fanOut().byteLength(cbor, o), { subscription: 1 }, 'subscription, topic'],
  ['EVENT.from', (o) => api.EventMessage.from(publish, o), IDS, 'subscription, publication, forward_for'],
  [
    'INVOCATION.from',
    (o) => api.Invocation.from(call, o),
    { request: 1, registration: 2 },
    'request, registration',
  ],
  [
    'RESULT.from',
    (o) => api.Result.from(new api.Yield({ request: 1 }), o),
    { request: 1 },
    'request, forward_for',
  ],
  ['INTERRUPT.from', (o) => api.Interrupt.from(new api.Cancel({ request: 1 }), o), { request: 1 }, 'request'],
  ['ERROR.reply', (o) => api.ErrorMessage.reply(call, 'a.b', o), { args: [1] }, 'args, kwargs'],
  [
    'rawPayload',
    (o) => new api.Publish({ request: 1, topic: 'a.b', rawPayload: o }),
    { format: 'cbor', mode: 'args', bytes: [Uint8Array.of(0x80)] },
    'format, mode, bytes',
  ],
]

test.each(UNKNOWN)('%s refuses an unknown option, and names those that it has', (name, run, good, known) => {
  const options = (more: object): never => ({ ...good, ...more }) as never
  expect(() => run(options({}))).not.toThrow()
  expect(() => run(options({ no_such_thing: undefined }))).not.toThrow()
  for (const value of [1, null, false]) {
    const wrong = (): unknown => run(options({ no_such_thing: value }))
    expect(wrong).toThrow(TypeError)
    expect(wrong).toThrow(`${name}: unknown option no_such_thing; known are `)
    expect(wrong).toThrow(known)
  }
})

test('loadCodec refuses unknown options, and what is no WebAssembly', async () => {
  const load = (options: object): Promise<unknown> => api.loadCodec(options as never)
  await expect(load({ maxdepth: 5 })).rejects.toThrow('loadCodec: unknown option maxdepth; known are ')
  await expect(load({ wasm: './kernel.wasm' })).rejects.toThrow(
    new TypeError(
      'wasm: expected a URL object, Response, BufferSource or WebAssembly.Module, got "./kernel.wasm"',
    ),
  )
  await expect(load({ maxDepth: 5, wasm: undefined })).resolves.toHaveProperty('serializer')
  expect(() => api.createCodec({ wasm: new Uint8Array(1) } as never)).toThrow(
    'createCodec: unknown option wasm',
  )
})

test('a value that an option cannot have is refused by every serializer, also by one that does not need the option', () => {
  for (const id of ['json', 'cbor', 'ubjson', 'flatbuffers', 'json.batched'] as const) {
    for (const options of [
      { ubjsonDialect: 'draft13' },
      { ubjsonDialect: ['bjdata'] },
      { batchSeparator: '30' },
      { profile: 'crossbar' },
      { payloadSerializer: 'avro' },
      { passthru: 'toString' },
    ]) {
      expect(() => codec.serializer(id, options as never)).toThrow(RangeError)
    }
  }
  expect(codec.serializer('cbor', {})).toBe(codec.serializer('cbor'))
  expect(codec.serializer('cbor', { profile: undefined } as never)).toBe(codec.serializer('cbor'))
})

test('the payload codec takes an ArrayBuffer, a SharedArrayBuffer and views of them, as decode does', () => {
  for (const format of ['json', 'msgpack', 'cbor', 'ubjson', 'flexbuffers'] as const) {
    const payload = codec.payload(format)
    const bytes = payload.encode([1, 'a'])
    const shared = new SharedArrayBuffer(bytes.length)
    new Uint8Array(shared).set(bytes)
    for (const frame of [bytes, bytes.slice().buffer, shared, Buffer.from(bytes)]) {
      expect(payload.decode(frame)).toEqual([1, 'a'])
    }
  }
  expect(codec.payload('opaque').decode(Uint8Array.of(1, 2).buffer)).toEqual(Uint8Array.of(1, 2))
  expect(() => codec.payload('cbor').decode('text')).toThrow(
    new TypeError('decode cbor: expected bytes, got "text"'),
  )
})
