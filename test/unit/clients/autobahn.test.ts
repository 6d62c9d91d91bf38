import { expect, test } from 'vitest'
import { autobahn, autobahnOptions } from '../../../src/clients/autobahn.ts'
import { createCodec, type ProtocolError } from '../../../src/index.ts'
import { createLists } from '../../../src/lists/index.ts'

const codec = createCodec()
const EVENT = [36, 1, 2, {}, ['hello']]

test.each(['json', 'msgpack', 'cbor', 'ubjson'] as const)(
  'a serializer of %s has what autobahn asks for',
  (id) => {
    const serializer = autobahn(codec.lists(id))
    expect(serializer).toMatchObject({ SERIALIZER_ID: id, BINARY: id !== 'json' })
    const frame = serializer.serialize(EVENT)
    expect(typeof frame).toBe(id === 'json' ? 'string' : 'object')
    expect(serializer.unserialize(frame as string | Uint8Array)).toEqual(EVENT)
  },
)

test('a frame may be an ArrayBuffer, bytes, or text', () => {
  const frame = codec.lists('cbor').encode(EVENT) as Uint8Array
  expect(autobahn(codec.lists('cbor')).unserialize(Uint8Array.from(frame).buffer)).toEqual(EVENT)
  expect(autobahn(codec.lists('cbor')).unserialize(Buffer.from(frame))).toEqual(EVENT)
  expect(autobahn(codec.lists('json')).unserialize(Buffer.from(JSON.stringify(EVENT)))).toEqual(EVENT)
  expect(autobahn(codec.lists('json')).unserialize(JSON.stringify(EVENT))).toEqual(EVENT)
})

test('errors are thrown without onError', () => {
  const serializer = autobahn(codec.lists('cbor'))
  expect(() => serializer.unserialize(Uint8Array.of(0x81))).toThrow('cannot decode')
  expect(() => serializer.serialize([36, 1, 2, {}, [() => {}]])).toThrow('a function')
})

test('with onError an unreadable frame becomes a list that autobahn refuses', () => {
  const errors: unknown[] = []
  const serializer = autobahn(codec.lists('cbor'), { onError: (error) => errors.push(error) })
  expect(serializer.unserialize(Uint8Array.of(0x81))).toEqual([])
  expect(errors.map((error) => (error as ProtocolError).name)).toEqual(['ProtocolError'])
})

test('with onError nothing is sent of a message that cannot be written', async () => {
  const errors: unknown[] = []
  const serializer = autobahn(codec.lists('cbor'), { onError: (error) => errors.push(error) })
  const frame = serializer.serialize([36, 1, 2, {}, [() => {}]])
  const first = await Promise.race([frame, new Promise((done) => setImmediate(done, 'something else'))])
  expect(first).toBe('something else')
  expect(errors.map((error) => (error as ProtocolError).name)).toEqual(['EncodeError'])
})

test('anything but a list codec is refused, and so is a misspelled option', () => {
  const refusal = new TypeError('autobahn: expected a list codec, of codec.lists or createLists')
  expect(() => autobahn(codec.serializer('cbor') as never)).toThrow(refusal)
  expect(() => autobahn(undefined as never)).toThrow(refusal)
  const misspelled = { onerror: () => {} } as object
  expect(() => autobahn(codec.lists('cbor'), misspelled)).toThrow(
    new TypeError('autobahn has no option onerror; it has onError'),
  )
  for (const wrong of [null, { onError: 5 }, { onError: null }]) {
    expect(() => autobahn(codec.lists('cbor'), wrong as never)).toThrow(
      new TypeError('autobahn: onError must be a function'),
    )
  }
})

test('a preset serves both kinds of list codecs', () => {
  const event = [36, 1, 2, {}, [Uint8Array.of(1), 2n ** 62n + 1n]]
  for (const lists of [
    codec.lists('msgpack', autobahnOptions('msgpack')),
    createLists('msgpack', autobahnOptions('msgpack')),
  ]) {
    expect(autobahn(lists).unserialize(lists.encode(event))).toStrictEqual([
      36,
      1,
      2,
      {},
      [Buffer.of(1), 2 ** 62],
    ])
  }
})
