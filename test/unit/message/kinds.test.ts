/** Tests of src/message/kinds.ts and roles.ts: what the message tests do not reach by attributes alone. */
import { expect, test } from 'vitest'
import { Float64, Tagged } from '../../../src/index.ts'
import { isCustomName, isDict, isGoodInList, isInteger, KINDS } from '../../../src/message/kinds.ts'
import { VALUES } from './classes.ts'

class Point {
  x = 1
}

test('each kind takes its right values and refuses its wrong ones', () => {
  for (const [kind, [right, wrong]] of Object.entries(VALUES)) {
    const { check } = KINDS[kind as keyof typeof KINDS]
    for (const value of right) expect(check(value), kind).toBe(true)
    for (const value of [...wrong, undefined]) expect(check(value), kind).toBe(false)
  }
})

test('a dictionary is an object or a Map with text keys, and nothing that is written as something else', () => {
  const dicts = [{}, Object.create(null), new Point(), new Map(), new Map([['a', 1]])]
  expect(dicts.filter((value) => !isDict(value))).toEqual([])
  const others = [
    null,
    [],
    'a',
    1,
    new Map([[1, 1]]),
    new Uint8Array(1),
    new ArrayBuffer(1),
    new DataView(new ArrayBuffer(1)),
    new Date(0),
    new Set(),
    /a/,
    new Error('a'),
    new Number(1),
    new Float64(1),
    new Tagged(1, 1),
    () => 1,
  ]
  expect(others.filter(isDict)).toEqual([])
})

test('integers are numbers or BigInts, but -0 is a float', () => {
  expect([0, -5, 2 ** 60, 10n ** 30n].every(isInteger)).toBe(true)
  expect([-0, 0.5, Number.NaN, '1', null, true].some(isInteger)).toBe(false)
})

test('custom names are x_ alone, or with a letter and one character more', () => {
  expect(['x_', 'x_ab', 'x_a1', 'x_a_', 'x_my_algo_2'].every(isCustomName)).toBe(true)
  expect(['x', 'x_a', 'x_A', 'x_1a', 'X_ab', 'x_aB', 'x_ab\n', ' x_ab', 1].some(isCustomName)).toBe(false)
})

test('a known feature is a boolean or null, an unknown one whatever it likes', () => {
  const { check } = KINDS.clientRoles
  const caller = (features: unknown): boolean => check({ caller: { features } })
  expect(
    [{}, { call_timeout: null }, { call_timeout: false }, { event_history: 1 }, { mine: {} }].every(caller),
  ).toBe(true)
  expect(
    [null, [], 1, { call_timeout: 1 }, { call_timeout: 'true' }, { call_canceling: [] }].some(caller),
  ).toBe(false)
})

test('a hop without a role can be built, for formats that have none, but no list brings one', () => {
  const hop = { session: 1, authid: null, authrole: null }
  expect([
    KINDS.hops.check([hop]),
    isGoodInList('hops', [hop]),
    isGoodInList('hops', [{ ...hop, authrole: '' }]),
  ]).toEqual([true, false, true])
})
