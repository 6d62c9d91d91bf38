/** Tests of src/message/flatbuffers-checks.ts: a schema that does not fit the message tables is refused. */
import { expect, test } from 'vitest'
import { checkCarried, checkEnum, checkOrder, checkSlots } from '../../../src/message/flatbuffers-checks.ts'
import { flatTableOf } from '../../../src/message/flatbuffers-lookup.ts'
import { FLATBUFFERS } from '../../../src/message/flatbuffers-read.ts'
import { FLAT_ENUMS, type FlatSlot } from '../../../src/message/flatbuffers-schema.ts'
import type { MessageTable } from '../../../src/message/table.ts'
import { TABLES } from '../../../src/message/tables.ts'
import type { Payload } from '../../../src/payload/payload.ts'

const named = (name: string): MessageTable => TABLES.find((table) => table.name === name) as MessageTable
const slotsOf = (table: MessageTable): readonly FlatSlot[] => flatTableOf(table).slots

/** The slots of a message with the type of one changed; without it for null. */
const typed = (name: string, slot: string, type: string | null): FlatSlot[] =>
  slotsOf(named(name)).flatMap((each) =>
    each.name !== slot ? [each] : type === null ? [] : [{ ...each, type: type as FlatSlot['type'] }],
  )

const agent = (type: string): FlatSlot[] => [
  ...slotsOf(named('WELCOME')),
  { ...slotsOf(named('WELCOME'))[0]!, name: 'agent', attribute: 'agent', type: type as FlatSlot['type'] },
]

test('the schema fits the tables', () => {
  const check = (table: MessageTable): void => {
    checkSlots(table, slotsOf(table))
    checkCarried(table, slotsOf)
    checkOrder(table, slotsOf(table))
  }
  for (const table of TABLES) expect(() => check(table)).not.toThrow()
})

test.each<[name: string, message: string, slots: readonly FlatSlot[]]>([
  ['CALL', 'request has no slot in the schema', typed('CALL', 'request', null)],
  ['CALL', 'request (id) has a slot of type uint32 in the schema', typed('CALL', 'request', 'uint32')],
  ['CALL', 'caller (int) has a slot of type uint32 in the schema', typed('CALL', 'caller', 'uint32')],
  ['CALL', 'args has no slot in the schema', typed('CALL', 'args', null)],
  ['WELCOME', 'session has no slot in the schema', typed('WELCOME', 'session', null)],
  ['WELCOME', 'agent (text) has a slot of type uint32 in the schema', agent('uint32')],
  ['WELCOME', 'resumed (bool) has a slot of type uint8 in the schema', typed('WELCOME', 'resumed', 'uint8')],
  [
    'PUBLISH',
    'exclude (ints) has a slot of type [string] in the schema',
    typed('PUBLISH', 'exclude', '[string]'),
  ],
  [
    'PUBLISH',
    'topic (uri) has a slot of type AuthMethod in the schema',
    typed('PUBLISH', 'topic', 'AuthMethod'),
  ],
  ['CANCEL', 'mode (cancelMode) has a slot of type Match in the schema', typed('CANCEL', 'mode', 'Match')],
  ['CANCEL', 'the schema has a slot reason of no attribute', slotsOf(named('INTERRUPT'))],
  [
    'CANCEL',
    'the schema has two slots of request',
    [...slotsOf(named('CANCEL')), ...slotsOf(named('CANCEL'))],
  ],
])('checkSlots: %s: %s', (name, message, slots) => {
  expect(() => checkSlots(named(name), slots)).toThrow(new TypeError(`${name}: ${message}`))
})

test('an option that is carried over encoded has slots of one type', () => {
  const slots = (table: MessageTable): readonly FlatSlot[] =>
    table.name === 'EVENT' ? typed('EVENT', 'transaction_hash', 'PPTCipher') : slotsOf(table)
  expect(() => checkCarried(named('EVENT'), slots)).toThrow(
    'EVENT: carries transaction_hash, which has a slot of type string in PUBLISH, and PPTCipher here',
  )
})

test("a slot that is renamed is not lost from the reference peer's order", () => {
  expect(() => checkOrder(named('PUBLISH'), typed('PUBLISH', 'retain', null))).toThrow(
    'PUBLISH: flatbuffers-orders.ts has retain, which is not a slot',
  )
})

test('an enumeration of the schema has our words', () => {
  const names = FLAT_ENUMS.AuthMethod!.map((word) => word?.toUpperCase() ?? 'NULL')
  const ours = ['NULL', 'TICKET', 'CRA', 'SCRAM', 'CRYPTOSIGN']
  expect(() => checkEnum('AuthMethod', ours)).not.toThrow()
  expect(() => checkEnum('AuthMethod', names)).toThrow('AuthMethod: the schema has NULL, TICKET, WAMPCRA')
  expect(() => checkEnum('AuthMethod', ours.slice(1))).toThrow(TypeError)
  expect(() => checkEnum('KDF', ['NULL'])).toThrow('KDF: an enumeration without words')
})

test('zero is read as absence in a slot of a count only', () => {
  const frame = { base: 0, length: 8, source: () => new Uint8Array(8), context: { attributes: {} } }
  const read = (type: string): unknown => FLATBUFFERS.read(frame as unknown as Payload, 0, type)
  expect(['uint16', 'uint32', 'uint64'].map(read)).toEqual([0, 0, 0])
  const { options, code } = named('REGISTER')
  const type = FLATBUFFERS.optionType(
    code,
    options.findIndex(({ key }) => key === 'concurrency'),
  )
  expect(read(type as string)).toBeNull()
})
