import { expect, test } from 'vitest'
import {
  createCodec,
  EventMessage,
  HEAD_ARGS_END,
  HEAD_ARGS_START,
  HEAD_FIRST_ID,
  HEAD_FLAGS,
  HEAD_HAS_CUSTOM,
  HEAD_HAS_OPTIONS,
  HEAD_PAYLOAD,
  HEAD_PAYLOAD_ENC,
  HEAD_PAYLOAD_NONE,
  HEAD_PAYLOAD_UNCHECKED,
  HEAD_RECORD_WORDS,
  HEAD_REQUEST_TYPE,
  HEAD_SECOND_ID,
  HEAD_TYPE,
  HEAD_URI_CLASS,
  HEAD_URI_END,
  HEAD_URI_LOOSE,
  HEAD_URI_REF,
  HEAD_URI_START,
  headId,
  ProtocolError,
} from '../../../src/index.ts'
import { builtMessages } from '../../lifetime/samples.ts'
import { built, PAYLOADS, serializerFor, WIRINGS } from '../../support/payloads.ts'

const codec = createCodec()
const RECORDS = [new Int32Array(HEAD_RECORD_WORDS), new Float64Array(HEAD_RECORD_WORDS + 4)]

test.each(WIRINGS)('$name: the record of every message has its code and ids', (wiring) => {
  const serializer = serializerFor(codec, wiring)
  for (const message of builtMessages()) {
    const slots = message as unknown as Readonly<Record<string, number>>
    const ids = message.table.positions.filter(({ kind }) => kind === 'id').map(({ slot }) => slots[slot])
    const frame = serializer.encode(message)
    for (const record of RECORDS) {
      record.fill(77)
      expect(serializer.scanInto(frame, record)).toBe(message.table.code)
      expect(record[HEAD_TYPE]).toBe(message.table.code)
      expect(headId(record, HEAD_FIRST_ID)).toBe(ids[0] ?? 0)
      expect(headId(record, HEAD_SECOND_ID)).toBe(ids[1] ?? 0)
      expect(record[HEAD_REQUEST_TYPE]).toBe(message.table.name === 'ERROR' ? slots.request_type : 0)
      expect(record[HEAD_RECORD_WORDS] ?? 77).toBe(77)
    }
  }
})

test.each(WIRINGS)('$name: the record has the URI and the payload where they are', (wiring) => {
  const serializer = serializerFor(codec, wiring)
  const [record] = RECORDS as [Int32Array]
  const frame = serializer.encode(built(PAYLOADS['args and kwargs'] as object))
  serializer.scanInto(frame, record)
  expect(record[HEAD_URI_REF]).toBe(codec.internUri('com.example.topic'))
  expect((record[HEAD_URI_CLASS] as number) & HEAD_URI_LOOSE).toBe(HEAD_URI_LOOSE)
  const uri = frame.subarray(record[HEAD_URI_START], record[HEAD_URI_END])
  expect(new TextDecoder().decode(uri)).toContain('com.example.topic')
  if (wiring.id !== 'flatbuffers') {
    expect(record[HEAD_PAYLOAD]).toBe(HEAD_PAYLOAD_UNCHECKED)
    const end = frame.length - (wiring.id === 'json.batched' ? 1 : 0)
    expect(record[HEAD_ARGS_END]).toBe(end)
  }
  serializer.scanInto(serializer.encode(built({})), record)
  expect(record[HEAD_PAYLOAD]).toBe(HEAD_PAYLOAD_NONE)
  expect(record[HEAD_ARGS_START]).toBe(record[HEAD_ARGS_END])
  serializer.scanInto(serializer.encode(built(PAYLOADS.enc as object)), record)
  expect(record[HEAD_PAYLOAD]).toBe(HEAD_PAYLOAD_ENC)
})

test('flags say whether there are options and custom keys', () => {
  const serializer = codec.serializer('msgpack')
  const [record] = RECORDS as [Int32Array]
  const flagsOf = (attributes: object): number => {
    serializer.scanInto(serializer.encode(built(attributes)), record)
    return (record[HEAD_FLAGS] as number) & (HEAD_HAS_OPTIONS | HEAD_HAS_CUSTOM)
  }
  expect(flagsOf({})).toBe(0)
  expect(flagsOf({ acknowledge: true })).toBe(HEAD_HAS_OPTIONS)
  expect(flagsOf({ custom: { x_a: 1 } })).toBe(HEAD_HAS_OPTIONS | HEAD_HAS_CUSTOM)
})

test('a record that is too short is refused, and a malformed head', () => {
  const serializer = codec.serializer('cbor')
  const frame = serializer.encode(new EventMessage({ subscription: 1, publication: 2 }))
  expect(() => serializer.scanInto(frame, new Int32Array(HEAD_RECORD_WORDS - 1))).toThrow(RangeError)
  for (let length = 0; length < frame.length; length++) {
    expect(() => serializer.scanInto(frame.subarray(0, length), RECORDS[0] as Int32Array)).toThrow(
      ProtocolError,
    )
  }
})

test('a batch of several messages has no single head', () => {
  const serializer = codec.serializer('cbor.batched')
  const frame = serializer.encodeAll([built({}), built({})])
  expect(() => serializer.scanInto(frame, RECORDS[0] as Int32Array)).toThrow(ProtocolError)
})
