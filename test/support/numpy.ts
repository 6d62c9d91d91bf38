/** Structured arrays of numpy, as the corpus of BJData records them: plain data, row by row. */

/** `{"$ndarray": ...}` of a corpus. */
export interface NumpyArray {
  /** Python's text of the dtype: fields with a type, a type and a shape, or fields of their own. */
  readonly dtype: string
  readonly shape: readonly number[]
  readonly hex: string
}

type Type = string | readonly Field[]
type Field = readonly [name: string, type: Type, shape?: readonly [number]]

/** The records, in as many arrays as there are dimensions. */
export function numpyValue({ dtype, shape, hex }: NumpyArray): unknown {
  const fields = JSON.parse(
    dtype.replaceAll("'", '"').replaceAll('(', '[').replaceAll(')', ']').replaceAll(',]', ']'),
  ) as Field[]
  const bytes = Buffer.from(hex, 'hex')
  let at = 0
  const read = (type: Type): unknown => {
    if (typeof type !== 'string') {
      return Object.fromEntries(
        type.map(([name, own, count]) => [
          name,
          count === undefined ? read(own) : Array.from({ length: count[0] }, () => read(own)),
        ]),
      )
    }
    const [, kind = '', digits = '0'] = /^<?([a-zA-Z?])(\d*)$/.exec(type) ?? []
    const size = Number(digits)
    const from = at
    at += kind === 'U' ? 4 * size : kind === '?' ? 1 : size
    switch (kind) {
      case '?':
        return bytes[from] === 1
      case 'U':
        return Array.from({ length: size }, (_, i) => String.fromCodePoint(bytes.readUInt32LE(from + 4 * i)))
          .join('')
          .replace(/\0+$/, '')
      case 'f':
        return size === 4 ? bytes.readFloatLE(from) : bytes.readDoubleLE(from)
      case 'i':
        return size === 8 ? bytes.readBigInt64LE(from) : bytes.readIntLE(from, size)
      case 'u':
        return size === 8 ? bytes.readBigUInt64LE(from) : bytes.readUIntLE(from, size)
    }
    throw new Error(`no type of numpy: ${type}`)
  }
  const rows = ([size = 0, ...inner]: readonly number[]): unknown =>
    Array.from({ length: size }, () => (inner.length > 0 ? rows(inner) : read(fields)))
  const value = rows(shape)
  if (at !== bytes.length) throw new Error(`${at} of ${bytes.length} bytes for ${dtype}`)
  return value
}
