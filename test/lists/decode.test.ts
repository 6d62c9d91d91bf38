/** Frames to lists: `codec.lists` says of any frame what `decode` says of it, and gives the values that it has. */
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { type CodecOptions, createCodec, type ListOptions, type Message, Tagged } from '../../src/index.ts'
import { createRandom } from '../support/random.ts'
import { sameValue } from '../support/same-value.ts'
import { hex, type ListFormat } from '../support/vectors.ts'
import { anyList, mutated } from './generate.ts'
import { verdictOf } from './verdict.ts'

const isDeep = process.env.WAMP_CODEC_DEEP === '1'
const FRAMES = isDeep ? 1_000_000 : 20_000
const seed = isDeep ? Number(process.env.WAMP_CODEC_FUZZ_SEED) || Date.now() % 2 ** 32 : 20_261_128

const FORMATS: readonly (readonly [id: ListFormat, options: ListOptions])[] = [
  ['json', {}],
  ['msgpack', {}],
  ['cbor', {}],
  ['ubjson', {}],
  ['ubjson', { ubjsonDialect: 'draft12' }],
]

const POLICIES: readonly CodecOptions[] = [
  {},
  { peers: 'lenient' },
  { integers: 'bigint', maps: 'map' },
  { integers: 'number', binary: 'view' },
  { tags: 'tagged', binary: 'buffer', uri: 'strict' },
  { duplicateKeys: 'refuse', uri: 'none' },
  { unknownKeys: 'drop', maxDepth: 4 },
  { maxNodes: 30, maxBigIntBytes: 3 },
  { unknownKeys: 'refuse', maxNodes: 20, peers: 'lenient' },
  { unknownKeys: 'custom', ownership: 'copy', payloadRules: 'strict', maxMessageBytes: 100 },
]

const rows = FORMATS.flatMap(([id, options]) => POLICIES.map((policy) => ({ id, options, policy })))

/** Frames that are no better than the list that they are made of, and such as have been changed. */
function* framesOf(id: ListFormat, { ubjsonDialect }: ListOptions): Generator<Uint8Array> {
  const random = createRandom(seed)
  const writer = createCodec().payload(ubjsonDialect === 'draft12' ? 'ubjson-draft12' : (id as 'cbor'))
  for (let i = 0; i < FRAMES / POLICIES.length; i++) {
    const made = verdictOf(() => writer.encode(anyList(random)))
    if ('error' in made) continue
    const frame = made.value as Uint8Array
    yield frame
    yield mutated(frame, random)
  }
}

/** Bytes as plain arrays of bytes: a list has Buffers where a message has none. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Uint8Array.from(value)
  if (value instanceof Tagged) return new Tagged(value.tag, plain(value.value), value.kind)
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [plain(key), plain(item)]))
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
}

/** Throws unless the list says what the message says: the attributes that are set, at the places where they stand. */
function expectSame(list: unknown[], message: Message): void {
  const { table } = message
  const values = message as unknown as Readonly<Record<string, unknown>>
  const same = (name: string, got: unknown, expected: unknown = null): void => {
    if (!sameValue(got ?? null, expected))
      throw new Error(`${name}: expected ${show(expected)}, got ${show(got)}`)
  }
  same('code', list[0] === 37 ? 337 : list[0], table.code)
  for (const [i, { attribute, kind }] of table.positions.entries()) {
    const element = list[i + 1]
    if (kind !== 'options' && kind !== 'options?') same(attribute, plain(element), plain(values[attribute]))
    else {
      const left = { ...((element ?? {}) as Record<string, unknown>) }
      for (const option of table.options) {
        // resume_token stands for resume-token, as it does in frames.
        const value = left[option.key] ?? left[option.attribute] ?? option.absent
        delete left[option.key]
        // What describes a payload means nothing without one, and is kept as it stands.
        const isIdle = option.attribute.startsWith('enc_') && values[option.attribute] === null
        if (!isIdle) same(option.key, plain(value), plain(values[option.attribute]))
      }
      // A key that is an attribute, but not what stands on the wire, is neither an option nor a custom key.
      for (const option of table.options) delete left[option.attribute]
      same('custom', plain(left), plain(values.custom ?? {}))
    }
  }
  const [args, kwargs] = list.slice(1 + table.positions.length)
  const opaque = values.payload ?? null
  if (opaque !== null) {
    // Some peers send empty kwargs with it.
    same('payload', plain(Array.isArray(args) ? args[0] : args), plain(opaque))
    return
  }
  same('args', args, values.args)
  // Empty kwargs and none say the same.
  same('kwargs', isEmpty(kwargs) ? null : kwargs, isEmpty(values.kwargs) ? null : values.kwargs)
}

function isEmpty(kwargs: unknown): boolean {
  return kwargs == null || (kwargs instanceof Map ? kwargs.size : Object.keys(kwargs).length) === 0
}

const show = (value: unknown): string => inspect(value, { depth: 9 })

test.each(rows)(`frames of $id $options decode under $policy as messages do (seed ${seed})`, (row) => {
  const { id, options, policy } = row
  const codec = createCodec(policy)
  const lists = codec.lists(id, options)
  const messages = codec.serializer(id, options as object)
  const counts = { good: 0, refused: 0 }
  for (const frame of framesOf(id, options)) {
    const ours = verdictOf(() => lists.decode(frame))
    const theirs = verdictOf(() => messages.decode(frame))
    const what = hex(frame)
    if ('error' in ours || 'error' in theirs) {
      counts.refused++
      if (JSON.stringify(ours) !== JSON.stringify(theirs))
        expect({ what, ...ours }).toEqual({ what, ...theirs })
    } else {
      counts.good++
      try {
        expectSame(ours.value as unknown[], theirs.value as Message)
      } catch (error) {
        throw new Error(what, { cause: error })
      }
      if (id === 'json') {
        const text = lists.decode(new TextDecoder().decode(frame))
        if (!sameValue(text, ours.value)) expect(text, what).toEqual(ours.value)
      }
    }
  }
  expect(counts.good).toBeGreaterThan(FRAMES / POLICIES.length / 20)
  expect(counts.refused).toBeGreaterThan(FRAMES / POLICIES.length / 5)
})

const NO_TEXT = 'cannot decode EVENT from cbor: a key that is not a string in'
const FLOAT_ID = 'expected an id (0 to 2^53) for request, got a float'

/** What a reader of values may take for something else; a text is a part of the error. */
const UNCOMMON: readonly (readonly [what: string, id: ListFormat, frame: string, verdict: unknown])[] = [
  ['a float as id', 'cbor', '831821fb401400000000000006', FLOAT_ID],
  ['a half float as id', 'cbor', '831821f9450006', FLOAT_ID],
  ['a bignum as id', 'cbor', '831821c2410506', 'for request, got a big integer'],
  ['a tagged id', 'cbor', '831821c50506', [33, 5, 6]],
  ['a float as id', 'msgpack', '9321cb401400000000000006', FLOAT_ID],
  ['a float as id', 'json', '5b33332c352e302c365d', FLOAT_ID],
  [
    'a float as option',
    'cbor',
    '8418240102a1697075626c6973686572f94500',
    'an integer for publisher, got a float',
  ],
  ['an undefined option', 'cbor', '8418240102a1697075626c6973686572f7', 'for publisher, got an extension or'],
  ['a number as a key of details', 'cbor', '8418240102a10105', `${NO_TEXT} details`],
  ['a tag around details', 'cbor', '8418240102c5a0', [36, 1, 2, {}]],
  ['a tag around args', 'cbor', '8518240102a0c58101', [36, 1, 2, {}, [1]]],
  ['a number as a key of kwargs', 'cbor', '8618240102a080a10105', `${NO_TEXT} kwargs`],
  ['the same in a tag', 'cbor', '8618240102a080c5a10105', `${NO_TEXT} kwargs`],
  ['the same of any length', 'cbor', '8618240102a080bf0105ff', `${NO_TEXT} kwargs`],
  ['the same behind a text', 'cbor', '8618240102a080a261610105 06', `${NO_TEXT} kwargs`],
  ['a number as a key in args', 'cbor', '8518240102a081a10105', [36, 1, 2, {}, [{ 1: 5 }]]],
  ['a number as a key of kwargs', 'msgpack', '9624010280 90 810105', 'a key that is not a string in kwargs'],
  ['details of any length', 'cbor', '8418240102bfff', [36, 1, 2, {}]],
  ['a list of any length', 'cbor', '9f18240102a0ff', [36, 1, 2, {}]],
]

test.each(UNCOMMON)('%s in %s is judged as messages judge it', (_, id, text, expected) => {
  const frame = Buffer.from(text.replaceAll(' ', ''), 'hex')
  const ours = verdictOf(() => createCodec().lists(id).decode(frame))
  if (typeof expected !== 'string') expect(ours).toEqual({ value: expected })
  else {
    expect(ours).toEqual(verdictOf(() => createCodec().serializer(id).decode(frame)))
    expect(ours).toHaveProperty('error.message', expect.stringContaining(expected))
  }
})

/** The least of a limit with which a frame is read; 0 for none. */
function leastOf(
  limit: 'maxNodes' | 'maxDepth' | 'maxBigIntBytes',
  most: number,
  read: (o: CodecOptions) => void,
): number {
  for (let least = 1; least <= most; least++) {
    if (!('error' in verdictOf(() => read({ [limit]: least })))) return least
  }
  return 0
}

test.each([
  ['json', {}],
  ['json', { peers: 'lenient', integers: 'number' }],
  ['msgpack', {}],
  ['cbor', {}],
  ['cbor', { peers: 'lenient' }],
] as const)(`each limit of lists in %s under %o is that of messages (seed ${seed})`, (id, policy) => {
  const random = createRandom(seed)
  const writer = createCodec().payload(id)
  let read = 0
  for (let i = 0; i < (isDeep ? 5000 : 250); i++) {
    const made = verdictOf(() => writer.encode(anyList(random)))
    if ('error' in made) continue
    const frame = made.value as Uint8Array
    for (const [limit, most] of [
      ['maxNodes', 100],
      ['maxDepth', 10],
      ['maxBigIntBytes', 12],
    ] as const) {
      const ours = leastOf(limit, most, (o) =>
        createCodec({ ...policy, ...o })
          .lists(id)
          .decode(frame),
      )
      const theirs = leastOf(limit, most, (o) => {
        const message = createCodec({ ...policy, ...o })
          .serializer(id)
          .decode(frame)
        // They are read later, and must be readable then.
        return 'args' in message && [message.args, message.kwargs]
      })
      if (ours > 0) read++
      if (ours !== theirs)
        expect({ frame: hex(frame), limit, least: ours }).toEqual({ frame: hex(frame), limit, least: theirs })
    }
  }
  expect(read).toBeGreaterThan(10)
})
