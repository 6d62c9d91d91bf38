/**
 * The types of FlexBuffers by number (flexbuffers.h, enum Type), for the decoder and the encoder. A packed type is the
 * number times four plus the logarithm of a width: that of the numbers in what an offset points to.
 */
export const NULL = 0
export const INT = 1
export const UINT = 2
export const FLOAT = 3
export const KEY = 4
export const STRING = 5
export const INDIRECT_INT = 6 // then uint, float
export const INDIRECT_FLOAT = 8
export const MAP = 9
export const VECTOR = 10
export const VECTOR_INT = 11 //   then uint, float
export const VECTOR_KEY = 14
/** Deprecated: it does not say how wide the sizes of its strings are. The npm package still writes it. */
export const VECTOR_STRING = 15
export const VECTOR_INT_2 = 16 // then uint, float, and the same with three and four elements
export const BLOB = 25
export const BOOL = 26
export const VECTOR_BOOL = 36
