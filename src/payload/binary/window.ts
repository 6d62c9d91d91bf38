/**
 * What the reader of CBOR and MsgPack reads: a part of the caller's bytes, in memory that is always the same, so that
 * engines know its place and length, and no other code can change what is in it.
 */
import { viewOf } from '../utf8.ts'

/** Bytes that are in the window at once, and room behind them for what looks ahead. */
const WINDOW_BYTES = 65_536
const SPARE = 256

const EMPTY = new Uint8Array(0)

export const bytes: Uint8Array<ArrayBuffer> = new Uint8Array(WINDOW_BYTES + SPARE)
export const view: DataView = new DataView(bytes.buffer)

// `bytes[..., end)` is a part of `source[..., sourceEnd)`, in which all indexes are larger by `shift`.
export let source: Uint8Array = EMPTY
export let sourceEnd = 0
export let end = 0
export let shift = 0
/** From here on there may be too little for a head with its argument, or for a key. */
export let soft = 0

/** Whether a value is being read. */
export let isBusy = false

/** The value is in `from[start, stop)`. Returns its index in the window. */
export function open(from: Uint8Array, start: number, stop: number): number {
  const { length } = from
  isBusy = true
  source = from
  sourceEnd = stop
  if (length > WINDOW_BYTES || length > 2 * (stop - start) + SPARE) {
    load(start)
    return 0
  }
  // Without a view of the part.
  bytes.set(from)
  end = soft = stop
  shift = 0
  return start
}

/** Puts the bytes of the source from `start` on at the beginning of the window. */
export function load(start: number): void {
  const length = Math.min(sourceEnd - start, WINDOW_BYTES)
  bytes.set(viewOf(source, start, length))
  end = length
  shift = start
  soft = start + length === sourceEnd ? end : end - SPARE
}

/** Releases the caller's bytes. */
export function close(): void {
  isBusy = false
  source = EMPTY
}

/** True for ASCII in `bytes[from, stop)`. Looks at whole words: what is behind the text is taken away. */
export function isAscii(from: number, stop: number): boolean {
  let all = 0
  let i = from
  for (; i + 16 <= stop; i += 16) {
    all |= view.getInt32(i, true) | view.getInt32(i + 4, true)
    all |= view.getInt32(i + 8, true) | view.getInt32(i + 12, true)
  }
  for (; i + 4 <= stop; i += 4) all |= view.getInt32(i, true)
  if (i < stop) all |= view.getInt32(i, true) & ((1 << ((stop - i) << 3)) - 1)
  return (all & 0x8080_8080) === 0
}
