/** Tests of src/message/refusal.ts and receive.ts: what a codec says of a frame that it refuses. */
import { describe, expect, test } from 'vitest'
import {
  type Codec,
  createCodec,
  ErrorMessage,
  InvalidUriError,
  isWampCodecError,
  PayloadRuleError,
  ProtocolError,
  Publish,
} from '../../../src/index.ts'
import { ROWS, type Row } from './refusals.ts'

const codec = createCodec()

function bytesOf({ format, frame }: Pick<Row, 'format' | 'frame'>): Uint8Array {
  return new Uint8Array(format === 'json' ? Buffer.from(frame) : Buffer.from(frame, 'hex'))
}

function refusal(using: Codec, { format, frame }: Pick<Row, 'format' | 'frame'>): ProtocolError {
  try {
    using.serializer(format).decode(bytesOf({ format, frame }))
  } catch (error) {
    if (error instanceof ProtocolError) return error
    throw error
  }
  throw new Error(`expected ${frame} to be refused`)
}

describe('a refused frame gives an error', () => {
  test.each(ROWS.map((expected) => [expected.text, expected] as const))(
    'the error says: %s',
    (_, expected) => {
      const error = refusal(codec, expected)
      expect(error.message).toBe(expected.text)
      const { code, offset, request_type, request, path, format } = error
      expect({ code, offset, request_type, request, path, format, type: error.messageType }).toEqual({
        code: expected.code,
        offset: expected.offset,
        request_type: expected.request_type,
        request: expected.request,
        path: expected.path,
        format: expected.format,
        type: expected.type,
      })
      expect(isWampCodecError(error)).toBe(true)
    },
  )

  test('the error is of the class that fits, with the WAMP error URI that fits', () => {
    const rows = [
      ['[17,1]', ProtocolError, 'ProtocolError', 'wamp.error.protocol_violation'],
      ['[48,1,{},"a b"]', InvalidUriError, 'InvalidUriError', 'wamp.error.invalid_uri'],
      [
        '[48,1,{"enc_key":"k"},"a","\\u0000AQ=="]',
        PayloadRuleError,
        'PayloadRuleError',
        'wamp.error.invalid_argument',
      ],
    ] as const
    for (const [frame, Class, name, uri] of rows) {
      const error = refusal(codec, { format: 'json', frame })
      expect(error.constructor).toBe(Class)
      expect([error.name, error.uri]).toEqual([name, uri])
    }
  })

  test('the error knows the request for payload rules and URIs too', () => {
    for (const frame of ['[48,7,{},"a b"]', '[48,7,{"enc_key":"k"},"a","\\u0000AQ=="]']) {
      expect(refusal(codec, { format: 'json', frame })).toMatchObject({
        request_type: 48,
        request: 7,
        messageType: 48,
      })
    }
  })
})

test('the refusal of an ERROR names its request in every serializer', () => {
  const [writer, reader] = [createCodec({ uri: 'none' }), createCodec()]
  const message = writer.serializer('json').decode('[8,48,77,{},"a b"]')
  for (const id of ['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers'] as const) {
    const frame = writer.serializer(id).encode(message)
    expect(() => reader.serializer(id).decode(frame)).toThrow(
      expect.objectContaining({ code: 'BAD_URI', messageType: 8, request: 77, request_type: null }),
    )
  }
})

test('so does that of FlatBuffers that are well-formed, and against a rule', () => {
  const enc = { enc_algo: 'x_own', enc_key: 'k', enc_serializer: 'cbor', payload: Uint8Array.of(1) }
  const message = new ErrorMessage({ request_type: 48, request: 77, error: 'a.b', ...enc })
  const frame = codec.serializer('flatbuffers').encode(message)
  const strict = createCodec({ payloadRules: 'strict' }).serializer('flatbuffers')
  expect(() => strict.decode(frame)).toThrow(
    expect.objectContaining({ code: 'PAYLOAD_RULE', messageType: 8, request: 77 }),
  )
})

test('offsets in a batch count from its first byte', () => {
  const batch = '[17,1,2]\x1e[48,5,{},5]\x1e'
  const error = (): unknown => codec.serializer('json.batched').decodeAll(batch)
  expect(error).toThrow(
    'cannot decode CALL from json: expected a string for procedure, got an integer (byte 18)',
  )
  const uri = (): unknown => codec.serializer('json.batched').decodeAll('[17,1,2]\x1e[48,5,{},"a b"]\x1e')
  expect(uri).toThrow(
    'cannot decode CALL from json: expected a URI by the loose rules for procedure, got "a b" (byte 18)',
  )
})

test('escaped text in one message of a batch leaves the next one alone', () => {
  const long = 'b'.repeat(100)
  const batch = `[48,1,{"\\u0078_a":1},"com.\\u0061${long}"]\x1e[48,2,{},"com.${long}"]\x1e`
  const calls = codec.serializer('json.batched').decodeAll(batch)
  expect(calls.map((call) => call.marshal())).toEqual([
    [48, 1, { x_a: 1 }, `com.a${long}`],
    [48, 2, {}, `com.${long}`],
  ])
})

test("a payload that duplicateKeys: 'refuse' does not want is refused with its message's name, at each try", () => {
  for (const payloadValidation of ['eager', 'deferred'] as const) {
    const strict = createCodec({ duplicateKeys: 'refuse', payloadValidation }).serializer('json')
    const text = 'cannot decode CALL from json: duplicate key "a" (byte 21)'
    const decode = (): Publish => strict.decode('[48,7,{},"c",[{"a":1,"a":2}]]') as Publish
    if (payloadValidation === 'eager') {
      expect(decode).toThrow(text)
      continue
    }
    const message = decode()
    for (let i = 0; i < 2; i++) {
      expect(() => message.args).toThrow(text)
      expect(() => strict.encode(message)).toThrow(text)
    }
  }
})

test('a deferred payload that is broken is refused at each try to read or forward it', () => {
  const serializer = createCodec({ payloadValidation: 'deferred' }).serializer('json')
  const message = serializer.decode('[48,7,{},"c",[1,}]') as Publish
  const tries = [
    () => message.args,
    () => message.kwargs,
    () => message.payload,
    () => message.rawPayload,
    () => message.marshal(),
    () => serializer.encode(message),
    () => codec.serializer('cbor').encode(message),
    () => message.toTransferable(),
  ]
  for (const attempt of [...tries, ...tries]) {
    expect(attempt).toThrow(
      expect.objectContaining({ code: 'BAD_TOKEN', offset: 16, request: 7, request_type: 48 }),
    )
  }
})

test('after any refused frame the codec decodes and encodes as a new one', () => {
  const good = new Publish({ request: 9, topic: 'com.example', args: [1, { a: 'x' }], custom: { x_a: 1 } })
  for (const format of ['json', 'msgpack', 'cbor'] as const) {
    const fresh = createCodec().serializer(format)
    const bytes = fresh.encode(good)
    const list = JSON.stringify(fresh.decode(bytes).marshal())
    const used = createCodec()
    for (const bad of ROWS) {
      refusal(used, bad)
      good.uncache()
      expect(used.serializer(format).encode(good)).toEqual(bytes)
      expect(JSON.stringify(used.serializer(format).decode(bytes).marshal())).toBe(list)
    }
  }
})

test('every cut of a good frame, and every changed byte of it, is decoded or refused with an error of ours', () => {
  const message = new Publish({
    request: 2 ** 40,
    topic: 'com.example',
    args: ['\u00e9', -5, 1.5],
    exclude: [1, 2],
  })
  for (const format of ['json', 'msgpack', 'cbor'] as const) {
    const serializer = codec.serializer(format)
    const frame = serializer.encode(message)
    const attempt = (bytes: Uint8Array): void => {
      try {
        serializer.decode(bytes).marshal()
      } catch (error) {
        if (!(error instanceof ProtocolError) || error.offset === null || error.offset > bytes.length)
          throw error
      }
    }
    for (let i = 0; i < frame.length; i++) {
      expect(() => serializer.decode(frame.subarray(0, i))).toThrow(ProtocolError)
      for (let byte = 0; byte < 256; byte++) {
        const changed = new Uint8Array(frame)
        changed[i] = byte
        attempt(changed)
      }
    }
  }
})
