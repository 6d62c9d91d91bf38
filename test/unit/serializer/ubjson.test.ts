/**
 * Tests of the heads in src/payload/ubjson/write.ts, and of UBJSON frames as a whole: options and lists in every
 * container.
 */
import { describe, expect, test } from 'vitest'
import {
  type Codec,
  createCodec,
  EventMessage,
  type Message,
  ProtocolError,
  Publish,
  Published,
  type Serializer,
} from '../../../src/index.ts'

const codec = createCodec()
const BOTH = ['bjdata', 'draft12'] as const
type Dialect = (typeof BOTH)[number]

function serializer(ubjsonDialect: Dialect, of: Codec = codec): Serializer {
  return of.serializer('ubjson', { ubjsonDialect })
}

/** Text is itself, `<..>` is hexadecimal. */
function ub(text: string): Uint8Array {
  const parts = text
    .split(/(<[^>]*>)/)
    .map((part) =>
      part.startsWith('<') ? Buffer.from(part.slice(1, -1).replaceAll(' ', ''), 'hex') : Buffer.from(part),
    )
  return new Uint8Array(Buffer.concat(parts))
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

describe('the serializers', () => {
  test('know what transports need', () => {
    expect(codec.serializer('ubjson')).toMatchObject({
      id: 'ubjson',
      subprotocol: 'wamp.2.ubjson',
      rawSocketId: 4,
      mimeType: 'application/ubjson',
      isBinary: true,
      isBatched: false,
      format: 'ubjson',
    })
    expect(codec.serializer('ubjson.batched', { ubjsonDialect: 'draft12' })).toMatchObject({
      id: 'ubjson.batched',
      subprotocol: 'wamp.2.ubjson.batched',
      rawSocketId: 4,
      isBatched: true,
      format: 'ubjson-draft12',
    })
  })

  test('are one for each dialect, and no others', () => {
    expect(serializer('draft12')).toBe(serializer('draft12'))
    expect(serializer('draft12')).not.toBe(codec.serializer('ubjson'))
    expect(() => codec.serializer('ubjson', { ubjsonDialect: 'draft9' as 'draft12' })).toThrow(
      new RangeError('ubjsonDialect is bjdata or draft12, got "draft9"'),
    )
    expect(() => codec.serializer('ubjson-draft12' as 'ubjson')).toThrow(RangeError)
  })

  test('refuse text: the format is binary', () => {
    expect(() => codec.serializer('ubjson').decode('[U')).toThrow(ProtocolError)
  })
})

test.each([
  ['bjdata', '[U<10>m<00000100>{U<0b>acknowledgeTU<07>excludeSU<02>-1}SU<03>a.b[$B#U<00>]'],
  ['draft12', '[U<10>l<00010000>{U<0b>acknowledgeTU<07>excludeSU<02>-1}SU<03>a.b[$U#U<00>]'],
] as const)('an error in %s names field and byte', (dialect, frame) => {
  expect(() => serializer(dialect).decode(ub(frame))).toThrow(
    `cannot decode PUBLISH from ${dialect === 'bjdata' ? 'ubjson' : 'ubjson-draft12'}: ` +
      'expected a list of integers for exclude, got "-1" (byte 32)',
  )
})

test.each([
  ['bjdata', '[U<10>m<00000100>{U<0b>acknowledgeT}SU<03>a.b[Ca]{U<01>kI<00ff>}]'],
  ['draft12', '[U<10>l<00010000>{U<0b>acknowledgeT}SU<03>a.b[Ca]{U<01>kI<ff00>}]'],
] as const)('a message in %s is written as the reference peer writes it', (dialect, bytes) => {
  const message = new Publish({
    request: 65_536,
    acknowledge: true,
    topic: 'a.b',
    args: ['a'],
    kwargs: { k: -256 },
  })
  expect(hex(serializer(dialect).encode(message))).toBe(hex(ub(bytes)))
  const topicOfOne = serializer(dialect).encode(new Publish({ request: 1, topic: 'a' }))
  expect(hex(topicOfOne)).toBe(hex(ub('[U<10>U<01>{}Ca]')))
})

/** One PUBLISH in unusual containers, which both dialects have. */
const PUBLISHES: readonly string[] = [
  '[U<10>U<07>{U<0b>acknowledgeTU<07>exclude[U<01>U<02>]}SU<03>a.b[U<05>]]',
  '[#U<05>U<10>U<07>{#U<02>U<0b>acknowledgeTU<07>exclude[#U<02>U<01>U<02>SU<03>a.b[#U<01>U<05>',
  '[U<10>U<07>{#U<02>U<0b>acknowledgeTU<07>exclude[$i#U<02 0102>SU<03>a.b[$i#U<01 05>]',
  'N[NU<10>NU<07>N{NU<0b>acknowledgeNTU<07>exclude[NU<01>NNU<02>N]N}NSU<03>a.bN[NU<05>N]N]N',
  '[#U<05>NU<10>NU<07>N{#U<02>NU<0b>acknowledgeNTNU<07>excludeN[#U<02>NU<01>NU<02>NSU<03>a.bN[#U<01>NU<05>',
]

describe.each(BOTH)('in %s', (dialect) => {
  test.each(PUBLISHES)('%s is the PUBLISH that it is in plain containers', (frame) => {
    const message = serializer(dialect).decode(ub(frame)) as Publish
    expect(message.marshal()).toEqual([16, 7, { acknowledge: true, exclude: [1, 2] }, 'a.b', [5]])
    for (const payloadValidation of ['eager', 'deferred'] as const) {
      const other = createCodec({ payloadValidation })
      const again = serializer(dialect, other).decode(ub(frame)) as Publish
      const event = EventMessage.from(again, { subscription: 1, publication: 2 })
      expect(serializer(dialect).decode(serializer(dialect).encode(event)).marshal()).toEqual([
        36,
        1,
        2,
        {},
        [5],
      ])
    }
  })

  test.each(PUBLISHES)('every truncation of %s is refused', (frame) => {
    const bytes = ub(frame)
    // No-ops at the end are not missed.
    const last = bytes.length - (frame.endsWith('N') ? 1 : 0)
    for (let end = 0; end < last; end++) {
      expect(() => serializer(dialect).decode(bytes.subarray(0, end))).toThrow(ProtocolError)
    }
  })

  test('a typed list is a message of ids', () => {
    const read = (frame: string): Message => serializer(dialect).decode(ub(frame))
    expect(read('[$i#U<03 110708>')).toBeInstanceOf(Published)
    expect(read('[$i#U<03 110708>').marshal()).toEqual([17, 7, 8])
    expect(() => read('[$i#U<04 11070809>')).toThrow('expected a list of 3 elements')
    expect(() => read('[$i#U<02 1107>')).toThrow('expected a list of 3 elements')
    expect(() => read('[$i#U<03 1107ff>')).toThrow(
      'expected an id (0 to 2^53) for publication, got a negative integer',
    )
    expect(() => read('[$d#U<00>')).toThrow('expected a known message code for type, got nothing')
  })

  test('typed options are read, changed, transferred and written again', () => {
    // EVENT with publisher and an unknown key, all of 8 bits.
    const frame = ub('[U<24>U<01>U<02>{$i#U<02>U<09>publisher<05>U<03>x_a<07>]')
    const message = serializer(dialect).decode(frame) as EventMessage
    expect([message.publisher, message.custom]).toEqual([5, { x_a: 7 }])
    const moved = codec.fromTransferable(serializer(dialect).decode(frame).toTransferable()) as EventMessage
    expect(moved.publisher).toBe(5)
    expect(codec.serializer('json').encodeText(moved)).toBe('[36,1,2,{"publisher":5,"x_a":7}]')
    moved.publisher = 6
    expect(moved.marshal()).toEqual([36, 1, 2, { publisher: 6, x_a: 7 }])
    expect(hex(serializer(dialect).encode(message))).toBe(
      hex(ub('[U<24>U<01>U<02>{U<09>publisherU<05>U<03>x_aU<07>}]')),
    )
  })

  test('a type that an option does not want is refused at its value', () => {
    const frame = ub('[U<24>U<01>U<02>{$C#U<01>U<09>publisher5]')
    expect(() => serializer(dialect).decode(frame)).toThrow(
      'expected an integer for publisher, got a string (byte 24)',
    )
  })

  test('payloads keep their bytes on the way, and lose empty containers', () => {
    const args = '[$I#U<02 01000002>'
    const read = (content: string): Message =>
      serializer(dialect).decode(ub(`[U<10>U<01>{}SU<03>a.b${content}]`))
    const written = (content: string): string => hex(serializer(dialect).encode(change(read(content))))
    const frame = (content: string): string => hex(ub(`[U<10>U<02>{}SU<03>a.b${content}]`))
    expect(written(args)).toBe(frame(args))
    for (const empty of ['[]', '[N]', '[#U<00>', '[$i#U<00>', 'Z', '']) {
      expect(written(empty)).toBe(frame(''))
      if (empty !== '') expect(written(`${empty}{#U<00>`)).toBe(frame(''))
    }
    expect(written('Z{U<01>aT}')).toBe(frame('[]{U<01>aT}'))
  })

  test('bytes are an opaque payload, and in a list one in the ppt form', () => {
    const bytes = dialect === 'bjdata' ? '[$B#U<02 0102>' : '[$U#U<02 0102>'
    const enc = serializer(dialect).decode(
      ub(`[U<10>U<01>{U<08>enc_algoSU<03>xbr}SU<03>a.b${bytes}]`),
    ) as Publish
    expect(enc.payload).toEqual(new Uint8Array([1, 2]))
    const ppt = serializer(dialect).decode(
      ub(`[U<10>U<01>{U<0a>ppt_schemeSU<03>x_s}SU<03>a.b[${bytes}]]`),
    ) as Publish
    expect([ppt.payload, ppt.args]).toEqual([new Uint8Array([1, 2]), null])
    const other = serializer(dialect === 'bjdata' ? 'draft12' : 'bjdata')
    expect((other.decode(other.encode(ppt)) as Publish).payload).toEqual(new Uint8Array([1, 2]))
  })
})

/** The message with another request id: its head is written anew. */
function change(message: Message): Message {
  ;(message as Publish).request = 2
  return message
}

test('a typed array is args in BJData, and bytes in draft 12', () => {
  const frame = ub('[U<10>U<01>{U<08>enc_algoSU<03>xbr}SU<03>a.b[$U#U<02 0102>]')
  expect((serializer('bjdata').decode(frame) as Publish).args).toEqual([1, 2])
  expect((serializer('draft12').decode(frame) as Publish).payload).toEqual(new Uint8Array([1, 2]))
})

test('an array of more dimensions is args, and no option', () => {
  const frame = (options: string, args: string): Uint8Array => ub(`[U<10>U<01>{${options}}SU<03>a.b${args}]`)
  const square = '[$U#[U<02>U<02>]<01020304>'
  expect((serializer('bjdata').decode(frame('', square)) as Publish).args).toEqual([
    [1, 2],
    [3, 4],
  ])
  expect(() => serializer('bjdata').decode(frame(`U<07>exclude${square}`, ''))).toThrow(
    'expected an integer for exclude[0], got an array',
  )
  expect(() => serializer('bjdata').decode(ub('[$U#[U<03>U<01>]<110708>'))).toThrow(
    'expected a known message code for type, got an array',
  )
})

test.each(BOTH)('a batch in %s has big-endian lengths', (dialect) => {
  const batched = codec.serializer('ubjson.batched', { ubjsonDialect: dialect })
  const messages = [new Published({ request: 7, publication: 8 }), new Publish({ request: 1, topic: 'a' })]
  const frame = batched.encodeAll(messages)
  expect(hex(frame)).toBe(`00000008${hex(ub('[U<11>U<07>U<08>]'))}0000000a${hex(ub('[U<10>U<01>{}Ca]'))}`)
  expect(batched.decodeAll(frame).map((message) => message.marshal())).toEqual(
    messages.map((message) => message.marshal()),
  )
})
