/**
 * FlexBuffers to JavaScript value, under every policy; with default options `direct.ts` is faster. The value
 * fills its range and is read from its end; offsets point back. Iterative; the containers are in `decode-tree.ts`,
 * offsets, sizes and texts in `flexbuffers/parts.ts`.
 *
 * Keys and strings are text, indirect numbers are numbers, every kind of vector is an array. What is accepted is
 * exactly what the kernel's verifier accepts (assembly/formats/flexbuffers.ts); a test holds the two together.
 */
import { Tree } from '../decode-tree.ts'
import { type DecodeRules, Reader } from '../decode-value.ts'
import { Parts } from './parts.ts'
import {
  BLOB,
  BOOL,
  FLOAT,
  INDIRECT_FLOAT,
  INDIRECT_INT,
  INT,
  KEY,
  MAP,
  NULL,
  STRING,
  UINT,
  VECTOR,
  VECTOR_BOOL,
  VECTOR_INT,
  VECTOR_INT_2,
  VECTOR_KEY,
  VECTOR_STRING,
} from './types.ts'

/** The smallest value: a root of one byte, its type, its width. */
const LEAST_BYTES = 3

/** The elements of a vector of a fixed length; 0 for any other type. */
export function fixedCount(type: number): number {
  return type >= VECTOR_INT_2 && type < BLOB ? Math.floor((type - VECTOR_INT_2) / 3) + 2 : 0
}

/** The type of all elements of a typed vector. */
export function elementType(type: number): number {
  if (type === VECTOR_BOOL) return BOOL
  return type >= VECTOR_INT_2 ? ((type - VECTOR_INT_2) % 3) + INT : type - VECTOR_INT + INT
}

/** The elements of a vector or map that were not read yet. */
interface Elements {
  /** Index of the next element, and of the byte that has its type. */
  slot: number
  type: number
  readonly width: number
  /** Index of the next key's offset, in maps. */
  key: number
  readonly keyWidth: number
}

/**
 * The one value that fills `bytes[start, end)`. Throws ProtocolError with TRUNCATED, LENGTH_OVERRUN, BAD_OFFSET,
 * MISALIGNED, BAD_UTF8, BAD_TOKEN, BAD_NUMBER, DUPLICATE_KEY, DEPTH_LIMIT, NODE_LIMIT or SIZE_LIMIT (texts and blobs
 * that overlap many times); its `offset` is an index in `bytes`.
 */
export function decodeFlexbuffers(
  bytes: Uint8Array,
  start: number,
  end: number,
  rules: DecodeRules,
): unknown {
  const reader = new Reader('flexbuffers', bytes, start, end, rules)
  const parts = new Parts(reader, start, false)
  return decodeElement(reader, parts, rootOf(reader, parts, start))
}

/** The value in a slot of a vector, or of the root, with the byte of its type at `type`. Throws as the above. */
export function decodeFlexbuffersAt(
  bytes: Uint8Array,
  start: number,
  end: number,
  rules: DecodeRules,
  { slot, type, width }: Pick<Elements, 'slot' | 'type' | 'width'>,
): unknown {
  const reader = new Reader('flexbuffers', bytes, start, end, rules)
  reader.countNode()
  return decodeElement(reader, new Parts(reader, start, true), { slot, type, width, key: 0, keyWidth: 0 })
}

/** The value of the first of these elements. */
function decodeElement(reader: Reader, parts: Parts, first: Elements): unknown {
  const { bytes } = reader
  const tree = new Tree(reader)
  const outer: Elements[] = []
  let elements = first
  for (;;) {
    let value: unknown
    if (tree.left === 0) {
      value = tree.close()
      elements = outer.pop()!
    } else {
      if (tree.isMap) {
        const { key } = elements
        tree.setKey(parts.key(parts.target(key, elements.keyWidth)), key)
        elements.key = key + elements.keyWidth
      }
      const { slot, type, width } = elements
      elements.slot = slot + width
      elements.type = type + 1
      const packed = bytes[type]!
      if (packed >> 2 === MAP || packed >> 2 === VECTOR) {
        outer.push(elements)
        elements = openVector(reader, parts, tree, slot, width, packed)
        continue
      }
      value = readItem(reader, parts, tree, { slot, type, width })
    }
    if (tree.depth === 0) return value
    tree.add(value)
  }
}

/** The root as the only element of a vector. */
function rootOf(reader: Reader, parts: Parts, start: number): Elements {
  const { bytes, end } = reader
  if (end - start < LEAST_BYTES) throw reader.fail('TRUNCATED', end)
  const width = parts.checkWidth(bytes[end - 1]!, end - 1)
  if (end - start - 2 < width) throw reader.fail('TRUNCATED', end)
  reader.countNode()
  return { slot: end - 2 - width, type: end - 2, width, key: 0, keyWidth: 0 }
}

/** Opens an untyped vector or a map. */
function openVector(
  reader: Reader,
  parts: Parts,
  tree: Tree,
  slot: number,
  width: number,
  packed: number,
): Elements {
  const at = parts.aligned(slot, width, packed)
  const own = 1 << (packed & 3)
  const isMap = packed >> 2 === MAP
  const count = parts.sized(at, own, own + 1, packed >> 2)
  if (isMap) tree.openMap(count, slot)
  else tree.openArray(count, slot)
  reader.countNodes(count)
  const elements = { slot: at, type: at + count * own, width: own, key: 0, keyWidth: 0 }
  return isMap ? { ...elements, ...keysOf(reader, parts, at, own, count) } : elements
}

/** The vector of keys of the map at `at`: its offset and its width stand before the map's size. */
function keysOf(
  reader: Reader,
  parts: Parts,
  at: number,
  width: number,
  count: number,
): { key: number; keyWidth: number } {
  const prefix = parts.before(at, width * 3)
  const key = parts.target(prefix, width)
  const keyWidth = parts.checkWidth(parts.unsigned(prefix + width, width), prefix + width)
  const keys = parts.sized(key, keyWidth, keyWidth, VECTOR_KEY)
  if (keys !== count) throw reader.fail('LENGTH_OVERRUN', key - keyWidth)
  reader.countNodes(count)
  return { key, keyWidth }
}

/** Any value but an untyped vector or a map. */
function readItem(
  reader: Reader,
  parts: Parts,
  tree: Tree,
  { slot, type, width }: Pick<Elements, 'slot' | 'type' | 'width'>,
): unknown {
  const packed = reader.bytes[type]!
  const kind = packed >> 2
  if (kind === NULL) return null
  if (kind <= FLOAT || kind === BOOL) return readScalar(reader, parts, kind, slot, width)
  if (kind > BOOL && kind !== VECTOR_BOOL) throw reader.fail('BAD_TOKEN', type)
  const at = parts.aligned(slot, width, packed)
  const own = 1 << (packed & 3)
  if (kind === STRING) return parts.string(at, own)
  if (kind === KEY) return parts.key(at)
  if (kind <= INDIRECT_FLOAT) {
    parts.checkWithin(at, own)
    return readScalar(reader, parts, kind - INDIRECT_INT + INT, at, own)
  }
  if (kind === BLOB) return parts.blob(at, own)
  return readTyped(reader, parts, tree, packed, at, slot)
}

/** A number or boolean that stands at `at`. */
function readScalar(reader: Reader, parts: Parts, kind: number, at: number, width: number): unknown {
  if (kind === INT) return parts.int(at, width)
  if (kind === UINT) return parts.uint(at, width)
  if (kind === BOOL) return parts.unsigned(at, width) !== 0
  return reader.float(parts.float(at, width))
}

/** A vector whose elements are all of one type; fixed ones have no size. */
function readTyped(
  reader: Reader,
  parts: Parts,
  tree: Tree,
  packed: number,
  at: number,
  slot: number,
): unknown {
  const kind = packed >> 2
  const width = 1 << (packed & 3)
  const fixed = fixedCount(kind)
  if (fixed > 0) parts.checkWithin(at, fixed * width)
  const count = fixed > 0 ? fixed : parts.sized(at, width, width, kind)
  const element = elementType(kind)
  tree.openArray(count, slot)
  reader.countNodes(count)
  for (let i = 0, from = at; i < count; i++, from += width) {
    if (kind === VECTOR_KEY) tree.add(parts.key(parts.target(from, width)))
    else if (kind === VECTOR_STRING) tree.add(parts.listedString(parts.target(from, width)))
    else tree.add(readScalar(reader, parts, element, from, width))
  }
  return tree.close()
}
