/** Lists to frames: `codec.lists` says of any list what messages say of it, and writes the same bytes. */
import { expect, test } from 'vitest'
import { createCodec, type ListOptions, Message } from '../../src/index.ts'
import { createRandom } from '../support/random.ts'
import { hex, type ListFormat } from '../support/vectors.ts'
import { anyList } from './generate.ts'
import { type Verdict, verdictOf } from './verdict.ts'

const isDeep = process.env.WAMP_CODEC_DEEP === '1'
const LISTS = isDeep ? 1_000_000 : 20_000
const seed = isDeep ? Number(process.env.WAMP_CODEC_FUZZ_SEED) || Date.now() % 2 ** 32 : 20_261_128

const codec = createCodec()

const FORMATS: readonly [id: ListFormat, options: ListOptions][] = [
  ['json', {}],
  ['msgpack', {}],
  ['cbor', {}],
  ['ubjson', {}],
  ['ubjson', { ubjsonDialect: 'draft12' }],
  ['json', { unrepresentable: 'json' }],
  ['cbor', { unrepresentable: 'json', maxDepth: 3 }],
]

const textOf = (frame: unknown): unknown =>
  frame instanceof Uint8Array ? hex(frame) : { text: hex(new TextEncoder().encode(String(frame))) }

test.each(FORMATS)(`lists are encoded to %s %o as messages are (seed ${seed})`, (id, options) => {
  const { ubjsonDialect, ...policy } = options
  const lists = codec.lists(id, options)
  const messages = createCodec({ ...policy, cache: false } as object).serializer(
    id,
    ubjsonDialect === undefined ? {} : { ubjsonDialect },
  )
  const random = createRandom(seed)
  const counts = { good: 0, refused: 0 }
  for (let i = 0; i < LISTS; i++) {
    const list = anyList(random) as unknown[]
    const ours = verdictOf(() => textOf(lists.encode(list)))
    const theirs: Verdict = verdictOf(() => {
      const bytes = messages.encode(Message.parse(list))
      return id === 'json' ? { text: hex(bytes) } : hex(bytes)
    })
    counts['value' in theirs ? 'good' : 'refused']++
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
      expect({ i, list, ...ours }).toEqual({ i, list, ...theirs })
    }
  }
  // The generator makes enough of both.
  expect(counts.good).toBeGreaterThan(LISTS / 5)
  expect(counts.refused).toBeGreaterThan(LISTS / 5)
})

test.each(['json', 'msgpack', 'cbor', 'ubjson'] as const)(
  '%s asks a value once, also when an error follows',
  (id) => {
    let asked = 0
    const value = {
      toJSON() {
        asked++
        return 1
      },
      get own() {
        asked++
        return 1
      },
    }
    const args = [value, { deep: [1, () => 1] }]
    expect(() => codec.lists(id).encode([36, 1, 2, {}, args])).toThrow(
      expect.objectContaining({ code: 'UNENCODABLE', path: 'args[1].deep[1]', messageType: 36 }),
    )
    expect(asked).toBe(1)
    const own = new Error('mine')
    const thrower = {
      toJSON() {
        asked++
        throw own
      },
    }
    expect(() => codec.lists(id).encode([36, 1, 2, {}, [], { a: thrower }])).toThrow(own)
    expect(asked).toBe(2)
  },
)
