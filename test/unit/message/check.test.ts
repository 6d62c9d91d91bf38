/**
 * Tests of src/message/check.ts: the text of a refusal names the very part of a value that is wrong, and is the same
 * for constructors, setters, `Message.parse` and the frames of every format; a frame's error has the byte of it.
 */
import { describe, expect, test } from 'vitest'
import {
  Call,
  createCodec,
  Float64,
  Hello,
  Message,
  type ProtocolError,
  Publish,
  Subscribe,
  Welcome,
} from '../../../src/index.ts'
import { complaintOf, hasParts } from '../../../src/message/check.ts'
import { isGoodInList } from '../../../src/message/kinds.ts'
import type { Kind } from '../../../src/message/table.ts'
import { createRandom } from '../../support/random.ts'

const codec = createCodec()
const FORMATS = ['json', 'msgpack', 'cbor', 'ubjson'] as const

/** Messages with one option more: the list form, and the constructor. */
const MESSAGES = {
  WELCOME: [
    (option: object) => [2, 1, option],
    (o: object) => new Welcome({ session: 1, realm: 'a', ...o } as never),
  ],
  HELLO: [(option: object) => [1, 'a', option], (o: object) => new Hello({ realm: 'a', ...o } as never)],
  CALL: [
    (option: object) => [48, 1, option, 'a'],
    (o: object) => new Call({ request: 1, procedure: 'a', ...o }),
  ],
  PUBLISH: [
    (option: object) => [16, 1, option, 'a'],
    (o: object) => new Publish({ request: 1, topic: 'a', ...o }),
  ],
} as const

const HOP = { session: 1, authid: null, authrole: 'r' }
const ROUTER = 'a dictionary of broker, dealer for roles'
const CLIENT = 'a dictionary of publisher, subscriber, caller, callee for roles'

/**
 * A message, an option, its value, what is said of it, and the part that the byte is of: the JSON text from there on.
 * Roles are looked at as a whole, and the error has the byte of their dictionary.
 */
const ROWS: readonly (readonly [keyof typeof MESSAGES, string, unknown, string, string])[] = [
  ['WELCOME', 'roles', 1, `${ROUTER}, got 1`, '1'],
  ['WELCOME', 'roles', 'broker', `${ROUTER}, got "broker"`, '"broker"'],
  ['HELLO', 'roles', ['caller'], `${CLIENT}, got an array`, '["caller"]'],
  ['WELCOME', 'roles', {}, 'at least one role for roles, got an empty dictionary', '{}'],
  ['HELLO', 'roles', {}, 'at least one role for roles, got an empty dictionary', '{}'],
  ['WELCOME', 'roles', { dealer: {}, broker: 1 }, 'a dictionary for roles.broker, got 1', '{"dealer"'],
  ['WELCOME', 'roles', { broker: null }, 'a dictionary for roles.broker, got null', '{"broker"'],
  [
    'HELLO',
    'roles',
    { callee: { features: [] } },
    'a dictionary for roles.callee.features, got an array',
    '{"callee"',
  ],
  [
    'HELLO',
    'roles',
    { callee: {}, caller: { features: { x_any: 1, call_timeout: 'yes' } } },
    'a boolean or null for roles.caller.features.call_timeout, got "yes"',
    '{"callee"',
  ],
  ['CALL', 'forward_for', 'a', 'a list of { session, authid, authrole } for forward_for, got "a"', '"a"}'],
  [
    'CALL',
    'forward_for',
    {},
    'a list of { session, authid, authrole } for forward_for, got a dictionary',
    '{}',
  ],
  [
    'CALL',
    'forward_for',
    [HOP, 7],
    'a dictionary of session, authid and authrole for forward_for[1], got 7',
    '7]',
  ],
  ['CALL', 'forward_for', [{}], 'an integer for forward_for[0].session, got nothing', '{}'],
  [
    'CALL',
    'forward_for',
    [{ session: 1 }],
    'a string or null for forward_for[0].authid, got nothing',
    '{"session"',
  ],
  [
    'CALL',
    'forward_for',
    [HOP, { ...HOP, session: '1' }],
    'an integer for forward_for[1].session, got "1"',
    '"1"',
  ],
  [
    'CALL',
    'forward_for',
    [{ ...HOP, session: 1.5 }],
    'an integer for forward_for[0].session, got 1.5',
    '1.5',
  ],
  ['CALL', 'forward_for', [{ ...HOP, authid: 2 }], 'a string or null for forward_for[0].authid, got 2', '2,'],
  [
    'CALL',
    'forward_for',
    // The first one in the frame is named, whatever follows.
    [{ more: 1, authid: [], session: 'x' }],
    'a string or null for forward_for[0].authid, got an array',
    '[],',
  ],
  ['PUBLISH', 'exclude', [1, 'a', 'b'], 'an integer for exclude[1], got "a"', '"a","b"'],
  ['PUBLISH', 'eligible', 1, 'a list of integers for eligible, got 1', '1}'],
  ['PUBLISH', 'exclude_authid', ['a', null], 'a string for exclude_authid[1], got null', 'null'],
  ['PUBLISH', 'eligible_authrole', [{}], 'a string for eligible_authrole[0], got a dictionary', '{}]'],
]

function refused(run: () => unknown): Error & Partial<ProtocolError> {
  try {
    run()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was refused')
}

/** The byte in a frame of the part that stands in JSON at the last place where `from` begins. */
function byteOf(format: (typeof FORMATS)[number], list: readonly unknown[], from: string): number {
  const text = JSON.stringify(list)
  const at = text.indexOf(from, text.indexOf('":') + 2)
  if (format === 'json') return at
  // All before it has the same bytes whatever the part is.
  const frames = ['"<"', '">"'].map((mark) => {
    const open = { '[': ']', '{': '}', '"': '"' }[text[at] as string]
    let end = at + 1
    if (open !== undefined) {
      for (let depth = 1; depth > 0; end++) {
        if (text[end] === open) depth--
        else if (text[end] === text[at]) depth++
      }
    } else while (/[\w.]/.test(text[end] as string)) end++
    return codec.payload(format).encode(JSON.parse(text.slice(0, at) + mark + text.slice(end)))
  })
  const content = (frames[0] as Uint8Array).findIndex((byte, i) => byte !== frames[1]?.[i])
  // One byte of head stands before a text of one character.
  return content - 1
}

describe.each(ROWS)('%s with %s: %j', (name, option, value, complaint, from) => {
  const [listOf, create] = MESSAGES[name]
  const list = listOf({ [option]: value })
  const text = `expected ${complaint}`
  const path = / for (\S+), got /.exec(complaint)?.[1]

  test.each(FORMATS)('is refused in %s by the part that is wrong', (format) => {
    const error = refused(() => codec.serializer(format).decode(codec.payload(format).encode(list)))
    const offset = byteOf(format, list, from)
    expect(error.message).toBe(`cannot decode ${name} from ${format}: ${text} (byte ${offset})`)
    expect(error).toMatchObject({ code: 'BAD_MESSAGE', path, offset, format })
  })

  test('is refused with the same words by Message.parse, by the constructor and by the setter', () => {
    const error = refused(() => Message.parse.call(Message as never, list))
    expect(error.message).toBe(`cannot parse ${name}: ${text}`)
    expect(error).toMatchObject({ code: 'BAD_MESSAGE', path })
    expect(refused(() => create({ [option]: value }))).toEqual(new TypeError(`${name}: ${text}`))
    const good = create(
      option === 'roles' ? { roles: name === 'HELLO' ? { caller: {} } : { broker: {} } } : {},
    )
    const set = refused(() => Object.assign(good, { [option]: value }))
    expect(set).toEqual(new TypeError(`${name}: ${text}`))
  })
})

test('a hop without its role is refused in lists only: FlatBuffers has such hops', () => {
  const hops = [{ session: 1, authid: 'a', authrole: null }]
  const text = 'expected a string for forward_for[0].authrole, got null'
  expect(() => Message.parse([48, 1, { forward_for: hops }, 'a'])).toThrow(`cannot parse CALL: ${text}`)
  for (const format of FORMATS) {
    const frame = codec.payload(format).encode([48, 1, { forward_for: hops }, 'a'])
    expect(() => codec.serializer(format).decode(frame)).toThrow(
      `cannot decode CALL from ${format}: ${text} (byte `,
    )
  }
  const call = new Call({ request: 1, procedure: 'a', forward_for: hops })
  expect(
    codec.serializer('flatbuffers').decode(codec.serializer('flatbuffers').encode(call)).equals(call),
  ).toBe(true)
  expect(
    () => new Call({ request: 1, procedure: 'a', forward_for: [{ ...HOP, authrole: 2 }] as never }),
  ).toThrow('CALL: expected a string or null for forward_for[0].authrole, got 2')
})

test('a float is no integer, however whole it is', () => {
  const cbor = codec.serializer('cbor')
  const frame = codec.payload('cbor').encode([16, 1, { exclude: [1, new Float64(2)] }, 'a'])
  expect(() => cbor.decode(frame)).toThrow('expected an integer for exclude[1], got a float (byte 14)')
})

test.each([
  ['HELLO', [1, 'realm', {}], 'roles are required'],
  ['HELLO', [1, 'realm', { authid: 'a' }], 'roles are required'],
  ['WELCOME', [2, 1, { x_custom: 1 }], 'roles are required'],
  ['WELCOME', [2, 1, { roles: { broker: {} }, resumable: true }], 'resumable needs resume_token'],
])('%s %j: what is absent is missed in its dictionary, not at the first byte', (name, list, rule) => {
  for (const format of FORMATS) {
    const before = codec.payload(format).encode([...list.slice(0, 2)])
    // The head of a list is one byte, and UBJSON and JSON close it with another.
    const closing = format === 'json' || format === 'ubjson' ? 1 : 0
    const offset = before.length - closing + (format === 'json' ? 1 : 0)
    const serializer = codec.serializer(format)
    const frame = codec.payload(format).encode(list)
    const text = `cannot decode ${name} from ${format}: ${rule} (byte ${offset})`
    expect(refused(() => serializer.decode(frame))).toMatchObject({ message: text, offset })
    const batched = codec.serializer(`${format}.batched`)
    const other = codec.serializer(format).encode(new Subscribe({ request: 1, topic: 'a' }))
    const [head, tail] = format === 'json' ? [0, 1] : [4, 0]
    const wrap = (bytes: Uint8Array): Uint8Array =>
      Buffer.concat(format === 'json' ? [bytes, Buffer.of(0x1e)] : [Buffer.of(0, 0, 0, bytes.length), bytes])
    const batch = new Uint8Array(Buffer.concat([wrap(other), wrap(frame)]))
    expect(refused(() => batched.decodeAll(batch)).offset).toBe(other.length + head + tail + head + offset)
  }
})

test('a part is named exactly where the check of the kind refuses a value that has some', () => {
  const source = createRandom(20261128)
  const int = (below: number): number => source.int(0, below - 1)
  const pick = <T>(items: readonly T[]): T => source.pick(items)
  const scalar = (): unknown => pick([0, 1, -1, 1.5, 'a', null, true, undefined, 2n ** 60n])
  const any = (depth: number): unknown => {
    if (depth === 0 || int(3) === 0) return scalar()
    if (int(2) === 0) return Array.from({ length: int(3) }, () => any(depth - 1))
    const keys = ['session', 'authid', 'authrole', 'broker', 'caller', 'features', 'call_timeout', 'x']
    return Object.fromEntries(Array.from({ length: int(4) }, () => [pick(keys), any(depth - 1)]))
  }
  const seen = new Set<string>()
  for (let i = 0; i < 20_000; i++) {
    const kind = pick(['ints', 'texts', 'hops', 'clientRoles'] satisfies Kind[])
    const value = any(4)
    if (isGoodInList(kind, value) || !hasParts(kind)) continue
    const isContainer = kind === 'clientRoles' ? isObject(value) : Array.isArray(value)
    const { text, path } = complaintOf(kind, 'it', value, true)
    const isWhole = path === 'it'
    if (isWhole && isContainer) expect(text).toMatch(/at least one role|a dictionary of publisher/)
    else expect(isWhole).toBe(!isContainer)
    seen.add(`${kind} ${isWhole}`)
  }
  expect([...seen].length).toBe(8)
})

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
