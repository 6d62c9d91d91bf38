/** The small table of list forms, which needs no message tables, against those tables. */
import { expect, test } from 'vitest'
import { argsAt, idsOf, LIST_PLACES } from '../../src/lists/list-rules.ts'
import { TABLES } from '../../src/message/tables.ts'

test.each(TABLES)('$name has its ids and its args where its table says', ({ code, positions, payload }) => {
  const ids = positions.filter(({ kind }) => kind === 'id' || kind === 'requestType')
  expect(idsOf(code)).toBe(ids.length)
  // They stand first, so that their number tells their places.
  expect(positions.slice(0, ids.length)).toEqual(ids)
  expect(argsAt(code)).toBe(payload === 'none' ? Number.POSITIVE_INFINITY : positions.length + 1)
})

test('37, under which some send EVENT_RECEIVED, is known, and no code that is not in a table', () => {
  const codes = [...TABLES.map(({ code }) => code), 37]
  expect(Object.keys(LIST_PLACES).map(Number)).toEqual(codes.sort((a, b) => a - b))
})
