/**
 * The byte writer of results in parts: what is spliced is left out, and handed out as it is between what was written
 * before and after it. For `encodeParts`, `byteLength` and the fan-out.
 */
import { isFixed } from '../brand.ts'
import { gone, Output } from './output.ts'
import { viewOf } from './utf8.ts'

const NO_GAPS: readonly Uint8Array<ArrayBuffer>[] = []
const NO_MARKS: readonly number[] = []

/** A byte writer whose `splice` leaves out. */
export class OutputParts extends Output {
  private skipped: number
  /** What was left out so far, and the marks where that belongs. */
  private gaps: readonly Uint8Array<ArrayBuffer>[]
  private marks: readonly number[]

  constructor() {
    super()
    this.skipped = 0
    this.gaps = NO_GAPS
    this.marks = NO_MARKS
  }

  override get leavesOut(): boolean {
    return true
  }

  override get leftOut(): number {
    return this.skipped
  }

  override splice(bytes: Uint8Array, start: number = 0, end: number = bytes.length): void {
    if (bytes.length < end) throw gone()
    const { buffer } = bytes
    // An opaque payload of the application's. Sockets refuse memory that others write to; other memory may be resized
    // after the head has said how much of it follows.
    if (!isFixed(buffer)) {
      this.raw(bytes, start, end)
      return
    }
    this.skipped += end - start
    const gap = new Uint8Array(buffer as ArrayBuffer, bytes.byteOffset + start, end - start)
    const mark = this.mark()
    // Mostly one; a list that grows takes room for 17 at its first element.
    this.gaps = this.gaps.length === 0 ? [gap] : [...this.gaps, gap]
    this.marks = this.marks.length === 0 ? [mark] : [...this.marks, mark]
  }

  /**
   * As `finish`: at most three parts, of which all that was left out is one, or the largest piece of it when there are
   * several.
   */
  finishParts(): readonly Uint8Array<ArrayBuffer>[] {
    const gaps = this.gaps
    if (gaps.length === 0) return [this.finish()]
    let largest = 0
    for (let i = 1; i < gaps.length; i++) {
      if ((gaps[i] as Uint8Array).length > (gaps[largest] as Uint8Array).length) largest = i
    }
    const gap = gaps[largest] as Uint8Array<ArrayBuffer>
    let mark = this.marks[largest] as number
    if (gaps.length > 1) mark = this.fillGaps(gaps, largest)
    const size = this.mark() - mark
    const own = this.finish()
    if (size === 0) return [own, gap]
    return [viewOf(own, 0, mark), gap, viewOf(own, mark, size)]
  }

  /** Puts all gaps but one where they belong; returns the mark of that one. */
  private fillGaps(gaps: readonly Uint8Array[], except: number): number {
    let mark = this.marks[except] as number
    for (let i = gaps.length - 1; i >= 0; i--) {
      if (i === except) continue
      const gap = gaps[i] as Uint8Array
      const at = this.marks[i] as number
      const end = this.rewind(at, at, gap.length)
      this.raw(gap)
      this.resume(end)
      if (i < except) mark += gap.length
    }
    return mark
  }

  override reset(mark: number = 0): void {
    super.reset(mark)
    if (mark !== 0) return
    this.gaps = NO_GAPS
    this.marks = NO_MARKS
    this.skipped = 0
  }
}

/** The writers that are not used: as many as the fan-out and a getter inside of it need. */
const POOLED = 2
const pool: OutputParts[] = []

/** Takes a writer out of the pool. Give it back with `releaseParts` in a `finally`. */
export function acquireParts(): OutputParts {
  const out = pool.pop() ?? new OutputParts()
  out.begin()
  return out
}

/** Puts a writer back; what was written and not finished is dropped. */
export function releaseParts(out: OutputParts): void {
  out.reset()
  if (pool.length < POOLED) pool.push(out)
}
