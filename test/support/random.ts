/**
 * A seeded generator of values for random tests. Print `seed` in the name or the message of a test: the same seed gives
 * the same values on every machine.
 */

/** Which values `value` may give beside null, booleans, numbers, text, arrays and objects. */
export interface ValueOptions {
  readonly bytes?: boolean
  readonly bigints?: boolean
}

/** A source of random values; every method goes one or more steps on. */
export interface Random {
  readonly seed: number
  /** An integer of low..high, both included. */
  int(low: number, high: number): number
  /** Any finite float, very large and very small ones too, -0 too. */
  float(): number
  /** Well-formed text of up to `length` code points: ASCII, controls, all planes. */
  text(length?: number): string
  /** Up to `length` bytes. */
  bytes(length?: number): Uint8Array
  /** One of the items. */
  pick<T>(items: readonly T[]): T
  /** The items in a random order. */
  shuffled<T>(items: readonly T[]): T[]
  /** Plain data, nested up to `depth`. */
  value(depth: number, options?: ValueOptions): unknown
}

const KEYS = [
  'a',
  'id',
  'name',
  'value',
  'b c',
  'ключ',
  '',
  '__proto__',
  'constructor',
  'toString',
  '7',
  'x_y',
]

/** Numbers at the edges of the encodings. */
const EDGES = [
  0,
  23,
  24,
  31,
  32,
  127,
  128,
  255,
  256,
  65535,
  65536,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
]

/** A generator (mulberry32: 32 bits of state, good enough for tests). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let x = Math.imul(state ^ (state >>> 15), state | 1)
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61)
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32
  }

  const random: Random = {
    seed,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    float() {
      if (next() < 0.05) return random.pick([0, -0, 5e-324, Number.MAX_VALUE, -Number.MIN_VALUE, 2 ** -1022])
      if (next() < 0.5) return (next() - 0.5) * 10 ** random.int(-5, 20)
      const view = new DataView(new ArrayBuffer(8))
      for (;;) {
        view.setUint32(0, random.int(0, 0xffff_ffff))
        view.setUint32(4, random.int(0, 0xffff_ffff))
        const value = view.getFloat64(0)
        if (Number.isFinite(value)) return value
      }
    },
    text(length = 20) {
      let text = ''
      // Most text is ASCII: a string with one foreign character in 20 never takes the fast ways.
      const isAscii = next() < 0.6
      for (let i = random.int(0, length); i > 0; i--) {
        let code = random.int(0x20, 0x7e)
        if (!isAscii && next() < 0.5)
          code = random.pick([0x09, 0x1f, 0x7f, 0xe9, 0x7ff, 0x800, 0x2028, 0xfeff, 0xffff, 0x1f600])
        else if (!isAscii && next() < 0.1) code = random.int(0xe000, 0x10ffff)
        text += String.fromCodePoint(code)
      }
      return text
    },
    bytes(length = 40) {
      return Uint8Array.from({ length: random.int(0, length) }, () => random.int(0, 255))
    },
    pick(items) {
      return items[random.int(0, items.length - 1)]!
    },
    shuffled(items) {
      const left = [...items]
      return items.map(() => left.splice(random.int(0, left.length - 1), 1)[0]!)
    },
    value(depth, options = {}) {
      const choice = random.int(0, depth > 0 ? 11 : 7)
      switch (choice) {
        case 0:
          return random.pick([null, true, false])
        case 1:
          return random.pick(EDGES) * random.pick([1, -1]) + 0
        case 2:
          return random.int(-1000, 100_000)
        case 3:
          return random.float()
        case 4:
          return options.bytes ? random.bytes() : random.text(3)
        case 5:
          return options.bigints ? random.pick([1n, -1n]) * (BigInt(random.int(2 ** 44, 2 ** 53)) << 10n) : 1
        case 6:
        case 7:
          return random.text(random.pick([5, 40, 300]))
        case 8:
        case 9:
          return Array.from({ length: random.int(0, 18) }, () => random.value(depth - 1, options))
        default: {
          const object: Record<string, unknown> = {}
          for (let i = random.int(0, 18); i > 0; i--) {
            const key = next() < 0.7 ? random.pick(KEYS) : random.text(8)
            const value = random.value(depth - 1, options)
            Object.defineProperty(object, key, {
              value,
              writable: true,
              enumerable: true,
              configurable: true,
            })
          }
          return object
        }
      }
    },
  }
  return random
}
