/** A Worker that changes shared bytes for as long as it lives: the two states in turn, byte by byte. */
import { workerData } from 'node:worker_threads'

const { shared, states, started } = workerData
const bytes = new Uint8Array(shared)
const flag = new Int32Array(started)
Atomics.store(flag, 0, 1)
Atomics.notify(flag, 0)
for (let i = 0; ; i++) {
  const state = states[i & 1]
  for (let at = 0; at < state.length; at++) bytes[at] = state[at]
}
