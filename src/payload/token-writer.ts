/**
 * What a list format needs to write the head of a message around a payload: lists, ids, texts and dictionaries. Each
 * format has one, in its `write.ts`, for messages and for the envelopes of the fan-out.
 */
import type { Output } from './output.ts'

/** Writes the tokens of one format. */
export interface TokenWriter {
  /** Begins a list of so many elements. */
  list(out: Output, elements: number): void
  /** Stands before every element but the first. */
  separator(out: Output): void
  closeList(out: Output): void
  /** An integer from 0 to 2^53, never as a float. */
  id(out: Output, value: number): void
  null(out: Output): void
  scalar(out: Output, value: boolean | number): void
  /** Well-formed text. */
  text(out: Output, value: string): void
  /** Bytes that will not change. */
  bytes(out: Output, value: Uint8Array): void
  /** Begins a dictionary of so many entries. */
  dict(out: Output, entries: number): void
  key(out: Output, key: string, isFirst: boolean): void
  closeDict(out: Output, entries: number): void
}
