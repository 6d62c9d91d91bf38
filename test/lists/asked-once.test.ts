/**
 * Lists whose values are getters and have `toJSON`: each is asked once, whichever way the list takes and also when an
 * error follows.
 */
import { describe, expect, test } from 'vitest'
import { createCodec, type ListCodec } from '../../src/index.ts'
import { createLists } from '../../src/lists/index.ts'

const codec = createCodec()

/** Counts how often the values that it makes are asked. */
class Asker {
  /** By the order in which they were made. */
  readonly asked: number[] = []

  /** The list, with a getter for each element. */
  list(...elements: unknown[]): unknown[] {
    return this.#withGetters(new Array<unknown>(elements.length), elements)
  }

  /** The dictionary, with a getter for each value. */
  dict(values: object, prototype: object | null = Object.prototype): Record<string, unknown> {
    return this.#withGetters(Object.create(prototype), values)
  }

  /** An object that says what it is by `toJSON`. */
  json(value: unknown, others: object = {}): object {
    const count = this.#count()
    const toJSON = (): unknown => {
      count()
      return value
    }
    return { ...others, toJSON }
  }

  #withGetters<T extends object>(target: T, values: object): T {
    for (const [key, value] of Object.entries(values)) {
      const count = this.#count()
      const get = (): unknown => {
        count()
        return value
      }
      Object.defineProperty(target, key, { enumerable: true, configurable: true, get })
    }
    return target
  }

  #count(): () => void {
    const at = this.asked.push(0) - 1
    return () => {
      this.asked[at] = (this.asked[at] as number) + 1
    }
  }
}

/** What is written for the list, or the error. */
function outcome(lists: ListCodec, list: unknown[]): unknown {
  try {
    return lists.decode(lists.encode(list))
  } catch (error) {
    return (error as Error).message
  }
}

const ROLES = { caller: { features: { call_canceling: true } }, other: { a: 1 } }
const HOP = { session: 1, authid: null, authrole: 'r', more: 1 }

/** Lists that are written: that of getters, and that of values. */
const WRITTEN: readonly (readonly [what: string, list: (by: Asker) => unknown[], values: unknown[]])[] = [
  ['the list itself', (by) => by.list(16, 1, {}, 'a.b', [1]), [16, 1, {}, 'a.b', [1]]],
  [
    'options, args and kwargs',
    (by) => [
      16,
      1,
      by.dict({ exclude: by.list(1, 2) }),
      'a.b',
      by.list(by.dict({ b: 1 })),
      by.dict({ a: 1 }),
    ],
    [16, 1, { exclude: [1, 2] }, 'a.b', [{ b: 1 }], { a: 1 }],
  ],
  [
    'options beside a custom key',
    (by) => [16, 1, by.dict({ exclude: by.list(1), x_a: by.dict({ b: by.list(1) }) }), 'a.b'],
    [16, 1, { exclude: [1], x_a: { b: [1] } }, 'a.b'],
  ],
  [
    'options behind a custom key',
    (by) => [16, 1, by.dict({ x_a: 1, exclude_me: false, eligible_authid: by.list('a') }), 'a.b'],
    [16, 1, { eligible_authid: ['a'], exclude_me: false, x_a: 1 }, 'a.b'],
  ],
  [
    'options in another order than messages have',
    (by) => [16, 1, by.dict({ retain: true, exclude: by.list(1) }), 'a.b', by.list(1)],
    [16, 1, { exclude: [1], retain: true }, 'a.b', [1]],
  ],
  [
    'hops',
    (by) => [16, 1, by.dict({ forward_for: by.list(by.dict(HOP)) }), 'a.b'],
    [16, 1, { forward_for: [HOP] }, 'a.b'],
  ],
  [
    'an element that may be an opaque payload',
    (by) => [16, 1, by.dict({ ppt_scheme: 'x_a' }), 'a.b', by.list('bytes, or not')],
    [16, 1, { ppt_scheme: 'x_a' }, 'a.b', ['bytes, or not']],
  ],
  [
    'roles and their features',
    (by) => [1, 'a', by.dict({ roles: by.dict({ ...ROLES, caller: by.dict({ features: by.dict({}) }) }) })],
    [1, 'a', { roles: { ...ROLES, caller: { features: {} } } }],
  ],
  ['extra', (by) => [4, 'ticket', by.dict({ a: by.list(1) })], [4, 'ticket', { a: [1] }]],
  [
    'args with a toJSON',
    (by) => [16, 1, {}, 'a.b', by.list(by.json(5)), by.dict({ a: by.json(6) })],
    [16, 1, {}, 'a.b', [5], { a: 6 }],
  ],
  [
    'details that may be missing',
    (by) => [35, 0, by.dict({ subscription: 3 })],
    [35, 0, { subscription: 3 }],
  ],
  ['options of CANCEL', (by) => [49, 1, by.dict({ mode: 'kill' })], [49, 1, { mode: 'kill' }]],
]

/** Lists that messages refuse. */
const REFUSED: readonly (readonly [what: string, list: (by: Asker) => unknown[]])[] = [
  ['an option', (by) => [16, 1, by.dict({ exclude: by.list(1), acknowledge: 4 }), 'a.b']],
  ['an option behind a custom key', (by) => [16, 1, by.dict({ x_a: 1, exclude: by.list('a') }), 'a.b']],
  ['an id', (by) => [16, 'one', by.dict({ exclude: by.list(1) }), 'a.b']],
  ['a URI', (by) => [16, 1, by.dict({ exclude: by.list(1) }), 'a..b']],
  ['a hop', (by) => [16, 1, { forward_for: by.list(by.dict({ ...HOP, session: 'one' })) }, 'a.b']],
  [
    'a feature',
    (by) => [1, 'a', { roles: by.dict({ caller: by.dict({ features: by.dict({ call_canceling: 1 }) }) }) }],
  ],
]

describe.each(['json', 'msgpack', 'cbor', 'ubjson'] as const)('in %s', (id) => {
  const codecs: readonly ListCodec[] = [
    codec.lists(id),
    codec.lists(id, { peers: 'lenient' }),
    codec.lists(id, { uri: 'none' }),
    codec.lists(id, { check: 'list' }),
    codec.lists(id, { check: 'list', peers: 'lenient' }),
    ...(id === 'ubjson' ? [] : [createLists(id), createLists(id, { peers: 'lenient' })]),
  ]

  test.each(WRITTEN)('%s is asked once', (_, list, values) => {
    for (const lists of codecs) {
      const by = new Asker()
      expect(outcome(lists, list(by))).toEqual(values)
      expect(by.asked).toEqual(by.asked.map(() => 1))
    }
  })

  test.each(REFUSED)('what stands beside %s that is wrong is asked once', (_, list) => {
    const by = new Asker()
    expect(outcome(codec.lists(id), list(by))).toMatch(/^cannot parse /)
    expect(by.asked).toEqual(by.asked.map(() => 1))
  })

  test('args are asked once beside a value that has no form', () => {
    for (const lists of codecs) {
      const by = new Asker()
      const args = by.list(by.dict({ a: 1 }), () => {})
      expect(outcome(lists, [16, 1, by.dict({ x_a: 1 }), 'a.b', args])).toMatch(/^cannot encode args\[1\] /)
      expect(by.asked).toEqual([1, 1, 1, 1])
    }
  })

  test('an empty mode is asked once', () => {
    for (const lists of codecs.slice(0, 5).filter((_, i) => i === 1 || i === 4)) {
      const by = new Asker()
      expect(outcome(lists, [49, 1, by.dict({ mode: '', x_a: 1 })])).toEqual([49, 1, { x_a: 1 }])
      expect(by.asked).toEqual([1, 1])
    }
  })
})

test('what is checked is written: a getter that gives another value each time gives one', () => {
  for (const others of [{}, { x_a: 1 }]) {
    let asked = 0
    const exclude = Object.defineProperty([1], 0, { enumerable: true, get: () => ++asked })
    const expected = JSON.stringify([16, 1, { exclude: [1], ...others }, 'a.b'])
    expect(codec.lists('json').encode([16, 1, { exclude, ...others }, 'a.b'])).toBe(expected)
  }
})

test('a list of a class is written by its elements, which were checked, whatever its toJSON says', () => {
  class Own extends Array<unknown> {
    toJSON(): unknown {
      return ['other']
    }
  }
  const list = Own.from([16, 1, {}, 'a.b', [1]])
  for (const lists of [codec.lists('json'), codec.lists('json', { check: 'list' }), createLists('json')])
    expect(lists.encode(list)).toBe('[16,1,{},"a.b",[1]]')
})

test.each([
  ['plain options', Object.prototype],
  ['options without a prototype', null],
])('the mode of %s is asked once by a lenient codec that checks the list alone', (_, prototype) => {
  const lists = createCodec({ peers: 'lenient' }).lists('json', { check: 'list' })
  let asked = 0
  const options = Object.create(prototype, {
    mode: { enumerable: true, get: () => (asked++ === 0 ? 'kill' : '') },
  })
  expect(lists.encode([49, 1, options])).toBe('[49,1,{"mode":"kill"}]')
  expect(asked).toBe(1)
})

test.each(['message', 'list'] as const)(
  'a list of four billion holes is refused at once, check: %s',
  (check) => {
    const list: unknown[] = [16, 1, {}, 'a.b']
    list.length = 2 ** 32 - 1
    expect(() => createCodec().lists('json', { check }).encode(list)).toThrow(
      expect.objectContaining({ code: 'SIZE_LIMIT' }),
    )
  },
)

describe.each(['json', 'msgpack', 'cbor', 'ubjson'] as const)('%s with the deepest maxDepth', (id) => {
  const nested = (levels: number): unknown[] => {
    let list: unknown[] = []
    for (let level = 1; level < levels; level++) list = [list]
    return list
  }
  const deepest = createCodec({ maxDepth: 1000 })

  test.each(['message', 'list'] as const)(
    'a list asks once what is beside args that are too deep: %s',
    (check) => {
      const asker = new Asker()
      const list = [16, 1, {}, 'a.b', [asker.dict({ a: 1 }), nested(1000)]]
      expect(() => deepest.lists(id, { check }).encode(list)).toThrow(
        expect.objectContaining({ code: 'DEPTH_LIMIT', message: expect.stringMatching(/deeper than 1000$/) }),
      )
      expect(asker.asked).toEqual([1])
    },
  )

  test.each(['message', 'list'] as const)('args may have all of its levels: %s', (check) => {
    const lists = deepest.lists(id, { check })
    const list = [16, 1, {}, 'a.b', nested(1000)]
    expect(lists.decode(lists.encode(list))).toEqual(list)
  })
})
