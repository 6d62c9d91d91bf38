/**
 * The encoded payload of a message that is written in FlatBuffers. Its vectors are created first, so they stand last:
 *
 *     head, texts and all else | payload | kwargs | args
 *
 * Head and vectors are written one after the other, the vectors from where their bytes are: one copy, or none.
 */
import { gone, type Output } from '../../payload/output.ts'
import { viewOf } from '../../payload/utf8.ts'

/** Spans of `bytes`; start equals end for what there is none of. */
export interface PayloadBytes {
  readonly bytes: Uint8Array
  /** Start and end of args, kwargs and the opaque payload, in this order. */
  readonly spans: readonly [number, number, number, number, number, number]
  /** They will not change, so that a result may refer to them. */
  readonly isLasting: boolean
}

/** The spans in their order. */
export const SPAN_NAMES: readonly string[] = ['args', 'kwargs', 'payload']

/** Copies of fewer bytes are cheaper in a loop: `set` needs a view of the source first. */
const SHORT_COPY = 32

/** What `measure` has found last: the distance of each vector from the end of the frame, 0 for none; all bytes. */
export const spanDistances: Int32Array = new Int32Array(3)

/** How many times `measure` was called: more than once for a message when code of the application has run meanwhile. */
export let measured = 0

/** Bytes that the vectors of a payload take, with what aligns them. */
export function measure(payload: PayloadBytes | null): number {
  measured = (measured + 1) | 0
  spanDistances[0] = spanDistances[1] = spanDistances[2] = 0
  if (payload === null) return 0
  const { spans } = payload
  let size = 0
  for (let i = 0; i < 3; i++) {
    const count = spans[2 * i + 1]! - spans[2 * i]!
    if (count === 0) continue
    size = ((size + count + 3) & ~3) + 4
    spanDistances[i] = size
  }
  return size
}

/** Bytes that `writeSpans` leaves out. */
export function leftOut(out: Output, payload: PayloadBytes | null): number {
  const hole = payload === null || !out.leavesOut ? -1 : longestOf(payload)
  return hole < 0 ? 0 : payload!.spans[hole + 1]! - payload!.spans[hole]!
}

/** The place in `spans` of the longest one, -1 when there is none that a result may refer to. */
function longestOf({ spans, isLasting }: PayloadBytes): number {
  let longest = -1
  let size = 0
  for (let i = 0; isLasting && i < 6; i += 2) {
    const count = spans[i + 1]! - spans[i]!
    if (count <= size) continue
    size = count
    longest = i
  }
  return longest
}

/** Writes the vectors; there is room for them. A result that may leave out does so with the longest. */
export function writeSpans(out: Output, payload: PayloadBytes): void {
  if (out.leavesOut) {
    spliceSpans(out, payload)
    return
  }
  const { bytes } = out
  const { bytes: source, spans } = payload
  let { at } = out
  for (let i = 4; i >= 0; i -= 2) {
    const from = spans[i]!
    const count = spans[i + 1]! - from
    if (count === 0) continue
    // Code of the application may have run since the payload was looked at.
    if (source.length < from + count) throw gone()
    bytes[at] = count
    bytes[at + 1] = count >>> 8
    bytes[at + 2] = count >>> 16
    bytes[at + 3] = count >>> 24
    at += 4
    if (count < SHORT_COPY) for (let k = 0; k < count; k++) bytes[at + k] = source[from + k]!
    else bytes.set(viewOf(source, from, count), at)
    at += count
    // What aligns the next one: the slab may hold an abandoned result.
    for (let padding = -count & 3; padding > 0; padding--) bytes[at++] = 0
  }
  out.at = at
}

function spliceSpans(out: Output, payload: PayloadBytes): void {
  const { bytes: source, spans } = payload
  const hole = longestOf(payload)
  for (let i = 4; i >= 0; i -= 2) {
    const [from, to] = [spans[i]!, spans[i + 1]!]
    if (from === to) continue
    out.u32(to - from, true)
    if (i === hole) out.splice(source, from, to)
    else out.raw(source, from, to)
    for (let padding = -(to - from) & 3; padding > 0; padding--) out.u8(0)
  }
}
