/** Tests of src/message/tables.ts: the tables agree with themselves, with the classes and with WAMP. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hasAppPayload, hasForwardFor, MessageType } from '../../../src/index.ts'
import { FORWARD_FOR, PPT_KEYID } from '../../../src/message/table.ts'
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
    const folder = new URL('../../../src/message/classes/', import.meta.url)
    const file = className.replaceAll(/(?<=.)[A-Z]/g, '-$&').toLowerCase()
    const source = readFileSync(new URL(`${file}.ts`, folder), 'utf8')
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
