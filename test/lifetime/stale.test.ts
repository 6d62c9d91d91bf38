/** Nothing stale is sent: what the application owns is written as it is now, what was received as it came. */
import { describe, expect, test } from 'vitest'
import {
  createCodec,
  EventMessage,
  type Hop,
  type Message,
  Publish,
  type RouterRoles,
  type Serializer,
  Welcome,
} from '../../src/index.ts'
import { LIST_FORMATS } from '../support/vectors.ts'
import { SAMPLES } from './samples.ts'

const WIRES = [...LIST_FORMATS, 'flatbuffers'] as const
const codec = createCodec()
const plain = createCodec({ cache: false })

/** What a codec without a cache would send now. */
function expectFresh(message: Message, what: string): void {
  for (const id of WIRES) {
    const found = Uint8Array.from(codec.serializer(id).encode(message))
    expect(found, `${what}, ${id}`).toEqual(Uint8Array.from(plain.serializer(id).encode(message)))
    expect(codec.serializer(id).byteLength(message), `${what}, ${id}`).toBe(found.length)
    expect(Uint8Array.from(Buffer.concat(codec.serializer(id).encodeParts(message))), what).toEqual(found)
  }
}

describe('a message that the application built', () => {
  test('is sent with what was pushed into its args, set in its kwargs, or written into its bytes', () => {
    const args: unknown[] = [1, { deep: [1] }]
    const kwargs: Record<string, unknown> = { a: 1 }
    const bytes = Uint8Array.of(1, 2, 3)
    const message = new Publish({ request: 1, topic: 'a.b', args, kwargs })
    const opaque = new Publish({ request: 1, topic: 'a.b', payload: bytes, enc_algo: 'cryptobox' })
    expectFresh(message, 'at first')
    expectFresh(opaque, 'at first')
    args.push(2)
    expectFresh(message, 'after a push')
    ;(args[1] as { deep: number[] }).deep.push(2)
    kwargs.b = 2
    bytes[0] = 9
    expectFresh(message, 'after a change deep inside')
    expectFresh(opaque, 'after a change of its bytes')
    const cbor = codec.serializer('cbor')
    const back = cbor.decode(cbor.encode(message)) as Publish
    expect([back.args, back.kwargs]).toEqual([[1, { deep: [1, 2] }, 2], { a: 1, b: 2 }])
    expect((cbor.decode(cbor.encode(opaque)) as Publish).payload).toEqual(Uint8Array.of(9, 2, 3))
  })

  test('is sent with its options as they are: custom, roles, authextra, forward_for and lists', () => {
    const custom: Record<string, unknown> = { x_a: [1] }
    const forward_for: Hop[] = [{ session: 1, authid: 'a', authrole: 'r' }]
    const exclude = [1]
    const authextra: Record<string, unknown> = { k: 'v' }
    const roles: Record<string, object> = { broker: {} }
    const publish = new Publish({ request: 1, topic: 'a.b', custom, forward_for, exclude })
    const welcome = new Welcome({ session: 1, roles: roles as RouterRoles, authextra })
    for (const message of [publish, welcome]) expectFresh(message, 'at first')
    ;(custom.x_a as number[]).push(2)
    ;(forward_for[0] as Hop).authid = 'b'
    exclude.push(2)
    authextra.k = 'w'
    roles.dealer = {}
    for (const message of [publish, welcome]) expectFresh(message, 'after changes')
    const json = codec.serializer('json')
    expect(json.encodeText(publish)).toContain('"exclude":[1,2]')
    expect(json.encodeText(publish)).toContain('"authid":"b"')
    expect(json.encodeText(welcome)).toContain('"dealer"')
  })

  test('is not cached, also when it has no payload, nor is an event of it', () => {
    const serializer = codec.serializer('cbor')
    for (const message of [
      new Publish({ request: 1, topic: 'a.b' }),
      EventMessage.from(new Publish({ request: 1, topic: 'a.b', args: [1] }), {
        subscription: 1,
        publication: 2,
      }),
    ]) {
      const { cacheHits } = codec.stats()
      serializer.encode(message)
      serializer.encode(message)
      expect(codec.stats().cacheHits).toBe(cacheHits)
      expect(message._encoded).toBe(null)
    }
  })
})

/** Pushes into, or sets a key of, every list and dictionary that the message hands out. */
function spoil(value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) spoil(item)
    value.push('spoiled')
  } else if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)) {
    for (const item of Object.values(value)) spoil(item)
    Object.assign(value, { spoiled: true })
  }
}

const received = (serializer: Serializer, message: Message): Message =>
  serializer.decode(Uint8Array.from(serializer.encode(message)))

describe.each(WIRES)('a message that was received as %s', (id) => {
  const serializer = codec.serializer(id)

  test('is sent as it came in every format, whatever the application does to the values that it read', () => {
    let sent = 0
    for (const { Class, least, full, name } of SAMPLES) {
      let frame: Uint8Array
      try {
        frame = Uint8Array.from(serializer.encode(new Class({ ...least, ...full })))
      } catch {
        continue // FlatBuffers has no ppt_*.
      }
      const expected = WIRES.map((target) => {
        try {
          return Uint8Array.from(plain.serializer(target).encode(serializer.decode(frame)))
        } catch (error) {
          return String(error)
        }
      })
      const message = serializer.decode(frame)
      const { table } = message
      const attributes = [...table.options, ...table.positions].map(({ attribute }) => attribute)
      for (const attribute of [...attributes, 'custom', 'args', 'kwargs']) {
        spoil((message as unknown as Record<string, unknown>)[attribute])
      }
      for (const [i, target] of WIRES.entries()) {
        if (typeof expected[i] === 'string') continue
        for (const time of ['first', 'cached']) {
          const found = Uint8Array.from(codec.serializer(target).encode(message))
          expect(found, `${name} to ${target}, ${time}`).toEqual(expected[i])
          sent++
        }
      }
    }
    expect(sent).toBeGreaterThan(150)
  })

  test('is cached, and so is what is derived from it; a setter ends that for what it sets', () => {
    const publish = received(
      serializer,
      new Publish({ request: 1, topic: 'a.b', args: [1], exclude: [4], custom: { x_a: 1 } }),
    ) as Publish
    const event = EventMessage.from(publish, { subscription: 1, publication: 2, publisher: 3 })
    for (const target of WIRES) {
      for (const message of [publish, event]) {
        const bytes = codec.serializer(target).encode(message)
        expect(codec.serializer(target).encode(message), target).toBe(bytes)
      }
    }
    const forward_for: Hop[] = [{ session: 1, authid: 'a', authrole: 'r' }]
    event.forward_for = forward_for
    expectFresh(event, 'after a setter')
    forward_for.push({ session: 2, authid: 'b', authrole: 'r' })
    expectFresh(event, 'after a push into what was set')
    const args: unknown[] = [1]
    publish.args = args
    expectFresh(publish, 'after args were set')
    args.push(2)
    expectFresh(publish, 'after a push into args that were set')
  })
})
