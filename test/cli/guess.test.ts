/** Tests of src/cli/guess.ts: the serializer of a frame that nobody named. */
import { describe, expect, test } from 'vitest'
import { guessSerializer, noGuess } from '../../src/cli/guess.ts'
import { SERIALIZER_IDS, serializerOf, USUAL } from '../../src/cli/serializers.ts'
import { createCodec, RawSocketCodec, Unsubscribe } from '../../src/index.ts'
import { hex, runHere, sessionLines, unhex, utf8 } from './support.ts'

const codec = createCodec()

/** True for a batch in a binary format: RawSocket has the same bytes, so no guess of one is sure. */
const isPrefixed = (id: string): boolean => id.endsWith('.batched') && !id.startsWith('json')

describe('whole frames', () => {
  test('every frame of the session is guessed, and surely', () => {
    for (const { bytes, serializer } of sessionLines) {
      expect(guessSerializer(codec, bytes)).toMatchObject({ serializer, confidence: 'sure', others: [] })
    }
  })

  test.each(SERIALIZER_IDS)('every message of the session is guessed in %s', (id) => {
    for (const { bytes, serializer } of sessionLines) {
      const encoded = codec.serializer(id).encode(serializerOf(codec, serializer!).decode(bytes))
      const confidence = isPrefixed(id) ? 'likely' : 'sure'
      expect(guessSerializer(codec, encoded)).toMatchObject({ serializer: id, confidence })
    }
  })

  test.each(['[34,7,8]\x1e[34,8,9]\x18', '[34,7,8]\x18[34,8,9]\x18'])(
    'a batch says how many messages it has: %j',
    (text) => {
      const guess = guessSerializer(codec, utf8(text))
      expect(guess?.serializer).toBe('json.batched')
      expect(guess?.reason).toBe('decodes as 2 messages, in no other serializer')
    },
  )
})

test.each([
  ['0400000000000000', 'flatbuffers'],
  ['0800000000000000', null],
])('%s leads to a table in the frame, or not: %s', (text, serializer) => {
  expect(guessSerializer(codec, unhex(text))?.serializer ?? null).toBe(serializer)
})

describe('RawSocket', () => {
  const serializer = codec.serializer('msgpack')
  const message = serializer.encode(new Unsubscribe({ request: 7, subscription: 8 }))

  test.each([1, 2, 3])(
    'a capture of %i frames may be a batch, and a guess of that is never sure',
    (count) => {
      const [client, server] = (['client', 'server'] as const).map(
        (side) => new RawSocketCodec({ serializer, side }),
      )
      server?.push(client?.handshake() as Uint8Array)
      const capture = Buffer.concat(Array.from({ length: count }, () => server?.frame(message) as Uint8Array))
      expect(guessSerializer(codec, capture)).toEqual({
        serializer: 'msgpack.batched',
        confidence: 'likely',
        reason:
          `decodes as ${count === 1 ? 'UNSUBSCRIBE' : `${count} messages`}, in no other serializer; ` +
          'frames of RawSocket are the same bytes',
        others: [],
      })
    },
  )

  test.each([
    ['a handshake', '7ff20000', 'it is a handshake of RawSocket'],
    ['a handshake and a frame', '7ff20000 00000004 93220708', 'it is a handshake of RawSocket'],
    ['a JSON frame', `00000008 ${hex(utf8('[34,7,8]'))}`, 'it is RawSocket, a frame that begins like json'],
    [
      'two JSON frames',
      `00000008 ${hex(utf8('[34,7,8]'))} `.repeat(2),
      'it is RawSocket, a frame that begins like json',
    ],
    [
      'a FlatBuffers frame',
      `00000030 ${hex(codec.serializer('flatbuffers').encode(new Unsubscribe({ request: 7, subscription: 8 })))}`,
      'it is RawSocket, a frame that begins like flatbuffers',
    ],
    ['a PING with a message', '01000004 93220708', 'it is RawSocket, a frame that begins like msgpack'],
  ])('%s is no batch: it is not guessed, and the reason names RawSocket', async (_name, digits, reason) => {
    expect(guessSerializer(codec, unhex(digits))).toBeNull()
    const shown = `cannot guess the serializer of <${unhex(digits).length} bytes`
    const advice = `: ${reason}; give one frame, without the 4 bytes before it`
    expect(noGuess(unhex(digits))).toContain(shown)
    expect(noGuess(unhex(digits)).endsWith(advice)).toBe(true)
    const { code, error } = await runHere(['inspect', '-'], { stdin: unhex(digits) })
    expect([code, error.includes(advice)]).toEqual([1, true])
  })
})

describe('UBJSON', () => {
  test('every message of the session is guessed in draft 12 when that is what ubjson means', () => {
    for (const name of ['ubjson-draft12', 'ubjson-draft12.batched'] as const) {
      for (const { bytes, serializer } of sessionLines) {
        const encoded = serializerOf(codec, name).encode(serializerOf(codec, serializer!).decode(bytes))
        expect(guessSerializer(codec, encoded, { ...USUAL, dialect: 'draft12' })).toMatchObject({
          serializer: name,
          confidence: isPrefixed(name) ? 'likely' : 'sure',
        })
      }
    }
  })

  test('the dialect is never guessed: the other one is no possibility', () => {
    // PUBLISHED 256, 257: in the other dialect 1, 257.
    const frame = unhex('5b 5511 490001 490101 5d')
    expect(guessSerializer(codec, frame)).toMatchObject({
      serializer: 'ubjson',
      confidence: 'sure',
      others: [],
    })
    expect(guessSerializer(codec, frame, { ...USUAL, dialect: 'draft12' })).toMatchObject({
      serializer: 'ubjson-draft12',
      others: [],
    })
  })

  test.each([
    ['a message that is cut', '5b 5511 5501', 'ubjson', []],
    ['a counted list', '5b 23 5503 5511 5501', 'ubjson', []],
    ['a batch that is cut', '00000008 5b 5511 5501', 'ubjson.batched', []],
  ])('%s is guessed, with weak confidence', (_name, digits, serializer, others) => {
    expect(guessSerializer(codec, unhex(digits))).toMatchObject({ serializer, confidence: 'weak', others })
  })
})

describe('broken frames', () => {
  test('every truncation of every short frame is guessed by its first byte', () => {
    for (const { bytes, serializer } of sessionLines) {
      if (bytes.length > 60) continue
      for (let length = 1; length < bytes.length; length++) {
        const guess = guessSerializer(codec, bytes.subarray(0, length))
        expect(guess).toMatchObject({ serializer, confidence: 'weak' })
      }
    }
  })

  test.each([
    ['a cbor message without a URI', '84182004a003', 'cbor', []],
    ['a cbor list of 20, which is 4 in msgpack', '94 1820 04 a0 71', 'msgpack', ['cbor']],
    ['an indefinite cbor list, cut', '9f 1820 04 a0', 'cbor', ['msgpack']],
    ['a msgpack message in a longer head', 'dc0003 22 07', 'msgpack', []],
    ['a batch that is cut', '00000017 84182004a0', 'cbor.batched', []],
    [
      'a batch whose second message is broken',
      '00000004 93220708 00000003 932207',
      'msgpack.batched',
      ['cbor.batched'],
    ],
  ])('the broken frame of %s is guessed, with weak confidence', (_name, digits, serializer, others) => {
    expect(guessSerializer(codec, unhex(digits))).toMatchObject({ serializer, confidence: 'weak', others })
  })

  test('broken JSON with a separator is a broken batch', () => {
    expect(guessSerializer(codec, utf8('[34,7,8]\x1e[34,8'))).toMatchObject({
      serializer: 'json.batched',
      confidence: 'weak',
      others: ['json'],
    })
  })

  test('JSON behind a byte order mark is broken JSON: no peer takes it', async () => {
    const frame = utf8('\ufeff[34,7,8]')
    expect(guessSerializer(codec, frame)).toEqual({
      serializer: 'json',
      confidence: 'weak',
      reason: 'no serializer decodes it, begins like json (byte 0 is 0xef)',
      others: [],
    })
    expect(guessSerializer(codec, utf8('\ufeff [34,7,8]\x1e'))?.serializer).toBe('json.batched')
    // Digits say what the frame is; the mark of a file is the editor's.
    const { code, out } = await runHere(['inspect', '--hex', hex(frame)])
    expect(code).toBe(1)
    expect(out).toContain('error at byte 0  BAD_TOKEN')
  })

  test('the reason names the first byte', () => {
    expect(guessSerializer(codec, unhex('8318'))?.reason).toBe(
      'no serializer decodes it, begins like cbor (byte 0 is 0x83)',
    )
  })

  test.each([
    ['nothing', ''],
    ['white space', '2020'],
    ['text', '68656c6c6f'],
    ['a dictionary', 'a0'],
    ['a zero', '00'],
    ['a length and no list', '0000000161'],
  ])('%s is not guessed', (_name, digits) => {
    expect(guessSerializer(codec, unhex(digits))).toBeNull()
  })
})
