/** Views of JavaScript values: payloads that the application has built. */
import type { Policy } from '../limits.ts'
import { Kind, type MapEntries, Walk } from './encode-value.ts'
import type { Tagged } from './values.ts'
import { type PayloadView, type ViewKind, walk } from './view.ts'

/** A value as the encoders see it: `toJSON` is honoured, a typed array of numbers is an array, a Map is a map. */
export class ValueView implements PayloadView {
  private readonly value: unknown
  private readonly policy: Policy
  private readonly shape: Kind
  /** The value in the form that `Kind` names. */
  private readonly content: unknown

  /** Throws EncodeError for what has no form in any format: a function, a Set. */
  constructor(value: unknown, policy: Policy) {
    const classifier = new Walk('json', policy, 'payloadView')
    let shape = classifier.classify(value)
    while (shape === Kind.TAGGED) shape = classifier.classify((classifier.value as Tagged).value)
    this.value = value
    this.policy = policy
    this.shape = shape
    this.content = classifier.value
  }

  get kind(): ViewKind {
    switch (this.shape) {
      case Kind.ABSENT:
        return 'null'
      case Kind.FLOAT:
        return 'number'
      case Kind.BYTES:
        return 'bytes'
      case Kind.ARRAY:
        return 'array'
      case Kind.SCALAR:
        return this.content === null ? 'null' : (typeof this.content as ViewKind)
      default:
        return 'map'
    }
  }

  get length(): number {
    if (this.kind === 'map') return this.keys().length
    const { content } = this
    const isSized = this.shape === Kind.ARRAY || this.shape === Kind.BYTES || typeof content === 'string'
    return isSized ? (content as { length: number }).length : 0
  }

  at(index: number): PayloadView | undefined {
    if (this.shape !== Kind.ARRAY || !Number.isInteger(index)) return undefined
    const elements = this.content as ArrayLike<unknown>
    return index >= 0 && index < elements.length ? this.inner(elements[index]) : undefined
  }

  get(key: string): PayloadView | undefined {
    if (this.kind !== 'map') return undefined
    const value = this.valueOfKey(key)
    return value === undefined ? undefined : this.inner(value)
  }

  path(...steps: (string | number)[]): PayloadView | undefined {
    return walk(this, steps)
  }

  keys(): string[] {
    if (this.kind !== 'map') return []
    const { content } = this
    const all = this.shape === Kind.MAP ? (content as MapEntries).keys : Object.keys(content as object)
    // What is undefined is not written.
    return all.filter((key) => this.valueOfKey(key) !== undefined)
  }

  /** The value as the application gave it, not a copy. */
  toValue(): unknown {
    return this.value
  }

  *[Symbol.iterator](): Generator<PayloadView, void> {
    if (this.shape === Kind.ARRAY) {
      const elements = this.content as ArrayLike<unknown>
      for (let i = 0; i < elements.length; i++) yield this.inner(elements[i])
    } else {
      for (const key of this.keys()) yield this.inner(this.valueOfKey(key))
    }
  }

  private valueOfKey(key: string): unknown {
    if (this.shape === Kind.MAP) {
      const { keys, values } = this.content as MapEntries
      const at = keys.indexOf(key)
      return at < 0 ? undefined : values[at]
    }
    const content = this.content as Record<string, unknown>
    return Object.prototype.propertyIsEnumerable.call(content, key) ? content[key] : undefined
  }

  private inner(value: unknown): PayloadView {
    return new ValueView(value, this.policy)
  }
}
