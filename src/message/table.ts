/**
 * What a message table is. One table per message holds the wire facts; parsing, marshalling, the kernel's key tables,
 * equality, inspection and the attribute reference in the docs all follow from it (`tables.ts`). The FlatBuffers side
 * of a message is beside it (`flatbuffers-tables.ts`), so that a bundle without FlatBuffers has none of it.
 */
import type { ENUMERATIONS } from './tables/enumerations.ts'

/** The kind of value that an attribute holds; `kinds.ts` has the check of each, the kernel the same for bytes. */
export type Kind =
  | 'id' //             integer 0..2^53
  | 'int' //            any integer
  | 'uint' //           any integer, not negative
  | 'count' //          any integer from 1
  | 'bool'
  | 'text'
  | 'textOrNull'
  | 'uri'
  | 'dict' //           map with text keys
  | 'dictOrNull'
  | 'ints' //           list of integers
  | 'texts' //          list of text
  | 'hops' //           forward_for: list of { session, authid, authrole }
  | 'clientRoles'
  | 'routerRoles'
  | keyof typeof ENUMERATIONS
  | 'encAlgo'
  | 'encKey'
  | 'encSerializer'

/** What may stand at a position of the list; `options` is the Options or Details dictionary itself. */
export type PositionKind = 'id' | 'requestType' | 'uri' | 'realm' | 'text' | 'dict' | 'options' | 'options?'

/** One element of the list after the message code. */
export interface Position {
  readonly attribute: string
  /** Where the message keeps it: a property of its own, except for dictionaries, which are read on demand. */
  readonly slot: string
  readonly kind: PositionKind
  /** Whether the URI has a number beside it, `topicRef`. */
  readonly isInterned: boolean
  /** The value that a constructor takes for absence; null where the position is required, or may be null. */
  readonly absent: string | null
}

/**
 * When `marshal` writes an option: whenever it is set (the default), only when truthy, or only when it differs from
 * the value that its absence means.
 */
export type WriteRule = 'set' | 'truthy' | { readonly unless: string }

/** One key of the Options or Details dictionary. */
export interface Option {
  /** The attribute of the message. */
  readonly attribute: string
  /** The key on the wire: the attribute, or the same with hyphens. */
  readonly key: string
  readonly kind: Kind
  readonly write: WriteRule
  /** The value that absence means, for attributes that are never null. */
  readonly absent: string | null
  /** Whether a constructor needs it. */
  readonly isRequired: boolean
}

/** What a message takes over from the one that it is made of, by the static method `from` of its class. */
export interface From {
  readonly source: MessageTable
  /** Ids that are those of the source; the others are given. */
  readonly ids: readonly string[]
  /** Attributes of both messages that go along, also when they are still encoded in the source's frame. */
  readonly carries: readonly string[]
  /** The same, for a source that came over a router-to-router link, and so has forward_for. */
  readonly carriesLinked: readonly string[]
  /** Whether custom keys go along. */
  readonly carriesCustom: boolean
}

/** The wire facts of one message. */
export interface MessageTable {
  /** The name in WAMP's own spelling, `PUBLISH`. */
  readonly name: string
  /** The code in list form. */
  readonly code: number
  /** 1 plain, 3 forwarding, 4 payload and forwarding (2 is empty in WAMP). */
  readonly category: 1 | 3 | 4
  readonly positions: readonly Position[]
  /** Options by field number; the mixins' keys have the same numbers in every message. */
  readonly options: readonly Option[]
  /** Field numbers in the order in which they are written. */
  readonly writeOrder: readonly number[]
  /** What may follow the fixed positions: nothing, args and kwargs, or those or one opaque payload. */
  readonly payload: 'none' | 'args' | 'any'
  /** Custom keys stand before the known ones (WELCOME) or after them. */
  readonly customFirst: boolean
  /** What it may be made of; null for most. */
  readonly from: From | null
}

/** A position of a table: `[attribute, kind]` with what differs from the usual. */
type PositionRow = readonly [
  attribute: string,
  kind: PositionKind,
  more?: { isInterned?: boolean; absent?: string },
]

/** An option of a table: `[key, kind]` with what differs from the usual. */
export type OptionRow = readonly [
  key: string,
  kind: Kind,
  more?: { write?: WriteRule; absent?: string; isRequired?: boolean },
]

/** What `defineTable` makes a table of. */
interface TableRows {
  readonly positions: readonly PositionRow[]
  /** In writing order. */
  readonly options?: readonly OptionRow[]
  readonly payload?: 'args'
  readonly customFirst?: boolean
  readonly from?: {
    readonly source: MessageTable | 'itself'
    readonly ids?: readonly string[]
    readonly carries: readonly string[]
    readonly carriesLinked?: readonly string[]
    readonly carriesCustom?: false
  }
}

/** Options that hold an id or ids; so do the hops of forward_for. */
export const ID_OPTIONS: readonly string[] = [
  'caller',
  'callee',
  'publisher',
  'subscription',
  'registration',
  'resume-session',
  'exclude',
  'eligible',
]

/** Requests that ERROR may answer: PUBLISH, SUBSCRIBE, UNSUBSCRIBE, CALL, REGISTER, UNREGISTER, INVOCATION. */
export const REQUEST_TYPES: readonly number[] = [16, 32, 34, 48, 64, 66, 68]

/** The field numbers that the mixins share over all messages. */
export const FORWARD_FOR = 0
export const ENC_ALGO = 1
export const ENC_KEY = 2
export const ENC_SERIALIZER = 3
export const PPT_SCHEME = 4
export const PPT_SERIALIZER = 5
export const PPT_CIPHER = 6
export const PPT_KEYID = 7

/** The keys of the mixins, by field number. */
export const FORWARDING_KEYS: readonly string[] = ['forward_for']
export const PAYLOAD_KEYS: readonly string[] = [
  ...FORWARDING_KEYS,
  'enc_algo',
  'enc_key',
  'enc_serializer',
  'ppt_scheme',
  'ppt_serializer',
  'ppt_cipher',
  'ppt_keyid',
]

/** Builds a table from its rows; numbers the options so that the mixins find theirs. */
export function defineTable(name: string, code: number, category: 1 | 3 | 4, rows: TableRows): MessageTable {
  const fixed = category === 4 ? PAYLOAD_KEYS : category === 3 ? FORWARDING_KEYS : []
  const written = rows.options ?? []
  const own = written.map(([key]) => key).filter((key) => !fixed.includes(key))
  const numbers = new Map([...fixed, ...own].map((key, field) => [key, field]))
  const options = [...numbers.keys()].map((key): Option => {
    const row = written.find((candidate) => candidate[0] === key)
    if (row === undefined) throw new TypeError(`${name} lacks the row of ${key}`)
    const [, kind, { write = 'set', absent = null, isRequired = false } = {}] = row
    return { attribute: key.replaceAll('-', '_'), key, kind, write, absent, isRequired }
  })
  const table: MessageTable & { from: From | null } = {
    name,
    code,
    category,
    positions: rows.positions.map(([attribute, kind, { isInterned = false, absent = null } = {}]) => ({
      attribute,
      slot: kind === 'dict' ? attribute : `_${attribute}`,
      kind,
      isInterned,
      absent,
    })),
    options,
    writeOrder: written.map(([key]) => numbers.get(key) as number),
    payload: category === 4 ? 'any' : (rows.payload ?? 'none'),
    customFirst: rows.customFirst ?? false,
    from: null,
  }
  if (rows.from !== undefined) {
    const { source: given, ids = [], carries, carriesLinked = [], carriesCustom = true } = rows.from
    const source = given === 'itself' ? table : given
    table.from = { source, ids, carries, carriesLinked, carriesCustom }
  }
  return table
}

/**
 * Remembers what is made of a table: `make` is called once for each. Tables are found by their code, which takes a
 * tenth of the time of a WeakMap.
 */
export function perTable<T>(make: (table: MessageTable) => T): (table: MessageTable) => T {
  const known: ({ readonly table: MessageTable; readonly made: T } | undefined)[] = []
  return (table) => {
    const entry = known[table.code]
    if (entry !== undefined && entry.table === table) return entry.made
    const made = make(table)
    known[table.code] = { table, made }
    return made
  }
}
