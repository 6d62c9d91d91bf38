/**
 * Keys of maps that only their content tells apart: bytes, lists, maps, `Tagged`. Two with the same content have the
 * same identity. A container's is made of those of its parts, which are known by then, so that keys in keys in keys
 * cost no more than their bytes.
 */
import { isBytes, isMap } from '../brand.ts'
import { isFloat64, isTagged } from './values.ts'

/** The identities of one value that is decoded. */
export class KeyIdentities {
  readonly #numbers = new Map<string, number>()
  readonly #known = new WeakMap<object, string>()

  /** The identity of a key or a part of one; every container in it was learnt before. */
  of(value: unknown): string {
    if (typeof value === 'string') return `"${value}`
    if (isBytes(value)) return `b${value.join()}`
    if (typeof value !== 'object' || value === null) return `${value}`
    if (isFloat64(value)) return `${value.value}`
    return this.#known.get(value) ?? this.learn(value, value)
  }

  /** Takes note of a container, whose keys `content` has as they came; returns its identity. */
  learn(container: object, content: object): string {
    const known = this.#known.get(container)
    if (known !== undefined) return known
    // For one of the application that is inside of itself.
    this.#known.set(container, '#')
    const text = this.#textOf(content)
    const number = this.#numbers.get(text) ?? this.#numbers.size
    this.#numbers.set(text, number)
    const identity = `#${number}`
    this.#known.set(container, identity)
    return identity
  }

  #textOf(content: object): string {
    if (Array.isArray(content)) return JSON.stringify(content.map((element) => this.of(element)))
    if (isTagged(content)) return `${content.kind} ${content.tag} ${this.of(content.value)}`
    const entries = isMap(content) ? [...content] : Object.entries(content)
    // The order of its keys means nothing.
    return `{${entries.map(([key, entry]) => JSON.stringify([this.of(key), this.of(entry)])).sort()}`
  }
}
