/** Tests of src/message/passthru.ts: opaque payloads from one dialect to the other, and their bytes as they were. */
import { describe, expect, test } from 'vitest'
import {
  createCodec,
  EncodeError,
  EventMessage,
  initAppPayload,
  initForwardFor,
  type PayloadAttributes,
  Publish,
  withAppPayload,
  withForwardFor,
} from '../../../src/index.ts'
import { LIST_FORMATS } from '../../support/vectors.ts'

const BYTES = Uint8Array.of(0, 1, 2, 255)
const codec = createCodec()
const NONE = { ppt_scheme: null, ppt_serializer: null, ppt_cipher: null, ppt_keyid: null }
const NO_ENC = { enc_algo: null, enc_key: null, enc_serializer: null }

type Words = Readonly<Record<string, string | null>>

const PAIRS: readonly (readonly [enc: Words, ppt: Words])[] = [
  [{ enc_algo: 'cryptobox' }, { ppt_scheme: 'wamp', ppt_cipher: 'xsalsa20poly1305' }],
  [
    { enc_algo: 'cryptobox', enc_key: 'k', enc_serializer: 'cbor' },
    { ppt_scheme: 'wamp', ppt_cipher: 'xsalsa20poly1305', ppt_keyid: 'k', ppt_serializer: 'cbor' },
  ],
  [
    { enc_algo: 'mqtt', enc_serializer: 'json' },
    { ppt_scheme: 'mqtt', ppt_serializer: 'json' },
  ],
  [{ enc_algo: 'xbr' }, { ppt_scheme: 'x_xbr' }],
  [
    { enc_algo: 'x_mine', enc_serializer: 'x_my1' },
    { ppt_scheme: 'x_mine', ppt_serializer: 'x_my1' },
  ],
]

const make = (words: object): Publish =>
  new Publish({ request: 1, topic: 'a', payload: BYTES, exclude: [2], custom: { x_a: 1 }, ...words })

describe.each(PAIRS)('%j is %j', (enc, ppt) => {
  test('a built message says the same in both dialects', () => {
    const source = make(enc)
    expect(source.toPpt()).toMatchObject({ ...NONE, ...NO_ENC, ...ppt })
    expect(source.toPpt().equals(make(ppt))).toBe(true)
    expect(make(ppt).toEnc().equals(make(enc))).toBe(true)
    expect(source).toMatchObject({ ...NONE, ...NO_ENC, ...enc })
  })

  test.each(LIST_FORMATS)('a message that came in %s says the same in both dialects', (format) => {
    const serializer = codec.serializer(format)
    for (const payloadValidation of ['eager', 'deferred'] as const) {
      const reader = createCodec({ payloadValidation }).serializer(format)
      const source = reader.decode(serializer.encode(make(enc)).slice()) as Publish
      const bridged = source.toPpt()
      for (const other of LIST_FORMATS) {
        const target = codec.serializer(other)
        expect(target.encode(bridged)).toEqual(target.encode(make(ppt)))
        expect(target.encode(bridged.toEnc())).toEqual(target.encode(make(enc)))
        expect(target.encode(EventMessage.from(bridged, { subscription: 1, publication: 2 }))).toEqual(
          target.encode(EventMessage.from(make(ppt), { subscription: 1, publication: 2 })),
        )
      }
      expect(source.equals(make(enc))).toBe(true)
    }
  })
})

test.each([
  [{}, 'toPpt', 'enc_algo', 'a payload without enc_algo has no ppt_scheme'],
  [{ ppt_scheme: 'wamp' }, 'toEnc', 'ppt_cipher', 'ppt_scheme wamp with ppt_cipher null has no enc_algo'],
  [{ ppt_scheme: 'wamp', ppt_cipher: 'aes256gcm' }, 'toEnc', 'ppt_cipher', 'aes256gcm has no enc_algo'],
  [{ ppt_scheme: 'mqtt', ppt_cipher: 'aes256gcm' }, 'toEnc', 'ppt_cipher', 'has no enc_algo'],
  [{ ppt_scheme: 'other' }, 'toEnc', 'ppt_scheme', 'ppt_scheme "other" has no enc_algo'],
  [
    { ppt_scheme: 'mqtt', ppt_serializer: 'native' },
    'toEnc',
    'ppt_serializer',
    'ppt_serializer "native" has no enc_serializer',
  ],
] as const)('%j has no words in the other dialect', (words, way, path, text) => {
  const bridge = (): unknown => make(words)[way]()
  expect(bridge).toThrow(EncodeError)
  expect(bridge).toThrow(text)
  expect(bridge).toThrow(expect.objectContaining({ code: 'UNENCODABLE', path }))
})

test('a message without an opaque payload, or in that dialect already, is copied as it is', () => {
  for (const source of [
    new Publish({ request: 1, topic: 'a', args: [1] }),
    new Publish({ request: 1, topic: 'a' }),
  ]) {
    for (const copy of [source.toPpt(), source.toEnc()]) {
      expect(copy).not.toBe(source)
      expect(copy.equals(source)).toBe(true)
      copy.args = [2]
      expect(source.args).not.toEqual([2])
    }
  }
  const ppt = make({ ppt_scheme: 'other' })
  expect(ppt.toPpt().equals(ppt)).toBe(true)
})

test('the bytes are shared, and who detaches one of them detaches all', () => {
  const serializer = codec.serializer('cbor')
  const frame = serializer.encode(make({ enc_algo: 'mqtt' }))
  const chunk = new Uint8Array(frame.length + 1000)
  chunk.set(frame, 500)
  const source = serializer.decode(chunk.subarray(500, 500 + frame.length)) as Publish
  const bridged = source.toPpt()
  const expected = serializer.encode(bridged).slice()
  expect(bridged.payload?.buffer).toBe(chunk.buffer)
  expect(bridged.retainedBytes).toBe(chunk.length)
  source.detach()
  chunk.fill(0)
  bridged.uncache()
  expect(serializer.encode(bridged)).toEqual(expected)
  expect(bridged.payload).toEqual(BYTES)
  expect(bridged.retainedBytes).toBe(frame.length)
})

test('an application’s own class has the bridge, too', () => {
  class Plain extends withAppPayload(withForwardFor(class {})) {
    readonly name: string
    constructor(attributes: PayloadAttributes) {
      super()
      this.name = 'own'
      initForwardFor(this, {})
      initAppPayload(this, attributes)
    }
  }
  const source = new Plain({ payload: BYTES, enc_algo: 'cryptobox' })
  const bridged = source.toPpt()
  expect(bridged).toBeInstanceOf(Plain)
  expect(bridged.name).toBe('own')
  expect(bridged).toMatchObject({
    ppt_scheme: 'wamp',
    ppt_cipher: 'xsalsa20poly1305',
    enc_algo: null,
    payload: BYTES,
  })
  expect(source.enc_algo).toBe('cryptobox')
  const forwarded = source.forward({ session: 1, authid: null, authrole: null })
  expect(forwarded.forwardOrigin()?.session).toBe(1)
  expect(source.forward_for).toBeNull()
})
