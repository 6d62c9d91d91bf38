/**
 * The back-to-front byte writer of FlatBuffers: what is pointed to is written first and ends up behind. Positions are
 * distances from the end of the frame, which stay true while the buffer grows; the frame may end behind it. The same
 * calls in the same order give the same bytes as the FlatBuffers project's own Builder, without its call for each byte.
 *
 *     bytes  | free        head | table | vector | string | behind
 *                               ^ offset() bytes from here to the end of the frame
 */
import { EncodeError } from '../../errors.ts'
import { isWellFormed } from '../../payload/encode-value.ts'
import { viewOf } from '../../payload/utf8.ts'
import { textEncoder, utf8Length } from '../../text-coders.ts'

/** Bytes to begin with: room for nearly every message without a large payload. */
const FIRST_BYTES = 4096

/** Larger buffers are not kept when a message is done. */
const KEPT_BYTES = 64 * 1024

/** Offsets are signed in most readers. */
const MAX_BYTES = 0x7fff_ffff

/** Below this length a loop over the characters beats `encodeInto`. */
const CHARWISE_BELOW = 48

/** Copies of fewer bytes are cheaper in a loop: `set` needs a view of the source first. */
const SHORT_COPY = 32

/** Slots of the largest table. */
const MAX_SLOTS = 32

/** A part of a buffer that can be written again: its bytes, and where its vtables are, from its end. */
export interface Written {
  readonly bytes: Uint8Array
  readonly vtables: readonly number[]
}

/** Writes one buffer after the other; `begin` starts the next. Throws EncodeError SIZE_LIMIT beyond 2 GiB. */
export class FlatBuilder {
  #bytes: Uint8Array
  #view: DataView
  /** Index of the first byte that is written. */
  #head: number
  /** The index that the end of the frame would have: the caller writes the last bytes. */
  #end: number
  /** The largest alignment so far. */
  #align: number
  /** Offset of each slot of the open table, 0 for absent ones; and how many of them may be present. */
  readonly #slots: Int32Array
  #slotCount: number
  #tableEnd: number
  /** Offsets of the vtables of this buffer. A shorter array would have to grow again in the next buffer. */
  readonly #vtables: number[]
  #vtableCount: number
  /** Bytes that the last `#prepare` has put in to align. */
  #padding: number
  /** For the caller: offsets of what the slots of a message point to, and the elements of a list. */
  readonly targets: Int32Array
  readonly #elements: Int32Array

  constructor() {
    this.#bytes = new Uint8Array(FIRST_BYTES)
    this.#view = new DataView(this.#bytes.buffer)
    this.#head = FIRST_BYTES
    this.#end = FIRST_BYTES
    this.#align = 1
    this.#slots = new Int32Array(MAX_SLOTS)
    this.#slotCount = 0
    this.#tableEnd = 0
    this.#vtables = []
    this.#vtableCount = 0
    this.#padding = 0
    this.targets = new Int32Array(MAX_SLOTS)
    this.#elements = new Int32Array(MAX_SLOTS)
  }

  /** Starts a buffer; `behind` bytes of the frame, a multiple of four, are written by the caller. */
  begin(behind: number = 0): void {
    if (this.#bytes.length > KEPT_BYTES) {
      this.#bytes = new Uint8Array(FIRST_BYTES)
      this.#view = new DataView(this.#bytes.buffer)
    }
    this.#head = this.#bytes.length
    this.#end = this.#head + behind
    this.#align = 1
    this.#vtableCount = 0
  }

  /** Writes a string; returns its offset, 0 for a text that is not well-formed. */
  text(text: string): number {
    const { length } = text
    if (length < CHARWISE_BELOW) {
      this.#prepare(4, length + 1)
      const bytes = this.#bytes
      const end = this.#head - 1
      const start = end - length
      bytes[end] = 0
      let i = 0
      for (; i < length; i++) {
        const code = text.charCodeAt(i)
        if (code >= 0x80) break
        bytes[start + i] = code
      }
      if (i === length) return this.#counted(start, length)
      // The padding was for another length: it is taken back.
      this.#head += this.#padding
    }
    if (!isWellFormed(text)) return 0
    const size = utf8Length(text)
    this.#prepare(4, size + 1)
    const end = this.#head - 1
    this.#bytes[end] = 0
    textEncoder().encodeInto(text, this.#bytes.subarray(end - size, end))
    return this.#counted(end - size, size)
  }

  /** Writes a vector of bytes: `bytes[start, end)`. */
  vector(bytes: ArrayLike<number>, start: number = 0, end: number = bytes.length): number {
    const size = end - start
    this.#prepare(4, size)
    const at = this.#head - size
    for (let i = 0; i < size; i++) this.#bytes[at + i] = bytes[start + i]!
    return this.#counted(at, size)
  }

  /** Room for the elements of a list, before it is written. */
  elementsOf(count: number): Int32Array {
    return count <= MAX_SLOTS ? this.#elements : new Int32Array(count)
  }

  /** Writes a vector of unsigned 64-bit integers. */
  longs(values: readonly (number | bigint)[]): number {
    const size = values.length * 8
    this.#prepare(4, size)
    this.#prepare(8, size)
    const start = this.#head - size
    for (let i = 0; i < values.length; i++) this.#setLong(start + 8 * i, values[i]!)
    return this.#counted(start, values.length)
  }

  /** Writes a vector of the first `count` of offsets. */
  offsets(targets: ArrayLike<number>, count: number = targets.length): number {
    const size = count * 4
    this.#prepare(4, size)
    const start = this.#head - size
    const distance = this.#end - start
    // From the place of the offset to what it leads to.
    for (let i = 0; i < count; i++) {
      this.#view.setUint32(start + 4 * i, distance - 4 * i - targets[i]!, true)
    }
    return this.#counted(start, count)
  }

  /** Opens a table of so many slots. Only what is inline may be written until it is closed. */
  openTable(slots: number): void {
    for (let i = 0; i < slots; i++) this.#slots[i] = 0
    this.#slotCount = slots
    this.#tableEnd = this.#offset()
  }

  /** Adds a boolean, an enumeration or another byte. */
  addByte(slot: number, value: number): void {
    this.#prepare(1, 0)
    this.#bytes[--this.#head] = value
    this.#slots[slot] = this.#offset()
  }

  addShort(slot: number, value: number): void {
    this.#prepare(2, 0)
    this.#head -= 2
    this.#view.setUint16(this.#head, value, true)
    this.#slots[slot] = this.#offset()
  }

  addInt(slot: number, value: number): void {
    this.#prepare(4, 0)
    this.#head -= 4
    this.#view.setUint32(this.#head, value, true)
    this.#slots[slot] = this.#offset()
  }

  addLong(slot: number, value: number | bigint): void {
    this.#prepare(8, 0)
    this.#head -= 8
    this.#setLong(this.#head, value)
    this.#slots[slot] = this.#offset()
  }

  /** Adds an offset to what was written before. */
  addOffset(slot: number, target: number): void {
    this.#prepare(4, 0)
    this.#head -= 4
    this.#view.setUint32(this.#head, this.#offset() - target, true)
    this.#slots[slot] = this.#offset()
  }

  /** Closes the table and returns its offset. A vtable that is there already is shared. */
  closeTable(): number {
    // The distance to the vtable comes first in a table.
    this.#prepare(4, 0)
    this.#head -= 4
    const table = this.#offset()
    const slots = this.#slots
    let count = this.#slotCount
    while (count > 0 && slots[count - 1] === 0) count--
    const size = 4 + 2 * count
    this.#reserve(size)
    const view = this.#view
    const at = this.#head - size
    view.setUint16(at, size, true)
    view.setUint16(at + 2, table - this.#tableEnd, true)
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number
      view.setUint16(at + 4 + 2 * i, slot === 0 ? 0 : table - slot, true)
    }
    const known = this.#known(this.#bytes, at)
    const vtable = known === 0 ? this.#end - at : known
    if (known === 0) {
      this.#head = at
      this.#vtables[this.#vtableCount++] = vtable
    }
    view.setInt32(this.#end - table, vtable - table, true)
    return table
  }

  /** Writes the offset of the root table: the buffer is done. The result is true until the next `begin`. */
  finish(root: number): Uint8Array {
    this.#prepare(Math.max(4, this.#align), 4)
    this.#head -= 4
    this.#view.setUint32(this.#head, this.#offset() - root, true)
    return this.#bytes.subarray(this.#head)
  }

  /** True when a vtable of this buffer is equal to the one at `bytes[at]`. */
  knows(bytes: Uint8Array, at: number): boolean {
    return this.#known(bytes, at) !== 0
  }

  /** Copies what is written so far to `target`. */
  copyTo(target: Uint8Array, at: number): void {
    const bytes = this.#bytes
    const head = this.#head
    const count = bytes.length - head
    if (count < SHORT_COPY) for (let i = 0; i < count; i++) target[at + i] = bytes[head + i]!
    else target.set(viewOf(bytes, head, count), at)
  }

  /** What is written since the frame had `size` bytes and no vtables. */
  since(size: number): Written {
    const bytes = this.#bytes.slice(this.#head, this.#end - size)
    return { bytes, vtables: this.#vtables.slice(0, this.#vtableCount).map((offset) => offset - size) }
  }

  /** Writes again what `since` has returned, where the frame is a multiple of four and has no vtables. */
  again({ bytes, vtables }: Written): void {
    const size = this.#offset()
    // Nothing to align: only the largest alignment is set.
    this.#prepare(4, 0)
    this.#reserve(bytes.length)
    this.#head -= bytes.length
    this.#bytes.set(bytes, this.#head)
    for (let i = 0; i < vtables.length; i++) this.#vtables[this.#vtableCount++] = vtables[i]! + size
  }

  /** Whether something is aligned to eight bytes. */
  get isWide(): boolean {
    return this.#align >= 8
  }

  /** Bytes from the first one that is written to the end of the frame. */
  get size(): number {
    return this.#offset()
  }

  #offset(): number {
    return this.#end - this.#head
  }

  /** Pads so that a number of `size` bytes may stand before `more` bytes that are written first. */
  #prepare(size: number, more: number): void {
    if (size > this.#align) this.#align = size
    const padding = -(this.#offset() + more) & (size - 1)
    // What is written next has its room as well: at most eight bytes and their length.
    this.#reserve(padding + more + 12)
    this.#padding = padding
    for (let i = 0; i < padding; i++) this.#bytes[--this.#head] = 0
  }

  /** Puts the number of elements before a vector that begins at index `start`. */
  #counted(start: number, count: number): number {
    this.#head = start - 4
    this.#view.setUint32(this.#head, count, true)
    return this.#offset()
  }

  #setLong(at: number, value: number | bigint): void {
    const view = this.#view
    if (typeof value === 'bigint') {
      view.setBigUint64(at, value, true)
    } else {
      view.setUint32(at, value >>> 0, true)
      view.setUint32(at + 4, Math.floor(value / 0x1_0000_0000), true)
    }
  }

  /** Offset of a vtable that is equal to the one at `bytes[at]`, or 0. */
  #known(bytes: Uint8Array, at: number): number {
    const size = bytes[at] as number
    for (let k = 0; k < this.#vtableCount; k++) {
      const offset = this.#vtables[k]!
      const other = this.#end - offset
      let i = 0
      while (i < size && this.#bytes[other + i] === bytes[at + i]) i++
      if (i === size) return offset
    }
    return 0
  }

  #reserve(count: number): void {
    if (count <= this.#head) return
    const used = this.#bytes.length - this.#head
    const size = Math.min(MAX_BYTES, Math.max(this.#bytes.length * 2, used + count))
    if (used + count > size) throw new EncodeError('SIZE_LIMIT', `cannot encode more than ${MAX_BYTES} bytes`)
    const bytes = new Uint8Array(size)
    bytes.set(this.#bytes.subarray(this.#head), size - used)
    this.#end += size - this.#bytes.length
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer)
    this.#head = size - used
  }
}

const pool: FlatBuilder[] = []

/** How many unused builders are kept: a getter of the application may encode while we encode. */
const POOLED = 4

/** Takes a builder and begins a buffer; give it back with `releaseBuilder` in a `finally`. */
export function acquireBuilder(behind: number = 0): FlatBuilder {
  const builder = pool.pop() ?? new FlatBuilder()
  builder.begin(behind)
  return builder
}

export function releaseBuilder(builder: FlatBuilder): void {
  if (pool.length < POOLED) pool.push(builder)
}
