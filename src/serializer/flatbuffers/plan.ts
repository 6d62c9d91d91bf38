/**
 * The steps in which a message is written, worked out once for each table and profile: what is created before the
 * table, then what is added to it. Profile 'autobahn' has the reference peer's order and leaves out what it never
 * writes; profile 'schema' has the same order, and behind it the rest of the slots.
 */
import { flatTableOf } from '../../message/flatbuffers-lookup.ts'
import { type FlatTable, isOffsetType } from '../../message/flatbuffers-schema.ts'
import type { Message } from '../../message/message.ts'
import { sentOption } from '../../message/options.ts'
import type { MessageTable } from '../../message/table.ts'
import type { Template } from './template.ts'

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
}

/** All steps of a message, and those that remain when it has no options. */
export interface Plan {
  /** The byte of the union, and the number of slots of the table. */
  readonly code: number
  readonly slots: number
  readonly created: readonly Step[]
  readonly added: readonly Step[]
  readonly bareCreated: readonly Step[]
  readonly bareAdded: readonly Step[]
  /** How messages without options are written from templates, and how those with options are; null: they are built. */
  readonly bare: Layout | null
  readonly whole: Layout | null
}

/** The same steps as template.ts takes them. */
export interface Layout {
  /** Payload bytes and texts, in the order in which they are created. */
  readonly parts: readonly Step[]
  /** Numbers, booleans and names of enumerations, which stand in the table itself. */
  readonly scalars: readonly Step[]
  /** All else: a message that has any of it is built. */
  readonly others: readonly Step[]
  /** Templates by shape. */
  readonly templates: Map<number, Template>
}

/** Bits of a shape, so that it stays a small integer; and those of them that say how the parts are aligned. */
const SHAPE_BITS = 30
const ALIGNMENT_BITS = 3

const plans: Readonly<Record<FlatBuffersProfile, Map<MessageTable, Plan>>> = {
  schema: new Map(),
  autobahn: new Map(),
}

/** The plan of a message. */
export function planOf(table: MessageTable, profile: FlatBuffersProfile): Plan {
  let plan = plans[profile].get(table)
  if (plan === undefined) {
    plan = makePlan(table, profile)
    plans[profile].set(table, plan)
  }
  return plan
}

function makePlan(table: MessageTable, profile: FlatBuffersProfile): Plan {
  const flat = flatTableOf(table)
  const created = namesOf(flat, profile, 'created').map((name) => stepOf(table, name))
  const added = namesOf(flat, profile, 'added').map((name) => stepOf(table, name))
  const isBare = ({ field }: Step): boolean => field < 0
  const bareCreated = created.filter(isBare)
  const bareAdded = added.filter(isBare)
  return {
    code: flat.code,
    slots: flat.slots.length,
    created,
    added,
    bareCreated,
    bareAdded,
    bare: layoutOf(bareCreated, bareAdded),
    // The reference peer leaves out what equals a default: each such value would be another shape.
    whole: profile === 'schema' ? layoutOf(created, added) : null,
  }
}

/**
 * A layout, or null for the one table that has parts without a slot, or when the shape of a message has too many bits.
 */
function layoutOf(created: readonly Step[], added: readonly Step[]): Layout | null {
  const parts = created.filter(({ type }) => type === '[uint8]' || type === 'string')
  const others = created.filter((step) => !parts.includes(step))
  const scalars = added.filter(({ default: usual }) => usual !== null)
  const bits = parts.length + scalars.length + ALIGNMENT_BITS
  if (parts.some(({ slot }) => slot < 0) || bits > SHAPE_BITS) return null
  return { parts, scalars, others, templates: new Map() }
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
  }
}

/** The value that a step writes; null or undefined when it is absent. */
export function valueIn(message: Message, { property, field }: Step): unknown {
  if (property !== null) return (message as unknown as Record<string, unknown>)[property]
  return sentOption(message, field)
}
