/**
 * Seed -> messages in list form -> frames. Everything is drawn from one seeded generator; no message was
 * picked by hand. The frames are written by neutral encoders (cborg, @msgpack/msgpack, JSON.stringify), never
 * by a contender.
 */
import { encode as encodeMsgpack } from '@msgpack/msgpack'
import { encode as encodeCbor } from 'cborg'

/** JSON bytes of args and kwargs together. */
export const SIZES = { none: 0, '100b': 100, '1k': 1024, '16k': 16384 }

/**
 * `repeated`: one message over and over. `varied`: so many messages, cycled, with hundreds of object shapes.
 */
export const SHAPES = { repeated: 1, varied: 256 }

const WORDS =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma'.split(' ')
const FOREIGN = ['äöü', 'ключ', '東京', '€ 5', 'naïve', '🚀']
const OPTIONAL = ['unit', 'site', 'batch', 'seq', 'level', 'mode', 'zone', 'err']

/** Mulberry32: the same numbers on every machine. */
function randomOf(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit) => Math.floor(next() * limit)
  const pick = (items) => items[below(items.length)]
  const words = (count) => Array.from({ length: count }, () => pick(WORDS)).join(' ')
  return { next, below, pick, words, chance: (share) => next() < share }
}

/** A float of few decimals, as people and sensors write them. */
const decimal = (random, range, digits) => Number(((random.next() - 0.5) * range).toFixed(digits))

const position = (random) => ({ lat: decimal(random, 180, 5), lon: decimal(random, 360, 5) })

function note(random) {
  if (random.chance(0.7)) return null
  return random.words(6) + (random.chance(0.33) ? ` ${random.pick(FOREIGN)}` : '')
}

/** Seven keys, always the same ones: floats, a short array, a nested dictionary; mostly no note. */
const RECORDS = {
  repeated: (random) => ({
    id: random.below(1e6),
    name: `sensor-${random.below(1000)}`,
    ok: random.chance(0.5),
    value: decimal(random, 200, 2),
    tags: [random.pick(WORDS), random.pick(WORDS)],
    pos: position(random),
    note: note(random),
  }),
  /** The same with keys that may be absent and others that may be there. */
  varied(random) {
    const record = { id: random.below(1e6), name: `sensor-${random.below(1e6)}`, ok: random.chance(0.5) }
    if (random.chance(0.7)) record.value = decimal(random, 200, 2)
    if (random.chance(0.5)) record.tags = random.words(random.below(4)).split(' ')
    if (random.chance(0.6)) record.pos = position(random)
    for (const key of OPTIONAL) {
      if (random.chance(0.8)) continue
      record[key] = random.chance(0.5) ? random.below(1e9) : note(random)
    }
    return record
  },
}

const jsonBytes = (value) => Buffer.byteLength(JSON.stringify(value))

/**
 * args and kwargs of so many bytes in JSON: records while there is room, the last one without the keys that
 * do not fit.
 */
function payload(random, bytes, record) {
  if (bytes === 0) return []
  const kwargs = { ts: 1.7e9 + random.below(1e8) }
  const args = []
  let room = bytes - jsonBytes(kwargs) - 2
  while (room > 0) {
    const entries = Object.entries(record(random))
    while (entries.length > 0 && jsonBytes(Object.fromEntries(entries)) > room) entries.pop()
    if (entries.length === 0) break
    args.push(Object.fromEntries(entries))
    room -= jsonBytes(args.at(-1)) + 1
  }
  return [args, kwargs]
}

/** Ids of the global scope are drawn from 1..2^53, request ids count from 1. */
const globalId = (random) => 1 + random.below(2 ** 53)

const HEADS = {
  event(random, shape) {
    const details = shape === 'varied' && random.chance(0.5) ? { publisher: globalId(random) } : {}
    return [36, globalId(random), globalId(random), details]
  },
  publish(random, shape) {
    const options = { acknowledge: true }
    if (shape === 'varied' && random.chance(0.3)) delete options.acknowledge
    if (shape === 'varied' && random.chance(0.3)) options.exclude_me = false
    const topic = `com.myapp.${random.pick(WORDS)}.${random.pick(WORDS)}`
    return [16, 1 + random.below(1e6), options, topic]
  },
}

/** The messages of a case in list form. */
export function messagesOf(type, size, shape, seed) {
  const random = randomOf(seed)
  return Array.from({ length: SHAPES[shape] }, () => {
    const head = HEADS[type](random, shape)
    return [...head, ...payload(random, SIZES[size], RECORDS[shape])]
  })
}

/** Ids that the broker gives an event: as large as the real ones. */
export function eventIdsOf(seed) {
  const random = randomOf(seed)
  return { subscription: globalId(random), publication: globalId(random) }
}

// Keys in their order, floats in 64 bits: what other WAMP peers send.
const CBOR = { float64: true, mapSorter: () => 0 }

const ENCODERS = {
  cbor: (list) => Buffer.from(encodeCbor(list, CBOR)),
  msgpack: (list) => Buffer.from(encodeMsgpack(list)),
  json: (list) => Buffer.from(JSON.stringify(list)),
  'json-text': (list) => JSON.stringify(list),
}

/** One frame for each message; new objects at each call. */
export function framesOf(messages, format) {
  return messages.map(ENCODERS[format])
}
