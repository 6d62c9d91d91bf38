/** The garbage collector, called by hand, and what is alive after it. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose_gc')
export const collectGarbage = runInNewContext('gc') as () => void

/** Bytes of all array buffers that something still holds. */
export async function livingBufferBytes(): Promise<number> {
  // Twice, with a turn of the event loop between: buffers are freed in the background.
  for (let i = 0; i < 3; i++) {
    collectGarbage()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return process.memoryUsage().arrayBuffers
}

/** True when the object is collected within a second. */
export async function isCollected(reference: WeakRef<object>): Promise<boolean> {
  for (let i = 0; i < 50; i++) {
    collectGarbage()
    if (reference.deref() === undefined) return true
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return false
}
