/**
 * Random frames: messages that follow their tables, put together from random values, and what a bad line or a
 * bad peer makes of valid ones.
 */
import type { Kind, MessageTable, Option } from '../../src/message/table.ts'
import { TABLES } from '../../src/message/tables.ts'
import type { Random } from '../support/random.ts'
import type { WireFormat } from '../support/vectors.ts'
import { nested, randomKey, randomValue, type SerializerSpec, wireOf } from './wire.ts'

/** A frame of any message, mostly one that is valid. */
export function randomFrame(format: WireFormat, random: Random): Uint8Array {
  const spec = wireOf(format, random)
  return frameOf(spec, random, random.pick(TABLES))
}

function frameOf(spec: SerializerSpec, random: Random, table: MessageTable): Uint8Array {
  const code = table.name === 'EVENT_RECEIVED' && random.int(0, 1) === 0 ? 37 : table.code
  const items: Buffer[] = [spec.integer(code)]
  // A broken revocation rule refuses most frames of two messages: usually there is none.
  let isOpaque = false
  for (const { attribute, kind } of table.positions) {
    if (kind === 'options' || kind === 'options?') {
      if (kind === 'options?' && random.int(0, 2) === 0) break
      isOpaque = random.int(0, 3) === 0
      items.push(optionsOf(spec, random, table, isOpaque))
    } else if (kind === 'id') {
      const isRevocation = table.name.startsWith('UN') && random.int(0, 1) === 0
      items.push(spec.integer(isRevocation ? 0 : random.pick([1, 300, 2 ** 31, 2 ** 53])))
    } else if (kind === 'requestType') items.push(spec.integer(random.pick([16, 32, 34, 48, 64, 66, 68])))
    else if (kind === 'dict') items.push(dictionary(spec, random))
    else if (kind === 'realm' && random.int(0, 5) === 0) items.push(spec.null())
    else items.push(spec.text(attribute === 'topic' ? 'com.example' : random.pick(['a.b', 'com.ключ.x'])))
  }
  if (table.payload !== 'none' && items.length > table.positions.length) {
    items.push(...payload(spec, random, table, isOpaque))
  }
  return spec.list(items)
}

function payload(spec: SerializerSpec, random: Random, table: MessageTable, isOpaque: boolean): Buffer[] {
  if (isOpaque && table.payload === 'any') {
    const bytes = spec.bytes(random.bytes(12))
    const messageIndex = random.int(0, 4)
    if (messageIndex < 2) return [bytes]
    return messageIndex === 2 ? [spec.list([bytes]), spec.map([])] : [spec.list([bytes])]
  }
  const args = (): Buffer =>
    random.int(0, 5) === 0
      ? spec.null()
      : spec.list(
          Array.from({ length: random.int(0, 4) }, () =>
            random.int(0, 60) === 0 ? nested(spec, random) : randomValue(spec, random, 3),
          ),
        )
  switch (random.int(0, 3)) {
    case 0:
      return []
    case 1:
      return [args()]
    default:
      return [args(), random.int(0, 8) === 0 ? spec.null() : dictionary(spec, random)]
  }
}

function dictionary(spec: SerializerSpec, random: Random): Buffer {
  return spec.map(
    Array.from({ length: random.int(0, 4) }, () => [randomKey(spec, random), randomValue(spec, random, 3)]),
  )
}

function optionsOf(spec: SerializerSpec, random: Random, table: MessageTable, isOpaque: boolean): Buffer {
  const entries: [Buffer, Buffer][] = []
  for (const option of table.options) {
    const isNeeded = option.attribute === 'roles'
    const isEnc = option.attribute.startsWith('enc_') && isOpaque
    const isRule = /^(?:resum|subscription|registration)/.test(option.attribute)
    if (!isNeeded && random.int(0, isEnc ? 1 : isRule ? 15 : 4) !== 0) continue
    entries.push([spec.text(keyOf(option, random)), optionValue(spec, random, option)])
  }
  for (let i = random.int(0, 6); i > 3; i--) {
    const value = random.int(0, 40) === 0 ? nested(spec, random) : randomValue(spec, random, 2)
    const key =
      random.int(0, 3) === 0 ? randomKey(spec, random) : spec.text(`${random.pick(['x_', 'y'])}${i}`)
    entries.splice(random.int(0, entries.length), 0, [key, value])
  }
  return spec.map(entries)
}

function keyOf({ key, attribute }: Option, random: Random): string {
  return random.int(0, 3) === 0 ? attribute : key
}

function optionValue(spec: SerializerSpec, random: Random, { kind, attribute }: Option): Buffer {
  if (random.int(0, 60) === 0) return randomValue(spec, random, 2)
  const text = spec.text(random.pick(['a', 'user', 'ключ', '']))
  const values: Partial<Record<Kind, () => Buffer>> = {
    bool: () => spec.bool(random.int(0, 1) === 0),
    int: () => spec.integer(random.pick([1, -1, 2 ** 53, 2n ** 64n, 7])),
    uint: () => spec.integer(random.pick([0, 5000, 2n ** 63n])),
    count: () => spec.integer(random.pick([1, 2n ** 60n])),
    ints: () => spec.list([spec.integer(random.int(-1, 300)), spec.integer(2 ** 53)]),
    texts: () => spec.list([text, spec.text('b')]),
    dict: () => dictionary(spec, random),
    dictOrNull: () => (random.int(0, 1) === 0 ? spec.null() : dictionary(spec, random)),
    uri: () => spec.text('wamp.close.normal'),
    match: () => spec.text(random.pick(['exact', 'prefix', 'wildcard'])),
    invoke: () => spec.text(random.pick(['single', 'random'])),
    cancelMode: () => spec.text('killnowait'),
    interruptMode: () => spec.text('kill'),
    clientRoles: () => roles(spec, random, 'caller'),
    routerRoles: () => roles(spec, random, 'dealer'),
    encAlgo: () => spec.text(random.pick(['cryptobox', 'x_mine'])),
    encSerializer: () => spec.text('cbor'),
    hops: () => spec.list([hop(spec, random), hop(spec, random)].slice(random.int(0, 1))),
  }
  return attribute === 'ppt_scheme' ? spec.text('x_s') : (values[kind]?.() ?? text)
}

function roles(spec: SerializerSpec, random: Random, role: string): Buffer {
  const features = spec.map([
    [spec.text('call_timeout'), spec.bool(true)],
    [spec.text('other'), randomValue(spec, random, 1)],
  ])
  return spec.map([[spec.text(role), spec.map([[spec.text('features'), features]])]])
}

function hop(spec: SerializerSpec, random: Random): Buffer {
  const more: [Buffer, Buffer][] =
    random.int(0, 3) === 0 ? [[randomKey(spec, random), randomValue(spec, random, 1)]] : []
  return spec.map([
    [spec.text('session'), spec.integer(random.pick([1, 2 ** 53]))],
    [spec.text('authid'), random.int(0, 1) === 0 ? spec.null() : spec.text('joe')],
    [spec.text('authrole'), spec.text('user')],
    ...more,
  ])
}

/**
 * A frame with one to three mistakes: flips, cuts, insertions, bytes of another frame, repeated or odd
 * tokens.
 */
export function mutated(
  frame: Uint8Array,
  other: Uint8Array,
  format: WireFormat,
  random: Random,
): Uint8Array {
  let bytes: Uint8Array = frame
  for (let i = random.int(1, 3); i > 0; i--) bytes = mutatedOnce(bytes, other, format, random)
  return bytes
}

function mutatedOnce(bytes: Uint8Array, other: Uint8Array, format: WireFormat, random: Random): Uint8Array {
  const at = random.int(0, bytes.length)
  const replaced = (count: number, insert: Uint8Array): Uint8Array =>
    Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(Math.min(bytes.length, at + count))])
  switch (random.int(0, 6)) {
    case 0:
      return replaced(1, Uint8Array.of(random.int(0, 255)))
    case 1:
      return replaced(1, Uint8Array.of((bytes[at] ?? 0) ^ (1 << random.int(0, 7))))
    case 2:
      return bytes.subarray(0, at)
    case 3: {
      const from = random.int(0, other.length)
      return replaced(random.int(0, 8), other.subarray(from, from + random.int(0, 20)))
    }
    case 4:
      return replaced(0, bytes.subarray(at, at + random.int(1, 12)))
    case 5:
      return replaced(random.int(1, 4), new Uint8Array(0))
    default:
      return replaced(random.int(0, 2), randomValue(wireOf(format, random), random, 1))
  }
}
