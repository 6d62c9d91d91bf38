/**
 * The containers that the reader of UBJSON or FlexBuffers has open: arrays and maps are built without recursion.
 */
import { type DecodeRules, type Reader, setOwn } from './decode-value.ts'

/** What a decoder's function for a value returns when it has opened a container instead of reading a whole value. */
export const OPENED: unique symbol = Symbol('opened')

const ARRAY = 1
const OBJECT = 2
const MAP = 3

/** A container around the open one. */
interface Outer {
  readonly kind: number
  readonly container: unknown
  /** The key of the container in its own parent. */
  readonly key: unknown
  readonly left: number
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
  declare private kind: number
  declare private container: unknown
  declare private key: unknown
  declare private readonly outer: Outer[]
  declare private readonly reader: Reader
  /** The rules of the elements of the outermost array, and that array when there are any. */
  declare private readonly elements: DecodeRules['elements']
  declare private list: unknown[] | null

  constructor(reader: Reader) {
    this.left = 1
    this.isMap = false
    this.kind = 0
    this.container = undefined
    this.key = ''
    this.outer = []
    this.reader = reader
    this.elements = reader.rules.elements
    this.list = null
  }

  /** Open containers. */
  get depth(): number {
    return this.outer.length
  }

  /**
   * Opens an array of `count` elements, -1 when a mark ends it; it begins at `offset`. Throws DEPTH_LIMIT, as `openMap`
   * does.
   */
  openArray(count: number, offset: number): typeof OPENED {
    const array: unknown[] = []
    this.#open(ARRAY, array, count, offset)
    if (this.elements !== undefined && this.list === null) {
      this.list = array
      this.reader.rules = this.elements(array)
    }
    return OPENED
  }

  /** Opens a map of `count` pairs, -1 when a mark ends it. */
  openMap(count: number, offset: number): typeof OPENED {
    if (this.reader.rules.maps === 'map') return this.#open(MAP, new Map(), count, offset)
    return this.#open(OBJECT, {}, count, offset)
  }

  /**
   * Gives the key of the next pair; `offset` is where it begins. Throws DUPLICATE_KEY when the rules refuse one that
   * comes twice.
   */
  setKey(key: string, offset: number): void {
    const { reader, container } = this
    if (reader.rules.duplicateKeys === 'refuse') {
      const isThere =
        this.kind === OBJECT
          ? Object.hasOwn(container as object, key)
          : (container as Map<unknown, unknown>).has(key)
      if (isThere) throw reader.fail('DUPLICATE_KEY', offset, `duplicate key ${JSON.stringify(key)}`)
    }
    this.key = key
  }

  /** Puts a whole value into the open container. */
  add(value: unknown): void {
    if (this.left > 0) this.left--
    switch (this.kind) {
      case ARRAY:
        ;(this.container as unknown[]).push(value)
        if (this.container === this.list) this.reader.rules = this.elements!(this.list as unknown[])
        return
      case OBJECT:
        setOwn(this.container as Record<string, unknown>, this.key as string, value)
        return
      default:
        ;(this.container as Map<unknown, unknown>).set(this.key, value)
    }
  }

  /** Closes the open container and returns it. */
  close(): unknown {
    const { container } = this
    const outer = this.outer.pop()!
    this.kind = outer.kind
    this.container = outer.container
    this.key = outer.key
    this.left = outer.left
    this.isMap = outer.kind === OBJECT || outer.kind === MAP
    return container
  }

  #open(kind: number, container: unknown, left: number, offset: number): typeof OPENED {
    const { outer, reader } = this
    if (outer.length >= reader.rules.maxDepth) throw reader.fail('DEPTH_LIMIT', offset)
    outer.push({ kind: this.kind, container: this.container, key: this.key, left: this.left })
    this.kind = kind
    this.container = container
    this.left = left
    this.isMap = kind !== ARRAY
    return OPENED
  }
}
