/** Tests of src/payload/ubjson/read.ts. Oracles: the corpora ubjson, ubjson-draft12 and bjdata. */
import { describe, expect, test } from 'vitest'
import { ProtocolError } from '../../../../src/errors.ts'
import { DEFAULT_POLICY } from '../../../../src/limits.ts'
import { type NumpyArray, numpyValue } from '../../../support/numpy.ts'
import { createRandom } from '../../../support/random.ts'
import { hasShared } from '../../../support/shared.ts'
import {
  type CorpusEntry,
  corpus,
  DECODERS,
  decode,
  encode,
  entryBytes,
  errorOf,
  unescapeValue,
  unhex,
} from '../formats.ts'

type Format = 'ubjson' | 'ubjson-draft12'
const BOTH: readonly Format[] = ['ubjson', 'ubjson-draft12']

/** Text is itself, `<..>` is hexadecimal: `[$U#U<03 010203>`. */
function ub(text: string): Uint8Array {
  const parts = text
    .split(/(<[^>]*>)/)
    .map((part) => (part.startsWith('<') ? unhex(part.slice(1, -1)) : Buffer.from(part)))
  return new Uint8Array(Buffer.concat(parts))
}

/** Bytes, value in BJData, value in draft 12 (undefined: refused). */
const VALUES: [string, unknown, unknown][] = [
  ['i<80>', -128, -128],
  ['U<80>', 128, 128],
  ['I<0180>', -32_767, 384],
  ['u<0180>', 32_769, undefined],
  ['l<01000080>', -(2 ** 31) + 1, 16_777_344],
  ['m<01000080>', 2 ** 31 + 1, undefined],
  ['L<0000000000000020>', 2n ** 61n, 32],
  ['L<ffffffffffffffff>', -1, -1],
  ['M<0000000000002000>', 2 ** 53, undefined],
  ['M<0100000000002000>', 2n ** 53n + 1n, undefined],
  ['M<ffffffffffffffff>', 2n ** 64n - 1n, undefined],
  ['B<ff>', 255, undefined],
  ['h<003c>', 1, undefined],
  ['h<0100>', 2 ** -24, undefined],
  ['h<007c>', Number.POSITIVE_INFINITY, undefined],
  ['h<017c>', Number.NaN, undefined],
  ['d<0000803f>', 1, 4.600602988224807e-41],
  ['d<3f800000>', 4.600602988224807e-41, 1],
  ['D<000000000000f83f>', 1.5, 3.13984e-319],
  ['Ca', 'a', 'a'],
  ['SU<00>', '', ''],
  ['Si<02>é', 'é', 'é'],
  ['Sl<01000000>a', 'a', undefined],
  ['HU<01>1', 1, 1],
  ['HU<02>-0', -0, -0],
  ['HU<03>1.0', 1, 1],
  ['HU<04>1e-2', 0.01, 0.01],
  ['HU<10>9007199254740993', 2n ** 53n + 1n, 2n ** 53n + 1n],
  ['HU<06>1e-400', 0, 0],
  ['[NNU<01>NTN]', [1, true], [1, true]],
  ['{NU<01>aNZN}', { a: null }, { a: null }],
  ['NNZNN', null, null],
  ['[#U<02>TF', [true, false], [true, false]],
  ['{#U<02>U<01>aTNU<01>bNF', { a: true, b: false }, { a: true, b: false }],
  ['[$i#U<02 ff01>', [-1, 1], [-1, 1]],
  ['[$U#U<02 0102>', [1, 2], new Uint8Array([1, 2])],
  ['[$B#U<02 0102>', new Uint8Array([1, 2]), undefined],
  ['[$C#U<02>ab', ['a', 'b'], ['a', 'b']],
  ['[$I#U<02 01000001>', [1, 256], [256, 1]],
  ['{$U#U<02>U<01>a<01>U<01>b<02>', { a: 1, b: 2 }, { a: 1, b: 2 }],
  ['{$C#U<01>U<01>ab', { a: 'b' }, { a: 'b' }],
  ['[$Z#U<03>', undefined, [null, null, null]],
  ['[$T#U<02>', undefined, [true, true]],
  ['{$F#U<02>U<01>aU<01>b', undefined, { a: false, b: false }],
  ['[$S#U<02>U<01>aU<00>', undefined, ['a', '']],
  ['[$H#U<02>U<01>1U<03>2.5', undefined, [1, 2.5]],
  [
    '[$U#[U<02>U<03>]<010203040506>',
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    undefined,
  ],
  [
    '[$U#[$U#U<02 0302 010203040506>',
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    undefined,
  ],
  [
    '[$U#[#U<03>U<01>U<02>U<02><01020304>',
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
    undefined,
  ],
  ['[$U#[NU<02>N]<0102>', [1, 2], undefined],
  ['[$B#[U<02>]<0102>', new Uint8Array([1, 2]), undefined],
  ['[$B#[U<01>U<02>]<0102>', [[1, 2]], undefined],
  ['[$C#[U<02>U<01>]ab', [['a'], ['b']], undefined],
  ['[#[U<02>U<01>][T]Z', [[[true]], [null]], undefined],
  ['[$U#[]', [], undefined],
  ['[$U#[U<02>U<00>]', [[], []], undefined],
  ['[$U#[U<00>U<02>]', [], undefined],
  ['[[$U#[U<01>U<01>]<07>T]', [[[7]], true], undefined],
]

describe.each(BOTH)('%s', (format) => {
  test.each(VALUES)('reads %s', (bytes, bjdata, draft12) => {
    const expected = format === 'ubjson' ? bjdata : draft12
    if (expected !== undefined) expect(decode(format, ub(bytes))).toEqual(expected)
    else expect(errorOf(() => decode(format, ub(bytes)))).toBeInstanceOf(ProtocolError)
  })

  test.each(VALUES)('refuses every truncation of %s', (bytes) => {
    const whole = ub(bytes)
    for (let end = 0; end < whole.length; end++) {
      const cut = whole.subarray(0, end)
      try {
        decode(format, cut)
        // Only no-ops may be missing at the end.
        expect(whole[end]).toBe(0x4e)
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError)
        expect((error as ProtocolError).offset).toBeLessThanOrEqual(end)
      }
    }
  })
})

/** Bytes of BJData, code, text. */
const ERRORS: [string, string, string][] = [
  ['', 'TRUNCATED', 'the bytes end too early (byte 0)'],
  ['NNN', 'TRUNCATED', 'the bytes end too early (byte 3)'],
  ['ZZ', 'TRAILING_BYTES', 'more bytes follow (byte 1)'],
  ['A', 'BAD_TOKEN', 'unexpected A (byte 0)'],
  ['[<01>', 'BAD_TOKEN', 'unexpected byte 0x01 (byte 1)'],
  ['C<80>', 'BAD_UTF8', 'the text is not UTF-8 (byte 1)'],
  ['[$C#U<02>a<80>', 'BAD_UTF8', 'the text is not UTF-8 (byte 7)'],
  ['SU<02>a<80>', 'BAD_UTF8', 'the text is not UTF-8 (byte 4)'],
  ['Si<ff>', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 1)'],
  ['S1a', 'BAD_TOKEN', 'unexpected 1 (byte 1)'],
  ['SU<05>abc', 'LENGTH_OVERRUN', 'a length runs past the end (byte 3)'],
  ['SM<ffffffffffffffff>', 'LENGTH_OVERRUN', 'a length runs past the end (byte 10)'],
  ['{Si<01>aT}', 'KEY_TYPE', 'a key that is not a string (byte 1)'],
  ['{i<ff>', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 1)'],
  ['[#i<ff>', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 2)'],
  ['[$U]', 'BAD_TOKEN', 'unexpected ] (byte 3)'],
  ['[$U', 'TRUNCATED', 'the bytes end too early (byte 3)'],
  ['[$[#i<01>', 'BAD_TOKEN', 'unexpected [ (byte 2)'],
  ['[$N#i<02>', 'BAD_TOKEN', 'unexpected N (byte 2)'],
  ['[$Z#i<02>', 'BAD_TOKEN', 'unexpected Z (byte 2)'],
  ['[$S#i<02>', 'BAD_TOKEN', 'unexpected S (byte 2)'],
  ['{$U#[U<01>]', 'BAD_TOKEN', 'unexpected [ (byte 4)'],
  ['[#U<05>T', 'LENGTH_OVERRUN', 'a length runs past the end (byte 0)'],
  ['[$D#U<02 0102>', 'LENGTH_OVERRUN', 'a length runs past the end (byte 0)'],
  ['{#U<02>U<01>aT', 'LENGTH_OVERRUN', 'a length runs past the end (byte 0)'],
  ['[$U#[[[U<01>]]]', 'BAD_TOKEN', 'unexpected [ (byte 6)'],
  ['[$U#[[U<01>][U<01>]]', 'BAD_TOKEN', 'unexpected [ (byte 9)'],
  ['[$U#[[U<01>]', 'TRUNCATED', 'the bytes end too early (byte 9)'],
  ['[$U#[#U<02>[U<01>][U<01>]', 'BAD_TOKEN', 'unexpected [ (byte 8)'],
  ['[$U#[[U<02>U<03>]]<0102030405>', 'LENGTH_OVERRUN', 'a length runs past the end (byte 0)'],
  ['[$U#[[l<00000010>U<00>]]', 'NODE_LIMIT', 'more than 4194304 values (byte 0)'],
  ['[$U#[$d#U<01>', 'BAD_TOKEN', 'unexpected d (byte 6)'],
  ['[$U#[i<ff>]', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 5)'],
  ['[$U#[M<ffffffffffffffff>M<ffffffffffffffff>]', 'LENGTH_OVERRUN', 'a length runs past the end (byte 0)'],
  ['[$U#[l<00000010>U<00>]', 'NODE_LIMIT', 'more than 4194304 values (byte 0)'],
  ['HU<00>', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 1)'],
  ['HU<03>nan', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 1)'],
  ['HU<03>0x1', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 1)'],
  ['HU<02>01', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 1)'],
  ['HU<02>1.', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 1)'],
  ['HU<02>+1', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 1)'],
  ['HU<02>1<0a>', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 1)'],
  ['HU<05>1e309', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 1)'],
  [
    `Hu<a409>${'1'.repeat(2468)}`,
    'SIZE_LIMIT',
    'a big integer of more than 1024 bytes, too many keys, or too many offsets to one text (byte 1)',
  ],
  [
    `Hu<a609>-1.5${'1'.repeat(2466)}`,
    'SIZE_LIMIT',
    'a big integer of more than 1024 bytes, too many keys, or too many offsets to one text (byte 1)',
  ],
]

test.each(ERRORS)('%s is refused with %s: %s', (bytes, code, text) => {
  expect(errorOf(() => decode('ubjson', ub(bytes)))).toMatchObject({
    code,
    format: 'ubjson',
    offset: Number(/byte (\d+)\)$/.exec(text)?.[1]),
    message: `cannot decode a value from ubjson: ${text}`,
  })
})

describe('what has no bytes of its own', () => {
  test.each(['[$Z#l<7fffffff>', '[$T#L<7fffffffffffffff>', '[[$F#l<00400000>[$F#l<00400000>]'])(
    '%s is refused with NODE_LIMIT',
    (bytes) => {
      expect(errorOf(() => decode('ubjson-draft12', ub(bytes))).code).toBe('NODE_LIMIT')
    },
  )

  test('may be as much as the budget allows', () => {
    expect(decode('ubjson-draft12', ub('[$Z#U<03>'), { maxNodes: 4 })).toEqual([null, null, null])
    expect(errorOf(() => decode('ubjson-draft12', ub('[$Z#U<04>'), { maxNodes: 4 })).code).toBe('NODE_LIMIT')
    expect(decode('ubjson', ub('[$U#[U<02>U<00>]'), { maxNodes: 3 })).toEqual([[], []])
    expect(errorOf(() => decode('ubjson', ub('[$U#[U<02>U<00>]'), { maxNodes: 2 })).code).toBe('NODE_LIMIT')
  })
})

test('every dimension is a level', () => {
  expect(decode('ubjson', ub('[$U#[U<01>U<01>]<05>'), { maxDepth: 2 })).toEqual([[5]])
  for (const bytes of ['[$U#[U<01>U<01>]<05>', '[$U#[U<00>U<01>]', '[#[U<01>U<01>]T']) {
    expect(errorOf(() => decode('ubjson', ub(bytes), { maxDepth: 1 })).code).toBe('DEPTH_LIMIT')
  }
  const many = `[$U#[#U<81>${'U<01>'.repeat(129)}<05>`
  expect(errorOf(() => decode('ubjson', ub(many))).code).toBe('DEPTH_LIMIT')
})

test.each(BOTH)('in %s a value without a head is read by the type that its container has', (format) => {
  const read = DECODERS[format]
  const rules = DEFAULT_POLICY
  expect(read(unhex('05'), 0, 1, rules, 0x55)).toBe(5)
  expect(read(unhex(''), 0, 0, rules, 0x54)).toBe(true)
  expect(read(ub('U<02>ab'), 0, 4, rules, 0x53)).toBe('ab')
  expect(errorOf(() => read(unhex('0506'), 0, 2, rules, 0x55)).code).toBe('TRAILING_BYTES')
  expect(errorOf(() => read(unhex('05'), 0, 1, rules, 0x01)).code).toBe('BAD_TOKEN')
})

/** Where the corpora and we differ, by decision (docs/serializers.md). */
const REFUSED: Readonly<Record<string, string>> = {
  'unit-ubjson/L1358-5b245b236901-19': 'a container of containers',
  'py/011': 'a container of containers',
  'unit-ubjson/L1780-5b244e236902-6': 'a container of no-ops',
  'unit-ubjson/L2383-5b244e234902-7': 'a container of no-ops',
  'py/041': 'a number beyond a double',
  'py/085': 'a number beyond a double',
}

/** What a reference of an older draft refuses. */
const READ: Readonly<Record<string, unknown>> = {
  // A column-major array of one dimension.
  'unit-bjdata/L2921-5b2469235b5b-11': [1],
}

describe.each([
  ['ubjson', 'ubjson-draft12'],
  ['ubjson-draft12', 'ubjson-draft12'],
  ['bjdata', 'ubjson'],
] as const)('the corpus %s', (name, format) => {
  const entries = corpus(name) ?? []

  test.skipIf(entries.length === 0)('has for each entry the verdict and value of the references', () => {
    const refused = new Set<string>()
    for (const entry of entries) {
      if (entry.expect === 'either') continue
      const bytes = entryBytes(name, entry)
      if (entry.id in READ) {
        expect(decode(format, bytes), entry.id).toEqual(READ[entry.id])
        continue
      }
      if (entry.expect === 'reject') {
        expect(
          errorOf(() => decode(format, bytes)),
          entry.id,
        ).toBeInstanceOf(ProtocolError)
        continue
      }
      try {
        expect(valuesOf(entry), entry.id).toContain(comparable(decode(format, bytes)))
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error
        refused.add(entry.id)
      }
    }
    expect([...refused].filter((id) => !(id in REFUSED))).toEqual([])
  })

  // `[$Z#` amplifies; what pybj has written of numpy's structured arrays is below.
  const textOf = (entry: CorpusEntry): string => Buffer.from(entryBytes(name, entry)).toString('latin1')
  const open = entries.filter((it) => it.expect === 'either' && !/^[[{]\$\{/.test(textOf(it)))
  if (open.length > 0)
    test('leaves open what the references disagree about; we decide', () => {
      for (const entry of open) {
        const text = textOf(entry)
        const read = (): unknown => decode(format, entryBytes(name, entry))
        // Bytes, a no-op before a key, and bytes inside of other values.
        const isRead =
          text.startsWith('[$B#') || text.startsWith('{#U\u0001NU') || text.includes('bytes_array')
        if (isRead) expect(valuesOf(entry), entry.id).toContain(comparable(read()))
        else expect(errorOf(read), entry.id).toBeInstanceOf(ProtocolError)
      }
    })
})

describe('what pybj writes of structured arrays of numpy', () => {
  const entries = (corpus('bjdata') ?? []).filter((it) => it.expect === 'either')
  const tables = entries.flatMap(({ id, hex, value }) => {
    const { $ndarray: array } = (value ?? {}) as { $ndarray?: NumpyArray }
    return array !== undefined && array.hex !== null ? [[id, hex as string, array] as const] : []
  })

  test.skipIf(!hasShared('corpora'))('is 79 entries of the corpus', () => {
    expect(tables.length).toBe(79)
  })

  test.skipIf(tables.length === 0).each(tables)('%s is an array of records', (_, hex, array) => {
    const exact = (value: unknown): string =>
      JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? Number(item) : item))
    expect(exact(decode('ubjson', unhex(hex)))).toBe(exact(numpyValue(array)))
  })
})

/** The values of an entry, as text: all numbers as doubles, as the references have them, n dimensions flat. */
function valuesOf({ value, alt_value }: CorpusEntry): string[] {
  return [value, alt_value]
    .filter((it) => it !== undefined)
    .map((it) => comparable(unescapeValue(flattened(it))))
}

/** What nlohmann makes of n dimensions is one list and its shape; ours is flattened to compare. */
function flattened(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(flattened)
  const { _ArrayData_: data, _ArrayType_: type } = value as { _ArrayData_?: unknown[]; _ArrayType_?: string }
  if ('$decimal' in value) return Number(value.$decimal)
  if (data !== undefined)
    return type === 'char' ? data.map((code) => String.fromCharCode(code as number)) : data
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, flattened(item)]))
}

function comparable(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (item instanceof Uint8Array) return [...item]
    if (Array.isArray(item) && item.every(Array.isArray)) return item.flat()
    if (typeof item === 'bigint' || typeof item === 'number') return String(Number(item))
    if (typeof item === 'object' && item !== null && !Array.isArray(item)) {
      return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
    }
    return item
  })
}

test('a draft 12 session refuses BJData, and a BJData session the reverse, where the bytes tell', () => {
  const random = createRandom(12)
  let refused = 0
  for (let i = 0; i < 200; i++) {
    const value = [random.int(256, 2 ** 31), random.value(2)]
    try {
      decode('ubjson-draft12', encode('ubjson', value))
    } catch (error) {
      expect(error).toBeInstanceOf(ProtocolError)
      refused++
    }
  }
  // u, m and M are no markers of draft 12. The reverse often reads byte-swapped: that is why nobody guesses.
  expect(refused).toBe(200)
})
