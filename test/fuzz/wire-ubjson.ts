/**
 * Random values as bytes of UBJSON, for wire.ts: counted, typed and n-dimensional containers, structures of arrays,
 * no-ops, every width of number, high precision.
 */
import type { Random } from '../support/random.ts'
import { big, DIGITS, NUMBERS, once, type Wire } from './wire.ts'

/** Bytes of a type that containers may share, by marker. */
const UBJSON_SIZES: Readonly<Record<string, number>> = { i: 1, U: 1, I: 2, l: 4, d: 4, L: 8, D: 8, C: 1 }
const BJDATA_SIZES: Readonly<Record<string, number>> = { ...UBJSON_SIZES, u: 2, m: 4, M: 8, h: 2, B: 1 }

/** A writer of BJData (little-endian) or of UBJSON draft 12. */
export function ubjsonWire(random: Random, isLittle: boolean): Wire {
  const sizes = isLittle ? BJDATA_SIZES : { ...UBJSON_SIZES, Z: 0, T: 0, F: 0 }
  const wide = (value: bigint, width: number): Buffer => {
    const bytes = big(value, width)
    return isLittle ? bytes.reverse() : bytes
  }
  const high = (text: string): Buffer =>
    Buffer.concat([Buffer.from('H'), integer(text.length), Buffer.from(text)])
  const integer = (value: number | bigint): Buffer => {
    const exact = BigInt(value)
    const fits = (marker: string): boolean => {
      const bits = 8 * (sizes[marker] as number)
      return (/[iIlL]/.test(marker) ? BigInt.asIntN(bits, exact) : BigInt.asUintN(bits, exact)) === exact
    }
    const markers = [...(isLittle ? 'UiuIlmLM' : 'UiIlL')].filter(fits)
    const marker = once(random, 8) ? random.pick(markers) : markers[0]
    if (marker === undefined || once(random, 60)) return high(String(exact))
    return Buffer.concat([Buffer.from(marker), wide(exact, sizes[marker] as number)])
  }
  const string = (bytes: Uint8Array): Buffer => Buffer.concat([integer(bytes.length), bytes])
  const noOps = (): Buffer => Buffer.from('N'.repeat(once(random, 15) ? random.int(1, 3) : 0))
  /** The marker that all values share, when they may leave it out. */
  const typeOf = (items: readonly Buffer[]): string | null => {
    const [marker = 'Z'] = new Set(items.map((item) => String.fromCharCode(item[0] ?? 0)))
    const size = sizes[marker]
    return size !== undefined &&
      items.every((item) => item[0] === marker.charCodeAt(0) && item.length === size + 1)
      ? marker
      : null
  }
  const container = (bracket: string, items: readonly Buffer[], keys: readonly Buffer[]): Buffer => {
    const parts = (values: readonly Buffer[]): Buffer[] =>
      values.flatMap((value, i) => [...(bracket === '{' ? [keys[i] as Buffer] : []), value])
    const type = once(random, 3) ? typeOf(items) : null
    const count = integer(items.length)
    if (type !== null && items.length > 0) {
      const bare = parts(items.map((item) => item.subarray(1)))
      return Buffer.concat([Buffer.from(`${bracket}$${type}#`), count, ...bare])
    }
    const spaced = parts(items).flatMap((part) => [noOps(), part])
    if (once(random, 4)) return Buffer.concat([Buffer.from(`${bracket}#`), count, ...spaced])
    return Buffer.concat([Buffer.from(bracket), ...spaced, noOps(), Buffer.from(bracket === '[' ? ']' : '}')])
  }
  /** A key is a text without its marker; what is no text is written as it is, for a mistake. */
  const keyOf = (key: Buffer): Buffer =>
    key[0] === 0x53 ? key.subarray(1) : key[0] === 0x43 ? string(key.subarray(1)) : key
  const shape = (): Buffer => {
    const lengths = Array.from({ length: random.int(0, 3) }, () => random.int(0, 3))
    const total = lengths.length === 0 ? 0 : lengths.reduce((product, length) => product * length, 1)
    const [type, size] = random.pick(Object.entries(sizes))
    const isTyped = once(random, 2)
    const inner = container('[', lengths.map(integer), [])
    const dimensions = isLittle && once(random, 2) ? container('[', [inner], []) : inner
    const content = Buffer.concat(
      Array.from({ length: total }, () =>
        isTyped ? big(65n, size) : random.pick([Buffer.from('T'), integer(7)]),
      ),
    )
    return Buffer.concat([Buffer.from(isTyped ? `[$${type}#` : '[#'), dimensions, content])
  }
  const bytesOf = (text: string): Buffer => string(Buffer.from(text))
  /** The type of a field, the bytes of so many values of it, and what stands behind all records. */
  const field = (records: number, depth: number): readonly [Buffer, readonly Buffer[], readonly Buffer[]] => {
    const values = (make: () => Buffer): Buffer[] => Array.from({ length: records }, make)
    switch (random.int(0, depth > 2 ? 5 : 7)) {
      case 0:
        return [Buffer.from('Z'), values(() => Buffer.alloc(0)), []]
      case 1:
        return [Buffer.from('T'), values(() => Buffer.from(random.pick(['T', 'F']))), []]
      case 2: {
        const isText = once(random, 2)
        const texts = values(() => Buffer.from(random.pick(isText ? ['', 'é', 'abc'] : ['7', '-1', '2.5'])))
        return [
          Buffer.concat([Buffer.from(isText ? 'S' : 'H'), integer(3)]),
          texts.map((text) => Buffer.concat([text, Buffer.alloc(3 - text.length)])),
          [],
        ]
      }
      case 3: {
        const isText = once(random, 2)
        const texts = Array.from({ length: random.int(1, 5) }, () => random.pick(['', '7', '12']))
        const entries = texts.map((text) => bytesOf(isText ? text : `${text}0`))
        return [
          Buffer.concat([Buffer.from(isText ? '[$S#' : '[$H#'), integer(texts.length), ...entries]),
          values(() => Buffer.from([random.int(0, texts.length - 1)])),
          [],
        ]
      }
      case 4: {
        const texts = values(() => Buffer.from(random.pick(['', 'é', 'abc'])))
        const marker = random.pick(['U', 'i', 'u', 'm'])
        let end = 0
        const offsets = [0, ...texts.map((text) => (end += text.length))]
        const numbers = offsets.map((offset) => wide(BigInt(offset), sizes[marker] as number))
        const own = texts.map((_, i) => wide(BigInt(i), sizes[marker] as number))
        return [Buffer.from(`[$${marker}]`), own, [...numbers, ...texts]]
      }
      case 5: {
        const [marker, size] = random.pick(Object.entries(sizes))
        return [Buffer.from(marker), values(() => big(65n, size)), []]
      }
      default: {
        const isMap = once(random, 2)
        const members = Array.from({ length: random.int(1, 3) }, () => field(records, depth + 1))
        const types = members.flatMap(([type]) =>
          isMap ? [bytesOf(random.pick(['', 'a', 'b'])), type] : [type],
        )
        return [
          Buffer.concat([Buffer.from(isMap ? '{' : '['), ...types, Buffer.from(isMap ? '}' : ']')]),
          Array.from({ length: records }, (_, i) =>
            Buffer.concat(members.map(([, own]) => own[i] as Buffer)),
          ),
          members.flatMap(([, , behind]) => behind),
        ]
      }
    }
  }
  const table = (): Buffer => {
    const lengths = Array.from({ length: random.int(1, 2) }, () => random.int(0, 3))
    const records = lengths.reduce((product, length) => product * length, 1)
    const fields = Array.from({ length: random.int(1, 3) }, () => field(records, 0))
    const byRecord = once(random, 2)
    const schema = fields.flatMap(([type]) => [noOps(), bytesOf(random.pick(['', 'a', 'b'])), type])
    const count = lengths.length === 1 ? integer(records) : container('[', lengths.map(integer), [])
    const payload = byRecord
      ? Array.from({ length: records }, (_, i) => fields.map(([, values]) => values[i] as Buffer)).flat()
      : fields.flatMap(([, values]) => values)
    return Buffer.concat([
      Buffer.from(byRecord ? '[$' : '{$'),
      Buffer.from('{'),
      ...schema,
      Buffer.from('}#'),
      count,
      ...payload,
      ...fields.flatMap(([, , behind]) => behind),
    ])
  }
  return {
    text(text) {
      const bytes = Buffer.from(text)
      if (bytes.length === 1 && !once(random, 5)) return Buffer.concat([Buffer.from('C'), bytes])
      return Buffer.concat([Buffer.from('S'), string(bytes)])
    },
    integer,
    bytes: (bytes) => Buffer.concat([Buffer.from(isLittle ? '[$B#' : '[$U#'), string(bytes)]),
    null: () => Buffer.from('Z'),
    bool: (value) => Buffer.from(value ? 'T' : 'F'),
    list: (items) => container('[', items, []),
    map: (entries) =>
      container(
        '{',
        entries.map(([, value]) => value),
        entries.map(([key]) => keyOf(key)),
      ),
    odd(inner) {
      switch (random.int(0, isLittle ? 8 : 6)) {
        case 0:
          return high(random.pick(NUMBERS.split(' ')))
        case 1:
          return high(`${random.pick(['', '-'])}${random.int(1, 9)}${'7'.repeat(random.pick(DIGITS))}`)
        case 2: {
          const [type, size] = random.pick(Object.entries(sizes))
          return Buffer.concat([Buffer.from(type), random.bytes(8), Buffer.alloc(8)]).subarray(0, 1 + size)
        }
        case 3:
          return shape()
        case 4:
          return Buffer.from([random.int(0, 255), random.int(0, 255)])
        case 5:
          return Buffer.concat([
            Buffer.from(random.pick(['[$Z#', '[$T#', '{$F#', '[$N#', '[$[#', '[#', '{$U'])),
            integer(2),
          ])
        case 6:
          return inner()
        default:
          return table()
      }
    },
  }
}
