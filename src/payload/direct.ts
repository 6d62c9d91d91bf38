/** Which values are read directly, without a tape: of CBOR and MsgPack, by what the kernel has counted in them. */
import { FORMAT_CBOR, FORMAT_MSGPACK } from '../kernel/abi.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { DecodeRules } from './decode-value.ts'
import { DirectCbor } from './direct-cbor.ts'
import type { Root } from './direct-keys.ts'
import { DirectMsgpack } from './direct-msgpack.ts'
import { type DirectReader, RARE } from './direct-reader.ts'

/**
 * A text beyond ASCII is a call, which costs as much as the tape does for so many bytes (Node 20, x86-64, 2026). Shorter
 * values are always read directly.
 */
const BYTES_PER_WIDE_TEXT = 256
const SHORT_VALUE = 256

/** The value that is not read directly. */
export const NOT_DIRECT: unique symbol = Symbol('not direct')

const readers = new WeakMap<Kernel, readonly [DirectMsgpack, DirectCbor]>()

// The readers of the last kernel: mostly there is only one.
let kernelNow: Kernel | null = null
let msgpack: DirectMsgpack
let cbor: DirectCbor
/** A setter that somebody put on Object.prototype may decode another message in the middle of this one. */
let isBusy = false

/** Whether a format has a direct reader. */
export function canDirect(format: number): boolean {
  return format === FORMAT_CBOR || format === FORMAT_MSGPACK
}

/** Whether it pays for a value of so many bytes, in a frame with so many texts beyond ASCII. */
export function isForDirect(format: number, length: number, wideTexts: number): boolean {
  if (!canDirect(format)) return false
  return wideTexts * BYTES_PER_WIDE_TEXT <= length || length <= SHORT_VALUE
}

/**
 * The value in `length` bytes, `place` bytes from the start of the kernel's input window, which the kernel has checked
 * since they were put there; the same bytes are at `sourceStart` in `source`. NOT_DIRECT when another decoder must do it.
 */
export function readDirect(
  kernel: Kernel,
  place: number,
  length: number,
  format: number,
  root: Root,
  wideTexts: number,
  rules: DecodeRules,
  source: Uint8Array,
  sourceStart: number,
): unknown {
  if (isBusy) return NOT_DIRECT
  if (kernel !== kernelNow) enter(kernel)
  const reader: DirectReader = format === FORMAT_CBOR ? cbor : msgpack
  const { loads } = kernel
  isBusy = true
  try {
    const value = reader.read(place, length, root, wideTexts === 0, rules, source, sourceStart)
    return isUntouched(kernel, reader, loads) ? value : NOT_DIRECT
  } catch (error) {
    if (error === RARE || !isUntouched(kernel, reader, loads)) return NOT_DIRECT
    throw error
  } finally {
    reader.release()
    isBusy = false
  }
}

/** False when somebody's setter has put another message in the place of this one, or made the memory grow. */
function isUntouched(kernel: Kernel, reader: DirectReader, loads: number): boolean {
  return kernel.loads === loads && kernel.bytes === reader.bytes
}

function enter(kernel: Kernel): void {
  let known = readers.get(kernel)
  if (known === undefined) {
    known = [new DirectMsgpack(kernel), new DirectCbor(kernel)]
    readers.set(kernel, known)
  }
  kernelNow = kernel
  msgpack = known[0]
  cbor = known[1]
}
