/**
 * The kernel's FlatBuffers tables, as text for assembly/generated/tables.ts: the slots of all messages and of the
 * tables that they point to (src/message/flatbuffers-layout.ts). Called by build/kernel-tables.mjs.
 */
import { importTypeScript } from './import-typescript.mjs'

const { flatLayout } = await importTypeScript('src/message/flatbuffers-layout.ts')
const { slots, messages, nested, messageOfCode } = flatLayout()

export const flatBuffersTables = `
/** FlatBuffers union byte (0..127) -> index of the message + 1, 0 when unknown. */
export const FLAT_MESSAGE_OF_CODE: usize = memory.data<u8>([${messageOfCode.join(', ')}])
/** Eight bytes a slot: type, inline bytes, size of enumeration or number of table, field, place of id, flags, 0, 0. */
export const FLAT_SLOTS: usize = memory.data<u8>([${slots.join(', ')}])
/**
 * First slot, number of slots, number up to the last that is looked at when absent, 0: of messages and nested tables.
 */
export const FLAT_MESSAGES: usize = memory.data<u16>([${messages.join(', ')}])
export const FLAT_NESTED: usize = memory.data<u16>([${nested.join(', ')}])
`
