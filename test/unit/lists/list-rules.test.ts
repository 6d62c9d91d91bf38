/** The short table of the list codecs against the message tables. */
import { expect, test } from 'vitest'
import { createCodec } from '../../../src/index.ts'
import { createLists } from '../../../src/lists/index.ts'
import { argsAt, idsOf, LIST_PLACES, optionsAt, withoutUndefined } from '../../../src/lists/list-rules.ts'
import { TABLES } from '../../../src/message/tables.ts'

// EVENT_RECEIVED has two codes.
const rows = TABLES.flatMap((table) =>
  (table.code === 337 ? [337, 37] : [table.code]).map((code) => ({ code, table })),
)

test.each(rows)('the lists of code $code have the ids and args of $table.name', ({ code, table }) => {
  const { positions, payload } = table
  const isId = positions.map(({ kind }) => kind === 'id' || kind === 'requestType')
  expect(isId).toEqual(isId.map((_, i) => i < (idsOf(code) ?? Number.NaN)))
  const options = positions.findIndex(({ kind }) => kind === 'options' || kind === 'dict')
  expect(optionsAt(code)).toBe(1 + options)
  expect(argsAt(code)).toBe(payload === 'none' ? Number.POSITIVE_INFINITY : 1 + positions.length)
})

test('no other code is known', () => {
  const codes = rows.map(({ code }) => code).sort((a, b) => a - b)
  expect(Object.keys(LIST_PLACES).map(Number)).toEqual(codes)
  for (const other of [-1, 0, 7, 1.5, '16', 16n, null, undefined]) expect(idsOf(other)).toBeUndefined()
})

test.each<unknown>([{ toString: 1 }, { valueOf: null }, '16', null])(
  '%j in the place of a code is not asked for its text',
  (code) => {
    expect([argsAt(code), optionsAt(code)]).toEqual([Number.POSITIVE_INFINITY, 0])
  },
)

test.each(['json', 'msgpack', 'cbor'] as const)(
  'createLists of %s refuses a list whose code is a dictionary',
  (id) => {
    const lists = createLists(id)
    for (const list of [
      [[{ toString: 1 }], 2],
      [{ toString: 1 }, 2, {}, []],
    ]) {
      expect(() => lists.decode(lists.encodeValue(list))).toThrow(/expected a known message code, got/)
    }
  },
)

/** A list in which the options are a hole. */
function holed(): unknown[] {
  const list: unknown[] = [50, 1]
  list[3] = [1]
  return list
}

test.each<[what: string, list: unknown[], expected: unknown[]]>([
  ['nothing at the end', [36, 1, 2, {}, undefined, undefined], [36, 1, 2, {}]],
  ['no options, when there must be some', [49, 1, undefined], [49, 1, {}]],
  ['no options before a URI', [6, undefined, 'wamp.close.normal'], [6, {}, 'wamp.close.normal']],
  ['nothing, when there may be none', [67, 1, undefined], [67, 1]],
  ['no args before kwargs', [70, 1, {}, undefined, { a: 1 }], [70, 1, {}, [], { a: 1 }]],
  ['null elsewhere', [33, undefined, 1], [33, null, 1]],
  ['the same for a hole', holed(), [50, 1, {}, [1]]],
])('undefined is %s', (_, list, expected) => {
  expect(withoutUndefined(list)).toEqual(expected)
})

test('null is null, and a list without undefined is not copied', () => {
  const list = [50, 1, null, null]
  expect(withoutUndefined(list)).toBe(list)
  expect(withoutUndefined([50, 1, null, null, undefined])).toEqual(list)
})

test('details that may be missing have the rules of options', () => {
  for (const lists of [
    createLists('json', { maxBigIntBytes: 2 }),
    createCodec({ maxBigIntBytes: 2 }).lists('json', { check: 'list' }),
  ]) {
    for (const frame of ['[35,0,{"subscription":5,"subscription":6}]', '[34,1,2,{"x_a":1,"x_a":2}]'])
      expect(() => lists.decode(frame)).toThrow(expect.objectContaining({ code: 'DUPLICATE_KEY' }))
    expect(() => lists.encode([34, 1, 2, { x_a: () => 1 }])).toThrow('cannot encode x_a to json')
    expect(() => lists.decode('[35,5,{"x_a":[123456789123456789123456789]}]')).toThrow(
      expect.objectContaining({ code: 'SIZE_LIMIT' }),
    )
  }
})

test('an empty mode is left out of a Map, too, whose other keys are looked at', () => {
  for (const lists of [
    createLists('json', { peers: 'lenient' }),
    createCodec().lists('json', { peers: 'lenient' }),
  ]) {
    expect(lists.encode([49, 1, new Map([['mode', '']])])).toBe('[49,1,{}]')
    expect(lists.encode([49, 1, { mode: '' }])).toBe('[49,1,{}]')
  }
  const lists = createCodec().lists('json', { peers: 'lenient' })
  for (const mode of ['', 'kill']) {
    const options = new Map<unknown, unknown>([
      [{}, 2],
      ['mode', mode],
    ])
    expect(() => lists.encode([49, 1, options])).toThrow()
  }
})

test('elements of options are asked once: what is checked is written', () => {
  let asked = 0
  const exclude = Object.defineProperty([1], 0, { enumerable: true, get: () => ++asked })
  expect(createCodec().lists('json').encode([16, 1, { exclude }, 'a.b'])).toBe('[16,1,{"exclude":[1]},"a.b"]')
})
