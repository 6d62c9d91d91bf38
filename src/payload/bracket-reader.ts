/** What the direct readers of JSON and UBJSON share: containers that go on until their closing bracket. */
import { hasKeys } from './clashes.ts'
import { newDictionary } from './data-keys.ts'
import { DirectReader, FALLBACK, MAX_PAIRS } from './direct-reader.ts'
import type { ReadKey } from './read-key.ts'

const CLOSE_ARRAY = 0x5d
const CLOSE_MAP = 0x7d

/** A direct reader of a format with such containers. */
export abstract class BracketReader extends DirectReader {
  protected bracketedList(parentKey: ReadKey): unknown[] {
    this.enter(0)
    this.open()
    const values = this.untilBracket(parentKey)
    this.close(CLOSE_ARRAY)
    return values
  }

  private untilBracket(parentKey: ReadKey): unknown[] {
    const { bytes } = this
    if (bytes[this.at] === CLOSE_ARRAY) return []
    const first = this.value(parentKey)
    // An array keeps the kind that arrays made at its place have: numbers have a place of their own.
    if (typeof first === 'number') return this.more([first], parentKey)
    // An array that grows by `push` has room for 17 from its first element on.
    if (bytes[this.at] === CLOSE_ARRAY) return [first]
    const second = this.value(parentKey)
    if (bytes[this.at] === CLOSE_ARRAY) return [first, second]
    return this.more([first, second, this.value(parentKey)], parentKey)
  }

  private more(values: unknown[], parentKey: ReadKey): unknown[] {
    const { bytes } = this
    while (bytes[this.at] !== CLOSE_ARRAY) values.push(this.value(parentKey))
    return values
  }

  protected bracketedMap(parentKey: ReadKey): Record<string, unknown> {
    this.enter(0)
    this.open()
    const start = parentKey.mapPlace()
    const { build } = start
    let object: Record<string, unknown>
    if (start.isOfData) object = this.dataToEnd(start)
    else if (build === null) object = this.toEnd({}, 0, start, start)
    else object = build(this, start.pairs, start)
    // More pairs than the builder knows of.
    if (this.bytes[this.at] !== CLOSE_MAP) this.rest(object, start.pairs, 0, start, start)
    this.close(CLOSE_MAP)
    return object
  }

  override rest(
    object: Record<string, unknown>,
    i: number,
    _count: number,
    previousKey: ReadKey,
    start: ReadKey,
  ): Record<string, unknown> {
    start.build = null
    return this.toEnd(object, i, previousKey, start)
  }

  /** The pairs up to the end of the map, which has `count` already. */
  private toEnd(
    object: Record<string, unknown>,
    count: number,
    previousKey: ReadKey,
    start: ReadKey,
  ): Record<string, unknown> {
    const { bytes } = this
    let isAlike = true
    let misses = 0
    for (; bytes[this.at] !== CLOSE_MAP; count++) {
      const guess = previousKey.next
      const key = count < MAX_PAIRS ? (this.expected(previousKey) ?? this.known(previousKey)) : null
      if (key === null) {
        isAlike = false
        misses++
        this.pairOfText(object)
      } else {
        if (key !== guess) isAlike = false
        object[key.text] = this.value(key)
        previousKey = key
      }
    }
    if (!hasKeys(object, count)) throw FALLBACK
    this.learn(start, count, isAlike)
    start.count(count, misses)
    return object
  }

  /** A map whose keys are data. */
  private dataToEnd(start: ReadKey): Record<string, unknown> {
    const object = newDictionary()
    let count = 0
    for (; this.bytes[this.at] !== CLOSE_MAP; count++) this.pairOfText(object)
    start.count(count, count)
    return object
  }

  /** Goes past what is left in front of the first element of a container. */
  protected abstract open(): void

  private close(bracket: number): void {
    if (this.bytes[this.at] !== bracket || this.at >= this.end) throw FALLBACK
    this.at++
    this.levels--
  }
}
