/**
 * FlatBuffers frames made by hand to do harm, or merely wrong: rows F1 to F5 of the project's hostile inputs. Every
 * error has its code and its words; nothing costs more than the frame is long.
 */
import { Builder } from 'flatbuffers'
import { describe, expect, test } from 'vitest'
import { createCodec, type ErrorCode, Message, ProtocolError, Publish } from '../../src/index.ts'
import { shared } from '../support/flatbuffers-made.ts'
import { canonical } from '../support/vectors.ts'

const codec = createCodec()
const serializer = codec.serializer('flatbuffers')

/** PUBLISH with every kind of slot that matters here; the positions below are those of this very frame. */
const GOOD: Uint8Array = serializer.encode(
  new Publish({
    request: 7,
    topic: 'com.example',
    args: [1, 'a'],
    exclude: [5, 6],
    exclude_authid: ['x', 'yy'],
    forward_for: [{ session: 9, authid: 'a', authrole: 'r' }],
  }),
)

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)

/** Positions in GOOD. */
const root = view(GOOD).getUint32(0, true)
const follow = (at: number): number => at + view(GOOD).getUint32(at, true)
const vtableOf = (table: number): number => table - view(GOOD).getInt32(table, true)
const slotOf = (table: number, slot: number): number =>
  table + view(GOOD).getUint16(vtableOf(table) + 4 + 2 * slot, true)
const union = slotOf(root, 0)
const table = follow(slotOf(root, 1))
const [topic, args, exclude, texts, hops] = [2, 3, 12, 13, 20].map((slot) => slotOf(table, slot)) as [
  number,
  number,
  number,
  number,
  number,
]

/** GOOD with some numbers changed; each as [position, bytes, value]. */
function changed(
  ...changes: readonly (readonly [at: number, width: 1 | 2 | 4, value: number])[]
): Uint8Array {
  const bytes = GOOD.slice()
  for (const [at, width, value] of changes) {
    if (width === 1) bytes[at] = value
    else if (width === 2) view(bytes).setUint16(at, value, true)
    else view(bytes).setUint32(at, value >>> 0, true)
  }
  return bytes
}

function refusal(bytes: Uint8Array): ProtocolError {
  try {
    serializer.decode(bytes)
  } catch (error) {
    if (error instanceof ProtocolError) return error
    throw error
  }
  throw new Error('it was read')
}

const fromHere = (at: number, to: number): number => to - at

type Row = readonly [what: string, bytes: Uint8Array, code: ErrorCode, text: string]

const ROWS: readonly Row[] = [
  ['an empty frame', new Uint8Array(0), 'TRUNCATED', 'the bytes end too early in the buffer (byte 0)'],
  ['seven bytes', new Uint8Array(7), 'TRUNCATED', 'the bytes end too early in the buffer (byte 7)'],
  [
    'eight zeros',
    new Uint8Array(8),
    'BAD_OFFSET',
    'an offset that leads outside, or to a value twice in the buffer (byte 0)',
  ],
  ['a root outside', changed([0, 4, GOOD.length]), 'BAD_OFFSET', '(byte 0)'],
  ['a negative root', changed([0, 4, -4]), 'BAD_OFFSET', '(byte 0)'],
  ['a root that is not aligned', changed([0, 4, root + 2]), 'MISALIGNED', 'a misaligned value'],
  [
    'a size before the buffer',
    Uint8Array.from([...new Uint8Array(Uint32Array.of(GOOD.length).buffer), ...GOOD]),
    'BAD_OFFSET',
    'the buffer has a size prefix, which WAMP does not use (byte 0)',
  ],
  ['a vtable before the frame', changed([table, 4, table + 2]), 'BAD_OFFSET', 'leads outside'],
  ['a vtable behind the frame', changed([table, 4, table - GOOD.length]), 'BAD_OFFSET', 'leads outside'],
  ['a vtable at an odd place', changed([table, 4, table - vtableOf(table) + 1]), 'MISALIGNED', ''],
  ['a vtable of an odd size', changed([vtableOf(table), 2, 9]), 'BAD_OFFSET', ''],
  ['a vtable of 65535 bytes', changed([vtableOf(table), 2, 65_534]), 'BAD_OFFSET', ''],
  ['a table beyond the end', changed([vtableOf(table) + 2, 2, 65_535]), 'BAD_OFFSET', ''],
  ['a table of no size', changed([vtableOf(table) + 2, 2, 2]), 'BAD_OFFSET', ''],
  ['a field beyond its table', changed([vtableOf(table) + 8, 2, 65_532]), 'BAD_OFFSET', 'in topic'],
  ['a field in the vtable offset', changed([vtableOf(table) + 8, 2, 2]), 'BAD_OFFSET', 'in topic'],
  ['a request at an odd place', changed([vtableOf(table) + 6, 2, topic - table]), 'MISALIGNED', 'in request'],
  ['a topic that is its own offset', changed([topic, 4, 0]), 'BAD_OFFSET', 'in topic'],
  ['a topic outside', changed([topic, 4, GOOD.length]), 'BAD_OFFSET', 'in topic'],
  [
    'a topic that is not aligned',
    changed([topic, 4, fromHere(topic, follow(topic) + 1)]),
    'MISALIGNED',
    'in topic',
  ],
  ['a text of 2^31 bytes', changed([follow(topic), 4, 2 ** 31]), 'LENGTH_OVERRUN', 'in topic'],
  [
    'a text up to the last byte',
    changed([follow(topic), 4, GOOD.length - follow(topic) - 4]),
    'LENGTH_OVERRUN',
    'in topic',
  ],
  ['a text without its zero', changed([follow(topic) + 4 + 11, 1, 0x61]), 'BAD_TOKEN', 'in topic'],
  [
    'a text that is not UTF-8',
    changed([follow(topic) + 4, 1, 0xff]),
    'BAD_UTF8',
    'the text is not UTF-8 in topic',
  ],
  ['a URI with a space', changed([follow(topic) + 4, 1, 0x20]), 'BAD_URI', 'for topic'],
  ['a vector of 2^32 - 1 numbers', changed([follow(exclude), 4, -1]), 'LENGTH_OVERRUN', 'in exclude'],
  ['a vector whose bytes wrap', changed([follow(exclude), 4, 0x2000_0000]), 'LENGTH_OVERRUN', 'in exclude'],
  [
    'a vector of numbers not aligned',
    changed([exclude, 4, fromHere(exclude, follow(exclude) + 4)], [follow(exclude) + 4, 4, 1]),
    'MISALIGNED',
    'in exclude',
  ],
  [
    'a vector of too many texts',
    changed([follow(texts), 4, 0x4000_0000]),
    'LENGTH_OVERRUN',
    'in exclude_authid',
  ],
  ['a text of a vector outside', changed([follow(texts) + 4, 4, 2 ** 31]), 'BAD_OFFSET', 'in exclude_authid'],
  ['a hop outside', changed([follow(hops) + 4, 4, 2 ** 31]), 'BAD_OFFSET', 'in forward_for'],
  [
    'a hop that is the message',
    changed([follow(hops) + 4, 4, table - follow(hops) - 4]),
    'BAD_OFFSET',
    'in forward_for',
  ],
  [
    'args that are no list',
    changed([follow(args) + 4, 1, 0x01]),
    'BAD_MESSAGE',
    'expected a list for args, got an integer',
  ],
  [
    'args with something behind',
    changed([follow(args) + 4, 1, 0x81]),
    'TRAILING_BYTES',
    'more bytes follow in args',
  ],
  [
    'args of another format',
    changed([follow(args) + 4, 1, 0x5b]),
    'TRUNCATED',
    'the bytes end too early in args',
  ],
  ['no union', changed([union, 1, 0]), 'UNKNOWN_UNION', 'unknown message code 0 (byte'],
  [
    'an ordinal',
    changed([union, 1, 7]),
    'UNKNOWN_UNION',
    'unknown message code 7; ordinals of the union are not accepted',
  ],
  ['a code of the list form', changed([union, 1, 0x51]), 'UNKNOWN_UNION', 'unknown message code 81'],
  [
    'a union without its type',
    changed([vtableOf(root) + 4, 2, 0]),
    'MISSING_FIELD',
    'type is required and missing',
  ],
  [
    'a union without its message',
    changed([vtableOf(root) + 6, 2, 0]),
    'MISSING_FIELD',
    'type is required and missing',
  ],
  ['no topic', changed([vtableOf(table) + 8, 2, 0]), 'MISSING_FIELD', 'topic is required and missing'],
  [
    'a request beyond 2^53',
    changed([slotOf(table, 1) + 4, 4, 0x20_0001]),
    'BAD_MESSAGE',
    'expected an id (0 to 2^53) for request, got a larger number',
  ],
]

describe('hostile frames', () => {
  test('the frame that is broken below is good', () => {
    expect(serializer.decode(GOOD).toString()).toBe(
      'PUBLISH(request=7, topic="com.example", exclude=[5,6], exclude_authid=["x","yy"], forward_for=' +
        '[{"session":9,"authid":"a","authrole":"r"}], args=[1,"a"])',
    )
  })

  test.each(ROWS)('%s is refused', (_what, bytes, code, text) => {
    const error = refusal(bytes)
    expect(error).toMatchObject({ code, format: 'flatbuffers' })
    expect(error.message).toContain(text)
    expect(error.message).toMatch(/^cannot decode (?:PUBLISH|a message) from flatbuffers: .* \(byte \d+\)$/)
    expect(error.offset).toBeLessThanOrEqual(bytes.length)
  })

  test('an error knows the request that it can be answered for', () => {
    const error = refusal(changed([follow(args) + 4, 1, 0x01]))
    expect(error).toMatchObject({ messageType: 16, request_type: 16, request: 7, path: 'args' })
  })

  test('payload beside args is refused', () => {
    const builder = new Builder()
    const bytes = builder.createByteVector(Uint8Array.of(0x80))
    const text = builder.createString('a.b')
    builder.startObject(21)
    builder.addFieldOffset(2, text, 0)
    builder.addFieldOffset(3, bytes, 0)
    builder.addFieldOffset(5, bytes, 0)
    const message = builder.endObject()
    builder.startObject(2)
    builder.addFieldInt8(0, 16, 0)
    builder.addFieldOffset(1, message, 0)
    builder.finish(builder.endObject())
    expect(refusal(builder.asUint8Array())).toMatchObject({ code: 'PAYLOAD_RULE', path: 'payload' })
  })
})

describe('frames whose offsets lead to one place', () => {
  const PUBLISH = 16
  const EXCLUDE_AUTHID = 13
  const FORWARD_FOR = 20

  test('are read while they are small, as builders make them that pool texts', () => {
    const bytes = shared(100, PUBLISH, EXCLUDE_AUTHID, (builder) => builder.createString('role'.repeat(100)))
    expect((serializer.decode(bytes) as Publish).exclude_authid?.length).toBe(100)
  })

  test('are refused when they would have a long text read again and again', () => {
    const bytes = shared(10_000, PUBLISH, EXCLUDE_AUTHID, (builder) =>
      builder.createString('x'.repeat(100_000)),
    )
    expect(refusal(bytes)).toMatchObject({ code: 'SIZE_LIMIT', path: 'exclude_authid' })
  })

  test('are refused beyond the budget of values', () => {
    const small = createCodec({ maxNodes: 1000 }).serializer('flatbuffers')
    const hop = (builder: Builder): number => {
      builder.startObject(3)
      builder.addFieldInt64(0, 1n, 0n)
      return builder.endObject()
    }
    expect(() => small.decode(shared(400, PUBLISH, FORWARD_FOR, hop))).toThrow('more than 1000 values')
    expect((serializer.decode(shared(400, PUBLISH, FORWARD_FOR, hop)) as Publish).forward_for?.length).toBe(
      400,
    )
  })
})

describe('a frame that is changed after it was decoded', () => {
  test('gives values of its own bytes or a ProtocolError, never those beside it', () => {
    const secret = new Uint8Array(GOOD.length + 4096).fill(0x53)
    for (let at = 0; at < GOOD.length; at++) {
      for (const value of [0, 0x7f, 0xff]) {
        secret.set(GOOD, 1024)
        const frame = secret.subarray(1024, 1024 + GOOD.length)
        const message = serializer.decode(frame)
        frame[at] = value
        let text = ''
        try {
          text = canonical(message.marshal())
        } catch (error) {
          if (!(error instanceof ProtocolError)) throw error
        }
        expect(text).not.toContain('SSSS')
      }
    }
  })

  test('is a message like any other while nobody changes it', () => {
    expect(serializer.decode(GOOD).equals(Message.parse(serializer.decode(GOOD).marshal()))).toBe(true)
  })
})
