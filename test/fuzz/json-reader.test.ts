/** The reader of JSON against a slow one: the same values, or the same error with the same text and place. */
import { expect, test } from 'vitest'
import { ProtocolError } from '../../src/errors.ts'
import type { DecodeRules } from '../../src/payload/decode-value.ts'
import { readJson } from '../../src/payload/json/read.ts'
import { jsonOracle } from '../support/json-oracle.ts'
import { createRandom } from '../support/random.ts'
import { sameValue } from '../support/same-value.ts'
import { JSON_RULES, jsonTexts } from './json-texts.ts'

const CASES = Number(process.env.WAMP_CODEC_JSON_CASES ?? 6000)
const SEED = Number(process.env.WAMP_CODEC_JSON_SEED ?? 20261129)

/** What comes of reading: the value, or all that an error says. */
function outcome(read: () => unknown): unknown {
  try {
    return [read()]
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    const { code, message, offset, format } = error
    return { code, message, offset, format }
  }
}

/** The bytes among others that mislead who reads too far. */
function among(bytes: Uint8Array, room: number, filling: number): Uint8Array {
  const all = new Uint8Array(bytes.length + 2 * room).fill(filling)
  all.set(bytes, room)
  return all
}

test(`${CASES} texts (seed ${SEED}) have the value or the error of the oracle, under any rules`, () => {
  const random = createRandom(SEED)
  const next = jsonTexts(random)
  let errors = 0
  for (let i = 0; i < CASES; i++) {
    const rules = random.pick(JSON_RULES)
    const bytes = next(rules.elements !== undefined)
    // Elements have rules of their own in lists alone.
    if (rules.elements !== undefined && /^\s*\{/.test(Buffer.from(bytes).toString('latin1'))) continue
    const room = random.pick([0, 0, 7])
    const all = among(bytes, room, random.pick([0x22, 0x31, 0x65, 0x5d]))
    const expected = outcome(() => jsonOracle(bytes, rules))
    const actual = outcome(() => readJson(all, room, room + bytes.length, rules))
    if (!Array.isArray(expected)) errors++
    if (!sameValue(actual, moved(expected, room))) {
      expect({ i, text: Buffer.from(bytes).toString(), actual }).toEqual({ i, actual: moved(expected, room) })
    }
  }
  expect(errors).toBeGreaterThan(CASES / 5)
  expect(errors).toBeLessThan((CASES * 4) / 5)
})

/** The outcome for bytes that begin later. */
function moved(outcomeThere: unknown, room: number): unknown {
  if (Array.isArray(outcomeThere)) return outcomeThere
  const error = outcomeThere as { offset: number; message: string }
  const offset = error.offset + room
  return { ...error, message: error.message.replace(/\(byte \d+\)$/, `(byte ${offset})`), offset }
}

const POLLUTED: DecodeRules = JSON_RULES[0] as DecodeRules

test('a setter on Object.prototype is never called, also for a key that has become known before', () => {
  const bytes = new TextEncoder().encode('[{"stolen":1,"other":2},{"stolen":3}]')
  for (let i = 0; i < 5; i++) readJson(bytes, 0, bytes.length, POLLUTED)
  let calls = 0
  Object.defineProperty(Object.prototype, 'stolen', { set: () => calls++, configurable: true })
  try {
    const value = readJson(bytes, 0, bytes.length, POLLUTED) as Record<string, unknown>[]
    expect(value.map((each) => Object.entries(each))).toEqual([
      [
        ['stolen', 1],
        ['other', 2],
      ],
      [['stolen', 3]],
    ])
    expect(calls).toBe(0)
  } finally {
    delete (Object.prototype as { stolen?: unknown }).stolen
  }
})

test('a value that is read in the middle of another one, by a setter of an array, leaves no trace', () => {
  const outer = new TextEncoder().encode(
    '["äöü","long enough to be a part of a string",1,2,["x"],{"a":"b"},1.0]',
  )
  const inner = new TextEncoder().encode('{"ключ":["東京",{"a":1}],"b":12345678901234567890}')
  const read = (bytes: Uint8Array): unknown => readJson(bytes, 0, bytes.length, POLLUTED)
  // Under other rules, which end with it.
  const readExact = (): unknown => readJson(inner, 0, inner.length, { ...POLLUTED, floats: 'exact' })
  const expected = [read(outer), readExact()]
  const seen: unknown[] = []
  const wanted = new WeakSet<object>()
  Object.defineProperty(Array.prototype, '4', {
    configurable: true,
    set(this: unknown[], value: unknown) {
      if (!wanted.has(this)) {
        wanted.add(this)
        seen.push(readExact())
      }
      Object.defineProperty(this, '4', { value, writable: true, enumerable: true, configurable: true })
    },
  })
  let value: unknown
  try {
    value = read(outer)
  } finally {
    delete (Array.prototype as unknown as Record<string, unknown>)['4']
  }
  expect(value).toEqual(expected[0])
  expect(seen.length).toBeGreaterThan(0)
  for (const each of seen) expect(each).toEqual(expected[1])
})

test('maps whose keys never come again are plain objects to everybody', () => {
  for (let i = 0; i < 200; i++) {
    const text = `[${Array.from({ length: 6 }, (_, j) => `{"__proto__":${j},"k${i}-${j}":{"id":1},"7":"x"}`)}]`
    const bytes = new TextEncoder().encode(text)
    expect(sameValue(readJson(bytes, 0, bytes.length, POLLUTED), JSON.parse(text))).toBe(true)
  }
})
