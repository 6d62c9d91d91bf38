/** Which values are read directly out of the kernel's memory: those of CBOR and MsgPack, and short ones of JSON. */
import { FORMAT_CBOR, FORMAT_JSON, FORMAT_MSGPACK } from '../kernel/abi.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { DirectCbor } from './cbor/direct.ts'
import type { DecodeRules } from './decode-value.ts'
import type { Root } from './direct-keys.ts'
import type { DirectReader } from './direct-reader.ts'
import { DirectJson } from './json/direct.ts'
import { SHORT_JSON } from './json/payload.ts'
import { DirectMsgpack } from './msgpack/direct.ts'

/** The value that is not read directly. */
export const NOT_DIRECT: unique symbol = Symbol('not direct')

interface Readers {
  readonly json: DirectReader
  readonly msgpack: DirectReader
  readonly cbor: DirectReader
}

const readers = new WeakMap<Kernel, Readers>()

// The readers of the last kernel: mostly there is only one.
let kernelNow: Kernel | null = null
let now: Readers
/** A setter on Object.prototype may decode another message in the middle of this one. */
let isBusy = false

/** Whether a format has a direct reader. */
export function canDirect(format: number): boolean {
  return format === FORMAT_JSON || format === FORMAT_MSGPACK || format === FORMAT_CBOR
}

/**
 * Whether it pays for a value of so many bytes. In CBOR and MsgPack it always does: texts beyond ASCII are a call each,
 * but are not checked again (1.1 to 1.2 times as fast as the readers of the formats, Node 24, x86-64, 2026).
 */
export function isForDirect(format: number, length: number): boolean {
  return canDirect(format) && (format !== FORMAT_JSON || length <= SHORT_JSON)
}

/**
 * The value in `length` bytes, `place` bytes from the start of the kernel's input window, which the kernel has checked
 * since they were put there; the same bytes are at `sourceStart` in `source`. NOT_DIRECT when another decoder must do
 * it.
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
  const reader = format === FORMAT_CBOR ? now.cbor : format === FORMAT_MSGPACK ? now.msgpack : now.json
  const { loads } = kernel
  isBusy = true
  try {
    const value = reader.read(place, length, root, wideTexts === 0, rules, source, sourceStart)
    return isUntouched(kernel, reader, loads) ? value : NOT_DIRECT
  } catch {
    // RARE, mostly; or what Object.prototype has got refuses an assignment, or the stack of the machine ends.
    return NOT_DIRECT
  } finally {
    // First of all: a call may throw where the stack of the machine ends.
    isBusy = false
    reader.release()
  }
}

/** False when a setter has put another message in the place of this one, or made the memory grow. */
function isUntouched(kernel: Kernel, reader: DirectReader, loads: number): boolean {
  return kernel.loads === loads && kernel.bytes === reader.bytes
}

function enter(kernel: Kernel): void {
  const known = readers.get(kernel)
  if (known !== undefined) {
    now = known
  } else {
    now = { json: new DirectJson(kernel), msgpack: new DirectMsgpack(kernel), cbor: new DirectCbor(kernel) }
    readers.set(kernel, now)
  }
  kernelNow = kernel
}
