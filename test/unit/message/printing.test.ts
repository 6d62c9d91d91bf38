/** Printing never throws: String(), console.log and util.inspect of messages, and of whatever else one may log. */
import { format, inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { createCodec, FanOut, Message, Publish, RawSocketCodec } from '../../../src/index.ts'
import { CLASSES, make } from './classes.ts'

const codec = createCodec()
const deferred = createCodec({ payloadValidation: 'deferred' })
const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))

/** PUBLISH of request 1 and topic `a`, whose args are broken. */
const BROKEN = {
  json: [Buffer.from('[16,1,{},"a",[1,2}]'), 'unexpected } in args (byte 17)'],
  cbor: [hex('851001a0616181ff'), 'unexpected byte 0xff in args (byte 7)'],
  msgpack: [hex('95100180a16191c1'), 'unexpected byte 0xc1 in args (byte 7)'],
  ubjson: [Buffer.from('[i\x10i\x01{}Si\x01a[?]]'), 'unexpected ? in args (byte 12)'],
} as const

/** Every way to print something. */
const prints = (value: unknown): string[] => [
  inspect(value),
  inspect(value, { depth: null, showHidden: true, getters: true, maxArrayLength: 3 }),
  inspect([{ value }], { compact: false }),
  format('%s', value),
  format('%o', value),
  format(value),
]

describe.each(Object.keys(BROKEN) as (keyof typeof BROKEN)[])(
  'a deferred payload in %s that is broken',
  (id) => {
    const [frame, text] = BROKEN[id]
    const line = `PUBLISH(request=1, topic="a", args=<cannot decode PUBLISH from ${id}: ${text}>)`

    test('is named once in what is printed, and reading it still throws', () => {
      const message = deferred.serializer(id).decode(frame) as Publish
      expect(String(message)).toBe(line)
      expect(`${message}`).toBe(line)
      for (const printed of prints(message)) expect(printed).toContain(line)
      expect(() => message.args).toThrow(text)
    })

    test('harms no print of the messages that were made from it', () => {
      const message = deferred.serializer(id).decode(frame) as Publish
      const forwarded = message.forward({ session: 7, authid: null, authrole: 'r' })
      expect(String(forwarded)).toContain(
        'forward_for=[{"session":7,"authid":null,"authrole":"r"}], args=<cannot',
      )
      const fanOut = new FanOut(deferred, message, { publication: 1 })
      for (const value of [forwarded, fanOut, [message, fanOut]]) expect(() => prints(value)).not.toThrow()
    })
  },
)

test('options that only an opaque payload explains are named where the payload is broken', () => {
  const message = deferred
    .serializer('json')
    .decode('[16,1,{"enc_algo":"cryptobox","exclude_me":false},"a",[1,2}]')
  expect(String(message)).toBe(
    'PUBLISH(request=1, topic="a", exclude_me=false, ' +
      'enc_algo=<cannot decode PUBLISH from json: unexpected } in args (byte 58)>)',
  )
})

test('values that throw, or whose memory is gone, are printed as far as that goes', () => {
  const gone = new Uint8Array(8)
  structuredClone(gone, { transfer: [gone.buffer] })
  const rows: readonly (readonly [unknown, string])[] = [
    [gone, 'args=["<0 bytes>"]'],
    [new DataView(new ArrayBuffer(1)), 'args=[{}]'],
    [
      Object.defineProperty({}, 'a', {
        enumerable: true,
        get: () => {
          throw new Error('no')
        },
      }),
      'args=<...>',
    ],
    [
      {
        toJSON: () => {
          throw null
        },
      },
      'args=<...>',
    ],
    [
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw 1
          },
        },
      ),
      'args=<...>',
    ],
    [Symbol('s'), 'args=[null]'],
  ]
  for (const [value, text] of rows) {
    const message = new Publish({ request: 1, topic: 'a', args: [value] })
    expect(String(message)).toBe(`PUBLISH(request=1, topic="a", ${text})`)
    for (const printed of prints(message)) expect(printed).toContain(text)
  }
})

test('getters of an application that throw are named, the other attributes are there', () => {
  class Odd extends Publish {
    override get args(): unknown[] | null {
      throw new TypeError('not now')
    }
  }
  const odd = new Odd({ request: 1, topic: 'a', kwargs: { k: 1 } })
  expect(String(odd)).toBe('PUBLISH(request=1, topic="a", args=<cannot be read>, kwargs={"k":1})')
})

test.each(CLASSES)(
  '$name: its class, its prototype and an object without slots are printed',
  ({ name, Class }) => {
    const bare = Object.create(Class.prototype) as Message
    for (const value of [Class, Class.prototype, bare, make(name)]) expect(() => prints(value)).not.toThrow()
    expect(String(bare).startsWith(`${Class.TABLE.name}(`)).toBe(true)
  },
)

test('the base class and a class without a table are printed', () => {
  class Own extends Message {}
  expect(String(new Own())).toBe('Own()')
  for (const value of [Message, Message.prototype, Own, new Own()]) expect(() => prints(value)).not.toThrow()
})

test('views, serializers, codecs and the rest are printed, also when the bytes below them are gone', () => {
  for (const id of ['json', 'cbor', 'msgpack', 'ubjson', 'flatbuffers'] as const) {
    const serializer = codec.serializer(id)
    const frame = serializer.encode(
      new Publish({ request: 1, topic: 'a', args: [{ b: [1, 'c'] }], kwargs: { d: 1 } }),
    )
    const bytes = frame.slice()
    const message = serializer.decode(bytes) as Publish
    const payload = codec.payload('json').encode([1])
    const things = [
      serializer,
      message,
      message.payloadView,
      message.payloadView.path('args', 0),
      message.rawPayload,
      message.toTransferable(),
      codec.payload('json').view(payload),
      new FanOut(codec, message, { publication: 1 }),
      new RawSocketCodec({ serializer, side: 'client' }),
    ]
    for (const thing of things) expect(() => prints(thing)).not.toThrow()
    structuredClone(bytes, { transfer: [bytes.buffer] })
    for (const thing of things) expect(() => prints(thing)).not.toThrow()
  }
  expect(() => prints([codec, codec.payload('opaque'), codec.stats()])).not.toThrow()
})
