/**
 * Random frames: messages that follow their tables, put together from random values, and what a bad line or a
 * bad peer makes of valid ones.
 */
import type { Kind, MessageTable, Option } from '../../src/message/table.ts'
import { TABLES } from '../../src/message/tables.ts'
import type { Random } from '../support/random.ts'
import type { WireFormat } from '../support/vectors.ts'
import { nested, randomKey, randomValue, type Wire, wireOf } from './wire.ts'

/** A frame of any message, mostly one that is valid. */
export function randomFrame(format: WireFormat, random: Random): Uint8Array {
  const wire = wireOf(format, random)
  return frameOf(wire, random, random.pick(TABLES))
}

function frameOf(wire: Wire, random: Random, table: MessageTable): Uint8Array {
  const code = table.name === 'EVENT_RECEIVED' && random.int(0, 1) === 0 ? 37 : table.code
  const items: Buffer[] = [wire.integer(code)]
  // A broken revocation rule refuses most frames of two messages: usually there is none.
  let isOpaque = false
  for (const { attribute, kind } of table.positions) {
    if (kind === 'options' || kind === 'options?') {
      if (kind === 'options?' && random.int(0, 2) === 0) break
      isOpaque = random.int(0, 3) === 0
      items.push(optionsOf(wire, random, table, isOpaque))
    } else if (kind === 'id') {
      const isRevocation = table.name.startsWith('UN') && random.int(0, 1) === 0
      items.push(wire.integer(isRevocation ? 0 : random.pick([1, 300, 2 ** 31, 2 ** 53])))
    } else if (kind === 'requestType') items.push(wire.integer(random.pick([16, 32, 34, 48, 64, 66, 68])))
    else if (kind === 'dict') items.push(dictionary(wire, random))
    else if (kind === 'realm' && random.int(0, 5) === 0) items.push(wire.null())
    else items.push(wire.text(attribute === 'topic' ? 'com.example' : random.pick(['a.b', 'com.ключ.x'])))
  }
  if (table.payload !== 'none' && items.length > table.positions.length) {
    items.push(...payload(wire, random, table, isOpaque))
  }
  return wire.list(items)
}

function payload(wire: Wire, random: Random, table: MessageTable, isOpaque: boolean): Buffer[] {
  if (isOpaque && table.payload === 'any') {
    const bytes = wire.bytes(random.bytes(12))
    const form = random.int(0, 4)
    if (form < 2) return [bytes]
    return form === 2 ? [wire.list([bytes]), wire.map([])] : [wire.list([bytes])]
  }
  const args = (): Buffer =>
    random.int(0, 5) === 0
      ? wire.null()
      : wire.list(
          Array.from({ length: random.int(0, 4) }, () =>
            random.int(0, 60) === 0 ? nested(wire, random) : randomValue(wire, random, 3),
          ),
        )
  switch (random.int(0, 3)) {
    case 0:
      return []
    case 1:
      return [args()]
    default:
      return [args(), random.int(0, 8) === 0 ? wire.null() : dictionary(wire, random)]
  }
}

function dictionary(wire: Wire, random: Random): Buffer {
  return wire.map(
    Array.from({ length: random.int(0, 4) }, () => [randomKey(wire, random), randomValue(wire, random, 3)]),
  )
}

function optionsOf(wire: Wire, random: Random, table: MessageTable, isOpaque: boolean): Buffer {
  const entries: [Buffer, Buffer][] = []
  for (const option of table.options) {
    const isNeeded = option.attribute === 'roles'
    const isEnc = option.attribute.startsWith('enc_') && isOpaque
    const isRule = /^(?:resum|subscription|registration)/.test(option.attribute)
    if (!isNeeded && random.int(0, isEnc ? 1 : isRule ? 15 : 4) !== 0) continue
    entries.push([wire.text(keyOf(option, random)), optionValue(wire, random, option)])
  }
  for (let i = random.int(0, 6); i > 3; i--) {
    const value = random.int(0, 40) === 0 ? nested(wire, random) : randomValue(wire, random, 2)
    const key =
      random.int(0, 3) === 0 ? randomKey(wire, random) : wire.text(`${random.pick(['x_', 'y'])}${i}`)
    entries.splice(random.int(0, entries.length), 0, [key, value])
  }
  return wire.map(entries)
}

function keyOf({ key, attribute }: Option, random: Random): string {
  return random.int(0, 3) === 0 ? attribute : key
}

function optionValue(wire: Wire, random: Random, { kind, attribute }: Option): Buffer {
  if (random.int(0, 60) === 0) return randomValue(wire, random, 2)
  const text = wire.text(random.pick(['a', 'user', 'ключ', '']))
  const values: Partial<Record<Kind, () => Buffer>> = {
    bool: () => wire.bool(random.int(0, 1) === 0),
    int: () => wire.integer(random.pick([1, -1, 2 ** 53, 2n ** 64n, 7])),
    uint: () => wire.integer(random.pick([0, 5000, 2n ** 63n])),
    count: () => wire.integer(random.pick([1, 2n ** 60n])),
    ints: () => wire.list([wire.integer(random.int(-1, 300)), wire.integer(2 ** 53)]),
    texts: () => wire.list([text, wire.text('b')]),
    dict: () => dictionary(wire, random),
    dictOrNull: () => (random.int(0, 1) === 0 ? wire.null() : dictionary(wire, random)),
    uri: () => wire.text('wamp.close.normal'),
    match: () => wire.text(random.pick(['exact', 'prefix', 'wildcard'])),
    invoke: () => wire.text(random.pick(['single', 'random'])),
    cancelMode: () => wire.text('killnowait'),
    interruptMode: () => wire.text('kill'),
    clientRoles: () => roles(wire, random, 'caller'),
    routerRoles: () => roles(wire, random, 'dealer'),
    encAlgo: () => wire.text(random.pick(['cryptobox', 'x_mine'])),
    encSerializer: () => wire.text('cbor'),
    hops: () => wire.list([hop(wire, random), hop(wire, random)].slice(random.int(0, 1))),
  }
  return attribute === 'ppt_scheme' ? wire.text('x_s') : (values[kind]?.() ?? text)
}

function roles(wire: Wire, random: Random, role: string): Buffer {
  const features = wire.map([
    [wire.text('call_timeout'), wire.bool(true)],
    [wire.text('other'), randomValue(wire, random, 1)],
  ])
  return wire.map([[wire.text(role), wire.map([[wire.text('features'), features]])]])
}

function hop(wire: Wire, random: Random): Buffer {
  const more: [Buffer, Buffer][] =
    random.int(0, 3) === 0 ? [[randomKey(wire, random), randomValue(wire, random, 1)]] : []
  return wire.map([
    [wire.text('session'), wire.integer(random.pick([1, 2 ** 53]))],
    [wire.text('authid'), random.int(0, 1) === 0 ? wire.null() : wire.text('joe')],
    [wire.text('authrole'), wire.text('user')],
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
