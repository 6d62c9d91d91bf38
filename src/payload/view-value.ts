/** Views of JavaScript values: payloads that the application has built. */
import type { Policy } from '../limits.ts'
import { type Classified, classify, type MapEntries } from './classify.ts'
import { failure, type Nesting, NOT_DEEP } from './encode-value.ts'
import { identityOf, isIntegerKey, namesOf } from './map-keys.ts'
import { toJSONOf } from './to-json.ts'
import * as Kind from './value-kinds.ts'
import { isFloat64, isTagged, type Tagged } from './values.ts'
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
    if (this.kind === 'map') return this.entries().size
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
      value = typeof key === 'string' ? this.byText(key) : this.entries().get(identityOf(key))?.value
    } else if (typeof key === 'string' && Object.prototype.propertyIsEnumerable.call(content, key)) {
      value = (content as Record<string, unknown>)[key]
    }
    if (value === undefined) return undefined
    const found = this.inner(value)
    return found.shape === Kind.ABSENT ? undefined : found
  }

  path(...steps: (string | number)[]): PayloadView | undefined {
    return walk(this, steps)
  }

  keys(): unknown[] {
    return this.kind === 'map' ? namesOf([...this.entries().values()].map(({ key }) => key)) : []
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
      for (const { value } of this.entries().values()) yield this.inner(value)
    }
  }

  /**
   * The entries of a map by what their keys are once they are written, the last of those that are the same then;
   * without those that are undefined, which are not written.
   */
  private entries(): ReadonlyMap<unknown, Entry> {
    const { content } = this
    const { keys, values } = content as MapEntries
    const all =
      this.shape === Kind.MAP
        ? keys.map((key, i) => [key, values[i]] as const)
        : Object.entries(content as object)
    const entries = new Map<unknown, Entry>()
    for (const [name, value] of all) {
      if (value === undefined || this.isLeftOut(value)) continue
      const key = untagged(name)
      const identity = identityOf(seen(key))
      const before = entries.get(identity)?.key
      entries.set(identity, { key: isIntegerKey(before) ? before : key, value })
    }
    return entries
  }

  /** The value of the last entry that a text finds. */
  private byText(text: string): unknown {
    const { keys, values } = this.content as MapEntries
    for (let i = keys.length - 1; i >= 0; i--) {
      const key = keys[i]
      // Tags and floats may make two keys one.
      if (typeof key === 'object') {
        return [...this.entries().values()].findLast((entry) => textOf(entry.key) === text)?.value
      }
      if (values[i] !== undefined && textOf(key) === text) return values[i]
    }
    return undefined
  }

  /** Whether its `toJSON` says so. */
  private isLeftOut(value: unknown): boolean {
    return toJSONOf(value) !== null && this.inner(value).shape === Kind.ABSENT
  }

  private inner(value: unknown): ValueView {
    return new ValueView(value, this.policy)
  }
}

/** An entry of a map; the key is an integer when one of those that are the same is. */
interface Entry {
  readonly key: unknown
  readonly value: unknown
}

/** A key behind its tags. */
function untagged(key: unknown): unknown {
  let bare = key
  while (typeof bare === 'object' && bare !== null && isTagged(bare) && bare.kind === 'tag') bare = bare.value
  return bare
}

/** A key as a view of its bytes has it: a float is its number. */
function seen(key: unknown): unknown {
  return typeof key === 'object' && key !== null && isFloat64(key) ? key.value : key
}

/** The text that finds a key; no text for any other than texts and integers. */
function textOf(key: unknown): unknown {
  return isIntegerKey(key) ? String(key) : key
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
