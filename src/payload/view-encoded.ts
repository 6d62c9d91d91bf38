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
import { identityOf, isIntegerKey } from './map-keys.ts'
import { Float64 } from './values.ts'
import { type PayloadView, type ViewKind, walk } from './view.ts'
import { type EncodedViews, MAX_INDEX, ViewSource } from './view-source.ts'
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

/** Where the values of a map are. */
interface Places {
  /** By key the last value of those that it comes with, in the order of the bytes: an index of the lists below. */
  readonly byKey: Map<unknown, number>
  /** The keys that are texts or integers, by their text. */
  readonly byText: Map<string, unknown>
  readonly starts: number[]
  /** Where the entry of each value begins, before its key. */
  readonly entries: number[]
}

/** Most elements whose places are kept: more would need much memory, fewer many passes. */
const MAX_RUN = 65_536

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

/**
 * The elements of an array, cheap from one to the next. Where other work comes between them, which has the kernel look
 * at other bytes, the places of a run of elements are found at once, of longer and longer runs: so that each byte is
 * brought before the kernel a few times, and not once for each element.
 */
class Elements {
  private readonly source: ViewSource
  private readonly start: number
  private readonly type: number
  /** Where the element before the last one that was asked for ends. */
  before: number
  /** An element that was found, and where the search for the next one may begin. */
  private known: number
  private knownAt: number
  /** The run: its first element, and where the search for each of them begins, where it is, and its type. */
  private first: number
  private befores: number[]
  private starts: number[]
  private types: number[]
  /** Elements of the run, of which one more may have been found; and of the next one. */
  private count: number
  private next: number

  constructor(source: ViewSource, start: number, type: number) {
    this.source = source
    this.start = start
    this.type = type
    this.before = this.known = this.knownAt = 0
    this.first = this.count = 0
    this.befores = this.starts = this.types = []
    this.next = 1
  }

  at(index: number): EncodedView | undefined {
    const { source, first, count } = this
    if (index >= first && index < first + count) return this.ofRun(index - first)
    if (source.isResident) {
      if (!this.find(index)) return undefined
      this.before = this.knownAt
      return new EncodedView(source)
    }
    this.findRun(index)
    return this.count > 0 ? this.ofRun(0) : undefined
  }

  private ofRun(i: number): EncodedView {
    const { source, starts, befores, types } = this
    this.before = befores[i] as number
    const part = source.part(starts[i] as number, befores[i + 1] ?? source.length)
    return viewAt(part, 0, types[i] as number)
  }

  /** Finds the run that begins with this element. */
  private findRun(index: number): void {
    const { source, next } = this
    this.befores = []
    this.starts = []
    this.types = []
    // One more says where the last one ends.
    for (let i = 0; i <= next && this.find(index + i); i++) {
      this.befores.push(this.knownAt)
      this.starts.push(source.foundAt(FOUND_START))
      this.types.push(source.found(FOUND_TYPE))
    }
    this.first = index
    this.count = Math.min(next, this.starts.length)
    this.next = Math.min(2 * next, MAX_RUN)
  }

  /** Looks for an element; false when there is none. */
  private find(index: number): boolean {
    const { source, start, type } = this
    const isAhead = index >= this.known
    const [known, at] = isAhead ? [this.known, this.knownAt] : [0, 0]
    if (!source.findOne(start, type, STEP_INDEX, index, known, at)) return false
    this.known = source.found(FOUND_INDEX)
    this.knownAt = source.foundAt(FOUND_AT)
    return true
  }
}

class EncodedView implements PayloadView {
  private source: ViewSource
  /** One of KIND_*. */
  private readonly kindNumber: number
  private start: number
  /** Position after a scalar or string. */
  private after: number
  /** Where the value ends, or behind that. */
  private end: number
  /** Elements, entries or bytes; -1 while unknown. */
  private count: number
  /** What its container has taken of it. */
  private readonly type: number
  /** Once an element was asked for. */
  private elements: Elements | null
  /** Once all keys were asked for. */
  private places: Places | null
  /** What a map has taken of all its values. */
  private placesType: number
  /** An array of several dimensions: it is not read lazily, but as a whole when something was asked. */
  private readonly isRows: boolean
  private rows: ValueView | null

  /** Of what the kernel has found last. */
  constructor(source: ViewSource) {
    this.source = source
    this.kindNumber = source.found(FOUND_KIND)
    this.start = source.foundAt(FOUND_START)
    this.after = source.foundAt(FOUND_AFTER)
    this.end = source.length
    this.count = source.found(FOUND_COUNT)
    this.type = source.found(FOUND_TYPE)
    this.elements = null
    this.places = null
    this.placesType = 0
    this.isRows = source.found(FOUND_ROWS) === 1
    this.rows = null
  }

  get kind(): ViewKind {
    return KINDS[this.kindNumber] ?? this.values().kind
  }

  get length(): number {
    switch (this.kindNumber) {
      case KIND_MAP:
        if (this.count >= 0 && (this.count < 2 || this.source.hasSingleKeys)) return this.count
        return this.entries().byKey.size
      case KIND_ARRAY:
        if (this.count < 0) {
          const source = this.narrow()
          source.findOne(this.start, this.type, STEP_COUNT, 0, 0, 0)
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
    if (this.isRows) return this.whole().at(index)
    if (index > MAX_INDEX) return undefined
    this.elements ??= new Elements(this.narrow(), this.start, this.type)
    return this.elements.at(index)
  }

  get(key: unknown): PayloadView | undefined {
    if (this.kindNumber !== KIND_MAP) return undefined
    const isText = typeof key === 'string'
    if (isText && this.places === null) {
      const source = this.narrow()
      if (source.findPath(this.start, this.type, [key])) return new EncodedView(source)
      if (!source.isFallback) return undefined
    }
    const { byKey, byText } = this.entries()
    if (isText && !byText.has(key)) return undefined
    const place = byKey.get(isText ? byText.get(key) : identityOf(key))
    return place === undefined ? undefined : this.valueAt(place)
  }

  path(...steps: (string | number)[]): PayloadView | undefined {
    // One step may know more than the kernel; the rows of an array are not its business.
    if (steps.length < 2 || this.isRows) return walk(this, steps)
    const source = this.narrow()
    if (source.findPath(this.start, this.type, steps)) return new EncodedView(source)
    return source.isFallback ? walk(this, steps) : undefined
  }

  keys(): unknown[] {
    if (this.kindNumber !== KIND_MAP) return []
    const { byKey, byText } = this.entries()
    return [...byKey.keys()].map((key) => {
      if (typeof key !== 'number' && typeof key !== 'bigint') return key
      const text = String(key)
      if (byText.has(text) && !byKey.has(text)) return text
      return this.source.policy.integers === 'bigint' && isIntegerKey(key) ? BigInt(key) : key
    })
  }

  toValue(): unknown {
    const { type } = this
    if (this.kindNumber !== KIND_ARRAY && this.kindNumber !== KIND_MAP) {
      return this.source.decode(this.start, this.after, type)
    }
    if (this.start === 0 && this.source.isWhole) return this.source.decodeWhole()
    const source = this.narrow()
    source.find(FIND_END, this.start, type)
    return source.decode(this.start, source.foundAt(FOUND_AFTER), type)
  }

  *[Symbol.iterator](): Generator<PayloadView, void> {
    if (this.kindNumber === KIND_MAP) {
      for (const place of this.entries().byKey.values()) yield this.valueAt(place)
    } else if (this.isRows) {
      yield* this.whole()
    } else if (this.kindNumber === KIND_ARRAY) {
      const source = this.narrow()
      const elements = new Elements(source, this.start, this.type)
      let view = elements.at(0)
      for (let i = 1; view !== undefined; i++) {
        const next = elements.at(i)
        if (next !== undefined && view.source === source) view.end = elements.before
        yield view
        view = next
      }
    }
  }

  /**
   * Where the value is looked into: its own bytes alone, unless others are before the kernel with it, or places in them
   * are known. Ask before the start: it changes with the source.
   */
  private narrow(): ViewSource {
    const { source, start } = this
    if (source.isResident || this.elements !== null || this.places !== null) return source
    this.source = source.part(start, this.end)
    this.after -= start
    this.end -= start
    this.start = 0
    return this.source
  }

  /** The value of a map with this index of its places. */
  private valueAt(place: number): EncodedView {
    const { source } = this
    const { starts, entries } = this.entries()
    const part = source.part(starts[place] as number, entries[place + 1] ?? source.length)
    return viewAt(part, 0, this.placesType)
  }

  /** Where the value of each key begins. */
  private entries(): Places {
    if (this.places !== null) return this.places
    const source = this.narrow()
    const { start, type } = this
    const places: Places = { byKey: new Map(), byText: new Map(), starts: [], entries: [] }
    for (let i = 0, at = 0; source.findOne(start, type, STEP_ENTRY, i, Math.max(i - 1, 0), at); i++) {
      at = source.foundAt(FOUND_AT)
      this.placesType = source.found(FOUND_TYPE)
      places.entries.push(at)
      places.starts.push(source.foundAt(FOUND_START))
      const key = source.decodeKey(source.foundAt(FOUND_KEY_START), source.foundAt(FOUND_KEY_END))
      if (typeof key === 'string' || isIntegerKey(key)) places.byText.set(String(key), key)
      places.byKey.set(key instanceof Float64 ? key.value : key, i)
    }
    this.places = places
    return places
  }

  /** The decoded value of an array of several dimensions. */
  private whole(): ValueView {
    this.rows ??= this.values()
    return this.rows
  }

  /** The decoded value. */
  private values(): ValueView {
    return new ValueView(this.toValue(), this.source.policy)
  }
}
