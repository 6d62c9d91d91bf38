/**
 * Keys that Object.prototype has: an assignment would hand them to a setter, or find them read-only. Readers that know
 * keys assign them without a look, so they must not know such a key, and forget those that they know when it gets one.
 */
import { watchClashes } from './decode-value.ts'

const objectPrototype: object = Object.prototype

/** What it has by the language: readers never know these keys. */
const LANGUAGE: ReadonlySet<string> = new Set([
  ...[
    '__proto__',
    '__defineGetter__',
    '__defineSetter__',
    '__lookupGetter__',
    '__lookupSetter__',
    'constructor',
  ],
  ...['hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable', 'toLocaleString', 'toString', 'valueOf'],
])

/** Keys beside them that it had when they came last. */
const clashed: Set<string> = new Set()

/** Counts the keys that it has got. */
export let clashes = 0

function clash(key: string): void {
  if (LANGUAGE.has(key) || clashed.has(key)) return
  clashed.add(key)
  clashes++
}

/**
 * True when a key may become known to a reader. A program may put more on Object.prototype at any time, so the answer
 * is good for as long as no code of the application runs.
 */
export function isForReaders(key: string): boolean {
  watchClashes(clash)
  if (key in objectPrototype) return false
  clashed.delete(key)
  return true
}

/**
 * True when each of `count` assignments has made a key of the object, or met one: by keys that were looked at some time
 * before. One question for each key would take as long as the assignments (Node 20, x86-64, 2026).
 */
export function hasKeys(object: object, count: number): boolean {
  if (Object.keys(object).length === count) return true
  // A key that came twice, unless there is a setter.
  return Object.getOwnPropertyNames(objectPrototype).every((name) => LANGUAGE.has(name))
}
