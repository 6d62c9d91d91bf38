/**
 * Tests of src/payload/fault-text.ts: one fault has one text, whichever way it comes in and however long the bytes are.
 */
import { describe, expect, test } from 'vitest'
import {
  createCodec,
  EventMessage,
  type PayloadSerializer,
  Publish,
  WampCodecError,
} from '../../../src/index.ts'

const LIST_FORMATS = ['json', 'msgpack', 'cbor', 'ubjson'] as const
const lax = createCodec()
const codec = createCodec({ maxDepth: 4 })
const deferred = createCodec({ maxDepth: 4, payloadValidation: 'deferred' })

/** Longer than what the decoders read by themselves: the kernel looks at it first. */
const LONG = 'x'.repeat(70_000)

function refused(run: () => unknown): WampCodecError {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(WampCodecError)
    return error as WampCodecError
  }
  throw new Error('nothing was refused')
}

/** The error's text between what was done and where. */
const said = (run: () => unknown): string =>
  refused(run)
    .message.replace(/^cannot (?:decode|encode) .*? (?:from|to) [\w-]+: /, '')
    .replace(/ \(byte \d+\)$/, '')

const DEEP = [[[[[1]]]]]

describe.each(LIST_FORMATS)('%s: a value that is nested too deeply', (id) => {
  const payload = codec.payload(id)
  const bytes = lax.payload(id).encode(DEEP)
  const long = lax.payload(id).encode([...DEEP, LONG])
  const text = 'nested deeper than 4'

  test('is refused with one text by every way to read a value, whatever its length', () => {
    for (const value of [bytes, long]) {
      const ways: readonly (() => unknown)[] = [
        () => payload.decode(value),
        () => payload.validate(value),
        () => payload.view(value),
        () => codec.transcode(value, { from: id, to: 'cbor' }),
        () => codec.transcode(value, { from: id, to: 'flexbuffers' }),
        () => createCodec({ maxDepth: 4, maps: 'map' }).payload(id).decode(value),
      ]
      const [offset] = ways.map((way) => refused(way).offset)
      for (const way of ways) {
        expect(refused(way)).toMatchObject({
          code: 'DEPTH_LIMIT',
          message: `cannot decode a value from ${id}: ${text} (byte ${offset})`,
        })
      }
    }
  })

  test('is refused with the same text in a message, an option and an encoder', () => {
    const frame = (attributes: object): Uint8Array =>
      lax.serializer(id).encode(new Publish({ request: 1, topic: 'a', ...attributes }))
    const args = frame({ args: DEEP })
    expect(said(() => codec.serializer(id).decode(args))).toBe(`${text} in args`)
    expect(said(() => (deferred.serializer(id).decode(args) as Publish).args)).toBe(`${text} in args`)
    expect(said(() => codec.serializer(id).decode(frame({ custom: { x_a: DEEP } })))).toBe(
      `${text} in a custom key`,
    )
    const event = new EventMessage({ subscription: 1, publication: 1, args: DEEP })
    expect(said(() => codec.serializer(id).encode(event))).toBe(text)
    expect(said(() => payload.encode(DEEP))).toBe(text)
  })
})

describe('a text with a lone surrogate', () => {
  const text = 'the text has a lone surrogate'
  const lone = 'a\ud800'
  const json = codec.serializer('json')
  const reads: readonly (readonly [string, () => unknown, string])[] = [
    ['a message as text', () => json.decode(`[16,1,{},"${lone}"]`), ''],
    ['a topic as bytes', () => json.decode(Buffer.from('[16,1,{},"a\\ud800"]')), ' in topic'],
    ['a second half', () => json.decode('[16,1,{},"\\udc00b"]'), ' in topic'],
    ['args', () => json.decode('[16,1,{},"a",["\\ud800\\u0041"]]'), ' in args'],
    ['a key of kwargs', () => json.decode('[16,1,{},"a",[],{"\\ud800":1}]'), ' in kwargs'],
    ['an option', () => json.decode('[16,1,{"x_a":"\\ud800"},"a"]'), ' in a custom key'],
    [
      'a deferred payload',
      () => (deferred.serializer('json').decode('[16,1,{},"a",["\\ud800"]]') as Publish).args,
      ' in args',
    ],
    ['a value as text', () => codec.payload('json').decode(`"${lone}"`), ''],
    ['a value as bytes', () => codec.payload('json').decode(Buffer.from('"a\\ud800"')), ''],
    ['a long value', () => codec.payload('json').decode(Buffer.from(`["${LONG}","\\ud800"]`)), ''],
    ['a value that is checked', () => codec.payload('json').validate(Buffer.from('"a\\ud800"')), ''],
    ['a view', () => codec.payload('json').view(Buffer.from('"a\\ud800"')), ''],
  ]

  test.each(reads)('is refused with one text in JSON: %s', (_, run, where) => {
    expect(refused(run).code).toBe('BAD_UTF8')
    expect(said(run)).toBe(text + where)
  })

  const writes: readonly (readonly [string, object, string])[] = [
    ['args', { args: [lone] }, 'args[0]'],
    ['a key of kwargs', { kwargs: { [lone]: 1 } }, 'kwargs'],
    ['an option', { exclude_authid: [lone] }, 'exclude_authid[0]'],
    ['a custom key', { custom: { [lone]: 1 } }, 'custom'],
    ['a custom value', { custom: { x_a: lone } }, 'x_a'],
  ]

  test.each(writes)('is refused with one text by every serializer: %s', (_, attributes, path) => {
    for (const id of [...LIST_FORMATS, 'flatbuffers'] as const) {
      // FlatBuffers has no place for custom keys.
      if (id === 'flatbuffers' && path !== 'args[0]' && path !== 'exclude_authid[0]') continue
      const message = new Publish({ request: 1, topic: 'a', ...attributes })
      const error = refused(() => codec.serializer(id).encode(message))
      // The payload of FlatBuffers is CBOR.
      const format = id === 'flatbuffers' && path === 'args[0]' ? 'cbor' : id
      expect(error.code).toBe('BAD_UTF8')
      expect(error.message.startsWith(`cannot encode ${path}`)).toBe(true)
      expect(error.message.endsWith(` to ${format}: ${text}`)).toBe(true)
    }
  })

  test('is refused with one text by every payload codec', () => {
    for (const id of [...LIST_FORMATS, 'ubjson-draft12', 'flexbuffers'] as const) {
      const payload: PayloadSerializer = codec.payload(id)
      expect(said(() => payload.encode(lone))).toBe(text)
    }
  })
})

test('bytes that are not UTF-8 are no lone surrogate, and have one text too', () => {
  const text = 'the text is not UTF-8'
  for (const bytes of [Buffer.from('["\xff"]', 'latin1'), Buffer.from(`["${LONG}\xff"]`, 'latin1')]) {
    const payload = codec.payload('json')
    for (const run of [
      () => payload.decode(bytes),
      () => payload.validate(bytes),
      () => payload.view(bytes),
    ]) {
      expect(said(run)).toBe(text)
    }
  }
  expect(said(() => codec.serializer('json').decode(Buffer.from('[16,1,{},"\xff"]', 'latin1')))).toBe(
    `${text} in topic`,
  )
})

test('text that begins with NUL has one refusal in JSON, in a position and in a value', () => {
  const text = 'text that begins with NUL has no JSON form'
  const challenge = (topic: string, args: unknown[]): Publish =>
    Object.assign(new Publish({ request: 1, topic: 'a', args }), { _topic: topic })
  expect(said(() => codec.serializer('json').encode(challenge('\0a', [])))).toBe(text)
  expect(said(() => codec.serializer('json').encode(challenge('a', ['\0a'])))).toBe(text)
  expect(said(() => codec.payload('json').encode('\0a'))).toBe(text)
})

test('no text of a refusal is a bare code, whatever is wrong and however long the value is', () => {
  const wrong: Readonly<Record<(typeof LIST_FORMATS)[number], readonly string[]>> = {
    json: ['', '[1', '[1] 2', '[01]', '[1e999]', '["\\q"]', '{"a":1,"a":2}', '[?]'],
    cbor: ['', '82', '0101', 'ff', '61ff', 'a10001', 'f8ff', '9b7fffffffffffffff', '1c'],
    msgpack: ['', '92', '0101', 'c1', 'a1ff', '810001', 'd40000', 'ddffffffff'],
    ubjson: ['', '5b', '5a5a', '3f', '536901ff', '7b69015a', '5b2355ff'],
  }
  const strict = createCodec({ maxDepth: 4, maxNodes: 1000, maxBigIntBytes: 8, duplicateKeys: 'refuse' })
  for (const id of LIST_FORMATS) {
    for (const text of wrong[id]) {
      const bytes = id === 'json' ? Buffer.from(text) : Buffer.from(text, 'hex')
      for (const run of [() => strict.payload(id).validate(bytes), () => strict.payload(id).view(bytes)]) {
        let message = ''
        try {
          run()
        } catch (error) {
          message = (error as Error).message
        }
        expect(message, `${id} ${text}`).not.toMatch(/[A-Z]+_[A-Z]+|TRUNCATED/)
      }
    }
  }
  const many = lax.payload('cbor').encode(Array.from({ length: 70_000 }, () => 0))
  expect(said(() => strict.payload('cbor').decode(many))).toBe('more than 1000 values')
  expect(said(() => strict.payload('cbor').decode(lax.payload('cbor').encode(new Array(2000).fill(0))))).toBe(
    'more than 1000 values',
  )
})
