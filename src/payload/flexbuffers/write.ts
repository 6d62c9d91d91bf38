/**
 * JavaScript value to FlexBuffers: for args and kwargs inside of FlatBuffers, and opaque payloads. The rules about
 * values are those of `classify.ts`, the bytes are in `flexbuffers/layout.ts`; here is which type a value gets:
 *
 * - Keys are shared and sorted by their bytes, strings are not shared, as with Google's own builder.
 * - Integers are INT in the narrowest width, beyond 2^63-1 UINT. A float has 32 bits when they hold it exactly.
 * - Numbers of 64 bits are indirect in containers: the other elements stay narrow, and the npm package (25.9) cannot
 *   read vectors that are 64 bits wide.
 * - Arrays are untyped vectors: the npm package reads typed ones beyond the end of the buffer. Only keys are typed.
 */

import { utf8Length } from '../../text-coders.ts'
import { type Classified, classify, keysOf, type MapEntries, noForm, noTagged } from '../classify.ts'
import {
  beginValue,
  type EncodeRules,
  enterDeep,
  failure,
  firstLevels,
  inside,
  isExactInteger,
  isLenient,
  isPlainArray,
  isPlainObject,
  leaveDeep,
  lengthOf,
  MAX_EXACT,
  toWellFormed,
} from '../encode-value.ts'
import type { Output } from '../output.ts'
import * as Kind from '../value-kinds.ts'
import type { Tagged } from '../values.ts'
import { checkText } from '../write-text.ts'
import { KeyMemory, type KeySequence } from './keys.ts'
import { Layout } from './layout.ts'

/** The keys of former payloads; null while a payload is written that has them. */
let memory: KeyMemory | null = null

const owns = Object.prototype.hasOwnProperty

/**
 * Writes one value to `out`. `path` names the value in errors (`args`). Throws EncodeError with UNENCODABLE (integers
 * beyond 64 bits, keys with NUL, and what no format has), BAD_UTF8, KEY_TYPE, CYCLE, DEPTH_LIMIT or SIZE_LIMIT, and
 * whatever a getter or `toJSON` of the application throws; the caller then resets `out`.
 */
export function encodeFlexbuffers(out: Output, value: unknown, rules: EncodeRules, path: string): void {
  beginValue(out, 'flexbuffers', rules)
  // Another payload may be encoded while we are: it begins without memories.
  const keys = memory ?? new KeyMemory()
  memory = null
  const layout = new Layout(out, keys)
  try {
    // A container stands in none: numbers of 64 bits are indirect in it.
    const levels = firstLevels(rules)
    if (!write(out, value, '', levels, layout, true)) writeAbsent(out, layout, false)
  } catch (error) {
    throw failure(out, error, path)
  }
  layout.finish()
  memory = keys
}

/** Adds the value; false when it is absent and nothing was added. `step` is its key or index. */
function write(
  out: Output,
  value: unknown,
  step: string | number,
  levels: number,
  layout: Layout,
  isRoot: boolean,
): boolean {
  // Not a switch: engines answer each of these questions with a look at the value, without making its type a text.
  if (typeof value === 'string') writeText(out, value, layout)
  else if (typeof value === 'number') {
    if (isExactInteger(value)) layout.addInteger(value, isRoot)
    else layout.addFloat(value, isRoot)
  } else if (typeof value === 'boolean') layout.addBoolean(value)
  else if (value === null) layout.addNull()
  else if (isPlainArray(value)) writeArray(out, value, levels, layout)
  else if (typeof value === 'object' && isPlainObject(value)) writeObject(out, value, levels, layout)
  else {
    if (value === undefined) return false
    return writeFallback(out, classify(value, step, out), levels, layout, isRoot)
  }
  return true
}

function writeFallback(
  out: Output,
  { kind, value, node }: Classified,
  levels: number,
  layout: Layout,
  isRoot: boolean,
): boolean {
  switch (kind) {
    case Kind.ABSENT:
      return false
    case Kind.SCALAR:
      if (typeof value !== 'bigint') return write(out, value, '', levels, layout, isRoot)
      writeBigInt(out, value, layout, isRoot)
      break
    case Kind.FLOAT:
      layout.addFloat(value as number, isRoot)
      break
    case Kind.BYTES:
      layout.addBlob(value as Uint8Array)
      break
    case Kind.ARRAY:
      writeArray(out, value as readonly unknown[], levels, layout)
      break
    case Kind.MAP: {
      const { keys, values } = value as MapEntries
      writeMap(out, keys as readonly string[], (i) => values[i], node as object, levels, layout)
      break
    }
    case Kind.OBJECT: {
      const keys = keysOf(value as object, out)
      const object = value as Readonly<Record<string, unknown>>
      writeMap(out, keys, (i) => object[keys[i] as string], node as object, levels, layout)
      break
    }
    case Kind.TAGGED: {
      const tagged = value as Tagged
      if (!isLenient(out)) throw noTagged(tagged, out)
      writeMap(out, ['tag', 'value'], (i) => (i === 0 ? tagged.tag : tagged.value), tagged, levels, layout)
    }
  }
  return true
}

function writeBigInt(out: Output, value: bigint, layout: Layout, isRoot: boolean): void {
  if (value < -0x8000_0000_0000_0000n || value > 0xffff_ffff_ffff_ffffn) {
    throw noForm('an integer beyond 64 bits', out)
  }
  const isExact = value >= -MAX_EXACT && value <= MAX_EXACT
  layout.addInteger(isExact ? Number(value) : value, isRoot)
}

function writeText(out: Output, text: string, layout: Layout): void {
  const length = utf8Length(text)
  if (length !== text.length) checkText(out, text)
  layout.addText(text, length)
}

function writeArray(out: Output, array: readonly unknown[], levels: number, layout: Layout): void {
  const length = lengthOf(array)
  const inner = levels > 0 ? levels - 1 : enterDeep(out, array)
  const first = layout.waiting
  let i = 0
  try {
    for (; i < length; i++) {
      if (!write(out, array[i], i, inner, layout, false)) writeAbsent(out, layout, !(i in array))
    }
  } catch (error) {
    throw inside(error, array, i)
  }
  if (levels === 0) leaveDeep(out)
  layout.closeArray(first)
}

function writeAbsent(out: Output, layout: Layout, isHole: boolean): void {
  if (!isLenient(out)) throw noForm(isHole ? 'a hole in an array' : 'undefined', out)
  layout.addNull()
}

function writeMap(
  out: Output,
  keys: readonly string[],
  valueAt: (i: number) => unknown,
  node: object,
  levels: number,
  layout: Layout,
): void {
  const inner = levels > 0 ? levels - 1 : enterDeep(out, node)
  const first = layout.waiting
  let present = layout.noKeys
  let name = ''
  try {
    for (let i = 0; i < keys.length; i++) {
      name = keys[i]!
      const value = valueAt(i)
      if (value !== undefined) present = writeEntry(out, name, value, present, inner, layout)
    }
  } catch (error) {
    throw inside(error, node, name)
  }
  if (levels === 0) leaveDeep(out)
  layout.closeMap(first, present)
}

/** The same for a plain object: `for in` reads a value by the place that it has found the key at. */
function writeObject(
  out: Output,
  object: Readonly<Record<string, unknown>>,
  levels: number,
  layout: Layout,
): void {
  const inner = levels > 0 ? levels - 1 : enterDeep(out, object)
  const first = layout.waiting
  let present = layout.noKeys
  let step = ''
  try {
    for (const name in object) {
      // Free of charge for engines, in this very place and form.
      if (!owns.call(object, name)) continue
      const value = object[name]
      if (value === undefined) continue
      step = name
      present = writeEntry(out, name, value, present, inner, layout)
    }
  } catch (error) {
    throw inside(error, object, step)
  }
  if (levels === 0) leaveDeep(out)
  layout.closeMap(first, present)
}

/** Adds a value under its key; returns the keys of the map so far, without it when the value is absent. */
function writeEntry(
  out: Output,
  name: string,
  value: unknown,
  present: KeySequence,
  levels: number,
  layout: Layout,
): KeySequence {
  const key = isLenient(out) ? toWellFormed(name) : name
  const before = out.mark()
  const keys = layout.after(present, key)
  const isNew = !layout.hasKey(keys)
  if (isNew) writeKey(out, keys, key, layout)
  if (write(out, value, name, levels, layout, false)) return keys
  if (isNew) layout.dropKey(keys, before)
  return present
}

function writeKey(out: Output, keys: KeySequence, key: string, layout: Layout): void {
  if (key.includes('\0')) throw noForm('a key with NUL', out)
  if (layout.writeKey(keys) !== key.length) checkText(out, key)
}
