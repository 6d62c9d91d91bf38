/**
 * Messages for `postMessage`: the frame's bytes and the kernel's findings as integers, so that the other thread makes
 * the same lazy message without scanning again.
 */
import { kernelOf } from '../kernel/load.ts'
import { DEFAULT_POLICY } from '../limits.ts'
import { encodeCbor } from '../payload/encode-cbor.ts'
import { CBOR_FORMAT, FORMATS } from '../payload/format.ts'
import { acquireOutput, releaseOutput } from '../payload/output.ts'
import { Payload, type PayloadContext, type PayloadMode } from '../payload/payload.ts'
import { construct } from './classes.ts'
import { FLATBUFFERS } from './flatbuffers-read.ts'
import { type Message, NO_INDEX, Received, type Transferred } from './message.ts'
import { flatTextType, Receiver } from './receive.ts'
import { TABLES } from './tables.ts'

/** Changes with the layout. */
const VERSION = 2

// The layout of `index`: form, request type, two ids as f64, then these, the last of them the number of the payload's
// format, then the entries of the message's index.
const MODE = 6
const PLAIN_JSON = 7
const TEXT = 8
const SPANS = 10
const FORMAT = 14
const ENTRIES = 15

/** The message's bytes and index. One that was built or changed has no frame: it gets one in CBOR first. */
export function transferableOf(message: Message): Transferred {
  const frame = message._frame
  if (frame === null || (message.table.payload !== 'none' && message._payload !== frame)) {
    return transferableOf(reframed(message))
  }
  frame.ensureChecked()
  const slots = message as unknown as Record<string, unknown>
  const ids = message.table.positions
    .filter(({ kind }) => kind === 'id')
    .map(({ attribute }) => slots[attribute])
  const index = new Int32Array(ENTRIES + message._index.length)
  index[0] = TABLES.indexOf(message.table)
  index[1] = Number(slots.request_type ?? 0)
  new Float64Array(index.buffer, 8, 2).set(ids as number[])
  index[MODE] = frame.mode
  index[PLAIN_JSON] = frame.plainJson ? 1 : 0
  index[TEXT] = frame.textStart
  index[TEXT + 1] = frame.textEnd
  index.set([frame.argsStart, frame.argsEnd, frame.kwargsStart, frame.kwargsEnd], SPANS)
  index[FORMAT] = frame.format.id
  index.set(message._index, ENTRIES)
  return {
    version: VERSION,
    bytes: frame.span(0, frame.length).slice(),
    index,
    serializer: frame.frameFormat,
  }
}

function reframed(message: Message): Message {
  const out = acquireOutput()
  try {
    encodeCbor(out, message.marshal(), DEFAULT_POLICY, message.table.name)
    const bytes = out.finish()
    const receiver = new Receiver(kernelOf(), { ...DEFAULT_POLICY, uri: 'none' })
    receiver.kernel.load(bytes)
    return receiver.receive(CBOR_FORMAT, bytes, 0, bytes.length, 0)
  } finally {
    releaseOutput(out)
  }
}

/** The message of a transferable. Throws TypeError when it is not one, or of another version of this package. */
export function messageOf(transferred: Transferred, context: PayloadContext): Message {
  const { version, bytes, index, serializer } = transferred
  if (version !== VERSION || !(bytes instanceof Uint8Array) || !(index instanceof Int32Array)) {
    throw new TypeError('expected what message.toTransferable() gives, from the same version of wamp-codec')
  }
  const reader = serializer === FLATBUFFERS.name ? FLATBUFFERS : null
  const format = Object.values(FORMATS).find(({ id }) => id === index[FORMAT])
  const form = index[0] as number
  const entries = Array.from(index.subarray(ENTRIES))
  const spans = [...index.subarray(TEXT, FORMAT), ...entries.filter((_, i) => i % 3 !== 0)]
  if (
    format === undefined ||
    (reader === null && format.name !== serializer) ||
    TABLES[form] === undefined ||
    entries.length % 3 !== 0 ||
    index.length < ENTRIES
  ) {
    throw new TypeError('a transferable of an unknown message or serializer')
  }
  if (spans.some((offset) => offset < -1 || offset > bytes.length)) {
    throw new TypeError('a transferable whose index does not fit its bytes')
  }
  const frame = new Payload(bytes, 0, bytes.length, format, context, undefined, 0, reader)
  frame.mode = index[MODE] as PayloadMode
  frame.plainJson = index[PLAIN_JSON] === 1
  frame.textStart = index[TEXT] as number
  frame.textEnd = index[TEXT + 1] as number
  frame.argsStart = index[SPANS] as number
  frame.argsEnd = index[SPANS + 1] as number
  frame.kwargsStart = index[SPANS + 2] as number
  frame.kwargsEnd = index[SPANS + 3] as number
  const received = new Received()
  const [first = 0, second = 0] = new Float64Array(index.slice(2, MODE).buffer)
  received.first = first
  received.second = second
  received.requestType = index[1] as number
  const hasText = frame.textEnd > frame.textStart
  const type = reader === null ? null : flatTextType(form)
  received.text = hasText ? (frame.decodeAttribute(frame.textStart, frame.textEnd, type) as string) : null
  received.ref = received.text === null ? -1 : context.kernel.internUri(received.text)
  received.index = entries.length === 0 ? NO_INDEX : entries
  received.frame = frame
  return construct(form, received)
}
