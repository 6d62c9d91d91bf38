/**
 * The layout of all tables (flatbuffers-layout.ts) as the reader in JavaScript takes it: what is known of a slot in one
 * number, and the required slots of a table as bits.
 */
import * as abi from '../kernel/abi.ts'
import * as codes from './flatbuffers-codes.ts'
import { flatLayout, MESSAGE_WORDS, SLOT_BYTES } from './flatbuffers-layout.ts'
import { CHECKED_MESSAGES } from './rules.ts'
import { REQUEST_TYPES } from './table.ts'
import { TABLES } from './tables.ts'

/** The layout with all facts of a slot in one number. */
export interface FlatFacts {
  readonly slots: Int32Array
  /** The numbers of each message and nested table, TABLE_WORDS of each. */
  readonly messages: Int32Array
  readonly nested: Int32Array
  readonly messageOfCode: Uint8Array
  readonly requestTypes: Uint8Array
}

let known: FlatFacts | null = null

/** The facts, made at first use. */
export function flatFacts(): FlatFacts {
  known ??= makeFacts()
  return known
}

function makeFacts(): FlatFacts {
  const { slots, messages, nested, messageOfCode } = flatLayout()
  const facts = new Int32Array(slots.length / SLOT_BYTES)
  const at = (slot: number, byte: number): number => slots[slot * SLOT_BYTES + byte] as number
  for (let slot = 0; slot < facts.length; slot++) {
    const [type, size, more, field, place, flags] = [0, 1, 2, 3, 4, 5].map((byte) => at(slot, byte)) as Facts
    facts[slot] =
      readOf(type, field, place, flags) |
      (size << codes.SIZE_SHIFT) |
      (type << codes.TYPE_SHIFT) |
      (more << codes.MORE_SHIFT) |
      (field << codes.FIELD_SHIFT) |
      ((flags & abi.SLOT_SEMANTIC) !== 0 ? codes.SEMANTIC : 0)
  }
  const withBits = (words: readonly number[]): Int32Array => {
    const tables: number[] = []
    for (let i = 0; i < words.length; i += MESSAGE_WORDS) {
      const [first, count] = [words[i] as number, words[i + 1] as number]
      let required = 0
      for (let slot = 0; slot < count; slot++) {
        if ((at(first + slot, 5) & abi.SLOT_REQUIRED) !== 0) required |= 1 << slot
      }
      tables.push(first, count, required, 0, leadOf(facts.subarray(first, first + count)))
    }
    return Int32Array.from(tables)
  }
  const ofMessages = withBits(messages)
  for (const [messageIndex, { name, positions }] of TABLES.entries()) {
    // An absent id is zero, and known.
    const request = positions[0]?.kind === 'id' ? abi.FLAG_REQUEST : 0
    ofMessages[messageIndex * codes.TABLE_WORDS + 3] =
      request | (CHECKED_MESSAGES.includes(name) ? abi.FLAG_SEMANTIC : 0)
  }
  const requestTypes = new Uint8Array(128)
  for (const code of REQUEST_TYPES) requestTypes[code] = 1
  return {
    slots: facts,
    messages: ofMessages,
    nested: withBits(nested),
    messageOfCode: Uint8Array.from(messageOfCode),
    requestTypes,
  }
}

/** What a message of these slots begins with. */
function leadOf(slots: Int32Array): number {
  const [session, first, ...rest] = Array.from(slots, (fact) => fact & codes.READ_MASK)
  if (session !== codes.READ_NOTHING || first !== codes.READ_FIRST_ID) return codes.LEAD_OTHER
  const args = rest.indexOf(codes.READ_ARGS)
  const hasAll = rest[args + 1] === codes.READ_KWARGS && rest[args + 2] === codes.READ_PAYLOAD
  if (args < 0 || !hasAll) return codes.LEAD_OTHER
  if (args === 0) return codes.LEAD_NONE
  if (args > 1) return codes.LEAD_OTHER
  if (rest[0] === codes.READ_SECOND_ID) return codes.LEAD_ID
  return rest[0] === codes.READ_URI ? codes.LEAD_URI : codes.LEAD_OTHER
}

type Facts = [type: number, size: number, more: number, field: number, place: number, flags: number]

/** What is done with a slot of a message. */
function readOf(type: number, field: number, place: number, flags: number): number {
  if (field === abi.FIELD_NONE) return codes.READ_NOTHING
  if (field === abi.FIELD_ARGS) return codes.READ_ARGS
  if (field === abi.FIELD_KWARGS) return codes.READ_KWARGS
  if (field === abi.FIELD_PAYLOAD) return codes.READ_PAYLOAD
  const isOption = field < abi.FIELD_POSITION
  switch (type) {
    case abi.FLAT_BOOL:
      return codes.READ_BOOL
    case abi.FLAT_ENUM:
      return isOption ? codes.READ_ENUM : codes.READ_ENUM_POSITION
    case abi.FLAT_REQUEST_TYPE:
      return codes.READ_REQUEST_TYPE
    case abi.FLAT_TEXT:
      if (isOption) return codes.READ_TEXT
      return (flags & abi.SLOT_URI) !== 0 ? codes.READ_URI : codes.READ_TEXT_POSITION
    case abi.FLAT_U64:
      if (!isOption) return place === 0 ? codes.READ_FIRST_ID : codes.READ_SECOND_ID
      return codes.READ_NUMBER
    default:
      return type < abi.FLAT_TEXT ? codes.READ_NUMBER : codes.READ_TARGET
  }
}
