/** The garbage collector, called by hand, and what is alive after it. */
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose_gc')
// Buffers are freed in the collection itself and not beside the program, some time later.
setFlagsFromString('--no-concurrent-array-buffer-sweeping')
export const collectGarbage = runInNewContext('gc') as () => void

/** Bytes of all array buffers that something still holds. */
export async function livingBufferBytes(): Promise<number> {
  // More than once, with a turn of the event loop between: it holds what was looked at through a WeakRef.
  for (let i = 0; i < 3; i++) {
    collectGarbage()
    await setImmediate()
  }
  return process.memoryUsage().arrayBuffers
}

/** True when the object is collected by one of 50 collections. */
export async function isCollected(reference: WeakRef<object>): Promise<boolean> {
  for (let i = 0; i < 50; i++) {
    collectGarbage()
    if (reference.deref() === undefined) return true
    await setImmediate()
  }
  return false
}
