/** JSON: nothing but the two brackets, and white space anywhere. */
export declare function isEmptyJson(bytes: Uint8Array, start: number, end: number): boolean;
export declare function isEmptyMsgpack(bytes: Uint8Array, start: number, end: number): boolean;
/** CBOR: false for one with a tag before it, because what follows may hold anything. */
export declare function isEmptyCbor(bytes: Uint8Array, start: number, end: number): boolean;
/** FlexBuffers: the vector that the root leads to has its count before it, except for those of a fixed length. */
export declare function isEmptyFlexbuffers(bytes: Uint8Array, start: number, end: number): boolean;
