/** The bytes under a view: where they are, how to bring them before the kernel, and how to decode a part of them. */
import { ERROR_CODES, type ErrorCode, ProtocolError } from '../errors.ts'
import { FORMAT_JSON, OK, RECORD_ERROR_AT, SCAN_TAGGED } from '../kernel/abi.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Policy } from '../limits.ts'
import { decodeChecked } from './decode-checked.ts'
import { decodeJsonText } from './decode-json.ts'
import { isWellFormed } from './encode-value.ts'
import type { ValueFormat } from './format.ts'

/** Who holds the bytes: a payload, which may move them to a copy of its own. */
export interface ByteOwner {
  readonly bytes: Uint8Array | null
  readonly base: number
}

/** Keys of UBJSON are texts without their marker. */
const UBJSON_TEXT = 0x53

/** One encoded value, checked before. Positions count from its first byte. */
export class ViewSource {
  readonly format: ValueFormat
  readonly policy: Policy
  readonly kernel: Kernel
  /** Bytes of the value. */
  readonly length: number
  private readonly owner: ByteOwner
  private readonly start: number
  /** JSON.parse reads all of it exactly. */
  private readonly isPlainJson: boolean
  /** `kernel.loads` when these bytes were put there. */
  private loads: number

  /** `start` and `end` count from the owner's base. */
  constructor(
    owner: ByteOwner,
    start: number,
    end: number,
    format: ValueFormat,
    kernel: Kernel,
    policy: Policy,
    isPlainJson: boolean,
  ) {
    this.owner = owner
    this.start = start
    this.length = end - start
    this.format = format
    this.kernel = kernel
    this.policy = policy
    this.isPlainJson = isPlainJson
    this.loads = -1
  }

  /** The buffer that the value is in; it begins at `offset` of it. Ask each time: the owner may move it. */
  get bytes(): Uint8Array {
    return this.owner.bytes as Uint8Array
  }

  get offset(): number {
    return this.owner.base + this.start
  }

  /** The value in `[start, end)`; `type` is what its container has taken of it (abi.ts). */
  decode(start: number, end: number, type: number): unknown {
    const { format, policy, offset, isPlainJson } = this
    return decodeChecked(format, this.bytes, offset + start, offset + end, policy, isPlainJson, type)
  }

  /** The key in `[start, end)`. */
  decodeKey(start: number, end: number): string {
    const { format, policy, offset, bytes } = this
    if (format.id === FORMAT_JSON) return decodeJsonText(bytes, offset + start, offset + end, policy)
    return format.decode(bytes, offset + start, offset + end, policy, UBJSON_TEXT) as string
  }

  /** A word of the kernel's last answer: one of FOUND_*. */
  found(word: number): number {
    return this.kernel.words[this.kernel.record + word] as number
  }

  /**
   * Calls `find` of the kernel (assembly/find.ts) on the value at `from`; the answer is in the kernel's record. Throws
   * ProtocolError when the bytes have changed since they were checked.
   */
  find(mode: number, from: number, type: number, index = 0, known = 0, at = 0, keyLength = 0): void {
    const { kernel, policy, format, length } = this
    this.load()
    const flags = policy.tags === 'tagged' ? SCAN_TAGGED : 0
    const status = kernel.find(
      length,
      format.id,
      flags,
      policy,
      mode,
      from,
      type,
      index,
      known,
      at,
      keyLength,
    )
    if (status !== OK) throw this.changed(status)
  }

  /** Looks for a key; false when no key can be so. */
  findKey(mode: number, from: number, type: number, key: string): boolean {
    if (key.length > this.length || !isWellFormed(key)) return false
    const keyLength = this.kernel.putKey(key, this.length)
    this.find(mode, from, type, 0, 0, 0, keyLength)
    return true
  }

  /** The error of a read that has found something else than what was checked, `at` bytes from the first. */
  error(code: ErrorCode, at: number): ProtocolError {
    const { name } = this.format
    const offset = this.offset + at
    const text = `cannot read a value from ${name}: it has changed since it was checked: ${code} (byte ${offset})`
    return new ProtocolError(code, text, { format: name, offset })
  }

  private changed(status: number): ProtocolError {
    return this.error(ERROR_CODES[status - 1] ?? 'BAD_TOKEN', this.found(RECORD_ERROR_AT))
  }

  /** Puts the bytes before the kernel, unless they are there. */
  private load(): void {
    const { kernel, offset, length } = this
    if (kernel.loads === this.loads) return
    const { buffer, byteOffset } = this.bytes
    kernel.load(new Uint8Array(buffer, byteOffset + offset, length))
    this.loads = kernel.loads
  }
}
