/**
 * Vectors of our own (test/vectors), so that a clone without the shared folder is held against bytes too: other
 * libraries read the same lists from them, some were written by hand, and what is cut or has something behind it is
 * refused.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createCodec, Message, ProtocolError, Publish } from '../../src/index.ts'
import { flatbuffersLosses } from '../../src/serializer/flatbuffers/flatbuffers-losses.ts'
import { common, PEERS } from '../fuzz/peers.ts'
import { canonical, hex, unescapeValue, unhex } from '../support/vectors.ts'
import { MESSAGES, type Named, OWN_SERIALIZERS, type OwnVector, ownVectors } from '../vectors/messages.ts'

const TEXT = readFileSync(new URL('../vectors/messages.json', import.meta.url), 'utf8')
const vectors = JSON.parse(TEXT) as readonly OwnVector[]
const NAMES = Object.keys(OWN_SERIALIZERS)

const bytesOf = (vector: OwnVector, name: string): Uint8Array => {
  const frame = vector.frames[name] as string
  return name === 'json' ? new TextEncoder().encode(frame) : unhex(frame)
}
const listOf = ({ list }: OwnVector): unknown[] => unescapeValue(list, 'number') as unknown[]

test('the file of vectors is what is written today', () => {
  expect(ownVectors()).toBe(TEXT)
  expect(vectors.length).toBe(MESSAGES.length)
})

describe.each(NAMES)('%s', (name) => {
  const serializer = OWN_SERIALIZERS[name] as (typeof OWN_SERIALIZERS)[string]
  const id = name.startsWith('ubjson') ? 'ubjson' : (name as 'json')
  const options = name === 'ubjson-draft12' ? { ubjsonDialect: 'draft12' as const } : {}
  const deferred = createCodec({ payloadValidation: 'deferred' }).serializer(id, options)

  // The schema of FlatBuffers has no place for some attributes.
  const isWhole = ({ message }: Named): boolean =>
    name !== 'flatbuffers' || flatbuffersLosses(message).length === 0
  const ids = new Set(MESSAGES.filter(isWhole).map(({ id }) => id))
  const known = vectors.filter((vector) => ids.has(vector.id))

  test.each(known)('the frame of $id is read as its list, which is parsed to the same message', (vector) => {
    const bytes = bytesOf(vector, name)
    for (const codec of [serializer, deferred]) {
      const message = codec.decode(bytes)
      expect(canonical(message.marshal())).toBe(canonical(listOf(vector)))
      expect(message.equals(Message.parse(listOf(vector)))).toBe(true)
      expect(hex(codec.encode(message))).toBe(hex(bytes))
    }
  })

  // A FlatBuffers buffer may be longer than what it holds, and has padding at its end.
  if (name === 'flatbuffers') return

  test('every frame that is cut anywhere is refused', () => {
    const accepted: string[] = []
    for (const vector of vectors) {
      const bytes = bytesOf(vector, name)
      for (let length = 0; length < bytes.length; length++) {
        try {
          deferred.decode(bytes.slice(0, length)).marshal()
          accepted.push(`${vector.id} cut at ${length}`)
        } catch (error) {
          if (!(error instanceof ProtocolError)) throw error
        }
      }
    }
    expect(accepted).toEqual([])
  })

  test.each(vectors)('the frame of $id with a byte behind it is refused', (vector) => {
    const longer = new Uint8Array([...bytesOf(vector, name), 0])
    expect(() => serializer.decode(longer)).toThrow(expect.objectContaining({ code: 'TRAILING_BYTES' }))
  })
})

describe.each(['json', 'msgpack', 'cbor'] as const)('%s', (name) => {
  test.each(PEERS[name] ?? [])('$name reads the same list from every frame', ({ decode }) => {
    for (const vector of vectors) {
      const list = name === 'json' ? withBase64(listOf(vector)) : listOf(vector)
      expect(common(decode(bytesOf(vector, name))), vector.id).toBe(common(list))
    }
  })
})

/** A value with bytes as JSON has them: NUL and base64. */
function withBase64(value: unknown): unknown {
  if (value instanceof Uint8Array) return `\0${Buffer.from(value).toString('base64')}`
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withBase64)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withBase64(item)]))
}

/** Lists and their bytes in MsgPack, CBOR, BJData and UBJSON draft 12, written by hand from the specifications. */
const BY_HAND: readonly (readonly [list: readonly unknown[], ...frames: readonly string[]])[] = [
  [
    [33, 1, 2],
    '93 21 01 02', // fixarray 3, three fixints
    '83 1821 01 02', // array 3, an integer in one more byte
    '5b 5521 5501 5502 5d', // [ U33 U1 U2 ]
    '5b 5521 5501 5502 5d',
  ],
  [
    [33, 2 ** 32, 2 ** 53],
    '93 21 cf0000000100000000 cf0020000000000000', // uint64
    '83 1821 1b0000000100000000 1b0020000000000000', // eight more bytes
    '5b 5521 4d0000000001000000 4d0000000000002000 5d', // M, the least significant byte first
    '5b 5521 4c0000000100000000 4c0020000000000000 5d', // L, the most significant byte first
  ],
  [
    [2, 9_129_137_332, { roles: { broker: {} } }],
    '93 02 cf00000002202394b4 81 a5726f6c6573 81 a662726f6b6572 80',
    '83 02 1b00000002202394b4 a1 65726f6c6573 a1 6662726f6b6572 a0',
    '5b 5502 4db494232002000000 7b 5505726f6c6573 7b 550662726f6b6572 7b7d 7d 7d 5d',
    '5b 5502 4c00000002202394b4 7b 5505726f6c6573 7b 550662726f6b6572 7b7d 7d 7d 5d',
  ],
  [
    [6, {}, 'wamp.close.normal'],
    '93 06 80 b177616d702e636c6f73652e6e6f726d616c', // fixstr 17
    '83 06 a0 7177616d702e636c6f73652e6e6f726d616c', // text 17
    '5b 5506 7b7d 53551177616d702e636c6f73652e6e6f726d616c 5d', // S, its length as U
    '5b 5506 7b7d 53551177616d702e636c6f73652e6e6f726d616c 5d',
  ],
  [
    [16, 1, {}, 'a.b', [1, -1, 'é', null, true, 1.5], { k: [false] }],
    '96 10 01 80 a3612e62 96 01 ff a2c3a9 c0 c3 cb3ff8000000000000 81 a16b 91 c2',
    '86 10 01 a0 63612e62 86 01 20 62c3a9 f6 f5 fb3ff8000000000000 a1 616b 81 f4',
    '5b 5510 5501 7b7d 535503612e62 5b 5501 69ff 535502c3a9 5a 54 44000000000000f83f 5d 7b 55016b 5b 46 5d 7d 5d',
    '5b 5510 5501 7b7d 535503612e62 5b 5501 69ff 535502c3a9 5a 54 443ff8000000000000 5d 7b 55016b 5b 46 5d 7d 5d',
  ],
  [
    [36, 5, 6, {}, [new Uint8Array([1, 2])]],
    '95 24 05 06 80 91 c4020102', // bin 8
    '85 1824 05 06 a0 81 420102', // a byte string of 2
    '5b 5524 5505 5506 7b7d 5b 5b2442235502 0102 5d 5d', // [$B#U2, bytes
    '5b 5524 5505 5506 7b7d 5b 5b2455235502 0102 5d 5d', // [$U#U2, which is bytes there
  ],
  [
    [8, 68, 1, { callee: 128 }, 'a.b'],
    '95 08 44 01 81 a663616c6c6565 cc80 a3612e62', // uint8
    '85 08 1844 01 a1 6663616c6c6565 1880 63612e62',
    '5b 5508 5544 5501 7b 550663616c6c6565 5580 7d 535503612e62 5d',
    '5b 5508 5544 5501 7b 550663616c6c6565 5580 7d 535503612e62 5d',
  ],
]

describe('written by hand', () => {
  const rows = BY_HAND.flatMap(([list, ...frames]) =>
    ['msgpack', 'cbor', 'ubjson', 'ubjson-draft12'].map((name, i) => ({
      name,
      list,
      frame: frames[i] as string,
    })),
  )

  test.each(rows)('$name of $list has these bytes, and is read from them', ({ name, list, frame }) => {
    const serializer = OWN_SERIALIZERS[name] as (typeof OWN_SERIALIZERS)[string]
    const message = Message.parse(list as unknown[])
    expect(hex(serializer.encode(message))).toBe(frame.replaceAll(' ', ''))
    expect(serializer.decode(unhex(frame.replaceAll(' ', ''))).equals(message)).toBe(true)
  })

  test('JSON is what JSON.stringify writes, but for bytes', () => {
    for (const [list] of BY_HAND) {
      const text = new TextDecoder().decode(OWN_SERIALIZERS.json?.encode(Message.parse(list as unknown[])))
      expect(text).toBe(JSON.stringify(withBase64(list)))
    }
  })
})

test('a PUBLISH of 2^53 as request and one beyond it are told apart', () => {
  expect(() => new Publish({ request: 2 ** 53 + 2, topic: 'a.b' })).toThrow('expected an id (0 to 2^53)')
  expect(OWN_SERIALIZERS.json?.decode('[16,9007199254740992,{},"a.b"]').marshal()).toEqual([
    16,
    2 ** 53,
    {},
    'a.b',
  ])
  expect(() => OWN_SERIALIZERS.json?.decode('[16,9007199254740993,{},"a.b"]')).toThrow(ProtocolError)
})
