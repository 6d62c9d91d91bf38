/**
 * A peer that writes FlatBuffers with the npm package, along the slots of the .fbs files as they are noted here, and
 * FlexBuffers by itself: all of them 64 bits wide, lists of one type typed, as no writer of ours does it.
 */
import { Builder } from 'flatbuffers'
import type { Random } from '../../support/random.ts'
import { once } from '../wire.ts'
import { writerOf } from './peer.ts'
import { Flt, type Format, isList, type Plain } from './plain.ts'
import { ENUMS, type Kind } from './schema.ts'
import type { Shadow } from './shadow.ts'

const PAYLOAD = 'args kwargs payload enc_algo enc_serializer ppt_cipher enc_key'
const RESULT = `- request ${PAYLOAD} progress callee callee_authid callee_authrole forward_for`
const CALLER = 'caller caller_authid caller_authrole'

/** The slots of the messages that this peer writes; `-` is one that no attribute has. */
const SLOTS: Readonly<Record<string, string>> = {
  Abort: '- reason message',
  Goodbye: '- reason message resumable',
  Error: `- request_type request error ${PAYLOAD} forward_for`,
  Publish:
    `- request topic ${PAYLOAD} acknowledge exclude_me exclude exclude_authid exclude_authrole eligible ` +
    'eligible_authid eligible_authrole retain transaction_hash forward_for',
  Published: '- request publication',
  Subscribe: '- request topic match get_retained',
  Subscribed: '- request subscription',
  Unsubscribe: '- request subscription',
  Event:
    `- subscription publication ${PAYLOAD} publisher publisher_authid publisher_authrole topic retained ` +
    'transaction_hash x_acknowledged_delivery forward_for',
  EventReceived: '- publication',
  Call: `- request procedure ${PAYLOAD} timeout receive_progress transaction_hash ${CALLER} forward_for`,
  Cancel: '- request mode forward_for',
  Result: RESULT,
  Register: '- request procedure match invoke concurrency force_reregister',
  Registered: '- request registration',
  Unregister: '- request registration',
  Invocation:
    `- request registration ${PAYLOAD} procedure timeout receive_progress transaction_hash ${CALLER} ` +
    'forward_for',
  Interrupt: '- request mode reason forward_for',
  Yield: RESULT,
}

/** True for the messages that this peer writes. */
export function canWriteFlat(className: string): boolean {
  return SLOTS[className] !== undefined
}

/** The frame of a message that has come through `throughFlatBuffers`. */
export function peerFlatFrame(shadow: Shadow, format: Format, random: Random): Uint8Array {
  const builder = new Builder(64)
  const names = (SLOTS[shadow.schema.className] as string).split(' ')
  const targets = names.map((name) => offsetOf(builder, shadow, name, format, random))
  builder.startObject(names.length)
  const order = [...names.keys()]
  if (once(random, 3)) order.reverse()
  for (const slot of order) {
    const target = targets[slot] as number
    if (target !== 0) builder.addFieldOffset(slot, target, 0)
    else addInline(builder, slot, shadow, names[slot] as string)
  }
  const message = builder.endObject()
  builder.startObject(2)
  builder.addFieldInt8(0, shadow.schema.code === 337 ? 37 : shadow.schema.code, 0)
  builder.addFieldOffset(1, message, 0)
  builder.finish(builder.endObject())
  return builder.asUint8Array().slice()
}

function kindOf({ schema }: Shadow, name: string): Kind | null {
  return schema.attributes.find((attribute) => attribute.name === name)?.kind ?? null
}

/** What a slot points to; 0 for what stands in the table, and for nothing. */
function offsetOf(builder: Builder, shadow: Shadow, name: string, format: Format, random: Random): number {
  if (name === 'args' || name === 'kwargs') {
    const value = shadow[name]
    if (value === null) return 0
    const bytes = format === 'flexbuffers' ? flexBuffer(value) : writerOf(format, random)(value)
    const hasNoOp = format.startsWith('ubjson') && once(random, 10)
    return builder.createByteVector(hasNoOp ? Buffer.concat([Buffer.from('N'), bytes]) : bytes)
  }
  if (name === 'payload') return shadow.payload === null ? 0 : builder.createByteVector(shadow.payload)
  const value = shadow.attributes.get(name)
  if (value === undefined) return 0
  switch (kindOf(shadow, name)) {
    case 'uri':
    case 'text':
      return builder.createString(value as string)
    case 'texts':
      return offsets(
        builder,
        (value as readonly string[]).map((text) => builder.createString(text)),
      )
    case 'ints': {
      const items = value as readonly (number | bigint)[]
      builder.startVector(8, items.length, 8)
      for (const item of [...items].reverse()) builder.addInt64(BigInt(item))
      return builder.endVector()
    }
    case 'hops':
      return offsets(
        builder,
        (value as readonly ReadonlyMap<string, Plain>[]).map((hop) => principal(builder, hop)),
      )
    default:
      return 0
  }
}

function offsets(builder: Builder, targets: readonly number[]): number {
  builder.startVector(4, targets.length, 4)
  for (const target of [...targets].reverse()) builder.addOffset(target)
  return builder.endVector()
}

function principal(builder: Builder, hop: ReadonlyMap<string, Plain>): number {
  const texts = ['authid', 'authrole'].map((name) => {
    const text = hop.get(name)
    return typeof text === 'string' ? builder.createString(text) : 0
  })
  builder.startObject(3)
  builder.addFieldInt64(0, BigInt(hop.get('session') as number), 0n)
  for (const [i, text] of texts.entries()) if (text !== 0) builder.addFieldOffset(1 + i, text, 0)
  return builder.endObject()
}

/** A default is left out by the package unless it is forced; here it is always another one. */
function addInline(builder: Builder, slot: number, shadow: Shadow, name: string): void {
  const value = shadow.attributes.get(name)
  if (value === undefined) return
  const kind = kindOf(shadow, name) as Kind
  if (kind === 'bool') builder.addFieldInt8(slot, value === true ? 1 : 0, -1)
  else if (kind === 'id' || kind === 'int') builder.addFieldInt64(slot, BigInt(value as number), -1n)
  else if (kind === 'uint') builder.addFieldInt32(slot, Number(value) | 0, -2)
  else if (kind === 'count' || kind === 'requestType') builder.addFieldInt16(slot, Number(value), -1)
  else builder.addFieldInt8(slot, numberOf(kind, value), -1)
}

/** CANCEL and INTERRUPT share their modes; some enumerations begin with what has no name. */
function numberOf(kind: Kind, value: Plain): number {
  const words = kind === 'interruptMode' ? ENUMS.cancelMode : ENUMS[kind]
  const isFromOne = ['algo', 'serializer', 'cipher', 'method'].includes(kind)
  return (words?.indexOf(value as string) ?? 0) + (isFromOne ? 1 : 0)
}

// FlexBuffers: types and the root, as in Google's flexbuffers.h.
const NULL = 0
const INT = 1
const UINT = 2
const FLOAT = 3
const KEY = 4
const STRING = 5
const MAP = 9
const VECTOR = 10
const VECTOR_INT = 11
const BLOB = 25
const BOOL = 26
const WIDTH_64 = 3

/** A value with its packed type: written already, when it is an offset. */
type Item = readonly [type: number, inline: bigint, isOffset: boolean]

/** A value as FlexBuffers. */
function flexBuffer(root: Plain): Uint8Array {
  const parts: Buffer[] = []
  let at = 0
  const put = (bytes: Buffer): number => {
    const place = at
    parts.push(bytes)
    at += bytes.length
    return place
  }
  const long = (value: bigint): Buffer => {
    const bytes = Buffer.alloc(8)
    bytes.writeBigUInt64LE(BigInt.asUintN(64, value))
    return bytes
  }
  const align = (): unknown => put(Buffer.alloc(-at & 7))
  const sized = (type: number, content: Buffer, isText: boolean): Item => {
    align()
    put(long(BigInt(content.length)))
    const place = put(content)
    if (isText) put(Buffer.from([0]))
    return [type, BigInt(place), true]
  }
  const key = (text: string): Item => [KEY, BigInt(put(Buffer.from(`${text}\0`))), true]
  /** The elements of a vector, and their types when it is no typed one. */
  const elements = (items: readonly Item[], isTyped: boolean): bigint => {
    const start = at
    for (const [, inline, isOffset] of items) put(long(isOffset ? BigInt(at) - inline : inline))
    if (!isTyped) put(Buffer.from(items.map(([type]) => (type << 2) | WIDTH_64)))
    return BigInt(start)
  }
  const write = (value: Plain): Item => {
    if (value === null) return [NULL, 0n, false]
    if (typeof value === 'boolean') return [BOOL, value ? 1n : 0n, false]
    if (typeof value === 'number' || typeof value === 'bigint') {
      return [BigInt(value) >= 2n ** 63n ? UINT : INT, BigInt(value), false]
    }
    if (value instanceof Flt) {
      const bytes = Buffer.alloc(8)
      bytes.writeDoubleLE(value.value)
      return [FLOAT, bytes.readBigUInt64LE(), false]
    }
    if (typeof value === 'string') return sized(STRING, Buffer.from(value), true)
    if (value instanceof Uint8Array) return sized(BLOB, Buffer.from(value), false)
    if (isList(value)) {
      const items = value.map(write)
      align()
      put(long(BigInt(items.length)))
      const isTyped = items.length > 0 && items.every(([type]) => type === INT)
      return [isTyped ? VECTOR_INT : VECTOR, elements(items, isTyped), true]
    }
    // The model has sorted the keys.
    const entries = [...(value as ReadonlyMap<string, Plain>)]
    const keys = entries.map(([text]) => key(text))
    const items = entries.map(([, item]) => write(item))
    align()
    put(long(BigInt(keys.length)))
    const keysAt = elements(keys, true)
    put(long(BigInt(at) - keysAt))
    put(long(8n))
    put(long(BigInt(items.length)))
    return [MAP, elements(items, false), true]
  }
  const [type, inline, isOffset] = write(root)
  align()
  put(long(isOffset ? BigInt(at) - inline : inline))
  put(Buffer.from([(type << 2) | WIDTH_64, 8]))
  return new Uint8Array(Buffer.concat(parts))
}
