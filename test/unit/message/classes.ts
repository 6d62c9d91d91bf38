/** What the tests of messages share: every class with the least that it needs, and values of every kind. */
import { type Message, message } from '../../../src/index.ts'
import type { Kind } from '../../../src/message/table.ts'

/** A concrete class; the attributes are checked when it runs. */
export type MessageClass = (new (
  attributes: object,
) => Message) &
  Pick<typeof Message, 'TABLE' | 'MESSAGE_TYPE' | 'CATEGORY' | 'parse'>

const classes = message as unknown as Readonly<Record<string, MessageClass>>

/** The attributes that each class cannot do without. */
const LEAST: Readonly<Record<string, object>> = {
  Hello: { realm: 'realm1', roles: { caller: {} } },
  Welcome: { session: 1, roles: { broker: {} } },
  Abort: { reason: 'wamp.close.normal' },
  Challenge: { method: 'ticket' },
  Authenticate: { signature: 'secret' },
  Goodbye: { reason: 'wamp.close.normal' },
  Error: { request_type: 48, request: 1, error: 'com.example.error' },
  Publish: { request: 1, topic: 'com.example' },
  Published: { request: 1, publication: 2 },
  Subscribe: { request: 1, topic: 'com.example' },
  Subscribed: { request: 1, subscription: 2 },
  Unsubscribe: { request: 1, subscription: 2 },
  Unsubscribed: { request: 0 },
  Event: { subscription: 1, publication: 2 },
  EventReceived: { publication: 1 },
  Call: { request: 1, procedure: 'com.example' },
  Cancel: { request: 1 },
  Result: { request: 1 },
  Register: { request: 1, procedure: 'com.example' },
  Registered: { request: 1, registration: 2 },
  Unregister: { request: 1, registration: 2 },
  Unregistered: { request: 0 },
  Invocation: { request: 1, registration: 2 },
  Interrupt: { request: 1 },
  Yield: { request: 1 },
}

/** Each class by WAMP's own name of it. */
export const CLASSES: readonly { name: string; Class: MessageClass; least: Record<string, unknown> }[] =
  Object.entries(LEAST).map(([name, least]) => ({
    name,
    Class: classes[name] as MessageClass,
    least: least as Record<string, unknown>,
  }))

/** The least message of a class, with more attributes. */
export function make(name: string, more: object = {}): Message {
  return new (classes[name] as MessageClass)({ ...LEAST[name], ...more })
}

const DICTS_NOT = [[], 'a', 1, new Uint8Array(1), new Map([[1, 1]]), new Date(0), new Set()]
const TEXTS_NOT = [1, true, {}, ['a'], 1n]

/** Values of each kind that are right, and some that are wrong. */
export const VALUES: Readonly<Record<Kind, readonly [right: readonly unknown[], wrong: readonly unknown[]]>> =
  {
    id: [
      [0, 1, 2 ** 53],
      [-1, 1.5, 2 ** 53 + 2, 1n, '1', -0],
    ],
    int: [
      [0, -1, 2 ** 40, 10n ** 30n],
      [1.5, '1', true, Number.NaN, -0],
    ],
    uint: [
      [0, 5, 10n ** 30n],
      [-1, -1n, 1.5, '1'],
    ],
    count: [
      [1, 2 ** 20],
      [0, -1, 1.5],
    ],
    bool: [
      [true, false],
      [0, 1, 'true', {}],
    ],
    text: [['', 'a', '\u{1f600}'], TEXTS_NOT],
    textOrNull: [['', 'a'], TEXTS_NOT],
    uri: [
      ['a', 'com.example', '\u00e9'],
      ['', 'a b', 'a..b', 'a.', '#', 1],
    ],
    dict: [[{}, { a: 1 }, new Map([['a', 1]])], DICTS_NOT],
    dictOrNull: [[{}, { a: [1] }], DICTS_NOT],
    ints: [
      [[], [1, -5, 2n ** 60n]],
      [[1.5], ['1'], 1, {}],
    ],
    texts: [
      [[], ['a', '']],
      [[1], 'a', [null]],
    ],
    hops: [
      [
        [],
        [{ session: 1, authid: null, authrole: 'r', more: 1 }],
        [{ session: 1, authid: 'a', authrole: null }],
      ],
      [
        {},
        [1],
        [{ session: 'x', authid: null, authrole: 'r' }],
        [{ session: 1, authid: 1, authrole: 'r' }],
        [{}],
      ],
    ],
    clientRoles: [
      [
        { caller: {} },
        { publisher: { features: { payload_transparency: true, x_mine: 'a' } } },
        { broker: {} },
        { caller: {}, x_mine: 1 },
      ],
      [{}, [], { caller: 1 }, { caller: { features: { call_timeout: 1 } } }],
    ],
    routerRoles: [
      [
        { dealer: {} },
        { broker: { features: { event_history: null } }, dealer: { more: 1 } },
        { caller: {} },
        { broker: {}, x_mine: 1 },
      ],
      [{}, { broker: { features: [] } }, { broker: { features: { event_history: 'yes' } } }],
    ],
    match: [
      ['exact', 'prefix', 'wildcard'],
      ['Exact', '', 1],
    ],
    invoke: [
      ['single', 'first', 'last', 'roundrobin', 'random'],
      ['all', 1],
    ],
    cancelMode: [
      ['skip', 'kill', 'killnowait'],
      ['abort', true],
    ],
    interruptMode: [['kill', 'killnowait'], ['skip']],
    encAlgo: [
      ['cryptobox', 'mqtt', 'xbr', 'x_', 'x_my_algo1'],
      ['', 'aes', 'x_A', 'X_', 1],
    ],
    encKey: [['', 'key'], TEXTS_NOT],
    encSerializer: [
      ['json', 'msgpack', 'cbor', 'ubjson', 'opaque', 'flatbuffers', 'flexbuffers', 'x_mine'],
      ['', 'transport', 'x_1', 1],
    ],
  }
