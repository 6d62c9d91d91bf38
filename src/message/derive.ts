/**
 * Deriving one message from another, as routers do all day: PUBLISH to EVENT and the like. The payload object is
 * shared; of the options only those are read that the target carries over and the source has.
 */

import { NO_PAYLOAD } from '../payload/payload.ts'
import { isId } from './kinds.ts'
import { type Message, NO_INDEX, Received, readOption, writeOption } from './message.ts'
import type { MessageTable } from './table.ts'

/** Pairs of field numbers, in the source and in the target, that are carried over. */
export type Carried = readonly (readonly [source: number, target: number])[]

/** What no derived message takes over: the two sides mean different things by it. */
const NEVER_CARRIED = ['progress', 'timeout', 'topic', 'procedure', 'disclose_me', 'rkey']

/** The options that both messages have and that mean the same in both. */
export function carriedFields(source: MessageTable, target: MessageTable): Carried {
  return source.options.flatMap(({ attribute }, from) => {
    const to = target.options.findIndex((option) => option.attribute === attribute)
    return to < 0 || NEVER_CARRIED.includes(attribute) ? [] : [[from, to] as const]
  })
}

const RECEIVED = new Received()

/** The ids of a derived message, as its constructor takes them. Throws TypeError for what is no id. */
export function derivedIds(table: MessageTable, first: number, second: number): Received {
  if (!isId(first) || !isId(second)) throw new TypeError(`${table.name}: expected ids, 0 to 2^53`)
  RECEIVED.first = first
  RECEIVED.second = second
  RECEIVED.index = NO_INDEX
  RECEIVED.frame = NO_PAYLOAD
  return RECEIVED
}

/** Fills a derived message: payload, carried options, custom keys, then what is given. */
export function derive(target: Message, source: Message, given: object, carried: Carried): void {
  target._frame = null
  target._payload = source._payload
  target._custom = null
  // Nothing was set in the source and nothing is unread: there is nothing to carry.
  if (source._options !== null || source._index !== NO_INDEX || source._custom != null) {
    for (const [from, to] of carried) {
      const value = readOption(source, from)
      if (value !== null) writeOption(target, to, value)
    }
    const { custom } = source
    if (custom !== null) {
      const own = Object.entries(custom).filter(([key]) => /^(?:x_|_)/.test(key))
      if (own.length > 0) target._custom = Object.fromEntries(own)
    }
  }
  const { options } = target.table
  const values = given as Readonly<Record<string, unknown>>
  for (const name in values) {
    const field = options.findIndex((option) => option.attribute === name)
    if (field >= 0 && values[name] != null) writeOption(target, field, values[name])
  }
}
