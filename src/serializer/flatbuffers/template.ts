/**
 * The fast way for messages of ids, short texts, flags and payload: all of such a message but these is the same each
 * time, so it is copied from a template and the rest is put into its places. A template is what the builder has written
 * once for the same shape: which parts and scalars there are, and how the parts are aligned. The bytes are the
 * builder's in every case.
 *
 *     template: root, vtables, tables | texts, each at its distance from the end | payload-bytes.ts
 */
import type { Message } from '../../message/message.ts'
import type { Output } from '../../payload/output.ts'
import { utf8Length } from '../../payload/utf8.ts'
import { leftOut, type PayloadBytes, spanDistances, writeSpans } from './payload-bytes.ts'
import { type FlatBuffersProfile, type Layout, type Plan, type Step, valueIn } from './plan.ts'
import { slotsOf, type Template } from './template-bytes.ts'
import { enumNumber } from './values.ts'

/** Longer texts take the other way. */
const SHORT_TEXT = 128

/** Templates of one layout: applications use few shapes, and a peer must not make us remember all. */
const MAX_TEMPLATES = 64

/** Bits of a shape for how the parts are aligned, below those of the scalars. */
const ALIGNMENT_BITS = 3

/** What `shapeOf` has left: distance of each text from the end, the bytes of texts and vectors, texts, scalars. */
const MAX_STEPS = 32
const textDistances = new Int32Array(MAX_STEPS)
let used = 0
const texts: string[] = new Array<string>(MAX_STEPS).fill('')
const numbers = new Float64Array(MAX_STEPS)

/**
 * The number of the message's shape, from 0; -1 when it has to be built. `behind` is what `measure` has returned for
 * the payload. No code of the application may run between this and the use of what it leaves.
 */
export function shapeOf(
  message: Message,
  behind: number,
  layout: Layout,
  profile: FlatBuffersProfile,
): number {
  const { others, scalars, texts: steps } = layout
  for (let i = 0; i < others.length; i++) if (valueIn(message, others[i]!) != null) return -1
  const isReference = profile === 'autobahn'
  let mask = 0
  for (let i = 0; i < 3; i++) if (spanDistances[i] !== 0) mask |= 1 << i
  let size = behind
  let count = 0
  for (let i = 0; i < steps.length; i++) {
    const text = valueIn(message, steps[i]!) as string | null | undefined
    if (text == null) continue
    // The reference peer leaves empty texts out.
    if (text.length > SHORT_TEXT || (isReference && text === '')) return -1
    size = ((size + text.length + 4) & ~3) + 4
    texts[count] = text
    textDistances[count++] = size
    mask |= 8 << i
  }
  used = size
  mask <<= scalars.length
  count = 0
  for (let i = 0; i < scalars.length; i++) {
    const step = scalars[i]!
    const value = valueIn(message, step)
    if (value == null) continue
    const number = scalarOf(value, step)
    // And numbers that are zero.
    if (number < 0 || (isReference && number === 0)) return -1
    numbers[count++] = number
    mask |= 1 << i
  }
  return (mask << ALIGNMENT_BITS) | (used & 7)
}

/** A scalar as a number; -1 for what the slot cannot hold, and for large ones. */
function scalarOf(value: unknown, { size, type }: Step): number {
  if (typeof value === 'number') return value < (size === 8 ? 2 ** 64 : 2 ** (8 * size)) ? value : -1
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'string' ? enumNumber(type, value) : -1
}

/** The template of the shape that `shapeOf` found last; undefined when there is none. */
export function templateOf(layout: Layout, shape: number): Template | undefined {
  if (layout.last?.shape !== shape) layout.last = layout.templates.get(shape)
  return layout.last
}

/**
 * Makes the template of the shape that `shapeOf` found last from the message as the builder has written it, without the
 * vectors of the payload.
 */
export function rememberTemplate(written: Uint8Array, behind: number, plan: Plan, shape: number): void {
  const { templates, ...layout } = plan.layout as Layout
  if (templates.size >= MAX_TEMPLATES) return
  const placeOf = slotsOf(written)
  const textPlaces = layout.texts.map(({ slot }) => placeOf(slot)).filter((place) => place !== 0)
  // The bytes of others are not as many as their characters.
  if (textPlaces.some((_, i) => utf8Length(texts[i] as string) !== (texts[i] as string).length)) return
  templates.set(shape, {
    shape,
    bytes: written.slice(0, written.length + behind - used),
    scalars: layout.scalars.flatMap(({ slot, size }) => (placeOf(slot) === 0 ? [] : [placeOf(slot), size])),
    spans: plan.spans.map(({ slot }) => placeOf(slot)),
    texts: textPlaces,
  })
}

/**
 * Writes a message of the shape that `shapeOf` found last. False when a text is not ASCII: then nothing is written, and
 * it has to be built.
 */
export function writeTemplate(out: Output, payload: PayloadBytes | null, template: Template): boolean {
  const total = template.bytes.length + used
  out.reserveWhole(total - leftOut(out, payload))
  const { bytes, at: base } = out
  const end = base + total
  bytes.set(template.bytes, base)
  const { scalars, texts: places } = template
  for (let i = 0; i < scalars.length; i += 2) {
    setScalar(bytes, base + scalars[i]!, numbers[i >> 1]!, scalars[i + 1]!)
  }
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!
    const start = end - textDistances[i]!
    if (!setText(bytes, start, texts[i]!)) return false
    setInt(bytes, base + place, start - base - place)
  }
  if (payload === null) {
    out.at = end
    return true
  }
  let first = 0
  for (let i = 0; i < template.spans.length; i++) {
    const place = template.spans[i]!
    if (place === 0) continue
    first = spanDistances[i]!
    setInt(bytes, base + place, total - first - place)
  }
  out.at = end - first
  writeSpans(out, payload)
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
