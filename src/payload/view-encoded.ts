/** Views of values in JSON, MsgPack, CBOR and UBJSON: the kernel finds each of them by its bytes (assembly/find.ts). */
import {
  FIND_END,
  FIND_SELF,
  FOUND_AFTER,
  FOUND_AT,
  FOUND_COUNT,
  FOUND_INDEX,
  FOUND_KEY_END,
  FOUND_KEY_START,
  FOUND_KIND,
  FOUND_ROWS,
  FOUND_START,
  FOUND_TYPE,
  KIND_ARRAY,
  KIND_BYTES,
  KIND_FALSE,
  KIND_FLOAT,
  KIND_MAP,
  KIND_NULL,
  KIND_TEXT,
  KIND_TRUE,
  STEP_COUNT,
  STEP_ENTRY,
  STEP_INDEX,
} from '../kernel/abi.ts'
import { isIntegerKey } from './map-keys.ts'
import { Float64 } from './values.ts'
import { type PayloadView, type ViewKind, walk } from './view.ts'
import type { EncodedViews } from './view-source.ts'
import { MAX_INDEX, ViewSource } from './view-source.ts'
import { ValueView } from './view-value.ts'

/** The kinds that the kernel tells; what numbers are depends on the codec's options. */
const KINDS: readonly (ViewKind | undefined)[] = (() => {
  const kinds: (ViewKind | undefined)[] = []
  kinds[KIND_NULL] = 'null'
  kinds[KIND_FALSE] = kinds[KIND_TRUE] = 'boolean'
  kinds[KIND_FLOAT] = 'number'
  kinds[KIND_TEXT] = 'string'
  kinds[KIND_BYTES] = 'bytes'
  kinds[KIND_ARRAY] = 'array'
  kinds[KIND_MAP] = 'map'
  return kinds
})()

/** Where the value of each key is, the last one of those that come twice; in the order of the bytes. */
interface Places {
  readonly byKey: Map<unknown, number>
  /** By the text of texts and integers. */
  readonly byText: Map<string, number>
}

/** The view of an encoded value of any format. */
export const viewEncoded: EncodedViews = (owner, start, end, format, { kernel, policy }) => {
  const source = new ViewSource(owner, start, end, format, kernel, policy)
  return format.view === undefined ? viewAt(source, 0, 0) : format.view(source)
}

/** The view of the value at `start`. */
function viewAt(source: ViewSource, start: number, type: number): EncodedView {
  source.find(FIND_SELF, start, type)
  return new EncodedView(source)
}

class EncodedView implements PayloadView {
  private readonly source: ViewSource
  /** One of KIND_*. */
  private readonly kindNumber: number
  private readonly start: number
  /** Position after a scalar or string. */
  private readonly after: number
  /** Elements, entries or bytes; -1 while unknown. */
  private count: number
  /** What its container has taken of it. */
  private readonly type: number
  /** An element that was found, and where the search for the next one may begin. */
  private known: number
  private knownAt: number
  /** Once all keys were asked for. */
  private places: Places | null
  /** What a map has taken of all its values. */
  private placesType: number
  /** An array of several dimensions: it is not read lazily. */
  private readonly isRows: boolean

  /** Of what the kernel has found last. */
  constructor(source: ViewSource) {
    this.source = source
    this.kindNumber = source.found(FOUND_KIND)
    this.start = source.foundAt(FOUND_START)
    this.after = source.foundAt(FOUND_AFTER)
    this.count = source.found(FOUND_COUNT)
    this.type = source.found(FOUND_TYPE)
    this.known = 0
    this.knownAt = 0
    this.places = null
    this.placesType = 0
    this.isRows = source.found(FOUND_ROWS) === 1
  }

  get kind(): ViewKind {
    return KINDS[this.kindNumber] ?? this.values().kind
  }

  get length(): number {
    const { source, start, type } = this
    switch (this.kindNumber) {
      case KIND_MAP:
        if (this.count >= 0 && (this.count < 2 || source.policy.duplicateKeys === 'refuse')) return this.count
        return this.entries().byKey.size
      case KIND_ARRAY:
        if (this.count < 0) {
          source.findOne(start, type, STEP_COUNT, 0, 0, 0)
          this.count = source.found(FOUND_COUNT)
        }
        return this.count
      case KIND_BYTES:
        if (this.count >= 0) return this.count
    }
    return this.kindNumber === KIND_TEXT || this.kind === 'bytes' ? this.values().length : 0
  }

  at(index: number): PayloadView | undefined {
    if (this.kindNumber !== KIND_ARRAY || !Number.isInteger(index) || index < 0) return undefined
    if (this.isRows) return this.values().at(index)
    if (index > MAX_INDEX) return undefined
    const isAhead = index >= this.known
    if (!this.find(STEP_INDEX, index, isAhead ? this.known : 0, isAhead ? this.knownAt : 0)) return undefined
    const { source } = this
    this.known = source.found(FOUND_INDEX)
    this.knownAt = source.foundAt(FOUND_AT)
    return new EncodedView(source)
  }

  get(key: unknown): PayloadView | undefined {
    if (this.kindNumber !== KIND_MAP) return undefined
    const { source, start, type } = this
    const isText = typeof key === 'string'
    if (isText && this.places === null) {
      if (source.findPath(start, type, [key])) return new EncodedView(source)
      if (!source.isRare) return undefined
    }
    const { byKey, byText } = this.entries()
    const place = isText ? byText.get(key) : byKey.get(key)
    return place === undefined ? undefined : viewAt(source, place, this.placesType)
  }

  path(...steps: (string | number)[]): PayloadView | undefined {
    const { source, start, type } = this
    // One step may know more than the kernel; the rows of an array are not its business.
    if (steps.length < 2 || this.isRows) return walk(this, steps)
    if (source.findPath(start, type, steps)) return new EncodedView(source)
    return source.isRare ? walk(this, steps) : undefined
  }

  keys(): unknown[] {
    if (this.kindNumber !== KIND_MAP) return []
    const { byKey, byText } = this.entries()
    return [...byKey.keys()].map((key) => {
      if (typeof key !== 'number' && typeof key !== 'bigint') return key
      const text = String(key)
      return byText.has(text) && !byKey.has(text) ? text : key
    })
  }

  toValue(): unknown {
    const { source, start, type } = this
    let end = this.after
    if (this.kindNumber === KIND_ARRAY || this.kindNumber === KIND_MAP) {
      source.find(FIND_END, start, type)
      end = source.foundAt(FOUND_AFTER)
    }
    return source.decode(start, end, type)
  }

  *[Symbol.iterator](): Generator<PayloadView, void> {
    const { source } = this
    if (this.kindNumber === KIND_MAP) {
      for (const place of this.entries().byKey.values()) yield viewAt(source, place, this.placesType)
    } else if (this.isRows) {
      yield* this.values()
    } else if (this.kindNumber === KIND_ARRAY) {
      for (let i = 0, at = 0; this.find(STEP_INDEX, i, Math.max(i - 1, 0), at); i++) {
        at = source.foundAt(FOUND_AT)
        yield new EncodedView(source)
      }
    }
  }

  /** Looks for an element or entry from one that is known on; false when there is none. */
  private find(what: number, index: number, known: number, at: number): boolean {
    return this.source.findOne(this.start, this.type, what, index, known, at)
  }

  /** Where the value of each key begins. */
  private entries(): Places {
    const { source } = this
    if (this.places !== null) return this.places
    const places: Places = { byKey: new Map(), byText: new Map() }
    for (let i = 0, at = 0; this.find(STEP_ENTRY, i, Math.max(i - 1, 0), at); i++) {
      at = source.foundAt(FOUND_AT)
      this.placesType = source.found(FOUND_TYPE)
      const place = source.foundAt(FOUND_START)
      const key = source.decodeKey(source.foundAt(FOUND_KEY_START), source.foundAt(FOUND_KEY_END))
      if (typeof key === 'string' || isIntegerKey(key)) places.byText.set(String(key), place)
      places.byKey.set(key instanceof Float64 ? key.value : key, place)
    }
    this.places = places
    return places
  }

  /** The decoded value. */
  private values(): ValueView {
    return new ValueView(this.toValue(), this.source.policy)
  }
}
