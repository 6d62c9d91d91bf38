/**
 * Numbers by which the reader of FlatBuffers in JavaScript goes (flatbuffers-facts.ts). The build puts them in place of
 * their names, as those of the ABI, so that its switch is a jump table.
 */

// What is done with a slot that is there. The first nine are all that most messages have.
export const READ_FIRST_ID = 0
export const READ_SECOND_ID = 1
export const READ_ARGS = 2
export const READ_KWARGS = 3
export const READ_PAYLOAD = 4
export const READ_URI = 5
export const READ_NUMBER = 6 //  of an option, and so on
export const READ_BOOL = 7
export const READ_TEXT = 8
export const READ_ENUM = 9
export const READ_TARGET = 10 // an option that an offset leads to, and that is no text
export const READ_TEXT_POSITION = 11
export const READ_ENUM_POSITION = 12
export const READ_REQUEST_TYPE = 13
export const READ_NOTHING = 14 // only checked

// Bits of a slot's facts: what is done with it (READ_MASK), its inline bytes, its type, names of the enumeration or
// number of the table, its field.
export const READ_MASK = 15
export const SIZE_SHIFT = 4
export const TYPE_SHIFT = 8
export const MORE_SHIFT = 12
export const FIELD_SHIFT = 20
export const SEMANTIC = 0x10000000 // an option that the façade checks

/**
 * Numbers of one table: its first slot, the number of slots, the required ones as bits, flags of the record, and what
 * it begins with.
 */
export const TABLE_WORDS = 5

// What a message begins with: a session and an id, then nothing, a second id or a URI, then args, kwargs and payload.
export const LEAD_OTHER = 0 // it begins in another way
export const LEAD_NONE = 1
export const LEAD_ID = 2
export const LEAD_URI = 3

/** Where a record has the start of the opaque payload, and behind it the end: in place of what it says of an error. */
export const PAYLOAD_START = 14
