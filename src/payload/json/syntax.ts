/** Bytes of JSON (RFC 8259), and of its words. */
export const SPACE = 0x20
export const QUOTE = 0x22
export const COMMA = 0x2c
export const DIGIT_0 = 0x30
export const DIGIT_9 = 0x39
export const COLON = 0x3a
export const OPEN_ARRAY = 0x5b
export const BACKSLASH = 0x5c
export const CLOSE_ARRAY = 0x5d
export const LOWER_F = 0x66
export const LOWER_N = 0x6e
export const LOWER_T = 0x74
export const LOWER_U = 0x75
export const OPEN_MAP = 0x7b
export const CLOSE_MAP = 0x7d

// The four bytes of a word, and the last four of `false`, as little-endian words.
export const TRUE = 0x6575_7274
export const NULL = 0x6c6c_756e
export const ALSE = 0x6573_6c61
