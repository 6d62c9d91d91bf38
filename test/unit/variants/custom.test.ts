/**
 * Tests of src/variants/custom.ts: codecs of the formats and tools that are named, and what is said where one is not.
 */
import { describe, expect, test } from 'vitest'
import { createCodec as createCore } from '../../../src/core.ts'
import { createCodec, loadCodec, Message, Publish } from '../../../src/custom.ts'
import { createCodec as createOnFull } from '../../../src/custom-full.ts'
import { cbor } from '../../../src/formats/cbor.ts'
import { flatbuffers } from '../../../src/formats/flatbuffers.ts'
import { flexbuffers } from '../../../src/formats/flexbuffers.ts'
import type { CodecFormat } from '../../../src/formats/format.ts'
import { FULL_FORMATS } from '../../../src/formats/full.ts'
import { json } from '../../../src/formats/json.ts'
import { msgpack } from '../../../src/formats/msgpack.ts'
import { ubjson } from '../../../src/formats/ubjson.ts'
import { FanOut } from '../../../src/router/fan-out.ts'
import { ALL_TOOLS } from '../../../src/tools/all.ts'
import { dissect } from '../../../src/tools/dissect.ts'
import { fastValues } from '../../../src/tools/fast-values.ts'
import { lists } from '../../../src/tools/lists.ts'
import { losses } from '../../../src/tools/losses.ts'
import { payloads } from '../../../src/tools/payloads.ts'
import { statistics } from '../../../src/tools/statistics.ts'
import type { Tool } from '../../../src/tools/tool.ts'
import { transcode } from '../../../src/tools/transcode.ts'
import { transfer } from '../../../src/tools/transfer.ts'
import { views } from '../../../src/tools/views.ts'

type AnyCodec = ReturnType<typeof createCore>

/** A codec whose type has every method, whatever it was made with. */
const codecOf = (formats: readonly CodecFormat[], tools: readonly Tool[]): AnyCodec =>
  createCodec({ formats, tools }) as unknown as AnyCodec

const MESSAGE = new Publish({
  request: 2 ** 40,
  topic: 'com.myapp.hello',
  acknowledge: true,
  args: ['hé', 1.5, new Uint8Array([1, 2]), [{ a: 1 }, { a: 2 }]],
  kwargs: { list: [true, null], text: 'x'.repeat(400) },
})

const LIST_FORMATS = [json, msgpack, cbor, ubjson, flatbuffers] as const

describe('a codec of one format', () => {
  test.each(LIST_FORMATS)('$name reads what it writes, with no tool and with all of them', (format) => {
    const [id] = format.serializers
    const frames = [[], ALL_TOOLS].map((tools) => {
      const serializer = createCodec({ formats: [format], tools }).serializer(id as 'json')
      const frame = serializer.encode(MESSAGE)
      expect(serializer.decode(frame).equals(MESSAGE)).toBe(true)
      return Buffer.from(frame).toString('hex')
    })
    expect(frames[0]).toBe(frames[1])
  })

  test.each(LIST_FORMATS)('$name knows no other', (format) => {
    const codec = codecOf([format], ALL_TOOLS)
    const others = LIST_FORMATS.filter((other) => other !== format)
    for (const { name } of others) {
      expect(() => codec.serializer(name as 'json')).toThrow(
        new RangeError(`unknown serializer "${name}"; known are ${format.name}`),
      )
    }
  })

  test('flexbuffers has payloads and no serializer', () => {
    const codec = createCodec({ formats: [flexbuffers], tools: [payloads] })
    const payload = codec.payload('flexbuffers')
    expect(payload.decode(payload.encode({ a: [1, 'b'] }))).toEqual({ a: [1, 'b'] })
    expect(() => codec.serializer('flexbuffers' as never)).toThrow(
      new RangeError('unknown serializer "flexbuffers"; known are '),
    )
  })

  test('flatbuffers brings CBOR for args and kwargs, and no serializer of it', () => {
    const codec = createCodec({ formats: [flatbuffers], tools: [payloads] })
    expect(codec.serializer('flatbuffers').format).toBe('cbor')
    expect(codec.payload('cbor').decode(new Uint8Array([0x81, 1]))).toEqual([1])
    expect(() => codec.serializer('cbor' as never)).toThrow(
      'unknown serializer "cbor"; known are flatbuffers',
    )
  })
})

test('formats may come in any order and twice; CBOR is there once beside FlatBuffers', () => {
  const codec = codecOf([flatbuffers, cbor, json, json], [payloads])
  expect(() => codec.payload('ubjson' as never)).toThrow(
    'unknown payload serializer "ubjson"; known are cbor, json',
  )
})

describe('the kernel', () => {
  const scan = (formats: readonly CodecFormat[], create: typeof createCodec): boolean =>
    // The full kernel alone transcodes.
    FULL_FORMATS.length > 0 && isFull(create({ formats, tools: [] }) as unknown as AnyCodec)
  const isFull = (codec: AnyCodec): boolean => codec.serializer('cbor')._receiver.kernel.isFull

  test.each([
    ['json, msgpack and cbor', [json, msgpack, cbor], false],
    ['cbor and flexbuffers', [cbor, flexbuffers], true],
    ['cbor and ubjson', [cbor, ubjson], true],
    ['cbor and flatbuffers', [cbor, flatbuffers], true],
  ] as const)('of wamp-codec/custom with %s is full: %s', (_, formats, expected) => {
    expect(scan(formats, createCodec)).toBe(expected)
  })

  test('of wamp-codec/custom-full is always full', () => {
    expect(scan([cbor], createOnFull as typeof createCodec)).toBe(true)
  })
})

/** What each tool is for: the error without it, and what it gives. */
const frame = createCore().serializer('cbor').encode(MESSAGE)
const decoded = (codec: AnyCodec): Publish => codec.serializer('cbor').decode(frame) as Publish
const cborToJson = { from: 'cbor', to: 'json' } as const
const TASKS: readonly [
  task: string,
  tool: Tool,
  needs: readonly Tool[],
  use: (codec: AnyCodec) => unknown,
][] = [
  ['codec.trace', dissect, [], (codec) => codec.trace(frame, codec.serializer('cbor'))],
  ['codec.lists', lists, [], (codec) => codec.lists('cbor').decode(frame)],
  ['codec.lossReport', losses, [], (codec) => codec.lossReport(MESSAGE, codec.serializer('json'))],
  ['codec.payload', payloads, [], (codec) => codec.payload('cbor').decode(new Uint8Array([0xf6]))],
  ['codec.decodePayload', payloads, [], (codec) => codec.decodePayload(decoded(codec))],
  ['codec.stats', statistics, [], (codec) => codec.stats().in.messages],
  ['codec.setStatsAutoReset', statistics, [], (codec) => codec.setStatsAutoReset(null)],
  ['codec.transcode', transcode, [], (codec) => codec.transcode(new Uint8Array([1]), cborToJson)],
  [
    'codec.transcode with onLoss or losses',
    losses,
    [transcode],
    (codec) => codec.transcode(new Uint8Array([1]), { ...cborToJson, onLoss: 'throw' }),
  ],
  [
    'codec.transcodeMessage',
    transcode,
    [],
    (codec) =>
      codec.transcodeMessage(frame, { from: codec.serializer('cbor'), to: codec.serializer('json') }),
  ],
  [
    'codec.transcode with onLoss or losses',
    losses,
    [transcode],
    (codec) => {
      const [from, to] = [codec.serializer('cbor'), codec.serializer('json')]
      return codec.transcodeMessage(frame, { from, to, losses: [] })
    },
  ],
  [
    'codec.fromTransferable',
    transfer,
    [],
    (codec) =>
      codec.fromTransferable(createCore().serializer('cbor').decode(frame).toTransferable()).marshal(),
  ],
  ['message.payloadView', views, [], (codec) => decoded(codec).payloadView.path('args', 0)?.toValue()],
  [
    'payload.view',
    views,
    [payloads],
    (codec) =>
      codec
        .payload('cbor')
        .view(new Uint8Array([1]))
        .toValue(),
  ],
]

describe.each(TASKS)('%s', (task, tool, needs, use) => {
  const formats = [json, msgpack, cbor]
  test('throws a TypeError that names the import without its tool, whatever else there is', () => {
    const { name } = tool
    const others = ALL_TOOLS.filter((other) => other !== tool)
    const text = `${task} needs a tool: createCodec({ tools: [${name}] }), with ${name} from 'wamp-codec/tools/${name}'`
    for (const tools of [needs, others]) {
      expect(() => use(codecOf(formats, tools))).toThrow(new TypeError(text))
    }
  })

  test('gives with its tool what it gives in wamp-codec/core', () => {
    expect(use(codecOf(formats, [tool, ...needs]))).toEqual(use(createCore()))
  })
})

test.each([json, msgpack, cbor])(
  '$name is read alike with fastValues and without, at every size',
  ({ name }) => {
    const source = createCore().serializer(name as 'json')
    for (const size of [1, 40, 2000]) {
      const list = Array.from({ length: size }, (_, i) => ({ id: i, text: 'é'.repeat(i % 3), half: i / 2 }))
      const bytes = source.encode(new Publish({ request: 1, topic: 'a.b', exclude: [1, 2], args: list }))
      const [slow, fast] = [[], [fastValues]].map((tools) => {
        const publish = codecOf([json, msgpack, cbor], tools)
          .serializer(name as 'json')
          .decode(bytes) as Publish
        return [publish.exclude, publish.args]
      })
      expect(slow).toEqual([[1, 2], list])
      expect(fast).toEqual(slow)
    }
  },
)

test('a message that the application has built has views without the tool', () => {
  expect(MESSAGE.payloadView.path('args', 1)?.toValue()).toBe(1.5)
})

test('Message of wamp-codec/custom parses every message', () => {
  expect(Message.parse([1, 'realm1', { roles: { caller: {} } }]).marshal()).toEqual([
    1,
    'realm1',
    { roles: { caller: {} } },
  ])
})

test('a fan-out counts in a codec without statistics, and writes what the serializer writes', () => {
  const codec = createCodec({ formats: [cbor] })
  const serializer = codec.serializer('cbor')
  const publish = serializer.decode(frame) as Publish
  const fanOut = new FanOut(codec, publish, { publication: 9 })
  const bytes = fanOut.bytes(serializer, { subscription: 7 })
  expect(serializer.decode(bytes).marshal().slice(0, 3)).toEqual([36, 7, 9])
})

describe('wrong arguments', () => {
  const given = (options: unknown) => () => createCodec(options as { formats: [typeof cbor] })
  const FORMATS = 'createCodec: formats: expected a list of imports from wamp-codec/formats/..., got '
  const FORMAT = "createCodec: a format: expected an import such as json of 'wamp-codec/formats/json', got "
  const TOOL = "createCodec: a tool: expected an import such as views of 'wamp-codec/tools/views', got "
  test.each([
    ['no options', undefined, 'createCodec: expected an object with formats, got undefined'],
    ['no formats', {}, `${FORMATS}undefined`],
    ['an empty list of formats', { formats: [] }, `${FORMATS}an array`],
    ['one format without its list', { formats: cbor }, `${FORMATS}a dictionary`],
    ['the name of a format', { formats: ['cbor'] }, `${FORMAT}"cbor"`],
    ['a tool as a format', { formats: [views] }, `${FORMAT}a dictionary`],
    [
      'one tool without its list',
      { formats: [cbor], tools: views },
      'createCodec: tools: expected a list of imports from wamp-codec/tools/..., got a dictionary',
    ],
    ['the name of a tool', { formats: [cbor], tools: ['views'] }, `${TOOL}"views"`],
    ['a format as a tool', { formats: [cbor], tools: [cbor] }, `${TOOL}a dictionary`],
  ])('%s are refused', (_, options, text) => {
    expect(given(options)).toThrow(new TypeError(text))
  })

  test('of the other options are refused as in wamp-codec', () => {
    expect(given({ formats: [cbor], maxdepth: 3 })).toThrow(
      'createCodec: unknown option maxdepth; known are ',
    )
    expect(given({ formats: [cbor], maxDepth: 0 })).toThrow(RangeError)
  })

  test('of loadCodec reject', async () => {
    await expect(loadCodec({ formats: [] })).rejects.toThrow(
      new TypeError(
        'loadCodec: formats: expected a list of imports from wamp-codec/formats/..., got an array',
      ),
    )
  })

  test('formats and tools are no options of the other entries', () => {
    expect(() => createCore({ formats: [cbor] } as never)).toThrow('createCodec: unknown option formats')
  })
})

test('loadCodec gives what createCodec gives', async () => {
  const codec = await loadCodec({ formats: [msgpack], tools: [statistics] })
  expect(
    codec.serializer('msgpack').decode(codec.serializer('msgpack').encode(MESSAGE)).equals(MESSAGE),
  ).toBe(true)
  expect(codec.stats().in.messages).toBe(1)
})
