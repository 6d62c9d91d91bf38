/**
 * The ways in: everything that takes bytes of a stranger. Each is tried with every row of the catalogue that it can
 * take; what it gives back is read to the end.
 */
import {
  type Codec,
  createCodec,
  EventMessage,
  HEAD_RECORD_WORDS,
  type Message,
  type PayloadView,
  Publish,
  RawSocketCodec,
  type Serializer,
  type SerializerId,
} from '../../src/index.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'
import { flatBuffersWith } from '../support/flatbuffers-made.ts'
import { misreads, viewDiffers, viewsToSpoil } from '../support/walk-view.ts'
import { FORMATS, frame, join, LIST_FORMATS, type ListFormat, publish, RAW, uint, value } from './raw.ts'

const isDeep = process.env.WAMP_CODEC_DEEP === '1'

/** Codecs that differ in how they read: each way is tried by those that matter to it. */
export interface Codecs {
  readonly eager: Codec
  readonly deferred: Codec
}

/** A way for values, frames or batches. */
export interface Way {
  readonly name: string
  /** Containers that the way puts around a value. */
  readonly levels: number
  /** Whether it takes rows of this format. */
  takes(format: string): boolean
  /** The format that an error names. */
  errorFormat(format: string): string
  /** Everything that was read; throws what a refusal throws. */
  run(codecs: Codecs, format: never, bytes: Uint8Array): unknown
  /** It looks at the head only, and so may accept what others refuse. */
  readonly isShallow?: boolean
  /** It also writes, and may find that a value that was read has no form in the target. */
  readonly writes?: boolean
  /** Other bytes follow the row's own in the same list. */
  readonly hasMore?: boolean
  /** For rows of megabytes, too. */
  readonly takesBig?: boolean
}

/** The serializer of a wire, the older UBJSON included. */
export function serializerOf(codec: Codec, format: string, batched: '' | '.batched' = ''): Serializer {
  if (format === 'ubjson-draft12') return codec.serializer(`ubjson${batched}`, { ubjsonDialect: 'draft12' })
  return codec.serializer(`${format as 'json'}${batched}`)
}

const isList = (format: string): boolean => (LIST_FORMATS as readonly string[]).includes(format)
const same = (format: string): string => format

/** Reads everything that a message has. */
export function readAll(message: Message): unknown {
  return message.marshal()
}

/** One message as a batch of its format, after a good one. */
export function batchOf(format: ListFormat, ...frames: readonly Uint8Array[]): Uint8Array {
  return join(
    ...frames.map((bytes) => (format === 'json' ? join(bytes, 0x1e) : join(uint(bytes.length, 4), bytes))),
  )
}

const RAW_SOCKET_IDS: Readonly<Record<string, number>> = {
  json: 1,
  msgpack: 2,
  cbor: 3,
  ubjson: 4,
  'ubjson-draft12': 4,
  flatbuffers: 5,
}

/** The message in a frame that came over a RawSocket, in chunks of unequal length. */
function throughRawSocket(codec: Codec, format: string, bytes: Uint8Array): unknown {
  const serializer = serializerOf(codec, format)
  const socket = new RawSocketCodec({ serializer, side: 'server' })
  const stream = join(
    [0x7f, 0xf0 | (RAW_SOCKET_IDS[format] as number), 0, 0, 0],
    uint(bytes.length, 3),
    bytes,
  )
  const cuts = [0, 2, 6, 9, 9 + (bytes.length >> 1), stream.length]
  const frames = cuts.slice(1).flatMap((end, i) => socket.push(stream.slice(cuts[i], end)).frames)
  if (frames.length !== 1) throw new Error(`${frames.length} frames came out, closed: ${socket.closed}`)
  return readAll(serializer.decode(frames[0] as Uint8Array))
}

/** The value, after a view of it has read the same in every way. */
function alike(view: PayloadView | undefined, read: () => unknown): unknown {
  // A view that reads what decoding refuses must not pass for a refusal.
  let value: unknown
  try {
    value = read()
  } catch (error) {
    throw new Error(`a view reads what decoding refuses: ${String(error)}`)
  }
  const found = viewDiffers(view, value)
  if (found !== null) throw new Error(`a view differs: ${found}`)
  return value
}

/** The payload of a message by its view. */
function viewed(message: Message): unknown {
  if (!(message instanceof Publish)) return readAll(message)
  const view = message.payloadView
  return alike(view, () => {
    const { args, kwargs } = message
    return { ...(args === null ? {} : { args }), ...(kwargs === null ? {} : { kwargs }) }
  })
}

/** Views of bytes that change read what nobody has checked; so they read less of it. */
const spoiling = createCodec({ maxNodes: 20_000 })
const NOTHING = join('0')

/** Views of a good value whose bytes became these: nothing but errors of ours, and values of these bytes. */
function spoilt(format: PayloadFormatName, bytes: Uint8Array): null {
  const { bytes: own, views } = viewsToSpoil(spoiling, format, bytes.length)
  // Bytes of FlexBuffers are read from their end.
  own.set(bytes, format === 'flexbuffers' ? own.length - bytes.length : 0)
  // Another frame, so that the kernel has to take the changed one.
  spoiling.payload('json').validate(NOTHING)
  const found = misreads(views, format, own.length, Math.max(4, Math.min(60, Math.floor(2e5 / own.length))))
  if (found !== null) throw new Error(found)
  return null
}

const record = new Int32Array(HEAD_RECORD_WORDS)

/** Ways for whole frames. */
export const FRAME_WAYS: readonly Way[] = [
  frameWay('decode', ({ eager }, format, bytes) => readAll(serializerOf(eager, format).decode(bytes))),
  frameWay('decodeAll', ({ eager }, format, bytes) =>
    serializerOf(eager, format).decodeAll(bytes).map(readAll),
  ),
  frameWay('a deferred decode', ({ deferred }, format, bytes) =>
    readAll(serializerOf(deferred, format).decode(bytes)),
  ),
  frameWay('payloadView', ({ eager }, format, bytes) => viewed(serializerOf(eager, format).decode(bytes))),
  frameWay('payloadView, deferred', ({ deferred }, format, bytes) =>
    viewed(serializerOf(deferred, format).decode(bytes)),
  ),
  {
    ...frameWay('text', ({ eager }, format, bytes) => {
      // Bytes that are no UTF-8 are no text.
      const text = Buffer.from(bytes).toString()
      const frame = Buffer.compare(Buffer.from(text), bytes) === 0 ? text : bytes
      return readAll(serializerOf(eager, format).decode(frame))
    }),
    takes: (format) => format === 'json',
  },
  frameWay('chunks', ({ eager }, format, bytes) => {
    const third = Math.ceil(bytes.length / 3)
    const chunks = [0, 1, 2].map((i) => bytes.slice(i * third, (i + 1) * third))
    return readAll(serializerOf(eager, format).decode(chunks))
  }),
  frameWay('shared memory', ({ eager }, format, bytes) => {
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length))
    shared.set(bytes)
    return readAll(serializerOf(eager, format).decode(shared))
  }),
  frameWay('the middle of other bytes', ({ eager }, format, bytes) => {
    // Aligned to 8, because FlatBuffers may ask where they are.
    const around = join(new Uint8Array(64).fill(0x53), bytes, new Uint8Array(64).fill(0x53))
    return readAll(serializerOf(eager, format).decode(around.subarray(64, 64 + bytes.length)))
  }),
  frameWay('RawSocket', ({ eager }, format, bytes) => throughRawSocket(eager, format, bytes)),
  {
    ...frameWay('a batch, behind a good message', ({ eager }, format, bytes) =>
      serializerOf(eager, format, '.batched')
        .decodeAll(batchOf(format as ListFormat, publish(format as ListFormat), bytes))
        .map(readAll),
    ),
    takes: isList,
  },
  ...(['eager', 'deferred'] as const).flatMap((which) =>
    ['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers'].map(
      (to): Way => ({
        ...frameWay(`transcodeMessage to ${to}, ${which}`, (codecs, format, bytes) =>
          codecs[which].transcodeMessage(bytes, {
            from: serializerOf(codecs[which], format),
            to: serializerOf(codecs[which], to),
          }),
        ),
        writes: true,
      }),
    ),
  ),
  {
    ...frameWay('an event made from it, deferred', ({ deferred }, format, bytes) => {
      const message = serializerOf(deferred, format).decode(bytes)
      if (!(message instanceof Publish)) return readAll(message)
      return serializerOf(deferred, format).encode(
        EventMessage.from(message, { subscription: 1, publication: 2 }),
      )
    }),
    writes: true,
  },
  {
    ...frameWay('trace', ({ eager }, format, bytes) => eager.trace(bytes, serializerOf(eager, format))),
    isShallow: true,
  },
  {
    ...frameWay('peek', ({ eager }, format, bytes) =>
      eager.peek(bytes, format.replace('-draft12', '') as SerializerId),
    ),
    isShallow: true,
  },
  {
    ...frameWay('scanInto', ({ eager }, format, bytes) =>
      serializerOf(eager, format).scanInto(bytes, record),
    ),
    isShallow: true,
  },
  {
    ...frameWay('parts of an event, deferred', ({ deferred }, format, bytes) => {
      const message = serializerOf(deferred, format).decode(bytes)
      if (!(message instanceof Publish)) return readAll(message)
      const event = EventMessage.from(message, { subscription: 1, publication: 2 })
      return [...serializerOf(deferred, format).encodeParts(event)]
    }),
    writes: true,
  },
]

function frameWay(name: string, run: (codecs: Codecs, format: string, bytes: Uint8Array) => unknown): Way {
  const isMain = name === 'decode' || (name === 'a deferred decode' && isDeep)
  return {
    name,
    levels: 0,
    takes: (format) => isList(format) || format === 'flatbuffers',
    errorFormat: same,
    run,
    takesBig: isMain,
  }
}

/** Ways for frames of several messages. */
export const BATCH_WAYS: readonly Way[] = [
  batchWay('decodeAll of a batch', ({ eager }, format, bytes) =>
    serializerOf(eager, format, '.batched').decodeAll(bytes).map(readAll),
  ),
  batchWay('decode of a batch', ({ eager }, format, bytes) =>
    readAll(serializerOf(eager, format, '.batched').decode(bytes)),
  ),
  batchWay('transcodeMessage of a batch', ({ eager }, format, bytes) =>
    eager.transcodeMessage(bytes, {
      from: serializerOf(eager, format, '.batched'),
      to: serializerOf(eager, 'json', '.batched'),
    }),
  ),
  {
    ...batchWay('trace of a batch', ({ eager }, format, bytes) =>
      eager.trace(bytes, serializerOf(eager, format, '.batched')),
    ),
    isShallow: true,
  },
]

function batchWay(name: string, run: (codecs: Codecs, format: string, bytes: Uint8Array) => unknown): Way {
  return { name, levels: 0, takes: isList, errorFormat: same, run }
}

const isAny = (format: string): boolean => (FORMATS as readonly string[]).includes(format)

/** Ways for single values that take bytes of any payload format. */
const PAYLOAD_WAYS: readonly Way[] = [
  payloadWay('payload.decode', ({ eager }, format, bytes) => eager.payload(format).decode(bytes)),
  payloadWay('payload.validate', ({ eager }, format, bytes) => eager.payload(format).validate(bytes)),
  payloadWay('payload.view', ({ eager }, format, bytes) => {
    const payload = eager.payload(format)
    return alike(payload.view(bytes), () => payload.decode(bytes))
  }),
  {
    ...payloadWay('payload.view of bytes that become these', (_codecs, format, bytes) =>
      spoilt(format, bytes),
    ),
    isShallow: true,
  },
  ...FORMATS.map(
    (to): Way => ({
      ...payloadWay(`transcode to ${to}`, ({ eager }, format, bytes) =>
        eager.transcode(bytes, { from: format, to }),
      ),
      writes: true,
    }),
  ),
]

function payloadWay(
  name: string,
  run: (codecs: Codecs, format: PayloadFormatName, bytes: Uint8Array) => unknown,
): Way {
  const takesBig = /^payload|^transcode to (?:cbor|flexbuffers)/.test(name)
  return { name, levels: 0, takes: isAny, errorFormat: same, run, takesBig }
}

/** Values within messages: as the only argument, as a keyword argument, and under a key of Options. */
const WITHIN: readonly Way[] = [
  ...FRAME_WAYS.filter(({ isShallow }) => !isShallow).map(
    (way): Way => ({
      ...within(way, 'args', (format, bytes) => publish(format, [RAW[format].list(bytes)])),
    }),
  ),
  ...FRAME_WAYS.filter(({ name }) => /decode$|RawSocket|json|View/.test(name)).flatMap((way): Way[] => [
    within(way, 'kwargs', (format, bytes) =>
      publish(format, [RAW[format].list(), RAW[format].map([RAW[format].key('k'), bytes])]),
    ),
    within(way, 'x_a in Options', (format, bytes) =>
      publish(format, [], RAW[format].map([RAW[format].key('x_a'), bytes])),
    ),
  ]),
]

function within(way: Way, where: string, wrap: (format: ListFormat, bytes: Uint8Array) => Uint8Array): Way {
  const run = (codecs: Codecs, format: ListFormat, bytes: Uint8Array): unknown =>
    way.run(codecs, format as never, wrap(format, bytes))
  const hasMore = where.endsWith('Options')
  return {
    ...way,
    name: `${where}: ${way.name}`,
    hasMore,
    levels: hasMore ? 0 : 1,
    takes: (format) => isList(format) && way.takes(format),
    run: run as Way['run'],
  }
}

/** Values as args of a FlatBuffers frame: any payload format. */
const WITHIN_FLATBUFFERS: readonly Way[] = (['eager', 'deferred'] as const).flatMap((which) =>
  [readAll, viewed].map((read) => ({
    name: `args within flatbuffers, ${which}${read === viewed ? ', payloadView' : ''}`,
    levels: 1,
    takes: isList,
    errorFormat: () => 'flatbuffers',
    run: (codecs: Codecs, format: ListFormat, bytes: Uint8Array) =>
      read(
        codecs[which]
          .serializer('flatbuffers', { payloadSerializer: format })
          .decode(flatBuffersWith(RAW[format].list(bytes))),
      ),
  })),
)

/** Ways for single values. */
export const VALUE_WAYS: readonly Way[] = [...PAYLOAD_WAYS, ...WITHIN, ...WITHIN_FLATBUFFERS]

/** Ways that take a value with nothing around it. */
export const ALONE_WAYS: readonly Way[] = PAYLOAD_WAYS

/** A good frame and what it means, for the check that a refusal has left nothing behind. */
export function goodFrame(format: string): Uint8Array {
  if (format === 'flatbuffers' || format === 'flexbuffers') return flatBuffersWith(value('cbor', [1, 'a']))
  return frame(
    format as ListFormat,
    16,
    ...[1, { x_a: [1] }, 'com.example', [1, 'ключ', null], { a: 1.5 }].map((each) =>
      value(format as ListFormat, each),
    ),
  )
}
