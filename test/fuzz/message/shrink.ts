/** Makes a program smaller that shows a fault: fewer steps, then fewer and simpler values. Greedy, and bounded. */
import { Float64 } from '../../../src/index.ts'
import type { Step } from './programs.ts'
import { setOwn } from './values.ts'

/** Runs of the program, at most: each makes a new kernel. */
const MAX_RUNS = 400

/** The smallest program that was found with the same fault; `shows` runs one from the beginning. */
export function shrunk(
  program: readonly Step[],
  shows: (program: readonly Step[]) => boolean,
): readonly Step[] {
  let best = program
  let runs = 0
  const takes = (smaller: readonly Step[]): boolean => {
    if (runs >= MAX_RUNS) return false
    runs++
    if (!shows(smaller)) return false
    best = smaller
    return true
  }
  for (let isBetter = true; isBetter; ) {
    isBetter = false
    for (let i = best.length - 1; i >= 0; i--) if (takes(best.filter((_, at) => at !== i))) isBetter = true
    for (let i = 0; i < best.length; i++) if (shrinkStep(() => best, i, takes)) isBetter = true
    if (runs >= MAX_RUNS) return best
  }
  return best
}

/** Tries each smaller form of a step's values until none shows the fault any more. */
function shrinkStep(
  program: () => readonly Step[],
  i: number,
  takes: (smaller: readonly Step[]) => boolean,
): boolean {
  let isBetter = false
  for (let again = true; again; ) {
    again = false
    const step = program()[i]
    if (step === undefined) return isBetter
    for (const name of ['attributes', 'value', 'given'] as const) {
      const value = (step as Readonly<Record<string, unknown>>)[name]
      for (const smaller of smallerForms(value)) {
        if (!takes(program().map((other, at) => (at === i ? ({ ...step, [name]: smaller } as Step) : other))))
          continue
        isBetter = true
        again = true
        break
      }
    }
  }
  return isBetter
}

/** Forms of a value with one thing less, the largest steps first. */
export function* smallerForms(value: unknown): Generator<unknown> {
  if (typeof value === 'string') {
    if (value.length > 1) yield value.slice(0, value.length >> 1)
    return
  }
  if (typeof value !== 'object' || value === null || value instanceof Float64) return
  if (value instanceof Uint8Array) {
    if (value.length > 0) yield value.slice(0, value.length >> 1)
    return
  }
  if (Array.isArray(value)) {
    if (value.length > 3) yield value.slice(0, value.length >> 1)
    for (let i = value.length - 1; i >= 0; i--) yield value.filter((_, at) => at !== i)
    for (const [i, item] of value.entries()) {
      for (const smaller of smallerForms(item)) yield value.map((other, at) => (at === i ? smaller : other))
    }
    return
  }
  const isMap = value instanceof Map
  const entries: [string, unknown][] = isMap ? [...value] : Object.entries(value)
  const made = (parts: readonly [string, unknown][]): unknown => {
    if (isMap) return new Map(parts)
    const object = {}
    for (const [key, item] of parts) setOwn(object, key, item)
    return object
  }
  for (let i = entries.length - 1; i >= 0; i--) yield made(entries.filter((_, at) => at !== i))
  for (const [i, [key, item]] of entries.entries()) {
    for (const smaller of smallerForms(item)) {
      yield made(entries.map((entry, at) => (at === i ? [key, smaller] : entry)))
    }
  }
}
