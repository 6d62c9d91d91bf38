/**
 * The FlatBuffers schema of WAMP as data: what a slot is and what it is to a message, the enumerations, and the tables
 * that messages point to (the messages' own are made in flatbuffers-tables.ts). Names, types and order of slots are in
 * flatbuffers-rows.ts, which is generated from schema/*.fbs. Reader, verifier (build/flatbuffers-tables.mjs), builder
 * and the report of losses follow from them.
 */
import { type FlatRow, type FlatType, NESTED_ROWS } from './flatbuffers-rows.ts'
import type { MessageTable } from './table.ts'
import { ENC_ALGOS, ENC_SERIALIZERS, ENUMERATIONS } from './tables/enumerations.ts'

/** Enumerations of the schema: names in the order of their numbers; null is "none given". All are bytes on the wire. */
export const FLAT_ENUMS: Readonly<Record<string, readonly (string | null)[]>> = {
  PPTScheme: [null, ...ENC_ALGOS, 'opaque'],
  // 0 is TRANSPORT: the payload is in the serializer of the transport, which says nothing about an opaque one.
  PPTSerializer: [null, ...ENC_SERIALIZERS],
  PPTCipher: [null, 'xsalsa20poly1305', 'aes256gcm'],
  Match: ENUMERATIONS.match,
  InvocationPolicy: ENUMERATIONS.invoke,
  CancelMode: ENUMERATIONS.cancelMode,
  AuthMethod: [null, 'ticket', 'wampcra', 'wamp-scram', 'cryptosign'],
}

/** One slot of a table; its number is its place in the list. */
export interface FlatSlot {
  readonly name: string
  readonly type: FlatType
  /** Bytes in the table: of the value itself, or of the offset to it. */
  readonly size: number
  /** The attribute of the message, or the key of the dictionary that a nested table is read to; null for neither. */
  readonly attribute: string | null
  /** The schema's own `required`. */
  readonly required: boolean
  /** What absence means to readers that know the schema only; the builder of the reference peer leaves it out. */
  readonly default: number | boolean | null
}

/** The FlatBuffers side of one message. */
export interface FlatTable {
  /** The table's name in the schema. */
  readonly name: string
  /** The byte of the union: the WAMP code, 37 for EVENT_RECEIVED, which is 337. */
  readonly code: number
  readonly slots: readonly FlatSlot[]
  /** Names of slots in the order in which the reference peer creates what they point to; all others are inline. */
  readonly created: readonly string[]
  /** Names of slots in the order in which it adds them to the table. What is missing here it never writes. */
  readonly added: readonly string[]
}

/** Slots that a message has by another name. */
const RENAMED: Readonly<Record<string, string>> = {
  ppt_scheme: 'enc_algo',
  ppt_serializer: 'enc_serializer',
  ppt_keyid: 'enc_key',
}

/** The list form's own name of a feature. */
const ACKNOWLEDGE = { acknowledge_event_received: 'x_acknowledged_event_delivery' }

/** The same in one table; null for a slot that the message has not. */
const RENAMED_IN: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
  BrokerFeatures: ACKNOWLEDGE,
  PublisherFeatures: ACKNOWLEDGE,
  Event: { acknowledge: 'x_acknowledged_delivery' },
  // The class has no forward_for, as in the WAMP specification.
  EventReceived: { forward_for: null },
}

/**
 * The slots of a table. A session in front of a message that has no such attribute is for routers that send several
 * over one connection; `message` is null for tables that messages point to.
 */
export function slotsOf(
  table: string,
  rows: readonly FlatRow[],
  message: Pick<MessageTable, 'positions' | 'options'> | null,
): FlatSlot[] {
  const renamed = RENAMED_IN[table]
  return rows.map(([name, type, more = {}]): FlatSlot => {
    const usual = isOffsetType(type) ? null : type === 'bool' ? false : 0
    const own = renamed?.[name]
    const isForeign = message !== null && name === 'session' && !hasSession(message)
    const attribute = isForeign ? null : own === undefined ? (RENAMED[name] ?? name) : own
    return {
      name,
      type,
      size: sizeOf(type),
      attribute,
      required: more.required ?? false,
      default: more.default ?? usual,
    }
  })
}

const SIZES: Readonly<Record<string, number>> = { bool: 1, MessageType: 2, uint16: 2, uint32: 4, uint64: 8 }

function sizeOf(type: FlatType): number {
  return SIZES[type] ?? (Object.hasOwn(FLAT_ENUMS, type) ? 1 : 4)
}

function hasSession({ positions, options }: Pick<MessageTable, 'positions' | 'options'>): boolean {
  return [...positions, ...options].some(({ attribute }) => attribute === 'session')
}

/** The tables that messages point to, by their names in the schema. */
export const FLAT_NESTED: Readonly<Record<string, readonly FlatSlot[]>> = Object.fromEntries(
  Object.entries(NESTED_ROWS).map(([name, rows]) => [name, slotsOf(name, rows, null)]),
)

/** True when a slot of the type holds an offset to what it stands for. */
export function isOffsetType(type: FlatType): boolean {
  return type.startsWith('[') || type === 'string' || Object.hasOwn(NESTED_ROWS, type)
}
