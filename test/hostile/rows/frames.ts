/** Rows A7, A10, A16, A17, F1 to F5, J2 and T3: whole frames and batches. */
import { createCodec, Publish } from '../../../src/index.ts'
import { frame, hex, join, LIST_FORMATS, type ListFormat, publish, RAW, repeat, uint, value } from '../raw.ts'
import { type BatchRow, type Expected, type FrameRow, inFormats } from '../row.ts'
import { BAD_UTF8 } from './texts.ts'

/** Frames as values: WAMP lists that are no messages. */
const SHAPES: readonly (readonly [name: string, content: unknown])[] = [
  ['null', null],
  ['5', 5],
  ['text', 'x'],
  ['{}', {}],
  ['[]', []],
  ['["x"]', ['x']],
  ['[null]', [null]],
  ['[[]]', [[]]],
  ['[-16]', [-16]],
  ['[1.5]', [1.5]],
  ['[999,1]', [999, 1]],
  ['[36]', [36]],
  ['[36,1,2]', [36, 1, 2]],
  ['a HELLO without details', [1, 'realm1']],
  ['too many elements', [16, 1, {}, 'a.b', [], {}, 1]],
  ['an id of -1', [16, -1, {}, 'a.b']],
  ['an id of 1.5', [16, 1.5, {}, 'a.b']],
  ['an id beyond 2^53', [16, 2 ** 53 + 2, {}, 'a.b']],
  ['an id beyond 2^63', [16, 2n ** 63n, {}, 'a.b']],
  ['an id that is text', [16, '1', {}, 'a.b']],
  ['options that are a list', [16, 1, [], 'a.b']],
  ['options that are null', [16, 1, null, 'a.b']],
  ['a topic that is a number', [16, 1, {}, 5]],
  ['args that are a map', [16, 1, {}, 'a.b', {}, {}]],
  ['kwargs that are a list', [16, 1, {}, 'a.b', [], []]],
  ['acknowledge that is text', [16, 1, { acknowledge: 'yes' }, 'a.b']],
  ['exclude that is a number', [16, 1, { exclude: 5 }, 'a.b']],
  ['forward_for of no hops', [16, 1, { forward_for: [1] }, 'a.b']],
]

const shapes = (format: ListFormat): FrameRow[] =>
  SHAPES.map(([name, content]) => ({
    id: 'A16',
    name,
    format,
    // What is no text is no URI.
    expected: name === 'a topic that is a number' ? ['BAD_URI'] : ['BAD_MESSAGE'],
    bytes: () => value(format, content),
  }))

const URIS: readonly (readonly [name: string, uri: string, expected: Expected])[] = [
  ['nothing', '', ['BAD_URI']],
  ['a dot at the end', 'a.b.', ['BAD_URI']],
  ['two dots', 'a..b', ['BAD_URI']],
  ['a space', 'a. b', ['BAD_URI']],
  ['a number sign', 'a.#b', ['BAD_URI']],
  ['composed', 'caf\u00e9.a', 'accept'],
  ['decomposed', 'cafe\u0301.a', 'accept'],
  ['64 KB', 'a'.repeat(65_536), 'accept'],
]

const uris = (format: ListFormat): FrameRow[] => [
  ...URIS.map(
    ([name, uri, expected]): FrameRow => ({
      id: 'A17',
      name: `a topic: ${name}`,
      format,
      expected,
      bytes: () => publish(format, [], undefined, RAW[format].text(uri)),
    }),
  ),
  ...BAD_UTF8.flatMap((bad) =>
    [0, 15, 16, 31, 64].map(
      (padding): FrameRow => ({
        id: 'A10',
        name: `a topic of ${padding} letters and ${bad}`,
        format,
        expected: ['BAD_UTF8'],
        bytes: () => publish(format, [], undefined, RAW[format].text(join(repeat('a', padding), hex(bad)))),
      }),
    ),
  ),
]

const envelopes = (format: ListFormat): FrameRow[] => {
  const { map, key, text } = RAW[format]
  const twice = map([key('x_a'), value(format, 1)], [key('x_a'), value(format, 2)])
  const known = map([key('acknowledge'), value(format, true)], [key('acknowledge'), value(format, false)])
  return [
    {
      id: 'A7',
      name: 'a known key twice',
      format,
      expected: ['DUPLICATE_KEY'],
      bytes: () => publish(format, [], known),
    },
    {
      id: 'A7',
      name: 'a custom key twice',
      format,
      expected: ['DUPLICATE_KEY'],
      bytes: () => publish(format, [], twice),
    },
    {
      id: 'A15',
      name: 'nothing',
      format,
      expected: ['TRUNCATED', 'BATCH_LENGTH'],
      bytes: () => new Uint8Array(0),
    },
    {
      id: 'A15',
      name: 'two messages',
      format,
      expected: ['TRAILING_BYTES'],
      bytes: () => join(publish(format), publish(format)),
    },
    {
      id: 'A16',
      name: 'args beside an opaque payload',
      format,
      expected: ['PAYLOAD_RULE', 'BAD_MESSAGE'],
      bytes: () =>
        frame(format, 16, value(format, 1), map(), text('a.b'), value(format, Uint8Array.of(1)), map()),
    },
    {
      id: 'C2',
      name: '20,000 custom keys',
      format,
      expected: ['SIZE_LIMIT'],
      bytes: () =>
        publish(
          format,
          [],
          map(...Array.from({ length: 20_000 }, (_, i) => [key(`x_${i}`), value(format, i)] as const)),
        ),
    },
  ]
}

/** PUBLISH as FlatBuffers, to be broken. */
const GOOD: Uint8Array = createCodec()
  .serializer('flatbuffers')
  .encode(
    new Publish({ request: 7, topic: 'com.example', args: [1, 'a'], exclude: [5, 6], exclude_authid: ['x'] }),
  )

const patched = (at: number, bytes: Uint8Array): Uint8Array => {
  const copy = new Uint8Array(GOOD)
  copy.set(bytes.subarray(0, copy.length - at), at)
  return copy
}

/** Every word of the frame made huge, negative and zero; test/conformance has the verdicts of each by name. */
const FLATBUFFERS: readonly FrameRow[] = [
  ...[0, 1, 4, 7, 8, 11].map(
    (length): FrameRow => ({
      id: 'F1',
      name: `${length} zeros`,
      format: 'flatbuffers',
      expected: length < 8 ? ['TRUNCATED'] : ['BAD_OFFSET'],
      bytes: () => new Uint8Array(length),
    }),
  ),
  ...Array.from({ length: GOOD.length >> 2 }, (_, i) => 4 * i).flatMap((at) =>
    ['ffffffff', '00000080', '00000000', 'f0ffff7f', '01000000'].map(
      (word): FrameRow => ({
        id: 'F2',
        name: `the word ${word} at ${at}`,
        format: 'flatbuffers',
        expected: 'either',
        bytes: () => patched(at, hex(word)),
      }),
    ),
  ),
  ...Array.from(
    { length: GOOD.length },
    (_, length): FrameRow => ({
      id: 'F1',
      name: `cut at ${length}`,
      format: 'flatbuffers',
      expected: 'either',
      bytes: () => GOOD.slice(0, length),
    }),
  ),
]

/** Frames of one message. */
export const FRAME_ROWS: readonly FrameRow[] = [
  ...inFormats((format) => [...shapes(format), ...uris(format), ...envelopes(format)]).flat(),
  ...FLATBUFFERS,
]

const BATCH = ['BATCH_LENGTH'] as const

function batches(format: ListFormat): BatchRow[] {
  const good = publish(format)
  const bad = value(format, null)
  const rows: (readonly [id: string, name: string, expected: Expected, bytes: () => Uint8Array])[] = [
    ['T3', 'nothing', BATCH, () => new Uint8Array(0)],
  ]
  if (format === 'json') {
    const inText = publish(format, [RAW.json.list(RAW.json.text(join('a', 0x18, 'b')))])
    rows.push(
      ['J2', 'a separator in text', ['BAD_TOKEN', 'TRUNCATED', 'BATCH_LENGTH'], () => join(inText, 0x18)],
      ['J2', 'no separator at the end', BATCH, () => join(good, 0x1e, good)],
      ['J2', 'an empty message', BATCH, () => join(good, [0x1e, 0x1e], good, 0x1e)],
      ['J2', 'a million empty messages', BATCH, () => repeat(0x18, 1e6)],
      ['J2', 'a wrong message in the middle', ['BAD_MESSAGE'], () => join(good, 0x1e, bad, 0x1e, good, 0x1e)],
    )
  } else {
    const prefixed = (bytes: Uint8Array, length: number = bytes.length): Uint8Array =>
      join(uint(length, 4), bytes)
    rows.push(
      ['T3', 'a length of zero', ['TRUNCATED'], () => join(prefixed(good), uint(0, 4))],
      [
        'T3',
        'a length one short',
        ['TRUNCATED', 'LENGTH_OVERRUN'],
        () => prefixed(good, good.length - 1).slice(0, -1),
      ],
      ['T3', 'a length one long', BATCH, () => prefixed(good, good.length + 1)],
      ['T3', 'a length of 2^32 - 1', BATCH, () => prefixed(good, 2 ** 32 - 1)],
      ['T3', 'a length cut off', BATCH, () => join(prefixed(good), [0, 0, 0])],
      ['T3', 'a message that is missing', BATCH, () => join(prefixed(good), uint(5, 4))],
      ['T3', '200,000 empty messages', ['TRUNCATED'], () => repeat(uint(0, 4), 200_000)],
      [
        'T3',
        'a wrong message among good ones',
        ['BAD_MESSAGE'],
        () => join(prefixed(good), prefixed(bad), prefixed(good)),
      ],
    )
  }
  return rows.map(([id, name, expected, bytes]) => ({ id, name, format, expected, bytes }))
}

/** Frames of several messages. */
export const BATCH_ROWS: readonly BatchRow[] = LIST_FORMATS.flatMap(batches)
