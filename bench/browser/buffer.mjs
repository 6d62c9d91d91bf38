/**
 * What the bench takes of Node's Buffer, over Uint8Array. It is no global: contenders must not find it.
 */
const encoder = new TextEncoder()
const decoder = new TextDecoder()

export const Buffer = {
  from: (value) => (typeof value === 'string' ? encoder.encode(value) : new Uint8Array(value)),
  isBuffer: (value) => value instanceof Uint8Array,
  byteLength: (value) => (typeof value === 'string' ? encoder.encode(value).length : value.byteLength),
  compare(a, b) {
    const at = a.findIndex((byte, i) => byte !== b[i])
    return at < 0 ? a.length - b.length : a[at] - (b[at] ?? -1)
  },
  concat(parts) {
    const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const part of parts) {
      bytes.set(part, at)
      at += part.length
    }
    return bytes
  },
  prototype: {
    utf8Slice(start, end) {
      return decoder.decode(this.subarray(start, end))
    },
  },
}
