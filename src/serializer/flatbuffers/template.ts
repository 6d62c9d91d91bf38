/**
 * The fast way for nearly all messages: most of a head is the same each time, so it is copied from a template, and ids,
 * flags and texts are put into their places. A template is what the builder has written once for the same shape: which
 * scalars, texts and parts there are, and how the head is aligned. Parts (lists, hops, roles) are written by the
 * builder each time. The bytes are the builder's in every case.
 *
 *     template: root, vtables, tables | parts | texts, each at its distance from the end | payload-bytes.ts
 */
import type { Message } from '../../message/message.ts'
import type { Output } from '../../payload/output.ts'
import type { FlatBuilder } from './builder.ts'
import { leftOut, type PayloadBytes, spanDistances, writeSpans } from './payload-bytes.ts'
import { type FlatBuffersProfile, type Layout, type Step, valueIn } from './plan.ts'
import { placesIn, type Template } from './template-bytes.ts'
import { enumNumber, isUnknownToReference } from './values.ts'

/** Messages with longer texts are built. */
const MAX_TEXT_LENGTH = 128

/** Templates of one layout: applications use few shapes, and a peer must not make us remember all. */
const MAX_TEMPLATES = 64

/** When there are as many, all are forgotten after so many messages without one: the shapes of today get theirs. */
const MISSES = 1024

/** Bits of a shape for how the head is aligned, below those of the parts. */
const ALIGNMENT_BITS = 3

/**
 * What `shapeOf` and `addPart` have left: the distance from the end of each text, and behind them of each part; all
 * bytes behind the head, and those of the payload; texts; scalars.
 */
const MAX_STEPS = 32
const distances = new Int32Array(MAX_STEPS)
let used = 0
let payloadSize = 0
const texts: string[] = new Array<string>(MAX_STEPS).fill('')
let textCount = 0
let count = 0
const numbers = new Float64Array(MAX_STEPS)

/**
 * The message's shape without its parts, from 0; -1 when it has to be built. `behind` is what `measure` has returned
 * for the payload. Code of the application that writes another message (`measured` tells) overwrites what it leaves.
 */
export function shapeOf(
  message: Message,
  behind: number,
  layout: Layout,
  profile: FlatBuffersProfile,
  options: readonly unknown[] | null,
): number {
  const { others, scalars, texts: steps } = layout
  const isReference = profile === 'autobahn'
  let shape = 0
  for (let i = 0; i < 3; i++) if (spanDistances[i] !== 0) shape |= 1 << i
  let size = behind
  count = 0
  for (let i = 0; i < steps.length; i++) {
    const text = valueIn(message, steps[i]!, options) as string | null | undefined
    // The reference peer leaves empty texts out.
    if (text == null || (isReference && text === '')) continue
    if (text.length > MAX_TEXT_LENGTH) return -1
    size = ((size + text.length + 4) & ~3) + 4
    texts[count] = text
    distances[count++] = size
    shape |= 8 << i
  }
  payloadSize = behind
  used = size
  textCount = count
  shape <<= scalars.length
  let scalarCount = 0
  for (let i = 0; i < scalars.length; i++) {
    const step = scalars[i]!
    const value = valueIn(message, step, options)
    if (value == null) continue
    const number = scalarOf(value, step)
    if (number < 0) {
      // A name that the enumeration is without is left out.
      if (typeof value === 'string') continue
      return -1
    }
    // And values that mean the same when they are absent.
    if (isReference && (number === Number(step.default) || isUnknownToReference(step.type, value))) continue
    numbers[scalarCount++] = number
    shape |= 1 << i
  }
  return shape << (others.length + ALIGNMENT_BITS)
}

/** A scalar as a number; -1 for what the slot cannot hold, and for large ones. */
function scalarOf(value: unknown, { size, type }: Step): number {
  if (typeof value === 'number') return value < (size === 8 ? 2 ** 64 : 2 ** (8 * size)) ? value : -1
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'string' ? enumNumber(type, value) : -1
}

/** Adds the part that was written last; returns its bit in the shape. `i` is its place among others. */
export function addPart(distance: number, parts: FlatBuilder, i: number): number {
  distances[count++] = distance
  used = parts.size
  parts.targets[i] = distance
  return 1 << (i + ALIGNMENT_BITS)
}

/**
 * Adds the parts of a shape once more, when another message has overwritten what was left of it; `again` is what
 * `shapeOf` has said now. False when the message is not the one that they were written for, `behind` bytes from the
 * end.
 */
export function addPartsAgain(
  shape: number,
  again: number,
  { others }: Layout,
  parts: FlatBuilder,
  behind: number,
): boolean {
  const bits = ((1 << others.length) - 1) << ALIGNMENT_BITS
  if (again !== (shape & ~bits) || bytesBehind() !== behind) return false
  for (let i = 0; i < others.length; i++) {
    if ((shape & (1 << (i + ALIGNMENT_BITS))) !== 0) addPart(parts.targets[i]!, parts, i)
  }
  return true
}

/** Bytes behind the parts: of texts and payload. */
export function bytesBehind(): number {
  return textCount === 0 ? payloadSize : distances[textCount - 1]!
}

/** Whether each text has as many bytes as characters, which was assumed; others have to be built. */
export function areAscii(): boolean {
  for (let i = 0; i < textCount; i++) {
    const text = texts[i]!
    for (let k = 0; k < text.length; k++) if (text.charCodeAt(k) >= 0x80) return false
  }
  return true
}

/** The texts and parts of a shape, in the order of their distances. */
function pointersOf({ texts: steps, others, scalars }: Layout, shape: number): Step[] {
  const isThere = (bit: number): boolean => (shape & (1 << bit)) !== 0
  const firstText = ALIGNMENT_BITS + others.length + scalars.length + 3
  return [
    ...steps.filter((_, i) => isThere(firstText + i)),
    ...others.filter((_, i) => isThere(ALIGNMENT_BITS + i)),
  ]
}

/** Sets the distance of each text and part, by slot, for the builder to go on with the head. */
export function setTargets(targets: Int32Array, layout: Layout, shape: number): void {
  for (const [i, { slot }] of pointersOf(layout, shape).entries()) {
    if (slot >= 0) targets[slot] = distances[i] as number
  }
}

/**
 * What the head of a message depends on: its shape, and how what stands behind it is aligned. Bytes behind it are even;
 * the lowest bit says that a part has eight bytes that are aligned, for which the head is padded as well.
 */
export function keyOf(shape: number, parts: FlatBuilder | null): number {
  return shape | (used & 6) | (parts?.isWide === true ? 1 : 0)
}

/** The template of a key; undefined when there is none, or when a vtable of the parts would do for the head too. */
export function templateOf(layout: Layout, key: number, parts: FlatBuilder | null): Template | undefined {
  if (layout.last?.shape !== key) layout.last = layout.templates.get(key)
  const { last } = layout
  if (parts === null || last === undefined) return last
  return parts.knows(last.bytes, last.vtable) || parts.knows(last.bytes, last.rootVtable) ? undefined : last
}

/** Makes the template of a shape from what the builder has written: the head, and the parts behind it. */
export function rememberTemplate(
  written: Uint8Array,
  spans: readonly Step[],
  layout: Layout,
  shape: number,
  key: number,
): void {
  const { templates, scalars } = layout
  if (templates.has(key)) return
  if (templates.size >= MAX_TEMPLATES) {
    if (++layout.misses % MISSES !== 0) return
    templates.clear()
  }
  const { placeOf, vtable, rootVtable } = placesIn(written)
  const bytes = written.slice(0, written.length + bytesBehind() - used)
  // A vtable of the parts may do for the head too; other parts will be without it.
  if (Math.max(vtable, rootVtable) >= bytes.length) return
  templates.set(key, {
    shape: key,
    bytes,
    vtable,
    rootVtable,
    scalars: scalars.flatMap(({ slot, size }) => (placeOf(slot) === 0 ? [] : [placeOf(slot), size])),
    spans: spans.map(({ slot }) => placeOf(slot)),
    pointers: pointersOf(layout, shape).map(({ slot }) => placeOf(slot)),
  })
}

/**
 * Writes a message of the shape that `shapeOf` found last. False when a text is not ASCII: then nothing is written, and
 * it has to be built.
 */
export function writeTemplate(
  out: Output,
  payload: PayloadBytes | null,
  { bytes: head, scalars, spans, pointers }: Template,
  parts: FlatBuilder | null,
): boolean {
  const total = head.length + used
  out.reserveWhole(total - leftOut(out, payload))
  const { bytes, at: base } = out
  bytes.set(head, base)
  for (let i = 0; i < scalars.length; i += 2) {
    setScalar(bytes, base + scalars[i]!, numbers[i >> 1]!, scalars[i + 1]!)
  }
  for (let i = 0; i < pointers.length; i++) {
    const place = pointers[i]!
    // Of a text that no slot points to.
    if (place !== 0) setInt(bytes, base + place, total - distances[i]! - place)
  }
  for (let i = 0; i < spans.length; i++) {
    const place = spans[i]!
    if (place !== 0) setInt(bytes, base + place, total - spanDistances[i]! - place)
  }
  if (parts !== null) parts.copyTo(bytes, base + head.length)
  return writeRest(out, payload, base + total)
}

/** Writes texts and payload of a frame that ends at `end`, whose head and parts are written already. */
export function writeRest(out: Output, payload: PayloadBytes | null, end: number): boolean {
  const { bytes } = out
  for (let i = 0; i < textCount; i++) if (!setText(bytes, end - distances[i]!, texts[i]!)) return false
  out.at = end - payloadSize
  if (payload !== null) writeSpans(out, payload)
  return true
}

function setText(bytes: Uint8Array, at: number, text: string): boolean {
  const { length } = text
  setInt(bytes, at, length)
  const start = at + 4
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0x80) return false
    bytes[start + i] = code
  }
  const end = start + ((length + 4) & ~3)
  for (let i = start + length; i < end; i++) bytes[i] = 0
  return true
}

function setScalar(bytes: Uint8Array, at: number, value: number, size: number): void {
  if (size === 1) bytes[at] = value
  else if (size === 8) {
    setInt(bytes, at, value >>> 0)
    setInt(bytes, at + 4, Math.floor(value / 0x1_0000_0000))
  } else if (size === 4) setInt(bytes, at, value)
  else {
    bytes[at] = value
    bytes[at + 1] = value >>> 8
  }
}

function setInt(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value
  bytes[at + 1] = value >>> 8
  bytes[at + 2] = value >>> 16
  bytes[at + 3] = value >>> 24
}
