/** Values directly out of a kernel's memory (src/payload/direct.ts), as the façade reads them. */

import { FORMATS } from '../../src/formats/full.ts'
import { OK, RECORD_WIDE_TEXTS } from '../../src/kernel/abi.ts'
import type { Kernel } from '../../src/kernel/kernel.ts'
import { DEFAULT_POLICY, type Policy } from '../../src/limits.ts'
import { NOT_DIRECT, readDirect } from '../../src/payload/direct.ts'
import { ARGS, type Root } from '../../src/payload/direct-keys.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'

/** The binary ones; short JSON is read directly, too. */
export type DirectFormat = 'cbor' | 'msgpack'
export const DIRECT_FORMATS: readonly DirectFormat[] = ['msgpack', 'cbor']

/** Bytes of something else in front of the value, and behind it: what is read there is wrong. */
const BEFORE = 3
const BEHIND = 40

/**
 * The value, read directly between other bytes; NOT_DIRECT for what is rare, and for what the kernel refuses. What is
 * all ASCII is read as such, unless `isCareful`.
 */
export function directly(
  kernel: Kernel,
  format: PayloadFormatName,
  bytes: Uint8Array,
  changes: Partial<Policy> = {},
  root: Root = ARGS,
  isCareful: boolean = false,
): unknown {
  const frame = new Uint8Array(BEFORE + bytes.length + BEHIND).fill(0x61)
  frame.set(bytes, BEFORE)
  kernel.load(frame)
  const { id } = FORMATS[format]
  const policy = { ...DEFAULT_POLICY, ...changes }
  if (kernel.check(BEFORE, bytes.length, id, 0, policy) !== OK) return NOT_DIRECT
  const wideTexts = isCareful ? 1 : (kernel.words[kernel.record + RECORD_WIDE_TEXTS] as number)
  const checked = { format: FORMATS[format], bytes: frame, base: BEFORE, loadedAt: BEFORE, wideTexts }
  return readDirect(kernel, checked, 0, bytes.length, root, policy)
}
