/** The way of one message through a serializer: every way to write it, and reading it again. */
import {
  EncodeError,
  isWampCodecError,
  type Message,
  PayloadRuleError,
  ProtocolError,
} from '../../../src/index.ts'
import { createRandom } from '../../support/random.ts'
import { bridged } from './derive.ts'
import { checkEntry, type Entry, entryOf, Finding } from './entry.ts'
import { isSamePlain, plainOf } from './plain.ts'
import type { Input } from './programs.ts'
import { type Codecs, POLICIES, WIRES, type Wire } from './serializers.ts'
import { attributeOf, brokenRule, type Shadow, type Trip, throughFlatBuffers, throughList } from './shadow.ts'

/** What becomes of a message in a serializer. */
export function tripOf(shadow: Shadow, { format, isFlat, options }: Wire): Trip {
  const { passthru } = options
  const isOther = passthru !== undefined && passthru !== 'as-is' && shadow.payload !== null
  const given = isOther && shadow.mode !== passthru ? bridged(shadow, passthru) : shadow
  if (given === null) return { refused: 'no words in the other dialect' }
  return isFlat ? throughFlatBuffers(given, format) : throughList(given, format)
}

/** What a codec of this policy keeps of custom keys. */
export function keptBy(shadow: Shadow, codec: number): Shadow {
  const rule = POLICIES[codec]?.unknownKeys ?? 'keep'
  if (shadow.custom === null || rule === 'keep') return shadow
  const keys = rule === 'drop' ? [] : [...shadow.custom].filter(([key]) => /^(?:x_|_)/.test(key))
  return { ...shadow, custom: keys.length === 0 ? null : new Map(keys) }
}

/** Runs what may refuse with an error of ours and nothing else. */
export function attempt<T>(what: string, action: () => T): T | EncodeError | ProtocolError {
  try {
    return action()
  } catch (error) {
    if (error instanceof EncodeError || error instanceof ProtocolError) return error
    throw new Finding(`${what} throws`, String(error instanceof Error ? error.stack : error))
  }
}

/** Runs what must not throw at all. */
export function must<T>(what: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    if (error instanceof Finding) throw error
    throw new Finding(`${what} throws`, String(error instanceof Error ? error.stack : error))
  }
}

type Way = 'encode' | 'parts' | 'into' | 'length' | 'text'
const WAYS: readonly Way[] = ['encode', 'parts', 'into', 'length', 'text']

/**
 * Writes the message in all ways, in an order that `order` says, and compares them with each other and with the model.
 * Returns the frame, or null for one that is refused. Throws Finding.
 */
export function written(
  codecs: Codecs,
  { message, shadow }: Entry,
  codec: number,
  wireNumber: number,
  order: number = 0,
): Uint8Array | null {
  const wire = WIRES[wireNumber] as Wire
  const serializer = codecs.serializer(codec, wireNumber)
  const name = nameOf(wire)
  const first = order % WAYS.length
  const ways = [...WAYS.slice(first), ...WAYS.slice(0, first)].filter(
    (way) => way !== 'text' || serializer.encodeText !== undefined,
  )
  let frame: Uint8Array | null = null
  let refusal: EncodeError | ProtocolError | null = null
  for (const [i, way] of ways.entries()) {
    const made = attempt(`${way} to ${name}`, () => inWay(way, serializer, message, frame))
    if (made instanceof Error) {
      if (frame !== null || (i > 0 && refusal?.code !== made.code)) {
        throw new Finding(`${way} to ${name} refuses what ${ways[0]} writes`, made.message)
      }
      refusal = made
    } else if (refusal !== null) {
      throw new Finding(`${way} to ${name} writes what ${ways[0]} refuses`, refusal.message)
    } else if (typeof made === 'number') {
      if (frame === null) continue
      if (made !== frame.length) throw new Finding(`${way} of ${name}`, `${made}, not ${frame.length} bytes`)
    } else if (frame === null) frame = made.slice()
    else if (Buffer.compare(frame, made) !== 0) {
      throw new Finding(`${way} to ${name} gives other bytes`, `${hex(made)}, not ${hex(frame)}`)
    }
  }
  if (shadow !== null) checkVerdict(shadow, wire, refusal)
  return refusal === null
    ? (frame ?? must(`encode to ${name}`, () => serializer.encode(message)).slice())
    : null
}

function inWay(
  way: Way,
  serializer: ReturnType<Codecs['serializer']>,
  message: Message,
  frame: Uint8Array | null,
): Uint8Array | number {
  switch (way) {
    case 'encode':
      return serializer.encode(message)
    case 'parts':
      return Buffer.concat(serializer.encodeParts(message))
    case 'length':
      return serializer.byteLength(message)
    case 'text':
      return Buffer.from(serializer.encodeText?.(message) ?? '')
    default: {
      const length = frame?.length ?? serializer.byteLength(message)
      const target = new Uint8Array(length + 3)
      const count = serializer.encodeInto(message, target, 3)
      return target.subarray(3, 3 + count)
    }
  }
}

/** The model and the serializer agree whether the message can be written. */
function checkVerdict(shadow: Shadow, wire: Wire, refusal: EncodeError | ProtocolError | null): void {
  const wanted = tripOf(shadow, wire).refused
  if (refusal === null) {
    if (wanted !== null) throw new Finding(`${nameOf(wire)} writes what it must refuse`, wanted)
    return
  }
  const isRule = refusal instanceof PayloadRuleError
  if (refusal instanceof ProtocolError && !isRule) {
    throw new Finding(`encode to ${nameOf(wire)} says ProtocolError`, refusal.message)
  }
  // In FlatBuffers what the frame brought is passed on, and what the application made is not.
  const mayRefuse = wire.isFlat && brokenRule(shadow) !== null
  if (wanted === null && !mayRefuse) {
    throw new Finding(`${nameOf(wire)} refuses: ${refusal.code}`, refusal.message)
  }
}

/** A serializer in few words. */
export function nameOf({ id, options, format }: Wire): string {
  const more = Object.values(options).map(String)
  return [id, ...(more.length === 0 && id === format ? [] : more)].join(' ')
}

/** Hexadecimal text of the first bytes. */
export function hex(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('hex')
  return text.length > 400 ? `${text.slice(0, 400)}...` : text
}

/**
 * Decodes a frame that must be good, and holds it against `shadow`, at once when `isRead`. What profile 'autobahn'
 * leaves out must be in `losses`, by attribute.
 */
export function readBack(
  codecs: Codecs,
  frame: Uint8Array,
  shadow: Shadow,
  { codec, wire, input, isRead, losses = null }: Reading,
): Entry {
  const serializer = codecs.serializer(codec, wire)
  const name = nameOf(WIRES[wire] as Wire)
  const given = inputOf(frame, input, serializer.isBinary)
  const message = must(`decode of ${name}`, () => serializer.decode(given.frame))
  const isCopied = POLICIES[codec]?.ownership === 'copy'
  if (isCopied && given.chunk !== null) given.chunk.fill(0xff)
  const entry = entryOf(message, keptBy(shadow, codec), codec, [], { bytes: isCopied ? null : given.chunk })
  if (message.table.name !== shadow.schema.name) {
    throw new Finding(`decode of ${name}`, `${message.table.name}, not ${shadow.schema.name}`)
  }
  if (losses !== null) adopt(entry, losses)
  if (isRead) checkEntry(entry, `read from ${name}`)
  return entry
}

/** How a frame is read. */
export interface Reading {
  readonly codec: number
  readonly wire: number
  readonly input: Input
  readonly isRead: boolean
  /** Attributes that may arrive otherwise, or not at all. */
  readonly losses?: ReadonlySet<string> | null
}

function inputOf(
  frame: Uint8Array,
  input: Input,
  isBinary: boolean,
): { frame: Uint8Array | ArrayBuffer | string | Uint8Array[]; chunk: Uint8Array | null } {
  if (input === 'text' && !isBinary) return { frame: Buffer.from(frame).toString(), chunk: null }
  if (input === 'buffer') return { frame: new Uint8Array(frame).buffer, chunk: null }
  if (input === 'chunks') {
    const cut = frame.length >> 1
    return { frame: [frame.slice(0, cut), frame.slice(cut)], chunk: null }
  }
  if (input === 'bytes') return { frame, chunk: null }
  const chunk = new Uint8Array(frame.length + 12).fill(0xee)
  chunk.set(frame, 5)
  return { frame: chunk.subarray(5, 5 + frame.length), chunk }
}

/** Takes over what has arrived of the attributes that the report of losses names. */
function adopt(entry: Entry, losses: ReadonlySet<string>): void {
  const { message, shadow } = entry
  if (shadow === null) return
  for (const attribute of shadow.schema.attributes) {
    if (!losses.has(attribute.name)) continue
    const got = plainOf(message[attribute.name])
    if (got === null) shadow.attributes.delete(attribute.name)
    else if (!isSamePlain(got, attributeOf(shadow, attribute))) shadow.attributes.set(attribute.name, got)
  }
  if (losses.has('custom')) shadow.custom = null
  for (const name of ['args', 'kwargs', 'payload'] as const) {
    if (losses.has(name) && message[name] === null) shadow[name] = null
  }
}

/** Changes a frame by chance. */
export function mutated(frame: Uint8Array, seed: number): Uint8Array {
  const random = createRandom(seed)
  let bytes = Buffer.from(frame)
  for (let i = random.int(1, 3); i > 0; i--) {
    const at = random.int(0, bytes.length)
    const end = Math.min(bytes.length, at + random.int(1, 4))
    const before = bytes.subarray(0, at)
    switch (random.int(0, 4)) {
      case 0:
        bytes = Buffer.concat([before, random.bytes(2), bytes.subarray(Math.min(bytes.length, at + 1))])
        break
      case 1:
        bytes = Buffer.concat([before, bytes.subarray(end)])
        break
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)])
        break
      case 3:
        bytes = Buffer.from(before)
        break
      default:
        bytes = Buffer.from(bytes)
        if (at < bytes.length) bytes[at] = (bytes[at] as number) ^ (1 << random.int(0, 7))
    }
  }
  return new Uint8Array(bytes)
}

/** True for errors of ours, which a frame that was changed by chance may bring up at any time. */
export function isOurs(error: unknown): boolean {
  return isWampCodecError(error)
}
