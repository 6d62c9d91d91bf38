/** The public WAMP conformance vectors: samples of every message, and lists that must be accepted or refused. */
import { describe, expect, test } from 'vitest'
import { createCodec, Message, ProtocolError } from '../../src/index.ts'
import { attributesOf, documents, FOLDER, variants } from '../support/official.ts'
import { hasShared } from '../support/shared.ts'
import { canonical, classOf, hex, serializerOf, unhex, WIRE_FORMATS } from '../support/vectors.ts'
import { writeValue } from '../support/write-value.ts'
import { Findings, type Outcome } from './known-differences.ts'

const codec = createCodec()

describe.skipIf(!hasShared(FOLDER)).each(WIRE_FORMATS)('the official samples in %s', (format) => {
  const serializer = serializerOf(codec, format)

  test('are 35', () => {
    expect(variants(format).length).toBe(35)
  })

  test.each(variants(format))('$name is read to its attributes, and no other option', (variant) => {
    for (const bytes of variant.hexes) {
      const message = serializer.decode(unhex(bytes)) as unknown as Record<string, unknown>
      expect(message).toBeInstanceOf(classOf(variant.type))
      expect((message.constructor as unknown as typeof Message).MESSAGE_TYPE).toBe(variant.code)
      const expected = attributesOf(variant.sample)
      for (const [name, value] of Object.entries(expected)) {
        // An empty dictionary and none are the same to them.
        const read = name === 'extra' ? (message[name] ?? {}) : message[name]
        expect(canonical(read), name).toBe(canonical(value))
      }
      const { options } = (message as unknown as Message).table
      for (const { attribute, absent } of options) {
        if (!(attribute in expected)) expect(message[attribute], attribute).toBe(absent)
      }
    }
  })

  test.each(variants(format))(
    '$name is written from its attributes to one of the listed strings',
    (variant) => {
      const message = new (classOf(variant.type))(attributesOf(variant.sample))
      expect(variant.hexes).toContain(hex(serializer.encode(message)))
    },
  )
})

describe.skipIf(!hasShared(FOLDER))('the official validation samples', () => {
  const samples = documents.flatMap(([file, document]) =>
    document.samples.flatMap((sample, i) =>
      sample.wmsg === undefined ? [] : [{ ...sample, file, id: `${i}`, wmsg: sample.wmsg }],
    ),
  )
  const ways: readonly (readonly [way: string, read: (list: readonly unknown[]) => Message])[] = [
    ['parse', (list) => Message.parse(list)],
    ...WIRE_FORMATS.map((format) => {
      const serializer = serializerOf(codec, format)
      const read = (list: readonly unknown[]): Message =>
        serializer.decode(writeValue(format, list) as Uint8Array)
      return [format, read] as const
    }),
  ]

  function outcomeOf(
    sample: (typeof samples)[number],
    read: (list: readonly unknown[]) => Message,
  ): Outcome[] {
    try {
      read(sample.wmsg)
      return sample.expected_error === undefined ? [] : ['accepted']
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      if (sample.expected_error === undefined) return ['refused']
      const { type, contains } = sample.expected_error
      return error.uri === `wamp.error.${type}` && error.message.includes(contains) ? [] : ['error']
    }
  }

  test('are 67', () => {
    expect(samples.length).toBe(67)
  })

  test('are accepted and refused as stated, with the stated error, but for the known differences', () => {
    const problems = documents.flatMap(([file]) => {
      const all = new Findings()
      for (const sample of samples) {
        if (sample.file !== file) continue
        for (const [way, read] of ways) all.add(sample.id, way, outcomeOf(sample, read))
      }
      return all.problems(file)
    })
    expect(problems).toEqual([])
  })
})
