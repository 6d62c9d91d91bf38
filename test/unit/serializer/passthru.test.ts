/** The option `passthru`: the dialect in which opaque payloads are written, whatever they came in. */
import { describe, expect, test } from 'vitest'
import { createCodec, EncodeError, ProtocolError, Publish } from '../../../src/index.ts'

const payload = Uint8Array.of(1, 2, 3)
const enc = { enc_algo: 'cryptobox', enc_key: 'k', enc_serializer: 'cbor' }
const ppt = { ppt_scheme: 'wamp', ppt_cipher: 'xsalsa20poly1305', ppt_keyid: 'k', ppt_serializer: 'cbor' }
const none = Object.fromEntries(Object.keys({ ...enc, ...ppt }).map((name) => [name, null]))
const describedBy = (words: object): Publish => new Publish({ request: 1, topic: 'a.b', payload, ...words })

describe.each(['eager', 'deferred'] as const)('passthru, %s', (payloadValidation) => {
  const codec = createCodec({ payloadValidation })

  test.each(['json', 'msgpack', 'cbor', 'ubjson', 'cbor.batched'] as const)(
    'the serializer writes the dialect that it is told in %s',
    (id) => {
      const plain = codec.serializer(id)
      const [toEnc, toPpt] = [
        codec.serializer(id, { passthru: 'enc' }),
        codec.serializer(id, { passthru: 'ppt' }),
      ]
      for (const built of [describedBy(enc), describedBy(ppt)]) {
        for (const message of [built, plain.decode(plain.encode(built))]) {
          expect(plain.decode(toEnc.encode(message))).toMatchObject({ ...none, ...enc, payload })
          expect(plain.decode(toPpt.encode(message))).toMatchObject({ ...none, ...ppt, payload })
          const parts = toPpt.encodeParts(message)
          expect(Buffer.concat(parts)).toEqual(Buffer.from(toPpt.encode(message)))
          expect(toPpt.byteLength(message)).toBe(toPpt.encode(message).length)
          expect(message.equals(built)).toBe(true)
        }
      }
      const args = new Publish({ request: 1, topic: 'a.b', args: [1] })
      expect(toPpt.encode(args)).toEqual(plain.encode(args))
    },
  )

  test('FlatBuffers has only enc_*', () => {
    const flat = codec.serializer('flatbuffers', { passthru: 'enc' })
    expect(flat.decode(flat.encode(describedBy(ppt)))).toMatchObject({ ...enc, payload })
    expect(() => codec.serializer('flatbuffers', { passthru: 'ppt' })).toThrow(RangeError)
    expect(() => codec.serializer('cbor', { passthru: 'xyz' as 'ppt' })).toThrow(RangeError)
  })

  test('a payload that says nothing of itself has no other dialect', () => {
    expect(() => codec.serializer('cbor', { passthru: 'ppt' }).encode(describedBy({}))).toThrow(EncodeError)
  })
})

describe('losses of a serializer with a dialect', () => {
  const codec = createCodec()
  const json = codec.serializer('json')

  test('a broken payload that was deferred is no loss', () => {
    const deferred = createCodec({ payloadValidation: 'deferred' })
    const message = deferred.serializer('json').decode('[16,1,{},"a.b",[tru]]')
    expect(() => deferred.lossReport(message, deferred.serializer('cbor', { passthru: 'ppt' }))).toThrow(
      ProtocolError,
    )
  })

  test('only args arrive as an empty list that were not there', () => {
    const message = new Publish({ request: 1, topic: 'a.b', kwargs: { a: 1 } })
    expect(codec.lossReport(message, json)).toEqual([{ path: 'args', reason: 'it arrives as an empty list' }])
  })
})
