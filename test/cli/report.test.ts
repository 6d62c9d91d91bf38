/** Tests of src/cli/report.ts: fields, values, errors and sizes of frames, broken ones too. */
import { describe, expect, test } from 'vitest'
import type { FrameReport, MessageReport } from '../../src/cli/frame-report.ts'
import { reportFrame } from '../../src/cli/report.ts'
import { SERIALIZER_NAMES, type SerializerName } from '../../src/cli/serializers.ts'
import { ErrorMessage } from '../../src/message/classes/error-message.ts'
import { equalValues } from '../../src/message/equal.ts'
import { Float64 } from '../../src/payload/values.ts'
import { createCodec } from '../../src/variants/full.ts'
import { sessionLines, unhex, utf8 } from './support.ts'

const codec = createCodec({ cache: false })

function jsonReport(text: string, id: SerializerName = 'json'): FrameReport {
  return reportFrame(codec, utf8(text), id)
}

/** Fields as name, start, end, value. */
function fieldsOf({ fields }: MessageReport): unknown[][] {
  return fields.map(({ name, start, end, value }) => [name, start, end, value])
}

describe('fields', () => {
  test('have bytes and values', () => {
    const [message] = jsonReport(
      '[16,1,{"acknowledge":true, "x":[1]} ,"a.b",[1,"\\u0000AAEC"],{"k":null}]',
    ).messages
    expect(fieldsOf(message!)).toEqual([
      ['type', 1, 3, 16],
      ['request', 4, 5, 1],
      ['options', 6, 35, undefined],
      ['acknowledge', 21, 25, true],
      ['x', 27, 34, [1]],
      ['topic', 37, 42, 'a.b'],
      ['args', 43, 59, [1, Uint8Array.of(0, 1, 2)]],
      ['kwargs', 60, 70, { k: null }],
    ])
    expect(message?.fields.map(({ isOption }) => isOption)).toEqual([
      false,
      false,
      false,
      true,
      true,
      false,
      false,
      false,
    ])
  })

  test.each([
    ['cbor', '84 10 01 a1 6b61636b6e6f776c65646765 f5 63612e62', [3, 17]],
    ['cbor', '9f 10 01 bf 6b61636b6e6f776c65646765 f5 ff 63612e62 ff', [3, 18]],
    ['cbor', '82 06 a0', 'broken'],
    ['cbor', '83 06 a0 63612e62', [2, 3]],
    ['cbor', '9f 1822 01 02 a1 6178 01 ff', [5, 9]],
    ['msgpack', '94 22 01 02 81 a178 01', [4, 8]],
    ['msgpack', '94 10 01 de0001 ab61636b6e6f776c65646765 c3 a3612e62', [3, 19]],
    ['json', '5b33342c312c322c207b2278223a317d205d20', [9, 16]],
  ] as [SerializerName, string, unknown][])(
    'options of %s frame %s have their whole span',
    (id, digits, span) => {
      const [message] = reportFrame(codec, unhex(digits), id).messages
      const options = message?.fields.find(({ kind, value }) => kind === 'map' && value === undefined)
      if (span === 'broken') expect(message?.error).not.toBeNull()
      else expect([options?.start, options?.end, options?.isOpen]).toEqual([...(span as number[]), false])
    },
  )

  test('show floats as floats', () => {
    const { fields } = jsonReport('[16,1,{},"a.b",[5.0,5]]').messages[0]!
    expect(fields.at(-1)?.value).toEqual([new Float64(5), 5])
  })

  test('the spans of every frame in the session decode to what the message says', () => {
    for (const { bytes, serializer } of sessionLines) {
      const [report, ...more] = reportFrame(codec, bytes, serializer!).messages
      expect(more).toEqual([])
      expect(report?.error).toBeNull()
      const values = report?.message as unknown as Record<string, unknown>
      const table = report!.message!.table
      for (const { name, kind, value, isOption, start, end } of report!.fields) {
        expect(start).toBeLessThan(end)
        expect(end).toBeLessThanOrEqual(bytes.length)
        if (name === 'type') expect(value).toBe(table.code)
        else if (kind === 'custom') expect(equalValues(value, report!.message!.custom?.[name])).toBe(true)
        else if (value !== undefined) expect([name, equalValues(value, values[name])]).toEqual([name, true])
        else expect([kind, isOption]).toEqual(['map', false])
      }
    }
  })

  test('stand one after another, options inside of their dictionary', () => {
    for (const { bytes, serializer } of sessionLines) {
      const [report] = reportFrame(codec, bytes, serializer!).messages
      const options = report!.fields.find(({ value }) => value === undefined)
      let last = 0
      for (const { start, end, isOption } of report!.fields.filter((field) => field !== options)) {
        expect(start).toBeGreaterThanOrEqual(last)
        last = end
        const isInside = options !== undefined && start > options.start && end <= options.end
        expect(isInside).toBe(isOption)
      }
    }
  })
})

describe('sizes', () => {
  test('are those of the encoded message', () => {
    const [message] = jsonReport('[34,7,8]').messages
    expect(message?.sizes).toEqual([
      { format: 'json', bytes: 8, problem: null },
      { format: 'msgpack', bytes: 4, problem: null },
      { format: 'cbor', bytes: 5, problem: null },
      { format: 'ubjson', bytes: 8, problem: null },
      { format: 'flatbuffers', bytes: 56, problem: null },
    ])
  })

  test('name what FlatBuffers has no place for', () => {
    const sizes = jsonReport('[34,7,8,{"x_mine":1}]').messages[0]?.sizes
    expect(sizes?.at(-1)).toMatchObject({ format: 'flatbuffers', bytes: null })
    expect(sizes?.at(-1)?.problem).toContain('custom.x_mine')
  })

  test('say why a message has none', () => {
    const frame = unhex('85 10 01 a0 63612e62 81 fb7ff8000000000000')
    const [json] = reportFrame(codec, frame, 'cbor').messages[0]!.sizes
    expect(json).toMatchObject({ format: 'json', bytes: null })
    expect(json?.problem).toContain('args[0]')
  })
})

describe('errors', () => {
  test.each([
    ['[', null, 'TRUNCATED', 1],
    ['[99,1]', null, 'BAD_MESSAGE', 1],
    ['{"a":1}', null, 'BAD_MESSAGE', 0],
    ['[16,1,{},"a b"]', 'PUBLISH', 'BAD_URI', 9],
    ['[16,1,{},"a.b",[1,]]', 'PUBLISH', 'BAD_TOKEN', 18],
    ['[16,1,{"acknowledge":1},"a.b"]', 'PUBLISH', 'BAD_MESSAGE', 21],
    ['[16,1,{}]', 'PUBLISH', 'BAD_MESSAGE', 9],
    ['[34,7,8]\x1e', 'UNSUBSCRIBE', 'TRAILING_BYTES', 8],
  ])('the report of %j has its error, without what the text says elsewhere', (text, type, code, offset) => {
    const [message] = jsonReport(text).messages
    expect(message).toMatchObject({ type, error: { code, offset }, message: null, sizes: [] })
    expect(message?.error?.text).not.toMatch(/cannot decode|\(byte/)
  })

  test('keep the fields before them', () => {
    const [message] = jsonReport('[16,1,{"acknowledge":true,"x":{"y":').messages
    expect(fieldsOf(message!)).toEqual([
      ['type', 1, 3, 16],
      ['request', 4, 5, 1],
      ['options', 6, 7, undefined],
      ['acknowledge', 21, 25, true],
    ])
    expect(message?.fields[2]?.isOpen).toBe(true)
  })

  test.each([
    ['json', '[16,5,{},"a', [6, 8]],
    ['json', '[36,1,2,{},[1', [8, 10]],
    ['json', '[16,5,{ } x', [6, 9]],
    ['json', '[16,5,{}]', [6, 8]],
    ['json', '[16,5,{}', [6, 8]],
    ['json', '[6,{"message":"a"},"a b"]', [3, 18]],
    ['json', '[2,1,{"roles":{},"x":1},3]', [5, 23]],
    ['cbor', '841005a06361', [3, 4]],
    ['cbor', '841005bfff6361', [3, 5]],
    ['msgpack', '94100580a361', [3, 4]],
    ['ubjson', '5b551055057b7d53550361', [5, 7]],
  ] as [SerializerName, string, [number, number]][])(
    'do not open a dictionary of %s that was read to its end: %s',
    (id, frame, span) => {
      const bytes = id === 'json' ? utf8(frame) : unhex(frame)
      const [message] = reportFrame(codec, bytes, id).messages
      expect(message?.error).not.toBeNull()
      const { start, end, isOpen } = message!.fields.find(
        ({ name }) => name === 'options' || name === 'details',
      )!
      expect([start, end, isOpen]).toEqual([...span, false])
    },
  )

  test.each([
    ['json', '[16,5,{'],
    ['json', '[16,5,{"acknowledge":1},"a.b"]'],
    ['json', '[16,5,{"x":1,"x":2},"a.b"]'],
    ['cbor', '841005bf6178016179'],
    ['msgpack', '94100582a17801a178'],
    ['ubjson', '5b551055057b5501785501'],
  ] as [SerializerName, string][])('open the dictionary that a frame of %s is broken in: %s', (id, frame) => {
    const bytes = id === 'json' ? utf8(frame) : unhex(frame)
    const [message] = reportFrame(codec, bytes, id).messages
    expect(message?.error).not.toBeNull()
    expect(message?.fields.filter(({ isOpen }) => isOpen).map(({ name }) => name)).toEqual(['options'])
  })
})

describe('an ERROR', () => {
  const failed = new ErrorMessage({ request_type: 16, request: 5, error: 'com.myapp.failed', args: ['why'] })

  test.each(['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers'] as const)('shows its URI in %s', (id) => {
    const frame = codec.serializer(id).encode(failed)
    const [message] = reportFrame(codec, frame, id).messages
    const named = message?.fields.filter(({ name }) => name === 'error')
    expect(named?.map(({ value, isOption }) => [value, isOption])).toEqual([['com.myapp.failed', false]])
  })

  test.each(['json', 'msgpack', 'cbor', 'ubjson'] as const)(
    'that is broken in %s shows its URI, and why it is refused only once',
    (id) => {
      const frame = codec.serializer(id).encode(failed)
      const [message] = reportFrame(codec, frame.subarray(0, frame.length - 2), id).messages
      expect(message?.error).not.toBeNull()
      const named = message?.fields.filter(({ name }) => name === 'error')
      expect(named?.map(({ kind, value }) => [kind, value])).toEqual([['text', 'com.myapp.failed']])
      const spans = codec.trace(frame.subarray(0, frame.length - 2), codec.serializer(id))
      expect(spans.filter(({ name }) => name === 'error')[0]?.kind).toBe('text')
      expect(spans.at(-1)).toMatchObject({
        name: 'error',
        kind: message?.error && expect.stringContaining(message.error.text),
      })
    },
  )
})

describe('batches', () => {
  test('count bytes from the start of the frame', () => {
    const { messages } = jsonReport('[34,7,8]\x1e[35,"a"]\x1e[35,9]\x18', 'json.batched')
    expect(messages.map(({ start, end }) => [start, end])).toEqual([
      [0, 8],
      [9, 17],
      [18, 24],
    ])
    expect(messages.map(({ error }) => error?.offset)).toEqual([undefined, 13, undefined])
    expect(fieldsOf(messages[2]!)).toEqual([
      ['type', 19, 21, 35],
      ['request', 22, 23, 9],
    ])
  })

  test.each([
    ['json.batched', '5b33352c395d1e5b33352c39', 2, 12],
    ['json.batched', '5b33352c395d1e1e', 2, 7],
    ['json.batched', '5b33352c395d', 1, 6],
    ['json.batched', '', 1, 0],
    ['cbor.batched', '0000000482182309' + '0000000482182309' + '00000005821823', 3, 16],
    ['cbor.batched', '0000000482182309' + '0000', 2, 8],
    ['msgpack.batched', '00000004922309', 1, 0],
    ['msgpack.batched', '', 1, 0],
  ] as [SerializerName, string, number, number][])(
    'of a broken %s frame %j the messages before the error are there',
    (id, digits, count, offset) => {
      const { messages } = reportFrame(codec, unhex(digits), id)
      expect(messages).toHaveLength(count)
      expect(messages.slice(0, -1).every(({ error }) => error === null)).toBe(true)
      expect(messages.at(-1)?.error).toMatchObject({ code: 'BATCH_LENGTH', offset })
    },
  )

  test('of a message that is cut its fields are there', () => {
    const { messages } = reportFrame(codec, unhex('00000009 83 1822 07 19'), 'cbor.batched')
    expect(fieldsOf(messages[0]!)).toEqual([
      ['type', 5, 7, 34],
      ['request', 7, 8, 7],
    ])
  })
})

describe('hostile frames', () => {
  test('every truncation of the session, in every serializer, gives a report', () => {
    for (const { bytes, serializer } of sessionLines) {
      const step = Math.max(1, Math.floor(bytes.length / 30))
      for (let length = 0; length < bytes.length; length += step) {
        for (const id of SERIALIZER_NAMES) {
          const { messages } = reportFrame(codec, bytes.subarray(0, length), id)
          if (id === serializer) expect(messages[0]?.error).not.toBeNull()
          expect(messages.length).toBeGreaterThan(0)
          for (const { error } of messages) {
            if (error !== null) expect(error.offset).toBeLessThanOrEqual(length)
          }
        }
      }
    }
  })

  test('every changed byte of a frame gives a report', () => {
    for (const n of [102, 103, 1]) {
      const { bytes, serializer } = sessionLines[n - 1]!
      for (let at = 0; at < Math.min(bytes.length, 120); at++) {
        for (const value of [0, 0x7f, 0xff, bytes[at]! ^ 0x20, bytes[at]! ^ 1]) {
          const changed = Uint8Array.from(bytes)
          changed[at] = value
          expect(reportFrame(codec, changed, serializer!).messages).toHaveLength(1)
        }
      }
    }
  })

  test('128 levels and a __proto__ key are shown, not obeyed', () => {
    const [message] = jsonReport(
      `[16,1,{"__proto__":{"a":1}},"a.b",${'['.repeat(100)}${']'.repeat(100)}]`,
    ).messages
    expect(message?.error).toBeNull()
    expect(message?.fields.find(({ kind }) => kind === 'custom')).toMatchObject({
      name: '__proto__',
      value: { a: 1 },
    })
    expect(({} as { a?: unknown }).a).toBeUndefined()
  })
})
