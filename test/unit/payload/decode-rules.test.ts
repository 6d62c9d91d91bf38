/** Tests of src/payload/decode-rules.ts: what was accepted is read, whatever the limits are. */
import { describe, expect, test } from 'vitest'
import { createCodec, EventMessage, Hello, Publish } from '../../../src/index.ts'

const HOPS = [1, 2, 3].map((session) => ({ session, authid: 'a', authrole: 'b' }))

const MESSAGES = {
  'custom keys': new EventMessage({
    subscription: 1,
    publication: 2,
    custom: { x_a: [1, [2], { b: [null] }], x_b: {} },
  }),
  'custom keys beside others': new Publish({
    request: 1,
    topic: 'a.b',
    retain: true,
    rkey: 'x',
    custom: { x_a: 1 },
  }),
  'hops and custom keys': new Publish({
    request: 1,
    topic: 'a.b',
    forward_for: HOPS,
    custom: { x_c: { d: [1, 2] } },
  }),
  'roles and custom keys': new Hello({
    realm: 'a.b',
    roles: { caller: {}, callee: {} },
    custom: { x_d: [1] },
  }),
}

describe.each(['cbor', 'msgpack', 'json', 'ubjson'] as const)('%s', (id) => {
  const full = createCodec().serializer(id)
  const other = full.encode(new EventMessage({ subscription: 1, publication: 1 }))

  test.each(Object.entries(MESSAGES))(
    '%s of a message within maxNodes are read, in the kernel or not',
    (_, message) => {
      const frame = full.encode(message)
      const counts = { read: 0, refused: 0 }
      for (let maxNodes = 1; maxNodes < 60; maxNodes++) {
        const serializer = createCodec({ maxNodes }).serializer(id)
        for (const isEvicted of [false, true]) {
          let decoded: EventMessage
          try {
            decoded = serializer.decode(frame) as EventMessage
          } catch {
            counts.refused++
            continue
          }
          if (isEvicted) serializer.decode(other)
          expect(decoded.custom).toEqual(message.custom)
          expect(decoded.marshal()).toEqual(message.marshal())
          counts.read++
        }
      }
      expect(counts.read).toBeGreaterThan(20)
      expect(counts.refused).toBeGreaterThan(2)
    },
  )
})
