/** `negotiate`: the first supported serializer that is offered, whatever else is. */
import { expect, test } from 'vitest'
import { negotiate } from '../../src/index.ts'
import { BATCHED, SERIALIZERS } from './support.ts'

const [json, msgpack, cbor, ubjson, flatbuffers] = SERIALIZERS
const ALL = [cbor, msgpack, json, ubjson, flatbuffers, ...BATCHED].filter((one) => one !== undefined)

const chosen: readonly (readonly [what: string, offered: Iterable<string>, subprotocol: string | null])[] = [
  ['the only name', ['wamp.2.json'], 'wamp.2.json'],
  ['the server has the priority', ['wamp.2.json', 'wamp.2.msgpack', 'wamp.2.cbor'], 'wamp.2.cbor'],
  ['names that nobody knows', ['soap', 'wamp.2.msgpack', 'wamp.3.cbor'], 'wamp.2.msgpack'],
  ['a batched name', ['wamp.2.cbor.batched'], 'wamp.2.cbor.batched'],
  ['batched is another name', ['wamp.2.ubjson.batched', 'wamp.2.json'], 'wamp.2.json'],
  ['a name with two dots more', ['wamp.2.json.batched.v2'], null],
  ['flatbuffers', ['wamp.2.flatbuffers'], 'wamp.2.flatbuffers'],
  ['repeated names', ['wamp.2.json', 'wamp.2.json', 'wamp.2.json'], 'wamp.2.json'],
  ['a Set, as ws gives it', new Set(['wamp.2.json']), 'wamp.2.json'],
  ['a header value', ['wamp.2.json, wamp.2.msgpack'], 'wamp.2.msgpack'],
  ['a header value by itself', 'wamp.2.json,wamp.2.msgpack', 'wamp.2.msgpack'],
  ['blanks and tabs', [' \twamp.2.json\t '], 'wamp.2.json'],
  ['empty elements', [',, wamp.2.json ,', ''], 'wamp.2.json'],
  ['several header lines', ['wamp.2.json', 'soap, wamp.2.ubjson'], 'wamp.2.json'],
  ['upper case is another name', ['WAMP.2.JSON', 'Wamp.2.cbor'], null],
  ['a prefix of a name', ['wamp.2', 'wamp.2.', 'wamp.2.jso'], null],
  ['a name inside of a name', ['xwamp.2.json', 'wamp.2.jsonx'], null],
  ['a blank inside of a name', ['wamp.2. json'], null],
  ['names of Object', ['__proto__', 'constructor', 'wamp.2.__proto__'], null],
  ['nothing', [], null],
  ['an empty header', '', null],
]

test.each(chosen)('%s: the answer is what both sides know', (_, offered, subprotocol) => {
  const answer = negotiate(offered, ALL)
  expect(answer?.subprotocol ?? null).toBe(subprotocol)
  expect(answer?.serializer ?? null).toBe(ALL.find((one) => one.subprotocol === subprotocol) ?? null)
})

test.each([undefined, null, '', [], [undefined], [null], [undefined, '', ' , ']])(
  'an offer of nothing, %o, gives null',
  (offered) => {
    expect(negotiate(offered, ALL)).toBeNull()
    expect(negotiate(offered, ALL, { priority: 'client' })).toBeNull()
  },
)

test('what offers nothing does not hide the other names', () => {
  expect(negotiate([undefined, 'wamp.2.json', null], ALL)?.serializer).toBe(json)
})

const byClient: readonly (readonly [what: string, offered: Iterable<string>, subprotocol: string | null])[] =
  [
    ['the first name', ['wamp.2.json', 'wamp.2.cbor'], 'wamp.2.json'],
    ['the first one that is supported', ['soap', 'wamp.2.ubjson', 'wamp.2.cbor'], 'wamp.2.ubjson'],
    ['the first one of a header value', ' soap ,wamp.2.msgpack, wamp.2.cbor', 'wamp.2.msgpack'],
    ['the first one over several header lines', ['soap', 'wamp.2.json, wamp.2.cbor'], 'wamp.2.json'],
    ['the first of a Set', new Set(['wamp.2.cbor.batched', 'wamp.2.cbor']), 'wamp.2.cbor.batched'],
    ['nothing in common', ['WAMP.2.JSON'], null],
  ]

test.each(byClient)("priority: 'client' takes %s", (_, offered, subprotocol) => {
  const answer = negotiate(offered, ALL, { priority: 'client' })
  expect(answer?.subprotocol ?? null).toBe(subprotocol)
  expect(answer?.serializer ?? null).toBe(ALL.find((one) => one.subprotocol === subprotocol) ?? null)
})

test("priority: 'server' is the default, and any other is refused", () => {
  const offered = ['wamp.2.json', 'wamp.2.cbor']
  expect(negotiate(offered, ALL, { priority: 'server' })).toEqual(negotiate(offered, ALL))
  expect(negotiate(offered, ALL, { priority: 'server' })?.serializer).toBe(cbor)
  expect(() => negotiate(offered, ALL, { priority: 'none' as never })).toThrow(
    new RangeError('priority is server or client, got "none"'),
  )
})

test('a generator of names is read once', () => {
  function* names(): Generator<string> {
    yield 'wamp.2.json'
    yield 'wamp.2.cbor'
  }
  expect(negotiate(names(), ALL)?.serializer).toBe(cbor)
})

test('nothing is supported', () => {
  expect(negotiate(['wamp.2.json'], [])).toBeNull()
})

test('of two serializers with one name the first is taken', () => {
  expect(negotiate(['wamp.2.json'], SERIALIZERS.slice(0, 1).concat(SERIALIZERS))?.serializer).toBe(json)
})

test('a name that is no string is wrong use', () => {
  expect(() => negotiate([1 as never], ALL)).toThrow(
    new TypeError('negotiate: expected an offered subprotocol as a string, got 1'),
  )
})

test('a header of a megabyte of commas and blanks has an answer', () => {
  // Takes 10 ms; going back at each blank would take hours.
  expect(negotiate([`${', '.repeat(250_000)}${' '.repeat(500_000)}x`], ALL)).toBeNull()
})
