/**
 * What the three value encoders share: what a JavaScript value is for the wire (`Walk.classify`), where in the value
 * we are, and the errors. The encoders (`encode-cbor.ts`, `encode-json.ts` ...) only write bytes.
 *
 * The rules, the same in every format:
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
import { EncodeError, type ErrorCode } from '../errors.ts'
import type { Policy } from '../limits.ts'
import type { PayloadFormatName } from './format.ts'
import { faultOf, hasAnyKeys, textsOf } from './map-keys.ts'
import { LONE_SURROGATE } from './utf8.ts'
import { Float64, Tagged } from './values.ts'

/** The part of the policy that encoding a value needs. */
export type EncodeRules = Pick<Policy, 'unrepresentable' | 'maxDepth'>

/** Integers up to here are exact in a double and are written as integers; 2^53 itself is. */
export const MAX_EXACT: number = 2 ** 53

/**
 * Elements of one array. A sparse array may claim 4 billion and hold one; no message has room for so many. More is
 * SIZE_LIMIT before any work.
 */
export const MAX_ELEMENTS: number = 2 ** 25

/**
 * The encoders recurse over the value, so whatever `maxDepth` says they stop here: the default stack of Node 20 on
 * x86-64 holds 3,700 levels (2026), and the application has used a part of it.
 */
export const MAX_RECURSION: number = 1000

/** Levels of values that are not looked at for cycles: most values have fewer. */
const UNCHECKED_DEPTH = 12

/** Keys in an error path are cut here: a path is for people, and a key may have 64 KB. */
const PATH_KEY_LENGTH = 64

/** What a value is for the wire; `Walk.value` holds the value itself in the form that each comment names. */
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

/** No container. */
const NO_NODE: object = {}

/** True for a number that is written as an integer: integral, within ±2^53, not -0. */
export function isExactInteger(value: number): boolean {
  return (
    Number.isInteger(value) && value <= MAX_EXACT && value >= -MAX_EXACT && (value !== 0 || 1 / value > 0)
  )
}

/** True for text without lone surrogates. */
export function isWellFormed(text: string): boolean {
  return text.isWellFormed()
}

/** Index of the first surrogate without its partner; -1 when there is none. */
export function loneSurrogateAt(text: string): number {
  return text.search(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/)
}

/** The text with U+FFFD for each lone surrogate. */
export function toWellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '�')
}

/** The state of one walk over a value: where we are, and what the rules say. */
export class Walk {
  /** The result of the last `classify`. */
  declare value: unknown
  /** The index or key that is written now, one per open container; what stands behind `depth` is of closed ones. */
  declare readonly steps: (string | number)[]
  /** How many containers are open. */
  declare depth: number
  /** True: what a format cannot carry becomes what `JSON.stringify` makes of it. */
  declare lenient: boolean
  /** Below this depth nobody asks for cycles: what is inside itself gets there. */
  declare private checkedDepth: number
  declare private format: PayloadFormatName
  declare private prefix: string
  declare private maxDepth: number
  /** The container that `classify` saw last; for a Map not the copy of its entries. */
  declare private node: object
  /** The open containers; behind them closed ones, and nothing behind those. */
  declare private readonly nodes: object[]
  // Declared, not fields: a class field is one more store for each.
  constructor(format: PayloadFormatName, rules: EncodeRules, prefix: string) {
    this.value = undefined
    this.steps = []
    this.depth = 0
    this.lenient = false
    this.checkedDepth = 0
    this.format = format
    this.prefix = prefix
    this.maxDepth = 0
    this.node = NO_NODE
    this.nodes = []
    this.begin(format, rules, prefix)
  }

  /** Begins the walk over another value. */
  begin(format: PayloadFormatName, rules: EncodeRules, prefix: string): void {
    this.lenient = rules.unrepresentable === 'json'
    this.format = format
    this.prefix = prefix
    this.maxDepth = Math.min(rules.maxDepth, MAX_RECURSION)
    this.checkedDepth = Math.min(this.maxDepth, UNCHECKED_DEPTH)
  }

  /** Lets go of the application's values. */
  end(): void {
    const { nodes, steps } = this
    for (let i = 0; i < nodes.length && nodes[i] !== NO_NODE; i++) {
      nodes[i] = NO_NODE
      steps[i] = 0
    }
    this.value = undefined
    this.node = NO_NODE
  }

  /**
   * Opens a container, the one that was classified last unless it is given, and returns its level, the index in `steps`
   * where its keys go. Throws CYCLE when it is inside itself (only its ancestors are compared: shared values are fine)
   * and DEPTH_LIMIT.
   */
  enter(node: object = this.node): number {
    const { depth } = this
    if (depth >= this.checkedDepth) this.#checkDepth(node)
    this.nodes[depth] = node
    this.depth = depth + 1
    return depth
  }

  #checkDepth(node: object): void {
    const { nodes, depth } = this
    nodes[depth] = node
    // Where the looking begins all are compared; further in, the ancestors are known to be different.
    for (let inner = depth === this.checkedDepth ? 1 : depth; inner <= depth; inner++) {
      for (let outer = 0; outer < inner; outer++) {
        if (nodes[outer] !== nodes[inner]) continue
        // The place where it is inside itself for the first time.
        this.depth = inner
        throw this.fail('CYCLE', 'the value contains itself')
      }
    }
    if (depth >= this.maxDepth) throw this.fail('DEPTH_LIMIT', `nested deeper than ${this.maxDepth}`)
  }

  /** Closes the innermost container. */
  leave(): void {
    this.depth--
  }

  /** The number of elements of an array, read once. Throws SIZE_LIMIT, and UNENCODABLE when a Proxy lies. */
  arrayLength(array: { readonly length: number }): number {
    const { length } = array
    if (!Number.isInteger(length) || length < 0) throw this.fail('UNENCODABLE', 'its length is not a number')
    if (length > MAX_ELEMENTS) throw this.fail('SIZE_LIMIT', `an array of ${length} elements is too long`)
    return length
  }

  /**
   * Refuses a value that is absent where there must be one: an element, the content of a tag, the top. Returns when
   * the rules say that null is written instead.
   */
  absent(isHole: boolean = false): void {
    if (!this.lenient) throw this.noForm(isHole ? 'a hole in an array' : 'undefined')
  }

  /** Checks text that is not ASCII. Throws BAD_UTF8 for a lone surrogate; returns when U+FFFD is written instead. */
  checkText(text: string): void {
    if (!this.lenient && !isWellFormed(text)) {
      throw this.fail('BAD_UTF8', LONE_SURROGATE)
    }
  }

  /** Says what the value is and leaves its wire form in `this.value`. Throws EncodeError; passes on what the
   * application's own `toJSON` throws. */
  classify(value: unknown): Kind {
    if (typeof value === 'object' && value !== null) return this.#object(this.#converted(value))
    return this.#primitive(value)
  }

  #primitive(value: unknown): Kind {
    this.value = value
    switch (typeof value) {
      case 'undefined':
        return Kind.ABSENT
      case 'function':
      case 'symbol':
        if (!this.lenient) throw this.noForm(`a ${typeof value}`)
        return Kind.ABSENT
      default:
        return Kind.SCALAR
    }
  }

  /** The value after its `toJSON`, which is called once, with the key, as `JSON.stringify` does. */
  #converted(value: object): unknown {
    // Buffer has a toJSON too: { type: 'Buffer', data: [...] } is the last thing that anybody wants on the wire.
    if (value instanceof Float64 || value instanceof Tagged || ArrayBuffer.isView(value)) return value
    const { toJSON } = value as Convertible
    if (typeof toJSON !== 'function') return value
    const result: unknown = toJSON.call(value, this.depth === 0 ? '' : String(this.steps[this.depth - 1]))
    if (result === null && !this.lenient && isInvalidDate(value)) throw this.noForm('an invalid Date')
    return result
  }

  #object(value: unknown): Kind {
    if (typeof value !== 'object' || value === null) return this.#primitive(value)
    this.value = this.node = value
    if (Array.isArray(value)) return Kind.ARRAY
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype === Object.prototype || prototype === null) return Kind.OBJECT
    if (value instanceof Float64) {
      this.value = value.value
      return Kind.FLOAT
    }
    if (value instanceof Tagged) return Kind.TAGGED
    if (ArrayBuffer.isView(value)) return this.#view(value)
    return this.#branded(value, tagOf.call(value).slice(8, -1))
  }

  #view(view: ArrayBufferView): Kind {
    const name = typedArrayName(view)
    if (name !== undefined && name !== 'Uint8Array') {
      this.#checkAttached(view)
      return Kind.ARRAY
    }
    try {
      if (name === undefined) {
        this.value = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
      } else {
        this.#checkAttached(view)
        this.value = new Uint8Array(bufferOf.call(view), offsetOf.call(view), lengthOf.call(view))
      }
    } catch (error) {
      // The getters of a DataView throw a TypeError when its memory has gone.
      throw error instanceof TypeError ? this.noForm('a detached buffer') : error
    }
    return Kind.BYTES
  }

  #checkAttached(view: ArrayBufferView): void {
    if (!isAttached(view)) throw this.noForm('a detached buffer')
  }

  /** Objects that are neither plain nor views. The brand may be a lie of the application, so each is proved. */
  #branded(value: object, brand: string): Kind {
    const unbox = VALUE_OF.get(brand)
    if (unbox !== undefined && accepts(unbox, value)) return this.#primitive(unbox.call(value as never))
    switch (brand) {
      case 'Map':
        if (isMap(value)) return this.#map(value)
        break
      case 'Symbol':
        if (!this.lenient) throw this.noForm('a symbol')
        break
      case 'ArrayBuffer':
      case 'SharedArrayBuffer':
        if (isBuffer(value)) return this.#buffer(value)
        break
      default:
        if (REFUSED.has(brand) && !this.lenient)
          throw this.noForm(`${/^[AEIOU]/.test(brand) ? 'an' : 'a'} ${brand}`)
    }
    return Kind.OBJECT
  }

  #buffer(buffer: ArrayBufferLike): Kind {
    try {
      this.value = new Uint8Array(buffer)
      return Kind.BYTES
    } catch (error) {
      throw error instanceof TypeError ? this.noForm('a detached buffer') : error
    }
  }

  #map(map: Map<unknown, unknown>): Kind {
    // Copied, because a getter inside a value could add entries for ever.
    let keys: unknown[] = []
    const values: unknown[] = []
    let hasOthers = false
    Map.prototype.forEach.call(map, (value, key) => {
      keys.push(key)
      values.push(value)
      hasOthers ||= typeof key !== 'string'
    })
    if (hasOthers && !hasAnyKeys(this.format)) {
      const texts = textsOf(keys)
      if (texts === null) {
        if (this.lenient) return Kind.OBJECT
        throw this.fail(...faultOf(keys))
      }
      keys = texts
    }
    this.value = { keys, values } satisfies MapEntries
    return Kind.MAP
  }

  /** The error for a value that the format has no form for. */
  noForm(what: string): EncodeError {
    return this.fail('UNENCODABLE', `${what} has no ${FORMAT_NAMES[this.format]} form`)
  }

  /** The same for a `Tagged`. */
  noTagged({ kind, tag }: Tagged): EncodeError {
    if (kind === 'tag') return this.noForm('a Tagged')
    return this.noForm(kind === 'simple' ? `the simple value ${tag}` : `an extension of type ${tag}`)
  }

  /** The error at the present place: `cannot encode args[0].a to json: NaN has no JSON form`. */
  fail(code: ErrorCode, reason: string): EncodeError {
    const path = pathText(this.prefix, this.steps.slice(0, this.depth))
    return new EncodeError(code, `cannot encode ${path || 'the value'} to ${this.format}: ${reason}`, {
      format: this.format,
      path: path || null,
    })
  }
}

/**
 * The walk that nobody is on. With two arrays that grow, a new one took as long as the head of a message: 150 ns
 * (Node 20, x86-64, 2026).
 */
let free: Walk | null = null

/**
 * A walk over a value: the free one, or another one when a getter or `toJSON` of the application encodes while we do.
 * Who comes to the end of the value gives it back with `endWalk`; after an error it is lost.
 */
export function beginWalk(format: PayloadFormatName, rules: EncodeRules, prefix: string): Walk {
  const walk = free
  if (walk === null) return new Walk(format, rules, prefix)
  free = null
  walk.begin(format, rules, prefix)
  return walk
}

/** Gives back a walk that has come to its end. */
export function endWalk(walk: Walk): void {
  walk.end()
  free = walk
}

/** The path of a value as JavaScript text: `args[0].a`, `kwargs["a b"][3]`. */
export function pathText(prefix: string, steps: readonly (string | number)[]): string {
  let path = prefix
  for (const step of steps) path = stepInto(path, step)
  return path
}

/** The path of an element or entry of the value at `path`. */
export function stepInto(path: string, step: string | number): string {
  if (typeof step === 'number') return `${path}[${step}]`
  if (step.length <= PATH_KEY_LENGTH && /^[A-Za-z_$][\w$]*$/.test(step)) {
    return path === '' ? step : `${path}.${step}`
  }
  const text = step.length <= PATH_KEY_LENGTH ? step : `${step.slice(0, PATH_KEY_LENGTH)}…`
  return `${path}[${JSON.stringify(text)}]`
}

/** What `JSON.stringify` asks of an object first. */
interface Convertible {
  readonly toJSON?: unknown
}

const owns = Object.prototype.hasOwnProperty
const objectPrototype: Convertible = Object.prototype

/**
 * True for an object of no class that `classify` would call OBJECT, which most objects are. No property is read: with
 * thousands of key sets each read of `constructor` or `toJSON` takes 100 ns and more, because the engine's cache of
 * properties is too small; the two questions here take 18 ns, whatever the keys (Node 20, x86-64, 2026). What has no
 * prototype is a hash table to engines, for which `for in` has no short way: one of them would slow down all others.
 */
export function isPlainObject(value: object): value is Readonly<Record<string, unknown>> {
  return (
    Object.getPrototypeOf(value) === objectPrototype &&
    !owns.call(value, 'toJSON') &&
    typeof objectPrototype.toJSON !== 'function'
  )
}

/** True for an array that `classify` would call ARRAY, which nearly all arrays are. */
export function isPlainArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && typeof (value as Convertible).toJSON !== 'function'
}

function isInvalidDate(value: object): boolean {
  return tagOf.call(value) === '[object Date]' && Number.isNaN(Number(value))
}
