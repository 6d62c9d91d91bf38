/**
 * Tests of src/serializer/flatbuffers/flatbuffers-losses.ts and of the writer's two profiles: what is written and read
 * again differs exactly where a loss is reported, for every attribute of every class and every kind of value.
 */
import { describe, expect, test } from 'vitest'
import { createCodec, type Message, Publish } from '../../../../src/index.ts'
import { flatTableOf } from '../../../../src/message/flatbuffers-lookup.ts'
import { MAX_ID } from '../../../../src/message/ids.ts'
import { TABLES } from '../../../../src/message/tables.ts'
import { flatbuffersLosses } from '../../../../src/serializer/flatbuffers/flatbuffers-losses.ts'
import type { FlatBuffersProfile } from '../../../../src/serializer/flatbuffers/plan.ts'
import { attributeNames, attributesBySchema } from '../../../support/flatbuffers.ts'
import { SCHEMA } from '../../../support/flatbuffers-oracle.ts'
import { canonical } from '../../../support/vectors.ts'
import { CLASSES, make, VALUES } from '../../message/classes.ts'

const PROFILES: readonly FlatBuffersProfile[] = ['schema', 'autobahn']

const codec = createCodec()

/** What an attribute cannot be set without. */
function partners(name: string, attribute: string): object {
  if (attribute.startsWith('enc_')) return { payload: Uint8Array.of(1, 2), enc_algo: 'cryptobox' }
  if (attribute.startsWith('ppt_')) return { payload: Uint8Array.of(1, 2) }
  if (attribute === 'resume_session' || (name === 'Welcome' && attribute === 'resumable'))
    return { resume_token: 't' }
  return {}
}

/** Values that the rules of WAMP forbid to every message. */
function isForbidden(name: string, attribute: string, value: unknown): boolean {
  const isRevoked = ['Unsubscribed', 'Unregistered'].includes(name)
  return isRevoked && ['subscription', 'registration'].includes(attribute) && value === 0
}

/** Roles without features are the same with and without the word; a feature that is null is none. */
function plain(name: string, value: unknown): unknown {
  if (name !== 'roles' || typeof value !== 'object' || value === null) return value
  return Object.entries(value).map(([role, { features = {}, ...more }]) => [
    role,
    more,
    Object.entries(features as object).filter(([, flag]) => flag !== null),
  ])
}

/** Attributes that differ after writing and reading, and those that losses name. */
function compared(message: Message, profile: FlatBuffersProfile): readonly [string[], string[]] {
  const serializer = codec.serializer('flatbuffers', { profile })
  const read = serializer.decode(serializer.encode(message)) as unknown as Record<string, unknown>
  const written = message as unknown as Record<string, unknown>
  const names = [...attributeNames(message), 'custom']
  const differing = names.filter(
    (name) => canonical(plain(name, read[name])) !== canonical(plain(name, written[name])),
  )
  const lost = flatbuffersLosses(message, { profile }).map(({ path }) => path.replace(/[.[].*$/, ''))
  return [differing.sort(), [...new Set(lost)].sort()]
}

describe.each(PROFILES)('profile %s', (profile) => {
  describe.each(CLASSES)('$name', ({ name, Class }) => {
    test('survives with its least attributes, but for what is reported', () => {
      const [differing, lost] = compared(make(name), profile)
      expect(lost).toEqual(differing)
    })

    for (const { attribute, kind } of Class.TABLE.options) {
      test(`${attribute} survives, or is reported`, () => {
        for (const value of VALUES[kind][0]) {
          if (isForbidden(name, attribute, value)) continue
          const message = make(name, { ...partners(name, attribute), [attribute]: value })
          const [differing, lost] = compared(message, profile)
          expect([attribute, value, lost]).toEqual([attribute, value, differing])
        }
      })
    }

    test('survives with every attribute at once, but for what is reported', () => {
      for (const pick of [0, 1, 2, 5]) {
        const options = Class.TABLE.options.map(({ attribute, kind }) => {
          const values = VALUES[kind][0]
          return [attribute, values[Math.min(pick, values.length - 1)]] as const
        })
        const all = Object.fromEntries(
          options.filter(([attribute, value]) => !isForbidden(name, attribute, value)),
        )
        const payload = Class.TABLE.payload === 'any' ? { payload: Uint8Array.of(1, 2) } : {}
        const args = Class.TABLE.payload === 'args' ? { args: [1], kwargs: { a: 1 } } : {}
        // The reference peer leaves an empty token out, and then the rest is not allowed.
        const token = 'resume_token' in all ? { resume_token: 't' } : {}
        const message = make(name, { ...all, ...token, ...payload, ...args, custom: { x_mine: 1 } })
        const [differing, lost] = compared(message, profile)
        expect(lost).toEqual(differing)
      }
    })

    if (Class.TABLE.payload !== 'any') return
    test('its payload survives, or is reported', () => {
      for (const payload of [
        { args: [] },
        { args: [1, 'a', [null], { b: new Uint8Array(2) }] },
        { kwargs: {} },
        { args: [], kwargs: { a: 1.5 } },
        { kwargs: { a: 1 } },
        { payload: new Uint8Array(0), enc_algo: 'cryptobox' },
        { payload: Uint8Array.of(1), enc_algo: 'x_mine', enc_key: 'k', enc_serializer: 'x_mine' },
        { payload: Uint8Array.of(1), ppt_scheme: 'mqtt', ppt_serializer: 'cbor', ppt_cipher: 'aes256gcm' },
      ]) {
        const message = make(name, payload)
        const [differing, lost] = compared(message, profile)
        expect([payload, lost]).toEqual([payload, differing])
      }
    })
  })
})

describe('the losses', () => {
  test('have paths and reasons', () => {
    const hello = make('Hello', {
      authmethods: ['ticket', 'anonymous'],
      authextra: { a: 1, b: 'x', c: 'y' },
      roles: { caller: { features: { call_timeout: true, mine: true }, more: 1 } },
      agent: 'a',
      custom: { x_mine: 1 },
    })
    expect(flatbuffersLosses(hello).map(({ path }) => path)).toEqual([
      'roles.caller.features.mine',
      'roles.caller.more',
      'authmethods[1]',
      'authextra.a',
      'authextra.c',
      'agent',
      'custom.x_mine',
    ])
    expect(flatbuffersLosses(make('Challenge', { method: 'mine' }))).toEqual([
      { path: 'method', reason: 'the FlatBuffers schema has no number for it' },
    ])
    expect(
      flatbuffersLosses(
        make('Publish', {
          exclude: [1, -1],
          forward_for: [{ session: -1, authid: null, authrole: 'r', more: 2 }],
        }),
      ).map(({ path }) => path),
    ).toEqual(['forward_for[0].session', 'forward_for[0].more', 'exclude[1]'])
  })

  test('numbers that do not fit are reported, and the largest that fit are not', () => {
    const losses = (more: object): string[] =>
      flatbuffersLosses(make('Call', more)).map(({ path, reason }) => `${path}: ${reason}`)
    expect(losses({ timeout: 2 ** 32 - 1, caller: 2n ** 64n - 1n })).toEqual([])
    expect(losses({ timeout: 2 ** 32, caller: 2n ** 64n })).toEqual([
      'timeout: it does not fit the number of the FlatBuffers schema',
      'caller: it does not fit the number of the FlatBuffers schema',
    ])
    expect(flatbuffersLosses(make('Register', { concurrency: 65_536 })).length).toBe(1)
  })

  test('false and other defaults survive in profile schema', () => {
    const serializer = codec.serializer('flatbuffers')
    const message = make('Publish', { acknowledge: false, exclude_me: true, retain: false, exclude: [] })
    expect(serializer.decode(serializer.encode(message)).toJSON()).toEqual(message.toJSON())
  })
})

test('an empty exclude_authrole that profile autobahn writes by a mistake is no loss', () => {
  const serializer = codec.serializer('flatbuffers', { profile: 'autobahn' })
  for (const [exclude_authid, isWritten] of [
    [['x'], true],
    [null, false],
  ] as const) {
    const message = new Publish({
      request: 1,
      topic: 'a.b',
      exclude_authid: exclude_authid as never,
      exclude_authrole: [],
    })
    const read = serializer.decode(serializer.encode(message)) as Publish
    expect(read.exclude_authrole).toEqual(isWritten ? [] : null)
    expect(codec.lossReport(message, serializer)).toHaveLength(isWritten ? 0 : 1)
  }
})

describe.skipIf(SCHEMA === null)('the npm runtime', () => {
  const nameOf = (code: number): string =>
    TABLES.map(flatTableOf).find((table) => table.code === code)?.name ?? ''

  test.each(CLASSES)('reads $name of profile schema as we do', ({ name, Class }) => {
    const serializer = codec.serializer('flatbuffers')
    const least = make(name)
    expect(serializer.decode(serializer.encode(least)).toJSON()).toEqual(least.toJSON())
    for (const { attribute, kind } of Class.TABLE.options) {
      for (const value of VALUES[kind][0]) {
        if (isForbidden(name, attribute, value)) continue
        const bytes = serializer.encode(make(name, { ...partners(name, attribute), [attribute]: value }))
        const read = serializer.decode(bytes) as unknown as Record<string, unknown>
        for (const [key, found] of Object.entries(attributesBySchema(bytes, nameOf, 'cbor'))) {
          expect(canonical(read[key]), `${attribute} ${key}`).toBe(canonical(found))
        }
      }
    }
  })

  test('reads ids of all sizes as we do', () => {
    const serializer = codec.serializer('flatbuffers')
    for (const id of [0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, MAX_ID]) {
      const bytes = serializer.encode(make('Published', { request: id, publication: MAX_ID - id }))
      const found = attributesBySchema(bytes, nameOf, 'cbor')
      expect(found).toEqual({ request: id, publication: MAX_ID - id })
      expect(serializer.decode(bytes)).toMatchObject(found)
    }
  })
})
