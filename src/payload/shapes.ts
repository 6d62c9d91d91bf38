/**
 * Shapes of maps on a tape, by the kernel's numbers: the keys as strings, and what builds an object of them. Made at
 * the first map of a shape, and forgotten when the kernel forgets.
 */
import { type Define, MAX_KEYS, SHAPE_BUILDERS } from '../generated/shape-builders.ts'
import { SHAPE_LENGTH, SHAPE_PARENT, SHAPE_SIZE, SHAPE_TEXT, SHAPE_WORDS } from '../kernel/abi.ts'
import { textDecoder } from '../text-coders.ts'
import { clashes, hasKeys, isForReaders } from './clashes.ts'
import { setOwn } from './decode-value.ts'

/** Thrown for a map that the decoders of values must make. */
export const RARE: unique symbol = Symbol('rare')

/** What a map of this shape is built with. */
export interface Shape {
  readonly keys: readonly string[]
  /** False when a key is a place of an array to V8, or one that Object.prototype had when the shape became known. */
  readonly isPlain: boolean
  build: (shape: Shape, value: () => unknown, define: Define) => Record<string, unknown>
  /** The window in which it was counted last, and how often it came in there. */
  window: number
  count: number
}

/**
 * A shape gets a builder of its own when it was one in sixteen of the maps that have none. More would make nothing
 * faster: with a builder for each of 700 shapes in rotation, decoding took 1.4 times as long as with the loop for all
 * of them (Node 20, x86-64, 2026), because hardly any of the functions was ever warm.
 */
const WINDOW = 4096
const OFTEN = 256

/** Keys that are places of an array to V8: they would spoil a builder that knows names. */
const INDEX = /^\d+$/

/** The shapes of one kernel. */
export class Shapes {
  /** By the kernel's number; undefined for those that no map has had. */
  readonly known: (Shape | undefined)[] = []
  /** The last key of a shape, by the same number. */
  private readonly keys: string[] = []
  private round = 0
  private clashes = 0
  private builders = 0
  /** Number of the window, and the maps in it. */
  private window = 0
  private maps = 0

  /** Forgets everything in another round, and when Object.prototype has got a key: it may be among them. */
  enter(round: number): void {
    if (round === this.round && clashes === this.clashes) return
    this.round = round
    this.clashes = clashes
    this.known.length = 0
    this.keys.length = 0
    // The builders keep what V8 knows of them: shapes that come again find other ones, which costs a moment.
    this.builders = 0
  }

  /** Makes a shape known; `words` from `at` on are the kernel's tree of shapes. */
  add(shape: number, words: Int32Array, at: number, bytes: Uint8Array): Shape {
    const keys: string[] = []
    let isPlain = true
    for (let node = shape; node !== 0; ) {
      const place = at + node * SHAPE_WORDS
      this.keys[node] ??= keyOf(words, place, bytes)
      const key = this.keys[node] as string
      keys[(words[place + SHAPE_SIZE] as number) - 1] = key
      if (!isForReaders(key) || INDEX.test(key)) isPlain = false
      node = words[place + SHAPE_PARENT] as number
    }
    const isShort = keys.length > 0 && keys.length <= MAX_KEYS
    const build = isPlain ? (isShort ? this.buildCounted : buildInLoop) : buildCarefully
    const added: Shape = { keys, isPlain, build, window: 0, count: 0 }
    this.known[shape] = added
    return added
  }

  private readonly buildCounted = (shape: Shape, value: () => unknown): Record<string, unknown> => {
    if (++this.maps === WINDOW) {
      this.maps = 0
      this.window++
    }
    if (shape.window !== this.window) {
      shape.window = this.window
      shape.count = 0
    }
    if (++shape.count === OFTEN) shape.build = SHAPE_BUILDERS[this.builders++] ?? buildInLoop
    return buildInLoop(shape, value)
  }
}

/** The last key of a shape as a string that V8 has interned: assignments by it need no look at its text. */
function keyOf(words: Int32Array, place: number, bytes: Uint8Array): string {
  const length = words[place + SHAPE_LENGTH] as number
  const start = length <= 8 ? place * 4 : (words[place + SHAPE_TEXT] as number)
  const text = textDecoder().decode(bytes.subarray(start, start + length))
  return Object.keys({ [text]: 0 })[0] as string
}

function buildInLoop({ keys }: Shape, value: () => unknown): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  for (let i = 0; i < keys.length; i++) object[keys[i] as string] = value()
  // A setter that Object.prototype has got since the shape became known.
  if (!hasKeys(object, keys.length)) throw RARE
  return object
}

function buildCarefully({ keys }: Shape, value: () => unknown): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  for (const key of keys) setOwn(object, key, value())
  return object
}
