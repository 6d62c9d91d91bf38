/**
 * What the reader of JSON reads: a window of a value, with a zero byte behind it, which ends every loop; the rules; and
 * the errors with their places in the bytes of the caller.
 */
import type { ErrorCode, ProtocolError } from '../../errors.ts'
import type { DecodeRules } from '../decode-value.ts'
import { faultText, valueFault } from '../fault-text.ts'
import { viewOf } from '../utf8.ts'

/** Bytes of a value that are before the reader at once. */
const WINDOW = 65_536

/** Bytes behind them: as many as a comparison of words may read. */
const SLOP = 16

const EMPTY = new Uint8Array(0)

// Constants, so that engines know their place and length; no other code can change what is in them.
export const bytes: Uint8Array = new Uint8Array(WINDOW + SLOP)
export const view: DataView = new DataView(bytes.buffer)

/** The index of the zero. */
export let end = 0
/** What an index is increased by to be one of the source. */
export let shift = 0
/** Nothing comes behind the window. */
export let isLast = true
/** The bytes of the caller, up to the end of the value. */
export let source: Uint8Array = EMPTY
export let sourceEnd = 0
export let rules: DecodeRules

/** The value is in `from[start, stop)`. */
export function open(from: Uint8Array, start: number, stop: number): void {
  source = from
  sourceEnd = stop
  show(start)
}

/** Puts the source from `start` on into the window. */
export function show(start: number): void {
  const length = sourceEnd - start
  isLast = length <= WINDOW
  end = isLast ? length : WINDOW
  shift = start
  bytes.set(end === source.length ? source : viewOf(source, start, end))
  bytes[end] = 0
}

/** Releases the caller's bytes. */
export function close(): void {
  source = EMPTY
}

export function follow(by: DecodeRules): void {
  rules = by
}

/** Calls `read`, which may open another value. */
export function apart<T>(read: () => T): T {
  const outer = [source, sourceEnd, shift, rules] as const
  try {
    return read()
  } finally {
    const [from, stop, start, by] = outer
    source = from
    sourceEnd = stop
    rules = by
    show(start)
  }
}

/** The error for what is at an index of the window. */
export function fail(code: ErrorCode, at: number): ProtocolError {
  return failAt(code, shift + at)
}

/** The error for what is at an index of the source; `reason` says more than the table of texts knows. */
export function failAt(code: ErrorCode, offset: number, reason: string | null = null): ProtocolError {
  const byte = offset < sourceEnd ? source[offset] : undefined
  return valueFault(code, reason ?? faultText(code, rules, 'json', byte), 'json', offset)
}

/** The error for the byte at an index of the window, which nothing can have there. */
export function unexpected(at: number): ProtocolError {
  return at < end ? fail('BAD_TOKEN', at) : ends()
}

export function ends(): ProtocolError {
  return failAt('TRUNCATED', sourceEnd)
}
