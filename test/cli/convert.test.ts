/** Tests of src/cli/convert.ts: the same message in another serializer, or a refusal. */
import { describe, expect, test } from 'vitest'
import { convertBytes } from '../../src/cli/convert.ts'
import { FrameError, UsageError } from '../../src/cli/failure.ts'
import { type SerializerName, serializerOf } from '../../src/cli/serializers.ts'
import type { Codec } from '../../src/codec.ts'
import type { Message } from '../../src/message/message.ts'
import { createCodec } from '../../src/variants/full.ts'
import { hex, runHere, sessionLines, unhex, utf8 } from './support.ts'

const codec: Codec = createCodec({ cache: false })
const FORMATS: SerializerName[] = ['json', 'msgpack', 'cbor', 'ubjson', 'ubjson-draft12']

function read(bytes: Uint8Array, id: SerializerName): Message {
  return serializerOf(codec, id).decode(bytes)
}

/** Text of a JSON frame after a way through other serializers. */
function through(text: string, ...ids: SerializerName[]): string {
  let bytes = utf8(text)
  let from: SerializerName = 'json'
  for (const to of [...ids, 'json'] as SerializerName[]) {
    bytes = convertBytes(codec, bytes, from, to)
    from = to
  }
  return Buffer.from(bytes).toString()
}

describe('the session without loss', () => {
  test.each(FORMATS)('every frame goes to %s and back', (to) => {
    for (const { bytes, serializer } of sessionLines) {
      const from = serializer!
      const original = read(bytes, from)
      const there = convertBytes(codec, bytes, from, to)
      const back = convertBytes(codec, there, to, from)
      for (const message of [read(there, to), read(back, from)]) {
        expect(message.marshal()).toEqual(original.marshal())
        expect(message.equals(original)).toBe(true)
      }
      // Equal values could hide that 5.0 became 5, or bytes a text of base64; JSON text does not.
      const texts = [bytes, back].map((frame) => hex(convertBytes(codec, frame, from, 'json')))
      expect(texts[1]).toBe(texts[0])
    }
  })

  test('every frame goes json, cbor, msgpack, json', () => {
    for (const { bytes, serializer } of sessionLines) {
      const original = read(bytes, serializer!)
      const json = Buffer.from(convertBytes(codec, bytes, serializer!, 'json')).toString()
      expect(through(json, 'cbor', 'msgpack')).toBe(json)
      expect(read(utf8(json), 'json').equals(original)).toBe(true)
    }
  })
})

describe('values without loss', () => {
  test.each([
    ['integral floats', '[16,1,{},"a.b",[5.0,-0.0,1.0],{"a":2.0}]'],
    ['floats', '[16,1,{},"a.b",[0.1,1.5,-2.25]]'],
    ['bytes', '[16,1,{},"a.b",["\\u0000AAEC",{"b":"\\u0000"}]]'],
    ['big integers', '[16,1,{},"a.b",[9007199254740993,18446744073709551615,-9223372036854775808]]'],
    ['text', '[16,1,{},"a.b",["","\\u0001","é","😀"],{"":null,"__proto__":1}]'],
    ['key order', '[16,1,{},"a.b",[],{"2":1,"1":2,"b":3,"a":4}]'],
    ['custom keys', '[16,1,{"acknowledge":true,"x_a":[1,{"b":null}]},"a.b"]'],
    ['nothing', '[16,1,{},"a.b"]'],
    ['an opaque payload', '[16,1,{"enc_algo":"x_mine","enc_serializer":"cbor"},"a.b","\\u0000AAEC"]'],
    [
      'an opaque payload in the ppt dialect',
      '[16,1,{"ppt_scheme":"x_a","ppt_serializer":"cbor"},"a.b",["\\u0000AAEC"]]',
    ],
  ])('%s survive json, cbor, msgpack, json', (_name, text) => {
    expect(through(text, 'cbor', 'msgpack')).toBe(text)
    expect(through(text, 'msgpack', 'cbor')).toBe(text)
    expect(through(text, 'cbor.batched', 'json.batched', 'msgpack.batched')).toBe(text)
  })
})

// Known loss: attributes are read as plain numbers (Payload.decodeAttribute), so 5.0 leaves as 5.
test.each([
  ['custom keys', '[16,1,{"x_a":5.0},"a.b"]'],
  ['extra', '[5,"s",{"x_a":5.0}]'],
])('integral floats in %s survive json, cbor, json', (_name, text) => {
  expect(through(text, 'cbor')).toBe(text)
})

describe('batches', () => {
  const batch = utf8('[34,7,8]\x1e[35,9]\x1e')

  test.each([
    ['json.batched', hex(batch)],
    ['msgpack.batched', '0000000493220708' + '00000003922309'],
    ['cbor.batched', '000000058318220708' + '0000000482182309'],
  ] as [SerializerName, string][])('two messages are one frame of %s', (to, digits) => {
    const converted = convertBytes(codec, batch, 'json.batched', to)
    expect(hex(converted)).toBe(digits)
    expect(hex(convertBytes(codec, converted, to, 'json.batched'))).toBe(hex(batch))
  })

  test('a batch of one fits everywhere', () => {
    expect(hex(convertBytes(codec, utf8('[35,9]\x1e'), 'json.batched', 'cbor'))).toBe('82182309')
  })

  test('several messages do not fit into one that is not batched', () => {
    const convert = () => convertBytes(codec, batch, 'json.batched', 'cbor')
    expect(convert).toThrow(UsageError)
    expect(convert).toThrow('a batch of 2 messages does not fit into cbor: use cbor.batched')
  })
})

describe('refusals', () => {
  test('every truncation of every short frame is a FrameError', () => {
    for (const { bytes, serializer } of sessionLines) {
      if (bytes.length > 40) continue
      for (let length = 0; length < bytes.length; length++) {
        const convert = () => convertBytes(codec, bytes.subarray(0, length), serializer!, 'cbor.batched')
        expect(convert).toThrow(FrameError)
      }
    }
  })

  test('NaN has no JSON', () => {
    const frame = unhex('85 10 01 a0 63612e62 81 fb7ff8000000000000')
    expect(() => convertBytes(codec, frame, 'cbor', 'json')).toThrow(FrameError)
  })

  test('a session with one broken frame is refused as a whole, and the frame is named', async () => {
    const stdin =
      '{"n":1,"serializer":"json","hex":"5b33352c395d"}\n{"n":2,"serializer":"cbor","hex":"8218"}\n'
    const { code, out, error } = await runHere(['convert', '--to', 'json'], { stdin })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(error).toMatch(/^wamp-codec: frame 2: cannot decode a message from cbor: .* \(byte \d\)\n$/)
  })

  test('bytes that are no frame are refused', async () => {
    expect(await runHere(['convert', '--to', 'json', '--hex', ''])).toMatchObject({
      code: 1,
      error: 'wamp-codec: the frame is empty\n',
    })
    expect(await runHere(['convert', '--to', 'json', '--hex', '6162'])).toMatchObject({
      code: 1,
      error: 'wamp-codec: cannot guess the serializer of <2 bytes 6162>: give it by name\n',
    })
  })
})

describe('what is written', () => {
  const args = ['convert', '--from', 'json', '--base64', Buffer.from('[34,7,8]').toString('base64')]

  test.each([
    [['--to', 'msgpack', '--as', 'hex'], '93220708\n'],
    [['--to', 'msgpack', '--as', 'base64'], 'kyIHCA==\n'],
    [['--to', 'msgpack', '--as', 'raw'], '\x93"\x07\b'],
    [['--to', 'msgpack'], '\x93"\x07\b'],
    [['--to', 'json'], '[34,7,8]'],
    [['--to', 'cbor', '--json'], '{"serializer":"cbor","hex":"8318220708"}\n'],
  ])('the options %j decide what is written', async (more, text) => {
    const { code, bytes, error } = await runHere([...args, ...more])
    expect({ code, error }).toEqual({ code: 0, error: '' })
    expect(Buffer.from(bytes).toString('latin1')).toBe(text)
  })

  test('a terminal gets hex instead of binary, and a line end after JSON', async () => {
    expect((await runHere([...args, '--to', 'cbor'], { stdoutIsTty: true })).out).toBe('8318220708\n')
    expect((await runHere([...args, '--to', 'json'], { stdoutIsTty: true })).out).toBe('[34,7,8]\n')
    const raw = await runHere([...args, '--to', 'cbor', '--as', 'raw'], { stdoutIsTty: true })
    expect(hex(raw.bytes)).toBe('83182207080a')
  })

  test('a file gets raw bytes also when there is a terminal', async () => {
    const { out, written } = await runHere([...args, '--to', 'cbor', '--out', 'x'], { stdoutIsTty: true })
    expect(out).toBe('')
    expect(hex(written.x!)).toBe('8318220708')
  })

  test('--out - is standard output, with or without a terminal', async () => {
    for (const stdoutIsTty of [false, true]) {
      const plain = await runHere([...args, '--to', 'cbor'], { stdoutIsTty })
      const named = await runHere([...args, '--to', 'cbor', '--out', '-'], { stdoutIsTty })
      expect(hex(named.bytes)).toBe(hex(plain.bytes))
      expect(named.written).toEqual({})
    }
  })

  test('a guess is told on standard error', async () => {
    const { out, error } = await runHere(['convert', '--to', 'json', '--hex', '93220708'])
    expect(out).toBe('[34,7,8]')
    expect(error).toBe('guessed msgpack (sure): decodes as UNSUBSCRIBE, in no other serializer\n')
  })
})

describe('sessions', () => {
  const stdin =
    '{"n":1,"client":"a","serializer":"json","hex":"5b33352c395d","note":[1]}\n' +
    '{"serializer":"cbor","hex":"82182309"}\n{"hex":"922309"}\n'

  test('keep everything that stands in a line', async () => {
    const { code, out, error } = await runHere(['convert', '--to', 'msgpack'], { stdin })
    expect(code).toBe(0)
    expect(error).toBe('converted 3 frames to msgpack\n')
    expect(out).toBe(
      '{"n":1,"client":"a","serializer":"msgpack","hex":"922309","note":[1]}\n' +
        '{"serializer":"msgpack","hex":"922309"}\n{"hex":"922309","serializer":"msgpack"}\n',
    )
  })

  test('--from converts the lines of one serializer, and those that name none', async () => {
    const args = ['convert', '--from', 'msgpack', '--to', 'json', '--out', 'new.jsonl']
    const { code, out, error, written } = await runHere(args, { stdin })
    expect({ code, out }).toEqual({ code: 0, out: '' })
    expect(error).toBe('converted 1 frame to json; 2 that are not msgpack stay as they are\n')
    expect(Buffer.from(written['new.jsonl']!).toString()).toBe(
      stdin.replace('{"hex":"922309"}', '{"hex":"5b33352c395d","serializer":"json"}'),
    )
  })
})
