/** Views against decoded values: every way that a view has, down to every leaf. Without `expect`: there are many. */
import { type Codec, ERROR_CODES, type PayloadView, ProtocolError, Tagged } from '../../src/index.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'
import { sameValue } from './same-value.ts'

/** Of wider containers some elements are looked at, after one way through all of them. */
const WIDE = 2000
/** Elements that are asked for by index or key. */
const ASKED = 24
const NO_KEY = 'no such key'

/** The kind that the view of a value has. */
export function kindOf(value: unknown): string {
  if (value instanceof Tagged) return kindOf(value.value)
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (value instanceof Uint8Array) return 'bytes'
  return typeof value === 'object' ? 'map' : typeof value
}

/** The entries of a map as an object or a Map. */
export function entriesOf(value: object): [unknown, unknown][] {
  return value instanceof Map ? [...value] : Object.entries(value)
}

function sameView(view: PayloadView | undefined, value: unknown): boolean {
  return view !== undefined && view.kind === kindOf(value) && sameValue(view.toValue(), value)
}

/** Some of the indices below `count`: the first ones, the last one, and a few between, in an order of no order. */
function someOf(count: number): number[] {
  if (count <= ASKED) return Array.from({ length: count }, (_, i) => count - 1 - i)
  const between = Array.from({ length: ASKED - 2 }, (_, i) => Math.floor((i * 7919) % count))
  return [count - 1, 0, ...between]
}

/** What is in a Tagged: a view sees through it. */
function insideOf(value: unknown): unknown {
  return value instanceof Tagged ? insideOf(value.value) : value
}

/** Where a view and what decoding gave differ, going all ways; null when they do not. */
export function viewDiffers(
  view: PayloadView | undefined,
  value: unknown,
  path: string = 'value',
): string | null {
  if (view === undefined) return `${path}: no view`
  const kind = kindOf(value)
  const inner = insideOf(value)
  if (view.kind !== kind) return `${path}: ${view.kind} for ${kind}`
  if (!sameValue(view.toValue(), value)) return `${path}: another value`
  if (view.path() === undefined) return `${path}: no way to itself`
  const wrong = [kind === 'array' ? view.get('0') : view.at(0), view.at(-1), view.at(0.5), view.get(NO_KEY)]
  if (wrong.some((each) => each !== undefined)) return `${path}: something where nothing is`
  if (kind === 'array') return arrayDiffers(view, inner as unknown[], path)
  if (kind === 'map') return mapDiffers(view, inner as object, path)
  const length = typeof inner === 'string' || inner instanceof Uint8Array ? inner.length : 0
  if (view.length !== length) return `${path}: ${view.length} for ${length}`
  return [...view].length > 0 || [...view.keys()].length > 0 ? `${path}: elements of a scalar` : null
}

function arrayDiffers(view: PayloadView, list: readonly unknown[], path: string): string | null {
  if (view.length !== list.length || [...view.keys()].length > 0) return `${path}: ${view.length} elements`
  if (view.at(list.length) !== undefined) return `${path}: an element beyond the end`
  let i = 0
  for (const item of view) {
    const found = i < WIDE ? viewDiffers(item, list[i], `${path}[${i}]`) : null
    if (found !== null) return found
    i++
  }
  if (i !== list.length) return `${path}: ${i} elements on the way through`
  // From both ends: no way may depend on what was read before.
  const bad = someOf(list.length).find((at) => !sameView(view.at(at), list[at]))
  return bad === undefined ? null : `${path}[${bad}], by its index`
}

/** Whether a view lists a key so: an integer is its text, unless that is a key as well, or it is a float. */
function isListed(listed: unknown, key: unknown, values: ReadonlyMap<unknown, unknown>): boolean {
  if (sameValue(listed, key)) return true
  const isInteger = typeof key === 'bigint' || Number.isSafeInteger(key)
  return isInteger && listed === String(key) && !values.has(listed)
}

function mapDiffers(view: PayloadView, map: object, path: string): string | null {
  const entries = entriesOf(map)
  const values = new Map(entries)
  // A text finds an integer as well, so it is the wrong question where both are there.
  const asked = someOf(entries.length)
    .map((i) => entries[i] as [unknown, unknown])
    .filter(([key]) => typeof key === 'string' && !isBoth(key, values))
  const byKey = (): string | null => {
    const bad = asked.find(([key, item]) => !sameView(view.get(key), item))
    return bad === undefined ? null : `${path}.${bad[0]}, by its key`
  }
  // Before and after `keys`, which remembers places.
  const first = byKey()
  if (first !== null) return first
  if (view.length !== entries.length) return `${path}: ${view.length} keys for ${entries.length}`
  const keys = [...view.keys()] as unknown[]
  // Objects have another order than the bytes, and texts only.
  const isGood = (key: unknown, i: number): boolean =>
    map instanceof Map ? isListed(key, entries[i]?.[0], values) : values.has(key)
  if (keys.length !== entries.length || !keys.every(isGood)) return `${path}: other keys`
  let i = 0
  for (const item of view) {
    const key = keys[i]
    const expected = map instanceof Map ? entries[i]?.[1] : values.get(key)
    const found = i < WIDE ? viewDiffers(item, expected, `${path}[${i}]`) : null
    if (found !== null) return found
    const isClear = typeof key !== 'string' || !isBoth(key, values)
    if (i < ASKED && isClear && !sameView(view.get(key), expected)) return `${path}: key ${i}, as listed`
    i++
  }
  return i === keys.length ? byKey() : `${path}: ${i} values on the way through`
}

/** True when the map has a text and the integer with these digits. */
function isBoth(text: string, values: ReadonlyMap<unknown, unknown>): boolean {
  return /^-?\d+$/.test(text) && values.has(text) && (values.has(Number(text)) || values.has(BigInt(text)))
}

/**
 * Asks a view for everything, of bytes that are no longer what was checked; `budget` bounds the views that are looked
 * at. What is wrong with the errors that came: each must be a ProtocolError of the format, with a code of the closed
 * list and a place before `end`; null when nothing is.
 */
export function misreads(
  views: readonly PayloadView[],
  format: string,
  end: number,
  budget: number,
): string | null {
  const left = [...views]
  let wrong: string | null = null
  const ask = <T>(read: () => T): T | null => {
    try {
      return read()
    } catch (error) {
      wrong ??= errorFault(error, format, end)
      return null
    }
  }
  for (let looked = 0; looked < budget && wrong === null; looked++) {
    const view = left.pop()
    if (view === undefined) break
    const length = ask(() => view.length) ?? 0
    ask(() => view.kind)
    ask(() => view.toValue())
    ask(() => view.path('a', 0, 'name'))
    ask(() => [...view.keys()].length)
    for (const inner of [ask(() => view.at(length - 1)), ask(() => view.get('a'))])
      if (inner) left.push(inner)
    ask(() => {
      let i = 0
      for (const inner of view) if (++i <= 20) left.push(inner)
    })
  }
  return wrong
}

function errorFault(error: unknown, format: string, end: number): string | null {
  if (!(error instanceof ProtocolError)) return `threw ${String(error)}`
  if (!ERROR_CODES.includes(error.code)) return `threw the code ${error.code}`
  if (error.format !== format) return `${error.code} of the format ${error.format}`
  const { offset } = error
  return offset === null || !(offset >= 0 && offset <= end) ? `${error.code} at ${offset}` : null
}

/** A value of the format that is as long as `bytes` at least, with views of it and of what is in it, all checked. */
export function viewsToSpoil(
  codec: Codec,
  format: PayloadFormatName,
  length: number,
): { bytes: Uint8Array; views: PayloadView[] } {
  const inner = { a: [1, [2.5, { name: 'x' }], 'text'], b: new Uint8Array(3) }
  const payload = codec.payload(format)
  const bytes = payload.encode([inner, 'y'.repeat(length), [[[1]]]]).slice()
  const root = payload.view(bytes)
  const views = [root, ...root]
  for (const step of [['a'], ['a', 1], ['a', 1, 1], ['b']]) {
    const view = root.path(0, ...step)
    if (view !== undefined) views.push(view)
  }
  return { bytes, views }
}
