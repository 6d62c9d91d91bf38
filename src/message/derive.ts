/**
 * Deriving one message from another, as routers do all day: PUBLISH to EVENT and the like. The payload object is
 * shared. Options that are carried over stay where they are, in the source's frame, still encoded: the
 * derived message has entries of its own into the same bytes.
 */
import { isStray, nameOf, unknownName, wrongArgument } from '../arguments.ts'
import { FIELD_OPTIONS } from '../kernel/abi.ts'
import { toJSONOf } from '../payload/to-json.ts'
import { checkAttribute } from './check.ts'
import { isId } from './ids.ts'
import { KINDS, keptOption } from './kinds.ts'
import { type Message, Received } from './message.ts'
import { CARRIED, entryOf, NO_INDEX, optionsOf, readOption, unknownKeys, writeOption } from './options.ts'
import { FORWARD_FOR, type From, type MessageTable, type Option } from './table.ts'

/** What messages of one table take over from those of another, by field, and what they may be given. */
export interface Derivation {
  readonly source: MessageTable
  readonly target: MessageTable
  readonly hasPayload: boolean
  readonly carriesCustom: boolean
  /** The target's field by the source's field; -1 is not carried over. */
  readonly fields: readonly number[]
  /** The same for a message that came over a router-to-router link. */
  readonly linkedFields: readonly number[]
  /**
   * Attributes whose value the target may not know, such as the mode `skip` of CANCEL: source's and target's fields.
   */
  readonly narrowed: readonly (readonly [from: number, to: number])[]
  /** The fields that may be given, by attribute; POSITION for positions. */
  readonly given: ReadonlyMap<string, number>
}

/** Stands for the field of an attribute that has a place in the list. */
const POSITION = -1

/** What `from` of a table says, by field. Beside it, all options may be given but those about the payload. */
export function derivation(target: MessageTable): Derivation {
  const { source, ids, carries, carriesLinked, carriesCustom } = target.from as From
  const isAcceptable = ({ attribute, kind }: Option): boolean =>
    target.options.some((option) => option.attribute === attribute && option.kind === kind)
  const fieldOf = (attribute: string): number =>
    target.options.findIndex((option) => option.attribute === attribute)
  const carried = (names: readonly string[]): number[] =>
    source.options.map((option) =>
      names.includes(option.attribute) && isAcceptable(option) ? fieldOf(option.attribute) : -1,
    )
  const fields = carried(carries)
  const own = target.options.flatMap(({ attribute }, field): [string, number][] =>
    /^(?:enc|ppt)_/.test(attribute) ? [] : [[attribute, field]],
  )
  const positions = target.positions.filter(
    ({ attribute, kind }) => (kind === 'id' && !ids.includes(attribute)) || kind === 'requestType',
  )
  return {
    source,
    target,
    hasPayload: target.payload !== 'none',
    carriesCustom,
    fields,
    linkedFields: carriesLinked.length === 0 ? fields : carried([...carries, ...carriesLinked]),
    narrowed: source.options.flatMap((option, field) =>
      carries.includes(option.attribute) && !isAcceptable(option) ? [[field, fieldOf(option.attribute)]] : [],
    ),
    given: new Map([...positions.map(({ attribute }): [string, number] => [attribute, POSITION]), ...own]),
  }
}

const RECEIVED = new Received()

/**
 * What the constructor of a derived message takes: its ids (0 for a second one that it has not), and for ERROR the type
 * of the request and the URI. Throws TypeError for a value that is not an id.
 */
export function derivedIds(
  table: MessageTable,
  first: number,
  second: number,
  requestType: number = 0,
  text: string = '',
): Received {
  if (!isId(first) || !isId(second)) throw noId(table, first, second)
  RECEIVED.first = first
  RECEIVED.second = second
  RECEIVED.requestType = requestType
  RECEIVED.text = text
  RECEIVED.ref = -1
  return RECEIVED
}

function noId(table: MessageTable, first: number, second: number): TypeError {
  const [one, other] = table.positions.filter(({ kind }) => kind === 'id')
  const [position, value] = isId(first) ? [other, second] : [one, first]
  return new TypeError(
    `${table.name}: expected an id (0 to 2^53) for ${position?.attribute}, got ${nameOf(value)}`,
  )
}

/** The error for a message that cannot be derived: `message` is of another class, or `given` is not an object. */
export function notDerivable(message: Message, given: unknown, target: MessageTable): TypeError {
  const { source } = target.from as From
  if (message?.table === source)
    return wrongArgument(`${target.name}.from`, 'an object with attributes', given)
  const name = message?.table?.name ?? nameOf(message)
  const got = name === source.name ? `${name} of another copy of this package` : name
  return new TypeError(`${target.name}.from: expected ${source.name}, got ${got}`)
}

/** A message made by `derivedIds` has nothing but its ids at first. */
export function clear(target: Message): void {
  target._frame = null
  target._custom = null
}

/** Fills a new message: the payload, what is carried over, then what is given. Throws TypeError for unknown names. */
export function derive(target: Message, source: Message, given: object, rule: Derivation): void {
  clear(target)
  if (rule.hasPayload) target._payload = source._payload
  // Nothing was set in the source and nothing is unread: there is nothing to carry.
  if (source._options !== null || source._index !== NO_INDEX || source._custom != null) {
    const isLinked = rule.fields !== rule.linkedFields && hasOption(source, FORWARD_FOR)
    carry(target, source, isLinked ? rule.linkedFields : rule.fields, rule.carriesCustom)
    for (const [from, to] of rule.narrowed) {
      const value = readOption(source, from)
      const { kind } = rule.target.options[to] as Option
      if (value !== null && KINDS[kind].check(value)) setOption(target, to, value)
    }
  }
  const values = given as Readonly<Record<string, unknown>>
  for (const name in values) {
    const field = rule.given.get(name)
    // A position, which was asked for the constructor.
    if (field === POSITION) continue
    if (!Object.hasOwn(values, name) && (field === undefined || isStray(values, name))) continue
    const value = values[name]
    if (value === undefined) continue
    if (field === undefined) throw unknownName(`${rule.target.name}.from`, 'option', name, rule.given.keys())
    setOption(target, field, value)
  }
}

/** True when the option is there. It is not decoded. */
function hasOption(message: Message, field: number): boolean {
  return message._options?.[field] != null || entryOf(message, field) >= 0
}

function carry(target: Message, source: Message, fields: readonly number[], carriesCustom: boolean): void {
  const { _frame: frame, _index: from, _options: options, _custom: custom } = source
  let index: number[] | null = null
  // Bits of the target's fields that are still encoded.
  let unread = 0
  for (let i = 0; i < from.length; i += 3) {
    const entry = from[i] as number
    const field = entry & 0xff
    const to = field === FIELD_OPTIONS && carriesCustom ? FIELD_OPTIONS : (fields[field] ?? -1)
    if (to < 0) continue
    if (to === FIELD_OPTIONS) target._custom = undefined
    else unread |= 1 << to
    const carried = to === FIELD_OPTIONS ? entry | CARRIED : (entry & ~0xff) | to
    // A literal has room for exactly these; an empty list would take room for 17 at its first element.
    if (index === null) index = [carried, from[i + 1] as number, from[i + 2] as number]
    else index.push(carried, from[i + 1] as number, from[i + 2] as number)
  }
  if (index !== null) {
    target._index = index
    target._frame = frame
  }
  if (options !== null) {
    for (let field = 0; field < fields.length; field++) {
      const to = fields[field] as number
      const value = options[field]
      if (to < 0 || value == null || (unread & (1 << to)) !== 0) continue
      optionsOf(target)[to] = ownValue(value)
    }
  }
  // The keys that are the application's, and mean nothing else in the target.
  if (carriesCustom && frame === null && custom != null)
    target._custom = unknownKeys(target.table, custom, 'custom')
}

/** An option as another message has it: a list of its own, unless what its `toJSON` says is sent in its place. */
function ownValue(value: unknown): unknown {
  return Array.isArray(value) && toJSONOf(value) === null ? value.slice() : value
}

/** Sets an option of a new message; what stays unread stays unread. Throws TypeError for a value of the wrong kind. */
export function setOption(message: Message, field: number, value: unknown): void {
  if (message.table === undefined) {
    writeOption(message, field, value)
    return
  }
  const option = message.table.options[field]
  if (option !== undefined && value !== null)
    checkAttribute(message.table, option.attribute, option.kind, value)
  const at = entryOf(message, field)
  if (at >= 0) {
    // The index may be shared with the source.
    const index = message._index.filter((_, i) => i < at || i >= at + 3)
    message._index = index.length === 0 ? NO_INDEX : index
    if (index.length === 0) message._frame = null
  }
  if (value !== null || message._options !== null) {
    optionsOf(message)[field] =
      option === undefined || value === null ? value : keptOption(option.kind, value)
  }
}

/** A copy: the payload is shared, what is unread stays unread. */
export function copyOf<M extends Message>(source: M): M {
  const isOurs = source.table !== undefined && Object.hasOwn(source.constructor, 'TABLE')
  const copy = isOurs ? newCopyOf(source) : bareCopyOf(source)
  const { _custom: custom, _trace: trace, _options: options } = source
  copy._frame = source._frame
  copy._index = source._index
  copy._options = options == null ? null : options.map(ownValue)
  copy._custom = custom == null ? custom : { ...custom }
  copy._payload = source._payload
  copy._trace = trace == null ? null : { ...trace }
  if (!isOurs && source.table !== undefined) copy._encoded = null
  return copy
}

/** Applications' own classes, those that extend ours too, have what they like. Their constructors are their own. */
function bareCopyOf<M extends object>(source: M): M {
  return Object.assign(Object.create(Object.getPrototypeOf(source)), source)
}

/** A message with the same ids and URI; made by the constructor, so that it has the shape of all others. */
function newCopyOf<M extends Message>(source: M): M {
  const slots = source as unknown as Readonly<Record<string, unknown>>
  let ids = 0
  for (const { kind, slot } of source.table.positions) {
    const value = slots[slot]
    if (kind === 'id') {
      if (ids++ === 0) RECEIVED.first = value as number
      else RECEIVED.second = value as number
    } else if (kind === 'requestType') {
      RECEIVED.requestType = value as number
    } else if (kind === 'uri' || kind === 'realm' || kind === 'text') {
      RECEIVED.text = value as string | null
      RECEIVED.ref = (slots[`${slot}Ref`] as number | undefined) ?? -1
    }
  }
  return new (source.constructor as new (from: Received) => M)(RECEIVED)
}
