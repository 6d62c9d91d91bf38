/** Values for the fuzz of the writers that are large in one way: deep, or wide. */
import type { Random } from '../../support/random.ts'
import { ARRAYS, OBJECTS, type Spec } from './spec.ts'

/** As deep as a value may be, or a little more or less. Around the leaf, or around an empty array. */
export function deepSpec(random: Random, maxDepth: number, leaf: Spec, newId: () => number): Spec {
  const levels = Math.min(maxDepth, 1000) + random.pick([-2, -1, 0, 0, 1, 1, 2])
  const isLeaf = random.int(0, 2) > 0
  let spec: Spec = isLeaf ? leaf : { is: 'array', how: 'plain', id: newId(), items: [] }
  for (let i = isLeaf ? 0 : 1; i < levels; i++) spec = around(random, spec, newId())
  return spec
}

function around(random: Random, inner: Spec, id: number): Spec {
  switch (random.int(0, 7)) {
    case 0:
      return { is: 'map', how: 'plain', entries: [[{ is: 'value', value: 'a' }, inner]] }
    case 1: {
      const gives: Spec = { is: 'array', how: 'plain', id, items: [inner] }
      return { is: 'json', on: 'own', id, gives, aside: null }
    }
    case 2:
      return { is: 'object', how: 'class', id, entries: [['a', inner]] }
    case 3: {
      const first = ['a', { is: 'value', value: 1 }] as const
      return { is: 'object', how: 'plain', id, entries: [first, ['b', inner]] }
    }
    case 4:
      return { is: 'object', how: 'plain', id, entries: [['a', inner]] }
    default:
      return { is: 'array', how: 'plain', id, items: [inner] }
  }
}

/** Many elements or keys: sizes of 16 and 32 bits, and results that move to another buffer. */
export function wideSpec(random: Random, id: number): Spec {
  const count = random.int(0, 30) === 0 ? 65_537 : random.pick([255, 256, 257, 300, 1000])
  const start = random.int(-200, 70_000)
  const kind = random.int(0, 2)
  const parts = Array.from({ length: count }, (_, i): Spec => {
    const number = start + i
    return { is: 'value', value: kind === 0 ? number : kind === 1 ? number / 8 : String(number) }
  })
  if (random.int(0, 1) === 0) return { is: 'array', how: random.pick(ARRAYS), id, items: parts }
  const entries = parts.map((part, i) => [`key ${i}`, part] as const)
  return { is: 'object', how: random.pick(OBJECTS), id, entries }
}
