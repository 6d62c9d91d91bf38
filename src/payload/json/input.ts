/**
 * What the reader of JSON reads: a copy of a value with a zero byte behind it, which ends every loop, the rules, and the
 * errors with their places in the bytes of the caller.
 */
import { type ErrorCode, ProtocolError } from '../../errors.ts'
import type { DecodeRules } from '../decode-value.ts'
import { type PoolReader, poolReaders } from '../pool.ts'

/** Bytes behind a value: as many as a comparison of words may read. */
const SLOP = 16

/** Memory for values up to this size is kept. */
const KEPT = 65_536

export let bytes: Uint8Array
export let view: DataView
export let pool: PoolReader
/** The index of the zero behind the value. */
export let end = 0
/** What an index is increased by to be one of the caller's. */
let shift = 0
export let rules: DecodeRules
let poolsOf: ((bytes: Uint8Array) => PoolReader) | null = null
let isReady = false

/** True for a value for which there is memory. */
export function hasRoom(length: number): boolean {
  if (length > KEPT) return false
  if (!isReady) useMemory(KEPT)
  isReady = true
  return true
}

/** Puts `source[start, stop)` into the memory. */
export function load(source: Uint8Array, start: number, stop: number): void {
  end = stop - start
  shift = start
  bytes.set(end === source.length ? source : source.subarray(start, stop))
  bytes[end] = 0
}

/** Other memory, for so many bytes. */
function useMemory(length: number): void {
  bytes = new Uint8Array(length + SLOP)
  view = new DataView(bytes.buffer)
  poolsOf ??= poolReaders()
  pool = poolsOf(bytes)
}

export function useRules(by: DecodeRules): void {
  rules = by
}

/** Calls `read` with memory of its own for `length` bytes. */
export function apart<T>(length: number, read: () => T): T {
  const outer = [bytes, view, pool, end, shift, rules] as const
  useMemory(length)
  try {
    return read()
  } finally {
    ;[bytes, view, pool, end, shift, rules] = outer
  }
}

export function fail(code: ErrorCode, reason: string, at: number): ProtocolError {
  const offset = shift + at
  return new ProtocolError(code, `cannot decode a value from json: ${reason} (byte ${offset})`, {
    format: 'json',
    offset,
  })
}

/** What the byte at `at` is not. */
export function unexpected(expected: string, at: number): ProtocolError {
  if (at >= end) return ends()
  const code = bytes[at] as number
  const got =
    code > 0x20 && code < 0x7f ? String.fromCharCode(code) : `byte 0x${code.toString(16).padStart(2, '0')}`
  return fail('BAD_TOKEN', `expected ${expected}, got ${got}`, at)
}

export function ends(): ProtocolError {
  return fail('TRUNCATED', 'the bytes end inside the value', end)
}
