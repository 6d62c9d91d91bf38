/** What steps work on: the live messages, and what the model does with their attributes. */
import { type Message, message as messages } from '../../../src/index.ts'
import { changed, type Entry } from './entry.ts'
import { type Plain, plainOf } from './plain.ts'
import { type Schema, schemaOf } from './schema.ts'
import type { Codecs } from './serializers.ts'
import type { Shadow } from './shadow.ts'
import { must } from './trips.ts'

/** What a step may use. */
export interface World {
  readonly codecs: Codecs
  readonly pool: Entry[]
  /** Counts of steps that did something, by name. */
  readonly counts: Map<string, number>
}

/** The message of a step; null when there is none. */
export function pick({ pool }: World, on: number): Entry | null {
  return pool.length === 0 ? null : (pool[on % pool.length] as Entry)
}

type Constructor = new (attributes: object) => Message

/** The class of a schema. */
export function classOf({ className }: Schema): Constructor & { from?: unknown; reply?: unknown } {
  return (messages as unknown as Record<string, Constructor>)[className] as Constructor
}

/** The shadow of a message that is built of attributes. */
export function shadowOf(name: string, given: Readonly<Record<string, unknown>>): Shadow {
  const schema = schemaOf(name)
  const attributes = new Map<string, Plain>()
  for (const attribute of schema.attributes) {
    const value = given[attribute.name]
    if (value !== undefined && value !== null) attributes.set(attribute.name, plainOf(value))
  }
  const custom = given.custom === undefined || given.custom === null ? null : plainOf(given.custom)
  return {
    schema,
    attributes,
    custom: custom as ReadonlyMap<string, Plain> | null,
    args: plainOf(given.args ?? null),
    kwargs: plainOf(given.kwargs ?? null),
    payload: (given.payload as Uint8Array | null | undefined) ?? null,
    mode: attributes.has('ppt_scheme') ? 'ppt' : 'enc',
  }
}

/** Everything that an application gave. */
export const OWN: readonly string[] = ['args', 'kwargs', 'payload', 'custom']

/** Sets an attribute of a message and of its shadow; false where it is not for this message. */
export function setAttribute(entry: Entry, name: string, value: unknown): boolean {
  const { message, shadow, own } = entry
  if (shadow === null) return false
  const { schema } = shadow
  const attribute = schema.attributes.find((candidate) => candidate.name === name)
  if (attribute === undefined && !OWN.includes(name)) return false
  changed(entry)
  if (name === 'custom') {
    shadow.custom = value === null ? null : (plainOf(value) as ReadonlyMap<string, Plain>)
  } else if (value === null) shadow.attributes.delete(name)
  else shadow.attributes.set(name, plainOf(value))
  own.add(name)
  must(`set ${name}`, () => {
    message[name] = value
  })
  return true
}

/** The codec of an entry, or the first one for what was built. */
export function codecOf({ codec }: Entry): number {
  return codec < 0 ? 0 : codec
}
