/**
 * The bytes of a value as FlexBuffers: bottom-up, keys and vectors of keys once each, numbers of 64 bits beside their
 * vectors, arrays untyped. Each width is found by trying: the narrowest in which everything fits.
 */
import { float, integer } from './numbers.ts'
import { Ext, Float, Pairs, Simple, Tag, type Wire } from './wire.ts'

/** A written value: its type, the logarithm of its width, and where it is, or its bytes at any width. */
interface Placed {
  readonly type: number
  readonly width: number
  readonly at?: number
  readonly inline?: (size: number) => number[]
}

const [NULL, INT, UINT, FLOAT, KEY, STRING, INDIRECT_INT, INDIRECT_UINT, INDIRECT_FLOAT, MAP, VECTOR] = [
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
] as [number, number, number, number, number, number, number, number, number, number, number]
const [BLOB, BOOL] = [25, 26]

/** The bytes of a value. */
export function flexbuffersOf(wire: Wire): Buffer {
  return new Writer().whole(wire)
}

class Writer {
  readonly #bytes: number[] = []
  readonly #keys = new Map<string, number>()
  /** By the texts of the keys, sorted. */
  readonly #keyVectors = new Map<string, Placed>()

  whole(wire: Wire): Buffer {
    const root = this.#put(wire, true)
    let width = root.width
    if (root.at !== undefined) {
      width = 0
      while (padded(this.#bytes.length, width) - root.at >= 256 ** (1 << width)) width++
    }
    this.#align(width)
    this.#slot(root, width)
    this.#bytes.push(root.type * 4 + (root.at === undefined ? width : root.width), 1 << width)
    return Buffer.from(this.#bytes)
  }

  #put(wire: Wire, isRoot: boolean): Placed {
    if (wire === null) return { type: NULL, width: 0, inline: (size) => integer(0, size) }
    if (typeof wire === 'boolean')
      return { type: BOOL, width: 0, inline: (size) => integer(Number(wire), size, true) }
    if (typeof wire === 'string') return this.#sized(STRING, [...Buffer.from(wire)], [0])
    if (wire instanceof Uint8Array) return this.#sized(BLOB, [...wire], [])
    if (typeof wire === 'bigint') {
      const bits = BigInt.asIntN
      const width = [0, 1, 2].find((each) => bits(8 << each, wire) === wire) ?? 3
      const isSigned = wire < 2n ** 63n
      const inline = (size: number): number[] => integer(wire, size, true)
      if (width < 3 || isRoot) return { type: isSigned ? INT : UINT, width, inline }
      return this.#beside(isSigned ? INDIRECT_INT : INDIRECT_UINT, inline(8))
    }
    if (wire instanceof Float) {
      const { value } = wire
      const isShort = Number.isNaN(value) || new Float32Array([value])[0] === value
      const inline = (size: number): number[] => (size === 4 ? single(value) : float(value, true))
      if (isShort || isRoot) return { type: FLOAT, width: isShort ? 2 : 3, inline }
      return this.#beside(INDIRECT_FLOAT, inline(8))
    }
    if (wire instanceof Pairs) return this.#map(wire)
    if (wire instanceof Tag || wire instanceof Ext || wire instanceof Simple)
      throw new Error('FlexBuffers have no tags')
    return this.#vector(
      VECTOR,
      wire.map((item) => this.#put(item, false)),
      null,
    )
  }

  #map({ pairs }: Pairs): Placed {
    const items: { key: string; value: Placed }[] = []
    for (const [name, value] of pairs) {
      const key = name as string
      if (!this.#keys.has(key)) {
        this.#keys.set(key, this.#bytes.length)
        for (const byte of Buffer.from(key)) this.#bytes.push(byte)
        this.#bytes.push(0)
      }
      items.push({ key, value: this.#put(value, false) })
    }
    items.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)))
    const name = JSON.stringify(items.map(({ key }) => key))
    let keys = this.#keyVectors.get(name)
    if (keys === undefined) {
      const texts = items.map(({ key }) => ({ type: KEY, width: 0, at: this.#keys.get(key) as number }))
      keys = this.#vector(KEY, texts, null)
      this.#keyVectors.set(name, keys)
    }
    return this.#vector(
      MAP,
      items.map(({ value }) => value),
      keys,
    )
  }

  /** A size, and behind it what has that size. */
  #sized(type: number, content: readonly number[], end: readonly number[]): Placed {
    const { length } = content
    const width = [0, 1, 2].find((each) => length < 256 ** (1 << each)) as number
    this.#align(width)
    for (const byte of integer(length, 1 << width, true)) this.#bytes.push(byte)
    const at = this.#bytes.length
    for (const byte of content) this.#bytes.push(byte)
    for (const byte of end) this.#bytes.push(byte)
    return { type, width, at }
  }

  #beside(type: number, bytes: readonly number[]): Placed {
    this.#align(3)
    const at = this.#bytes.length
    this.#bytes.push(...bytes)
    return { type, width: 3, at }
  }

  /** Slots of one width: of a map where its keys are, and their width; the size; the elements. Then their types. */
  #vector(type: number, items: readonly Placed[], keys: Placed | null): Placed {
    const size: Placed = { type: INT, width: 0, inline: (bytes) => integer(items.length, bytes, true) }
    const head: Placed[] = [size]
    if (keys !== null) {
      const keyWidth = 1 << keys.width
      head.unshift(keys, { type: INT, width: 0, inline: (bytes) => integer(keyWidth, bytes, true) })
    }
    const slots = [...head, ...items]
    const fitsIn = (width: number): boolean => {
      const start = padded(this.#bytes.length, width)
      const limit = 256 ** (1 << width)
      return (
        items.length < limit &&
        slots.every(({ at, width: own }, i) =>
          at === undefined ? own <= width : start + (i << width) - at < limit,
        )
      )
    }
    const width = [0, 1, 2].find(fitsIn) as number
    this.#align(width)
    for (const slot of head) this.#slot(slot, width)
    const at = this.#bytes.length
    for (const item of items) this.#slot(item, width)
    if (type !== KEY)
      for (const item of items) this.#bytes.push(item.type * 4 + (item.at === undefined ? width : item.width))
    return { type, width, at }
  }

  #slot({ at, inline }: Placed, width: number): void {
    const bytes = at === undefined ? inline?.(1 << width) : integer(this.#bytes.length - at, 1 << width, true)
    this.#bytes.push(...(bytes as number[]))
  }

  #align(width: number): void {
    while (this.#bytes.length % (1 << width) !== 0) this.#bytes.push(0)
  }
}

function padded(position: number, width: number): number {
  return Math.ceil(position / (1 << width)) * (1 << width)
}

function single(value: number): number[] {
  if (Number.isNaN(value)) return [0, 0, 0xc0, 0x7f]
  const buffer = Buffer.alloc(4)
  buffer.writeFloatLE(value)
  return [...buffer]
}
