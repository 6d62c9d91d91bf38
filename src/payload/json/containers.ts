/** Arrays and maps of JSON that are open while they are read without recursion. */
import { isMap } from '../../brand.ts'
import { type DecodeRules, setOwn } from '../decode-value.ts'
import { CLOSE_ARRAY, CLOSE_MAP, OPEN_ARRAY } from './syntax.ts'

/** A container that is open. */
export interface Open {
  readonly container: unknown[] | Record<string, unknown> | Map<string, unknown>
  /** The mark that ends it. */
  readonly close: number
  /** Of the pair that is read. */
  key: string
}

/** A new container that begins with a mark. */
export function opened(code: number, maps: DecodeRules['maps']): Open {
  if (code === OPEN_ARRAY) return { container: [], close: CLOSE_ARRAY, key: '' }
  return { container: maps === 'map' ? new Map() : {}, close: CLOSE_MAP, key: '' }
}

/** Puts a value into a container. */
export function add({ container, key }: Open, made: unknown): void {
  if (Array.isArray(container)) container.push(made)
  else if (isMap(container)) container.set(key, made)
  else setOwn(container, key, made)
}

/** True when the container is a map that has the key. */
export function has({ container }: Open, key: string): boolean {
  return isMap(container) ? container.has(key) : Object.hasOwn(container, key)
}

/** How many keys a map has; infinitely many for what is none. */
export function keysOf(made: unknown): number {
  const isMade = typeof made === 'object' && made !== null && Object.getPrototypeOf(made) === Object.prototype
  return isMade ? Object.keys(made).length : Number.POSITIVE_INFINITY
}
