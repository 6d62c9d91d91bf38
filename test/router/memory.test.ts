/** What a routed message costs on the JavaScript heap, beyond its bytes. */
import { describe, expect, test } from 'vitest'
import { createCodec, EventMessage, Publish } from '../../src/index.ts'
import { collectGarbage } from '../lifetime/gc.ts'

/** Bytes that a derived message, or a routed one from frame to frame, may allocate. */
const LIMIT = 1024

const codec = createCodec({ cache: false })
const ARGS = [1, 'x'.repeat(800), { a: [1, 2, 3] }]
const IDS = { subscription: 7, publication: 12 }
const DISCLOSED = { ...IDS, publisher: 3, publisher_authid: 'joe', publisher_authrole: 'user' }

const ROUTED = {
  'without options': {},
  'with options that stay behind': { acknowledge: true, exclude_me: false },
}

const CARRYING = {
  ...ROUTED,
  'with a chain and a hash': {
    transaction_hash: 'abc',
    forward_for: [{ session: 2 ** 40, authid: 'a', authrole: 'r' }],
  },
  'with custom keys': { exclude: [1, 2, 3, 4, 5, 6, 7, 8, 9], custom: { x_a: 'hello', x_b: [1, 2] } },
}

/**
 * Bytes of the heap that one call takes, once it is optimized: the lower quartile of rounds that are too short for the
 * collector to step in.
 */
function allocated(run: () => unknown): number {
  for (let i = 0; i < 50_000; i++) run()
  const rounds = Array.from({ length: 21 }, () => {
    collectGarbage()
    const before = process.memoryUsage().heapUsed
    for (let i = 0; i < 300; i++) run()
    return (process.memoryUsage().heapUsed - before) / 300
  })
  return rounds.sort((a, b) => a - b)[5] as number
}

describe.each(['json', 'msgpack', 'cbor'] as const)('in %s', (format) => {
  const serializer = codec.serializer(format)
  const frameOf = (more: object): Uint8Array =>
    serializer.encode(new Publish({ request: 1, topic: 'com.a.b', args: ARGS, ...more })).slice()

  test.each(Object.entries(CARRYING))(
    `a PUBLISH %s becomes an EVENT for less than ${LIMIT} bytes`,
    (_, more) => {
      const publish = serializer.decode(frameOf(more)) as Publish
      expect(allocated(() => EventMessage.from(publish, DISCLOSED))).toBeLessThan(LIMIT)
    },
  )

  test.each(Object.entries(ROUTED))(`a PUBLISH %s is routed for less than ${LIMIT} bytes`, (_, more) => {
    const frame = frameOf(more)
    const route = (): unknown =>
      serializer.encode(EventMessage.from(serializer.decode(frame) as Publish, IDS))
    expect(allocated(route)).toBeLessThan(LIMIT)
  })
})
