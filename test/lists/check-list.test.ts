/**
 * `check: 'list'`, in `codec.lists` and `createLists`: lists that the format can carry, that begin with a known message
 * code and have integers as ids. Nothing else is asked, and the values are those of the value codec.
 */
import { describe, expect, test } from 'vitest'
import { type CodecOptions, createCodec, type ListOptions, Tagged } from '../../src/index.ts'
import { createLists } from '../../src/lists/index.ts'
import { TABLES } from '../../src/message/tables.ts'
import { createRandom, type Random } from '../support/random.ts'
import { sameValue } from '../support/same-value.ts'
import { hex } from '../support/vectors.ts'
import { anyList, mutated } from './generate.ts'
import { type Verdict, verdictOf } from './verdict.ts'

const isDeep = process.env.WAMP_CODEC_DEEP === '1'
const LISTS = isDeep ? 1_000_000 : 20_000
const seed = isDeep ? Number(process.env.WAMP_CODEC_FUZZ_SEED) || Date.now() % 2 ** 32 : 20_261_129

const IDS = ['json', 'msgpack', 'cbor'] as const
type Id = (typeof IDS)[number]

const tables = new Map(TABLES.map((table) => [table.code, table]))

/** Whether a value is a list as the documentation of `check: 'list'` has it. */
function isList(value: unknown): value is unknown[] {
  if (!Array.isArray(value)) return false
  const table = tables.get(value[0] === 37 ? 337 : value[0])
  return table?.positions.every(({ kind }, i) => !/id|requestType/.test(kind) || isId(value[i + 1])) ?? false
}

function isId(value: unknown): boolean {
  return (
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 2 ** 53 && !Object.is(value, -0)
  )
}

/** The list with what `undefined` means: options that there must be, no args before kwargs, else null. */
function written(list: readonly unknown[]): unknown[] {
  const table = tables.get(list[0] as number)
  const positions = table?.positions ?? []
  const options = 1 + positions.findIndex(({ kind }) => kind === 'options' || kind === 'dict')
  const args = table?.payload === 'none' ? -1 : 1 + positions.length
  const last = list.findLastIndex((value) => value !== undefined)
  const length = Math.min(list.length, Math.max(last, options) + 1)
  return Array.from({ length }, (_, i) => {
    if (list[i] !== undefined) return list[i]
    return i === options ? {} : i === args ? [] : null
  })
}

const codeOf = (verdict: Verdict): unknown => ('error' in verdict ? verdict.error.code : null)

const textOf = (frame: unknown): string =>
  hex(frame instanceof Uint8Array ? frame : new TextEncoder().encode(String(frame)))

function* lists(random: Random, count = LISTS): Generator<unknown[]> {
  for (let i = 0; i < count; i++) yield anyList(random) as unknown[]
}

/** Frames of lists, each also changed; as many as lists. */
function* frames(id: Id, random: Random, count = LISTS): Generator<Uint8Array> {
  const writer = createCodec().payload(id)
  for (let made = 0; made < count; ) {
    const written = verdictOf(() => writer.encode(anyList(random)))
    if ('error' in written) continue
    made += 2
    const frame = written.value as Uint8Array
    yield frame
    yield mutated(frame, random)
  }
}

describe.each(IDS)('in %s', (id) => {
  const both = [createLists(id), createCodec().lists(id, { check: 'list' })]
  const values = createCodec().payload(id)
  const integers = createCodec({ integers: 'bigint' }).payload(id)
  const single = createCodec({ duplicateKeys: 'refuse' }).payload(id)

  /** Whether an id is a float, which values do not tell. */
  const hasFloatId = (frame: Uint8Array, list: readonly unknown[]): boolean => {
    const table = tables.get(list[0] === 37 ? 337 : (list[0] as number))
    const ids = table?.positions.filter(({ kind }) => /id|requestType/.test(kind)).length ?? 0
    const head = (integers.decode(frame) as unknown[]).slice(0, ids + 1)
    return head.some((element) => typeof element !== 'bigint')
  }

  test(`frames are refused when they hold no such list, else are their values (seed ${seed})`, () => {
    const counts = { good: 0, refused: 0 }
    for (const frame of frames(id, createRandom(seed))) {
      const read = verdictOf(() => values.decode(frame))
      const isGood = 'value' in read && isList(read.value) && !hasFloatId(frame, read.value)
      counts[isGood ? 'good' : 'refused']++
      for (const codec of both) {
        const ours = verdictOf(() => codec.decode(frame))
        const isSame = isGood
          ? 'value' in ours && sameValue(ours.value, read.value)
          : codeOf(ours) === (codeOf(read) ?? 'BAD_MESSAGE')
        // Options refuse a key that comes twice, values do not.
        const isTwice = codeOf(ours) === 'DUPLICATE_KEY' && codeOf(verdictOf(() => single.decode(frame)))
        if (!isSame && isTwice !== 'DUPLICATE_KEY')
          expect({ frame: hex(frame), ours }).toEqual({ frame: hex(frame), ours: read })
      }
    }
    expect(counts.good).toBeGreaterThan(LISTS / 5)
    expect(counts.refused).toBeGreaterThan(LISTS / 5)
  })

  test(`lists are refused when they are none, else are written as their values (seed ${seed})`, () => {
    const counts = { good: 0, refused: 0 }
    for (const list of lists(createRandom(seed))) {
      const expected: Verdict = isList(list)
        ? verdictOf(() => hex(values.encode(written(list))))
        : { error: { code: 'BAD_MESSAGE' } }
      counts['value' in expected ? 'good' : 'refused']++
      for (const codec of both) {
        const ours = verdictOf(() => textOf(codec.encode(list)))
        const isSame = 'value' in expected ? sameValue(ours, expected) : codeOf(ours) === codeOf(expected)
        if (!isSame) expect({ list, ours }).toEqual({ list, ours: expected })
      }
    }
    expect(counts.good).toBeGreaterThan(LISTS / 5)
    expect(counts.refused).toBeGreaterThan(LISTS / 8)
  })
})

/** Lists, and frames, for each row. */
const EACH = LISTS / 5

/** Options that both have. */
const POLICIES: readonly (CodecOptions & ListOptions)[] = [
  { peers: 'lenient' },
  { integers: 'bigint', maps: 'map', duplicateKeys: 'refuse' },
  { integers: 'number', binary: 'view', unrepresentable: 'json' },
  { tags: 'tagged', binary: 'buffer', uri: 'strict' },
  { maxDepth: 3, maxNodes: 20, maxMessageBytes: 100, maxBigIntBytes: 8 },
]

const rows = IDS.flatMap((id) => POLICIES.map((policy) => ({ id, policy })))

test.each(rows)(
  `createLists says the same as codec.lists of $id under $policy (seed ${seed})`,
  ({ id, policy }) => {
    const alone = createLists(id, policy as object)
    const ofCodec = createCodec(policy).lists(id, { check: 'list' })
    const random = createRandom(seed)
    let good = 0
    for (const frame of frames(id, random, EACH)) {
      const [ours, theirs] = [alone, ofCodec].map((codec) => verdictOf(() => codec.decode(frame)))
      if ('value' in (ours as Verdict)) good++
      if (!sameValue(ours, theirs))
        expect({ frame: hex(frame), ours }).toEqual({ frame: hex(frame), ours: theirs })
    }
    for (const list of lists(random, EACH)) {
      const [ours, theirs] = [alone, ofCodec].map((codec) => verdictOf(() => textOf(codec.encode(list))))
      if ('value' in (ours as Verdict)) good++
      if (!sameValue(ours, theirs)) expect({ list, ours }).toEqual({ list, ours: theirs })
    }
    expect(good).toBeGreaterThan(EACH / 10)
  },
)

test.each(rows)(
  `what check: 'message' reads of $id under $policy is read alike (seed ${seed})`,
  ({ id, policy }) => {
    const strict = createCodec(policy).lists(id)
    const alone = createLists(id, policy as object)
    let good = 0
    for (const frame of frames(id, createRandom(seed), EACH)) {
      const expected = verdictOf(() => strict.decode(frame))
      if ('error' in expected) continue
      good++
      const ours = verdictOf(() => alone.decode(frame))
      // Where a limit is just reached: of the head, messages count neither the list nor its positions, nor the levels
      // of roles.
      if (codeOf(ours) === 'NODE_LIMIT' || codeOf(ours) === 'DEPTH_LIMIT') continue
      // Inside of the values of options the binary formats refuse a key that comes twice, too.
      if (codeOf(ours) === 'DUPLICATE_KEY' && id !== 'json') continue
      if (!sameValue(ours, expected))
        expect({ frame: hex(frame), ours }).toEqual({ frame: hex(frame), ours: expected })
    }
    expect(good).toBeGreaterThan(EACH / 40)
  },
)

describe('tags', () => {
  const unhex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))

  test.each([{ tags: 'plain' }, { tags: 'tagged' }] as const)(
    'around a list, its args and kwargs are taken off under %o',
    (policy) => {
      // c0 is a tag: around the list, args and kwargs.
      const frame = unhex('c086182401 02a0 c08107 c0a1616bc101'.replaceAll(' ', ''))
      const expected = createCodec(policy).serializer('cbor').decode(frame)
      for (const codec of [createCodec(policy).lists('cbor'), createLists('cbor', policy)]) {
        const list = codec.decode(frame)
        expect(list.slice(0, 5)).toEqual([36, 1, 2, {}, [7]])
        expect(list).toEqual(expected.marshal())
      }
    },
  )

  test('are not what extensions and simple values are: these stay', () => {
    expect(createLists('msgpack').decode(unhex('9524010280d46191'))).toEqual([
      ...[36, 1, 2, {}],
      new Tagged(97, Uint8Array.of(0x91), 'extension'),
    ])
    expect(createLists('cbor').decode(unhex('8518240102a0f8a0'))).toEqual([
      ...[36, 1, 2, {}],
      new Tagged(160, null, 'simple'),
    ])
  })
})
