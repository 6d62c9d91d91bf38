/**
 * What a JavaScript value is for the wire, for all writers. The common values they know by themselves: strings,
 * numbers, booleans, null, plain arrays and plain objects. The rules, the same in every format:
 *
 *     toJSON()                       honoured, own or inherited (so a Date is its ISO text), except on views of memory
 *                                    (Uint8Array, DataView ...), Float64 and Tagged
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
  isFixed,
  isMap,
  lengthOf,
  offsetOf,
  tagOf,
  typedArrayName,
} from '../brand.ts'
import { Fault, isLenient, type Nesting } from './encode-value.ts'
import { FORMAT_NAMES } from './format-names.ts'
import { hiddenIn } from './hidden.ts'
import { faultOf, hasAnyKeys, textsOf, twinsIn } from './map-keys.ts'
import * as Kind from './value-kinds.ts'
import { isFloat64, isTagged, type Tagged } from './values.ts'

/** A value, and its kind (`value-kinds.ts`). */
export class Classified {
  declare readonly kind: number
  /** In the form that the kind names. */
  declare readonly value: unknown
  /** The object itself: of a Map not the copy of its entries. */
  declare readonly node: unknown

  constructor(kind: number, value: unknown, node: unknown = value) {
    this.kind = kind
    this.value = value
    this.node = node
  }
}

/** The entries of a Map, in its order. The keys are texts, where the format has no others. */
export interface MapEntries {
  readonly keys: readonly unknown[]
  readonly values: readonly unknown[]
}

/** Built-in objects without own keys that mean something: written as objects they would silently become `{}`. */
const REFUSED = new Set(
  (
    'Set WeakMap WeakSet WeakRef Promise RegExp Error DOMException FinalizationRegistry Generator AsyncGenerator ' +
    'AsyncFunction Date Blob File FormData Headers Request Response URLSearchParams ReadableStream WritableStream ' +
    'TransformStream AbortSignal AbortController'
  ).split(' '),
)

/** Families of the same. An iterator helper is what `iterator.map()` gives. */
const REFUSED_FAMILY = /(?:^| )Iterator(?: Helper)?$|^(?:WebAssembly|Intl)\./

/** What gives the value of an object around a primitive, and refuses any other. */
const VALUE_OF: ReadonlyMap<string, (this: never) => unknown> = new Map<string, (this: never) => unknown>([
  ['Number', Number.prototype.valueOf],
  ['String', String.prototype.valueOf],
  ['Boolean', Boolean.prototype.valueOf],
  ['BigInt', BigInt.prototype.valueOf],
])

/** A value that the format has no form for. */
export function noForm(what: string, { format }: Nesting): Fault {
  return new Fault('UNENCODABLE', `${what} has no ${FORMAT_NAMES[format]} form`)
}

/** The same for a `Tagged`. */
export function noTagged({ kind, tag }: Tagged, nesting: Nesting): Fault {
  const what = kind === 'simple' ? `the simple value ${tag}` : `an extension of type ${tag}`
  return noForm(kind === 'tag' ? 'a Tagged' : what, nesting)
}

/**
 * Says what the value is. `step` is its key, or the index of an element, which `toJSON` is called with; the call is the
 * only one, as in `JSON.stringify`. Throws Fault, and passes on what the application's own `toJSON` throws.
 */
export function classify(given: unknown, step: string | number, nesting: Nesting): Classified {
  const isObject = (typeof given === 'object' && given !== null) || typeof given === 'function'
  const value = isObject ? converted(given, step, nesting) : given
  if (typeof value !== 'object' || value === null) return primitive(value, nesting)
  if (Array.isArray(value)) return new Classified(Kind.ARRAY, value)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) return new Classified(Kind.OBJECT, value)
  if (isFloat64(value)) return new Classified(Kind.FLOAT, value.value)
  if (isTagged(value)) return new Classified(Kind.TAGGED, value)
  if (ArrayBuffer.isView(value)) return classifyView(value, nesting)
  return branded(value, tagOf.call(value).slice(8, -1), nesting)
}

function primitive(value: unknown, nesting: Nesting): Classified {
  const isNothing = typeof value === 'function' || typeof value === 'symbol'
  if (isNothing && !isLenient(nesting)) throw noForm(`a ${typeof value}`, nesting)
  return new Classified(isNothing || value === undefined ? Kind.ABSENT : Kind.SCALAR, value)
}

/** The value after its `toJSON`. */
function converted(value: object, step: string | number, nesting: Nesting): unknown {
  // Buffer has a toJSON too: { type: 'Buffer', data: [...] } does not belong on the wire.
  if (isFloat64(value) || isTagged(value) || ArrayBuffer.isView(value)) return value
  const { toJSON } = value as { readonly toJSON?: unknown }
  if (typeof toJSON !== 'function') return value
  const result: unknown = toJSON.call(value, String(step))
  if (result === null && !isLenient(nesting) && isInvalidDate(value)) throw noForm('an invalid Date', nesting)
  return result
}

function classifyView(view: ArrayBufferView, nesting: Nesting): Classified {
  const name = typedArrayName(view)
  if (name !== undefined && !isAttached(view)) throw noForm('a detached buffer', nesting)
  if (name !== undefined && name !== 'Uint8Array') return new Classified(Kind.ARRAY, view)
  return bytesOf(view, nesting, () =>
    name === undefined
      ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
      : new Uint8Array(bufferOf.call(view), offsetOf.call(view), lengthOf.call(view)),
  )
}

/** Bytes, unless their memory has gone: the getters of a DataView throw a TypeError then, as does a new array. */
function bytesOf(node: object, nesting: Nesting, make: () => Uint8Array): Classified {
  try {
    return new Classified(Kind.BYTES, make(), node)
  } catch (error) {
    throw error instanceof TypeError ? noForm('a detached buffer', nesting) : error
  }
}

/** The keys of an object that is written by its own entries. Throws Fault for one that hides what it is. */
export function keysOf(object: object, nesting: Nesting): string[] {
  const name = isLenient(nesting) ? undefined : hiddenIn(object)
  if (name === undefined) return Object.keys(object)
  throw noForm(`${articleOf(name)} ${name} behind a Proxy or a toStringTag`, nesting)
}

function articleOf(name: string): string {
  return /^[AEIOU]/.test(name) ? 'an' : 'a'
}

/** Objects that are neither plain nor views. The brand may be a lie of the application, so each is proved. */
function branded(value: object, brand: string, nesting: Nesting): Classified {
  const hidden = hiddenIn(value)
  // Nearly all: instances of classes.
  if (brand === 'Object' && hidden === undefined) return new Classified(Kind.OBJECT, value)
  const unbox = VALUE_OF.get(hidden ?? brand)
  if (unbox !== undefined && accepts(unbox, value)) return primitive(unbox.call(value as never), nesting)
  if (isMap(value)) return classifyMap(value, nesting)
  // Nothing of the Map behind a Proxy can be read without its traps; as an object it would become `{}` in silence.
  if (brand === 'Map' && !isLenient(nesting) && Object.keys(value).length === 0)
    throw noForm('a Map behind a Proxy', nesting)
  if (brand === 'Symbol' && !isLenient(nesting)) throw noForm('a symbol', nesting)
  if ((brand === 'ArrayBuffer' || brand === 'SharedArrayBuffer') && isBuffer(value)) {
    return bytesOf(value, nesting, () => {
      const bytes = new Uint8Array(value)
      // Memory that grows would take its view along, behind a head with the length of before.
      return isFixed(value) ? bytes : new Uint8Array(value, 0, bytes.length)
    })
  }
  if ((REFUSED.has(brand) || REFUSED_FAMILY.test(brand)) && !isLenient(nesting))
    throw noForm(`${articleOf(brand)} ${brand}`, nesting)
  return new Classified(Kind.OBJECT, value)
}

function classifyMap(map: Map<unknown, unknown>, nesting: Nesting): Classified {
  // Copied, because a getter inside a value could add entries for ever.
  let keys: unknown[] = []
  const values: unknown[] = []
  let hasOthers = false
  Map.prototype.forEach.call(map, (value, key) => {
    keys.push(key)
    values.push(value)
    hasOthers ||= typeof key !== 'string'
  })
  if (hasOthers && hasAnyKeys(nesting.format)) {
    const twin = twinsIn(map, keys)
    if (twin !== null) throw new Fault('DUPLICATE_KEY', `two Map keys become the integer ${twin}`)
  } else if (hasOthers) {
    const texts = textsOf(keys)
    if (texts === null) {
      if (isLenient(nesting)) return new Classified(Kind.OBJECT, map)
      throw new Fault(...faultOf(keys))
    }
    keys = texts
  }
  return new Classified(Kind.MAP, { keys, values } satisfies MapEntries, map)
}

function isInvalidDate(value: object): boolean {
  return tagOf.call(value) === '[object Date]' && Number.isNaN(Number(value))
}
