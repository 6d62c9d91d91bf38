/** Throws WampCodecError KERNEL_UNAVAILABLE where the runtime has none, as the others here do. */
export declare function textEncoder(): TextEncoder;
/** For text that was checked before. */
export declare function textDecoder(): TextDecoder;
/** Throws TypeError for bytes that are not UTF-8. */
export declare function strictDecoder(): TextDecoder;
