/**
 * Keys of maps as a format has them, encoded once: the value encoders copy them. Messages of one kind have the same
 * keys in the same order, so each key remembers which one came after it the last time, and which one came first in the
 * map that was its value: the guess is one comparison of pointers, and hashing is for the wrong ones.
 *
 * Nothing here is ever part of a result: a wrong guess costs time only.
 */
import { isWellFormed } from './encode-value.ts'
import { acquireOutput, type Output, releaseOutput } from './output.ts'

/** Keys of one format. All are forgotten when there are more: applications have hundreds, or no end of them. */
const MAX_KEYS = 4096

/** Longer keys are data rather than names. */
const MAX_KEY_LENGTH = 64

/**
 * Slots of the filter that keeps out keys that come once: encoding such a key for the cache would cost more than it.
 */
const FILTER_SLOTS = 1024

const NO_WORDS = new Int32Array(0)

/** A key and its bytes. */
export class KnownKey {
  declare readonly key: string
  /** The bytes as little-endian words, the last one filled up. */
  declare readonly words: Int32Array
  declare readonly byteLength: number
  /** The key that came after this one the last time. */
  declare next: KnownKey | null
  /** What stands before the first key of the map that is this one's value. */
  declare inside: KnownKey | null

  constructor(key: string, words: Int32Array, byteLength: number) {
    this.key = key
    this.words = words
    this.byteLength = byteLength
    this.next = null
    this.inside = null
  }
}

/** A key and the bytes that `encode` writes for it. */
export function knownKey(key: string, encode: (out: Output) => void): KnownKey {
  const out = acquireOutput()
  try {
    encode(out)
    return knownBytes(key, out.bytes.subarray(out.index(0), out.at))
  } finally {
    releaseOutput(out)
  }
}

function knownBytes(key: string, bytes: Uint8Array): KnownKey {
  const words = new Int32Array((bytes.length + 3) >> 2)
  for (const [i, byte] of bytes.entries()) words[i >> 2]! |= byte << (8 * (i & 3))
  return new KnownKey(key, words, bytes.length)
}

/** The keys of one format, or its texts that come again and again. */
export class KeyCache {
  /** Stands for the outermost value: it has no key. */
  readonly root: KnownKey
  /** The same for the payload of a message, whose two maps come in turn and would spoil each other's guesses. */
  private readonly args: KnownKey
  private readonly kwargs: KnownKey
  private readonly known: Map<string, KnownKey>
  /** Keys that were seen once, each in the slot of its hash. */
  private readonly seen: string[]
  private readonly encode: (out: Output, key: string) => void

  /** `encode` writes a key with all that stands between it and its value. */
  constructor(encode: (out: Output, key: string) => void) {
    this.encode = encode
    this.root = new KnownKey('', NO_WORDS, 0)
    this.args = new KnownKey('', NO_WORDS, 0)
    this.kwargs = new KnownKey('', NO_WORDS, 0)
    this.known = new Map()
    this.seen = new Array<string>(FILTER_SLOTS).fill('')
  }

  /** What stands for the outermost value that is at this path. */
  rootAt(path: string): KnownKey {
    return path === 'args' ? this.args : path === 'kwargs' ? this.kwargs : this.root
  }

  /** The key, or null when it is not known. `before` is the key in front of it, or the `start` of its map. */
  find(key: string, before: KnownKey): KnownKey | null {
    const guess = before.next
    return guess !== null && guess.key === key ? guess : this.look(key, before)
  }

  /** What stands before the first key of the map that is the value of `outer`. */
  start(outer: KnownKey): KnownKey {
    outer.inside ??= new KnownKey('', NO_WORDS, 0)
    return outer.inside
  }

  /** Writes a key; returns what the next one comes after. */
  write(out: Output, key: string, before: KnownKey): KnownKey {
    const known = this.find(key, before)
    if (known !== null) {
      out.words(known.words, known.byteLength)
      return known
    }
    const start = out.mark()
    this.encode(out, key)
    this.learn(out, key, start)
    return before
  }

  /** Looks at a key that was written from mark `start` on because it is not known. The second time it is kept. */
  private learn(out: Output, key: string, start: number): void {
    if (key.length > MAX_KEY_LENGTH) return
    const slot = slotOf(key)
    if (this.seen[slot] !== key) {
      this.seen[slot] = key
      return
    }
    // Whether that may be written is for each codec to say; what is known is written for all of them.
    if (!isWellFormed(key)) return
    if (this.known.size >= MAX_KEYS) {
      this.known.clear()
      this.root.inside = this.args.inside = this.kwargs.inside = null
    }
    this.known.set(key, knownBytes(key, out.bytes.subarray(out.index(start), out.at)))
  }

  private look(key: string, before: KnownKey): KnownKey | null {
    const known = this.known.get(key)
    if (known === undefined) return null
    before.next = known
    return known
  }
}

/** Any slot will do: two keys that share one are kept later, or never. */
function slotOf(key: string): number {
  const { length } = key
  const middle = key.charCodeAt(length >> 1)
  return (
    (length * 67 + key.charCodeAt(0) * 31 + middle * 7 + key.charCodeAt(length - 1) * 131) % FILTER_SLOTS || 0
  )
}
