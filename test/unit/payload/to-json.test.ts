/** args and kwargs with a `toJSON`: what is written is a list and a dictionary, or nothing is. */
import { describe, expect, test } from 'vitest'
import { Call, createCodec, EncodeError, FanOut, Publish } from '../../../src/index.ts'

const codec = createCodec({ cache: false })
const IDS = ['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers'] as const

const withToJSON = <T extends object>(value: T, made: unknown): T =>
  Object.assign(value, { toJSON: (): unknown => made })

class Point {
  x = 1
  asked = 0
  toJSON(): this {
    this.asked++
    return this
  }
}

describe.each(IDS)('in %s', (id) => {
  const serializer = codec.serializer(id)
  const sent = (attributes: object): unknown[] => {
    const call = new Call({ request: 1, procedure: 'a.b', ...attributes })
    return serializer.decode(serializer.encode(call)).marshal()
  }

  test.each([
    ['args', { args: withToJSON([1], 'x') }],
    ['args', { args: withToJSON([1], { a: 1 }) }],
    ['kwargs', { kwargs: withToJSON({ a: 1 }, 5) }],
    ['kwargs', { kwargs: withToJSON({ a: 1 }, [1]) }],
    ['kwargs', { kwargs: withToJSON({ a: 1 }, null) }],
    ['kwargs', { kwargs: withToJSON({ a: 1 }, undefined) }],
    ['kwargs', { kwargs: withToJSON({ a: 1 }, new Date(0)) }],
  ])('%s whose toJSON gives something else are refused: %o', (path, attributes) => {
    const call = new Call({ request: 1, procedure: 'a.b', ...attributes })
    expect(() => serializer.encode(call)).toThrow(EncodeError)
    expect(() => serializer.encode(call)).toThrow(`cannot encode ${path} to `)
  })

  test('what is right is written, and asked once', () => {
    expect(sent({ args: withToJSON([1], [2, 3]) }).slice(4)).toEqual([[2, 3]])
    expect(sent({ kwargs: withToJSON({ a: 1 }, { b: 2 }) }).at(-1)).toEqual({ b: 2 })
    expect(sent({ kwargs: withToJSON({ a: 1 }, new Map([['b', 2]])) }).at(-1)).toEqual({ b: 2 })
    const point = new Point()
    expect(sent({ kwargs: point }).at(-1)).toMatchObject({ x: 1 })
    expect(point.asked).toBe(1)
  })

  test('what is empty by itself and says something is written, and the reverse is not', () => {
    class Hidden {
      #x = 1
      toJSON(): object {
        return { x: this.#x }
      }
    }
    expect(sent({ kwargs: new Hidden() }).slice(4)).toEqual([[], { x: 1 }])
    expect(sent({ args: withToJSON([], [5]) }).slice(4)).toEqual([[5]])
    expect(sent({ args: withToJSON([1], []), kwargs: withToJSON({ a: 1 }, {}) })).toHaveLength(4)
    expect(sent({ args: withToJSON([1], []), kwargs: withToJSON({ a: 1 }, new Map()) })).toHaveLength(4)
    const call = new Call({ request: 1, procedure: 'a.b', kwargs: new Hidden() as never })
    expect((codec.fromTransferable(call.toTransferable()) as Call).kwargs).toEqual({ x: 1 })
    expect(call.equals(new Call({ request: 1, procedure: 'a.b', kwargs: { x: 1 } }))).toBe(true)
  })

  test('a list of four billion holes that a toJSON gives is refused before any work', () => {
    const holes: unknown[] = [1]
    holes.length = 2 ** 32 - 1
    const itself: unknown[] = [1]
    itself.length = 2 ** 32 - 1
    for (const given of [holes, withToJSON(itself, itself)]) {
      const call = new Call({ request: 1, procedure: 'a.b', args: withToJSON([1], given) })
      expect(() => serializer.encode(call)).toThrow(expect.objectContaining({ code: 'SIZE_LIMIT' }))
    }
  })

  test('kwargs that give themselves are asked once, and a toJSON that is no function is a key like any other', () => {
    let asked = 0
    const itself = {
      a: 1,
      toJSON(): object {
        asked++
        return this
      },
    }
    expect(sent({ kwargs: itself }).at(-1)).toEqual({ a: 1 })
    expect(asked).toBe(1)
    expect(sent({ kwargs: withToJSON({ a: 1 }, { toJSON: 5 }) }).at(-1)).toEqual({ toJSON: 5 })
  })
})

test('a hole in a batch is a missing message', () => {
  const batched = createCodec().serializer('json.batched')
  const call = new Call({ request: 1, procedure: 'a.b' })
  // biome-ignore lint/suspicious/noSparseArray: this is what it is about
  expect(() => batched.encodeAll([call, , call] as never)).toThrow(
    'expected a message, got undefined for messages[1]',
  )
})

describe.each([...IDS, 'json.batched', 'cbor.batched'] as const)(
  'kwargs with keys that are no text, in %s',
  (id) => {
    const withMap = (map: Map<unknown, unknown>): Publish =>
      new Publish({ request: 1, topic: 'a.b', kwargs: map as never })
    const changed = (): Publish => {
      const map = new Map<unknown, unknown>([['a', 1]])
      const message = withMap(map)
      map.set(2, 'x')
      return message
    }
    // It answers that it has none.
    class Empty extends Map {
      override keys(): MapIterator<never> {
        return new Map<never, never>().keys()
      }
      override forEach(): void {}
    }

    test.each([
      ['a Map out of toJSON', () => withMap({ toJSON: () => new Map([[1, 'x']]) } as never)],
      ['a Map that was changed since', changed],
      [
        'a Map of a class',
        () => {
          const map = new Empty()
          const message = withMap(map)
          map.set(true, 1)
          return message
        },
      ],
    ])('%s is refused, because peers refuse the frame', (_, make) => {
      expect(() => codec.serializer(id).encode(make())).toThrow(
        expect.objectContaining({
          code: 'KEY_TYPE',
          path: 'kwargs',
          message: expect.stringMatching(/^cannot encode kwargs to \w+: its keys must be strings$/),
        }),
      )
    })
  },
)

test('lists, a fan-out and a transferable message refuse them, too', () => {
  const kwargs = { toJSON: () => new Map([[1, 'x']]) }
  const publish = new Publish({ request: 1, topic: 'a.b', kwargs })
  const refused = expect.objectContaining({ code: 'KEY_TYPE', path: 'kwargs' })
  expect(() => codec.lists('cbor').encode([16, 1, {}, 'a.b', [], kwargs] as never)).toThrow(refused)
  expect(() =>
    new FanOut(codec, publish, { publication: 9 }).bytes(codec.serializer('cbor'), { subscription: 7 }),
  ).toThrow(refused)
  expect(() => publish.toTransferable()).toThrow(refused)
})

describe.each(['json', 'msgpack', 'cbor', 'ubjson'] as const)('lossReport to %s', (id) => {
  test.each([
    ['KEY_TYPE', { toJSON: () => new Map([[1, 'x']]) }, 'its keys must be strings'],
    ['UNENCODABLE', { toJSON: () => 5 }, 'its toJSON gives no dictionary'],
  ])('names kwargs that are refused as a whole: %s', (_, kwargs, reason) => {
    const message = new Publish({ request: 1, topic: 'a.b', kwargs })
    expect(codec.lossReport(message, codec.serializer(id))).toEqual([{ path: 'kwargs', reason }])
  })
})

test.each([
  ['an Error behind a Proxy', new Proxy(new Error('x'), {})],
  ['bytes behind a Proxy', new Proxy(Uint8Array.of(1), {})],
  ['an Error with the tag of an object', Object.assign(new Error('x'), { [Symbol.toStringTag]: 'Object' })],
])('%s is no dictionary', (_, hidden) => {
  const withKwargs = (kwargs: unknown): Publish => {
    return new Publish({ request: 1, topic: 'a.b', kwargs: kwargs as never })
  }
  expect(() => withKwargs(hidden)).toThrow(TypeError)
  for (const id of IDS) {
    const said = withKwargs({ toJSON: () => hidden })
    expect(() => codec.serializer(id).encode(said)).toThrow(
      expect.objectContaining({ code: 'UNENCODABLE', path: 'kwargs' }),
    )
  }
})
