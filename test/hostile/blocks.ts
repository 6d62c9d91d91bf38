/**
 * Counts what JavaScript does, as steps.ts counts what the kernel does: how often V8 enters a block of src/, which its
 * counters for test coverage say, and how many bytes are made, copied, searched and made text. Counters are put into
 * what is compiled later, so this module is imported before src/ is.
 */
import { Session } from 'node:inspector/promises'
import { vi } from 'vitest'

const session = new Session()
session.connect()
await session.post('Profiler.enable')
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })

/** Blocks of src/ that were entered since the last call. */
async function takeBlocks(): Promise<number> {
  const { result } = await session.post('Profiler.takePreciseCoverage')
  const functions = result.filter(({ url }) => url.includes('/src/')).flatMap((script) => script.functions)
  return functions.flatMap(({ ranges }) => ranges).reduce((sum, { count }) => sum + count, 0)
}

/** Runs something; resolves to the blocks of src/ that were entered and the bytes that V8 went through, as one sum. */
export async function stepsOf(run: () => unknown): Promise<number> {
  const prototype = Uint8Array.prototype
  const { set, slice, copyWithin, indexOf } = prototype
  const { decode } = TextDecoder.prototype
  let copied = 0
  vi.spyOn(prototype, 'set').mockImplementation(function (this: Uint8Array, from, at) {
    copied += from.length
    set.call(this, from, at)
  })
  vi.spyOn(prototype, 'slice').mockImplementation(function (this: Uint8Array, from, to) {
    const part = slice.call(this, from, to)
    copied += part.length
    return part
  })
  vi.spyOn(prototype, 'copyWithin').mockImplementation(function (this: Uint8Array, at, from, to) {
    copied += (to ?? this.length) - from
    return copyWithin.call(this, at, from, to)
  })
  vi.spyOn(prototype, 'indexOf').mockImplementation(function (this: Uint8Array, byte, from = 0) {
    const found = indexOf.call(this, byte, from)
    copied += (found < 0 ? this.length : found) - from
    return found
  })
  vi.spyOn(TextDecoder.prototype, 'decode').mockImplementation(function (this: TextDecoder, bytes) {
    copied += bytes?.byteLength ?? 0
    return decode.call(this, bytes)
  })
  const Bytes = Uint8Array
  globalThis.Uint8Array = new Proxy(Bytes, {
    construct(target, args, made) {
      if (typeof args[0] === 'number') copied += args[0]
      return Reflect.construct(target, args, made) as object
    },
  })
  try {
    await takeBlocks()
    run()
    return (await takeBlocks()) + copied
  } finally {
    globalThis.Uint8Array = Bytes
    vi.restoreAllMocks()
  }
}
