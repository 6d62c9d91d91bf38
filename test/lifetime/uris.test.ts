/**
 * The table of URIs under a flood of strangers' topics (P10, P15): a ref never means another topic, equal topics have
 * equal refs whichever way their frames are read, and topics that are new find room however many came before them.
 */
import { describe, expect, test } from 'vitest'
import {
  Call,
  createCodec,
  HEAD_RECORD_WORDS,
  HEAD_URI_REF,
  type Message,
  Publish,
  Subscribe,
} from '../../src/index.ts'
import { LIST_FORMATS } from '../hostile/raw.ts'
import { watchedKernel } from '../support/image.ts'
import { createRandom, type Random } from '../support/random.ts'

const isDeep = process.env.WAMP_CODEC_DEEP === '1'
const STEPS = isDeep ? 3_000_000 : 60_000

describe.each(['simd', 'scalar'])('URIs in the %s kernel', (build) => {
  const { module, image } = watchedKernel(build)
  const codec = createCodec({ module })
  const cbor = codec.serializer('cbor')

  /** A topic: few that come often, some that come back, many that never do. */
  function topicOf(random: Random, i: number): string {
    const kind = random.int(0, 9)
    if (kind < 3) return `com.often.n${random.int(0, 40)}`
    if (kind < 5) return `com.sometimes.${'long.'.repeat(random.int(0, 40))}n${random.int(0, 3000)}`
    if (kind < 6) return `com.${'ж'.repeat(random.int(1, 140))}.n${random.int(0, 500)}`
    return `com.stranger.n${i}.${'x'.repeat(random.int(0, 230))}`
  }

  test(`a ref means one topic for ever, in ${STEPS} frames of random topics`, () => {
    const random = createRandom(isDeep ? Math.floor(Math.random() * 2 ** 32) : 9)
    const meaning = new Map<number, string>()
    const pinned = new Map<string, number>()
    for (let i = 0; i < STEPS; i++) {
      const topic = topicOf(random, i)
      if (i % 500 === 0 && pinned.size < 100) pinned.set(topic, codec.internUri(topic))
      const frame = cbor.encode(new Subscribe({ request: 1, topic }))
      const message = cbor.decode(frame) as Subscribe
      const again = cbor.decode(frame) as Subscribe
      if (message.topic !== topic || again.topic !== topic) expect.fail(`${message.topic} is not ${topic}`)
      const ref = message.topicRef
      if (again.topicRef !== ref) expect.fail(`${topic} has the refs ${ref} and ${again.topicRef}`)
      if (ref < 0 && Buffer.byteLength(topic) <= 255) expect.fail(`${topic} has no ref`)
      if (ref < 0) continue
      const known = meaning.get(ref)
      if (known !== undefined && known !== topic) expect.fail(`ref ${ref} means ${known} and ${topic}`)
      meaning.set(ref, topic)
    }
    for (const [topic, ref] of pinned) if (ref >= 0) expect(codec.internUri(topic)).toBe(ref)
    expect(image.difference()).toBe(null)
    // More than the table can hold at a time: some were forgotten, and their places given to others.
    expect(meaning.size).toBeGreaterThan(6000)
  })

  test('3,000 long topics after each other are each read as they are', () => {
    for (let i = 0; i < 3000; i++) {
      const topic = `com.${'x'.repeat(240)}.${i}`
      expect((cbor.decode(cbor.encode(new Subscribe({ request: 1, topic }))) as Subscribe).topic).toBe(topic)
    }
    expect(image.difference()).toBe(null)
  })

  test('a topic that was never seen has a ref after 20,000 topics of strangers', () => {
    for (let i = 0; i < 20_000; i++) {
      cbor.decode(cbor.encode(new Subscribe({ request: 1, topic: `com.strange.n${i}` })))
    }
    const frame = cbor.encode(new Subscribe({ request: 1, topic: 'com.honest' }))
    const { topicRef } = cbor.decode(frame) as Subscribe
    expect(topicRef).toBeGreaterThanOrEqual(0)
    expect((cbor.decode(frame) as Subscribe).topicRef).toBe(topicRef)
  })

  test('a message that is held keeps its topic when its ref was given up', () => {
    const held = cbor.decode(
      cbor.encode(new Publish({ request: 1, topic: 'com.held', args: [1] })),
    ) as Publish
    const { topicRef } = held
    for (let i = 0; i < 20_000; i++) {
      const other = cbor.decode(
        cbor.encode(new Subscribe({ request: 1, topic: `com.other.n${i}` })),
      ) as Subscribe
      if (other.topicRef === topicRef) expect.fail(`${other.topic} has the ref of com.held`)
    }
    expect(held.topic).toBe('com.held')
    const again = cbor.decode(cbor.encode(new Publish({ request: 1, topic: 'com.held' }))) as Publish
    expect(again.topicRef).not.toBe(topicRef)
    expect(again.topic).toBe('com.held')
  })

  test('the same topic has the same ref whichever way its frame is read', () => {
    const topic = 'com.the.same'
    const ref = codec.internUri(topic)
    const deferred = createCodec({ module, payloadValidation: 'deferred', ownership: 'copy' })
    const refOf = (message: Message): number => (message as Publish).topicRef
    for (const id of [...LIST_FORMATS.filter((name) => name !== 'ubjson-draft12'), 'flatbuffers'] as const) {
      const serializer = codec.serializer(id as 'cbor')
      const frame = new Uint8Array(serializer.encode(new Publish({ request: 1, topic, args: [1] })))
      const message = serializer.decode(frame)
      expect(refOf(message)).toBe(ref)
      expect(refOf(deferred.serializer(id as 'cbor').decode(frame))).toBe(ref)
      expect(refOf(codec.fromTransferable(message.toTransferable()))).toBe(ref)
      if (id === 'flatbuffers') continue
      const record = new Int32Array(HEAD_RECORD_WORDS)
      serializer.scanInto(frame, record)
      expect(record[HEAD_URI_REF]).toBe(ref)
      const batched = codec.serializer(`${id as 'cbor'}.batched`)
      expect(batched.decodeAll(batched.encodeAll([message, message])).map(refOf)).toEqual([ref, ref])
    }
    const call = cbor.decode(cbor.encode(new Call({ request: 1, procedure: topic }))) as Call
    expect(call.procedureRef).toBe(ref)
  })

  test('topics that came from another thread take no place from those that the application knows', () => {
    const own = createCodec({ module: watchedKernel(build).module })
    const serializer = own.serializer('cbor')
    const strangers = (name: string): void => {
      for (let i = 0; i < 3000; i++) {
        const topic = `com.${name}.n${i}`
        const message = serializer.decode(serializer.encode(new Publish({ request: 1, topic })))
        own.fromTransferable(message.toTransferable())
      }
    }
    strangers('before')
    const ref = own.internUri('com.application')
    strangers('after')
    expect(own.internUri('com.application')).toBe(ref)
  })
})
