/**
 * The layout of all tables (flatbuffers-layout.ts) as the reader in JavaScript takes it: what is known of a slot in one
 * number, and the required slots of a table as bits.
 */
import * as abi from '../kernel/abi.ts'
import { flatLayout, SLOT_BYTES, TABLE_WORDS } from './flatbuffers-layout.ts'
import { CHECKED_MESSAGES } from './rules.ts'
import { REQUEST_TYPES } from './table.ts'
import { TABLES } from './tables.ts'

// Bits of a slot's facts: its type, its inline bytes ...
export const SIZE_SHIFT = 4
export const MORE_SHIFT = 8
export const FIELD_SHIFT = 16
export const PLACE_SHIFT = 24
export const FLAGS_SHIFT = 25

/** The layout with all facts of a slot in one number. */
export interface FlatFacts {
  readonly slots: Int32Array
  /** First slot, number of slots, the required ones as bits, flags of the record; for each form and nested table. */
  readonly forms: Int32Array
  readonly nested: Int32Array
  readonly formOfCode: Uint8Array
  readonly requestTypes: Uint8Array
}

let known: FlatFacts | null = null

/** The facts, made at first use. */
export function flatFacts(): FlatFacts {
  known ??= makeFacts()
  return known
}

function makeFacts(): FlatFacts {
  const { slots, forms, nested, formOfCode } = flatLayout()
  const facts = new Int32Array(slots.length / SLOT_BYTES)
  const at = (slot: number, byte: number): number => slots[slot * SLOT_BYTES + byte] as number
  for (let slot = 0; slot < facts.length; slot++) {
    const [type, size, more, field, place, flags] = [0, 1, 2, 3, 4, 5].map((byte) => at(slot, byte)) as Facts
    facts[slot] =
      type |
      (size << SIZE_SHIFT) |
      (more << MORE_SHIFT) |
      (field << FIELD_SHIFT) |
      (place << PLACE_SHIFT) |
      (flags << FLAGS_SHIFT)
  }
  const withBits = (words: readonly number[]): Int32Array => {
    const result = Int32Array.from(words)
    for (let i = 0; i < result.length; i += TABLE_WORDS) {
      let required = 0
      for (let slot = 0; slot < (words[i + 1] as number); slot++) {
        if ((at((words[i] as number) + slot, 5) & abi.SLOT_REQUIRED) !== 0) required |= 1 << slot
      }
      result[i + 2] = required
      result[i + 3] = 0
    }
    return result
  }
  const messages = withBits(forms)
  for (const [form, { name, positions }] of TABLES.entries()) {
    // An absent id is zero, and known.
    const request = positions[0]?.kind === 'id' ? abi.FLAG_REQUEST : 0
    messages[form * TABLE_WORDS + 3] = request | (CHECKED_MESSAGES.includes(name) ? abi.FLAG_SEMANTIC : 0)
  }
  const requestTypes = new Uint8Array(128)
  for (const code of REQUEST_TYPES) requestTypes[code] = 1
  return {
    slots: facts,
    forms: messages,
    nested: withBits(nested),
    formOfCode: Uint8Array.from(formOfCode),
    requestTypes,
  }
}

type Facts = [type: number, size: number, more: number, field: number, place: number, flags: number]
