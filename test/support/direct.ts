/** Values directly out of a kernel's memory (src/payload/direct.ts), as the façade reads them. */

import { expect } from 'vitest'
import { FORMATS } from '../../src/formats/full.ts'
import { OK, RECORD_WIDE_TEXTS } from '../../src/kernel/abi.ts'
import type { Kernel } from '../../src/kernel/kernel.ts'
import { DEFAULT_POLICY, type Policy } from '../../src/limits.ts'
import { NOT_DIRECT, readDirect } from '../../src/payload/direct.ts'
import { ARGS, type KeyContext, KWARGS } from '../../src/payload/direct-keys.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'
import { decode } from '../unit/payload/formats.ts'
import { sameValue } from './same-value.ts'

/** The binary ones; short JSON is read directly, too. */
export type DirectFormat = 'cbor' | 'msgpack'
export const DIRECT_FORMATS: readonly DirectFormat[] = ['msgpack', 'cbor']

/** Bytes of something else in front of the value, and behind it: what is read there is wrong. */
const BEFORE = 3
const BEHIND = 40

/**
 * The value, read directly between other bytes; NOT_DIRECT for what needs the fallback, and for what the kernel
 * refuses. What is all ASCII is read as such, unless `isCareful`.
 */
export function directly(
  kernel: Kernel,
  format: PayloadFormatName,
  bytes: Uint8Array,
  changes: Partial<Policy> = {},
  context: KeyContext = ARGS,
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
  return readDirect(kernel, checked, 0, bytes.length, context, policy)
}

/** Reads the value directly, by both ways to read texts; fails unless that is what the decoder reads. */
export function expectDirectly(
  kernel: Kernel,
  format: PayloadFormatName,
  bytes: Uint8Array,
  changes: Partial<Policy> = {},
): unknown {
  const value = directly(kernel, format, bytes, changes)
  const careful = directly(kernel, format, bytes, changes, KWARGS, true)
  const wanted = decode(format, bytes, changes)
  const isSame = sameValue(value, wanted) && sameValue(careful, wanted)
  expect(isSame ? null : `${format} ${Buffer.from(bytes).toString('hex').slice(0, 2000)}`).toBeNull()
  return value
}
