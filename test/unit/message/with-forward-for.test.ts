/** Tests of src/message/with-forward-for.ts: the chain of hops, on our classes and by itself on anybody's. */
import { describe, expect, test } from 'vitest'
import {
  Call,
  createCodec,
  type Hop,
  hasForwardFor,
  initForwardFor,
  ProtocolError,
  withForwardFor,
} from '../../../src/index.ts'
import { CLASSES, make } from './classes.ts'

const A: Hop = { session: 1, authid: 'a', authrole: 'router' }
const B: Hop = { session: 2 ** 40, authid: null, authrole: 'router' }

class Plain extends withForwardFor(class {}) {
  constructor(forward_for: Hop[] | null = null) {
    super()
    initForwardFor(this, { forward_for })
  }
}

test('13 of the 25 messages have it, and hasForwardFor knows which', () => {
  const having = CLASSES.filter(({ name }) => hasForwardFor(make(name))).map(({ Class }) => Class.TABLE)
  expect(having.length).toBe(13)
  expect(having.every(({ category }) => category >= 3)).toBe(true)
})

describe.each([
  ['of a CALL', (hops: Hop[] | null) => new Call({ request: 1, procedure: 'a', forward_for: hops })],
  ['of a class that is no message', (hops: Hop[] | null) => new Plain(hops)],
])('forward_for %s', (_, create) => {
  test('is null at first, and has no origin', () => {
    const carrier = create(null)
    expect([carrier.forward_for, carrier.forwardOrigin(), carrier.reverseChain()]).toEqual([null, null, []])
    expect(carrier.validateForwardChain(1)).toBeUndefined()
  })

  test('grows at its end, without a change of the list that was given', () => {
    const given = [A]
    const carrier = create(given)
    carrier.addHop(B)
    expect(carrier.forward_for).toEqual([A, B])
    expect(given).toEqual([A])
    expect(carrier.forwardOrigin()).toBe(A)
  })

  test('is reversed in a copy', () => {
    const carrier = create([A, B])
    expect(carrier.reverseChain()).toEqual([B, A])
    expect(carrier.forward_for).toEqual([A, B])
  })

  test.each([
    [[A, B], undefined, null],
    [[A, B], 3, null],
    [[A, A], undefined, 'forward_for[1] closes a loop at session 1'],
    [[B, A], 1, 'forward_for[1] closes a loop at session 1'],
    [[{ ...A, session: -1 }], undefined, 'forward_for[0] has no session id'],
    [[A, { ...A, session: 2 ** 53 + 2 }], undefined, 'forward_for[1] has no session id'],
  ])('%j with own session %s is judged: %s', (hops, session, text) => {
    const carrier = create(hops as Hop[])
    if (text === null) expect(carrier.validateForwardChain(session)).toBeUndefined()
    else {
      expect(() => carrier.validateForwardChain(session)).toThrow(text)
      expect(() => carrier.validateForwardChain(session)).toThrow(ProtocolError)
    }
  })

  test('refuses what is no chain', () => {
    expect(() => create([{ session: 1 }] as never)).toThrow(TypeError)
    expect(() => create(null).addHop({ session: '1' } as never)).toThrow(
      /expected an integer for forward_for\[0\]\.session, got "1"$/,
    )
  })
})

test('an error of a class that is no message names that class', () => {
  expect(() => new Plain([1] as never)).toThrow(
    'Plain: expected a dictionary of session, authid and authrole for forward_for[0], got 1',
  )
})

test.each(['json', 'msgpack', 'cbor'] as const)('hops keep what else they carry through %s', (format) => {
  const serializer = createCodec().serializer(format)
  const hops = [{ ...A, more: { x: [1] } }, B]
  const message = serializer.decode(serializer.encode(make('Cancel', { forward_for: hops })))
  expect((message as unknown as Call).forward_for).toEqual(hops)
  expect(serializer.encode(message)).toEqual(serializer.encode(make('Cancel', { forward_for: hops })))
})
