/** Readers of others, for what the writers have written; where one of them is wrong is listed here. */
import { decode as msgpackDecode } from '@msgpack/msgpack'
import { decode as cborgDecode } from 'cborg'
import { toObject } from 'flatbuffers/js/flexbuffers.js'
import type { PayloadFormatName } from '../../../src/payload/format-names.ts'
import { Float, Pairs, type Wire } from './wire.ts'

/** A reader. */
export interface Other {
  readonly name: string
  decode(bytes: Buffer): unknown
  /** What it refuses although it is right: words of its error. */
  readonly refuses: RegExp
  /** True for a value that it reads wrongly. */
  errs?(wire: Wire): boolean
}

/** Of UBJSON there is none that is right. */
export const OTHERS: Readonly<Partial<Record<PayloadFormatName, Other>>> = {
  json: {
    name: 'JSON.parse',
    // A text that begins with NUL is base64.
    decode: (bytes) =>
      JSON.parse(bytes.toString(), (_, value) =>
        typeof value === 'string' && value.startsWith('\0')
          ? new Uint8Array(Buffer.from(value.slice(1), 'base64'))
          : value,
      ),
    refuses: /$^/,
  },
  cbor: {
    name: 'cborg',
    decode: (bytes) => cborgDecode(bytes, { allowBigInt: true, useMaps: true }),
    // Without an option it knows no bignums.
    refuses: /tag not supported \([23]\)/,
  },
  msgpack: {
    name: '@msgpack/msgpack',
    decode: (bytes) => msgpackDecode(bytes, { useBigInt64: true }),
    refuses: /__proto__/,
  },
  flexbuffers: {
    name: 'flatbuffers',
    decode: (bytes) => toObject(new Uint8Array(bytes).buffer),
    errs: isMisread,
    refuses: /$^/,
  },
}

/** The npm package reads floats that are 0 or NaN as null, and drops `__proto__`. */
function isMisread(wire: Wire): boolean {
  if (wire instanceof Float) return wire.value === 0 || Number.isNaN(wire.value)
  if (wire instanceof Pairs) return wire.pairs.some(([key, value]) => key === '__proto__' || isMisread(value))
  return Array.isArray(wire) && wire.some(isMisread)
}
