/** Tests of src/cli/report-flat.ts and of FlatBuffers in the command: inspected, guessed, converted, refused. */
import { describe, expect, test } from 'vitest'
import { guessSerializer } from '../../src/cli/guess.ts'
import { reportFrame } from '../../src/cli/report.ts'
import { FLAT_NAMES, type SerializerName, serializerOf, USUAL } from '../../src/cli/serializers.ts'
import { createCodec } from '../../src/variants/full.ts'
import { CLASSES, make } from '../unit/message/classes.ts'
import { hex, runHere, sessionLines } from './support.ts'

const codec = createCodec({ cache: false })
const NAMES: readonly SerializerName[] = ['flatbuffers', ...FLAT_NAMES]

const publish = make('Publish', {
  acknowledge: true,
  args: [5.5, 'a'],
  kwargs: { a: 1 },
  exclude: [1, 2 ** 40],
  exclude_authid: ['joe', ''],
  forward_for: [
    { session: 7, authid: null, authrole: 'anonymous' },
    { session: 8, authid: 'joe', authrole: 'admin' },
  ],
})

describe('a report', () => {
  test('has each element of a list, whatever its width', () => {
    const hello = make('Hello', { roles: { caller: {} }, authmethods: ['ticket', 'wampcra', 'cryptosign'] })
    const frame = serializerOf(codec, 'flatbuffers').encode(hello)
    const [message] = reportFrame(codec, frame, 'flatbuffers').messages
    const row = message?.fields.find(({ name }) => name === 'authmethods')
    expect(row?.value).toEqual(['ticket', 'wampcra', 'cryptosign'])
  })

  test('has every table and slot, with its number, its bytes and its value', () => {
    const frame = serializerOf(codec, 'flatbuffers').encode(publish)
    const [message] = reportFrame(codec, frame, 'flatbuffers').messages
    const rows = message?.fields.map(({ name, slot, depth = 0, value, note }) => [
      `${'  '.repeat(depth)}${slot ?? ''} ${name}`,
      value ?? note?.replace(/ \d+.*/, ''),
    ])
    expect(message?.type).toBe('PUBLISH')
    expect(rows).toEqual([
      [' root', 'table at'],
      [' Message', 'table, vtable'],
      ['  0 msg_type', 16],
      ['  1 msg', 'table at'],
      [' Publish', 'table, vtable'],
      ['  1 request', 1],
      ['  2 topic', 'com.example'],
      ['  3 args', [5.5, 'a']],
      ['  4 kwargs', { a: 1 }],
      ['  10 acknowledge', true],
      ['  12 exclude', [1, 2 ** 40]],
      ['  13 exclude_authid', ['joe', '']],
      ['  20 forward_for', '2 tables'],
      ['     [0] Principal', 'table, vtable'],
      ['      0 session', 7],
      ['      2 authrole', 'anonymous'],
      ['     [1] Principal', 'table, vtable'],
      ['      0 session', 8],
      ['      1 authid', 'joe'],
      ['      2 authrole', 'admin'],
    ])
    for (const { start, end } of message?.fields ?? []) {
      expect(start).toBeLessThanOrEqual(end)
      expect(end).toBeLessThanOrEqual(frame.length)
    }
  })

  test.each(CLASSES)('knows $name', ({ name }) => {
    const frame = serializerOf(codec, 'flatbuffers').encode(make(name))
    const [message] = reportFrame(codec, frame, 'flatbuffers').messages
    expect(message).toMatchObject({ type: make(name).table.name, error: null })
  })

  test('the report of a frame that is cut or changed shows what is left, and never throws', () => {
    const frame = serializerOf(codec, 'flatbuffers').encode(publish)
    for (let at = 0; at < frame.length; at++) {
      reportFrame(codec, frame.subarray(0, at), 'flatbuffers')
      for (const value of [0, 1, 0x7f, 0xff]) {
        const changed = frame.slice()
        changed[at] = value
        const [message] = reportFrame(codec, changed, 'flatbuffers').messages
        expect(message?.fields.length).toBeLessThan(1000)
      }
    }
  })
})

describe('a guess', () => {
  test.each(NAMES)('finds %s', (name) => {
    const frame = serializerOf(codec, name).encode(make('Event', { args: [1, 'two', { three: 3 }] }))
    const guess = guessSerializer(codec, frame)
    expect([guess?.serializer, ...(guess?.others ?? [])]).toContain(name)
  })

  test('takes another payload format only where the expected one does not fit', () => {
    const frame = serializerOf(codec, 'flatbuffers').encode(make('Event'))
    expect(guessSerializer(codec, frame)).toMatchObject({ serializer: 'flatbuffers', confidence: 'sure' })
    const meant = guessSerializer(codec, frame, { ...USUAL, payload: 'json' })
    expect(meant).toMatchObject({ serializer: 'flatbuffers+json', confidence: 'sure' })
  })

  test('knows a broken frame by its first offset', () => {
    const frame = serializerOf(codec, 'flatbuffers').encode(publish)
    expect(guessSerializer(codec, frame.subarray(0, 100))).toMatchObject({
      serializer: 'flatbuffers',
      confidence: 'weak',
    })
  })
})

describe('convert', () => {
  const json = '[16,1,{"acknowledge":true},"com.example",[5.5],{"a":1}]'
  const toFlat = (...args: string[]): Promise<{ code: number | null; out: string; error: string }> =>
    runHere(['convert', '--to', 'flatbuffers', '--as', 'hex', ...args], { stdin: json })

  test.each(NAMES)('goes to %s and back', async (name) => {
    const there = await runHere(['convert', '--from', 'json', '--to', name, '--as', 'hex'], { stdin: json })
    expect(there.code).toBe(0)
    const back = await runHere(['convert', '--from', name, '--to', 'json', '--hex', there.out.trim()])
    expect(back).toMatchObject({ code: 0, out: json })
  })

  test('understands --payload-serializer in all names', async () => {
    const { out } = await toFlat('--payload-serializer', 'msgpack')
    const expected = await runHere(['convert', '--to', 'flatbuffers+msgpack', '--as', 'hex'], { stdin: json })
    expect(out).toBe(expected.out)
    const back = ['convert', '--payload-serializer', 'msgpack', '--to', 'json', '--hex', out.trim()]
    expect(await runHere([...back, '--from', 'flatbuffers'])).toMatchObject({ code: 0, out: json })
  })

  test('writes the bytes of autobahn-python with --profile autobahn', async () => {
    const [schema, autobahn] = [await toFlat(), await toFlat('--profile', 'autobahn')]
    const message = codec.serializer('json').decode(json)
    const serializer = codec.serializer('flatbuffers', { profile: 'autobahn' })
    expect(autobahn.out.trim()).toBe(hex(serializer.encode(message)))
    expect(schema.code).toBe(0)
  })

  test('refuses what FlatBuffers has no place for, and names it', async () => {
    const stdin = '[16,1,{"x_mine":1},"com.example"]'
    const { code, error } = await runHere(['convert', '--from', 'json', '--to', 'flatbuffers'], { stdin })
    expect(code).toBe(1)
    expect(error).toContain('PUBLISH would lose custom.x_mine in flatbuffers')
  })

  test.each([
    ['--profile', 'other', '--profile is schema or autobahn, not "other"'],
    ['--payload-serializer', 'x', '--payload-serializer is one of json, '],
  ])('refuses %s %s', async (option, value, text) => {
    const { code, error } = await toFlat(option, value)
    expect(code).toBe(2)
    expect(error).toContain(text)
  })

  test('takes events and calls of the recorded session there and back', () => {
    const serializer = serializerOf(codec, 'flatbuffers')
    let converted = 0
    for (const { bytes, serializer: name } of sessionLines) {
      const message = serializerOf(codec, name as SerializerName).decode(bytes)
      if (!['EVENT', 'CALL', 'RESULT', 'SUBSCRIBED'].includes(message.table.name)) continue
      expect(serializer.decode(serializer.encode(message)).equals(message)).toBe(true)
      converted++
    }
    expect(converted).toBeGreaterThan(50)
  })
})
