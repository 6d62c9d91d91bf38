/**
 * Which serializer a frame is in: the one that reads a WAMP message out of it. A broken frame is judged by
 * its first byte, and by how many fields each serializer still finds.
 */
import type { Codec } from '../codec.ts'
import { isWampCodecError } from '../errors.ts'
import type { BatchableFormat } from '../serializer/ids.ts'
import { MAGIC, PREFIX_BYTES, prefixLength, prefixType, readPrefix } from '../transport/raw-socket-wire.ts'
import { bytesText } from './format.ts'
import { reportFrame } from './report.ts'
import {
  FLAT_NAMES,
  FORMAT_NAMES,
  inFull,
  type Meanings,
  SERIALIZER_IDS,
  type SerializerName,
  serializerOf,
  USUAL,
} from './serializers.ts'

/** A guess and how good it is. */
export interface Guess {
  readonly serializer: SerializerName
  /**
   * `sure`: only this one decodes it. `likely`: others too, or the bytes are those of a RawSocket stream as well.
   * `weak`: none does, it begins like this one.
   */
  readonly confidence: 'sure' | 'likely' | 'weak'
  readonly reason: string
  /** Other serializers that are possible, best first. */
  readonly others: readonly SerializerName[]
}

/**
 * The most likely serializer of a frame, or null when its bytes say nothing. The dialect of UBJSON is never guessed: a
 * frame in the one reads as another message in the other.
 */
export function guessSerializer(codec: Codec, bytes: Uint8Array, meanings: Meanings = USUAL): Guess | null {
  let decoding = decodingAs(
    codec,
    bytes,
    SERIALIZER_IDS.map((known) => inFull(known, meanings)),
  )
  // Nothing in a FlatBuffers frame says what args and kwargs are in: others only where the expected one does not fit.
  if (decoding.length === 0) decoding = decodingAs(codec, bytes, ['flatbuffers', ...FLAT_NAMES])
  const [best, ...rest] = decoding
  if (best !== undefined) {
    const others = rest.map(({ id }) => id)
    const also = others.length === 0 ? 'in no other serializer' : `also in ${others.join(', ')}`
    // RawSocket has the same four bytes before each frame as a binary batch has before each message.
    const isPrefixed = best.id.endsWith('.batched') && serializerOf(codec, best.id).isBinary
    const stream = isPrefixed ? '; frames of RawSocket are the same bytes' : ''
    return {
      serializer: best.id,
      confidence: others.length === 0 && !isPrefixed ? 'sure' : 'likely',
      reason: `decodes as ${best.found}, ${also}${stream}`,
      others,
    }
  }
  return guessBroken(codec, bytes, meanings)
}

/** Why no serializer was guessed. */
export function noGuess(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'the frame is empty'
  const stream = rawSocketText(bytes)
  const advice =
    stream === null ? 'give it by name' : `${stream}; give one frame, without the 4 bytes before it`
  return `cannot guess the serializer of ${bytesText(bytes, 16)}: ${advice}`
}

/** What bytes of RawSocket are that no batch can be; null for all other bytes. */
function rawSocketText(bytes: Uint8Array): string | null {
  if (bytes.length < PREFIX_BYTES) return null
  if (bytes[0] === MAGIC && bytes[2] === 0 && bytes[3] === 0) return 'it is a handshake of RawSocket'
  const prefix = readPrefix(bytes, 0)
  if (prefixType(prefix) === null || prefixLength(prefix) > bytes.length - PREFIX_BYTES) return null
  const frame = bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + prefixLength(prefix))
  const [format] = byFirstByte(frame)
  return format === undefined ? null : `it is RawSocket, a frame that begins like ${format}`
}

/** Serializers that read the frame, and what they read. */
function decodingAs(
  codec: Codec,
  bytes: Uint8Array,
  names: readonly SerializerName[],
): { id: SerializerName; found: string }[] {
  return names.flatMap((id) => {
    const found = decodedAs(codec, bytes, id)
    return found === null ? [] : [{ id, found }]
  })
}

/** What a serializer reads, in words; null when it refuses. */
function decodedAs(codec: Codec, bytes: Uint8Array, id: SerializerName): string | null {
  try {
    const messages = serializerOf(codec, id).decodeAll(bytes)
    const [first] = messages
    return messages.length === 1 ? (first?.table.name ?? null) : `${messages.length} messages`
  } catch (error) {
    if (isWampCodecError(error)) return null
    throw error
  }
}

function guessBroken(codec: Codec, bytes: Uint8Array, meanings: Meanings): Guess | null {
  const ranked = byFirstByte(bytes)
    .map((id) => inFull(id, meanings))
    .map((id) => ({ id, fields: fieldsFound(codec, bytes, id) }))
    .sort((a, b) => b.fields - a.fields)
  const [best, ...rest] = ranked
  if (best === undefined) return null
  const begin = `begins like ${best.id} (byte 0 is 0x${hexByte(bytes[0] ?? 0)})`
  return {
    serializer: best.id,
    confidence: 'weak',
    reason: `no serializer decodes it, ${begin}`,
    others: rest.map(({ id }) => id),
  }
}

/** Serializers in which a frame may begin with these bytes. */
function byFirstByte(bytes: Uint8Array): SerializerName[] {
  if (beginsFlat(bytes)) return ['flatbuffers']
  // JSON may begin with white space, and only JSON: as a first byte those are integers in the other formats. It must
  // not begin with a byte order mark, and may be broken that way.
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d
  const start = bytes.findIndex((byte, i) => i >= mark && !isSpace(byte))
  if (start < 0) return []
  if (bytes[start] === 0x5b) {
    if (start === 0 && beginsUbjson(bytes, start)) return ['ubjson']
    const isBatch = bytes.includes(0x1e) || bytes.includes(0x18)
    return isBatch ? ['json.batched', 'json'] : ['json']
  }
  const single = FORMAT_NAMES.filter((name) => isListHead(name, bytes[0] as number))
  if (single.length > 0) return single
  // A batch begins with a length of four bytes; only a message beyond the limit of 16 MB needs the first.
  const list = bytes[0] === 0 ? bytes[4] : undefined
  if (list === undefined) return []
  // JSON that has its length before it is RawSocket: batched JSON has none.
  if (list === 0x5b && !beginsUbjson(bytes, 4)) return []
  return FORMAT_NAMES.filter((name) => isListHead(name, list)).map(
    (name): SerializerName => `${name}.batched`,
  )
}

/** True when the first four bytes lead to a table in the frame: as a list in another format they make no sense. */
function beginsFlat(bytes: Uint8Array): boolean {
  if (bytes.length < 8) return false
  const root = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true)
  return root >= 4 && root % 4 === 0 && root < bytes.length
}

/** True when a marker of UBJSON follows the bracket: in JSON the message code does. */
function beginsUbjson(bytes: Uint8Array, bracket: number): boolean {
  return 'UiIulmLMN#$'.includes(String.fromCharCode(bytes[bracket + 1] ?? 0))
}

/** Bytes that are the head of a list, as ranges: a WAMP message is one. JSON is known by its bracket. */
const LIST_HEADS: Readonly<Record<BatchableFormat, readonly (readonly [first: number, last: number])[]>> = {
  json: [],
  msgpack: [
    [0x90, 0x9f],
    [0xdc, 0xdd],
  ],
  cbor: [
    [0x80, 0x9b],
    [0x9f, 0x9f],
  ],
  ubjson: [[0x5b, 0x5b]],
}

function isListHead(format: BatchableFormat, byte: number): boolean {
  return LIST_HEADS[format].some(([first, last]) => byte >= first && byte <= last)
}

function fieldsFound(codec: Codec, bytes: Uint8Array, id: SerializerName): number {
  return reportFrame(codec, bytes, id).messages.reduce((sum, { fields }) => sum + fields.length, 0)
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}
