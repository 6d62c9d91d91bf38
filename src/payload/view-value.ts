/** Views of JavaScript values: payloads that the application has built. */
import type { Policy } from '../limits.ts'
import { type Classified, classify, type MapEntries } from './classify.ts'
import { failure, type Nesting, NOT_DEEP } from './encode-value.ts'
import { identityOf, isIntegerKey, namesOf } from './map-keys.ts'
import * as Kind from './value-kinds.ts'
import type { Tagged } from './values.ts'
import { type PayloadView, type ViewKind, walk } from './view.ts'

/** A value as the encoders see it: `toJSON` is honoured, a typed array of numbers is an array, a Map is a map. */
export class ValueView implements PayloadView {
  private readonly value: unknown
  private readonly policy: Policy
  private readonly shape: number
  /** The value in the form that `Kind` names. */
  private readonly content: unknown

  /** Throws EncodeError for what has no form in any format: a function, a Set. */
  constructor(value: unknown, policy: Policy) {
    const { kind, value: content } = classified(value, policy)
    this.value = value
    this.policy = policy
    this.shape = kind
    this.content = content
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
    if (this.kind === 'map') return this.entries().length
    const { content } = this
    const isSized = this.shape === Kind.ARRAY || this.shape === Kind.BYTES || typeof content === 'string'
    return isSized ? (content as { length: number }).length : 0
  }

  at(index: number): PayloadView | undefined {
    if (this.shape !== Kind.ARRAY || !Number.isInteger(index)) return undefined
    const elements = this.content as ArrayLike<unknown>
    return index >= 0 && index < elements.length ? this.inner(elements[index]) : undefined
  }

  get(key: unknown): PayloadView | undefined {
    if (this.kind !== 'map') return undefined
    const { content } = this
    let value: unknown
    if (this.shape === Kind.MAP) {
      const { keys, values } = content as MapEntries
      const isIt = (each: unknown): boolean =>
        isSameKey(each, key) || (isIntegerKey(each) && String(each) === key)
      value = values[keys.findLastIndex(isIt)]
    } else if (typeof key === 'string' && Object.prototype.propertyIsEnumerable.call(content, key)) {
      value = (content as Record<string, unknown>)[key]
    }
    return value === undefined ? undefined : this.inner(value)
  }

  path(...steps: (string | number)[]): PayloadView | undefined {
    return walk(this, steps)
  }

  keys(): unknown[] {
    return this.kind === 'map' ? namesOf(this.entries().map(([key]) => key)) : []
  }

  /** The value as the application gave it, not a copy. */
  toValue(): unknown {
    return this.value
  }

  *[Symbol.iterator](): Generator<PayloadView, void> {
    if (this.shape === Kind.ARRAY) {
      const elements = this.content as ArrayLike<unknown>
      for (let i = 0; i < elements.length; i++) yield this.inner(elements[i])
    } else if (this.kind === 'map') {
      for (const [, value] of this.entries()) yield this.inner(value)
    }
  }

  /** The entries of a map, without those that are undefined, which are not written. */
  private entries(): (readonly [key: unknown, value: unknown])[] {
    const { content } = this
    const { keys, values } = content as MapEntries
    const all =
      this.shape === Kind.MAP
        ? keys.map((key, i) => [key, values[i]] as const)
        : Object.entries(content as object)
    return all.filter(([, value]) => value !== undefined)
  }

  private inner(value: unknown): PayloadView {
    return new ValueView(value, this.policy)
  }
}

/** As the keys of a Map are the same: NaN is one. A BigInt is the number that it is equal to. */
function isSameKey(a: unknown, b: unknown): boolean {
  return identityOf(a) === identityOf(b) || (Number.isNaN(a) && Number.isNaN(b))
}

/** What a value is behind its tags. Throws EncodeError. */
function classified(value: unknown, policy: Policy): Classified {
  // CBOR has a form for everything that any format can carry.
  const nesting: Nesting = { format: 'cbor', rules: policy, deep: NOT_DEEP }
  try {
    let found = classify(value, '', nesting)
    while (found.kind === Kind.TAGGED) found = classify((found.value as Tagged).value, '', nesting)
    return found
  } catch (error) {
    throw failure(nesting, error, 'payloadView')
  }
}
