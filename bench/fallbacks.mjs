/**
 * `node bench/fallbacks.mjs`: how much longer the same work takes with the kernels for runtimes without SIMD, and
 * without WebAssembly. All three run in turns in one process; docs/installing.md has the result. With `node --jitless`
 * there is no WebAssembly to compare with, and it prints the times only.
 */
import { readFileSync } from 'node:fs'
import { createCodec, EventMessage } from '../dist/index.js'
import javascript from '../dist/kernel-scalar.js'

const compiled = (name) =>
  new WebAssembly.Module(readFileSync(new URL(`../dist/${name}.wasm`, import.meta.url)))
const hasWasm = typeof WebAssembly !== 'undefined'
const KERNELS = {
  ...(hasWasm ? { simd: compiled('kernel-simd'), scalar: compiled('kernel-scalar') } : {}),
  javascript,
}

const RECORD = {
  id: 4711,
  name: 'Ünïcode and plain text',
  price: 12.5,
  tags: ['a', 'bc'],
  isOpen: true,
  note: null,
}
const SIZES = { '100 B': 1, '16 KB': 160 }
const FORMATS = ['json', 'msgpack', 'cbor']

const WORK = {
  'decode, no values': (serializer, frame) => serializer.decode(frame),
  'decode, all values': (serializer, frame) => serializer.decode(frame).args,
}

/** Nanoseconds of one operation, the best of a few rounds each. */
function measure(ways, rounds, operations) {
  const best = new Map(Object.keys(ways).map((name) => [name, Number.POSITIVE_INFINITY]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(ways)) {
      const began = performance.now()
      for (let i = 0; i < operations; i++) run()
      best.set(name, Math.min(best.get(name), ((performance.now() - began) * 1e6) / operations))
    }
  }
  return best
}

const codecs = Object.entries(KERNELS).map(([name, module]) => [name, createCodec({ module, cache: false })])
for (const [work, run] of Object.entries(WORK)) {
  for (const [size, count] of Object.entries(SIZES)) {
    for (const format of FORMATS) {
      const args = Array.from({ length: count }, (_, i) => ({ ...RECORD, id: i }))
      const event = new EventMessage({ subscription: 1, publication: 2, args })
      const ways = Object.fromEntries(
        codecs.map(([name, codec]) => {
          const serializer = codec.serializer(format)
          const frame = serializer.encode(event)
          return [name, () => run(serializer, frame)]
        }),
      )
      const times = measure(ways, 30, count > 1 ? 40 : 2000)
      const base = times.get('simd')
      const text = [...times].map(([name, ns]) =>
        base === undefined
          ? `${name} ${ns.toFixed(0)} ns`
          : `${name} ${(ns / base).toFixed(2)} (${ns.toFixed(0)} ns)`,
      )
      console.log(`${work}, ${size}, ${format}: ${text.join(', ')}`)
    }
  }
}
