/** Tests of src/message/flatbuffers-schema.ts and flatbuffers-tables.ts: our tables are those of the shared schema. */
import { describe, expect, test } from 'vitest'
import { flatTableOf, flatTypesOf } from '../../../src/message/flatbuffers-lookup.ts'
import { FLAT_ENUMS, FLAT_NESTED, type FlatSlot } from '../../../src/message/flatbuffers-schema.ts'
import { FLAT_TABLES } from '../../../src/message/flatbuffers-tables.ts'
import { TABLES } from '../../../src/message/tables.ts'
import { SCHEMA } from '../../support/flatbuffers-oracle.ts'

const slotsOf = (slots: readonly FlatSlot[]): object[] =>
  slots.map(({ name, type, required, default: value }, slot) => ({ slot, name, type, required, value }))

describe.skipIf(SCHEMA === null)('the shared schema', () => {
  const fieldsOf = (name: string): object[] =>
    (SCHEMA?.tables[name]?.fields ?? []).map(({ slot, name: field, type, required, default: value }) => ({
      slot,
      name: field,
      type,
      required,
      value,
    }))

  test.each(TABLES)('has the slots of $name with these types, defaults and requirements', ({ name }) => {
    const table = FLAT_TABLES[name]
    expect(slotsOf(table?.slots ?? [])).toEqual(fieldsOf(table?.name ?? ''))
  })

  test.each(Object.keys(FLAT_NESTED))('has the slots of %s', (name) => {
    expect(slotsOf(FLAT_NESTED[name] ?? [])).toEqual(fieldsOf(name))
  })

  test.each(Object.keys(FLAT_ENUMS))('numbers the names of %s as we do', (name) => {
    const words: Readonly<Record<string, string>> = { wampcra: 'CRA', 'wamp-scram': 'SCRAM' }
    const zero: Readonly<Record<string, string>> = { PPTScheme: 'NONE', PPTSerializer: 'TRANSPORT' }
    const ours = (FLAT_ENUMS[name] ?? []).map((word, number) => [
      word === null ? (zero[name] ?? 'NULL') : (words[word] ?? word.toUpperCase()),
      number,
    ])
    expect(Object.fromEntries(ours)).toEqual(SCHEMA?.enums[name]?.values)
  })

  test('has the codes of all messages', () => {
    for (const table of TABLES) {
      const { name } = table
      expect(SCHEMA?.enums.MessageType?.values[name], name).toBe(flatTableOf(table).code)
    }
  })
})

describe.each(TABLES)('the FlatBuffers table of $name', (table) => {
  const { options, positions, code } = table
  const flatbuffers = flatTableOf(table)
  const flatTypes = flatTypesOf(code)
  const names = flatbuffers.slots.map(({ name }) => name)

  test('names attributes that the message has', () => {
    const known = [...options, ...positions].map(({ attribute }) => attribute)
    for (const { attribute, type } of flatbuffers.slots) {
      if (attribute !== null && type !== '[uint8]') expect(known).toContain(attribute)
    }
  })

  test('adds slots that it has, each once', () => {
    expect(names).toEqual(expect.arrayContaining([...flatbuffers.added]))
    expect(new Set(flatbuffers.added).size).toBe(flatbuffers.added.length)
  })

  test('creates whatever an added slot points to', () => {
    const pointing = flatbuffers.slots.filter(({ default: value }) => value === null)
    const added = pointing.map(({ name }) => name).filter((name) => flatbuffers.added.includes(name))
    expect(flatbuffers.created).toEqual(expect.arrayContaining(added))
  })

  test('knows the type of every option with a slot', () => {
    expect(flatTypes.length).toBe(options.length)
    for (const [field, { attribute }] of options.entries()) {
      const slot = flatbuffers.slots.find((candidate) => candidate.attribute === attribute)
      expect(flatTypes[field], attribute).toBe(slot?.type ?? null)
    }
  })
})
