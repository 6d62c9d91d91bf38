/**
 * Messages for `postMessage`: the frame's bytes and the kernel's findings as integers, so that the other thread makes
 * the same lazy message without scanning again.
 */
import { wrongArgument } from '../arguments.ts'
import { fixedBytes, isBytes, typedArrayName } from '../brand.ts'
import { EncodeError } from '../errors.ts'
import { MODE_ARGS, MODE_ENC, MODE_NONE, MODE_PPT } from '../kernel/abi.ts'
import { anyKernel } from '../kernel/load.ts'
import { LAX_POLICY, type Policy } from '../limits.ts'
import type { ValueFormat } from '../payload/format.ts'
import { CBOR_FORMAT, MSGPACK_FORMAT } from '../payload/formats-core.ts'
import { acquireOutput, releaseOutput } from '../payload/output.ts'
import { type AttributeReader, Payload } from '../payload/payload.ts'
import type { PayloadMode } from '../payload/payload-parts.ts'
import { marshal } from './attributes.ts'
import { checkedCopy } from './check.ts'
import { type AnyMessage, construct } from './classes.ts'
import { isId } from './ids.ts'
import { brokenInList } from './list-rules.ts'
import { type Message, Received, type Transferred } from './message.ts'
import { entryOf, isRight, isWritten, NO_INDEX, setHops, setObject } from './options.ts'
import { codeOf, Receiver } from './receive.ts'
import { TABLES } from './tables.ts'
import type { Hop } from './values.ts'

type Span = [start: number, end: number]

/** Changes with the layout. */
const VERSION = 3

// The layout of `index`: index of the message, request type, two ids as f64, then these, the last of them the number of
// the payload's format, then the entries of the message's index.
const MODE = 6
const TEXT = 7
const SPANS = 9
const FORMAT = 13
const ENTRIES = 14

/** The list of a message is a level that `maxDepth` does not count. */
const RULES: Policy = { ...LAX_POLICY, maxDepth: LAX_POLICY.maxDepth + 1 }

/** Every payload has been checked before it travels. */
const MODES: readonly number[] = [MODE_NONE, MODE_ARGS, MODE_ENC, MODE_PPT]

/**
 * The message's bytes and index. One that was built or changed has no frame, one that was derived may have options that
 * its frame has not: it gets one in CBOR first, or in MsgPack when it holds an extension, which CBOR has no form for.
 */
export function transferableOf(message: Message): Transferred {
  const frame = message._frame
  const isElsewhere = message.table.payload !== 'none' && message._payload !== frame
  if (frame === null || isElsewhere || hasSetOptions(message) || isWrong(message, frame)) {
    return transferableOf(listed(message))
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
  index[TEXT] = frame.textStart
  index[TEXT + 1] = frame.textEnd
  index.set([frame.argsStart, frame.argsEnd, frame.kwargsStart, frame.kwargsEnd], SPANS)
  index[FORMAT] = frame.format.id
  index.set(message._index, ENTRIES)
  return {
    version: VERSION,
    bytes: frame.span(0, frame.length).slice(),
    index,
    serializer: serializerOf(frame.frameFormat),
  }
}

/** The dialects of UBJSON are one serializer. */
function serializerOf(frameFormat: string): Transferred['serializer'] {
  return frameFormat.replace('-draft12', '') as Transferred['serializer']
}

/** The message in a list frame. Throws EncodeError for what only FlatBuffers can say. */
function listed(message: Message): Message {
  const hops = setHops(message)
  const broken = brokenInList(message, hops)
  if (broken !== null) {
    const text = `cannot transfer ${message.table.name}: ${broken.attribute}: ${broken.rule}`
    throw new EncodeError('UNENCODABLE', text, { path: broken.attribute })
  }
  const list = exactList(message, hops)
  const [first, second] =
    message._payload?.format === MSGPACK_FORMAT
      ? [MSGPACK_FORMAT, CBOR_FORMAT]
      : [CBOR_FORMAT, MSGPACK_FORMAT]
  try {
    return reframed(message, list, first)
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error
    try {
      return reframed(message, list, second)
    } catch {
      throw named(error, message)
    }
  }
}

/** The error about an element of the list, with the path that `encode` gives it. */
function named(error: EncodeError, { table }: Message): EncodeError {
  const { code, message: text, format, path } = error
  const [start, index] = /^[A-Z_]+\[(\d)\]/.exec(path ?? '') ?? []
  if (path === null || start === undefined) return error
  const at = Number(index) - 1
  const { attribute = at === table.positions.length ? 'args' : 'kwargs', kind } = table.positions[at] ?? {}
  const rest = path.slice(start.length)
  const place = kind?.startsWith('options') ? rest.replace(/^\./, '') : attribute + rest
  const reason = code === 'DEPTH_LIMIT' ? text.replace(/\d+$/, String(LAX_POLICY.maxDepth)) : text
  return new EncodeError(code, reason.replace(path, place), { format, path: place })
}

function hasSetOptions(message: Message): boolean {
  return message._options?.some((value, field) => value != null && entryOf(message, field) < 0) ?? false
}

/** The other codec need not be as lenient as this one. */
function isWrong(message: Message, frame: Payload): boolean {
  if (frame.context?.policy.peers !== 'lenient') return false
  if (frame.reader !== null) {
    const { argsStart, argsEnd, kwargsStart, kwargsEnd } = frame
    return frame.holdsUndefined(argsStart, argsEnd) || frame.holdsUndefined(kwargsStart, kwargsEnd)
  }
  const { _index: index } = message
  return index.some((_, i) => i % 3 === 0 && !isRight(message, i)) || frame.holdsUndefined(0, frame.length)
}

/** The list form, as it is written; args and kwargs lose nothing in another format than theirs. */
function exactList(message: Message, hops: readonly Hop[] | null): unknown[] {
  const { positions, options } = message.table
  const { name } = CBOR_FORMAT
  const list = marshal(message, name, hops)
  const place = 1 + positions.findIndex(({ kind }) => kind === 'dict' || kind.startsWith('options'))
  for (const [field, option] of options.entries()) {
    const set = option.kind === 'hops' ? null : setObject(message, field)
    if (set === null) continue
    const value = checkedCopy(option, set, name)
    if (positions[place - 1]?.kind === 'dict') list[place] = value
    else if (isWritten(message, field, value)) (list[place] as Record<string, unknown>)[option.key] = value
  }
  return list
}

/** The message in a list frame of the format; args and kwargs that are in it already go over as they are. */
function reframed(message: Message, list: unknown[], format: ValueFormat): Message {
  const spans = spansIn(message, list.length, format)
  const out = acquireOutput()
  try {
    // A null takes one byte in both formats.
    const head = [...list.slice(0, list.length - spans.length), ...spans.map(() => null)]
    format.encode(out, head, RULES, message.table.name)
    out.resume(out.mark() - spans.length)
    for (const [start, end] of spans) out.raw(message._payload.span(start, end))
    const bytes = out.finish()
    const receiver = new Receiver(anyKernel(), LAX_POLICY)
    receiver.kernel.load(bytes)
    return receiver.receive(format, bytes, 0, bytes.length, 0)
  } finally {
    releaseOutput(out)
  }
}

/** The spans of the last elements of a list of so many, as far as they are encoded in the format. */
function spansIn({ table, _payload: payload }: Message, length: number, format: ValueFormat): Span[] {
  const at = 1 + table.positions.length
  if (length <= at || payload.bytes === null || payload.format !== format || payload.mode !== MODE_ARGS)
    return []
  const { argsStart, argsEnd, kwargsStart, kwargsEnd } = payload
  const args: Span[] = argsEnd > argsStart ? [[argsStart, argsEnd]] : []
  const spans: Span[] = length > at + 1 ? [...args, [kwargsStart, kwargsEnd]] : args
  const isLenient = payload.context?.policy.peers === 'lenient'
  return isLenient && spans.some((span) => payload.holdsUndefined(...span)) ? [] : spans
}

/**
 * The message of a transferable; `readers` are those of the frames that are no lists. Throws TypeError when it is not
 * one, of another version of this package, or in a format that this entry does not have.
 */
export function messageOf(
  transferred: Transferred,
  receiver: Receiver,
  formats: readonly ValueFormat[],
  readers: readonly AttributeReader[],
): AnyMessage {
  const { version, bytes, index, serializer } = (transferred ?? {}) as Transferred
  if (version !== VERSION || !isBytes(bytes) || typedArrayName(index) !== 'Int32Array') {
    const expected = 'what message.toTransferable() gives, from the same version of wamp-codec'
    throw wrongArgument('fromTransferable', expected, transferred)
  }
  const reader = readers.find(({ name }) => name === serializer) ?? null
  // Those of `listed` are here whatever the codec has.
  const format = [...formats, CBOR_FORMAT, MSGPACK_FORMAT].find(({ id }) => id === index[FORMAT])
  const messageIndex = index[0] as number
  const entries = Array.from(index.subarray(ENTRIES))
  const spans = [...index.subarray(TEXT, FORMAT), ...entries.filter((_, i) => i % 3 !== 0)]
  if (
    index.length < ENTRIES ||
    format === undefined ||
    (reader === null && serializerOf(format.name) !== serializer) ||
    TABLES[messageIndex] === undefined ||
    !MODES.includes(index[MODE] as number) ||
    !new Float64Array(index.slice(2, MODE).buffer).every(isId) ||
    entries.length % 3 !== 0
  ) {
    throw new TypeError('a transferable of an unknown message or serializer')
  }
  const endsEarly = (offset: number, i: number): boolean => i % 2 === 1 && offset < (spans[i - 1] as number)
  if (spans.some((offset, i) => offset < -1 || offset > bytes.length || endsEarly(offset, i))) {
    throw new TypeError('a transferable whose index does not fit its bytes')
  }
  const frame = new Payload(fixedBytes(bytes), 0, bytes.length, format, receiver)
  frame.reader = reader
  frame.mode = index[MODE] as PayloadMode
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
  const type = reader === null ? null : reader.textType(codeOf(messageIndex))
  received.text = hasText ? (frame.decodeAttribute(frame.textStart, frame.textEnd, 0, type) as string) : null
  received.ref = received.text === null ? -1 : receiver.kernel.internUri(received.text, false)
  received.index = entries.length === 0 ? NO_INDEX : entries
  received.frame = frame
  return construct(messageIndex, received)
}
