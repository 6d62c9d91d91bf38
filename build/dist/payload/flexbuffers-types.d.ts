/**
 * The types of FlexBuffers by number (flexbuffers.h, enum Type), for the decoder and the encoder. A packed type is the
 * number times four plus the logarithm of a width: that of the numbers in what an offset points to.
 */
export declare const NULL = 0;
export declare const INT = 1;
export declare const UINT = 2;
export declare const FLOAT = 3;
export declare const KEY = 4;
export declare const STRING = 5;
export declare const INDIRECT_INT = 6;
export declare const INDIRECT_FLOAT = 8;
export declare const MAP = 9;
export declare const VECTOR = 10;
export declare const VECTOR_INT = 11;
export declare const VECTOR_KEY = 14;
/** Deprecated: it does not say how wide the sizes of its strings are. The npm package still writes it. */
export declare const VECTOR_STRING = 15;
export declare const VECTOR_INT_2 = 16;
export declare const BLOB = 25;
export declare const BOOL = 26;
export declare const VECTOR_BOOL = 36;
