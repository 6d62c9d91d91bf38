/**
 * Buffers that must not be transferred to another thread, because others have parts of them. Only Node can say so;
 * where it cannot, code that hands out parts of a buffer has to notice that it is gone.
 */

/** What Node's module of threads has for it. */
interface Threads {
  markAsUntransferable?(buffer: ArrayBufferLike): void
}

/** Node's `process`: the module is asked for by name, so that no bundler looks for it. */
interface NodeProcess {
  getBuiltinModule?(name: string): Threads | undefined
}

let mark: ((buffer: ArrayBufferLike) => void) | null | undefined

/** From now on `postMessage` and `structuredClone` refuse to transfer the buffer, where the runtime can. */
export function pin(buffer: ArrayBufferLike): void {
  if (mark === undefined) mark = markOf()
  mark?.(buffer)
}

function markOf(): ((buffer: ArrayBufferLike) => void) | null {
  try {
    const { process } = globalThis as { process?: NodeProcess }
    const threads = process?.getBuiltinModule?.('node:worker_threads')
    const { markAsUntransferable } = threads ?? {}
    if (markAsUntransferable === undefined) return null
    // Runtimes that only pretend to have it throw when it is called.
    markAsUntransferable(new ArrayBuffer(1))
    return markAsUntransferable
  } catch {
    return null
  }
}
