/**
 * What must become of a value, said slowly and without the codec: the value on the wire, or the error with its code,
 * path and text, and which of the application's getters and `toJSON` are called, in which order. The rules are those of
 * docs/payloads.md, and of the option `unrepresentable`.
 */
import type { PayloadFormatName } from '../../../src/payload/format-names.ts'
import { Own } from './build.ts'
import { EXACT, isText, nameOf, pathOf, type Step, stepOf, textOfKey } from './keys.ts'
import {
  type Getter,
  type Item,
  inOrder,
  type JsonSpec,
  type MapSpec,
  type Primitive,
  type Spec,
  type TaggedSpec,
} from './spec.ts'
import { Ext, Float, type Pair, Pairs, Simple, Tag, type Wire } from './wire.ts'

/** A refusal of the codec: what its error must say. */
export interface Refusal {
  readonly code: string
  readonly path: string | null
  readonly message: string
}

/** What must happen: one of three, and the calls until then. */
export type Expected = { readonly calls: readonly string[] } & (
  | { readonly is: 'wire'; readonly wire: Wire }
  | { readonly is: 'refused'; readonly refusal: Refusal }
  | { readonly is: 'own'; readonly id: number }
)

/** The rules that writers look at. */
export interface Rules {
  readonly unrepresentable: 'throw' | 'json'
  readonly maxDepth: number
}

const NAMES: Readonly<Record<PayloadFormatName, string>> = {
  json: 'JSON',
  msgpack: 'MsgPack',
  cbor: 'CBOR',
  ubjson: 'BJData',
  'ubjson-draft12': 'UBJSON',
  flexbuffers: 'FlexBuffers',
}

class Refused extends Error {
  readonly code: string
  readonly path: readonly Step[]

  constructor(code: string, reason: string, path: readonly Step[]) {
    super(reason)
    this.code = code
    this.path = path
  }
}

/** What these values must become, one after the other in one message; `prefixes` name them in errors. */
export function expectedOf(
  specs: readonly Spec[],
  format: PayloadFormatName,
  rules: Rules,
  prefixes: readonly string[] = [''],
): Expected {
  const model = new Model(format, rules)
  const { calls } = model
  let prefix = ''
  try {
    const wires = specs.map((spec, i) => {
      prefix = prefixes[i] as string
      const wire = model.value(spec, '', [], 1)
      return wire === undefined ? model.absent('undefined', []) : wire
    })
    return { is: 'wire', wire: specs.length === 1 ? (wires[0] as Wire) : wires, calls }
  } catch (error) {
    if (error instanceof Own) return { is: 'own', id: error.id, calls }
    if (!(error instanceof Refused)) throw error
    const path = pathOf(prefix, error.path)
    const message = `cannot encode ${path || 'the value'} to ${format}: ${error.message}`
    return { is: 'refused', refusal: { code: error.code, path: path || null, message }, calls }
  }
}

class Model {
  readonly calls: string[] = []
  readonly #format: PayloadFormatName
  readonly #isLenient: boolean
  readonly #maxDepth: number
  readonly #hasAnyKeys: boolean
  /** What the errors call the containers that are open, the outermost first. */
  readonly #open: string[] = []

  constructor(format: PayloadFormatName, rules: Rules) {
    this.#format = format
    this.#isLenient = rules.unrepresentable === 'json'
    this.#maxDepth = Math.min(rules.maxDepth, 1000)
    this.#hasAnyKeys = format === 'cbor' || format === 'msgpack'
  }

  /**
   * What is written for it; undefined for nothing. `key` is what its `toJSON` is called with, `depth` the level that it
   * has if it is a container. `isGiven` is true for what a `toJSON` has given: its own is not called.
   */
  value(spec: Spec, key: string, path: readonly Step[], depth: number, isGiven = false): Wire | undefined {
    switch (spec.is) {
      case 'value':
        return this.#primitive(spec.value, path)
      case 'function':
      case 'symbol':
        return this.#isLenient ? undefined : this.#noForm(`a ${spec.is}`, path)
      case 'array':
      case 'object':
        return this.#within(spec, () => this.#container(spec, path, depth, isGiven))
      case 'map':
        return this.#within(spec, () => this.#map(spec, path, depth))
      case 'tagged':
        return this.#tagged(spec, path, depth)
      case 'json':
        if (isGiven) return this.#holder(spec, path, depth)
        return this.value(this.#ask(spec, `j${spec.id}(${JSON.stringify(key)})`), key, path, depth, true)
      case 'bytes':
        return Uint8Array.from(spec.bytes)
      case 'numbers':
        this.#enter(path, depth)
        return spec.numbers.map((number, i) => this.#primitive(number, [...path, i]) as Wire)
      case 'date':
        if (isGiven) return this.#isLenient ? this.#empty(path, depth) : this.#noForm('a Date', path)
        if (!Number.isNaN(spec.time)) return new Date(spec.time).toISOString()
        return this.#isLenient ? null : this.#noForm('an invalid Date', path)
      case 'float':
        return this.#float(spec.value, true, path)
      case 'boxed':
        if (typeof spec.value !== 'symbol') return this.#primitive(spec.value, path)
        return this.#isLenient ? this.#empty(path, depth) : this.#noForm('a symbol', path)
      case 'builtin':
        if (this.#isLenient) return this.#empty(path, depth)
        return this.#noForm(`${/^[AEIOU]/.test(spec.name) ? 'an' : 'a'} ${spec.name}`, path)
      case 'detached':
        return this.#noForm('a detached buffer', path)
      case 'sparse':
        throw new Refused('SIZE_LIMIT', `an array of ${spec.length} elements is too long`, path)
      case 'up':
        throw new Refused('CYCLE', 'the value contains itself', path)
    }
  }

  /** What stands for nothing where there must be something. */
  absent(what: string, path: readonly Step[]): null {
    return this.#isLenient ? null : this.#noForm(what, path)
  }

  #present(wire: Wire | undefined, path: readonly Step[]): Wire {
    return wire === undefined ? this.absent('undefined', path) : wire
  }

  #noForm(what: string, path: readonly Step[]): never {
    throw new Refused('UNENCODABLE', `${what} has no ${NAMES[this.#format]} form`, path)
  }

  #within<T>(spec: Spec, make: () => T): T {
    this.#open.push(spec.is === 'array' ? 'a list' : 'a map')
    const made = make()
    this.#open.pop()
    return made
  }

  #enter(path: readonly Step[], depth: number): void {
    if (depth > this.#maxDepth) throw new Refused('DEPTH_LIMIT', `nested deeper than ${this.#maxDepth}`, path)
  }

  #empty(path: readonly Step[], depth: number): Wire {
    this.#enter(path, depth)
    return new Pairs([])
  }

  /** Calls the application's code. */
  #ask({ id, gives }: JsonSpec | Getter, call: string): Spec {
    this.calls.push(call)
    if (gives === null) throw new Own(id)
    return gives
  }

  /** The value of a property, which is asked for once. */
  #read(item: Item): Spec {
    if (item.is === 'hole') return { is: 'value', value: undefined }
    return item.is === 'getter' ? this.#ask(item, `g${item.id}`) : item
  }

  #container(
    spec: Spec & { is: 'array' | 'object' },
    path: readonly Step[],
    depth: number,
    isGiven: boolean,
  ): Wire | undefined {
    const read = (key: Step, item: Item): Spec => {
      if (spec.how === 'proxy' && key !== 'toJSON') this.calls.push(`p${spec.id}.${key}`)
      return this.#read(item)
    }
    if (spec.is === 'array') {
      if (spec.how === 'proxy') this.calls.push(`p${spec.id}.length`)
      this.#enter(path, depth)
      return spec.items.map((item, i) => {
        const place = [...path, i]
        const wire = this.value(read(i, item), String(i), place, depth + 1)
        if (wire !== undefined) return wire
        return this.absent(item.is === 'hole' ? 'a hole in an array' : 'undefined', place)
      })
    }
    // The function is one that gives undefined.
    const isAbsent = spec.entries.some(([key, item]) => key === 'toJSON' && item.is === 'function')
    if (isAbsent && !isGiven) return undefined
    this.#enter(path, depth)
    const pairs: Pair[] = []
    for (const [key, item] of inOrder(spec.entries)) {
      const place = [...path, key]
      const value = read(key, item)
      if (value.is === 'value' && value.value === undefined) continue
      const name = this.#key(key, place)
      const wire = this.value(value, key, place, depth + 1)
      if (wire !== undefined) pairs.push([name, wire])
    }
    return new Pairs(pairs)
  }

  /** What has a `toJSON` that is not called. */
  #holder({ on }: JsonSpec, path: readonly Step[], depth: number): Wire {
    if (on === 'map' || on === 'class') return this.#empty(path, depth)
    this.#enter(path, depth)
    if (on === 'array') return []
    if (!this.#isLenient) this.#noForm('a function', [...path, 'toJSON'])
    return new Pairs([])
  }

  #map({ entries }: MapSpec, path: readonly Step[], depth: number): Wire {
    if (!this.#hasAnyKeys) {
      const keys = entries.map(([key]) => key)
      const wrong = keys.find((key) => textOfKey(key) === null)
      const texts = keys.map(textOfKey)
      const twin = texts.find((text, i) => texts.indexOf(text) < i)
      if (this.#isLenient && (wrong !== undefined || twin !== undefined)) return this.#empty(path, depth)
      if (wrong !== undefined) {
        const reason = `a Map key must be a string or an integer, got ${nameOf(wrong, this.#open)}`
        throw new Refused('KEY_TYPE', reason, path)
      }
      if (twin !== undefined) {
        const reason = `two Map keys become the text ${JSON.stringify(twin)}`
        throw new Refused('DUPLICATE_KEY', reason, path)
      }
    }
    this.#enter(path, depth)
    const pairs: Pair[] = []
    for (const [key, value] of entries) {
      if (value.is === 'value' && value.value === undefined) continue
      const text = this.#hasAnyKeys ? (isText(key) ? key.value : null) : textOfKey(key)
      const step = this.#hasAnyKeys ? stepOf(key, this.#open) : (text as string)
      const place = [...path, step]
      const name =
        text === null
          ? this.#present(this.value(key, String(step), place, depth + 1), place)
          : this.#key(text, place)
      const wire = this.value(value, String(step), place, depth + 1)
      if (wire !== undefined) pairs.push([name, wire])
    }
    return new Pairs(pairs)
  }

  #tagged(spec: TaggedSpec, path: readonly Step[], depth: number): Wire {
    const { kind, tag, value } = spec
    const inner = [...path, 'value']
    if (this.#format === 'cbor' && kind === 'simple') {
      if ((tag >= 0 && tag < 24) || (tag >= 32 && tag < 256)) return new Simple(Number(tag))
      if (this.#isLenient) return this.#attributes(tag, value, path, depth)
      const reason = `a simple value must be 0..23 or 32..255, got ${tag}`
      throw new Refused('UNENCODABLE', reason, path)
    }
    const isBignum = kind === 'tag' && (Number(tag) === 2 || Number(tag) === 3)
    if (this.#format === 'cbor' && kind === 'tag' && !isBignum) {
      if (tag >= 0 && tag < 2n ** 64n && (typeof tag === 'bigint' || tag <= EXACT)) {
        this.#enter(path, depth)
        const content = this.#present(this.value(value, 'value', inner, depth + 1), inner)
        return new Tag(BigInt(tag), content)
      }
      if (this.#isLenient) return this.#attributes(tag, value, path, depth)
      const reason = `a tag must be an integer of 0..2^64-1, got ${tag}`
      throw new Refused('UNENCODABLE', reason, path)
    }
    // An extension, and the tag of a big integer, need bytes.
    const isCbor = this.#format === 'cbor'
    if (isCbor ? isBignum : this.#format === 'msgpack' && kind !== 'simple') {
      const isJson = value.is === 'json'
      const content = isJson ? this.#ask(value, `j${value.id}("value")`) : value
      if (content.is === 'bytes' && tag >= -128 && tag < 128)
        return isCbor
          ? new Tag(BigInt(tag), Uint8Array.from(content.bytes))
          : new Ext(Number(tag), Uint8Array.from(content.bytes))
      if (this.#isLenient && content.is !== 'detached')
        return this.#attributes(tag, content, path, depth, isJson)
      // What has no form at all says so itself.
      if (['function', 'symbol', 'builtin', 'detached'].includes(content.is))
        this.value(content, 'value', inner, 1)
      if (content.is === 'boxed' && typeof content.value === 'symbol') this.value(content, 'value', inner, 1)
      if (content.is === 'date') this.value(content, 'value', inner, 1, isJson)
      const without = `a Tagged of ${tag} without the bytes of a big integer`
      this.#noForm(isCbor ? without : 'a Tagged that is not a type of -128..127 with bytes', path)
    }
    if (this.#isLenient) return this.#attributes(tag, value, path, depth)
    const what = {
      tag: 'a Tagged',
      extension: `an extension of type ${tag}`,
      simple: `the simple value ${tag}`,
    }
    return this.#noForm(what[kind], path)
  }

  /** What `JSON.stringify` makes of a Tagged. */
  #attributes(
    tag: number | bigint,
    value: Spec,
    path: readonly Step[],
    depth: number,
    isGiven = false,
  ): Wire {
    this.#enter(path, depth)
    const pairs: Pair[] = [['tag', this.#primitive(tag, [...path, 'tag']) as Wire]]
    const wire = this.value(value, 'value', [...path, 'value'], depth + 1, isGiven)
    if (wire !== undefined) pairs.push(['value', wire])
    return new Pairs(pairs)
  }

  #primitive(value: Primitive, path: readonly Step[]): Wire | undefined {
    if (typeof value === 'string') return this.#text(value, path)
    if (typeof value === 'bigint') return this.#integer(value, path)
    if (typeof value !== 'number') return value
    const isInteger = Number.isInteger(value) && Math.abs(value) <= EXACT && !Object.is(value, -0)
    return isInteger ? BigInt(value) : this.#float(value, false, path)
  }

  #integer(value: bigint, path: readonly Step[]): Wire {
    const has64 = this.#format === 'msgpack' || this.#format === 'flexbuffers'
    if (has64 && (value < -(2n ** 63n) || value >= 2n ** 64n)) this.#noForm('an integer beyond 64 bits', path)
    return value
  }

  #float(value: number, isTyped: boolean, path: readonly Step[]): Wire {
    const hasAll = this.#format !== 'json' && this.#format !== 'ubjson-draft12'
    if (hasAll || Number.isFinite(value)) return new Float(value, isTyped)
    return this.#isLenient ? null : this.#noForm(String(value), path)
  }

  #text(text: string, path: readonly Step[]): string {
    if (this.#format === 'json' && text.startsWith('\0')) this.#noForm('text that begins with NUL', path)
    return this.#wellFormed(text, path)
  }

  #key(text: string, path: readonly Step[]): string {
    if (this.#format === 'flexbuffers' && text.includes('\0')) this.#noForm('a key with NUL', path)
    return this.#wellFormed(text, path)
  }

  /** Node writes U+FFFD for each lone surrogate. */
  #wellFormed(text: string, path: readonly Step[]): string {
    const written = Buffer.from(text).toString()
    if (written === text || this.#isLenient) return written
    throw new Refused('BAD_UTF8', 'the text has a lone surrogate', path)
  }
}
