/** Tests of src/message/tables.ts: the tables agree with themselves, with the classes and with WAMP. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hasAppPayload, hasForwardFor, MessageType } from '../../../src/index.ts'
import { ENC_ALGO, FORWARD_FOR, PPT_KEYID } from '../../../src/message/table.ts'
import { TABLES } from '../../../src/message/tables.ts'
import { CLASSES, make } from './classes.ts'

test('there are 25 messages: 12 plain, 6 that are forwarded, 7 with a payload as well', () => {
  const count = (category: number): number => TABLES.filter((table) => table.category === category).length
  expect([TABLES.length, count(1), count(3), count(4)]).toEqual([25, 12, 6, 7])
})

test('names and codes are those of WAMP, and MessageType has the same', () => {
  expect(Object.fromEntries(TABLES.map(({ name, code }) => [name, code]))).toEqual(MessageType)
})

test.each(CLASSES)('$name has the code, category and mixins of its table', ({ name, Class }) => {
  const message = make(name)
  expect(Class.MESSAGE_TYPE).toBe(Class.TABLE.code)
  expect(Class.CATEGORY).toBe(Class.TABLE.category)
  expect(hasForwardFor(message)).toBe(Class.CATEGORY >= 3)
  expect(hasAppPayload(message)).toBe(Class.CATEGORY === 4)
})

test.each(CLASSES)(
  '$name declares every attribute of its table with a comment, and no other',
  ({ name, Class }) => {
    const className = Class.prototype.constructor.name
    const source = ['pubsub', 'rpc', 'registration', 'session', 'error-message']
      .map((file) => readFileSync(new URL(`../../../src/message/${file}.ts`, import.meta.url), 'utf8'))
      .find((text) => text.includes(`export class ${className} `)) as string
    const [body = ''] = source.slice(source.indexOf(`export class ${className} `)).split('\n}\n')
    const declared = [
      ...body.matchAll(/\n {2}\/\*\*(?:[^*]|\*(?!\/))*\*\/\n {2}(?:declare (\w+):|get (\w+)\(\))/g),
    ].map(([, field, getter]) => field ?? getter)
    const mixins = Class.CATEGORY === 4 ? PPT_KEYID + 1 : Class.CATEGORY === 3 ? FORWARD_FOR + 1 : 0
    const attributes = new Set([
      ...Class.TABLE.positions
        .filter(({ kind }) => !kind.startsWith('options'))
        .map(({ attribute }) => attribute),
      ...Class.TABLE.options.slice(mixins).map(({ attribute }) => attribute),
      ...(name === 'Abort' ? ['args', 'kwargs'] : []),
    ])
    expect(new Set(declared.filter((attribute) => !attribute?.endsWith('Ref')))).toEqual(attributes)
  },
)

test('every option of a table is written exactly once', () => {
  for (const { name, options, writeOrder } of TABLES) {
    expect(
      [...writeOrder].sort((a, b) => a - b),
      name,
    ).toEqual(options.map((_, field) => field))
    expect(new Set(options.map(({ key }) => key)).size, name).toBe(options.length)
    expect(options.length, name).toBeLessThanOrEqual(32)
  }
})

test('the keys of the mixins have the same field numbers in every message', () => {
  for (const { name, category, options } of TABLES) {
    if (category >= 3) expect(options[FORWARD_FOR]?.key, name).toBe('forward_for')
    const mixed = options.slice(ENC_ALGO, PPT_KEYID + 1).map(({ key }) => key)
    if (category === 4)
      expect(mixed.join()).toMatch(/^enc_algo,enc_key,enc_serializer,ppt_scheme,.*ppt_keyid$/)
    else
      expect(
        options.some(({ key }) => /^(?:enc|ppt)_/.test(key)),
        name,
      ).toBe(false)
  }
})

test('a message has at most one dictionary, one URI or text, and two ids: what the record holds', () => {
  for (const { name, positions } of TABLES) {
    const count = (...kinds: string[]): number => positions.filter(({ kind }) => kinds.includes(kind)).length
    expect(count('options', 'options?', 'dict'), name).toBeLessThanOrEqual(1)
    expect(count('uri', 'realm', 'text'), name).toBeLessThanOrEqual(1)
    expect(count('id'), name).toBeLessThanOrEqual(2)
  }
})
