// biome-ignore-all lint/suspicious/noTemplateCurlyInString: `${` begins a structure of arrays.
/**
 * Tests of src/payload/ubjson/table.ts, and of column-major arrays: every way in gives the same plain data. The bytes
 * are examples of the specification, and what pybj and jsonlab write (ubjson/read.test.ts has pybj's own in bulk).
 */
import { describe, expect, test } from 'vitest'
import {
  type Codec,
  createCodec,
  type PayloadFormat,
  type PayloadView,
  Publish,
} from '../../../../src/index.ts'
import { DEFAULT_POLICY, type Policy } from '../../../../src/limits.ts'
import { decodeUbjson } from '../../../../src/payload/ubjson/read.ts'
import { decode, errorOf, unhex } from '../formats.ts'

/** Text is itself, `<..>` is hexadecimal. */
function ub(text: string): Uint8Array {
  const parts = text
    .split(/(<[^>]*>)/)
    .map((part) => (part.startsWith('<') ? unhex(part.slice(1, -1)) : Buffer.from(part)))
  return new Uint8Array(Buffer.concat(parts))
}

const f64 = (value: number): string => {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return `<${bytes.toString('hex')}>`
}

const SENSORS = [
  { id: 1, pos: { x: 1.5, y: 2.5 }, val: [0.1, 0.2, 0.3], on: true },
  { id: 2, pos: { x: 3.5, y: 4.5 }, val: [0.4, 0.5, 0.6], on: false },
]
const SENSOR_SCHEMA = '{U<02>idmU<03>pos{U<01>xDU<01>yD}U<03>val[DDD]U<02>onT}'
const SENSOR = ({ id, pos, val, on }: (typeof SENSORS)[number]): string =>
  `<0${id}000000>${[pos.x, pos.y, ...val].map(f64).join('')}${on ? 'T' : 'F'}`

const USERS = [
  { id: 1, status: 'active', name: 'Alice', code: 'U001' },
  { id: 2, status: 'pending', name: 'Bob', code: 'U2' },
  { id: 3, status: 'active', name: 'Dr. Christopher Williams', code: '' },
]
const USER_SCHEMA =
  '{U<02>idmU<06>status[$S#U<03>U<06>activeU<08>inactiveU<07>pendingU<04>name[$m]U<04>codeSU<04>}'
const USER_NAMES = '<00000000 05000000 08000000 20000000>AliceBobDr. Christopher Williams'

/** Name, bytes, value. */
const VALUES: readonly (readonly [name: string, bytes: string, value: unknown])[] = [
  [
    'the 2x3x4 array of the specification, by column',
    `[$U#[[$U#U<03 020304>]<010602080803090409050003060203010902000701020606>`,
    [
      [
        [1, 9, 6, 0],
        [2, 9, 3, 1],
        [8, 0, 9, 6],
      ],
      [
        [6, 4, 2, 7],
        [8, 5, 1, 2],
        [3, 3, 2, 6],
      ],
    ],
  ],
  [
    'a column-major array whose dimensions have their own types',
    '[$u#[[U<02>u<0300>]]<010002000300040005000600>',
    [
      [1, 3, 5],
      [2, 4, 6],
    ],
  ],
  [
    'a column-major array whose outer list is counted',
    '[$i#[#U<01>[U<02>U<02>]<01ff02fe>',
    [
      [1, 2],
      [-1, -2],
    ],
  ],
  ['a column-major array with no-ops around its dimensions', '[$U#[N[NU<02>NU<01>N]N]<0102>', [[1], [2]]],
  [
    'a column-major array of bytes',
    '[$B#[[U<02>U<02>]]<01020304>',
    [
      [1, 3],
      [2, 4],
    ],
  ],
  ['a column-major array of one dimension', '[$U#[[U<03>]]<010203>', [1, 2, 3]],
  ['a column-major array of one dimension of bytes', '[$B#[[U<03>]]<010203>', new Uint8Array([1, 2, 3])],
  ['a column-major array of no dimensions', '[$U#[[]]', []],
  ['a column-major array without elements', '[$U#[[U<02>U<00>U<03>]]', [[], []]],
  ['a column-major array without rows', '[$U#[[U<00>U<02>]]', []],
  [
    'a column-major array of values with types of their own',
    '[#[[U<02>U<02>]]T[]Z{U<01>aF}',
    [
      [true, null],
      [[], { a: false }],
    ],
  ],
  [
    'column-major arrays in a list and a map',
    '[[$U#[[U<01>U<02>]]<0102>{U<01>a[$U#[[U<02>U<01>]]<0304>}]',
    [[[1, 2]], { a: [[3], [4]] }],
  ],
  [
    'the sensors of the specification, record by record',
    `[$${SENSOR_SCHEMA}#U<02>${SENSORS.map(SENSOR).join('')}`,
    SENSORS,
  ],
  [
    'the sensors of the specification, field by field',
    `{$${SENSOR_SCHEMA}#U<02><01000000 02000000>${[1.5, 2.5, 3.5, 4.5, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map(f64).join('')}TF`,
    SENSORS,
  ],
  [
    'the users of the specification, record by record',
    `[$${USER_SCHEMA}#U<03><01000000 00 00000000>U001<02000000 02 01000000>U2<0000><03000000 00 02000000 00000000>${USER_NAMES}`,
    USERS,
  ],
  [
    'the users of the specification, field by field',
    `{$${USER_SCHEMA}#U<03><01000000 02000000 03000000 00 02 00 00000000 01000000 02000000>U001U2<0000 00000000>${USER_NAMES}`,
    USERS,
  ],
  [
    'every type of a fixed size',
    '[${U<01>aiU<01>bUU<01>cIU<01>duU<01>elU<01>fmU<01>gLU<01>hMU<01>ihU<01>jdU<01>kCU<01>lB}#U<01><ff ff ffff ffff ffffffff ffffffff ffffffffffffffff ffffffffffffffff 003e 0000c03f>z<fe>',
    [
      {
        a: -1,
        b: 255,
        c: -1,
        d: 65535,
        e: -1,
        f: 4294967295,
        g: -1,
        h: 18446744073709551615n,
        i: 1.5,
        j: 1.5,
        k: 'z',
        l: 254,
      },
    ],
  ],
  ['fields without bytes', '[${U<01>aZ}#U<02>', [{ a: null }, { a: null }]],
  ['no records', '{${U<01>aU}#U<00>', []],
  ['no records, but empty texts behind them', '[${U<01>a[$U]}#U<00><00>', []],
  [
    'high-precision numbers of a fixed size',
    '[${U<01>aHU<05>}#U<02>12345-1.5<00>',
    [{ a: 12345 }, { a: -1.5 }],
  ],
  [
    'a dictionary of high-precision numbers',
    '[${U<01>a[$H#U<02>U<14>18446744073709551615U<02>-1}#U<03><010001>',
    [{ a: -1 }, { a: 18446744073709551615n }, { a: -1 }],
  ],
  [
    'a fixed text of characters beyond ASCII, and NULs within',
    '[${U<01>aSU<05>}#U<02><c3a900c3a9>a<00>b<0000>',
    [{ a: 'é\0é' }, { a: 'a\0b' }],
  ],
  [
    'texts behind the payload, in a nested array, each with a table of its own',
    '[${U<01>a[[$U][$u]]}#U<02><00 0000 01 0100><00 01 03>abb<0000 0200 0200>cc',
    [{ a: ['a', 'cc'] }, { a: ['bb', ''] }],
  ],
  [
    'texts behind the payload that are named in another order',
    '[${U<01>a[$i]}#U<02><0100 000102>ab',
    [{ a: 'b' }, { a: 'a' }],
  ],
  [
    'a grid of records',
    '{${U<01>xUU<01>yU}#[U<02>U<03>]ABCDEFGHIJKL',
    [
      [
        { x: 65, y: 71 },
        { x: 66, y: 72 },
        { x: 67, y: 73 },
      ],
      [
        { x: 68, y: 74 },
        { x: 69, y: 75 },
        { x: 70, y: 76 },
      ],
    ],
  ],
  ['a grid of no records', '{${U<01>xU}#[$U#U<02 0200>', [[], []]],
  [
    'names that Object.prototype has, and one that comes twice',
    '[${U<09>__proto__UU<01>aUU<01>aU}#U<01><010203>',
    [JSON.parse('{"__proto__":1,"a":3}')],
  ],
  [
    'tables in a list and a map',
    '[[${U<01>aU}#U<01><01>{U<01>b{${U<01>cT}#U<02>TF}]',
    [[{ a: 1 }], { b: [{ c: true }, { c: false }] }],
  ],
]

const FORMATS = ['json', 'msgpack', 'cbor', 'ubjson', 'ubjson-draft12', 'flexbuffers'] as const
const codec = createCodec()
const ubjson = codec.payload('ubjson')

/** All that a view gives, asked for element by element. */
function viewed(view: PayloadView): unknown {
  if (view.kind === 'array') {
    const items = Array.from({ length: view.length }, (_, i) => viewed(view.at(i) as PayloadView))
    expect([...view].map(viewed)).toEqual(items)
    return items
  }
  if (view.kind !== 'map') return view.toValue()
  const map: Record<string, unknown> = {}
  for (const key of view.keys()) {
    Object.defineProperty(map, key, {
      value: viewed(view.get(key) as PayloadView),
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }
  return map
}

/** The value in another format, by way of the plain value. */
function encoded(value: unknown, to: PayloadFormat): Uint8Array {
  return codec.payload(to).encode(value)
}

describe.each(VALUES)('%s', (_, text, value) => {
  const bytes = ub(text)

  test('is read by the decoder, checked by the kernel and viewed as that plain data', () => {
    expect(decode('ubjson', bytes)).toEqual(value)
    ubjson.validate(bytes)
    expect(ubjson.decode(bytes)).toEqual(value)
    expect(viewed(ubjson.view(bytes))).toEqual(value)
    expect(ubjson.view(bytes).toValue()).toEqual(value)
    // Below a list and behind another value.
    const view = ubjson.view(join('[{U<01>a', bytes, '}T]'))
    expect(view.path(0, 'a')?.toValue()).toEqual(value)
    expect(view.at(1)?.toValue()).toBe(true)
  })

  test('goes into a message in every mode, and on to every serializer', () => {
    const frame = join('[U<10>U<01>{}SU<03>a.b[', bytes, ']]')
    for (const payloadValidation of ['eager', 'deferred'] as const) {
      const own = createCodec({ payloadValidation })
      const message = own.serializer('ubjson').decode(frame) as Publish
      const plain = new Publish({ request: 1, topic: 'a.b', args: [value] })
      for (const id of ['json', 'msgpack', 'cbor'] as const) {
        const other = own.serializer(id)
        expect((other.decode(other.encode(message)) as Publish).args).toEqual(
          (other.decode(other.encode(plain)) as Publish).args,
        )
      }
      expect(message.args).toEqual([value])
      expect(message.payloadView.path('args', 0)?.toValue()).toEqual(value)
    }
  })

  test.each(FORMATS)('becomes in %s what plain data becomes', (to) => {
    const made = codec.transcode(bytes, { from: 'ubjson', to })
    expect(codec.payload(to).decode(made)).toEqual(codec.payload(to).decode(encoded(value, to)))
  })

  test('is refused wherever it is cut off, by decoder and kernel alike', () => {
    for (let length = 0; length < bytes.length; length++) {
      const cut = bytes.subarray(0, length)
      const { code } = errorOf(() => decode('ubjson', cut))
      expect(['TRUNCATED', 'LENGTH_OVERRUN']).toContain(code)
      expect(errorOf(() => ubjson.validate(cut)).code).toBe(code)
    }
  })

  test('is refused by draft 12', () => {
    expect(errorOf(() => decode('ubjson-draft12', bytes)).code).toBe('BAD_TOKEN')
    expect(errorOf(() => codec.payload('ubjson-draft12').validate(bytes)).code).toBe('BAD_TOKEN')
  })
})

function join(before: string, bytes: Uint8Array, after: string): Uint8Array {
  return new Uint8Array(Buffer.concat([ub(before), bytes, ub(after)]))
}

test.each([
  [255, '<ff000000>', '<fe>'],
  [256, '<00010000>', '<ff00>'],
  [65_535, '<ffff0000>', '<feff>'],
  [65_536, '<00000100>', '<ffff0000>'],
])('a place in a list of %d texts has the fewest bytes that count them', (count, length, last) => {
  const letter = (i: number): string => String.fromCharCode(65 + (i % 26))
  const texts = Array.from({ length: count }, (_, i) => `U\x01${letter(i)}`).join('')
  const bytes = join(`[$\{U<01>a[$S#l${length}`, Buffer.from(texts), `}#U<01>${last}`)
  const value = [{ a: letter(count - 1) }]
  expect(decode('ubjson', bytes)).toEqual(value)
  expect(ubjson.decode(bytes)).toEqual(value)
  expect(viewed(ubjson.view(bytes))).toEqual(value)
  expect(codec.payload('cbor').decode(codec.transcode(bytes, { from: 'ubjson', to: 'cbor' }))).toEqual(value)
})

test('a list of numbers may be an empty table, whatever its head says of its texts', () => {
  for (const leaf of ['U', '[$U]', '[$S#U<01>U<01>x']) {
    // A column of offsets has one more than there are records.
    const offsets = leaf === '[$U]' ? '<00>' : ''
    const table = `[$\{U<01>a${leaf}}#U<00>${offsets}`
    const frame = ub(`[U<10>U<01>{U<07>exclude${table}}SU<03>a.b[${table}]]`)
    const message = codec.serializer('ubjson').decode(frame) as Publish
    expect([message.exclude, message.args]).toEqual([[], [[]]])
  }
})

/** Bytes, code, text of the decoder. */
const ERRORS: readonly (readonly [bytes: string, code: string, text: string])[] = [
  ['[${}#U<00>', 'KEY_TYPE', 'a key that is not a string (byte 3)'],
  ['[${U<01>a{}}#U<00>', 'KEY_TYPE', 'a key that is not a string (byte 7)'],
  ['[${U<01>a[]}#U<00>', 'BAD_TOKEN', 'unexpected ] (byte 7)'],
  ['[${U<01>aF}#U<00>', 'BAD_TOKEN', 'unexpected F (byte 6)'],
  ['[${U<01>a[$D]}#U<00>', 'BAD_TOKEN', 'unexpected D (byte 8)'],
  ['[${U<01>a[$U#}#U<00>', 'BAD_TOKEN', 'unexpected # (byte 9)'],
  ['[${U<01>a[$S]}#U<00>', 'BAD_TOKEN', 'unexpected ] (byte 9)'],
  ['[${U<01>aS}#U<00>', 'BAD_TOKEN', 'unexpected } (byte 7)'],
  ['[${U<01>aU}U<00>', 'BAD_TOKEN', 'unexpected U (byte 8)'],
  ['[${U<01>aU}#[[U<01>]]<01>', 'BAD_TOKEN', 'unexpected [ (byte 10)'],
  ['[${U<01>aU}#i<ff>', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 9)'],
  ['[${U<01>a[$S#U<40>}#U<01>', 'LENGTH_OVERRUN', 'a length runs past the end (byte 6)'],
  ['[${U<01>aU}#U<02><01>', 'LENGTH_OVERRUN', 'a length runs past the end (byte 0)'],
  ['[${U<01>aT}#U<02>TZ', 'BAD_TOKEN', 'unexpected Z (byte 12)'],
  ['[${U<01>aC}#U<01><80>', 'BAD_UTF8', 'the text is not UTF-8 (byte 11)'],
  ['[${U<01>aSU<02>}#U<01>a<ff>', 'BAD_UTF8', 'the text is not UTF-8 (byte 14)'],
  ['[${U<01>aHU<02>}#U<01><0000>', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 13)'],
  [
    '[${U<01>a[$S#U<01>U<01>x}#U<02><0001>',
    'BAD_NUMBER',
    'a number that is malformed or out of range (byte 20)',
  ],
  ['[${U<01>a[$U]}#U<01><00 0002>a', 'LENGTH_OVERRUN', 'a length runs past the end (byte 16)'],
  ['[${U<01>a[$U]}#U<01><00 0102>aa', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 15)'],
  ['[${U<01>a[$U]}#U<02><0001 000102><c3a9>', 'BAD_UTF8', 'the text is not UTF-8 (byte 19)'],
  ['[${U<01>a[$i]}#U<01><ff 0001>a', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 14)'],
  ['[${U<01>aZ}#M<ffffffffffffffff>', 'NODE_LIMIT', 'more than 4194304 values (byte 0)'],
  ['{${U<01>aU}#[M<0000000000000080>U<02>U<00>]', 'NODE_LIMIT', 'more than 4194304 values (byte 0)'],
]

describe.each(ERRORS)('%s', (text, code, reason) => {
  test(`is refused with ${code}: ${reason}`, () => {
    const bytes = ub(text)
    const offset = Number(/byte (\d+)\)$/.exec(reason)?.[1])
    expect(errorOf(() => decode('ubjson', bytes))).toMatchObject({
      code,
      format: 'ubjson',
      offset,
      message: `cannot decode a value from ubjson: ${reason}`,
    })
    expect(errorOf(() => ubjson.validate(bytes))).toMatchObject({ code, offset })
  })
})

describe('limits of tables', () => {
  const checks = (bytes: Uint8Array, options: Partial<Policy>): string[] => {
    const own: Codec = createCodec(options)
    const of = (read: () => unknown): string => {
      try {
        read()
        return 'accept'
      } catch (error) {
        return (error as { code: string }).code
      }
    }
    return [of(() => decode('ubjson', bytes, options)), of(() => own.payload('ubjson').validate(bytes))]
  }

  test.each([
    ['[${U<01>aU}#U<00>', 2],
    ['[${U<01>a[{U<01>bU}]}#U<00>', 4],
    ['{${U<01>aU}#[U<01>U<00>]', 3],
    ['[{${U<01>aU}#U<01><05>]', 3],
    ['[$U#[[U<01>U<00>U<01>]]', 3],
    ['[[#[[U<01>U<01>]][]]', 4],
  ])('%s has %i levels, whether there are elements or not', (text, maxDepth) => {
    expect(checks(ub(text), { maxDepth })).toEqual(['accept', 'accept'])
    expect(checks(ub(text), { maxDepth: maxDepth - 1 })).toEqual(['DEPTH_LIMIT', 'DEPTH_LIMIT'])
  })

  test('a record is as many values as it has members, and the rows of a column-major array count', () => {
    // The kernel counts keys as well.
    expect(checks(ub('[${U<01>aZ}#U<03>'), { maxNodes: 10 })).toEqual(['accept', 'accept'])
    expect(checks(ub('[${U<01>aZ}#U<03>'), { maxNodes: 6 })).toEqual(['NODE_LIMIT', 'NODE_LIMIT'])
    expect(checks(ub('[$U#[[U<03>U<00>]]'), { maxNodes: 4 })).toEqual(['accept', 'accept'])
    expect(checks(ub('[$U#[[U<03>U<00>]]'), { maxNodes: 3 })).toEqual(['NODE_LIMIT', 'NODE_LIMIT'])
    expect(checks(ub('[$U#[[U<02>U<02>]]<01020304>'), { maxNodes: 7 })).toEqual(['accept', 'accept'])
    expect(checks(ub('[$U#[[U<02>U<02>]]<01020304>'), { maxNodes: 6 })).toEqual(['NODE_LIMIT', 'NODE_LIMIT'])
  })

  test.each([
    ['a long key', (n: number) => join(`[$\{U<ff>${'k'.repeat(255)}U}#u<${le(n)}>`, new Uint8Array(n), '')],
    [
      'a long text of a dictionary',
      (n: number) => join(`[$\{U<01>a[$S#U<01>U<fe>${'k'.repeat(254)}}#u<${le(n)}>`, new Uint8Array(n), ''),
    ],
    [
      'a long text behind the payload',
      (n: number) =>
        join(
          `[$\{U<01>a[$u]}#u<${le(n)}>`,
          new Uint8Array(2 * n),
          `<0000 ${'e803 '.repeat(n)}>${'k'.repeat(1000)}`,
        ),
    ],
  ])('%s that very many records name is refused', (_, make) => {
    expect(checks(make(1000), {})).toEqual(['accept', 'accept'])
    expect(checks(make(20_000), {})).toEqual(['SIZE_LIMIT', 'SIZE_LIMIT'])
  })

  test('names of as many bytes as the limit allows are read, to the byte', () => {
    // 64 bytes of names for each of the 12 + 1344 + n bytes, and 1 MiB: 887 * 1344.
    const make = (n: number): Uint8Array =>
      join(`[$\{u<${le(1344)}>${'k'.repeat(1344)}U}#u<${le(n)}>`, new Uint8Array(n), '')
    expect(make(887)).toHaveLength(12 + 1344 + 887)
    expect(checks(make(887), {})).toEqual(['accept', 'accept'])
    expect(checks(make(888), {})).toEqual(['SIZE_LIMIT', 'SIZE_LIMIT'])
  })

  test('for another format all tables of a value together name no more, to the byte', () => {
    // 64 bytes of names for each of the 2 + 2 * 1356 + n bytes, and 1 MiB: less than 955 * 1344.
    const table = (n: number): Uint8Array =>
      join(`[$\{u<${le(1344)}>${'k'.repeat(1344)}U}#u<${le(n)}>`, new Uint8Array(n), '')
    const make = (n: number): Uint8Array => Uint8Array.from([0x5b, ...table(500), ...table(n - 500), 0x5d])
    const exact = (bytes: Uint8Array): unknown =>
      decodeUbjson(bytes, 0, bytes.length, { ...DEFAULT_POLICY, floats: 'exact' })
    expect(make(954)).toHaveLength(2 + 2 * 1356 + 954)
    expect(exact(make(954))).toHaveLength(2)
    expect(errorOf(() => exact(make(955)))).toMatchObject({ code: 'SIZE_LIMIT', offset: 1 + 1356 + 500 })
    expect(checks(make(955), {})).toEqual(['accept', 'accept'])
  })

  test('two names that are equal are refused where the policy says so', () => {
    const bytes = ub('[${U<01>aUU<01>aU}#U<01><0102>')
    expect(checks(bytes, { duplicateKeys: 'refuse' })[0]).toBe('DUPLICATE_KEY')
    expect(errorOf(() => createCodec({ duplicateKeys: 'refuse' }).payload('ubjson').decode(bytes)).code).toBe(
      'DUPLICATE_KEY',
    )
  })

  test('records are Maps and integers BigInts where the policy says so', () => {
    const bytes = ub('[${U<01>aUU<01>b{U<01>cT}}#U<01><07>T')
    expect(decode('ubjson', bytes, { maps: 'map', integers: 'bigint' })).toEqual([
      new Map<string, unknown>([
        ['a', 7n],
        ['b', new Map([['c', true]])],
      ]),
    ])
  })

  test('a table is args, even field by field, but neither kwargs nor a message nor an option', () => {
    const table = '{${U<01>aU}#U<02><0102>'
    const decodes = (text: string): unknown => codec.serializer('ubjson').decode(ub(text))
    expect((decodes(`[U<10>U<01>{}SU<03>a.b${table}]`) as Publish).args).toEqual([{ a: 1 }, { a: 2 }])
    expect(() => decodes(`[U<10>U<01>{}SU<03>a.b[]${table}]`)).toThrow(
      'expected a dictionary for kwargs, got an array',
    )
    expect(() => decodes(table)).toThrow('expected a known message code for type, got an array')
    expect(() => decodes(`[U<10>U<01>{U<07>exclude${table}}SU<03>a.b]`)).toThrow(
      'expected an integer for exclude[0], got a dictionary',
    )
    expect(() => decodes(`[U<10>U<01>${table}SU<03>a.b]`)).toThrow('expected a dictionary')
  })
})

/** Two bytes, little-endian. */
function le(n: number): string {
  return Buffer.from([n & 0xff, n >> 8]).toString('hex')
}
