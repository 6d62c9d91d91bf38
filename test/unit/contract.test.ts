/** Sentences of the contract that a review found broken: each of them with the ways into the same code. */
import { describe, expect, test } from 'vitest'
import { createCodec as createCustom } from '../../src/custom.ts'
import { json } from '../../src/formats/json.ts'
import {
  Call,
  type CodecOptions,
  createCodec,
  EventMessage,
  InvalidUriError,
  Message,
  Publish,
  Published,
  type SerializerOptions,
  Unsubscribed,
} from '../../src/index.ts'
import { transfer } from '../../src/tools/transfer.ts'
import { hex, unhex } from './payload/formats.ts'

const LISTS = ['json', 'msgpack', 'cbor', 'ubjson'] as const
const codec = createCodec({ cache: false })

describe('a URI among the options that is none', () => {
  const lists = [35, 67, 69].flatMap((code) =>
    [true, null, 5, [], {}].map((reason): unknown[] => [code, 1, { reason }]),
  )
  test.each(LISTS)('is an InvalidUriError in %s, as one in a position', (format) => {
    for (const list of lists) {
      const frame = codec.payload(format).encode(list)
      const at = (options: CodecOptions) => () => createCodec(options).serializer(format).decode(frame)
      expect(at({})).toThrow(InvalidUriError)
      expect(at({ payloadValidation: 'deferred' })).toThrow(InvalidUriError)
      expect(at({ payloadValues: 'at-decode' })).toThrow(InvalidUriError)
      expect(() => codec.lists(format).decode(frame)).toThrow(InvalidUriError)
      expect(() => Message.parse(list)).toThrow(InvalidUriError)
    }
  })
})

test('a message code beyond 31 bits is named so', () => {
  for (const code of [2 ** 31, 2 ** 53]) {
    expect(() => codec.serializer('json').decode(`[${code},1]`)).toThrow(
      'unknown message code, beyond 31 bits',
    )
  }
})

describe('transcode to the same format', () => {
  test.each([
    ['a tag', '81c06432303230'],
    ['a self-described value', 'd9d9f781fb4014000000000000'],
    ['a length that is longer than it must be', '9b00000000000000011801'],
    ['an integer as key', 'a10102'],
  ])('leaves %s as it is', (_, bytes) => {
    for (const onLoss of ['report', 'throw'] as const) {
      const made = codec.transcode(unhex(bytes), { from: 'cbor', to: 'cbor', onLoss })
      expect(hex(made)).toBe(bytes)
    }
  })

  test('checks the bytes, and gives a copy', () => {
    for (const bytes of ['8101ff', '81', '61ff']) {
      expect(() => codec.transcode(unhex(bytes), { from: 'cbor', to: 'cbor' })).toThrow('cannot decode')
    }
    const given = unhex('8101')
    const made = codec.transcode(given, { from: 'cbor', to: 'cbor' })
    given.fill(0)
    expect(hex(made)).toBe('8101')
  })
})

describe('transferables', () => {
  const publish = new Publish({ request: 1, topic: 'a.b', args: [1, 'x'] })

  test('of built and changed messages are read by a codec without CBOR', () => {
    const custom = createCustom({ formats: [json], tools: [transfer] })
    const serializer = custom.serializer('json')
    const receive = (): Publish => serializer.decode(serializer.encode(publish)) as Publish
    const changed = receive()
    changed.topic = 'x.y'
    const derived = EventMessage.from(receive(), { subscription: 1, publication: 2, topic: 'c.d' })
    for (const message of [publish, receive(), changed, derived]) {
      expect(custom.fromTransferable(message.toTransferable()).equals(message)).toBe(true)
    }
  })

  test('of FlatBuffers are made by a lenient codec too, as by a strict one', () => {
    const hop = { session: 1, authid: 'a', authrole: null }
    const message = new Publish({ request: 1, topic: 'a', args: [1], exclude: [5], forward_for: [hop] })
    for (const peers of ['strict', 'lenient'] as const) {
      const flat = createCodec({ peers }).serializer('flatbuffers')
      const transferred = flat.decode(flat.encode(message)).toTransferable()
      expect(transferred.serializer).toBe('flatbuffers')
      expect(codec.fromTransferable(transferred).equals(message)).toBe(true)
    }
  })

  test('name the serializer, whatever its dialect', () => {
    const draft = codec.serializer('ubjson', { ubjsonDialect: 'draft12' })
    const message = draft.decode(draft.encode(publish))
    const transferred = message.toTransferable()
    expect(transferred.serializer).toBe('ubjson')
    expect(codec.fromTransferable(transferred).equals(message)).toBe(true)
  })
})

test('a payload whose buffer was detached goes to no other format, wherever the kernel has it', () => {
  for (const id of LISTS) {
    const bytes = new Uint8Array(
      codec.serializer(id).encode(new Publish({ request: 1, topic: 'a', args: ['abc'] })),
    )
    const message = codec.serializer(id).decode(bytes)
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
    for (const to of LISTS) {
      expect(() => codec.serializer(to).encode(message), `${id} ${to}`).toThrow(
        expect.objectContaining({ code: 'RELEASED' }),
      )
    }
  }
})

test('a frame whose buffer was detached is a TypeError that says so', () => {
  const bytes = new Uint8Array(8)
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
  for (const frame of [bytes, [bytes]]) {
    for (const id of ['cbor', 'flatbuffers'] as const) {
      expect(() => codec.serializer(id).decode(frame)).toThrow(
        new TypeError('the buffer of the frame was detached'),
      )
    }
  }
})

test('PUBLISHED.from refuses what it does not take, as all others do', () => {
  const publish = new Publish({ request: 1, topic: 'a' })
  for (const more of [{ request: 9 }, { foo: 1 }]) {
    expect(() => Published.from(publish, { publication: 2, ...more })).toThrow('unknown option')
  }
  expect(Published.from(publish, { publication: 2 }).marshal()).toEqual([17, 1, 2])
})

test('null is no value of an option', () => {
  for (const name of ['passthru', 'batchSeparator', 'profile', 'ubjsonDialect', 'payloadSerializer']) {
    const options = { [name]: null } as unknown as SerializerOptions
    expect(() => codec.serializer('ubjson', options), name).toThrow(RangeError)
  }
  expect(() => createCodec({ module: null } as unknown as CodecOptions)).toThrow(TypeError)
})

test('toJSON of a function is asked, as JSON.stringify does it', () => {
  const named = Object.assign(() => 1, { toJSON: () => 'fn' })
  for (const unrepresentable of ['throw', 'json'] as const) {
    const json = createCodec({ unrepresentable }).serializer('json')
    expect(json.encodeText(new Call({ request: 1, procedure: 'a', args: [named, { a: named }] }))).toBe(
      '[48,1,{},"a",["fn",{"a":"fn"}]]',
    )
  }
})

test('a reason that is a URI is taken', () => {
  const message = new Unsubscribed({ request: 0, subscription: 5, reason: 'a.b' })
  for (const id of LISTS)
    expect(codec.serializer(id).decode(codec.serializer(id).encode(message)).equals(message)).toBe(true)
})
