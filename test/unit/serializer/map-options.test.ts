/** Dictionaries of options that the application gives as Maps: written as plain objects are. */
import { expect, test } from 'vitest'
import { createCodec, Hello, type Message, Welcome } from '../../../src/index.ts'

const codec = createCodec()
const LISTS = ['json', 'msgpack', 'cbor', 'ubjson'] as const
const mapOf = (values: object): never => new Map(Object.entries(values)) as never

const welcome = (authextra: Record<string, unknown> | null): Welcome =>
  new Welcome({ session: 1, roles: { broker: {} }, authextra })
const PAIRS: readonly [Message, Message][] = [
  [welcome(mapOf({ a: 'b' })), welcome({ a: 'b' })],
  [welcome(mapOf({})), welcome({})],
  [
    new Hello({ roles: mapOf({ caller: mapOf({ features: mapOf({}) }) }), authextra: mapOf({ a: 'b' }) }),
    new Hello({ roles: { caller: { features: {} } }, authextra: { a: 'b' } }),
  ],
]

test.each([...LISTS, 'flatbuffers'] as const)('Maps in the options of a message are written in %s', (id) => {
  const serializer = codec.serializer(id)
  for (const [given, plain] of PAIRS) {
    expect(serializer.encode(given)).toEqual(serializer.encode(plain))
    expect([given.equals(plain), plain.equals(given)]).toEqual([true, true])
    expect(codec.lossReport(given, serializer)).toEqual(codec.lossReport(plain, serializer))
    expect(codec.fromTransferable(given.toTransferable()).equals(plain)).toBe(true)
  }
  expect((serializer.decode(serializer.encode(welcome(mapOf({ a: 'b' })))) as Welcome).authextra).toEqual({
    a: 'b',
  })
  expect(welcome(mapOf({ a: 'b' })).equals(welcome({}))).toBe(false)
})

test.each(LISTS)('Maps in the options of a list are written in %s', (id) => {
  const roles = { broker: {} }
  for (const check of ['message', 'list'] as const) {
    const lists = codec.lists(id, { check })
    const [, , options] = lists.decode(lists.encode([2, 1, { authextra: mapOf({ a: 'b' }), roles }]))
    expect(options).toEqual({ authextra: { a: 'b' }, roles })
  }
  const lists = codec.lists(id)
  expect(lists.decode(lists.encode([2, 1, { authextra: mapOf({}), roles }]))).toEqual([2, 1, { roles }])
})
