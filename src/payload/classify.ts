/**
 * What a JavaScript value is for the wire, for all writers. The common values they know by themselves: strings, numbers,
 * booleans, null, plain arrays and plain objects. The rules, the same in every format:
 *
 *     toJSON()                       honoured, own or inherited (so a Date is its ISO text), except on the five below
 *     Uint8Array, ArrayBuffer,       bytes; any subclass, any realm, shared memory too
 *       SharedArrayBuffer, DataView
 *     Float64, Tagged                a float; a tag
 *     other typed arrays             an array of their numbers
 *     Map                            a map, in the order of the Map; keys that are integers become text, and others are
 *                                    refused, where a format has text only: all but CBOR and MsgPack
 *     new Number(1) and the like     the primitive
 *     other objects, class instances their own enumerable string keys, values read once and in order
 *     undefined                      left out of a map; in an array and at the top refused
 *     functions, symbols, holes, Set, RegExp, Error, Promise, Blob ...   refused
 *
 * With `unrepresentable: 'json'` what is refused becomes what `JSON.stringify` makes of it.
 */
import {
  accepts,
  bufferOf,
  isAttached,
  isBuffer,
  isMap,
  lengthOf,
  offsetOf,
  tagOf,
  typedArrayName,
} from '../brand.ts'
import { Fault } from './encode-value.ts'
import type { PayloadFormatName } from './format.ts'
import { faultOf, hasAnyKeys, textsOf } from './map-keys.ts'
import { Float64, Tagged } from './values.ts'

/** What a value is for the wire. */
export const Kind = {
  /** Nothing: undefined, or with `unrepresentable: 'json'` a function or symbol. */
  ABSENT: 0,
  /** A string, number, boolean, BigInt or null. */
  SCALAR: 1,
  /** A number that must be written as a float. */
  FLOAT: 2,
  /** A plain `Uint8Array` over the value's memory. */
  BYTES: 3,
  /** An array or a typed array of numbers. */
  ARRAY: 4,
  /** A Map: a copy of its entries as `MapEntries`. */
  MAP: 5,
  /** An object: its own enumerable string keys. */
  OBJECT: 6,
  /** A `Tagged`. */
  TAGGED: 7,
} as const

/** One of the kinds. */
export type Kind = (typeof Kind)[keyof typeof Kind]

/** A value, and its kind. */
export interface Classified {
  readonly kind: Kind
  /** In the form that the kind names. */
  readonly value: unknown
  /** The object itself: of a Map not the copy of its entries. */
  readonly node: unknown
}

/** The entries of a Map, in its order. The keys are texts, where the format has no others. */
export interface MapEntries {
  readonly keys: readonly unknown[]
  readonly values: readonly unknown[]
}

const FORMAT_NAMES: Readonly<Record<PayloadFormatName, string>> = {
  json: 'JSON',
  msgpack: 'MsgPack',
  cbor: 'CBOR',
  ubjson: 'BJData',
  'ubjson-draft12': 'UBJSON',
  flexbuffers: 'FlexBuffers',
}

/** Built-in objects without own keys that mean something: written as objects they would silently become `{}`. */
const REFUSED = new Set(
  (
    'Set WeakMap WeakSet WeakRef Promise RegExp Error DOMException FinalizationRegistry Generator AsyncGenerator ' +
    'AsyncFunction Iterator WebAssembly.Module WebAssembly.Instance WebAssembly.Memory ' +
    'Blob File FormData Headers Request Response URLSearchParams ReadableStream AbortSignal'
  ).split(' '),
)

/** What gives the value of an object around a primitive, and refuses any other. */
const VALUE_OF: ReadonlyMap<string, (this: never) => unknown> = new Map<string, (this: never) => unknown>([
  ['Number', Number.prototype.valueOf],
  ['String', String.prototype.valueOf],
  ['Boolean', Boolean.prototype.valueOf],
  ['BigInt', BigInt.prototype.valueOf],
])

/** A value that the format has no form for. */
export function noForm(what: string, format: PayloadFormatName): Fault {
  return new Fault('UNENCODABLE', `${what} has no ${FORMAT_NAMES[format]} form`)
}

/** The same for a `Tagged`. */
export function noTagged({ kind, tag }: Tagged, format: PayloadFormatName): Fault {
  const what = kind === 'simple' ? `the simple value ${tag}` : `an extension of type ${tag}`
  return noForm(kind === 'tag' ? 'a Tagged' : what, format)
}

/**
 * Says what the value is. `step` is its key, or the index of an element, which `toJSON` is called with; the call is the
 * only one, as in `JSON.stringify`. Throws Fault, and passes on what the application's own `toJSON` throws.
 */
export function classify(
  given: unknown,
  step: string | number,
  format: PayloadFormatName,
  lenient: boolean,
): Classified {
  const isObject = typeof given === 'object' && given !== null
  const value = isObject ? converted(given, step, format, lenient) : given
  if (typeof value !== 'object' || value === null) return primitive(value, format, lenient)
  if (Array.isArray(value)) return { kind: Kind.ARRAY, value, node: value }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) return { kind: Kind.OBJECT, value, node: value }
  if (value instanceof Float64) return { kind: Kind.FLOAT, value: value.value, node: value }
  if (value instanceof Tagged) return { kind: Kind.TAGGED, value, node: value }
  if (ArrayBuffer.isView(value)) return classifyView(value, format)
  return branded(value, tagOf.call(value).slice(8, -1), format, lenient)
}

function primitive(value: unknown, format: PayloadFormatName, lenient: boolean): Classified {
  const isNothing = typeof value === 'function' || typeof value === 'symbol'
  if (isNothing && !lenient) throw noForm(`a ${typeof value}`, format)
  return { kind: isNothing || value === undefined ? Kind.ABSENT : Kind.SCALAR, value, node: value }
}

/** The value after its `toJSON`. */
function converted(
  value: object,
  step: string | number,
  format: PayloadFormatName,
  lenient: boolean,
): unknown {
  // Buffer has a toJSON too: { type: 'Buffer', data: [...] } is the last thing that anybody wants on the wire.
  if (value instanceof Float64 || value instanceof Tagged || ArrayBuffer.isView(value)) return value
  const { toJSON } = value as { readonly toJSON?: unknown }
  if (typeof toJSON !== 'function') return value
  const result: unknown = toJSON.call(value, String(step))
  if (result === null && !lenient && isInvalidDate(value)) throw noForm('an invalid Date', format)
  return result
}

function classifyView(view: ArrayBufferView, format: PayloadFormatName): Classified {
  const name = typedArrayName(view)
  if (name !== undefined && !isAttached(view)) throw noForm('a detached buffer', format)
  if (name !== undefined && name !== 'Uint8Array') return { kind: Kind.ARRAY, value: view, node: view }
  return bytesOf(view, format, () =>
    name === undefined
      ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
      : new Uint8Array(bufferOf.call(view), offsetOf.call(view), lengthOf.call(view)),
  )
}

/** Bytes, unless their memory has gone: the getters of a DataView throw a TypeError then, as does a new array. */
function bytesOf(node: object, format: PayloadFormatName, make: () => Uint8Array): Classified {
  try {
    return { kind: Kind.BYTES, value: make(), node }
  } catch (error) {
    throw error instanceof TypeError ? noForm('a detached buffer', format) : error
  }
}

/** Objects that are neither plain nor views. The brand may be a lie of the application, so each is proved. */
function branded(value: object, brand: string, format: PayloadFormatName, lenient: boolean): Classified {
  const unbox = VALUE_OF.get(brand)
  if (unbox !== undefined && accepts(unbox, value))
    return primitive(unbox.call(value as never), format, lenient)
  if (brand === 'Map' && isMap(value)) return classifyMap(value, format, lenient)
  if (brand === 'Symbol' && !lenient) throw noForm('a symbol', format)
  if ((brand === 'ArrayBuffer' || brand === 'SharedArrayBuffer') && isBuffer(value)) {
    return bytesOf(value, format, () => new Uint8Array(value))
  }
  if (REFUSED.has(brand) && !lenient) throw noForm(`${/^[AEIOU]/.test(brand) ? 'an' : 'a'} ${brand}`, format)
  return { kind: Kind.OBJECT, value, node: value }
}

function classifyMap(map: Map<unknown, unknown>, format: PayloadFormatName, lenient: boolean): Classified {
  // Copied, because a getter inside a value could add entries for ever.
  let keys: unknown[] = []
  const values: unknown[] = []
  let hasOthers = false
  Map.prototype.forEach.call(map, (value, key) => {
    keys.push(key)
    values.push(value)
    hasOthers ||= typeof key !== 'string'
  })
  if (hasOthers && !hasAnyKeys(format)) {
    const texts = textsOf(keys)
    if (texts === null) {
      if (lenient) return { kind: Kind.OBJECT, value: map, node: map }
      throw new Fault(...faultOf(keys))
    }
    keys = texts
  }
  return { kind: Kind.MAP, value: { keys, values } satisfies MapEntries, node: map }
}

function isInvalidDate(value: object): boolean {
  return tagOf.call(value) === '[object Date]' && Number.isNaN(Number(value))
}
