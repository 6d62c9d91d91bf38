/**
 * The steps in which a message is written, worked out once for each table and profile: what is created before the
 * table, then what is added to it. Profile 'autobahn' has the reference peer's order and leaves out what it never
 * writes; profile 'schema' has the same order, and behind it the rest of the slots.
 */
import { flatTableOf } from '../../message/flatbuffers-lookup.ts'
import { type FlatTable, isOffsetType } from '../../message/flatbuffers-schema.ts'
import type { Message } from '../../message/message.ts'
import { NO_INDEX, sentOption } from '../../message/options.ts'
import { type MessageTable, perTable } from '../../message/table.ts'
import { SPAN_NAMES } from './payload-bytes.ts'
import type { Template } from './template-bytes.ts'

/** What is written: all that the schema holds, or the very bytes of the reference peer. */
export type FlatBuffersProfile = 'schema' | 'autobahn'

/** One value: where it comes from, and the slot that it goes to. */
export interface Step {
  /** -1: created, but no slot points to it. */
  readonly slot: number
  readonly type: string
  /** The property of a position, or null for an option or payload bytes. */
  readonly property: string | null
  /** The field number of an option, -1 otherwise. */
  readonly field: number
  /** Name of the attribute, for errors. */
  readonly path: string
  /** What absence means to readers; the reference peer leaves such values out. */
  readonly default: number | boolean | null
  /** Bytes of a scalar, 0 for what an offset leads to. */
  readonly size: number
}

/** All steps of a message. */
export interface Plan {
  /** The byte of the union, and the number of slots of the table. */
  readonly code: number
  readonly slots: number
  /** args, kwargs and payload, which are created first; none for messages without a payload. */
  readonly spans: readonly Step[]
  /** What is created behind them, and what is added to the table. */
  readonly created: readonly Step[]
  readonly added: readonly Step[]
  /** The same for template.ts; null for a shape of too many bits, which no table of the schema has. */
  readonly layout: Layout | null
  /** Those that remain when there are no options. */
  readonly bare: Plan | null
}

/** The same steps as template.ts takes them. */
export interface Layout {
  /** Texts, in the order in which they are created. */
  readonly texts: readonly Step[]
  /** Numbers, booleans and names of enumerations, which stand in the table itself. */
  readonly scalars: readonly Step[]
  /** All else, which is created after the texts and differs in its number of bytes: parts. */
  readonly others: readonly Step[]
  /** Templates by shape; the last one that was used, which mostly is the next one; messages without one. */
  readonly templates: Map<number, Template>
  last: Template | undefined
  misses: number
}

/** Bits of a shape, so that it stays a small integer; and those of them that say how the parts are aligned. */
const SHAPE_BITS = 30
const ALIGNMENT_BITS = 3

/** The plan of a message, by profile. */
export const PLANS: Readonly<Record<FlatBuffersProfile, (table: MessageTable) => Plan>> = {
  schema: perTable((table) => makePlan(table, 'schema')),
  autobahn: perTable((table) => makePlan(table, 'autobahn')),
}

function makePlan(table: MessageTable, profile: FlatBuffersProfile): Plan {
  const flat = flatTableOf(table)
  const { code } = flat
  const slots = flat.slots.length
  const spans = SPAN_NAMES.map((name) => stepOf(table, name)).filter(({ slot }) => slot >= 0)
  const created = namesOf(flat, profile, 'created').map((name) => stepOf(table, name))
  const others = created.filter(({ type }) => type !== '[uint8]')
  const added = namesOf(flat, profile, 'added').map((name) => stepOf(table, name))
  const isBare = ({ field }: Step): boolean => field < 0
  const bareCreated = others.filter(isBare)
  const bareAdded = added.filter(isBare)
  const bare: Plan = {
    code,
    slots,
    spans,
    created: bareCreated,
    added: bareAdded,
    layout: layoutOf(bareCreated, bareAdded),
    bare: null,
  }
  return { code, slots, spans, created: others, added, layout: layoutOf(others, added), bare }
}

/** A layout, or null when the shape of a message has too many bits. */
function layoutOf(created: readonly Step[], added: readonly Step[]): Layout | null {
  const texts = created.filter(({ type }) => type === 'string')
  const others = created.filter(({ type }) => type !== 'string')
  const scalars = added.filter(({ size }) => size > 0)
  const bits = SPAN_NAMES.length + created.length + scalars.length + ALIGNMENT_BITS
  // In no table of the schema is a text created after another part.
  if (bits > SHAPE_BITS || created.some((step, i) => step !== [...texts, ...others][i])) return null
  return { texts, scalars, others, templates: new Map(), last: undefined, misses: 0 }
}

function namesOf(flat: FlatTable, profile: FlatBuffersProfile, kind: 'created' | 'added'): string[] {
  const names = flat[kind]
  if (profile === 'autobahn') return [...names]
  const known = flat.slots.filter(({ attribute }) => attribute !== null)
  const all = known.filter(({ type }) => kind === 'added' || isOffsetType(type)).map(({ name }) => name)
  return [...names.filter((name) => all.includes(name)), ...all.filter((name) => !names.includes(name))]
}

function stepOf(table: MessageTable, name: string): Step {
  const { slots } = flatTableOf(table)
  const slot = slots.findIndex((candidate) => candidate.name === name)
  const found = slots[slot]
  const path = found?.attribute ?? name
  const position = table.positions.find(({ attribute, kind }) => attribute === path && kind !== 'dict')
  const field = table.options.findIndex(({ attribute }) => attribute === path)
  return {
    slot,
    type: found?.type ?? 'string',
    property: position === undefined ? null : position.slot,
    field: position === undefined ? field : -1,
    path,
    default: found?.default ?? null,
    size: found?.default == null ? 0 : found.size,
  }
}

/** The options of a message of which nothing is unread, as applications build it: what is not set is not there. */
export function setOptions(message: Message): readonly unknown[] | null {
  return message._index === NO_INDEX ? message._options : null
}

/** The value that a step writes; null or undefined when it is absent. `options` are what `setOptions` returns. */
export function valueIn(
  message: Message,
  { property, field }: Step,
  options: readonly unknown[] | null,
): unknown {
  if (property !== null) return (message as unknown as Record<string, unknown>)[property]
  return options === null ? sentOption(message, field) : options[field]
}
