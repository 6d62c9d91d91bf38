/** The bytes under a view: where they are, how to bring them before the kernel, and how to decode a part of them. */
import { ERROR_CODES, type ErrorCode, ProtocolError, releasedFrame } from '../errors.ts'
import {
  FALLBACK,
  type FIND_END,
  FIND_FIRST,
  FIND_PATH,
  type FIND_SELF,
  FOUND_KIND,
  FOUND_ROWS,
  OK,
  RECORD_ERROR_AT,
} from '../kernel/abi.ts'
import type { Kernel, Search } from '../kernel/kernel.ts'
import type { Policy } from '../limits.ts'
import { isWellFormed } from './encode-value.ts'
import type { ValueFormat } from './format.ts'
import { hasAnyKeys } from './map-keys.ts'
import { Float64 } from './values.ts'
import type { PayloadView } from './view.ts'

/** Who holds the bytes: a payload, which may move them to a copy of its own. */
export interface ByteOwner {
  readonly bytes: Uint8Array | null
  readonly base: number
  /** While `kernel.loads` is this, its bytes from `base` on are `loadedAt` bytes behind the start of the window. */
  readonly loads: number
  readonly loadedAt: number
  /** Reads all of the bytes as one value, faster than any part of them is read. */
  readonly readWhole?: ((bytes: Uint8Array) => unknown) | undefined
}

/** A codec, as far as views need it. @internal */
export interface ViewContext {
  readonly kernel: Kernel
  readonly policy: Policy
  readonly views: EncodedViews | null
}

/** Makes the view of the value in `[start, end)` of what the owner has, which was checked before. @internal */
export type EncodedViews = (
  owner: ByteOwner,
  start: number,
  end: number,
  format: ValueFormat,
  context: ViewContext,
) => PayloadView

/** The kernel counts elements in 32 bits. */
export const MAX_INDEX: number = 0x7fff_ffff

/** Keys of UBJSON are texts without their marker. */
const UBJSON_TEXT = 0x53

/** One encoded value, checked before. Positions count from its first byte. */
export class ViewSource {
  readonly format: ValueFormat
  readonly policy: Policy
  readonly kernel: Kernel
  /** The last path has met what is not for the kernel: an array of several dimensions, a big integer as a key. */
  isFallback: boolean
  /** Bytes of the value; of a part maybe with what is behind it. */
  readonly length: number
  private readonly owner: ByteOwner
  private readonly start: number
  /** `kernel.loads` when these bytes were put there, and how far behind the start of the window. */
  private loads: number
  private place: number

  /** `start` and `end` count from the owner's base. */
  constructor(
    owner: ByteOwner,
    start: number,
    end: number,
    format: ValueFormat,
    kernel: Kernel,
    policy: Policy,
  ) {
    this.owner = owner
    this.start = start
    this.length = end - start
    this.format = format
    this.kernel = kernel
    this.policy = policy
    this.isFallback = false
    this.loads = owner.loads
    this.place = owner.loadedAt + start
  }

  /**
   * The buffer that the value is in; it begins at `offset` of it. Ask each time: the owner may move it. Throws
   * WampCodecError RELEASED when it was detached or shrunk.
   */
  get bytes(): Uint8Array {
    const bytes = this.owner.bytes as Uint8Array
    if (bytes.length < this.offset + this.length) throw releasedFrame(this.format.name)
    return bytes
  }

  get offset(): number {
    return this.owner.base + this.start
  }

  /** Whether the bytes are before the kernel: else a look at them brings all of them there. */
  get isResident(): boolean {
    return this.kernel.loads === this.loads
  }

  /** What is in `[start, end)` by itself: a look at it brings no more before the kernel. */
  part(start: number, end: number): ViewSource {
    const { owner, format, kernel, policy } = this
    const part = new ViewSource(owner, this.start + start, this.start + end, format, kernel, policy)
    part.loads = this.loads
    part.place = this.place + start
    return part
  }

  /** True for all that its owner has, when that has a way of its own to read it. */
  get isWhole(): boolean {
    const { owner, offset, length } = this
    return owner.readWhole !== undefined && offset === 0 && length === owner.bytes?.length
  }

  /** The value of all of them; only for what `isWhole`. */
  decodeWhole(): unknown {
    return this.owner.readWhole?.(this.bytes)
  }

  /** The value in `[start, end)`; `type` is what its container has taken of it (abi.ts). */
  decode(start: number, end: number, type: number): unknown {
    const { format, policy, offset } = this
    return format.decode(this.bytes, offset + start, offset + end, policy, type)
  }

  /** The key in `[start, end)`; one that is an integral float is a `Float64`. */
  decodeKey(start: number, end: number): unknown {
    const { format, policy, offset, bytes } = this
    const [from, to] = [offset + start, offset + end]
    if (format.readKey !== undefined) return format.readKey(bytes, from, to, policy)
    const exact = { ...policy, integers: 'auto', tags: 'plain', floats: 'exact' } as const
    const key = format.decode(bytes, from, to, exact, UBJSON_TEXT)
    const isScalar = typeof key !== 'object' || key === null || key instanceof Float64
    return isScalar ? key : format.decode(bytes, from, to, policy)
  }

  /** A word of the kernel's last answer that is no position: one of FOUND_*. */
  found(word: number): number {
    return this.kernel.words[this.kernel.record + word] as number
  }

  /** A position in the kernel's last answer. */
  foundAt(word: number): number {
    return this.found(word) - this.place
  }

  /** Looks at the value at `from` itself, or with FIND_END for its end. Throws ProtocolError as `findPath`. */
  find(mode: typeof FIND_SELF | typeof FIND_END, from: number, type: number): void {
    this.load()
    const { place } = this
    this.ask({ mode, from: place + from, type, size: 0, known: 0, at: place }, 0)
  }

  /**
   * Follows steps from the value at `from`; false when they lead nowhere, or the kernel cannot tell (`isFallback`). The
   * answer is in the kernel's record. Throws ProtocolError when the bytes have changed since they were checked.
   */
  findPath(from: number, type: number, steps: readonly (string | number)[]): boolean {
    this.isFallback = false
    for (const step of steps) if (!this.isPossible(step)) return false
    this.load()
    const { kernel, place, length } = this
    const size = kernel.putSteps(steps, place + length)
    const search = { mode: FIND_PATH, from: place + from, type, size, known: 0, at: place }
    return this.ask(search, this.isSingle(steps) ? FIND_FIRST : 0)
  }

  /** Follows one step, STEP_*, from an entry that is known on: FOUND_INDEX and FOUND_AT of an answer. */
  findOne(from: number, type: number, what: number, number: number, known: number, at: number): boolean {
    this.load()
    const { place } = this
    const size = this.kernel.putOne(what, number)
    return this.ask({ mode: FIND_PATH, from: place + from, type, size, known, at: place + at }, 0)
  }

  /** Asks the kernel, before which the bytes are. Places count from the start of its window. */
  private ask(search: Search, flags: number): boolean {
    const { kernel, policy, format } = this
    const status = kernel.find(this.place + this.length, format.id, flags, policy, search)
    this.isFallback = status === FALLBACK || this.found(FOUND_ROWS) === 1
    if (status === FALLBACK) return false
    if (status !== OK) throw this.error(ERROR_CODES[status - 1] ?? 'BAD_TOKEN', this.foundAt(RECORD_ERROR_AT))
    return this.found(FOUND_KIND) !== 0
  }

  /**
   * Whether no map has a key twice that a view takes for the same: it sees through tags, which tell keys apart where
   * they are kept.
   */
  get hasSingleKeys(): boolean {
    const { duplicateKeys, tags } = this.policy
    return duplicateKeys === 'refuse' && !(tags === 'tagged' && this.format.name === 'cbor')
  }

  /** Whether no key of the steps comes twice in a map: digits may also be the text of an integer that is a key. */
  private isSingle(steps: readonly (string | number)[]): boolean {
    if (!this.hasSingleKeys) return false
    return !(hasAnyKeys(this.format.name) && steps.some(isInteger))
  }

  /** False for a step that leads nowhere in any value of this length. */
  private isPossible(step: string | number): boolean {
    // The digits of an integer are more than its bytes.
    if (typeof step === 'string') return step.length <= 3 * this.length && isWellFormed(step)
    return Number.isInteger(step) && step >= 0 && step <= MAX_INDEX
  }

  /** The error of a read that has found something else than what was checked, `at` bytes from the first. */
  error(code: ErrorCode, at: number): ProtocolError {
    const { name } = this.format
    const offset = this.offset + at
    const text = `cannot read a value from ${name}: it has changed since it was checked: ${code} (byte ${offset})`
    return new ProtocolError(code, text, { format: name, offset })
  }

  /** Puts the bytes before the kernel, unless they are there. */
  private load(): void {
    const { kernel, offset, length, bytes } = this
    if (this.isResident) return
    const { buffer, byteOffset } = bytes
    kernel.load(new Uint8Array(buffer, byteOffset + offset, length))
    this.loads = kernel.loads
    this.place = 0
  }
}

/** True for the text of an integer. */
function isInteger(step: string | number): boolean {
  return typeof step === 'string' && /^-?\d+$/.test(step)
}
