/**
 * What a payload format is: its number in the kernel, its name, and the JavaScript codec of its values. The formats
 * themselves are in formats-core.ts and formats-full.ts. What a new one needs is in CONTRIBUTING.md; one of whole
 * messages also has a serializer's specification (src/serializer/spec.ts).
 */
import type { ErrorCode } from '../errors.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Policy } from '../limits.ts'
import type { DecodeRules } from './decode-value.ts'
import type { DirectReader } from './direct-reader.ts'
import type { EncodeRules } from './encode-value.ts'
import type { PayloadFormatName } from './format-names.ts'
import type { Output } from './output.ts'
import type { PayloadView } from './view.ts'

/** A checked value, for formats that find its parts themselves; positions count from its first byte. @internal */
export interface ViewedValue {
  readonly policy: Policy
  /** Bytes of the value. */
  readonly length: number
  /** The buffer that the value is in, from `offset` on. Ask each time: its owner may move it. */
  readonly bytes: Uint8Array
  readonly offset: number
  /** Whether `decodeWhole` can be called. */
  readonly isWhole: boolean
  /** Reads all of the bytes as one value, faster than any part of them is read. */
  decodeWhole(): unknown
  /** The error for bytes that were changed after they were checked. */
  error(code: ErrorCode, at: number): Error
}

/** args and kwargs that were read in one pass, and where they end and begin in the bytes. @internal */
export interface PayloadValues {
  readonly args: unknown[]
  readonly kwargs: Record<string, unknown> | null
  readonly argsEnd: number
  readonly kwargsStart: number
  readonly kwargsEnd: number
}

/** One format: its number in the kernel, and how JavaScript values are read from it and written to it. @internal */
export interface ValueFormat {
  readonly id: number
  readonly name: PayloadFormatName
  /** `type` is what the index of the kernel says of a value that has no head of its own (abi.ts), mostly 0. */
  decode(bytes: Uint8Array, start: number, end: number, rules: DecodeRules, type?: number): unknown
  /**
   * The list of a message that is common, in formats that have a reader that needs no kernel; null for any other and
   * for one that is wrong.
   */
  commonList?(bytes: Uint8Array, start: number, end: number, rules: DecodeRules): unknown[] | null
  /**
   * args, or args and kwargs, of the message whose list begins at `list` and fills the bytes up to `end`: they begin at
   * `start`, and `before` elements come before them. Null for what needs the fallback, and for what is wrong.
   */
  readPayload?(
    bytes: Uint8Array,
    list: number,
    before: number,
    start: number,
    end: number,
    rules: DecodeRules,
  ): PayloadValues | null
  /** Bytes of the longest frame that is better checked by the kernel before its values are read. */
  readonly scannedFirst?: number
  /** The reader of what the kernel has checked, in formats that the core kernel does not have. */
  direct?(kernel: Kernel): DirectReader
  encode(out: Output, value: unknown, rules: EncodeRules, path: string): void
  /** The bytes of `undefined`, in formats of which some encoders write it. */
  readonly undefinedForm?: readonly number[]
  /** True for a list or dictionary in `bytes[start, end)`, checked before, without elements, in any of its forms. */
  isEmpty(bytes: Uint8Array, start: number, end: number): boolean
  /** The text of a key in `bytes[start, end)`, in formats whose keys are not read as other values are. */
  readKey?(bytes: Uint8Array, start: number, end: number, rules: DecodeRules): unknown
  /** The view of a value that was checked before, in formats in which the kernel does not look for parts. */
  view?(value: ViewedValue): PayloadView
}
