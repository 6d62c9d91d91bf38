/** Reading values directly out of the kernel's memory: those of any format, in JSON short ones. */
import { FORMAT_CBOR, FORMAT_JSON, FORMAT_MSGPACK } from '../kernel/abi.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { DirectCbor } from './cbor/direct.ts'
import type { DecodeRules } from './decode-value.ts'
import type { Root } from './direct-keys.ts'
import type { CheckedBytes, DirectReader } from './direct-reader.ts'
import type { ValueFormat } from './format.ts'
import { DirectJson } from './json/direct.ts'
import { DirectMsgpack } from './msgpack/direct.ts'

/** The value that is not read directly. */
export const NOT_DIRECT: unique symbol = Symbol('not direct')

/** By the numbers of their formats; null for one that has none. Made at first use. */
type Readers = (DirectReader | null | undefined)[]

const readers = new WeakMap<Kernel, Readers>()

// The readers of the last kernel: mostly there is only one.
let kernelNow: Kernel | null = null
let now: Readers
/** A setter on Object.prototype may decode another message in the middle of this one. */
let isBusy = false

/** Those of the core kernel's formats; the others bring theirs. */
const CORE: Readonly<Record<number, new (kernel: Kernel) => DirectReader>> = {
  [FORMAT_JSON]: DirectJson,
  [FORMAT_MSGPACK]: DirectMsgpack,
  [FORMAT_CBOR]: DirectCbor,
}

/**
 * Whether it pays for a value of so many bytes. But for JSON it always does: texts beyond ASCII are a call each, but
 * are not checked again (1.1 to 1.2 times as fast as the readers of CBOR and MsgPack, Node 24, x86-64, 2026).
 */
export function isForDirect({ scannedFirst }: ValueFormat, length: number): boolean {
  return scannedFirst === undefined || length <= scannedFirst
}

/** What the kernel has checked, with its format. */
export interface CheckedFrame extends CheckedBytes {
  readonly format: ValueFormat
}

/** The value in `[start, end)` of checked bytes. NOT_DIRECT when another decoder must do it. */
export function readDirect(
  kernel: Kernel,
  checked: CheckedFrame,
  start: number,
  end: number,
  root: Root,
  rules: DecodeRules,
): unknown {
  if (isBusy) return NOT_DIRECT
  if (kernel !== kernelNow) enter(kernel)
  let reader = now[checked.format.id]
  if (reader === undefined) reader = addReader(kernel, checked.format)
  if (reader === null) return NOT_DIRECT
  const { loads } = kernel
  isBusy = true
  try {
    const value = reader.read(checked, start, end, root, rules)
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
  let known = readers.get(kernel)
  if (known === undefined) {
    known = []
    readers.set(kernel, known)
  }
  now = known
  kernelNow = kernel
}

function addReader(kernel: Kernel, { id, direct }: ValueFormat): DirectReader | null {
  const Core = CORE[id]
  const reader = direct !== undefined ? direct(kernel) : Core === undefined ? null : new Core(kernel)
  now[id] = reader
  return reader
}
