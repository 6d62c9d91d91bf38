/**
 * What all writers of values share: the rules, how deep a value may be nested, and the errors, which name the place of
 * what is wrong. A place is put together only when there is an error: each container adds its step on the way out.
 */
import { EncodeError, type ErrorCode } from '../errors.ts'
import type { Policy } from '../limits.ts'
import type { PayloadFormatName } from './format-names.ts'

/** The part of the policy that encoding a value needs. */
export type EncodeRules = Pick<Policy, 'unrepresentable' | 'maxDepth'>

/** Integers up to here are exact in a double and are written as integers; 2^53 itself is. */
export const MAX_EXACT: number = 2 ** 53

/**
 * Elements of one array. A sparse array may claim 4 billion and hold one; no message has room for so many. More is
 * SIZE_LIMIT before any work.
 */
export const MAX_ELEMENTS: number = 2 ** 25

/**
 * The writers recurse over the value, so whatever `maxDepth` says they stop here: the default stack of Node 20 on
 * x86-64 holds 3,700 levels (2026), and the application has used a part of it.
 */
export const MAX_RECURSION: number = 1000

/** Levels of values that are not looked at for cycles: most values have fewer. */
const UNCHECKED_DEPTH = 12

/** Keys in an error path are cut here: a path is for people, and a key may have 64 KB. */
const PATH_KEY_LENGTH = 64

/** True for a number that is written as an integer: integral, within ±2^53, not -0. */
export function isExactInteger(value: number): boolean {
  return (
    Number.isInteger(value) && value <= MAX_EXACT && value >= -MAX_EXACT && (value !== 0 || 1 / value > 0)
  )
}

/** True for text without lone surrogates. */
export function isWellFormed(text: string): boolean {
  return text.isWellFormed()
}

/** Index of the first surrogate without its partner; -1 when there is none. */
export function loneSurrogateAt(text: string): number {
  return text.search(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/)
}

/** The text with U+FFFD for each lone surrogate. */
export function toWellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd')
}

/** Where a value is written: what the rules say, and the containers beyond the first levels that are open. */
export interface Nesting {
  format: PayloadFormatName
  rules: EncodeRules
  deep: object[]
}

/** No containers. */
export const NOT_DEEP: object[] = []

/** What is wrong with a value, while the containers around it add their steps. It never leaves the writers. */
export class Fault {
  readonly code: ErrorCode
  readonly reason: string
  /** From the inside out: the containers around the value, and where in each of them it is. */
  readonly nodes: object[]
  readonly steps: (string | number)[]

  constructor(code: ErrorCode, reason: string) {
    this.code = code
    this.reason = reason
    this.nodes = []
    this.steps = []
  }
}

/** What was thrown inside of a container, at a step: any other error than a fault passes as it is. */
export function inside(error: unknown, node: object, step: string | number): unknown {
  if (error instanceof Fault) {
    error.nodes.push(node)
    error.steps.push(step)
  }
  return error
}

/**
 * What was thrown inside of a whole value: of a fault an error with its place,
 * `cannot encode args[0].a to json: NaN has no JSON form`.
 */
export function failure(nesting: Nesting, error: unknown, path: string): unknown {
  const { format } = nesting
  // No value of the application is kept.
  nesting.deep = NOT_DEEP
  if (!(error instanceof Fault)) return error
  const nodes = error.nodes.reverse()
  const steps = error.steps.reverse()
  let { code, reason } = error
  // Too deep may mean that a container is inside itself: the place where it is for the first time.
  const again = code === 'DEPTH_LIMIT' ? nodes.findIndex((node, i) => nodes.indexOf(node) < i) : -1
  if (again >= 0) {
    code = 'CYCLE'
    reason = 'the value contains itself'
    steps.length = again
  }
  const place = pathText(path, steps)
  const text = `cannot encode ${place || 'the value'} to ${format}: ${reason}`
  return new EncodeError(code, text, { format, path: place || null })
}

/** How many levels a value may have that are not looked at. */
export function firstLevels({ maxDepth }: EncodeRules): number {
  return maxDepth < UNCHECKED_DEPTH ? maxDepth : UNCHECKED_DEPTH
}

/**
 * Opens a container behind those levels. Throws DEPTH_LIMIT when there are too many, or when the container is open
 * already, which `failure` calls a cycle. Only what it is inside of is compared: shared values are fine. Returns 0, the
 * levels inside of it that are not looked at.
 */
export function enterDeep(nesting: Nesting, node: object): number {
  const { rules, deep } = nesting
  // The list of a message is a level around args that `maxDepth` does not count.
  const maxDepth = Math.min(rules.maxDepth, MAX_RECURSION + 1)
  if (firstLevels(rules) + deep.length >= maxDepth || deep.includes(node)) {
    const fault = new Fault('DEPTH_LIMIT', `nested deeper than ${maxDepth}`)
    fault.nodes.push(node)
    throw fault
  }
  if (deep.length === 0) nesting.deep = [node]
  else deep.push(node)
  return 0
}

/** Closes the container that was opened last behind those levels. */
export function leaveDeep({ deep }: Nesting): void {
  deep.pop()
}

/** The number of elements of an array, read once. Throws SIZE_LIMIT, and UNENCODABLE when a Proxy lies. */
export function lengthOf({ length }: { readonly length: number }): number {
  if (!Number.isInteger(length) || length < 0) throw new Fault('UNENCODABLE', 'its length is not a number')
  if (length > MAX_ELEMENTS) throw new Fault('SIZE_LIMIT', `an array of ${length} elements is too long`)
  return length
}

/** Begins a value. */
export function beginValue(nesting: Nesting, format: PayloadFormatName, rules: EncodeRules): void {
  nesting.format = format
  nesting.rules = rules
  nesting.deep = NOT_DEEP
}

/** True when what a format cannot carry becomes what `JSON.stringify` makes of it. */
export function isLenient({ rules }: Nesting): boolean {
  return rules.unrepresentable === 'json'
}

/** The path of a value as JavaScript text: `args[0].a`, `kwargs["a b"][3]`. */
export function pathText(prefix: string, steps: readonly (string | number)[]): string {
  let path = prefix
  for (const step of steps) path = stepInto(path, step)
  return path
}

/** The path of an element or entry of the value at `path`. */
export function stepInto(path: string, step: string | number): string {
  if (typeof step === 'number') return `${path}[${step}]`
  if (step.length <= PATH_KEY_LENGTH && /^[A-Za-z_$][\w$]*$/.test(step)) {
    return path === '' ? step : `${path}.${step}`
  }
  const text = step.length <= PATH_KEY_LENGTH ? step : `${step.slice(0, PATH_KEY_LENGTH)}…`
  return `${path}[${JSON.stringify(text)}]`
}

const owns = Object.prototype.hasOwnProperty
const objectPrototype: object = Object.prototype
const arrayPrototype: object = Array.prototype

/**
 * True for an object of no class that is written by its own keys, as most objects are. No property is read: with
 * thousands of key sets each read of `constructor` or `toJSON` takes 100 ns and more, because the engine's cache of
 * properties is too small; the two questions here take 18 ns, whatever the keys (Node 20, x86-64, 2026). What has no
 * prototype is a hash table to engines, for which `for in` has no short way: one of them would slow down all others.
 */
export function isPlainObject(value: object): value is Readonly<Record<string, unknown>> {
  return isOf(objectPrototype, value)
}

/** True for an array of no class without a `toJSON`, as nearly all arrays are. No property is read. */
export function isPlainArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && isOf(arrayPrototype, value)
}

function isOf(prototype: object & { readonly toJSON?: unknown }, value: object): boolean {
  return (
    Object.getPrototypeOf(value) === prototype &&
    !owns.call(value, 'toJSON') &&
    typeof prototype.toJSON !== 'function'
  )
}
