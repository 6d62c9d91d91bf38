/** Tests of src/message/with-app-payload.ts: payload attributes and their rules, on our classes and on anybody's. */
import { describe, expect, test } from 'vitest'
import {
  createCodec,
  EventMessage,
  hasAppPayload,
  Invocation,
  initAppPayload,
  initForwardFor,
  type PayloadAttributes,
  PayloadRuleError,
  Publish,
  withAppPayload,
  withForwardFor,
} from '../../../src/index.ts'
import { CLASSES, make } from './classes.ts'

const BYTES = new Uint8Array([1, 2, 3])
const ENC = { enc_algo: 'cryptobox', enc_key: 'k', enc_serializer: 'cbor' }
const PPT = { ppt_scheme: 'x_s', ppt_serializer: 'cbor', ppt_cipher: 'aes256gcm', ppt_keyid: 'k' }
const FORMATS = ['json', 'msgpack', 'cbor'] as const
const codec = createCodec()

/** A class of an application, from the mixins alone. */
class Plain extends withAppPayload(withForwardFor(class {})) {
  readonly name: string

  constructor(attributes: PayloadAttributes & { name?: string } = {}) {
    super()
    this.name = attributes.name ?? ''
    initForwardFor(this, {})
    initAppPayload(this, attributes)
  }
}

test('7 of the 25 messages have it, and hasAppPayload knows which', () => {
  const having = CLASSES.filter(({ name }) => hasAppPayload(make(name))).map(({ Class }) => Class.CATEGORY)
  expect(having).toEqual([4, 4, 4, 4, 4, 4, 4])
})

describe.each([
  ['PUBLISH', (attributes: PayloadAttributes) => new Publish({ request: 1, topic: 'a', ...attributes })],
  ['a class that is no message', (attributes: PayloadAttributes) => new Plain(attributes)],
])('the payload of %s', (_, create) => {
  test('is absent at first', () => {
    const { args, kwargs, payload, enc_algo, ppt_scheme, rawPayload } = create({})
    expect([args, kwargs, payload, enc_algo, ppt_scheme, rawPayload]).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
    ])
  })

  test('an opaque payload of shared memory is read as a copy, however it was given', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(BYTES.length))
    shared.set(BYTES)
    const set = create({})
    set.payload = shared
    const raw = create({ rawPayload: { format: 'cbor', mode: 'enc', bytes: [shared] } })
    const messages = [create({ payload: shared }), set, raw]
    for (const message of messages) {
      expect(message.payload).toEqual(BYTES)
      expect(Object.prototype.toString.call(message.payload?.buffer)).toBe('[object ArrayBuffer]')
    }
    const bytes = codec.payload('opaque').encode(shared)
    expect(Object.prototype.toString.call(bytes.buffer)).toBe('[object ArrayBuffer]')
  })

  test('gives back what it was given', () => {
    const args = [1, { a: BYTES }]
    const kwargs = { a: null }
    const values = create({ args, kwargs })
    expect([values.args, values.kwargs, values.payload]).toEqual([args, kwargs, null])
    const opaque = create({ payload: BYTES, ...ENC })
    expect([opaque.args, opaque.kwargs, opaque.payload]).toEqual([null, null, BYTES])
    expect([opaque.enc_algo, opaque.enc_key, opaque.enc_serializer]).toEqual(['cryptobox', 'k', 'cbor'])
    const ppt = create({ payload: BYTES, ...PPT })
    expect([ppt.ppt_scheme, ppt.ppt_serializer, ppt.ppt_cipher, ppt.ppt_keyid]).toEqual(Object.values(PPT))
  })

  test.each<[PayloadAttributes, string]>([
    [{ payload: BYTES, args: [1] }, 'payload excludes args and kwargs'],
    [{ payload: BYTES, kwargs: {} }, 'payload excludes args and kwargs'],
    [{ enc_algo: 'cryptobox' }, 'enc_algo needs a payload'],
    [{ args: [1], enc_algo: 'cryptobox' }, 'enc_algo needs a payload'],
    [{ payload: BYTES, enc_key: 'k' }, 'enc_key needs enc_algo'],
    [{ payload: BYTES, enc_serializer: 'cbor' }, 'enc_serializer needs enc_algo'],
    [
      { rawPayload: { format: 'cbor', mode: 'enc', bytes: [BYTES] }, args: [1] },
      'rawPayload excludes args, kwargs and payload',
    ],
  ])('with %o breaks the rule that %s', (attributes, rule) => {
    expect(() => create(attributes)).toThrow(rule)
    expect(() => create(attributes)).toThrow(PayloadRuleError)
  })

  test.each<[object, string]>([
    [{ args: {} }, 'expected a list for args, got a dictionary'],
    [{ args: 'a' }, 'expected a list for args, got "a"'],
    [{ kwargs: [] }, 'expected a dictionary for kwargs, got an array'],
    [{ kwargs: BYTES }, 'expected a dictionary for kwargs, got bytes'],
    [{ payload: 'abc' }, 'expected a Uint8Array for payload, got "abc"'],
    [{ payload: [1] }, 'expected a Uint8Array for payload, got an array'],
  ])('with %o is refused: %s', (attributes, text) => {
    expect(() => create(attributes)).toThrow(new TypeError(text))
    const message = create({}) as unknown as Record<string, unknown>
    const [[name, value]] = Object.entries(attributes) as [[string, unknown]]
    expect(() => {
      message[name] = value
    }).toThrow(new TypeError(text))
  })

  test('keeps the strict rule only when somebody asks for it', () => {
    expect(create({ payload: BYTES, ...ENC }).validatePayloadAttributes()).toBeUndefined()
    expect(create({ payload: BYTES, ...PPT }).validatePayloadAttributes()).toBeUndefined()
    expect(create({ args: [1] }).validatePayloadAttributes()).toBeUndefined()
    for (const missing of ['enc_algo', 'enc_key', 'enc_serializer']) {
      const attributes = { payload: BYTES, ...ENC, [missing]: null }
      const most = missing === 'enc_algo' ? { payload: BYTES } : attributes
      expect(() => create(most).validatePayloadAttributes()).toThrow(
        `a payload needs enc_algo, enc_key and enc_serializer: ${missing} is missing`,
      )
    }
  })

  test('is replaced by its setters, piece by piece', () => {
    const message = create({ args: [1] })
    message.kwargs = { a: 1 }
    expect([message.args, message.kwargs]).toEqual([[1], { a: 1 }])
    message.args = null
    expect([message.args, message.kwargs]).toEqual([null, { a: 1 }])
    message.kwargs = null
    message.payload = BYTES
    expect([message.args, message.kwargs, message.payload]).toEqual([null, null, BYTES])
    expect(() => {
      message.args = [1]
    }).toThrow('payload excludes args and kwargs')
  })
})

test('the fields of an application class are its own, and its payload is no part of the prototype', () => {
  const one = new Plain({ name: 'one', args: [1] })
  expect([one.name, new Plain().args]).toEqual(['one', null])
  one.addHop({ session: 1, authid: null, authrole: 'r' })
  expect([one.forward_for?.length, new Plain().forward_for]).toEqual([1, null])
  expect(() => {
    one.enc_algo = 'aes'
  }).toThrow('Plain: expected cryptobox, mqtt, xbr or a custom name for enc_algo, got "aes"')
})

describe.each(FORMATS)('in %s', (format) => {
  const serializer = codec.serializer(format)
  const roundTrip = (attributes: PayloadAttributes): Publish =>
    serializer.decode(serializer.encode(new Publish({ request: 1, topic: 'a', ...attributes }))) as Publish

  test('an opaque payload keeps its dialect', () => {
    const enc = roundTrip({ payload: BYTES, ...ENC })
    expect(enc.marshal()).toEqual([16, 1, ENC, 'a', BYTES])
    expect([enc.payload, enc.args, enc.rawPayload?.mode]).toEqual([BYTES, null, 'enc'])
    const ppt = roundTrip({ payload: BYTES, ...PPT })
    expect(ppt.marshal()).toEqual([16, 1, PPT, 'a', [BYTES]])
    expect([ppt.payload, ppt.args, ppt.rawPayload?.mode]).toEqual([BYTES, null, 'ppt'])
  })

  test('ppt_scheme makes a payload of one byte string and of nothing else', () => {
    for (const args of [[], [1], [BYTES, BYTES], [[BYTES]]]) {
      const message = roundTrip({ ppt_scheme: 'x_s', args })
      expect([message.args ?? [], message.payload]).toEqual([args, null])
    }
    const both = roundTrip({ ppt_scheme: 'x_s', args: [BYTES], kwargs: { a: 1 } })
    expect([both.args, both.kwargs, both.payload]).toEqual([[BYTES], { a: 1 }, null])
    expect(roundTrip({ args: [BYTES] }).args).toEqual([BYTES])
  })

  test('an empty payload, empty args and empty kwargs are not written', () => {
    expect(roundTrip({ payload: new Uint8Array(0), ...ENC }).marshal()).toEqual([16, 1, {}, 'a'])
    expect(roundTrip({ args: [], kwargs: {} }).marshal()).toEqual([16, 1, {}, 'a'])
    expect(roundTrip({ kwargs: { a: 1 } }).marshal()).toEqual([16, 1, {}, 'a', [], { a: 1 }])
  })

  test("payloadRules: 'strict' refuses on the wire what 'interop' takes", () => {
    const strict = createCodec({ payloadRules: 'strict' }).serializer(format)
    const write = (more: object): Uint8Array =>
      serializer.encode(new Publish({ request: 1, topic: 'a', payload: BYTES, ...more }))
    for (const more of [{}, { enc_algo: 'mqtt' }, { ...ENC, enc_key: null }]) {
      expect((serializer.decode(write(more)) as Publish).payload).toEqual(BYTES)
      expect(() => strict.decode(write(more))).toThrow(PayloadRuleError)
    }
    expect((strict.decode(write(ENC)) as Publish).payload).toEqual(BYTES)
    expect((strict.decode(write(PPT)) as Publish).payload).toEqual(BYTES)
  })

  test("payloadRules: 'strict' refuses FlatBuffers whose enc_algo has no place there", () => {
    const message = new Publish({ request: 1, topic: 'a', payload: BYTES, ...ENC, enc_algo: 'x_own' })
    const frame = codec.serializer('flatbuffers').encode(message)
    expect(codec.serializer('flatbuffers').decode(frame)).toMatchObject({ enc_algo: null, enc_key: 'k' })
    const strict = createCodec({ payloadRules: 'strict' }).serializer('flatbuffers')
    expect(() => strict.decode(frame)).toThrow(PayloadRuleError)
    expect(() => strict.decode(frame)).toThrow('enc_key needs enc_algo')
  })

  test('a raw payload follows ppt_scheme, whatever dialect it was in', () => {
    const raw = { format: 'json', bytes: [BYTES] } as const
    for (const mode of ['enc', 'ppt'] as const) {
      for (const more of [{}, PPT]) {
        const message = new Publish({ request: 1, topic: 'a', rawPayload: { ...raw, mode }, ...more })
        expect([message.payload, message.args]).toEqual([BYTES, null])
        const arrived = serializer.decode(serializer.encode(message)) as Publish
        expect([arrived.payload, arrived.args, arrived.ppt_scheme]).toEqual([BYTES, null, message.ppt_scheme])
      }
    }
  })

  test('what setters have broken is refused when it is written', () => {
    const message = new Publish({ request: 1, topic: 'a', args: [1] })
    message.enc_algo = 'cryptobox'
    expect(() => serializer.encode(message)).toThrow(PayloadRuleError)
    message.enc_algo = null
    expect((serializer.decode(serializer.encode(message)) as Publish).args).toEqual([1])
  })

  test.each<[mode: string, attributes: PayloadAttributes]>([
    ['args', { args: [1, { a: BYTES }], kwargs: { b: 2.5 } }],
    ['enc', { payload: BYTES, ...ENC }],
    ['ppt', { payload: BYTES, ...PPT }],
  ] as const)(
    'rawPayload in %s form makes another message, in this format and another',
    (mode, attributes) => {
      const received = roundTrip(attributes)
      const { rawPayload } = received
      expect(rawPayload).toMatchObject({ format, mode })
      const options = { ppt_scheme: received.ppt_scheme }
      // One that went through a store is a copy, which nobody knows.
      for (const raw of [rawPayload, structuredClone(rawPayload)]) {
        const event = new EventMessage({ subscription: 1, publication: 2, rawPayload: raw, ...options })
        expect([event.args, event.kwargs, event.payload]).toEqual([
          received.args,
          received.kwargs,
          received.payload,
        ])
        for (const other of FORMATS) {
          const target = codec.serializer(other)
          const read = target.decode(target.encode(event)) as EventMessage
          expect([read.args, read.kwargs, read.payload]).toEqual([event.args, event.kwargs, event.payload])
        }
      }
    },
  )
})

test('rawPayload that is malformed is refused', () => {
  const make = (bytes: Uint8Array): unknown =>
    new Invocation({
      request: 1,
      registration: 2,
      rawPayload: { format: 'cbor', mode: 'args', bytes: [bytes] },
    })
  expect(() => make(new Uint8Array([0x82, 1]))).toThrow('cannot decode')
  expect(() => make(new Uint8Array([1]))).toThrow(new TypeError('rawPayload: args: expected a list, got 1'))
})

test.each([2, 16, 17, 1000])('%i bytes of CBOR chunks without a byte in them are no payload', (length) => {
  const serializer = codec.serializer('cbor')
  const frame = serializer.encode(new Publish({ request: 1, topic: 'a', payload: BYTES, ...ENC }))
  const chunks = new Uint8Array(length).fill(0x40)
  chunks[0] = 0x5f
  chunks[length - 1] = 0xff
  const message = serializer.decode([frame.slice(0, -(BYTES.length + 1)), chunks]) as Publish
  expect(message.marshal()).toEqual([16, 1, {}, 'a'])
  const event = EventMessage.from(message, { subscription: 2, publication: 3 })
  expect(serializer.decode(serializer.encode(event)).marshal()).toEqual([36, 2, 3, {}])
})

test.each([
  ['"\\u0000"', [16, 1, {}, 'a']],
  ['"\\u0000AA=="', [16, 1, ENC, 'a', new Uint8Array(1)]],
  ['"\\u0000QUFB"', [16, 1, ENC, 'a', new Uint8Array([0x41, 0x41, 0x41])]],
])('the JSON payload %s is there if it has a byte', (payload, list) => {
  const message = codec.serializer('json').decode(`[16,1,${JSON.stringify(ENC)},"a",${payload}]`)
  expect(message.marshal()).toEqual(list)
})

test('what has the mixins and is none of the messages is no message', () => {
  for (const id of ['json', 'cbor.batched', 'flatbuffers'] as const) {
    expect(() =>
      createCodec()
        .serializer(id)
        .encode(new Plain({ args: [1] }) as never),
    ).toThrow('expected a message')
  }
})

test('an error about the message that a payload came in names that one', () => {
  const json = createCodec({ payloadValidation: 'deferred' }).serializer('json')
  const publish = json.decode('[16,1,{},"a.b",[nul]]') as Publish
  const event = EventMessage.from(publish, { subscription: 1, publication: 2 })
  expect(() => json.encode(event)).toThrow(
    expect.objectContaining({
      messageType: Publish.MESSAGE_TYPE,
      request_type: Publish.MESSAGE_TYPE,
      request: 1,
    }),
  )
})
