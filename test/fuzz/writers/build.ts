/** Makes values live: what a spec says, with a record of every call of the application's code. */
import { runInNewContext } from 'node:vm'
import { Float64, Tagged } from '../../../src/payload/values.ts'
import { type Aside, type Getter, type Item, type JsonSpec, numbersOf, type Spec } from './spec.ts'

/** What a getter or a `toJSON` throws. */
export class Own extends Error {
  readonly id: number

  constructor(id: number) {
    super(`own error ${id}`)
    this.id = id
  }
}

/** What is called, in its order: `g1` a getter, `j2(key)` a toJSON, `p3.key` a property of a Proxy. */
export interface Calls {
  readonly record: string[]
  /** The value contains itself: a getter may be asked again, and gives the same. */
  readonly isCyclic: boolean
  /** Encodes something else meanwhile. */
  aside(aside: Aside): void
}

class List extends Array<unknown> {}
class Dict extends Map<unknown, unknown> {}
class Octets extends Uint8Array {}
class Thing {
  get sum(): number {
    throw new Error('a getter of the class was asked')
  }
}

/** The classes of another realm. */
const realm = runInNewContext('({ Array, Object, Map, Uint8Array })') as {
  Array: ArrayConstructor
  Object: ObjectConstructor
  Map: MapConstructor
  Uint8Array: Uint8ArrayConstructor
}

/** The live value. */
export function build(spec: Spec, calls: Calls): unknown {
  return new Builder(calls).value(spec)
}

class Builder {
  readonly #calls: Calls
  /** The containers around what is made. */
  readonly #open: object[] = []

  constructor(calls: Calls) {
    this.#calls = calls
  }

  value(spec: Spec): unknown {
    switch (spec.is) {
      case 'value':
        return spec.value
      case 'function':
        return () => undefined
      case 'symbol':
        return Symbol('a symbol')
      case 'array': {
        const list = arrayOf(spec.how)
        const live = spec.how === 'proxy' ? this.#proxy(list, spec.id) : list
        this.#within(live, () => {
          for (const [i, item] of spec.items.entries()) this.#set(list, i, item)
          // Holes at the end.
          if (list.length < spec.items.length) list.length = spec.items.length
        })
        return live
      }
      case 'object': {
        const object = objectOf(spec.how)
        const live = spec.how === 'proxy' ? this.#proxy(object, spec.id) : object
        this.#within(live, () => {
          for (const [key, item] of spec.entries) this.#set(object, key, item)
        })
        return spec.how === 'frozen' ? Object.freeze(live) : live
      }
      case 'map': {
        const map = spec.how === 'plain' ? new Map() : spec.how === 'realm' ? new realm.Map() : new Dict()
        this.#within(map, () => {
          for (const [key, value] of spec.entries) map.set(this.value(key), this.value(value))
        })
        return map
      }
      case 'tagged':
        return new Tagged(spec.tag, this.value(spec.value), spec.kind)
      case 'json':
        return this.#withToJson(spec)
      case 'bytes':
        return bytesOf(spec.how, spec.bytes)
      case 'numbers':
        return numbersOf(spec.how, spec.numbers)
      case 'date':
        return new Date(spec.time)
      case 'float':
        return new Float64(spec.value)
      case 'boxed':
        return Object(spec.value)
      case 'builtin':
        return builtin(spec.name)
      case 'detached': {
        const buffer = new ArrayBuffer(16)
        const live = viewOf(spec.how, buffer)
        structuredClone(buffer, { transfer: [buffer] })
        return live
      }
      case 'sparse':
        return new Array(spec.length)
      case 'up':
        return this.#open.at(-spec.levels)
    }
  }

  #within(container: object, fill: () => void): void {
    this.#open.push(container)
    fill()
    this.#open.pop()
  }

  #set(target: object, key: string | number, item: Item): void {
    if (item.is === 'hole') return
    const how = { enumerable: true, configurable: true }
    if (item.is === 'getter') Object.defineProperty(target, key, { ...how, get: this.#getter(item) })
    else if (key === '__proto__')
      Object.defineProperty(target, key, { ...how, writable: true, value: this.value(item) })
    else (target as Record<string | number, unknown>)[key] = this.value(item)
  }

  #getter({ id, gives, later, aside }: Getter): () => unknown {
    const values = [gives === null ? null : this.value(gives), this.value(later)]
    const { record, isCyclic } = this.#calls
    let asked = 0
    return () => {
      record.push(`g${id}`)
      asked++
      if (aside !== null) this.#calls.aside(aside)
      if (gives === null) throw new Own(id)
      return values[asked === 1 || isCyclic ? 0 : 1]
    }
  }

  #withToJson({ id, on, gives, aside }: JsonSpec): unknown {
    const value = gives === null ? null : this.value(gives)
    const toJSON = (key: unknown): unknown => {
      this.#calls.record.push(`j${id}(${JSON.stringify(key)})`)
      if (aside !== null) this.#calls.aside(aside)
      if (gives === null) throw new Own(id)
      return value
    }
    if (on === 'array') return Object.assign([], { toJSON })
    if (on === 'null') return Object.assign(Object.create(null), { toJSON })
    if (on === 'own') return { toJSON }
    if (on === 'map')
      return new (class extends Map {
        toJSON = toJSON
      })()
    return Object.create({ toJSON })
  }

  #proxy<T extends object>(target: T, id: number): T {
    const { record } = this.#calls
    return new Proxy(target, {
      get(of, key, receiver) {
        if (typeof key === 'string' && key !== 'toJSON') record.push(`p${id}.${key}`)
        return Reflect.get(of, key, receiver)
      },
    })
  }
}

function arrayOf(how: string): unknown[] {
  return how === 'subclass' ? new List() : how === 'realm' ? new realm.Array() : []
}

function objectOf(how: string): object {
  if (how === 'null') return Object.create(null)
  return how === 'class' ? new Thing() : how === 'realm' ? new realm.Object() : {}
}

function bytesOf(how: string, bytes: readonly number[]): unknown {
  const { length } = bytes
  const filled = <T extends Uint8Array>(view: T): T => {
    view.set(bytes)
    return view
  }
  switch (how) {
    case 'Buffer':
      return Buffer.from(bytes)
    case 'subarray':
      return filled(new Uint8Array(length + 5).fill(0xee).subarray(3, 3 + length))
    case 'subclass':
      return filled(new Octets(length))
    case 'realm':
      return filled(new realm.Uint8Array(length))
    case 'shared':
      return filled(new Uint8Array(new SharedArrayBuffer(length)))
    case 'resizable': {
      const options = { maxByteLength: length + 100 }
      const buffer = new (ArrayBuffer as new (length: number, options: object) => ArrayBuffer)(
        length,
        options,
      )
      return filled(new Uint8Array(buffer))
    }
    case 'ArrayBuffer':
      return filled(new Uint8Array(length)).buffer
    case 'SharedArrayBuffer':
      return filled(new Uint8Array(new SharedArrayBuffer(length))).buffer
    case 'DataView':
      return new DataView(filled(new Uint8Array(length + 2).subarray(2)).buffer, 2)
    default:
      return Uint8Array.from(bytes)
  }
}

function viewOf(how: string, buffer: ArrayBuffer): object {
  if (how === 'ArrayBuffer') return buffer
  if (how === 'DataView') return new DataView(buffer)
  return how === 'Uint8Array' ? new Uint8Array(buffer) : new Float64Array(buffer)
}

function builtin(name: string): unknown {
  switch (name) {
    case 'Set':
      return new Set([1])
    case 'WeakMap':
      return new WeakMap()
    case 'WeakSet':
      return new WeakSet()
    case 'WeakRef':
      return new WeakRef({})
    case 'Promise':
      return Promise.resolve(1)
    case 'RegExp':
      return /a/g
    case 'Error':
      return new RangeError('x')
    case 'Generator':
      return (function* () {})()
    case 'Blob':
      return new Blob(['x'])
    default:
      return new URLSearchParams('a=b')
  }
}
