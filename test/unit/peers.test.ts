/**
 * `peers: 'lenient'`: what docs/peers.md lists is read, in every list format that can say it and by every way in; what
 * is written is right; nothing else is read; and a strict codec refuses all of it.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  type Cancel,
  createCodec,
  EventMessage,
  Float64,
  HEAD_FIRST_ID,
  HEAD_RECORD_WORDS,
  HEAD_SECOND_ID,
  HEAD_TYPE,
  Hello,
  headId,
  Interrupt,
  Message,
  type PayloadFormat,
  type Publish,
  type Serializer,
  type SerializerId,
  Tagged,
} from '../../src/index.ts'
import { ID_OPTIONS } from '../../src/message/table.ts'
import { TABLES } from '../../src/message/tables.ts'

type List = readonly unknown[]
type ListId = 'json' | 'msgpack' | 'cbor' | 'ubjson'
const IDS: readonly ListId[] = ['json', 'msgpack', 'cbor', 'ubjson']

const strict = createCodec()
const lenient = createCodec({ peers: 'lenient' })
const deferred = createCodec({ peers: 'lenient', payloadValidation: 'deferred' })
const draft12 = { ubjsonDialect: 'draft12' } as const

/** Stands for `undefined` in a list that `wrongFrame` encodes. */
const NOTHING = '(undefined)'
/** An id of a session as cbor-x, msgpackr and other JavaScript encoders write it. */
const ID = 2 ** 40
const WRONG_ID = new Float64(ID)

/** A list with NOTHING in the form of cbor-x or msgpackr. */
function wrongFrame(list: List, format: PayloadFormat): Uint8Array {
  if (format === 'msgpack') {
    const undefinedOf = (value: unknown): unknown => {
      if (value === NOTHING) return new Tagged(0, Uint8Array.of(0))
      if (Array.isArray(value)) return value.map(undefinedOf)
      if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value
      if (value instanceof Float64) return value
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, undefinedOf(item)]))
    }
    return strict.payload(format).encode(undefinedOf(list))
  }
  const bytes = strict.payload(format).encode(list)
  if (format !== 'cbor') return bytes
  const marker = Buffer.from(strict.payload('cbor').encode(NOTHING)).toString('hex')
  return Uint8Array.from(Buffer.from(Buffer.from(bytes).toString('hex').replaceAll(marker, 'f7'), 'hex'))
}

/** What each row means: the list as it comes, as it is right, and the formats that can say it. */
const ROWS: readonly (readonly [what: string, wrong: List, right: List, formats: readonly ListId[]])[] = [
  [
    'undefined is an absent option',
    [32, 1, { match: NOTHING }, 'a.b'],
    [32, 1, {}, 'a.b'],
    ['cbor', 'msgpack'],
  ],
  [
    'all options are undefined, as in a subscribe of wampy',
    [32, 1, { match: NOTHING, get_retained: NOTHING }, 'a.b'],
    [32, 1, {}, 'a.b'],
    ['cbor', 'msgpack'],
  ],
  [
    'one option is undefined, the next is not',
    [16, 1, { acknowledge: NOTHING, exclude_me: false }, 'a.b', [1]],
    [16, 1, { exclude_me: false }, 'a.b', [1]],
    ['cbor', 'msgpack'],
  ],
  [
    'an undefined ppt_scheme describes nothing',
    [16, 1, { ppt_scheme: NOTHING, enc_algo: NOTHING }, 'a.b', [new Uint8Array(2)]],
    [16, 1, {}, 'a.b', [new Uint8Array(2)]],
    ['cbor', 'msgpack'],
  ],
  [
    'a custom option is undefined',
    [16, 1, { x_a: NOTHING, x_b: 1 }, 'a.b'],
    [16, 1, { x_b: 1 }, 'a.b'],
    ['cbor', 'msgpack'],
  ],
  [
    'undefined inside of dictionaries of options is absent, in lists null',
    [
      1,
      'r',
      {
        roles: { caller: { features: { call_timeout: NOTHING } }, callee: NOTHING },
        authextra: { a: NOTHING, b: [NOTHING, 1.5, { c: NOTHING, d: new Float64(2) }] },
      },
    ],
    [
      1,
      'r',
      {
        roles: { caller: { features: {} } },
        authextra: { b: [null, 1.5, { d: new Float64(2) }] },
      },
    ],
    ['cbor', 'msgpack'],
  ],
  ['extra of AUTHENTICATE', [5, 's', { a: NOTHING, b: 1 }], [5, 's', { b: 1 }], ['cbor', 'msgpack']],
  ['a float as an id', [66, 1, WRONG_ID], [66, 1, ID], IDS],
  ['floats as all ids', [36, WRONG_ID, new Float64(1), {}], [36, ID, 1, {}], IDS],
  [
    'a float as a session id',
    [2, WRONG_ID, { roles: { broker: {} } }],
    [2, ID, { roles: { broker: {} } }],
    IDS,
  ],
  ['a float as the largest id', [66, 1, new Float64(2 ** 53)], [66, 1, 2 ** 53], IDS],
  ['a float as the request of an ERROR', [8, 48, WRONG_ID, {}, 'a.b'], [8, 48, ID, {}, 'a.b'], IDS],
  [
    'floats in exclude and eligible',
    [16, 1, { exclude: [WRONG_ID, 7], eligible: [WRONG_ID] }, 'a.b', [1]],
    [16, 1, { exclude: [ID, 7], eligible: [ID] }, 'a.b', [1]],
    IDS,
  ],
  [
    'a float as the session of a hop',
    [
      16,
      1,
      { forward_for: [{ session: WRONG_ID, authid: null, authrole: 'r', x: new Float64(3) }] },
      'a.b',
      [1],
    ],
    [16, 1, { forward_for: [{ session: ID, authid: null, authrole: 'r', x: new Float64(3) }] }, 'a.b', [1]],
    IDS,
  ],
  ['an empty mode of CANCEL', [49, 1, { mode: '' }], [49, 1, {}], IDS],
  ['an empty mode of INTERRUPT', [69, 1, { mode: '', reason: 'a.b' }], [69, 1, { reason: 'a.b' }], IDS],
]
const CASES = ROWS.flatMap(([what, wrong, right, formats]) =>
  formats.map((id) => [`${id}: ${what}`, id, wrong, right] as const),
)

const json = (message: Message): string => strict.serializer('json').encodeText(message)

describe.each(CASES)('%s', (_, id, wrong, right) => {
  const frame = wrongFrame(wrong, id)
  const expected = Message.parse(right)
  const written = strict.serializer(id).encode(expected)

  test('a strict codec refuses it, or the right frame would be the same', () => {
    // Dictionaries of the application may hold anything: there a strict codec reads undefined of CBOR as null, and the
    // extension of msgpackr as an extension.
    const hasUndefined = id === 'cbor' || id === 'msgpack'
    const isAnyValue =
      hasUndefined && ['x_a', 's'].some((part) => JSON.stringify(wrong).includes(`"${part}"`))
    if (isAnyValue) expect(strict.serializer(id).decode(frame).table.code).toBe(wrong[0])
    else expect(() => strict.serializer(id).decode(frame)).toThrow(/^cannot decode [A-Z]+ from /)
  })

  test('it is read by every way in, and written as it should be by every way out', () => {
    for (const codec of [lenient, deferred]) {
      const serializer = codec.serializer(id)
      const message = serializer.decode(frame)
      expect(message.equals(expected)).toBe(true)
      expect(codec.serializer(`${id}.batched`).decodeAll(batchOf(frame, id))[1]?.equals(expected)).toBe(true)
      expect(codec.peek(frame, id)).toBe(wrong[0])
      expect(codec.trace(frame, serializer).some(({ kind }) => kind.startsWith('cannot'))).toBe(false)
      for (const [fresh, out] of [
        [serializer.decode(frame), serializer],
        [serializer.decode(frame).detach(), serializer],
        [codec.fromTransferable(serializer.decode(frame).toTransferable()), serializer],
        [strict.fromTransferable(serializer.decode(frame).toTransferable()), strict.serializer(id)],
        [serializer.decode(frame), strict.serializer(id)],
      ] as [Message, Serializer][]) {
        expect(out.encode(fresh)).toEqual(written)
      }
      expect(Buffer.concat(serializer.encodeParts(serializer.decode(frame)))).toEqual(Buffer.from(written))
      expect(serializer.byteLength(serializer.decode(frame))).toBe(written.length)
      const target = new Uint8Array(written.length)
      serializer.encodeInto(serializer.decode(frame), target)
      expect(target).toEqual(written)
      for (const to of IDS) {
        const there = codec.transcodeMessage(frame, { from: serializer, to: codec.serializer(to) })
        expect(json(strict.serializer(to).decode(there))).toBe(json(expected))
      }
    }
  })

  test('scanInto reads the same head as of the right frame', () => {
    const head = (bytes: Uint8Array): number[] => {
      const out = new Float64Array(HEAD_RECORD_WORDS)
      lenient.serializer(id).scanInto(bytes, out)
      return [out[HEAD_TYPE] as number, headId(out, HEAD_FIRST_ID), headId(out, HEAD_SECOND_ID)]
    }
    expect(head(frame)).toEqual(head(written))
  })
})

/** Two of the same frame as one batch. */
function batchOf(frame: Uint8Array, id: ListId): Uint8Array {
  if (id === 'json') return Buffer.concat([frame, Uint8Array.of(0x1e), frame, Uint8Array.of(0x1e)])
  const length = Uint8Array.of(0, 0, frame.length >> 8, frame.length & 255)
  return Buffer.concat([length, frame, length, frame])
}

test('the frames of the clients themselves are read', () => {
  const decode = (id: SerializerId, hex: string): unknown[] =>
    lenient.serializer(id).decode(Buffer.from(hex, 'hex')).marshal()
  // wampy 8 with cbor-x and msgpackr: subscribe, unregister; kraftfahrstrasse: cancel.
  expect(decode('cbor', '84182001b90001656d61746368f763612e62')).toEqual([32, 1, {}, 'a.b'])
  expect(decode('msgpack', '94200181a56d61746368d40000a3612e62')).toEqual([32, 1, {}, 'a.b'])
  expect(decode('cbor', '83184201fb4270000000000000')).toEqual([66, 1, ID])
  expect(decode('json', Buffer.from('[49,1,{"mode":""}]').toString('hex'))).toEqual([49, 1, {}])
})

test('draft 12 of UBJSON has floats as ids, too', () => {
  const serializer = lenient.serializer('ubjson', draft12)
  const frame = wrongFrame([66, 1, WRONG_ID], 'ubjson-draft12')
  expect(serializer.decode(frame).marshal()).toEqual([66, 1, ID])
  expect(serializer.encode(serializer.decode(frame))).toEqual(
    strict.serializer('ubjson', draft12).encode(Message.parse([66, 1, ID])),
  )
})

test.each(
  TABLES.flatMap((table) =>
    table.options
      .filter(({ key }) => ID_OPTIONS.includes(key))
      .map(({ key }) => [table.name, key, table] as const),
  ),
)('%s may have a float in %s', (_, key, table) => {
  const option = table.options.find((one) => one.key === key)
  const value = (id: unknown): unknown => (option?.kind === 'ints' ? [id] : id)
  const list = (id: unknown): unknown[] => {
    const fixed: Record<string, unknown> = { options: { [key]: value(id) }, 'options?': { [key]: value(id) } }
    if (table.name === 'HELLO') {
      fixed.options = { roles: { caller: {} }, 'resume-token': 't', [key]: id }
    }
    const uri = { uri: 'a.b', realm: 'r', text: 't', requestType: 48, dict: {} }
    const request = table.options.some((one) => one.key === 'subscription' || one.key === 'registration')
      ? 0
      : 1
    return [
      table.code,
      ...table.positions.map(({ kind }) => fixed[kind] ?? (uri as Record<string, unknown>)[kind] ?? request),
    ]
  }
  for (const id of IDS) {
    const frame = wrongFrame(list(WRONG_ID), id)
    const right = Message.parse(list(ID))
    expect(() => strict.serializer(id).decode(frame)).toThrow('integer')
    const message = lenient.serializer(id).decode(frame)
    expect(message.marshal()).toEqual(right.marshal())
    expect(lenient.serializer(id).encode(message)).toEqual(strict.serializer(id).encode(right))
  }
})

describe('nothing else is read', () => {
  const wrongIds = [1.5, -1, -0, 2 ** 53 + 2, 2 ** 63, 2 ** 64, 1e300, Number.NaN, Number.POSITIVE_INFINITY]
  const rows = IDS.flatMap((id) => wrongIds.map((value) => [id, value] as const))
  // JSON has no such numbers.
  test.each(rows.filter(([id, value]) => id !== 'json' || Number.isFinite(value)))(
    '%s: the id %s',
    (id, value) => {
      const lists = [
        [66, 1, new Float64(value)],
        [16, 1, { exclude: [new Float64(value)] }, 'a.b'],
        [16, 1, { forward_for: [{ session: new Float64(value), authid: null, authrole: 'r' }] }, 'a.b'],
      ]
      for (const list of lists) {
        let frame: Uint8Array
        try {
          frame = wrongFrame(list, id)
        } catch {
          // UBJSON has no NaN.
          continue
        }
        expect(() => lenient.serializer(id).decode(frame)).toThrow(
          /^cannot decode (UNREGISTER|PUBLISH) from /,
        )
      }
    },
  )

  test.each<[what: string, list: List, formats: readonly ListId[]]>([
    ['a message code that is a float', [new Float64(66), 1, 2], IDS],
    ['a request type that is a float', [8, new Float64(48), 1, {}, 'a.b'], IDS],
    ['a timeout that is a float', [48, 1, { timeout: new Float64(5) }, 'a.b'], IDS],
    ['a trustlevel that is a float', [36, 1, 2, { trustlevel: new Float64(5) }], IDS],
    ['an id that is text', [66, 1, '2'], IDS],
    ['an empty match', [32, 1, { match: '' }, 'a.b'], IDS],
    ['an empty invoke', [64, 1, { invoke: '' }, 'a.b'], IDS],
    ['another mode', [49, 1, { mode: 'stop' }], IDS],
    ['null as an option', [32, 1, { match: null }, 'a.b'], IDS],
    ['undefined in a list of ids', [16, 1, { exclude: [NOTHING] }, 'a.b'], ['cbor', 'msgpack']],
    ['undefined as an id', [66, 1, NOTHING], ['cbor', 'msgpack']],
    ['undefined as options', [32, 1, NOTHING, 'a.b'], ['cbor', 'msgpack']],
    ['undefined as the topic', [32, 1, {}, NOTHING], ['cbor', 'msgpack']],
    ['undefined as args', [16, 1, {}, 'a.b', NOTHING], ['cbor', 'msgpack']],
    ['undefined as kwargs', [16, 1, {}, 'a.b', [], NOTHING], ['cbor', 'msgpack']],
    ['undefined as the realm', [1, NOTHING, { roles: { caller: {} } }], ['cbor', 'msgpack']],
    ['undefined roles', [1, 'r', { roles: NOTHING }], ['cbor', 'msgpack']],
    [
      'undefined as the authid of a hop',
      [16, 1, { forward_for: [{ session: 1, authid: NOTHING, authrole: 'r' }] }, 'a.b'],
      ['cbor', 'msgpack'],
    ],
  ])('%s', (_, list, formats) => {
    for (const id of formats) {
      expect(() => lenient.serializer(id).decode(wrongFrame(list, id)), id).toThrow(/^cannot decode /)
    }
  })

  test('an option that comes twice, once as undefined', () => {
    const pair = ['656d61746368f7', '656d61746368656578616374'] as const
    for (const options of [pair, pair.toReversed(), [pair[0], pair[0]]]) {
      const frame = Buffer.from(`84182001a2${options.join('')}63612e62`, 'hex')
      expect(() => lenient.serializer('cbor').decode(frame)).toThrow(/a duplicate key/)
    }
  })

  test('other extensions of MsgPack in options', () => {
    for (const ext of ['d40001', 'd40100', 'c7010000', 'd5000000', 'd4ff00']) {
      const frame = Buffer.from(`94200181a56d61746368${ext}a3612e62`, 'hex')
      expect(() => lenient.serializer('msgpack').decode(frame), ext).toThrow(
        /^cannot decode SUBSCRIBE from msgpack/,
      )
    }
  })
})

describe.each(['cbor', 'msgpack'] as const)('%s: undefined in a payload', (id) => {
  const frame = wrongFrame([16, 1, {}, 'a.b', [NOTHING, 1, [NOTHING]], { a: NOTHING, b: { c: NOTHING } }], id)

  test('is null, read as a whole, by views and by the payload codec', () => {
    for (const codec of [
      lenient,
      deferred,
      createCodec({ peers: 'lenient', tags: 'tagged' }),
      createCodec({ peers: 'lenient', maps: 'map', duplicateKeys: 'refuse' }),
    ]) {
      const publish = codec.serializer(id).decode(frame) as Publish
      expect(publish.args).toEqual([null, 1, [null]])
      const kwargs = publish.kwargs as unknown
      expect(kwargs instanceof Map ? kwargs.get('a') : (kwargs as { a: unknown }).a).toBe(null)
      const { payloadView } = codec.serializer(id).decode(frame) as Publish
      expect(payloadView.path('args', 0)?.kind).toBe('null')
      expect(payloadView.path('args', 1)?.toValue()).toBe(1)
      expect(payloadView.path('args', 2, 0)?.toValue()).toBe(null)
      expect(payloadView.path('kwargs', 'b', 'c')?.toValue()).toBe(null)
      const bytes = wrongFrame([NOTHING, { a: NOTHING }], id)
      codec.payload(id).validate(bytes)
      expect(codec.payload(id).view(bytes).at(0)?.toValue()).toBe(null)
    }
    expect(lenient.payload(id).decode(wrongFrame([NOTHING, { a: NOTHING }], id))).toEqual([null, { a: null }])
  })

  test('goes on untouched in its own format, as null in any other', () => {
    for (const codec of [lenient, deferred]) {
      const publish = codec.serializer(id).decode(frame) as Publish
      const event = EventMessage.from(publish, { subscription: 1, publication: 2 })
      const hex = Buffer.from(codec.serializer(id).encode(event)).toString('hex')
      expect(hex).toContain(id === 'cbor' ? '83f70181f7' : '93d400000191d40000')
      expect(codec.serializer('json').encodeText(event)).toBe(
        '[36,1,2,{},[null,1,[null]],{"a":null,"b":{"c":null}}]',
      )
      for (const to of ['json', 'msgpack', 'cbor', 'ubjson', 'flexbuffers'] as const) {
        if (to === id) continue
        const bytes = codec.transcode(wrongFrame([NOTHING, 1], id), { from: id, to })
        expect(strict.payload(to).decode(bytes)).toEqual([null, 1])
      }
    }
  })

  test('inside of FlatBuffers is null, too', () => {
    const flat = createCodec({ peers: 'lenient' }).serializer('flatbuffers', { payloadSerializer: id })
    const publish = lenient.serializer(id).decode(frame) as Publish
    expect((flat.decode(flat.encode(publish)) as Publish).args).toEqual([null, 1, [null]])
  })
})

test('a router sends on ids that came as floats as integers, whatever it derives', () => {
  for (const id of IDS) {
    const serializer = lenient.serializer(id)
    const hop = { session: WRONG_ID, authid: 'a', authrole: 'r' }
    const publish = serializer.decode(wrongFrame([16, 1, { forward_for: [hop] }, 'a.b', [1]], id)) as Publish
    const right = (more: object[]): object[] => [{ ...hop, session: ID }, ...more]
    const event = EventMessage.from(publish, { subscription: 1, publication: 2 })
    expect(serializer.encode(event)).toEqual(
      strict.serializer(id).encode(Message.parse([36, 1, 2, { forward_for: right([]) }, [1]])),
    )
    const next = { session: 2, authid: 'b', authrole: 'r' }
    expect(serializer.encode(publish.forward(next))).toEqual(
      strict.serializer(id).encode(Message.parse([16, 1, { forward_for: right([next]) }, 'a.b', [1]])),
    )
    const flat = lenient.serializer('flatbuffers')
    expect((flat.decode(flat.encode(event)) as EventMessage).forward_for).toEqual(right([]))
  }
})

test('INTERRUPT of a CANCEL with an empty mode has none', () => {
  const cancel = lenient.serializer('json').decode('[49,1,{"mode":""}]') as Cancel
  expect(Interrupt.from(cancel, { request: 2 }).marshal()).toEqual(Message.parse([69, 2, {}]).marshal())
})

test('the table of docs/peers.md lists every option that may be a float', () => {
  const text = readFileSync(new URL('../../docs/peers.md', import.meta.url), 'utf8')
  for (const key of [...ID_OPTIONS, 'forward_for']) expect(text).toContain(`\`${key}\``)
})

test('constructors and Message.parse are strict: leniency is for frames', () => {
  expect(() => Message.parse([49, 1, { mode: '' }])).toThrow(
    'expected skip, kill or killnowait for mode, got ""',
  )
  expect(() => new Hello({ roles: {} })).toThrow(TypeError)
})
