/** Tests of src/cli/inspect.ts, frame-text.ts, inspect-session.ts and machine.ts: what `inspect` prints. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { serializerOf } from '../../src/cli/serializers.ts'
import { createCodec } from '../../src/variants/full.ts'
import { hex, runHere, SESSION, sessionLines } from './support.ts'

describe('a frame', () => {
  test('shows every field, its bytes, its value and all sizes', async () => {
    const { code, out } = await runHere(['inspect', '--frame', '102', SESSION])
    expect(code).toBe(0)
    expect(out).toBe(`PUBLISH  cbor, 105 bytes

  bytes     field          value
  1..2      type           16 PUBLISH
  2..3      request        5
  3..17     options
  16..17      acknowledge  true
  17..35    topic          "com.example.photo"
  35..93    args           [
                             "matterhorn.jpg",
                             <40 bytes 00254a6f94b9de03284d7297bce1062b50759abfe4092e53789dc2e70c31567b...>
                           ]
  93..105   kwargs         {"thumb": <4 bytes 00254a6f>}

  size in bytes: json 158, msgpack 106, cbor 105, ubjson 126, flatbuffers 184
`)
  })

  test('says what was guessed', async () => {
    const { code, out } = await runHere(['inspect', '--hex', '8818 0810 05a0 67612e622e632e64'])
    expect(code).toBe(1)
    expect(out).toContain(
      'guessed cbor (weak): no serializer decodes it, begins like cbor (byte 0 is 0x88)\n',
    )
    const good = await runHere(['inspect', '--hex', '85081005a067612e622e632e64'])
    expect(good.code).toBe(0)
    expect(good.out).toContain(
      'ERROR  cbor, 13 bytes\nguessed cbor (sure): decodes as ERROR, in no other serializer\n',
    )
    expect(good.out).toContain('request_type  16 PUBLISH\n')
    expect(good.out).toContain('details       {}\n')
  })

  test('of a procedure that failed has its URI', async () => {
    const { code, out } = await runHere(['inspect'], { stdin: '[8,48,5,{},"com.myapp.failed",["why"]]' })
    expect(code).toBe(0)
    expect(out).toContain('  8..10     details       {}\n  11..29    error         "com.myapp.failed"\n')
  })

  test('that breaks off behind empty Options has them, with their end', async () => {
    const source = ['--hex', '841005a06361']
    const { out } = await runHere(['inspect', ...source])
    expect(out).toContain('  3..4      options     {}\n')
    const whole = JSON.parse((await runHere(['inspect', '--json', ...source])).out)
    expect(whole.messages[0].fields.at(-1)).toMatchObject({ name: 'options', start: 3, end: 4 })
    const open = JSON.parse((await runHere(['inspect', '--json'], { stdin: '[16,5,{"x":' })).out)
    expect(open.messages[0].fields.at(-1)).toMatchObject({ name: 'options', start: 6, end: null })
  })

  test('is read as --serializer says, without a guess', async () => {
    const { code, out } = await runHere(['inspect', '--serializer', 'msgpack', '--hex', '85081005a0'])
    expect(code).toBe(1)
    expect(out).toMatch(/^not a WAMP message {2}msgpack, 5 bytes\n\n {2}error at byte 0 {2}[A-Z_]+: /)
    expect(out).not.toContain('guessed')
  })

  test('a frame that is broken has its error with a caret', async () => {
    const { code, out } = await runHere(['inspect'], { stdin: '[16,1,{},"a b"]' })
    expect(code).toBe(1)
    expect(out).toMatch(/\n {2}error at byte 9 {2}BAD_URI: .*topic.*\n/)
    expect(out).toContain(`
    0000  5b 31 36 2c 31 2c 7b 7d 2c 22 61 20 62 22 5d     [16,1,{},"a b"]
                                     ^ byte 9
`)
  })

  test('a broken message in a batch stands with the others', async () => {
    const { code, out } = await runHere(['inspect'], { stdin: '[34,7,8]\x1e[35,9]\x1e' })
    expect(code).toBe(0)
    expect(out).toMatch(
      /^json.batched, 16 bytes, 2 messages\nguessed json.batched \(sure\): decodes as 2 messages/,
    )
    expect(out).toContain('\n\nUNSUBSCRIBE  json.batched, 8 bytes\n\n')
    expect(out).toContain('\n\nUNSUBSCRIBED  json.batched, 6 bytes\n\n')
    expect(out).toContain('  13..14    request     9\n')
  })

  test('without a list is not guessed', async () => {
    for (const [stdin, text] of [
      ['', 'the frame is empty'],
      ['hello', 'cannot guess the serializer of <5 bytes 68656c6c6f>: give it by name'],
    ] as const) {
      expect(await runHere(['inspect'], { stdin })).toMatchObject({ code: 1, error: `wamp-codec: ${text}\n` })
    }
  })

  test('has colours only where they are wanted', async () => {
    const args = ['inspect', '--hex', '82182309']
    const plain = (await runHere(args)).out
    const coloured = (await runHere(args, { hasColours: true })).out
    expect(coloured).toContain('\x1b[1mUNSUBSCRIBED\x1b[0m')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes are what is taken away
    expect(coloured.replace(/\x1b\[\d+m/g, '')).toBe(plain)
  })

  test('cannot steer the terminal', async () => {
    const stdin = '[16,1,{"\\u009b31m":1},"a.b",["\\u001b[2J\u202e"],{"\\u0007":"\u009b"}]'
    const { code, out } = await runHere(['inspect'], { stdin })
    expect(code).toBe(0)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: there must be none
    expect(out).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/)
  })
})

describe('every truncation of a frame', () => {
  test.each([102, 105, 8])('a part of frame %i is shown up to the error, with exit code 1', async (n) => {
    const { bytes, serializer } = sessionLines[n - 1]!
    for (let length = 1; length < bytes.length; length++) {
      const { code, out, error } = await runHere(['inspect', '--hex', hex(bytes.subarray(0, length))])
      expect({ code, error }).toEqual({ code: 1, error: '' })
      expect(out).toContain(`guessed ${serializer} (weak)`)
      expect(out).toMatch(/\n {2}error at byte \d+ {2}[A-Z_]+: /)
      expect(out).toMatch(/\n +\^ (byte|the end, byte) \d+\n/)
    }
  })
})

describe('UBJSON', () => {
  const frame = '5b 5510 5501 7b 550b61636b6e6f776c65646765 54 7d 535503612e62 5b2455235502 0102 5d'

  test('is shown field by field, typed arrays too', async () => {
    const { code, out } = await runHere(['inspect', '--hex', frame])
    expect(out).toContain('guessed ubjson (sure): decodes as PUBLISH, in no other serializer')
    expect(out).toMatch(
      /5\.\.21 +options\n +19\.\.20 +acknowledge +true\n +21\.\.27 +topic +"a\.b"\n +27\.\.35 +args +\[1, 2\]/,
    )
    expect(code).toBe(0)
  })

  test('a frame of draft 12 needs its name, or the option', async () => {
    // PUBLISHED 256, 257, which BJData has as 1, 257.
    const frame = ['--hex', '5b 5511 490100 490101 5d']
    const published = (out: string): unknown[] =>
      JSON.parse(out).messages[0].fields.map(({ value }: { value: unknown }) => value)
    const read = async (...options: string[]): Promise<unknown[]> =>
      published((await runHere(['inspect', '--json', ...options, ...frame])).out)
    expect(await read()).toEqual([17, 1, 257])
    expect(await read('--serializer', 'ubjson-draft12')).toEqual([17, 256, 257])
    expect(await read('--serializer', 'ubjson', '--ubjson-dialect', 'draft12')).toEqual([17, 256, 257])
    expect(await read('--ubjson-dialect', 'draft12')).toEqual([17, 256, 257])
  })

  test('a frame of draft 12 may stand in a session', async () => {
    const line = JSON.stringify({ serializer: 'ubjson', hex: '5b55114901004901015d' })
    const files = { 's.jsonl': line }
    const { out } = await runHere(['inspect', '--ubjson-dialect', 'draft12', 's.jsonl'], { files })
    expect(out).toMatch(/ubjson-draft12 +10 +PUBLISHED +256 257/)
    const converted = await runHere(['convert', '--ubjson-dialect', 'draft12', '--to', 'json', 's.jsonl'], {
      files,
    })
    expect(JSON.parse(converted.out)).toEqual({
      serializer: 'json',
      hex: Buffer.from('[17,256,257]').toString('hex'),
    })
  })

  test('has two dialects', async () => {
    const { code, error } = await runHere(['inspect', '--ubjson-dialect', 'draft9', '--hex', '5b'])
    expect(code).toBe(2)
    expect(error).toContain('--ubjson-dialect is bjdata or draft12, not "draft9"')
  })

  test('a frame with a typed list and typed options is shown as far as its values stand alone', async () => {
    const { code, out } = await runHere(['inspect', '--hex', '5b 2455235503 11 07 08'])
    expect(out).toContain('PUBLISHED  ubjson, 9 bytes')
    expect(code).toBe(0)
  })
})

describe('a session', () => {
  test('is a table with a summary', async () => {
    const { code, out, error } = await runHere(['inspect', SESSION])
    expect({ code, error }).toEqual({ code: 0, error: '' })
    const lines = out.split('\n')
    expect(lines[0]).toBe('  n  client                way  serializer  bytes  message')
    expect(lines[102]).toMatch(
      /^102 {2}autobahn-cbor +in +cbor +105 {2}PUBLISH +5 com\.example\.photo \["matterhorn/,
    )
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(110)
    expect(lines[288]).toBe('286 frames, none broken')
    expect(out).toContain('  EVENT 52, RESULT 21, CALL 20, ')
    expect(out).toMatch(/\n {2}json +91 {2}9,039\n {2}msgpack +101 {2}6,440\n {2}cbor +94 {2}5,815\n/)
    expect(out).toMatch(
      /\n {2}bytes of all 286 messages: json [\d,]+, msgpack [\d,]+, cbor [\d,]+, ubjson [\d,]+, flatbuffers -\n/,
    )
    expect(out.endsWith('\n\n  --frame N shows one of them in full\n')).toBe(true)
  })

  test('a session with a broken frame shows it, and the rest', async () => {
    const stdin = '{"serializer":"json","hex":"5b33352c395d"}\n{"n":9,"hex":"8218"}\n{"hex":"61"}\n'
    const { code, out } = await runHere(['inspect'], { stdin })
    expect(code).toBe(1)
    expect(out).toContain('3 frames, 2 broken')
    expect(out).toMatch(/\n9 +cbor +2 +\? +BROKEN\n/)
    expect(out).toContain('\nframe 9: not a WAMP message, cbor\n  error at byte ')
    expect(out).toContain('\nframe 3: cannot guess the serializer of <1 byte 61>: give it by name\n')
  })

  test('is read as --serializer says', async () => {
    const { code, out } = await runHere(['inspect', '--serializer', 'msgpack', SESSION])
    expect(code).toBe(1)
    expect(out).toContain('286 frames, 185 broken')
  })

  test('cannot steer the terminal', async () => {
    const stdin = '{"client":"\\u001b[2J","direction":"\\u009b","hex":"82182309"}'
    expect((await runHere(['inspect'], { stdin })).out).toContain('\n1  \\u001b[2J  \\u009b  cbor')
  })
})

describe('--json', () => {
  test('is the report of a frame', async () => {
    const { code, out } = await runHere(['inspect', '--json', '--hex', '9322 07 cf00003a7468b0f4d4'])
    expect(code).toBe(0)
    expect(out.trimEnd()).not.toContain('\n')
    const spans = { isOption: false }
    expect(JSON.parse(out)).toEqual({
      serializer: 'msgpack',
      guess: {
        serializer: 'msgpack',
        confidence: 'sure',
        reason: 'decodes as UNSUBSCRIBE, in no other serializer',
        others: [],
      },
      bytes: 12,
      messages: [
        {
          type: 'UNSUBSCRIBE',
          start: 0,
          end: 12,
          fields: [
            { name: 'type', kind: 'integer', start: 1, end: 2, ...spans, value: 34 },
            { name: 'request', kind: 'integer', start: 2, end: 3, ...spans, value: 7 },
            { name: 'subscription', kind: 'integer', start: 3, end: 12, ...spans, value: 64271647044820 },
          ],
          error: null,
          sizes: { json: 21, msgpack: 12, cbor: 13, ubjson: 15, flatbuffers: 56 },
        },
      ],
    })
  })

  test('writes values as WAMP writes them in JSON', async () => {
    const stdin = '[16,1,{},"a.b",["\\u0000AAEC",18446744073709551615]]'
    const { out } = await runHere(['inspect', '--json'], { stdin })
    expect(out).toContain('"value":["\\u0000AAEC",18446744073709551615]')
  })

  test('has the error, and no end for options that were not read to theirs', async () => {
    const { code, out } = await runHere(['inspect', '--json'], { stdin: '[16,1,{"acknowledge":' })
    expect(code).toBe(1)
    const [message] = JSON.parse(out).messages
    expect(message.error).toEqual({ code: 'TRUNCATED', text: expect.any(String), offset: 21 })
    expect(message.sizes).toBeNull()
    expect(message.fields.at(-1)).toMatchObject({ name: 'options', start: 6, end: null })
  })

  test('has every frame of a session, and the summary', async () => {
    const { code, out } = await runHere(['inspect', '--json', SESSION])
    expect(code).toBe(0)
    const { frames, summary } = JSON.parse(out)
    expect(frames).toHaveLength(286)
    expect(frames[101]).toMatchObject({
      n: 102,
      client: 'autobahn-cbor',
      direction: 'in',
      serializer: 'cbor',
      bytes: 105,
    })
    expect(frames[101].messages[0].type).toBe('PUBLISH')
    const text = readFileSync(new URL(`../../${SESSION}`, import.meta.url), 'utf8')
    const codec = createCodec()
    let cbor = 0
    for (const { serializer, bytes } of sessionLines) {
      cbor += codec.serializer('cbor').byteLength(serializerOf(codec, serializer!).decode(bytes))
    }
    expect(summary).toMatchObject({ frames: text.trimEnd().split('\n').length, broken: 0, sizes: { cbor } })
    expect(summary.recorded.json).toEqual({ frames: 91, bytes: 9039 })
    expect(summary.types.EVENT).toBe(52)
  })
})
