/**
 * JavaScript value to FlexBuffers: for args and kwargs inside of FlatBuffers, and opaque payloads. The rules about
 * values are those of `encode-value.ts`, the bytes are in `flexbuffers-layout.ts`; here is which type a value gets:
 *
 * - Keys are shared and sorted by their bytes, strings are not shared, as with Google's own builder.
 * - Integers are INT in the narrowest width, beyond 2^63-1 UINT. A float has 32 bits when they hold it exactly.
 * - Numbers of 64 bits are indirect in containers: the other elements stay narrow, and the npm package (25.9) cannot
 *   read vectors that are 64 bits wide.
 * - Arrays are untyped vectors: the npm package reads typed ones beyond the end of the buffer. Only keys are typed.
 */
import {
  beginWalk,
  type EncodeRules,
  endWalk,
  isExactInteger,
  isPlainArray,
  isPlainObject,
  Kind,
  MAX_EXACT,
  type MapEntries,
  toWellFormed,
  type Walk,
} from './encode-value.ts'
import { KeyMemory, type KeySequence } from './flexbuffers-keys.ts'
import { Layout } from './flexbuffers-layout.ts'
import type { Output } from './output.ts'
import { utf8Length } from './utf8.ts'
import type { Tagged } from './values.ts'

/** The keys of former payloads; null while a payload is written that has them. */
let memory: KeyMemory | null = null

const owns = Object.prototype.hasOwnProperty

/**
 * Writes one value to `out`. `path` names the value in errors (`args`). Throws EncodeError with UNENCODABLE (integers
 * beyond 64 bits, keys with NUL, and what no format has), BAD_UTF8, KEY_TYPE, CYCLE, DEPTH_LIMIT or SIZE_LIMIT, and
 * whatever a getter or `toJSON` of the application throws; the caller then resets `out`.
 */
export function encodeFlexbuffers(out: Output, value: unknown, rules: EncodeRules, path: string): void {
  const walk = beginWalk('flexbuffers', rules, path)
  // Another payload may be encoded while we are: it begins without memories.
  const keys = memory ?? new KeyMemory()
  memory = null
  const layout = new Layout(out, keys)
  if (!write(out, value, walk, layout)) writeAbsent(walk, layout, false)
  layout.finish()
  endWalk(walk)
  memory = keys
}

/** Adds the value; false when it is absent and nothing was added. */
function write(out: Output, value: unknown, walk: Walk, layout: Layout): boolean {
  // Not a switch: engines answer each of these questions with a look at the value, without making its type a text.
  if (typeof value === 'string') writeText(value, walk, layout)
  else if (typeof value === 'number') {
    if (isExactInteger(value)) layout.addInteger(value, isRoot(walk))
    else layout.addFloat(value, isRoot(walk))
  } else if (typeof value === 'boolean') layout.addBoolean(value)
  else if (value === null) layout.addNull()
  else if (isPlainArray(value)) writeArray(out, value, walk, layout)
  else if (typeof value === 'object' && isPlainObject(value)) writePlain(out, value, walk, layout)
  else if (typeof value === 'bigint') writeBigInt(value, walk, layout)
  else return value !== undefined && writeObject(out, value, walk, layout)
  return true
}

/** True while no container is open. */
function isRoot(walk: Walk): boolean {
  return walk.depth === 0
}

function writeObject(out: Output, object: unknown, walk: Walk, layout: Layout): boolean {
  const kind = walk.classify(object)
  const { value } = walk
  switch (kind) {
    case Kind.ABSENT:
      return false
    case Kind.SCALAR:
      return write(out, value, walk, layout)
    case Kind.FLOAT:
      layout.addFloat(value as number, isRoot(walk))
      return true
    case Kind.BYTES:
      layout.addBlob(value as Uint8Array)
      return true
    case Kind.ARRAY:
      writeArray(out, value as readonly unknown[], walk, layout)
      return true
    case Kind.MAP: {
      const { keys, values } = value as MapEntries
      writeMap(out, keys as readonly string[], values, true, walk, layout)
      return true
    }
    case Kind.OBJECT:
      writeMap(out, Object.keys(value as object), value, false, walk, layout)
      return true
    case Kind.TAGGED:
      if (!walk.lenient) throw walk.noTagged(value as Tagged)
      writeMap(out, ['tag', 'value'], value, false, walk, layout)
      return true
  }
}

function writeBigInt(value: bigint, walk: Walk, layout: Layout): void {
  if (value < -0x8000_0000_0000_0000n || value > 0xffff_ffff_ffff_ffffn) {
    throw walk.noForm('an integer beyond 64 bits')
  }
  const isExact = value >= -MAX_EXACT && value <= MAX_EXACT
  layout.addInteger(isExact ? Number(value) : value, isRoot(walk))
}

function writeText(text: string, walk: Walk, layout: Layout): void {
  const length = utf8Length(text)
  if (length !== text.length) walk.checkText(text)
  layout.addText(text, length)
}

function writeArray(out: Output, array: readonly unknown[], walk: Walk, layout: Layout): void {
  const length = walk.arrayLength(array)
  const level = walk.enter(array)
  const first = layout.waiting
  for (let i = 0; i < length; i++) {
    walk.steps[level] = i
    if (!write(out, array[i], walk, layout)) writeAbsent(walk, layout, !(i in array))
  }
  walk.leave()
  layout.closeArray(first)
}

function writeAbsent(walk: Walk, layout: Layout, isHole: boolean): void {
  walk.absent(isHole)
  layout.addNull()
}

function writeMap(
  out: Output,
  keys: readonly string[],
  source: unknown,
  isMap: boolean,
  walk: Walk,
  layout: Layout,
): void {
  const level = walk.enter()
  const first = layout.waiting
  let present = layout.noKeys
  for (let i = 0; i < keys.length; i++) {
    const name = keys[i]!
    walk.steps[level] = name
    const value = isMap ? (source as readonly unknown[])[i] : (source as Record<string, unknown>)[name]
    if (value === undefined) continue
    present = writeEntry(out, name, value, present, walk, layout)
  }
  walk.leave()
  layout.closeMap(first, present)
}

/** The same for a plain object: `for in` reads a value by the place that it has found the key at. */
function writePlain(
  out: Output,
  object: Readonly<Record<string, unknown>>,
  walk: Walk,
  layout: Layout,
): void {
  const level = walk.enter(object)
  const { steps } = walk
  const first = layout.waiting
  let present = layout.noKeys
  for (const name in object) {
    // Free of charge for engines, in this very place and form.
    if (!owns.call(object, name)) continue
    const value = object[name]
    if (value === undefined) continue
    steps[level] = name
    present = writeEntry(out, name, value, present, walk, layout)
  }
  walk.leave()
  layout.closeMap(first, present)
}

/** Adds a value under its key; returns the keys of the map so far, without it when the value is absent. */
function writeEntry(
  out: Output,
  name: string,
  value: unknown,
  present: KeySequence,
  walk: Walk,
  layout: Layout,
): KeySequence {
  const key = walk.lenient ? toWellFormed(name) : name
  const before = out.mark()
  const keys = layout.after(present, key)
  const isNew = !layout.hasKey(keys)
  if (isNew) writeKey(keys, key, walk, layout)
  if (write(out, value, walk, layout)) return keys
  if (isNew) layout.dropKey(keys, before)
  return present
}

function writeKey(keys: KeySequence, key: string, walk: Walk, layout: Layout): void {
  if (key.includes('\0')) throw walk.noForm('a key with NUL')
  if (layout.writeKey(keys) !== key.length) walk.checkText(key)
}
