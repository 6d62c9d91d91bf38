/** Templates of heads: one that was made for parts without numbers of eight bytes is not for parts with them. */
import { describe, expect, test } from 'vitest'
import {
  Cancel,
  createCodec,
  EventMessage,
  type Message,
  Publish,
  WampCodecError,
} from '../../../../src/index.ts'

const hop = (session: number): object[] => [{ session, authid: null, authrole: null }]

const MESSAGES: Readonly<Record<string, (session: number) => Message>> = {
  PUBLISH: (session) => new Publish({ request: 0, topic: 'com.a', forward_for: hop(session) as never }),
  EVENT: (session) =>
    new EventMessage({ subscription: 0, publication: 0, forward_for: hop(session) as never }),
  CANCEL: (session) => new Cancel({ request: 0, mode: 'kill', forward_for: hop(session) as never }),
}

describe.each(['autobahn', 'schema'] as const)('profile %s', (profile) => {
  describe.each(Object.entries(MESSAGES))('%s', (_, make) => {
    test.each([
      [0, 7],
      [7, 0],
    ])('hops of session %i and then %i', (...sessions) => {
      const alone = (session: number): Uint8Array =>
        createCodec().serializer('flatbuffers', { profile }).encode(make(session))
      const serializer = createCodec().serializer('flatbuffers', { profile })
      for (const session of [...sessions, ...sessions]) {
        const frame = serializer.encode(make(session))
        expect(frame).toEqual(alone(session))
        expect(serializer.decode(frame).toJSON()).toEqual(make(session).toJSON())
      }
    })
  })
})

test.each([20, 100])('a payload of %i bytes that is gone when a hop was asked is refused', (length) => {
  const serializer = createCodec().serializer('flatbuffers')
  const payload = new Uint8Array(length).fill(0x55)
  let isArmed = false
  const session = {
    authid: null,
    authrole: 'r',
    get session() {
      if (isArmed) structuredClone(payload.buffer, { transfer: [payload.buffer] })
      isArmed = false
      return 5
    },
  }
  const message = new Publish({ request: 1, topic: 'com.x', payload, forward_for: [session] })
  isArmed = true
  expect(() => serializer.encode(message)).toThrow(WampCodecError)
})
