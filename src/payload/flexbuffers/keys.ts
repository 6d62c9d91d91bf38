/**
 * The keys of maps in FlexBuffers, for `flexbuffers/layout.ts`: a vector of sorted keys stands beside each map. Maps of
 * one kind have the same keys in the same order, so what that order is when sorted is found out once, and remembered
 * from payload to payload; where keys and vectors stand is true for one payload only, whose number is beside it.
 *
 * Nothing here is ever part of a result: what is forgotten costs time, and keys or vectors that are written twice.
 */

/**
 * Sequences that are remembered, longer keys counted several times. All are forgotten when there are more: applications
 * have hundreds, or no end of them.
 */
const MAX_SEQUENCES = 4096
const KEY_LENGTH = 64

/** A key, and where it stands in payload number `payload`. */
export class PlacedKey {
  declare readonly text: string
  declare payload: number
  declare at: number

  constructor(text: string) {
    this.text = text
    this.payload = 0
    this.at = 0
  }
}

/** Keys in the order of a map: the last one, after those before it. */
export class KeySequence {
  declare readonly before: KeySequence | null
  declare readonly key: PlacedKey | null
  declare readonly length: number
  /** With the key that came after these the last time; and with each that ever did, when there are several. */
  declare private next: KeySequence | null
  declare private nexts: Map<string, KeySequence> | null
  /** Place of each sorted key in this sequence, and the sequence of the sorted keys; null until it is asked for. */
  declare order: readonly number[] | null
  declare sorted: KeySequence | null
  /** Of sorted keys: where their vector stands in payload number `payload`, and the logarithm of its width. */
  declare payload: number
  declare at: number
  declare width: number

  constructor(before: KeySequence | null, key: PlacedKey | null) {
    this.before = before
    this.key = key
    this.length = before === null ? 0 : before.length + 1
    this.next = null
    this.nexts = null
    this.order = null
    this.sorted = null
    this.payload = 0
    this.at = 0
    this.width = 0
  }

  /** These keys and one more, when that is known. */
  after(key: string): KeySequence | null {
    const { next } = this
    if (next !== null && (next.key as PlacedKey).text === key) return next
    const known = this.nexts?.get(key)
    if (known === undefined) return null
    this.next = known
    return known
  }

  /** Remembers that one more key came after these. */
  add(key: PlacedKey): KeySequence {
    const sequence = new KeySequence(this, key)
    const { next } = this
    if (next !== null) {
      this.nexts ??= new Map([[(next.key as PlacedKey).text, next]])
      this.nexts.set(key.text, sequence)
    }
    this.next = sequence
    return sequence
  }

  /** The keys in their order. */
  keys(): PlacedKey[] {
    const keys = new Array<PlacedKey>(this.length)
    for (let each: KeySequence = this; each.before !== null; each = each.before) {
      keys[each.length - 1] = each.key as PlacedKey
    }
    return keys
  }
}

/** What is remembered. Only one payload at a time may use it. */
export class KeyMemory {
  /** The sequence without keys. */
  declare root: KeySequence
  /** The number of the payload that is being written. */
  declare payload: number
  declare private keys: Map<string, PlacedKey>
  declare private count: number

  constructor() {
    this.payload = 0
    this.forget()
  }

  /** Begins another payload. */
  begin(): void {
    this.payload++
  }

  /** Ends it. */
  end(): void {
    if (this.count > MAX_SEQUENCES) this.forget()
  }

  /** The keys of `sequence` and one more. */
  after(sequence: KeySequence, key: string): KeySequence {
    return sequence.after(key) ?? this.add(sequence, key)
  }

  /** The sorted keys of a sequence. */
  sorted(sequence: KeySequence): KeySequence {
    if (sequence.sorted !== null) return sequence.sorted
    const keys = sequence.keys()
    const order = keys.map((_, place) => place)
    order.sort((a, b) => compareBytes((keys[a] as PlacedKey).text, (keys[b] as PlacedKey).text))
    let sorted = this.root
    for (const place of order) sorted = this.after(sorted, (keys[place] as PlacedKey).text)
    sequence.order = order
    sequence.sorted = sorted
    return sorted
  }

  private add(sequence: KeySequence, text: string): KeySequence {
    let key = this.keys.get(text)
    if (key === undefined) {
      key = new PlacedKey(text)
      this.keys.set(text, key)
    }
    this.count += 1 + Math.floor(text.length / KEY_LENGTH)
    return sequence.add(key)
  }

  private forget(): void {
    this.root = new KeySequence(null, null)
    this.keys = new Map()
    this.count = 0
  }
}

/** Orders text as its UTF-8 bytes: as UTF-16 does, but for surrogates, which stand for what comes last. */
function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left !== right) return byteOrder(left) - byteOrder(right)
  }
  return a.length - b.length
}

function byteOrder(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit
}
