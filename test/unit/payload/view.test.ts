/**
 * Tests of views in src/payload/view*.ts: forms that our encoders do not write, built payloads, and hostile changes.
 */
import { describe, expect, test } from 'vitest'
import {
  type Codec,
  createCodec,
  Float64,
  type PayloadView,
  ProtocolError,
  Publish,
  Tagged,
} from '../../../src/index.ts'
import { createRandom } from '../../support/random.ts'
import { encode, errorOf, PAYLOAD_FORMATS, unhex, utf8 } from './formats.ts'

const codec = createCodec()

/** Every value that a view leads to, by going all ways. */
function readAll(view: PayloadView): unknown {
  if (view.kind === 'array') return [...view].map(readAll)
  if (view.kind !== 'map') return view.toValue()
  return Object.fromEntries([...view.keys()].map((key) => [key, readAll(view.get(key) as PayloadView)]))
}

const json = (text: string): Uint8Array => utf8(text)

test.each([
  ['json', json(' { "a" : [ 1 , { "b\\u00e9\\"" : "x\\ny" } ] , "\\u0000k" : [ ] } ')],
  ['json', json('{"text":"[{\\"\\\\","deep":[["]"],["\\\\\\\\"],{"}":{}}],"last":-0.5}')],
  ['json', json('{"bytes":"\\u0000AQID","big":123456789012345678901,"minus":-0}')],
  ['cbor', unhex('bf 7f 61 61 62 62 63 ff 9f 01 9f ff 5f 42 0102 41 03 ff ff 61 7a f7 ff')], // all indefinite
  ['cbor', unhex('a2 61 61 c1 1a 00000001 61 62 d8 40 d9 0100 82 c2 49 010000000000000000 c3 41 05')], // tags
  ['cbor', unhex(`82 ${'d7'.repeat(40)} 81 01 02`)], // more tags than a head of a message may have
  ['msgpack', unhex('83 a1 61 dc 0002 cc 05 d3 ffffffffffffff00 d9 01 62 df 00000000 da 0001 63 c4 02 0102')],
  ['ubjson', unhex('7b 23 55 02 55 01 61 5b 24 75 23 55 03 0100 0200 0300 55 01 62 5b 24 42 23 55 02 0a0b')],
  ['ubjson', unhex('7b 24 6c 23 55 02 55 01 61 07000000 55 01 62 ffffffff')], // a typed map
  ['ubjson', unhex('5b 4e 55 01 4e 4e 7b 4e 55 01 61 5a 4e 7d 4e 5d 4e')], // no-ops everywhere
  ['ubjson', unhex('5b 5b 24 55 23 5b 55 02 55 03 5d 01 02 03 04 05 06 5b 23 55 01 54 5d')], // two dimensions
  ['ubjson-draft12', unhex('5b 24 5a 23 55 03')], // three times nothing, without bytes
  ['ubjson-draft12', unhex('7b 24 53 23 55 01 55 01 61 55 02 6869')], // a map of texts
] as const)('%s of any form is read as decode reads it (%#)', (format, bytes) => {
  for (const options of [{}, { tags: 'tagged', integers: 'bigint' }] as const) {
    const payload = createCodec(options).payload(format)
    const view = payload.view(bytes)
    expect(view.toValue()).toEqual(payload.decode(bytes))
    const plain = codec.payload(format)
    expect(readAll(plain.view(bytes))).toEqual(plain.decode(bytes))
  }
})

const TWICE: Readonly<Record<string, Uint8Array>> = {
  json: json('{"a":{"x":1},"b":2,"\\u0061":{"y":3}}'),
  msgpack: unhex('83 a161 81a17801 a162 02 a161 81a17903'),
  cbor: unhex('a3 6161 a1617801 6162 02 7f6161ff a1617903'),
  ubjson: unhex('7b 550161 7b5501785501 7d 550162 5502 550161 7b5501795503 7d 7d'),
}

test.each(Object.entries(TWICE))('the last of two equal keys counts in %s, on every way', (format, bytes) => {
  const payload = codec.payload(format as 'json')
  const view = payload.view(bytes)
  expect(view.path('a', 'x')).toBeUndefined()
  expect(view.path('a', 'y')?.toValue()).toBe(3)
  expect(view.get('a')?.get('y')?.toValue()).toBe(3)
  expect(view.length).toBe(2)
  expect([...view.keys()]).toEqual(['a', 'b'])
  expect([...view].map((item) => item.toValue())).toEqual([{ y: 3 }, 2])
  expect(view.path('a', 'y')?.toValue()).toBe(3)
  const refusing = createCodec({ duplicateKeys: 'refuse' }).payload(format as 'json')
  expect(errorOf(() => refusing.view(bytes)).code).toBe('DUPLICATE_KEY')
})

test('a view of the wrong bytes is refused as decode refuses them', () => {
  const error = errorOf(() => codec.payload('cbor').view(unhex('8201')))
  expect([error.code, error.message]).toEqual([
    'LENGTH_OVERRUN',
    'cannot decode a value from cbor: a length runs past the end (byte 0)',
  ])
  expect(() => codec.payload('cbor').view('x' as unknown as Uint8Array)).toThrow(TypeError)
})

test('tags and extensions are seen through, and kept by toValue', () => {
  const tagged = createCodec({ tags: 'tagged' })
  const view = tagged.payload('cbor').view(unhex('c1 a1 61 61 c1 01'))
  expect([view.kind, view.get('a')?.kind]).toEqual(['map', 'number'])
  expect(view.path('a')?.toValue()).toEqual(new Tagged(1, 1))
  const extension = tagged.payload('msgpack').view(unhex('c7 02 05 0102'))
  expect([extension.kind, extension.length]).toEqual(['bytes', 2])
  expect(extension.toValue()).toEqual(new Tagged(5, unhex('0102')))
})

describe('payloadView of a message', () => {
  const publish = (attributes: object): Publish => new Publish({ request: 1, topic: 'a', ...attributes })
  const received = (of: Codec, message: Publish): Publish =>
    of.serializer('cbor').decode(of.serializer('cbor').encode(message)) as Publish

  test.each([
    ['built', (message: Publish) => message],
    ['received', (message: Publish) => received(codec, message)],
    [
      'received and not checked',
      (message: Publish) => received(createCodec({ payloadValidation: 'deferred' }), message),
    ],
  ])('has args and kwargs of one that was %s', (_, way) => {
    const kwargs = { order: { items: [0, 1, 2, { price: 1.5 }] }, none: undefined }
    const { payloadView: view } = way(publish({ args: ['x'], kwargs }))
    expect([view.kind, view.length, view.keys()]).toEqual(['map', 2, ['args', 'kwargs']])
    expect(view.path('kwargs', 'order', 'items', 3, 'price')?.toValue()).toBe(1.5)
    expect(view.path('args', 0)?.toValue()).toBe('x')
    expect([view.path(0), view.path('x'), view.path('kwargs', 'none'), view.at(0)]).toEqual(
      Array(4).fill(undefined),
    )
    expect([...view].map(({ kind }) => kind)).toEqual(['array', 'map'])
    expect(view.path()).toBe(view)
  })

  test('is empty without args and kwargs', () => {
    for (const attributes of [{}, { payload: new Uint8Array(3), enc_algo: 'cryptobox' }]) {
      for (const message of [publish(attributes), received(codec, publish(attributes))]) {
        expect(message.payloadView.toValue()).toEqual({})
        expect(message.payloadView.get('args')).toBeUndefined()
      }
    }
    expect(publish({ args: [1] }).payloadView.keys()).toEqual(['args'])
  })

  test('survives detach, other frames, and the message', () => {
    const serializer = codec.serializer('json')
    const frame = Uint8Array.from(serializer.encode(publish({ args: [1, [2, 'three']] })))
    const message = serializer.decode(frame) as Publish
    const list = message.payloadView.path('args', 1)
    message.detach()
    frame.fill(0)
    codec.serializer('msgpack').decode(codec.serializer('msgpack').encode(publish({ args: ['other'] })))
    expect(list?.at(1)?.toValue()).toBe('three')
    expect([...(list ?? [])].map((item) => item.toValue())).toEqual([2, 'three'])
  })

  test('a view of what was built shows the values that encoders see', () => {
    const values = [
      new Date(0),
      new Float64(1),
      new Tagged(1, [7]),
      new Map([['k', 1]]),
      Float32Array.of(1, 2),
      5n,
    ]
    const { payloadView: view } = publish({ args: values })
    expect([...(view.get('args') ?? [])].map(({ kind, length }) => [kind, length])).toEqual([
      ['string', 24],
      ['number', 0],
      ['array', 1],
      ['map', 1],
      ['array', 2],
      ['bigint', 0],
    ])
    expect(view.path('args', 2, 0)?.toValue()).toBe(7)
    expect(view.path('args', 3, 'k')?.toValue()).toBe(1)
    expect(view.path('args', 3, 'toString')).toBeUndefined()
    const odd = publish({ args: [new Map([[Number.NaN, 2]])] }).payloadView.path('args', 0)
    expect([...(odd?.keys() ?? [])].map((key) => odd?.get(key)?.toValue())).toEqual([2])
  })
})

test('a float and an integer that are one key in JavaScript are one key in a view: the last one counts', () => {
  for (const text of ['a2 01 6161 fb3ff0000000000000 6162', 'a2 fb3ff0000000000000 6161 01 6162']) {
    const bytes = unhex(text.replaceAll(' ', ''))
    const view = codec.payload('cbor').view(bytes)
    expect(view.get('1')?.toValue()).toBe('b')
    expect([...view.keys()].map((key) => view.get(key)?.toValue())).toEqual(['b'])
    expect(view.length).toBe(1)
    expect(codec.payload('cbor').decode(bytes)).toEqual(new Map([[1, 'b']]))
  }
})

test.each(PAYLOAD_FORMATS)('a key that is no well-formed text finds nothing in %s', (format) => {
  const view = codec.payload(format).view(codec.payload(format).encode({ '\ufffd': 1 }))
  expect(view.get('\ufffd')?.toValue()).toBe(1)
  expect(view.get('\ud800')).toBeUndefined()
})

test.each(PAYLOAD_FORMATS)(
  'views of %s show the same where other frames are decoded between any two steps',
  (format) => {
    const random = createRandom(20_261_130)
    const cbor = codec.serializer('cbor')
    const frames = [1, 2].map((request) =>
      cbor.encode(new Publish({ request, topic: 'a.b', args: ['x'.repeat(request * 300)] })),
    )
    const away = (): void => void cbor.decode(random.pick(frames))
    const walked = (view: PayloadView): unknown => {
      away()
      if (view.kind === 'array') {
        const views =
          random.int(0, 1) === 0 ? [...view] : Array.from({ length: view.length }, (_, i) => view.at(i))
        return views.map((item) => walked(item as PayloadView))
      }
      if (view.kind !== 'map') return view.toValue()
      const pairs: [string, unknown][] = []
      for (const key of view.keys()) {
        away()
        pairs.push([key, walked(view.get(key) as PayloadView)])
      }
      return Object.fromEntries(pairs)
    }
    for (let i = 0; i < 60; i++) {
      const value = random.value(4, { bytes: true })
      const bytes = codec.payload(format).encode(value).slice()
      const view = codec.payload(format).view(bytes)
      expect(walked(view)).toEqual(codec.payload(format).decode(bytes))
      const each = [...view]
      away()
      expect(each.map((item) => item.toValue())).toEqual([...view].map((item) => item.toValue()))
    }
  },
)

test('FlexBuffers that were changed to lead round in a circle are as deep as the limit', () => {
  const bytes = encode('flexbuffers', [[[1, 'a']]])
  const view = codec.payload('flexbuffers').view(bytes)
  // The root's first element becomes the root: its offset leads to where it stands itself.
  bytes[bytes.length - 5] = 0
  let at: PayloadView | undefined = view
  const error = errorOf(() => {
    for (let i = 0; i < 1000; i++) at = at?.at(0)
  })
  expect(error.code).toBe('DEPTH_LIMIT')
})

test('20,000 elements are found by iteration and by their indices', () => {
  for (const format of PAYLOAD_FORMATS) {
    const list = Array.from({ length: 20_000 }, (_, i) => [i])
    const view = codec.payload(format).view(encode(format, list))
    let sum = 0
    for (const item of view) sum += item.at(0)?.toValue() as number
    for (let i = 0; i < 20_000; i++) sum += view.path(i)?.length as number
    expect(sum).toBe(199_990_000 + 20_000)
  }
})

describe.each(PAYLOAD_FORMATS)('a view of %s that was changed after the check', (format) => {
  test('reads other values or throws ProtocolError, whatever was changed', () => {
    const random = createRandom(20261123)
    for (let round = 0; round < 400; round++) {
      // Room around the value shows a read that leaves it: it would find what stands there.
      const inner = encode(format, random.value(3, { bytes: true }))
      const bytes = new Uint8Array(inner.length + 32).fill(0xff)
      bytes.set(inner, 16)
      const view = codec.payload(format).view(bytes.subarray(16, 16 + inner.length))
      const known = [view, ...view].slice(0, 20)
      for (let i = random.int(1, 8); i > 0; i--)
        bytes[16 + random.int(0, inner.length - 1)] = random.int(0, 255)
      // Another frame, so that the kernel has to take the changed one.
      codec.payload('json').validate(utf8('[1]'))
      for (const item of known) {
        for (const read of [
          () => readAll(item),
          () => item.toValue(),
          () => item.path('a', 0, 'name'),
          () => item.at(3)?.at(0),
          () => item.length,
        ]) {
          try {
            read()
          } catch (error) {
            expect(error).toBeInstanceOf(ProtocolError)
          }
        }
      }
    }
  })

  test('reads or throws ProtocolError when all bytes are the same', () => {
    const bytes = encode(format, { a: [1, { b: 'text' }], c: 'x'.repeat(40) })
    for (let fill = 0; fill < 256; fill++) {
      const own = Uint8Array.from(bytes)
      const view = codec.payload(format).view(own)
      const inner = view.get('a')
      own.fill(fill)
      codec.payload('json').validate(utf8('[1]'))
      for (const read of [() => inner?.path(1, 'b')?.toValue(), () => readAll(view)]) {
        try {
          read()
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError)
        }
      }
    }
  })
})

describe.each(['eager', 'deferred'] as const)('in a batch, %s', (payloadValidation) => {
  test.each(['json', 'msgpack', 'cbor', 'ubjson'] as const)(
    '%s is read where it lies, and elsewhere',
    (format) => {
      const batched = createCodec({ payloadValidation }).serializer(`${format}.batched`)
      const random = createRandom(20_261_123)
      const single = codec.serializer(format)
      for (let round = 0; round < 50; round++) {
        const sent = Array.from({ length: 3 }, (_, request) => {
          const kwargs = { a: random.value(2), b: [random.value(2), { c: request }] }
          return new Publish({ request, topic: 'a.b', args: [random.value(2), request], kwargs })
        })
        const wanted = sent.map((message) => (single.decode(single.encode(message)) as Publish).detach())
        for (const { args, kwargs } of wanted) expect([args, kwargs]).not.toContain(null)
        const got = batched.decodeAll(batched.encodeAll(sent)) as Publish[]
        // The last one is before the kernel still; the others are brought there again.
        for (const i of [2, 0, 1, 2]) {
          const { args, kwargs } = wanted[i] as Publish
          const view = (got[i] as Publish).payloadView
          expect(view.path('args', 1)?.toValue()).toBe(i)
          expect(view.path('kwargs', 'b', 1, 'c')?.toValue()).toBe(i)
          expect([...(view.get('kwargs')?.keys() ?? [])]).toEqual(['a', 'b'])
          if (random.int(0, 1) === 0) codec.payload('json').validate(json('[1,2,3]'))
          expect(readAll(view)).toEqual({ args, kwargs })
        }
      }
    },
  )
})

test('a key and a string of FlexBuffers that begin at one place are two texts, in any order', () => {
  // A text of 100 letters with NUL in place 70: the key ends there.
  const text = Buffer.alloc(102, 0x61)
  text[0] = 100
  text[71] = text[101] = 0
  const vector = Buffer.from([2, 102, 103, 5 << 2, 4 << 2])
  const bytes = Buffer.concat([text, vector, Buffer.from([4, 10 << 2, 1])])
  const payload = codec.payload('flexbuffers')
  const expected = payload.decode(bytes) as string[]
  expect(expected.map((each) => each.length)).toEqual([100, 70])
  expect([...payload.view(bytes)].map((each) => each.toValue())).toEqual(expected)
  const view = payload.view(bytes)
  expect([view.at(1)?.toValue(), view.at(0)?.toValue()]).toEqual([expected[1], expected[0]])
})

test('a long text of FlexBuffers that was read is gone with its bytes', () => {
  const payload = codec.payload('flexbuffers')
  const bytes = payload.encode(['x'.repeat(100), 'y']).slice()
  const view = payload.view(bytes)
  const elements = [...view]
  for (const element of elements) element.toValue()
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
  for (const element of elements)
    expect(() => element.toValue()).toThrow(expect.objectContaining({ code: 'RELEASED' }))
})

test('get finds the same values of FlexBuffers after all keys were asked for, as long as the bytes are there', () => {
  const payload = codec.payload('flexbuffers')
  const bytes = payload.encode({ a: 1, b: { c: 'x' }, '': null }).slice()
  const view = payload.view(bytes)
  const found = (): unknown[] => ['a', 'b', '', 'c', 'a\0'].map((key) => view.get(key)?.toValue())
  const before = found()
  expect(before).toEqual([1, { c: 'x' }, null, undefined, undefined])
  expect([...view.keys()].sort()).toEqual(['', 'a', 'b'])
  expect(found()).toEqual(before)
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
  for (const key of ['a', 'c']) {
    expect(() => view.get(key)).toThrow(expect.objectContaining({ code: 'RELEASED' }))
  }
})

test('the error of a view whose bytes were changed says what is wrong with them, and where', () => {
  const bytes = Uint8Array.of(0x83, 1, 2, 3)
  const view = codec.payload('cbor').view(bytes)
  bytes[2] = 0x1c
  codec.payload('json').validate(utf8('[1]'))
  expect(() => view.at(2)).toThrow(expect.objectContaining({ code: 'BAD_TOKEN', offset: 2 }))
})

test('tags that are kept tell keys apart, and a view does not see them: the last of its keys counts', () => {
  // {1("a"): 1, "a": 2}
  const bytes = unhex('a2 c1 6161 01 6161 02')
  const payload = createCodec({ duplicateKeys: 'refuse', tags: 'tagged' }).payload('cbor')
  expect(payload.decode(bytes)).toHaveProperty('size', 2)
  const view = payload.view(bytes)
  const seen = () => [view.length, view.get('a')?.toValue(), view.path('a')?.toValue(), [...view].length]
  expect(seen()).toEqual([1, 2, 2, 1])
  expect([...view.keys()]).toEqual(['a'])
  expect(seen()).toEqual([1, 2, 2, 1])
  const plain = createCodec({ duplicateKeys: 'refuse' }).payload('cbor')
  expect(errorOf(() => plain.view(bytes)).code).toBe('DUPLICATE_KEY')
})

test.each<[string, [unknown, unknown][]]>([
  ['a float', [[new Float64(1), 'x']]],
  [
    'a float beside the integer',
    [
      [1, 'x'],
      [new Float64(1), 'y'],
      ['a', 'z'],
    ],
  ],
  [
    'the integer behind a float',
    [
      [new Float64(1), 'x'],
      [1, 'y'],
    ],
  ],
  [
    'a float beside the text',
    [
      [new Float64(1), 'x'],
      ['1', 'y'],
    ],
  ],
  [
    'two floats that are the same',
    [
      [1.5, 'x'],
      [new Float64(1.5), 'y'],
    ],
  ],
  [
    'a text with a tag',
    [
      [new Tagged(1, 'a'), 'x'],
      ['b', 'y'],
    ],
  ],
  [
    'an integer and its text',
    [
      [1, 'x'],
      ['1', 'y'],
      [2n, 'z'],
    ],
  ],
])('a built map with %s as a key is viewed as it is written', (_, entries) => {
  const built = new Publish({ request: 1, topic: 'a', args: [new Map(entries)] })
  const cbor = codec.serializer('cbor')
  const views = [built, cbor.decode(cbor.encode(built)) as Publish].map(
    ({ payloadView }) => payloadView.path('args', 0) as PayloadView,
  )
  const [own, received] = views.map((view) => ({
    length: view.length,
    keys: [...view.keys()],
    values: [...view].map((each) => each.toValue()),
    found: [...view.keys(), 1, '1', 1.5, 2, 'a'].map((key) => view.get(key)?.toValue()),
  }))
  expect(own).toEqual(received)
  expect(own?.found.slice(0, own.keys.length)).not.toContain(undefined)
})

test.each(['cbor', 'flatbuffers'] as const)(
  'tags around args and kwargs are no part of them in %s, also where tags are kept',
  (id) => {
    // 1([1(5)]), and 55799(32({"k": 1(6)})).
    const [args, kwargs] = [unhex('c1 81 c1 05'), unhex('d9d9f7 d820 a1 616b c1 06')]
    const tagged = createCodec({ tags: 'tagged' })
    const rawPayload = { format: 'cbor', mode: 'args', bytes: [args, kwargs] } as const
    const serializer = tagged.serializer(id, id === 'cbor' ? {} : { payloadSerializer: 'cbor' })
    const sent = new Publish({ request: 1, topic: 'a', rawPayload })
    const message = serializer.decode(serializer.encode(sent)) as Publish
    const wanted = { args: [new Tagged(1, 5)], kwargs: { k: new Tagged(1, 6) } }
    expect([message.args, message.kwargs]).toEqual([wanted.args, wanted.kwargs])
    const { payloadView: view } = message
    expect(view.toValue()).toEqual(wanted)
    expect(view.get('args')?.toValue()).toEqual(wanted.args)
    expect(view.get('kwargs')?.toValue()).toEqual(wanted.kwargs)
    expect([...view].map((each) => each.toValue())).toEqual([wanted.args, wanted.kwargs])
    expect(view.path('args', 0)?.toValue()).toEqual(new Tagged(1, 5))
    expect(view.path('kwargs', 'k')?.toValue()).toEqual(new Tagged(1, 6))
  },
)

test('a view of a built map leaves out what says that it is undefined, as writers do', () => {
  const nothing = { toJSON: () => undefined }
  for (const map of [
    { k: nothing, z: 1 },
    new Map<string, unknown>([
      ['k', nothing],
      ['z', 1],
    ]),
  ]) {
    const { payloadView } = new Publish({ request: 1, topic: 'a', args: [map] })
    const view = payloadView.path('args', 0) as PayloadView
    expect([view.length, [...view.keys()], [...view].length, view.get('k')]).toEqual([1, ['z'], 1, undefined])
  }
})
