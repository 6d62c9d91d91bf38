/**
 * Buffers that must not be transferred to another thread, because others have parts of them. Only Node can say so; where
 * it cannot, whoever hands out parts of a buffer has to notice that it is gone.
 */
/** From now on `postMessage` and `structuredClone` refuse to transfer the buffer, where the runtime can. */
export declare function pin(buffer: ArrayBufferLike): void;
