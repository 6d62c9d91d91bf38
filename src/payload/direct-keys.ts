/** What the direct readers know of keys. */
import { MAP_BUILDERS, type MapBuilder } from '../generated/map-builders.ts'
import { textDecoder } from '../text-coders.ts'
import { clashes, isForReaders } from './clashes.ts'
import { EncodedKeyTable } from './key-table.ts'
import { newPlace, type ReadKey } from './read-key.ts'

/**
 * What a value is, to guess its keys by: args or a value by itself; kwargs, which are mostly of one kind; an option or
 * a position of the list.
 */
export type KeyContext = typeof ARGS | typeof KWARGS | typeof ATTRIBUTE
export const ARGS = 0
export const KWARGS = 1
export const ATTRIBUTE = 2

/** The keys of one format. */
export class DirectKeys extends EncodedKeyTable {
  /** Stand for the outermost value, by `KeyContext`. */
  readonly contexts: readonly [ReadKey, ReadKey, ReadKey] = [newPlace(), newPlace(), newPlace()]
  private copies = 0
  private clashes: number = clashes
  private readonly tail: number

  /** Keys have `tail` bytes behind their text. */
  constructor(tail: number) {
    super()
    this.tail = tail
  }

  /** Forgets the keys when Object.prototype has got one: it may be among them. */
  begin(): void {
    if (this.clashes === clashes) return
    this.clashes = clashes
    this.forget()
  }

  /** The next copy of the builder; null when all are taken. */
  copy(): MapBuilder | null {
    return MAP_BUILDERS[this.copies++] ?? null
  }

  override forget(): void {
    super.forget()
    for (const context of this.contexts) context.inside = null
    // The copies keep what V8 knows of them: maps that come again find other ones, which costs a moment.
    this.copies = 0
  }

  protected textOf(own: Uint8Array, head: number): string {
    const text = textDecoder().decode(own.subarray(head, own.length - this.tail))
    return isForReaders(text) ? text : ''
  }
}
