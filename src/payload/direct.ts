/** Reading values directly out of the kernel's memory: those of any format, in JSON short ones. */
import { FORMAT_CBOR, FORMAT_JSON, FORMAT_MSGPACK } from '../kernel/abi.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { DirectCbor } from './cbor/direct.ts'
import { canReadFast } from './decode-rules.ts'
import type { DecodeRules } from './decode-value.ts'
import { ATTRIBUTE, type KeyContext } from './direct-keys.ts'
import type { CheckedBytes, DirectReader } from './direct-reader.ts'
import type { ValueFormat } from './format.ts'
import { DirectJson } from './json/direct.ts'
import { DirectMsgpack } from './msgpack/direct.ts'

/** Returned where the format's own reader must read the value: it reads everything, and says what is wrong. */
export const NOT_DIRECT: unique symbol = Symbol('not direct')

/**
 * By the numbers of their formats, without a prototype, whatever that of objects has got; null for one that has none.
 * Made at first use.
 */
type Readers = Record<number, DirectReader | null | undefined>

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
  context: KeyContext,
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
    const value = reader.read(checked, start, end, context, rules)
    return isUntouched(kernel, reader, loads) ? value : NOT_DIRECT
  } catch {
    // FALLBACK, mostly; or what Object.prototype has got refuses an assignment, or the stack of the machine ends.
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
    known = Object.create(null) as Readers
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

/** Whether the reader of the format alone, which checks as it reads, is the fastest way to what was not checked. */
export function readsAlone({ commonList }: ValueFormat): boolean {
  return commonList !== undefined
}

/**
 * Args, kwargs or a value by itself where this is the fastest way: all but long JSON. Texts beyond ASCII are a call
 * each, but are not checked again (1.1 to 1.2 times as fast as the readers of CBOR and MsgPack, Node 24, x86-64, 2026).
 */
function readValue(
  kernel: Kernel,
  checked: CheckedFrame,
  start: number,
  end: number,
  context: KeyContext,
  rules: DecodeRules,
): unknown {
  const { scannedFirst } = checked.format
  if (scannedFirst !== undefined && end - start > scannedFirst) return NOT_DIRECT
  return readDirect(kernel, checked, start, end, context, rules)
}

/** The same of an option or a position of the list, under the rules for those. */
function readAttribute(
  kernel: Kernel,
  checked: CheckedFrame,
  start: number,
  end: number,
  rules: DecodeRules,
): unknown {
  // The direct reader of CBOR takes undefined for null.
  if (rules.undefineds === 'absent' && checked.format.id === FORMAT_CBOR) return NOT_DIRECT
  return readDirect(kernel, checked, start, end, ATTRIBUTE, rules)
}

/** The fast ways to values that the kernel has checked. A codec without them has the readers of the formats. */
export interface FastValues {
  /** Whether values can be read under the rules. */
  readonly canRead: typeof canReadFast
  readonly value: typeof readValue
  readonly attribute: typeof readAttribute
}

/** The direct readers. */
export const FAST_VALUES: FastValues = { canRead: canReadFast, value: readValue, attribute: readAttribute }
