/**
 * wampproto-js and xconn-js are not in the registry, so their classes are here as their contract has them: a serializer
 * class for each format, messages with `marshal`, `ToMessage`, and the choice of the subprotocol by `instanceof`.
 */
import { describe, expect, test } from 'vitest'
import { wampproto, wampprotoOptions } from '../../../src/clients/wampproto.ts'
import { createCodec } from '../../../src/index.ts'
import { createLists } from '../../../src/lists/index.ts'

interface Message {
  marshal(): unknown[]
}

class Publish implements Message {
  readonly #list: readonly unknown[]

  constructor(list: readonly unknown[]) {
    this.#list = list
  }

  marshal(): unknown[] {
    return [...this.#list]
  }
}

/** What its own serializers write and read: none of it may come through. */
const OWN = 'its own serializer was asked'

class JSONSerializer {
  serialize(_message: Message): string {
    throw new Error(OWN)
  }
  deserialize(_data: string): Message {
    throw new Error(OWN)
  }
}

class CBORSerializer {
  serialize(_message: Message): Uint8Array {
    throw new Error(OWN)
  }
  deserialize(_data: Uint8Array): Message {
    throw new Error(OWN)
  }
}

class MsgPackSerializer {
  // Its own has a private member too, which a class of another library could not have.
  readonly #name: string = 'msgpack'

  serialize(_message: Message): Uint8Array {
    throw new Error(`${OWN}: ${this.#name}`)
  }
  deserialize(_data: Uint8Array): Message {
    throw new Error(`${OWN}: ${this.#name}`)
  }
}

const module = {
  JSONSerializer,
  CBORSerializer,
  MsgPackSerializer,
  ToMessage(list: unknown[]): Message {
    if (list[0] !== 16) throw new Error(`unknown message: ${list[0]}`)
    return new Publish(list)
  },
}

/** As xconn-js chooses it. */
function subprotocolOf(serializer: object): string {
  if (serializer instanceof JSONSerializer) return 'wamp.2.json'
  if (serializer instanceof CBORSerializer) return 'wamp.2.cbor'
  if (serializer instanceof MsgPackSerializer) return 'wamp.2.msgpack'
  throw new Error('invalid serializer')
}

const codec = createCodec()
const LIST = [16, 1, {}, 'com.example.topic', ['ü', Uint8Array.of(1, 2), 2 ** 53 - 1], { key: null }]

describe.each(['json', 'msgpack', 'cbor'] as const)('a serializer of %s', (id) => {
  const preset = wampprotoOptions(id)
  const kinds = [codec.lists(id, { ...preset, check: 'list' }), createLists(id, preset)]

  test('is an instance of the class that xconn-js looks for', () => {
    for (const lists of kinds) expect(subprotocolOf(wampproto(module, lists))).toBe(`wamp.2.${id}`)
  })

  test('writes what a message marshals, and makes messages of what comes', () => {
    for (const lists of kinds) {
      const serializer = wampproto(module, lists) as CBORSerializer
      const frame = serializer.serialize(new Publish(LIST))
      expect(lists.decode(frame)).toEqual(LIST)
      const message = serializer.deserialize(frame)
      expect(message).toBeInstanceOf(Publish)
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
    new RangeError('wampproto has json, msgpack and cbor, got "ubjson"'),
  )
  expect(() => wampproto(module, {} as never)).toThrow(
    new TypeError('wampproto: expected a list codec (codec.lists or createLists), got a dictionary'),
  )
  expect(() => wampproto({} as never, codec.lists('cbor'))).toThrow(
    new TypeError('wampproto: expected the module wampproto, got a dictionary'),
  )
})

test.each([
  ['json', 'number'],
  ['msgpack', 'number'],
  ['cbor', 'auto'],
] as const)('the preset for %s reads large integers as %s', (id, integers) => {
  expect(wampprotoOptions(id)).toEqual({
    binary: 'copy',
    integers,
    unrepresentable: 'json',
    peers: 'lenient',
  })
})
