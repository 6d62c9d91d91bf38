/**
 * A Worker that changes shared bytes for as long as it lives: the two states in turn, byte by byte. It counts how often
 * it has written one.
 */
import { workerData } from 'node:worker_threads'

const { shared, states, written } = workerData
const bytes = new Uint8Array(shared)
const count = new Int32Array(written)
for (let i = 0; ; i++) {
  const state = states[i & 1]
  for (let at = 0; at < state.length; at++) bytes[at] = state[at]
  Atomics.add(count, 0, 1)
}
