/** Options that were built, in every combination: oracle is the same message, received with a hop and without it. */
import { expect, test } from 'vitest'
import { createCodec, EventMessage, Publish, type SerializerId } from '../../../src/index.ts'

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
