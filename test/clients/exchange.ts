/** Each value as an event, as an argument and as a result, between two peers, whatever the router between them. */
import { expect } from 'vitest'
import { sameValue } from '../support/same-value.ts'
import type { Payload, Peer } from './peer.ts'
import { PEERS, type PeerKind } from './peers.ts'
import { seen, VALUES } from './values.ts'

/** A peer that has joined, and what its application sees. */
export interface Joined {
  readonly peer: Peer
  readonly options: PeerKind['options']
}

/** All kinds of peers, joined. */
export function joinAll(url: string): Promise<Joined[]> {
  return Promise.all(PEERS.map(async ({ options, join }) => ({ peer: await join(url, 'realm1'), options })))
}

/** A value at both places of a payload. */
export function payloadOf(value: unknown): Payload {
  return { args: [value, 'second'], kwargs: { value, other: true } }
}

/** As toStrictEqual, which takes seconds for bytes of 100 KB. */
export function expectSame(actual: unknown, expected: unknown): void {
  expect(sameValue(actual, expected) ? expected : actual).toBe(expected)
}

/** Payloads in their order, whether they are waited for or not. */
export class Queue {
  readonly #came: Payload[] = []
  readonly #wanted: ((payload: Payload) => void)[] = []

  add(payload: Payload): void {
    const next = this.#wanted.shift()
    if (next === undefined) this.#came.push(payload)
    else next(payload)
  }

  next(): Promise<Payload> {
    const payload = this.#came.shift()
    if (payload !== undefined) return Promise.resolve(payload)
    return new Promise((done) => this.#wanted.push(done))
  }
}

/** Publishes every value to a topic. */
export async function exchangeEvents(publisher: Joined, subscriber: Joined, topic: string): Promise<void> {
  const events = new Queue()
  await subscriber.peer.subscribe(topic, (event) => events.add(event))
  for (const value of Object.values(VALUES)) {
    await publisher.peer.publish(topic, payloadOf(value))
    expectSame(await events.next(), payloadOf(seen(value, subscriber.options)))
  }
}

/** Calls a procedure with every value, which it returns. */
export async function exchangeCalls(caller: Joined, callee: Joined, procedure: string): Promise<void> {
  const calls = new Queue()
  await callee.peer.register(procedure, async (payload) => {
    calls.add(payload)
    return payload
  })
  for (const value of Object.values(VALUES)) {
    const { result } = caller.peer.call(procedure, payloadOf(value))
    const there = seen(value, callee.options)
    expectSame(await calls.next(), payloadOf(there))
    expectSame(await result, payloadOf(seen(there, caller.options)))
  }
}

/** Calls a procedure that gives three results before the last one. */
export async function exchangeProgress(caller: Joined, callee: Joined, procedure: string): Promise<void> {
  await callee.peer.register(procedure, async (_, progress) => {
    for (const part of [1, 2, 3]) progress(payloadOf(part))
    return payloadOf('last')
  })
  const parts: Payload[] = []
  const { result } = caller.peer.call(procedure, payloadOf(0), (part) => parts.push(part))
  expect(await result).toEqual(payloadOf('last'))
  expect(parts).toEqual([1, 2, 3].map(payloadOf))
}
