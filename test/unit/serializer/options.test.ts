/** Options that were built, in every combination: oracle is the same message, received with a hop and without it. */
import { expect, test } from 'vitest'
import { Call, createCodec, EventMessage, type Hop, Publish, type SerializerId } from '../../../src/index.ts'

const SIMPLE = {
  acknowledge: true,
  exclude_me: false,
  exclude: [1, 2 ** 53],
  eligible_authid: ['é', 'b'],
  retain: false,
  transaction_hash: 'hash "1"',
  disclose_me: true,
  rkey: '',
}
const NAMES = Object.keys(SIMPLE) as (keyof typeof SIMPLE)[]
const codec = createCodec({ cache: false })

test.each<SerializerId>(['json', 'msgpack', 'cbor', 'ubjson'])('%s: 256 sets of options, twice', (id) => {
  const serializer = codec.serializer(id)
  for (let round = 0; round < 2; round++) {
    for (let set = 0; set < 256; set++) {
      const options = Object.fromEntries(
        NAMES.filter((_, i) => (set & (1 << i)) !== 0).map((name) => [name, SIMPLE[name]]),
      )
      const message = new Publish({ request: set, topic: 'com.myapp.topic', ...options, args: [round] })
      const again = serializer.decode(serializer.encode(message)) as Publish
      expect(again.marshal()).toEqual([16, set, options, 'com.myapp.topic', [round]])
      // Written another way: option by option.
      again.forward_for = [{ session: 1, authid: 'a', authrole: 'b' }]
      const forwarded = serializer.decode(serializer.encode(again)) as Publish
      forwarded.forward_for = null
      expect(forwarded.equals(message)).toBe(true)
    }
  }
})

test('options are written in the order of the table, and read from a literal once each', () => {
  const asked: string[] = []
  const given = Object.defineProperties(
    {},
    Object.fromEntries(
      Object.entries({ publisher: 3, subscription: 1, topic: 'a.b', publication: 2, retained: true }).map(
        ([name, value]) => [
          name,
          {
            enumerable: true,
            get() {
              asked.push(name)
              return value
            },
          },
        ],
      ),
    ),
  ) as ConstructorParameters<typeof EventMessage>[0]
  const event = new EventMessage(given)
  expect([...asked].sort()).toEqual(['publication', 'publisher', 'retained', 'subscription', 'topic'])
  const json = new TextDecoder().decode(codec.serializer('json').encode(event))
  expect(json).toBe('[36,1,2,{"publisher":3,"topic":"a.b","retained":true}]')
})

/** What a hop of an application's class may be. */
class PrivateHop {
  readonly #session: number

  constructor(session: number) {
    this.#session = session
  }

  get session(): number {
    return this.#session
  }

  get authid(): string {
    return 'joe'
  }

  get authrole(): string {
    return 'user'
  }
}

class ShownHop extends PrivateHop {
  toJSON(): object {
    return { session: 9, authid: 'shown', authrole: 'router' }
  }
}

test.each<SerializerId>(['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers'])(
  '%s: hops may be instances of classes',
  (id) => {
    const plain = { session: 1, authid: 'a', authrole: 'b' }
    const toJSON = ShownHop.prototype.toJSON
    const hidden = Object.defineProperty({ ...plain }, 'toJSON', { value: toJSON })
    const call = new Call({
      request: 1,
      procedure: 'a.b',
      forward_for: [new PrivateHop(7), new ShownHop(8), { ...plain, toJSON } as Hop, hidden, plain],
    })
    const shown = { session: 9, authid: 'shown', authrole: 'router' }
    const { forward_for } = codec.serializer(id).decode(codec.serializer(id).encode(call)) as Call
    expect(forward_for).toEqual([{ session: 7, authid: 'joe', authrole: 'user' }, shown, shown, shown, plain])
  },
)

test('what a hop says of itself is checked before it is written', () => {
  for (const wrong of [
    5,
    null,
    'x',
    [],
    { session: 1, authid: 'a' },
    { session: 1, authid: 'a', authrole: null },
  ]) {
    const hop = { session: 1, authid: 'a', authrole: 'b', toJSON: () => wrong } as Hop
    const call = new Call({ request: 1, procedure: 'a.b', forward_for: [hop] })
    for (const id of ['json', 'cbor'] as const) {
      expect(() => codec.serializer(id).encode(call)).toThrow('cannot encode forward_for to')
    }
    // There a role may be null.
    const isGood = (wrong as { authrole?: null } | null)?.authrole === null
    const flat = (): unknown => codec.serializer('flatbuffers').encode(call)
    if (!isGood) expect(flat).toThrow('cannot encode forward_for[0] to flatbuffers')
  }
})

test('short texts take no more room in the bytes of the caller than they need', () => {
  const message = new Publish({ request: 1, topic: 'a.b', acknowledge: true, args: ['x', { k: 'é' }, 12] })
  for (const id of ['json', 'msgpack', 'cbor', 'ubjson'] as const) {
    const serializer = codec.serializer(id)
    const frame = serializer.encode(message)
    for (const room of [0, 1, 9, 20, 60]) {
      const target = new Uint8Array(7 + frame.length + room).fill(0xee)
      expect(serializer.encodeInto(message, target, 7)).toBe(frame.length)
      expect(target.subarray(0, 7)).toEqual(new Uint8Array(7).fill(0xee))
      expect(target.subarray(7, 7 + frame.length)).toEqual(frame)
    }
  }
})
