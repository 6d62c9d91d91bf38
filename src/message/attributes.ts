/** A message as a whole: its list form, and its attributes by name. */
import { isMap } from '../brand.ts'
import { MODE_PPT } from '../kernel/abi.ts'
import type { Payload } from '../payload/payload.ts'
import { said, writtenArgs, writtenKwargs } from '../payload/to-json.ts'
import { isDict } from './kinds.ts'
import { exactOption, writtenOptions } from './options.ts'
import type { Slots } from './slots.ts'
import type { Hop } from './values.ts'

/**
 * The list form, with values as they are; for another format, `target`, which then loses nothing of what is unread. The
 * `toJSON` of args and kwargs is asked, because empty ones are left out. Throws EncodeError where a target has no form
 * for what they say.
 */
export function marshal(
  message: Slots,
  target: string | null = null,
  hops: readonly Hop[] | null = null,
): unknown[] {
  const { table } = message
  const exact = target !== null
  const list: unknown[] = [table.code]
  for (const { attribute, kind } of table.positions) {
    if (kind === 'options' || kind === 'options?') {
      const options = Object.fromEntries(writtenOptions(message, exact, hops))
      if (kind === 'options' || Object.keys(options).length > 0) list.push(options)
    } else {
      const values = message as unknown as Readonly<Record<string, unknown>>
      const value = exact && kind === 'dict' ? exactOption(message, 0) : values[attribute]
      list.push(kind === 'dict' ? (value ?? {}) : value)
    }
  }
  if (table.payload === 'none') return list
  const payload = message._payload
  const opaque = payload.readOpaque()
  if (opaque !== null) {
    if (isPpt(payload)) list.push([opaque])
    else if (opaque.length > 0) list.push(opaque)
    return list
  }
  const args = exact ? writtenArgs(payload.exactArgs(), target) : said(payload.readArgs(), '')
  const kwargs = exact ? writtenKwargs(payload.exactKwargs(), target) : said(payload.readKwargs(), '')
  if (kwargs !== null && !isEmpty(kwargs)) list.push(args ?? [], kwargs)
  else if (args !== null && !isEmpty(args)) list.push(args)
  return list
}

/** True for `[]`, `{}` and an empty Map. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  return isMap(value) ? value.size === 0 : isDict(value) && Object.keys(value).length === 0
}

/** True for an opaque payload in the `ppt_*` dialect, which stands in a list of its own. */
export function isPpt(payload: Payload): boolean {
  return payload.mode === MODE_PPT
}

/** Reads an attribute by its name. */
type ReadAttribute = (message: Slots, name: string) => unknown

const readValue: ReadAttribute = (message, name) => (message as unknown as Record<string, unknown>)[name]

/** Every attribute that is set: positions, options, custom keys, payload. `read` may catch what a getter throws. */
export function* attributesOf(
  message: Slots,
  read: ReadAttribute = readValue,
): Generator<[name: string, value: unknown]> {
  const { positions, options, writeOrder, payload } = message.table
  for (const { attribute, kind } of positions) {
    if (kind !== 'options' && kind !== 'options?') yield [attribute, read(message, attribute)]
  }
  const positional = new Set(positions.map(({ attribute }) => attribute))
  for (const field of writeOrder) {
    const attribute = options[field]?.attribute
    if (attribute === undefined || positional.has(attribute)) continue
    const value = read(message, attribute)
    if (value !== null) yield [attribute, value]
  }
  const rest = payload === 'any' ? ['custom', 'args', 'kwargs', 'payload'] : ['custom', 'args', 'kwargs']
  for (const name of payload === 'none' ? ['custom'] : rest) {
    const value = read(message, name)
    if (value !== null) yield [name, value]
  }
}
