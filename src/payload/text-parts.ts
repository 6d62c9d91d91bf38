/**
 * How the readers make strings of ASCII: one string for a part of the bytes, of which each text is a piece: a call of
 * a text decoder costs more than the bytes of a short text.
 */

/** Bytes of a part: a text that is kept keeps no more beside it. A longer text is a part by itself. */
export const PART_BYTES = 1024

/** Text of fewer bytes is made of its characters when no part is there and less than so much is left to read. */
export const CHARWISE_BELOW = 16
export const NO_PART_BELOW = 128
