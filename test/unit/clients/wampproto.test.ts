import { describe, expect, test } from 'vitest'
import { type WampprotoModule, wampproto, wampprotoOptions } from '../../../src/clients/wampproto.ts'
import { createCodec } from '../../../src/index.ts'
import { createLists } from '../../../src/lists/index.ts'

interface Message {
  marshal(): unknown[]
}

interface Serializer {
  serialize(message: Message): string | Uint8Array
  deserialize(data: string | Uint8Array): Message
}

/** Of the contract, and how a message is made and a subprotocol chosen. */
interface Fixture extends WampprotoModule {
  readonly JSONSerializer: new () => Serializer
  readonly MsgPackSerializer: new () => Serializer
  readonly CBORSerializer: new () => Serializer
  readonly Publish: new (list: readonly unknown[]) => Message
  getSubProtocol(serializer: object): string
}

// Plain JavaScript, because an example of the documents imports it too.
const fixture = new URL('../../clients/fixtures/wampproto.mjs', import.meta.url).href
const module = (await import(fixture)) as Fixture

const codec = createCodec()
const LIST = [16, 1, {}, 'com.example.topic', ['ü', Uint8Array.of(1, 2), 2 ** 53 - 1], { key: null }]

describe.each(['json', 'msgpack', 'cbor'] as const)('a serializer of %s', (id) => {
  const preset = wampprotoOptions(id)
  const kinds = [codec.lists(id, { ...preset, check: 'list' }), createLists(id, preset)]

  test('is an instance of the class that xconn-js looks for', () => {
    for (const lists of kinds) expect(module.getSubProtocol(wampproto(module, lists))).toBe(`wamp.2.${id}`)
  })

  test('writes what a message marshals, and makes messages of what comes', () => {
    for (const lists of kinds) {
      const serializer = wampproto(module, lists)
      const frame = serializer.serialize(new module.Publish(LIST))
      expect(lists.decode(frame)).toEqual(LIST)
      const message = serializer.deserialize(frame)
      expect(message).toBeInstanceOf(module.Publish)
      expect(message.marshal()).toStrictEqual(LIST)
    }
  })
})

test.each(['message', 'list'] as const)(
  'a WELCOME with roles of a client, which its own tests send, passes with check %s',
  (check) => {
    const welcome = [2, 1, { roles: { caller: {} } }]
    const lists = codec.lists('cbor', { check })
    expect(lists.decode(lists.encode(welcome))).toEqual(welcome)
  },
)

test('formats that xconn-js has no name for are refused, and so are other arguments', () => {
  expect(() => wampproto(module, codec.lists('ubjson'))).toThrow(
    new RangeError('wampproto has json, msgpack and cbor, got ubjson'),
  )
  expect(() => wampproto(module, {} as never)).toThrow(
    new TypeError('wampproto: expected a list codec, of codec.lists or createLists'),
  )
  expect(() => wampproto({} as never, codec.lists('cbor'))).toThrow(
    new TypeError('wampproto: expected the module wampproto'),
  )
})
