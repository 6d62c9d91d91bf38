/** Tests of src/message/receive.ts: which calls of the kernel a message takes whose values are read at decode. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createCodec } from '../../../src/index.ts'
import { Kernel } from '../../../src/kernel/kernel.ts'
import type { WithAppPayload } from '../../../src/message/with-app-payload.ts'
import { CLASSES, make } from './classes.ts'

const codec = createCodec({ payloadValues: 'at-decode' })

const args = [1, 'two', [3.5, null], { a: 'a text that is longer than those of one byte', b: [1, 2, 3] }]
const kwargs = { a: { b: { c: 'é' } }, d: 4, e: 'x'.repeat(300) }

/** Positions of lists differ: one to four of them stand before args. */
const NAMES = ['Publish', 'Event', 'Call', 'Result', 'Yield', 'Invocation', 'Error']

afterEach(() => vi.restoreAllMocks())

describe.each(['cbor', 'msgpack', 'json'] as const)('%s', (format) => {
  test.each(NAMES)('args and kwargs of a %s are read in the pass that checks them', (name) => {
    const serializer = codec.serializer(format)
    for (const attributes of [{ args, kwargs }, { args }, { args: [], kwargs }]) {
      const frame = serializer.encode(make(name, attributes))
      const scan = vi.spyOn(Kernel.prototype, 'scan')
      const message = serializer.decode(frame) as unknown as WithAppPayload
      expect(scan).toHaveBeenCalledTimes(1)
      expect(message.args).toEqual(attributes.args)
      expect(message.kwargs).toEqual('kwargs' in attributes ? attributes.kwargs : null)
      expect(scan).toHaveBeenCalledTimes(1)
      vi.restoreAllMocks()
    }
  })

  test('what needs the fallback is checked by the kernel, and is the same', () => {
    const serializer = codec.serializer(format)
    const deep = JSON.parse('['.repeat(120) + ']'.repeat(120)) as unknown[]
    const frame = serializer.encode(make('Publish', { args: deep, kwargs }))
    const message = serializer.decode(frame) as unknown as WithAppPayload
    expect([message.args, message.kwargs]).toEqual([deep, kwargs])
  })
})

describe('flatbuffers without args and kwargs are read where they lie, without the kernel', () => {
  const flat = createCodec({ payloadValidation: 'deferred' }).serializer('flatbuffers')
  const hop = { session: 2 ** 40, authid: 'joe', authrole: 'router' }
  const MORE: readonly [name: string, more: object][] = [
    ['Hello', { authmethods: ['ticket', 'wampcra', 'scram', 'cryptosign'], authid: 'joe' }],
    ['Welcome', { authid: 'joe', authrole: 'admin', authmethod: 'ticket', authprovider: 'static' }],
    ['Publish', { exclude: [1, 2 ** 53], exclude_authid: ['joe', ''], forward_for: [hop, hop] }],
    ['Event', { publisher: 2 ** 53, publisher_authid: 'joe', topic: 'a.b', forward_for: [hop] }],
    ['Call', { timeout: 1000, receive_progress: true, forward_for: [hop] }],
    ['Subscribe', { match: 'wildcard', get_retained: true, topic: 'a..b' }],
    ['Cancel', { mode: 'killnowait', forward_for: [hop] }],
  ]

  test.each([...CLASSES.map(({ name }) => [name, {}] as const), ...MORE])('%s %j', (name, more) => {
    const frame = flat.encode(make(name, more))
    const scan = vi.spyOn(Kernel.prototype, 'scanFlatBuffers')
    expect(flat.decode(frame).equals(flat.decode(Buffer.from(frame)))).toBe(true)
    expect(scan).not.toHaveBeenCalled()
  })
})
