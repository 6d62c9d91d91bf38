/**
 * Tape -> JavaScript values: what `assembly/tape.ts` made of a payload, read word by word. Here is no more than the
 * making of values: the kernel has looked at each byte.
 *
 * Strings are pieces of a pool that became one JavaScript string at once; V8 lets a piece of 13 characters or more keep
 * its pool alive. So pools come in parts of 1,024 characters, and a longer string is a part by itself: keeping
 * one string of a large payload keeps at most 1,024 characters beside it, whatever the size of the message.
 */
import * as abi from '../kernel/abi.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { asBuffer } from './buffers.ts'
import { hasKeys } from './clashes.ts'
import type { DecodeRules } from './decode-value.ts'
import { setOwn } from './decode-value.ts'
import { type PoolReader, poolReaders } from './pool.ts'
import { RARE, type Shape, Shapes } from './shapes.ts'
import { arrayOf, SORT_ANY, SORT_DOUBLE, SORT_INTEGER } from './templates.ts'

/** What is remembered for a kernel. */
interface Memory {
  readonly kernel: Kernel
  /** Its memory, which is another one after it has grown. */
  bytes: Uint8Array
  reader: PoolReader
  readonly readerOf: (bytes: Uint8Array) => PoolReader
  readonly shapes: Shapes
}

const memories = new WeakMap<Kernel, Memory>()

/** The value that no tape could be made of. */
export const NOT_ON_TAPE: unique symbol = Symbol('not on tape')

// The tape that is being read: positions in words, in doubles (from above) and in bytes of the pools.
let words: Int32Array
let doubles: Float64Array
let at = 0
let double = 0
let narrowAt = 0
let wideAt = 0
/** The open parts of the pools, and how much of them is taken. */
let narrow = ''
let narrowTaken = 0
let wide = ''
let wideTaken = 0
let memory: Memory | null = null
let reader: PoolReader
let known: (Shape | undefined)[]
const EMPTY = new Uint8Array(0)
let source: Uint8Array = EMPTY
let sourceStart = 0
let rules: DecodeRules
/** A setter on Object.prototype may decode another message in the middle of this one. */
let isBusy = false
/** Where there are no words, also not after all that could still be read. */
const NOWHERE = -0x4000_0000

/**
 * The value in `length` bytes that the kernel has in its input window, `place` bytes from its start; the same bytes are
 * at `start` in `bytes`. NOT_ON_TAPE when the decoders of values must do it, who know everything and say what is wrong.
 */
export function readTape(
  kernel: Kernel,
  place: number,
  length: number,
  format: number,
  bytes: Uint8Array,
  start: number,
  decodeRules: DecodeRules,
): unknown {
  if (isBusy) return NOT_ON_TAPE
  let now = memory
  if (now === null || now.kernel !== kernel) memory = now = memoryOf(kernel)
  if (!kernel.tape(place, length, format, now.reader.isLatin, decodeRules)) return NOT_ON_TAPE
  if (now.bytes !== kernel.bytes) {
    now.bytes = kernel.bytes
    now.reader = now.readerOf(kernel.bytes)
  }
  reader = now.reader
  source = bytes
  sourceStart = start
  rules = decodeRules
  words = kernel.words
  doubles = kernel.ids
  const record = kernel.tapeRecord
  at = (words[record + abi.TAPE_AT] as number) >> 2
  double = (words[record + abi.TAPE_DOUBLES_END] as number) >> 3
  narrowAt = words[record + abi.TAPE_TEXT_AT] as number
  wideAt = words[record + abi.TAPE_WIDE_AT] as number
  now.shapes.enter(words[record + abi.TAPE_ROUND] as number)
  known = now.shapes.known
  isBusy = true
  // Until the tape is read the window holds no message: what writes behind one has to load it first.
  const { loads } = kernel
  const reading = ++kernel.loads
  kernel.onLoad = leaveTape
  try {
    const result = value()
    // A setter has put another message where the tape was.
    return kernel.loads === reading ? result : NOT_ON_TAPE
  } catch {
    // What Object.prototype has got refuses an assignment, or the stack of the machine ends.
    return NOT_ON_TAPE
  } finally {
    if (kernel.loads === reading) kernel.loads = loads
    kernel.onLoad = null
    isBusy = false
    // The message is not kept alive here.
    narrow = wide = ''
    source = EMPTY
  }
}

/** What comes is null from now on, and ends: of another tape it could be anything, and of any length. */
function leaveTape(): void {
  at = NOWHERE
}

function memoryOf(kernel: Kernel): Memory {
  let found = memories.get(kernel)
  if (found === undefined) {
    const { bytes } = kernel
    const readerOf = poolReaders()
    found = { kernel, bytes, reader: readerOf(bytes), readerOf, shapes: new Shapes() }
    memories.set(kernel, found)
  }
  return found
}

/** The next value of the tape. Recursive: the kernel limits the depth. */
function value(): unknown {
  const word = words[at++] as number
  switch (word & 15) {
    case abi.TAPE_NULL:
      return null
    case abi.TAPE_FALSE:
      return false
    case abi.TAPE_TRUE:
      return true
    case abi.TAPE_INT:
      return word >> 4
    case abi.TAPE_DOUBLE:
      return doubles[--double]
    case abi.TAPE_INTEGER:
      return bigInteger(word >>> 4)
    case abi.TAPE_TEXT: {
      const from = narrowTaken
      narrowTaken = from + (word >>> 4)
      return narrow.substring(from, narrowTaken)
    }
    case abi.TAPE_WIDE: {
      const from = wideTaken
      wideTaken = from + (word >>> 4)
      return wide.substring(from, wideTaken)
    }
    case abi.TAPE_TEXT_PART: {
      const end = narrowAt + (word >>> 4)
      narrow = reader.narrow(narrowAt, end)
      narrowAt = end
      narrowTaken = 0
      return value()
    }
    case abi.TAPE_WIDE_PART: {
      const end = wideAt + (word >>> 4)
      wide = reader.wide(wideAt, end)
      wideAt = end
      wideTaken = 0
      return value()
    }
    case abi.TAPE_BYTES:
      return binary(word >>> 4, words[at++] as number)
    case abi.TAPE_ARRAY:
      return list(word >>> 4)
    case abi.TAPE_INTS:
      return integers(word >>> 4)
    case abi.TAPE_DOUBLES:
      return floats(word >>> 4)
    case abi.TAPE_MAP: {
      const shape = known[word >>> 4] ?? addShape(word >>> 4)
      return shape.build(shape, value, setOwn)
    }
    default:
      return dictionary(word >>> 4)
  }
}

function addShape(shape: number): Shape {
  const { kernel, shapes, bytes } = memory as Memory
  return shapes.add(shape, words, kernel.tapeShapes, bytes)
}

function list(count: number): unknown[] {
  // An array that grows by `push` has room for sixteen from its first element on.
  switch (count) {
    case 0:
      return []
    case 1:
      return [value()]
    case 2:
      return [value(), value()]
    case 3:
      return [value(), value(), value()]
    case 4:
      return [value(), value(), value(), value()]
  }
  const values = arrayOf(SORT_ANY, count)
  const from = words
  for (let i = 0; i < count; i++) {
    const word = from[at] as number
    if ((word & 15) === abi.TAPE_TEXT) {
      // Short texts are the most common element: without a call for each, lists of them take a tenth less.
      at++
      const start = narrowTaken
      narrowTaken = start + (word >>> 4)
      values[i] = narrow.substring(start, narrowTaken)
    } else {
      values[i] = value()
    }
  }
  return values
}

function integers(count: number): number[] {
  const from = words
  const start = at
  at = start + count
  const values = arrayOf(SORT_INTEGER, count) as number[]
  for (let i = 0; i < count; i++) values[i] = from[start + i] as number
  return values
}

function floats(count: number): number[] {
  const from = doubles
  const start = double - 1
  double -= count
  const values = arrayOf(SORT_DOUBLE, count) as number[]
  for (let i = 0; i < count; i++) values[i] = from[start - i] as number
  return values
}

/** A map of which the shape has only the first keys, or none. */
function dictionary(shape: number): Record<string, unknown> {
  const first = known[shape] ?? addShape(shape)
  const object = first.build(first, value, setOwn)
  const more = words[at++] as number
  for (let i = 0; i < more; i++) {
    const word = words[at] as number
    if ((word & 15) !== abi.TAPE_INT) {
      setOwn(object, value() as string, value())
      continue
    }
    at++
    const { keys, isPlain } = known[word >> 4] ?? addShape(word >> 4)
    const key = keys[0] as string
    if (isPlain) object[key] = value()
    else setOwn(object, key, value())
  }
  if (!hasKeys(object, first.keys.length + more)) throw RARE
  return object
}

function binary(length: number, offset: number): Uint8Array {
  const start = sourceStart + offset
  if (rules.binary === 'view') return new Uint8Array(source.buffer, source.byteOffset + start, length)
  // A slice of a Buffer would be a view.
  const bytes = new Uint8Array(source.subarray(start, start + length))
  return rules.binary === 'buffer' ? asBuffer(bytes) : bytes
}

function bigInteger(isNegative: number): number | bigint {
  const place = --double * 2
  const low = BigInt((words[place] as number) >>> 0)
  const magnitude = (BigInt((words[place + 1] as number) >>> 0) << 32n) | low
  const integer = isNegative ? -1n - magnitude : magnitude
  // 2^53 and -2^53 are exact, too.
  if (rules.integers === 'number' || integer === 2n ** 53n || integer === -(2n ** 53n)) return Number(integer)
  return integer
}
