/**
 * Random values of applications: what the formats and the rules have borders for, and what only a careless or hostile
 * application has.
 */
import { createRandom, type Random } from '../../support/random.ts'
import {
  NOT_FINITE,
  NUMBERS,
  randomBigInt,
  randomFloat,
  randomKey,
  randomSize,
  randomText,
} from './leaves.ts'
import { deepSpec, wideSpec } from './shapes.ts'
import type { Aside, Getter, Item, Primitive, Spec } from './spec.ts'
import * as All from './spec.ts'

/** How values of one test are made. */
export interface Choice {
  /** The levels that the codec allows. */
  readonly maxDepth: number
  /** Numbers of the codecs that may encode something meanwhile. */
  readonly codecs: number
}

/** A random value. Half of them may have anything that is refused or throws. */
export function randomSpec(random: Random, choice: Choice): Spec {
  return new Maker(random, choice, random.int(0, 1) === 0).top()
}

class Maker {
  readonly #random: Random
  readonly #choice: Choice
  readonly #isWild: boolean
  #left = 60
  #ids = 0
  /** Containers around what is made; no aside sees those of another value. */
  #open = 0

  constructor(random: Random, choice: Choice, isWild: boolean) {
    this.#random = random
    this.#choice = choice
    this.#isWild = isWild
  }

  top(): Spec {
    const random = this.#random
    switch (random.int(0, 11)) {
      case 0:
        return this.#leaf()
      case 1:
        return this.#records()
      case 2:
        return deepSpec(random, this.#choice.maxDepth, this.#leaf(), () => this.#id())
      case 3: {
        this.#left = 400
        return this.#spec(8)
      }
      case 4:
        return random.int(0, 5) === 0 ? wideSpec(random, this.#id()) : this.#spec(4)
      default:
        return this.#spec(random.int(1, 5))
    }
  }

  /** An id for application code. */
  #id(): number {
    return this.#ids++
  }

  #spec(depth: number): Spec {
    const random = this.#random
    this.#left--
    if (depth <= 0 || this.#left <= 0) return this.#leaf()
    switch (random.int(0, 13)) {
      case 0:
      case 1:
      case 2:
        return this.#within(() => this.#array(depth - 1))
      case 3:
      case 4:
      case 5:
      case 6:
        return this.#within(() => this.#object(depth - 1))
      case 7:
        return this.#within(() => this.#map(depth - 1))
      case 8:
        return random.int(0, 1) === 0 ? this.#json(depth - 1) : this.#leaf()
      case 9:
        return random.int(0, 2) === 0 ? this.#tagged(depth - 1) : this.#leaf()
      case 10:
        return this.#numbers()
      default:
        return this.#leaf()
    }
  }

  #within<T>(make: () => T): T {
    this.#open++
    const made = make()
    this.#open--
    return made
  }

  #leaf(): Spec {
    const random = this.#random
    if (this.#isWild && random.int(0, 24) === 0) return this.#wild()
    switch (random.int(0, 13)) {
      case 0:
        return { is: 'value', value: random.pick([null, true, false]) }
      case 1:
      case 2:
        return { is: 'value', value: random.pick(NUMBERS) }
      case 3:
        return { is: 'value', value: randomFloat(random) }
      case 4:
        return { is: 'value', value: randomBigInt(random, this.#isWild) }
      case 5:
      case 6:
      case 7:
        return { is: 'value', value: randomText(random) }
      case 8:
        return { is: 'bytes', how: random.pick(All.BYTES), bytes: [...random.bytes(randomSize(random))] }
      case 9:
        return { is: 'date', time: random.pick([0, 1e12, -1, 8.64e15, -62_198_755_200_000]) }
      case 10:
        return { is: 'float', value: random.pick([randomFloat(random), random.pick(NUMBERS)]) }
      case 11: {
        const value = this.#primitive()
        return { is: 'boxed', value: value ?? 1 }
      }
      default:
        return { is: 'value', value: random.int(-300, 70_000) }
    }
  }

  /** What is refused, or becomes null or nothing. */
  #wild(): Spec {
    const random = this.#random
    switch (random.int(0, 13)) {
      case 0:
        return { is: 'value', value: undefined }
      case 1:
        return { is: random.pick(['function', 'symbol']) }
      case 2:
        return {
          is: 'value',
          value: random.pick(['\ud800', 'a\udfffb', `${'x'.repeat(60)}\udc00`, '\ud83d\ud83d\ude00']),
        }
      case 3:
        return { is: 'date', time: Number.NaN }
      case 4:
        return { is: 'boxed', value: Symbol('boxed') }
      case 5:
        return { is: 'builtin', name: random.pick(All.BUILTINS) }
      case 6:
        return { is: 'detached', how: random.pick(All.DETACHED) }
      case 7:
        return { is: 'sparse', length: random.pick([2 ** 25 + 1, 2 ** 32 - 1]) }
      case 8:
        return { is: 'value', value: random.pick(['\0', '\0AAAA', `\0${'x'.repeat(60)}`]) }
      case 9:
      case 10:
      case 11:
        return this.#open > 0 ? { is: 'up', levels: random.int(1, this.#open) } : { is: 'function' }
      default:
        return { is: random.pick(['value', 'float']), value: random.pick(NOT_FINITE) }
    }
  }

  #primitive(): string | number | boolean | bigint {
    const random = this.#random
    return random.pick([
      randomText(random),
      random.pick(NUMBERS),
      randomFloat(random),
      randomBigInt(random, this.#isWild),
      true,
    ])
  }

  #count(): number {
    const random = this.#random
    return random.int(0, 14) === 0 ? random.pick([15, 16, 17, 23, 24, 25]) : random.int(0, 6)
  }

  #array(depth: number): Spec {
    const random = this.#random
    const items = Array.from({ length: this.#count() }, (): Item => {
      if (this.#isWild && random.int(0, 40) === 0) return { is: 'hole' }
      return random.int(0, 12) === 0 ? this.#getter(depth) : this.#spec(depth)
    })
    return { is: 'array', how: random.pick(All.ARRAYS), id: this.#id(), items }
  }

  #object(depth: number): Spec {
    const random = this.#random
    const keys = new Set(Array.from({ length: this.#count() }, () => randomKey(random, this.#isWild)))
    const entries = [...keys].map((key): readonly [string, Spec | Getter] => {
      if (random.int(0, 20) === 0) return [key, { is: 'value', value: undefined }]
      return [key, random.int(0, 8) === 0 ? this.#getter(depth) : this.#spec(depth)]
    })
    // In wild values something may contain itself, and would be asked for its toJSON there.
    if (!this.#isWild && random.int(0, 60) === 0)
      entries.push(['toJSON', random.pick<Spec>([{ is: 'function' }, { is: 'value', value: 1 }])])
    return { is: 'object', how: random.pick(All.OBJECTS), id: this.#id(), entries }
  }

  #map(depth: number): Spec {
    const random = this.#random
    const seen = new Set<string>()
    const hasAny = this.#isWild && random.int(0, 2) === 0
    const entries: [Spec, Spec][] = []
    for (let i = this.#count(); i > 0; i--) {
      let key: Spec = { is: 'value', value: randomKey(random, this.#isWild) }
      if (random.int(0, 9) === 0)
        key = { is: 'value', value: random.pick([0, 1, -1, 24, 2 ** 40, 2n ** 62n]) }
      if (hasAny && random.int(0, 2) === 0) key = this.#mapKey(depth)
      const value = key.is === 'value' ? key.value : null
      const name = key.is === 'value' ? `${typeof value} ${value}` : `${seen.size}`
      if (seen.has(name) || Object.is(value, -0)) continue
      seen.add(name)
      entries.push([key, random.int(0, 20) === 0 ? { is: 'value', value: undefined } : this.#spec(depth)])
    }
    return { is: 'map', how: random.pick(All.MAPS), entries }
  }

  #mapKey(depth: number): Spec {
    const random = this.#random
    const value: Primitive = random.pick([
      null,
      true,
      false,
      1.5,
      Number.NaN,
      undefined,
      2 ** 60,
      2n ** 64n,
      1n,
    ])
    return random.int(0, 1) === 0 ? { is: 'value', value } : this.#spec(Math.min(depth, 2))
  }

  #getter(depth: number): Getter {
    const later: Spec = { is: 'value', value: 'asked again' }
    return { is: 'getter', later, ...this.#asked(depth) }
  }

  #json(depth: number): Spec {
    return { is: 'json', on: this.#random.pick(All.JSON_HOLDERS), ...this.#asked(depth) }
  }

  #asked(depth: number): { id: number; gives: Spec | null; aside: Aside | null } {
    const random = this.#random
    const isThrown = this.#isWild && random.int(0, 9) === 0
    const isAbsent = random.int(0, 12) === 0
    const gives: Spec = isAbsent ? { is: 'value', value: undefined } : this.#spec(depth)
    return { id: this.#id(), gives: isThrown ? null : gives, aside: this.#aside() }
  }

  /** Sometimes, and not in a thing that is an aside itself. */
  #aside(): Aside | null {
    const random = this.#random
    const { codecs, maxDepth } = this.#choice
    if (codecs === 0 || random.int(0, 5) !== 0) return null
    const maker = new Maker(
      createRandom(random.int(0, 2 ** 31)),
      { codecs: 0, maxDepth },
      random.int(0, 2) === 0,
    )
    return { spec: maker.top(), codec: random.int(0, codecs - 1) }
  }

  #tagged(depth: number): Spec {
    const random = this.#random
    const kind = random.pick(['tag', 'extension', 'simple'] as const)
    const isBytes = random.int(0, 1) === 0
    const bytes = (): Spec => ({
      is: 'bytes',
      how: random.pick(All.BYTES),
      bytes: [...random.bytes(randomSize(random))],
    })
    const value: Spec =
      kind === 'simple' ? { is: 'value', value: null } : isBytes ? bytes() : this.#spec(depth)
    const usual = [0, 1, 5, 23, 24, 32, 127, 255]
    const others = [
      -1,
      -128,
      -129,
      128,
      256,
      65_536,
      2 ** 32,
      2 ** 53,
      2 ** 60,
      2n ** 63n,
      2n ** 64n - 1n,
      2n ** 64n,
      -1n,
    ]
    return {
      is: 'tagged',
      kind,
      tag: random.int(0, 2) === 0 ? random.pick<number | bigint>(others) : random.pick(usual),
      value,
    }
  }

  #numbers(): Spec {
    const random = this.#random
    const how = random.pick(All.NUMBERS)
    const isBig = how.startsWith('Big')
    const given = Array.from({ length: this.#count() }, () =>
      isBig ? randomBigInt(random, this.#isWild) : random.pick([random.pick(NUMBERS), randomFloat(random)]),
    )
    const numbers = [...All.numbersOf(how, given)]
    return { is: 'numbers', how, numbers }
  }

  /** Things of one shape, as applications send them. */
  #records(): Spec {
    const random = this.#random
    const keys = [...new Set(Array.from({ length: random.int(1, 6) }, () => randomKey(random, this.#isWild)))]
    const how = random.pick(All.OBJECTS)
    const items = Array.from({ length: random.int(2, 12) }, (): Spec => {
      const own = random.int(0, 9) === 0 ? random.shuffled(keys) : keys
      const entries = own.map((key) => [key, this.#spec(1)] as const)
      return { is: 'object', how, id: this.#id(), entries }
    })
    return { is: 'array', how: 'plain', id: this.#id(), items }
  }
}
