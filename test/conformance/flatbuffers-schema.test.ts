/** schema/*.fbs: they compile, and to the same slots as our own tables and the shared copy of wamp-proto's schema. */
import { describe, expect, test } from 'vitest'
import { flatTableOf } from '../../src/message/flatbuffers-lookup.ts'
import { FLAT_ENUMS, FLAT_NESTED, type FlatSlot } from '../../src/message/flatbuffers-schema.ts'
import { TABLES } from '../../src/message/tables.ts'
import { SCHEMA } from '../support/flatbuffers-oracle.ts'
import { compileSchema } from '../support/flatc.ts'

const { schema } = await compileSchema()

const slotsOf = (slots: readonly FlatSlot[]): object[] =>
  slots.map(({ name, type, required, default: value }, slot) => ({
    slot,
    name,
    type,
    required,
    default: value,
  }))

describe('the shipped schema', () => {
  test('has Message as its root, with the union and its byte', () => {
    expect(schema.root).toBe('Message')
    expect(schema.tables.Message).toMatchObject([
      { slot: 0, name: 'msg_type', type: 'utype' },
      { slot: 1, name: 'msg', type: 'AnyMessage', required: true },
    ])
  })

  test.each(TABLES)('has the slots of $name as our tables have them', (table) => {
    const { name, slots } = flatTableOf(table)
    expect(schema.tables[name]).toEqual(slotsOf(slots))
  })

  test.each(Object.entries(FLAT_NESTED))('has the slots of %s as our tables have them', (name, slots) => {
    expect(schema.tables[name]).toEqual(slotsOf(slots))
  })

  test.each(Object.entries(FLAT_ENUMS))('has as many values of %s as our tables', (name, words) => {
    expect(Object.values(schema.enums[name]?.values ?? {})).toEqual([...words.keys()])
  })

  test('numbers the union by the codes of WAMP', () => {
    const codes = TABLES.map(flatTableOf).map(({ name, code }) => [name, code])
    expect(schema.unions.AnyMessage).toEqual(Object.fromEntries(codes))
  })

  test('says what each table is', () => {
    const plain = schema.undocumented.filter((name) => !name.startsWith('TransportChannel'))
    expect(plain).toEqual([])
  })
})

describe.skipIf(SCHEMA === null)('the shared schema', () => {
  const { enums = {}, tables = {}, unions = {} } = SCHEMA ?? {}

  test('has the same tables with the same slots', () => {
    const theirs = Object.entries(tables).map(([name, { fields }]) => [
      name,
      fields.map(({ slot, name: field, type, required, default: value }) => ({
        slot,
        name: field,
        type: type.startsWith('uint8 (union') ? 'utype' : type,
        required,
        default: value,
      })),
    ])
    expect(schema.tables).toEqual(Object.fromEntries(theirs))
  })

  test('has the same enumerations with the same numbers', () => {
    const theirs = Object.entries(enums as typeof schema.enums).map(([name, { base, values }]) => [
      name,
      { base, values },
    ])
    expect(schema.enums).toEqual(Object.fromEntries(theirs))
  })

  test('has the same unions, of which messages go by their codes', () => {
    expect(schema.unions.AuthFactor).toEqual(unions.AuthFactor)
    expect(Object.keys(schema.unions.AnyMessage ?? {})).toEqual(Object.keys(unions.AnyMessage ?? {}))
  })
})
