/** What a row of the catalogue is (notes of the project: the catalogue of hostile inputs). */
import type { ErrorCode } from '../../src/index.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'
import { LIST_FORMATS, type ListFormat } from './raw.ts'

/**
 * What must happen: it is refused with one of these codes, read, or, where other tests have the verdict, either of
 * both.
 */
export type Expected = readonly ErrorCode[] | 'accept' | 'either'

interface RowFacts {
  /** The row of the catalogue, for example A3. */
  readonly id: string
  readonly name: string
  readonly expected: Expected
  /** Megabytes: it goes only through the ways that differ in how they read. */
  readonly isBig?: boolean
  /** It ends too early only where nothing follows. */
  readonly isCut?: boolean
}

/** One payload value. `levels` says how many containers are around it, for the rows about depth. */
export interface ValueRow extends RowFacts {
  readonly format: PayloadFormatName
  readonly bytes: (levels: number) => Uint8Array
}

/** One whole frame of a serializer. */
export interface FrameRow extends RowFacts {
  readonly format: ListFormat | 'flatbuffers'
  readonly bytes: () => Uint8Array
}

/** A frame of a batched serializer. */
export interface BatchRow extends RowFacts {
  readonly format: ListFormat
  readonly bytes: () => Uint8Array
}

/** The same row for all list formats, or for those that are named. */
export function inFormats<R>(
  make: (format: ListFormat) => R,
  formats: readonly ListFormat[] = LIST_FORMATS,
): R[] {
  return formats.map(make)
}
