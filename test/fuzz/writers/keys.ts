/** What keys are for the model of the writers, in formats whose keys are texts and in the paths of errors. */
import type { Spec } from './spec.ts'

/** A key or an index in a path. */
export type Step = string | number

/** Up to here a number is an integer on the wire. */
export const EXACT: number = 2 ** 53

/** The path of an error. */
export function pathOf(prefix: string, steps: readonly Step[]): string {
  return steps.reduce((path: string, step) => {
    if (typeof step === 'number') return `${path}[${step}]`
    if (step.length <= 64 && /^[\w$]+$/.test(step) && !/^\d/.test(step))
      return path ? `${path}.${step}` : step
    return `${path}[${JSON.stringify(step.length > 64 ? `${step.slice(0, 64)}…` : step)}]`
  }, prefix)
}

/** True for a text. */
export function isText(key: Spec): key is { is: 'value'; value: string } {
  return key.is === 'value' && typeof key.value === 'string'
}

/** The text of a key where a format has no others; null when there is none. */
export function textOfKey(key: Spec): string | null {
  if (key.is !== 'value') return null
  const { value } = key
  const isInteger = typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= EXACT
  return typeof value === 'string' || typeof value === 'bigint' || isInteger ? String(value) : null
}

/** How a path shows a key inside of containers with these names. */
export function stepOf(key: Spec, open: readonly string[]): Step {
  if (key.is === 'value' && typeof key.value === 'number') return key.value
  if (key.is === 'value' && typeof key.value === 'bigint') return String(key.value)
  return isText(key) ? key.value : `<${nameOf(key, open)}>`
}

/** What the errors call a key inside of containers with these names. */
export function nameOf(key: Spec, open: readonly string[]): string {
  switch (key.is) {
    case 'value':
      if (key.value === null || key.value === undefined) return String(key.value)
      return typeof key.value === 'number' ? 'a float' : `a ${typeof key.value}`
    case 'function':
    case 'symbol':
      return `a ${key.is}`
    case 'float':
      return 'a float'
    case 'array':
    case 'sparse':
      return 'a list'
    case 'json':
      return key.on === 'array' ? 'a list' : 'a map'
    case 'up':
      return open.at(-key.levels) as string
    case 'tagged':
      return 'a Tagged'
    case 'numbers':
      return 'bytes'
    case 'bytes':
    case 'detached':
      return key.how === 'ArrayBuffer' || key.how === 'SharedArrayBuffer' ? 'a map' : 'bytes'
    default:
      return 'a map'
  }
}
