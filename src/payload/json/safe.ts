/**
 * Values for `JSON.stringify`: what `message.toJSON()` gives of an attribute. They are those that `json/write.ts`
 * writes with `unrepresentable: 'json'`, as `wamp-codec inspect --json` does; only a BigInt beyond 2^53, which
 * `JSON.stringify` refuses, is its digits in a string here.
 */
import { isMap } from '../../brand.ts'
import { classify, type MapEntries } from '../classify.ts'
import {
  enterDeep,
  failure,
  firstLevels,
  inside,
  isWellFormed,
  leaveDeep,
  lengthOf,
  MAX_EXACT,
  MAX_RECURSION,
  type Nesting,
  NOT_DEEP,
  toWellFormed,
} from '../encode-value.ts'
import * as Kind from '../value-kinds.ts'
import type { Tagged } from '../values.ts'
import { base64 } from './base64.ts'

const RULES = { unrepresentable: 'json', maxDepth: MAX_RECURSION } as const

/**
 * The value in nothing but what JSON has. Bytes are a NUL and base64 in a string, a BigInt is a number, or its digits
 * in a string beyond 2^53; NaN, the infinities and what is absent in a list are null, `Tagged` is `{ tag, value }`, and
 * has its `kind` unless that is a tag. A Map is an object; a list of its entries when a key is neither text nor an
 * integer, or two keys are the same text. `path` names the value in errors. Throws EncodeError (CYCLE, DEPTH_LIMIT,
 * SIZE_LIMIT, UNENCODABLE for a detached buffer), and whatever a getter or `toJSON` of the application throws.
 */
export function jsonSafe(value: unknown, path: string): unknown {
  const nesting: Nesting = { format: 'json', rules: RULES, deep: NOT_DEEP }
  try {
    return safeOf(value, '', firstLevels(RULES), nesting)
  } catch (error) {
    throw failure(nesting, error, path)
  }
}

/** The same for each value of a dictionary: as on the wire, where none counts the dictionary as a level of its own. */
export function jsonSafeEntries(dictionary: Readonly<Record<string, unknown>>, path: string): object {
  return Object.fromEntries(
    Object.entries(dictionary).map(([key, value]) => [key, jsonSafe(value, `${path}.${key}`)]),
  )
}

/** Undefined for what is absent. `step` is the key or index of the value, `levels` as in write-fallback.ts. */
function safeOf(given: unknown, step: string | number, levels: number, nesting: Nesting): unknown {
  const { kind, value, node: of } = classify(given, step, nesting)
  const node = of as object
  switch (kind) {
    case Kind.ABSENT:
      return undefined
    case Kind.SCALAR:
    case Kind.FLOAT:
      return safeScalar(value)
    case Kind.BYTES:
      return `\0${base64(value as Uint8Array)}`
    case Kind.ARRAY:
      return safeList(value as ArrayLike<unknown>, node, levels, nesting)
    case Kind.MAP: {
      const { keys, values } = value as MapEntries
      return safeObject(keys as readonly string[], (i) => values[i], node, levels, nesting)
    }
    case Kind.TAGGED: {
      const { tag, value: inner, kind: family } = value as Tagged
      const parts = [tag, inner, family]
      const keys = family === 'tag' ? ['tag', 'value'] : ['tag', 'value', 'kind']
      return safeObject(keys, (i) => parts[i], node, levels, nesting)
    }
    default: {
      // With other keys than texts and integers.
      if (isMap(value)) return safeList([...value], node, levels, nesting)
      const keys = Object.keys(value as object)
      const object = value as Record<string, unknown>
      return safeObject(keys, (i) => object[keys[i] as string], node, levels, nesting)
    }
  }
}

function safeScalar(value: unknown): unknown {
  switch (typeof value) {
    case 'bigint':
      return value >= -MAX_EXACT && value <= MAX_EXACT ? Number(value) : String(value)
    case 'number':
      return Number.isFinite(value) ? value : null
    case 'string':
      return isWellFormed(value) ? value : toWellFormed(value)
    default:
      return value
  }
}

function safeList(list: ArrayLike<unknown>, node: object, levels: number, nesting: Nesting): unknown[] {
  const length = lengthOf(list)
  const inner = levels > 0 ? levels - 1 : enterDeep(nesting, node)
  const safe: unknown[] = []
  try {
    while (safe.length < length) safe.push(safeOf(list[safe.length], safe.length, inner, nesting) ?? null)
  } catch (error) {
    throw inside(error, node, safe.length)
  }
  if (levels === 0) leaveDeep(nesting)
  return safe
}

function safeObject(
  keys: readonly string[],
  valueAt: (i: number) => unknown,
  node: object,
  levels: number,
  nesting: Nesting,
): object {
  const inner = levels > 0 ? levels - 1 : enterDeep(nesting, node)
  const safe: [string, unknown][] = []
  let key = ''
  try {
    for (let i = 0; i < keys.length; i++) {
      key = keys[i] as string
      const value = safeOf(valueAt(i), key, inner, nesting)
      if (value !== undefined) safe.push([safeScalar(key) as string, value])
    }
  } catch (error) {
    throw inside(error, node, key)
  }
  if (levels === 0) leaveDeep(nesting)
  // Not by assignment: `__proto__` is a key like any other.
  return Object.fromEntries(safe)
}
