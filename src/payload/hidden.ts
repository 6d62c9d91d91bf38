/**
 * Objects that hide what they are: built-ins behind a Proxy, or of a subclass with a `Symbol.toStringTag` of its own.
 * Nothing of what they hold is an own property, so as dictionaries they would lose it in silence.
 */

/** The classes whose brand such an object does not show. */
const HIDING: readonly (abstract new (...args: never[]) => object)[] = [
  ...[Map, Set, WeakMap, WeakSet, WeakRef, Promise, Error, RegExp, ArrayBuffer, DataView],
  ...[Object.getPrototypeOf(Uint8Array), Number, String, Boolean, BigInt],
  // Browsers hide it unless the page is isolated.
  ...(typeof SharedArrayBuffer === 'undefined' ? [] : [SharedArrayBuffer]),
]

/** Their names by their prototypes. */
const NAMES: ReadonlyMap<unknown, string> = new Map(HIDING.map(({ prototype, name }) => [prototype, name]))

/** The class that is hidden in an object of which nothing else is known; undefined for none. */
export function hiddenIn(object: object): string | undefined {
  let prototype: unknown = Object.getPrototypeOf(object)
  while (prototype !== Object.prototype && prototype !== null) {
    const name = NAMES.get(prototype)
    if (name !== undefined) return name
    prototype = Object.getPrototypeOf(prototype)
  }
  return undefined
}
