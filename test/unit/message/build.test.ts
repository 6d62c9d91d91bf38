/** Tests of src/message/build.ts: constructors and setters take every attribute of every message, and check each. */
import { describe, expect, test } from 'vitest'
import { InvalidUriError, type Message } from '../../../src/index.ts'
import { hasParts } from '../../../src/message/check.ts'
import { KINDS } from '../../../src/message/kinds.ts'
import { TABLES } from '../../../src/message/tables.ts'
import { CLASSES, make, VALUES } from './classes.ts'

type Values = Record<string, unknown>

function errorOf(run: () => unknown): Error {
  try {
    run()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('expected an error')
}

test('the 25 classes are those of the tables, in the same order', () => {
  expect(CLASSES.map(({ Class }) => Class.TABLE)).toEqual(TABLES)
})

describe.each(CLASSES)('$name', ({ Class, least }) => {
  const { options, positions } = Class.TABLE

  test('is made of the least that it needs, which it gives back', () => {
    const message = new Class(least) as unknown as Values
    for (const [attribute, value] of Object.entries(least))
      expect(message[attribute], attribute).toEqual(value)
  })

  test('has every attribute of its table, absent at first', () => {
    const message = new Class(least) as unknown as Values
    expect(Object.keys(least).filter((attribute) => !(attribute in message))).toEqual([])
    for (const { attribute, absent, kind } of options) {
      if (attribute in least) continue
      const isExtra = positions.some((position) => position.attribute === attribute) && kind === 'dict'
      expect(message[attribute], attribute).toEqual(isExtra ? {} : absent)
    }
  })
})

describe.each(CLASSES.filter(({ Class }) => Class.TABLE.options.length > 0))(
  '$name',
  ({ name, Class, least }) => {
    const { options } = Class.TABLE

    test('takes each option with any right value, in its constructor and later', () => {
      for (const { attribute, kind } of options) {
        for (const value of VALUES[kind][0]) {
          // A revocation names what it revokes.
          if (value === 0 && (name === 'Unsubscribed' || name === 'Unregistered')) continue
          const more = attribute.startsWith('enc_') ? ENC : 'resume_token' in new Class(least) ? TOKEN : {}
          const built = new Class({ ...least, ...more, [attribute]: value }) as unknown as Values
          expect(built[attribute], attribute).toBe(value)
          const changed = new Class(least) as unknown as Values
          changed[attribute] = value
          expect(changed[attribute], attribute).toBe(value)
        }
      }
    })

    test('refuses each wrong value of an option with a text that names it', () => {
      for (const { attribute, kind } of options) {
        for (const value of VALUES[kind][1]) {
          const whole = `${Class.TABLE.name}: expected ${KINDS[kind].expected} for ${attribute}, got `
          // Of a list, of hops and of roles it is the part that is wrong (check.test.ts).
          const part = new RegExp(`^${Class.TABLE.name}: expected .+ for ${attribute}[[.\\w\\]]*, got `)
          const message = new Class(least) as unknown as Values
          for (const run of [
            () => new Class({ ...least, [attribute]: value }),
            () => {
              message[attribute] = value
            },
          ]) {
            const error = errorOf(run)
            if (hasParts(kind)) expect(error.message).toMatch(part)
            else expect(error.message.slice(0, whole.length)).toBe(whole)
            expect(error).toBeInstanceOf(
              kind === 'uri' && typeof value === 'string' ? InvalidUriError : TypeError,
            )
          }
        }
      }
    })
  },
)

describe.each(CLASSES)('$name', ({ name, Class, least }) => {
  const { options } = Class.TABLE

  test('takes null and undefined for every attribute that it can do without', () => {
    for (const absent of [null, undefined]) {
      const nothing = Object.fromEntries(options.map(({ attribute }) => [attribute, absent]))
      expect(new Class({ ...nothing, custom: absent, router_internal: absent, ...least }).marshal()).toEqual(
        new Class(least).marshal(),
      )
    }
  })

  test('refuses to be made without an attribute that it needs, and only then', () => {
    for (const attribute of Object.keys(least)) {
      const { [attribute]: _, ...rest } = least
      // No realm means the router's choice, and a GOODBYE without reason is a normal one.
      const isFree = attribute === 'realm' || name === 'Goodbye'
      if (isFree) expect(() => new Class(rest), attribute).not.toThrow()
      else expect(() => new Class(rest), attribute).toThrow(attribute)
    }
  })

  test('refuses an attribute that it does not have', () => {
    expect(() => new Class({ ...least, no_such_thing: 1 })).toThrow(TypeError)
    expect(() => new Class({ ...least, no_such_thing: 1 })).toThrow(
      `${Class.TABLE.name}: unknown attribute no_such_thing; known are custom, correlation_id, `,
    )
  })

  test('takes an attribute that it does not have when that is undefined: it is absent', () => {
    expect(new Class({ ...least, no_such_thing: undefined }).equals(new Class(least))).toBe(true)
  })
})

/** What enc_* describe, and what resumption needs. */
const TOKEN = { resume_token: 't' }
const ENC = { payload: new Uint8Array([1]), enc_algo: 'cryptobox' }

describe('positions', () => {
  const rows: readonly (readonly [name: string, attribute: string, value: unknown, text: string])[] = [
    ['Publish', 'request', -1, 'PUBLISH: expected an id (0 to 2^53) for request, got -1'],
    ['Publish', 'request', 1.5, 'PUBLISH: expected an id (0 to 2^53) for request, got 1.5'],
    ['Publish', 'request', 7n, 'PUBLISH: expected an id (0 to 2^53) for request, got 7n'],
    ['Publish', 'topic', 7, 'PUBLISH: expected a URI for topic, got 7'],
    ['Publish', 'topic', 'a..b', 'PUBLISH: expected a URI for topic, got "a..b"'],
    ['Call', 'procedure', [], 'CALL: expected a URI for procedure, got an array'],
    ['Hello', 'realm', 'a b', 'HELLO: expected a URI for realm, got "a b"'],
    ['Error', 'request_type', 1, 'ERROR: expected one of 16, 32, 34, 48, 64, 66, 68 for request_type, got 1'],
    ['Challenge', 'method', null, 'CHALLENGE: expected a string for method, got null'],
    [
      'Authenticate',
      'signature',
      new Uint8Array(1),
      'AUTHENTICATE: expected a string for signature, got bytes',
    ],
    ['Welcome', 'session', '1', 'WELCOME: expected an id (0 to 2^53) for session, got "1"'],
  ]

  test.each(rows)('%s refuses %s %o: %s', (name, attribute, value, text) => {
    const error = value === 'a..b' || value === 'a b' ? InvalidUriError : TypeError
    expect(() => make(name, { [attribute]: value })).toThrow(text)
    const message = make(name) as unknown as Values
    const before = (message as unknown as Message).marshal()
    const thrown = errorOf(() => {
      message[attribute] = value
    })
    expect(thrown.message).toBe(text)
    expect(thrown).toBeInstanceOf(error)
    expect((message as unknown as Message).marshal()).toEqual(before)
  })

  test('a setter changes what is marshalled', () => {
    const message = make('Publish') as unknown as Values & Message
    message.request = 2 ** 53
    message.topic = 'com.other'
    expect(message.marshal()).toEqual([16, 2 ** 53, {}, 'com.other'])
  })

  test('GOODBYE without a reason is a normal one', () => {
    expect(new (CLASSES[5] as (typeof CLASSES)[number]).Class({}).marshal()).toEqual([
      6,
      {},
      'wamp.close.normal',
    ])
  })
})

test.each([
  ['Hello', { resume_session: 5 }, 'HELLO: resume_session needs resume_token'],
  ['Hello', { roles: null }, 'HELLO: roles are required'],
  ['Welcome', { resumable: true }, 'WELCOME: resumable needs resume_token'],
  [
    'Unsubscribed',
    { request: 1, subscription: 2 },
    'UNSUBSCRIBED: subscription is only for a revocation, whose request is 0',
  ],
  ['Unregistered', { request: 0, registration: 0 }, 'UNREGISTERED: registration must not be 0'],
])('%s with %o breaks a rule: %s', (name, more, text) => {
  expect(() => make(name, more)).toThrow(new TypeError(text))
})

describe.each(CLASSES)('$name', ({ Class, least }) => {
  const { options } = Class.TABLE

  test('each position has a setter, which changes that element of the list and no other', () => {
    const others: Readonly<Record<string, unknown>> = {
      ...{ id: 77, requestType: 64, uri: 'com.other.uri', realm: 'com.other.realm', text: 'other' },
      dict: { other: true },
    }
    for (const [i, { attribute, kind }] of Class.TABLE.positions.entries()) {
      if (kind.startsWith('options')) continue
      const message = new Class(least) as Values & Message
      const expected = message.marshal()
      expected[i + 1] = others[kind]
      message[attribute] = others[kind]
      expect(message[attribute]).toEqual(others[kind])
      expect(message.marshal()).toEqual(expected)
    }
  })

  /** An object whose attributes are getters that say that they were asked. */
  const asking = (attributes: Values, asked: string[], target: object = {}): object => {
    for (const [name, value] of Object.entries(attributes)) {
      Object.defineProperty(target, name, {
        enumerable: true,
        get() {
          asked.push(name)
          return value
        },
      })
    }
    return target
  }
  const absent = Object.fromEntries(options.map(({ attribute }) => [attribute, null]))
  const attributes: Values = { ...absent, custom: null, ...least }

  test('asks each getter of its argument once, whether it is own or inherited', () => {
    const names = Object.keys(attributes).sort()
    const own: string[] = []
    expect(new Class(asking(attributes, own)).equals(new Class(least))).toBe(true)
    expect(own.sort()).toEqual(names)
    const inherited: string[] = []
    const heir = Object.create(asking(attributes, inherited)) as object
    expect(new Class(heir).equals(new Class(least))).toBe(true)
    expect(inherited.sort()).toEqual(names)
  })
})
