/**
 * Several messages in one transport message. JSON: each message is followed by a separator. Binary formats: each has
 * its length before it, four bytes, big-endian. Source: WAMP specification, "Batched Transport".
 */
import { ProtocolError } from '../errors.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Output } from '../payload/output.ts'

/** Separators between batched JSON messages: the specification's, and that of autobahn-python. */
export const RECORD_SEPARATOR = 0x1e
export const CANCEL_SEPARATOR = 0x18

/** Bytes that frame a message: the length before it, or the separator behind it. */
export const LENGTH_BYTES = 4
export const SEPARATOR_BYTES = 1

/**
 * Start and end of every message in a batch, as pairs. Throws ProtocolError BATCH_LENGTH; `spans` holds then what came
 * before the mistake.
 */
export function batchSpans(bytes: Uint8Array, format: string, spans: number[] = []): number[] {
  if (format === 'json') separated(bytes, spans)
  else prefixed(bytes, format, spans)
  if (spans.length === 0) throw batchError(format, 'an empty batch', 0)
  return spans
}

/**
 * Where in the kernel's window the message at `start` is: where it was when `loads` counted the load of the batch, or
 * at the window's start, when reading an earlier one has used the window. Only the message is loaded then: the whole
 * batch for each would make the work grow with the square of its length.
 */
export function placeInWindow(
  kernel: Kernel,
  loads: number,
  bytes: Uint8Array,
  start: number,
  length: number,
): number {
  if (kernel.loads === loads) return start
  kernel.load(bytes.subarray(start, start + length))
  return 0
}

function separated(bytes: Uint8Array, spans: number[]): void {
  let start = 0
  // Neither byte can stand in JSON but as a separator: strings escape control characters.
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte !== RECORD_SEPARATOR && byte !== CANCEL_SEPARATOR) continue
    if (at === start) throw batchError('json', `message ${spans.length / 2} of the batch is empty`, at)
    spans.push(start, at)
    start = at + 1
  }
  if (start < bytes.length)
    throw batchError('json', 'the last message of the batch lacks its separator', bytes.length)
}

function prefixed(bytes: Uint8Array, format: string, spans: number[]): void {
  let at = 0
  while (at < bytes.length) {
    if (bytes.length - at < 4)
      throw batchError(format, `message ${spans.length / 2} of the batch lacks its length`, at)
    const high = ((bytes[at] as number) << 8) | (bytes[at + 1] as number)
    const low = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number)
    const length = high * 0x1_0000 + low
    at += 4
    if (length > bytes.length - at) {
      throw batchError(format, `message ${spans.length / 2} of the batch claims ${length} bytes`, at - 4)
    }
    spans.push(at, at + length)
    at += length
  }
}

function batchError(format: string, text: string, offset: number): ProtocolError {
  const full = `cannot decode a batch from ${format}: ${text} (byte ${offset})`
  return new ProtocolError('BATCH_LENGTH', full, { format, offset })
}

/** Begins a message of a batch; returns the mark where its length belongs. */
export function beginBatched(out: Output, isText: boolean): number {
  const at = out.mark()
  if (!isText) out.u32(0)
  return at
}

/** Ends the message that was begun at a mark; nothing was left out then of earlier messages. */
export function endBatched(out: Output, isText: boolean, separator: number, at: number): void {
  if (isText) {
    out.u8(separator)
    return
  }
  const end = out.mark()
  out.resume(at)
  out.u32(end + out.leftOut - at - 4)
  out.resume(end)
}
