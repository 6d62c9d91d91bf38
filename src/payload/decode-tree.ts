/**
 * The containers that a value decoder has open: arrays and maps are built without recursion. Texts and integers as keys
 * make an object, all else makes a Map (docs/payloads.md).
 */
import { isBytes } from '../brand.ts'
import { type DecodeRules, type Reader, setOwn } from './decode-value.ts'
import { KeyIdentities } from './key-identities.ts'
import { Float64, Tagged } from './values.ts'

/** What a decoder's item function returns when it has opened a container instead of reading a whole value. */
export const OPENED: unique symbol = Symbol('opened')

const ARRAY = 1
const OBJECT = 2
const MAP = 3
const TAG = 4
/** A Map that becomes an object at its end if its keys allow it. */
const MIXED = 5

// What the keys of an open Map are.
const TEXTS = 0
const INTEGERS = 1 // some of them, and the others texts
const OTHERS = 2 //   some of them

interface Frame {
  readonly kind: number
  readonly container: unknown
  /** The key of the container in its own parent. */
  readonly key: unknown
  readonly left: number
  readonly isKey: boolean
  readonly isPair: boolean
  readonly sort: number
  readonly seen: Set<string> | null
  /** Where the container in it begins. */
  readonly offset: number
}

/**
 * The containers that are open, as a stack on the heap: depth is a limit here, never the stack of the machine.
 * Opening, adding and closing are the whole vocabulary.
 */
export class Tree {
  /** Values (pairs in a map) that the open container still waits for; 0: close it; below 0: a mark closes it. */
  declare left: number
  /** True while the open container is a map. */
  declare isMap: boolean
  /** True when a key must come next, or is in the tag that is open. */
  declare isKey: boolean
  /** True while a key has no value yet. */
  declare isPair: boolean
  /** Where what was closed last begins. */
  declare closedAt: number
  declare private kind: number
  declare private container: unknown
  declare private key: unknown
  /** What the keys of the open map are, and those that only their content tells apart, where none may come twice. */
  declare private sort: number
  declare private seen: Set<string> | null
  declare private readonly frames: Frame[]
  declare private readonly reader: Reader
  /** Where no key may come twice: of the containers that are in keys. */
  declare private identities: KeyIdentities | null
  /** How many frames are below the outermost key that is open; 0 outside of keys. */
  declare private keyDepth: number
  /** The rules of the elements of the outermost array, and that array when there are any. */
  declare private readonly elements: DecodeRules['elements']
  declare private list: unknown[] | null

  constructor(reader: Reader) {
    this.left = 1
    this.isMap = this.isKey = this.isPair = false
    this.closedAt = 0
    this.kind = 0
    this.container = undefined
    this.key = ''
    this.sort = TEXTS
    this.seen = null
    this.frames = []
    this.reader = reader
    this.identities = null
    this.keyDepth = 0
    this.elements = reader.rules.elements
    this.list = null
  }

  /** Open containers and tags. */
  get depth(): number {
    return this.frames.length
  }

  /**
   * Opens an array of `count` elements, -1 when a mark ends it; it begins at `offset`. Throws DEPTH_LIMIT, as the other
   * two do.
   */
  openArray(count: number, offset: number): typeof OPENED {
    const array: unknown[] = []
    this.#open(ARRAY, array, count, offset, false)
    if (this.elements !== undefined && this.list === null) {
      this.list = array
      this.reader.rules = this.elements(array)
    }
    return OPENED
  }

  /** Opens a map of `count` pairs, -1 when a mark ends it. */
  openMap(count: number, offset: number): typeof OPENED {
    if (this.reader.rules.maps === 'map') return this.#open(MAP, new Map(), count, offset, true)
    return this.#open(OBJECT, {}, count, offset, true)
  }

  /** Opens a tag; it waits for one value, which is a key when the tag is dropped where one must come. */
  openTag(tag: number | bigint, offset: number): typeof OPENED {
    return this.#open(TAG, tag, 1, offset, this.isKey && this.reader.rules.tags === 'plain')
  }

  /**
   * Gives the key of the next pair in a format whose keys are text; `offset` is where it begins. Throws DUPLICATE_KEY
   * when the rules refuse it.
   */
  setKey(key: string, offset: number): void {
    const { reader, container } = this
    if (reader.rules.duplicateKeys === 'refuse') {
      const isThere =
        this.kind === OBJECT
          ? Object.hasOwn(container as object, key)
          : (container as Map<unknown, unknown>).has(key)
      if (isThere) throw reader.fail('DUPLICATE_KEY', `duplicate key ${JSON.stringify(key)}`, offset)
    }
    this.key = key
    this.isKey = false
    this.isPair = true
  }

  /**
   * Puts a whole value, which begins at `offset`, into the open container; where a key must come, it is that. Throws
   * DUPLICATE_KEY as `setKey`.
   */
  add(value: unknown, offset: number = 0): void {
    if (this.isKey && this.kind !== TAG) {
      this.#addKey(value ?? null, offset)
      return
    }
    if (this.left > 0) this.left--
    switch (this.kind) {
      case ARRAY:
        ;(this.container as unknown[]).push(value ?? null)
        if (this.container === this.list) this.reader.rules = this.elements!(this.list as unknown[])
        return
      case OBJECT:
        if (value !== undefined) setOwn(this.container as Record<string, unknown>, this.key as string, value)
        break
      case MAP:
      case MIXED:
        if (value !== undefined) (this.container as Map<unknown, unknown>).set(this.key, value)
        break
      default:
        if (this.reader.rules.tags === 'tagged') value = new Tagged(this.container as number | bigint, value)
        this.container = value
        return
    }
    this.isKey = true
    this.isPair = false
  }

  /** A key of any kind. Objects take texts; whatever else comes first makes a Map of them for the time being. */
  #addKey(key: unknown, offset: number): void {
    if (this.kind === OBJECT && (typeof key !== 'string' || isDigit(key.charCodeAt(0)))) {
      // An object would put integers in front of what came before them.
      this.container = new Map(Object.entries(this.container as object))
      this.kind = MIXED
    }
    if (typeof key === 'string') {
      this.setKey(key, offset)
      return
    }
    const { rules } = this.reader
    if (typeof key === 'bigint' || Number.isInteger(key)) {
      this.sort = Math.max(this.sort, INTEGERS)
      if (rules.integers === 'bigint') key = BigInt(key as number)
    } else {
      this.sort = OTHERS
      if (key instanceof Float64 && rules.floats !== 'exact') key = key.value
    }
    if (rules.duplicateKeys === 'refuse') this.#refuseTwin(key, offset)
    this.key = key
    this.isKey = false
    this.isPair = true
  }

  /** Throws DUPLICATE_KEY when the key, which is no text, is in the open Map. */
  #refuseTwin(key: unknown, offset: number): void {
    let isThere = (this.container as Map<unknown, unknown>).has(key)
    if (typeof key === 'object' && key !== null) {
      this.seen ??= new Set()
      this.identities ??= new KeyIdentities()
      const identity = this.identities.of(key)
      isThere = this.seen.has(identity)
      this.seen.add(identity)
    }
    if (!isThere) return
    const what = typeof key === 'object' && key !== null ? 'a duplicate key' : `duplicate key ${String(key)}`
    throw this.reader.fail('DUPLICATE_KEY', what, offset)
  }

  /** Closes the open container and returns it: the value, or a `Tagged`, of a tag. */
  close(): unknown {
    const { frames, container, kind, keyDepth } = this
    const isOfKey = keyDepth > 0 && this.reader.rules.duplicateKeys === 'refuse'
    const value = kind === MIXED ? this.#objectOf(container as Map<unknown, unknown>) : container
    if (isOfKey && isContainer(value)) {
      this.identities ??= new KeyIdentities()
      this.identities.learn(value, container as object)
    }
    const frame = frames.pop()!
    if (frames.length < keyDepth) this.keyDepth = 0
    this.closedAt = frame.offset
    this.kind = frame.kind
    this.container = frame.container
    this.key = frame.key
    this.left = frame.left
    this.isMap = isMapKind(frame.kind)
    this.isKey = frame.isKey
    this.isPair = frame.isPair
    this.sort = frame.sort
    this.seen = frame.seen
    return value
  }

  /** An object with the entries of a Map, or the Map when two keys would become the same text or one has none. */
  #objectOf(map: Map<unknown, unknown>): unknown {
    const { sort, reader } = this
    // To another format integers go as they are.
    if (sort === OTHERS || (sort === INTEGERS && reader.rules.floats === 'exact')) return map
    const object: Record<string, unknown> = {}
    for (const [key, value] of map) {
      const text = String(key)
      if (sort === INTEGERS && Object.hasOwn(object, text)) return map
      setOwn(object, text, value)
    }
    return object
  }

  #open(kind: number, container: unknown, left: number, offset: number, isKey: boolean): typeof OPENED {
    const { frames, reader } = this
    if (frames.length >= reader.rules.maxDepth) {
      throw reader.fail('DEPTH_LIMIT', `nested deeper than ${reader.rules.maxDepth}`, offset)
    }
    frames.push({
      kind: this.kind,
      container: this.container,
      key: this.key,
      left: this.left,
      isKey: this.isKey,
      isPair: this.isPair,
      sort: this.sort,
      seen: this.seen,
      offset,
    })
    if (this.isKey && this.keyDepth === 0) this.keyDepth = frames.length
    this.kind = kind
    this.container = container
    this.left = left
    this.isMap = kind !== ARRAY && kind !== TAG
    this.isKey = isKey
    this.isPair = false
    this.sort = TEXTS
    this.seen = null
    return OPENED
  }
}

function isMapKind(kind: number): boolean {
  return kind === OBJECT || kind === MAP || kind === MIXED
}

/** True for what consists of other values. */
function isContainer(value: unknown): value is object {
  const isObject = typeof value === 'object' && value !== null
  return isObject && !isBytes(value) && !(value instanceof Float64)
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}
