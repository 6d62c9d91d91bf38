/**
 * All but plain objects and arrays, and how their values are written, for the writers of all formats with maps in
 * the order of the application: BigInts, bytes, dates, Maps, instances of classes, tags.
 */
import { Classified, classify, keysOf, type MapEntries, noForm, noTagged } from './classify.ts'
import { enterDeep, Fault, inside, isExactInteger, isLenient, leaveDeep } from './encode-value.ts'
import { identityOf, stepOf } from './map-keys.ts'
import type { Output } from './output.ts'
import * as Kind from './value-kinds.ts'
import type { Tagged } from './values.ts'

/** Writes the values of one format. `levels` is how many levels a value may have without a check (`enterDeep`). */
export interface ValueWriter {
  /** Writes a common value; false for any other, of which nothing was asked and nothing written. */
  write(out: Output, value: unknown, levels: number): boolean
  null(out: Output): void
  bigInt(out: Output, value: bigint): void
  float(out: Output, value: number): void
  bytes(out: Output, value: Uint8Array): void
  /** Writes an array, or a typed array of numbers. */
  array(out: Output, value: readonly unknown[], levels: number): void
  /**
   * Writes what the format has for it; when it has nothing, gives false, or what the content is if that was asked.
   */
  tagged(out: Output, value: Tagged, levels: number): Classified | boolean
  /** Begins a map of so many entries, in so many bytes; it may be written again for fewer. */
  dict(out: Output, entries: number): void
  dictBytes(entries: number): number
  key(out: Output, key: string, isFirst: boolean): void
  closeDict(out: Output, entries: number): void
}

/** Writes the value; false when it is absent and nothing was written. `step` is its key or index. */
export function writeAny(
  out: Output,
  value: unknown,
  step: string | number,
  levels: number,
  writer: ValueWriter,
): boolean {
  if (writer.write(out, value, levels)) return true
  return writeFallback(out, value, step, levels, writer)
}

/** The same for what `write` has left. */
export function writeFallback(
  out: Output,
  value: unknown,
  step: string | number,
  levels: number,
  writer: ValueWriter,
): boolean {
  return writeClassified(out, classify(value, step, out), levels, writer)
}

function writeClassified(
  out: Output,
  { kind, value, node }: Classified,
  levels: number,
  writer: ValueWriter,
): boolean {
  switch (kind) {
    case Kind.ABSENT:
      return false
    case Kind.SCALAR:
      if (typeof value === 'bigint') writer.bigInt(out, value)
      else writer.write(out, value, levels)
      break
    case Kind.FLOAT:
      writer.float(out, value as number)
      break
    case Kind.BYTES:
      writer.bytes(out, value as Uint8Array)
      break
    case Kind.ARRAY:
      writer.array(out, value as readonly unknown[], levels)
      break
    case Kind.MAP: {
      const { keys, values } = value as MapEntries
      const valueAt = (i: number): unknown => values[i]
      const seen = keys.some(isObject) ? new Set<string>() : null
      writeEntries(out, { keys, valueAt, node: node as object, seen }, levels, writer)
      break
    }
    case Kind.OBJECT: {
      const keys = keysOf(value as object, out)
      const object = value as Readonly<Record<string, unknown>>
      const valueAt = (i: number): unknown => object[keys[i] as string]
      writeEntries(out, { keys, valueAt, node: node as object }, levels, writer)
      break
    }
    case Kind.TAGGED:
      writeTagged(out, value as Tagged, levels, writer)
  }
  return true
}

/** A `Tagged` without a form is what `JSON.stringify` makes of it, when the rules ask for that: its two attributes. */
function writeTagged(out: Output, tagged: Tagged, levels: number, writer: ValueWriter): void {
  const content = writer.tagged(out, tagged, levels)
  if (content === true) return
  if (!isLenient(out)) throw noTagged(tagged, out)
  const parts = [tagged.tag, content === false ? tagged.value : content]
  const valueAt = (i: number): unknown => parts[i]
  writeEntries(out, { keys: ['tag', 'value'], valueAt, node: tagged }, levels, writer)
}

/** What the content of a `Tagged` is; its place and key are those of an attribute. */
export function contentOf(tagged: Tagged, out: Output): Classified {
  try {
    return classify(tagged.value, 'value', out)
  } catch (error) {
    throw inside(error, tagged, 'value')
  }
}

/** Refuses a value that is absent where there must be one, or writes null when the rules say so. */
export function writeAbsent(out: Output, isHole: boolean, writer: ValueWriter): void {
  if (!isLenient(out)) throw noForm(isHole ? 'a hole in an array' : 'undefined', out)
  writer.null(out)
}

/** What a dictionary has, and the object that it stands for. */
interface Entries {
  readonly keys: readonly unknown[]
  readonly valueAt: (i: number) => unknown
  readonly node: object
  /** For keys that say only when they are written what they are: dates, and primitives in objects. */
  readonly seen?: Set<string> | null
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/**
 * Takes note of a key that is a primitive; what it is, if one before it is the same on the wire. A `Float64` is the
 * application's own way to have a key beside its number.
 */
function twinOf(key: unknown, seen: Set<string>): string | null {
  const { kind, value } = key instanceof Classified ? key : { kind: Kind.SCALAR, value: key }
  if (kind !== Kind.SCALAR) return null
  const sort = typeof value === 'number' && !isExactInteger(value) ? 'float' : typeof identityOf(value)
  const text = typeof value === 'string' ? JSON.stringify(value) : Object.is(value, -0) ? '-0' : String(value)
  return seen.size === seen.add(`${sort} ${text}`).size ? `${typeof identityOf(value)} ${text}` : null
}

/** The same as `writeAny`, for what may be classified already. */
function writeEither(
  out: Output,
  value: unknown,
  step: string | number,
  levels: number,
  writer: ValueWriter,
): boolean {
  return value instanceof Classified
    ? writeClassified(out, value, levels, writer)
    : writeAny(out, value, step, levels, writer)
}

function writeEntries(
  out: Output,
  { keys, valueAt, node, seen = null }: Entries,
  levels: number,
  writer: ValueWriter,
): void {
  const inner = levels > 0 ? levels - 1 : enterDeep(out, node)
  const head = out.mark()
  writer.dict(out, keys.length)
  const start = out.mark()
  let twin: string | null = null
  let count = 0
  let step: string | number = ''
  try {
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]
      step = stepOf(key)
      const value = valueAt(i)
      if (value === undefined) continue
      const before = out.mark()
      const said = isObject(key) ? classify(key, step, out) : key
      if (seen !== null) twin ??= twinOf(said, seen)
      if (typeof key === 'string') writer.key(out, key, count === 0)
      else if (!writeEither(out, said, step, inner, writer)) writeAbsent(out, false, writer)
      if (writeEither(out, value, step, inner, writer)) count++
      else out.resume(before)
    }
  } catch (error) {
    throw inside(error, node, step)
  }
  if (twin !== null) throw new Fault('DUPLICATE_KEY', `two Map keys become the ${twin}`)
  if (count !== keys.length) {
    const end = out.rewind(head, start, writer.dictBytes(count))
    writer.dict(out, count)
    out.resume(end)
  }
  writer.closeDict(out, count)
  if (levels === 0) leaveDeep(out)
}
