/** What the readers of CBOR and MsgPack know of keys. */
import { EncodedKeyTable } from '../key-table.ts'
import { newPlace, type ReadKey } from '../read-key.ts'
import { readText } from '../utf8.ts'
import { bytes, end, view } from './window.ts'

/** Elements of a message's list that have a place of their own. */
const ELEMENTS = 8

/** The key at `at` in the window when it is one that came after `previousKey` the last times; null otherwise. */
export function guessAt(previousKey: ReadKey, at: number): ReadKey | null {
  const guess = previousKey.next
  if (guess === null) return null
  const low = view.getInt32(at, true)
  if ((low & guess.lowMask) === guess.low && isRestAt(guess, at)) return guess
  const { other } = previousKey
  if (other === null || (low & other.lowMask) !== other.low || !isRestAt(other, at)) return null
  previousKey.other = guess
  previousKey.next = other
  return other
}

/** Whether a key whose first four bytes are right is there. */
function isRestAt({ size, high, highMask, bytes: wanted }: ReadKey, at: number): boolean {
  if (size > 4) {
    if ((view.getInt32(at + 4, true) & highMask) !== high) return false
    for (let i = 8; i < size; i++) if (bytes[at + i] !== wanted[i]) return false
  }
  // Behind the end are bytes of another value.
  return size <= end - at
}

/** The keys of one format. */
export class BinaryKeys extends EncodedKeyTable {
  /** Stand for the outermost value: a list or a map. */
  readonly list: ReadKey = newPlace()
  readonly map: ReadKey = newPlace()
  /** Stand for the elements of a message's list; the last one for all further ones. */
  readonly elements: readonly ReadKey[] = Array.from({ length: ELEMENTS }, newPlace)

  /** What stands for an element of a message's list. */
  element(index: number): ReadKey {
    return this.elements[index < ELEMENTS ? index : ELEMENTS - 1] as ReadKey
  }

  override forget(): void {
    super.forget()
    for (const place of [this.list, this.map, ...this.elements]) place.inside = null
  }

  protected textOf(own: Uint8Array, head: number): string {
    const text = readText(own, head, own.length)
    // The bytes may be no UTF-8; and what every object has would spoil what is learnt about names.
    return text.includes('\ufffd') || text in Object.prototype ? '' : text
  }
}
