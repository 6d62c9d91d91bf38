/**
 * Limits and policy of a codec: every option with its default and its reason. `createCodec` resolves what the
 * application gives once; all layers below read the result. Everybody may import this file; it imports nothing.
 */
/** How payload values are read and written; the value options of `createCodec`. */
export interface Policy {
    readonly payloadValidation: 'eager' | 'deferred';
    readonly ownership: 'borrow' | 'copy';
    readonly uri: 'loose' | 'strict' | 'none';
    readonly payloadRules: 'interop' | 'strict';
    readonly unknownKeys: 'keep' | 'custom' | 'drop' | 'refuse';
    readonly duplicateKeys: 'last' | 'refuse';
    readonly integers: 'auto' | 'number' | 'bigint';
    readonly binary: 'copy' | 'view';
    readonly maps: 'object' | 'map';
    readonly tags: 'plain' | 'tagged';
    readonly unrepresentable: 'throw' | 'json';
    /** `lenient` also reads what published clients send against the rules; docs/peers.md lists all of it. */
    readonly peers: 'strict' | 'lenient';
    readonly cache: boolean;
    /** Nesting of arrays, maps and tags. Deep enough for any document people write, shallow enough for any stack. */
    readonly maxDepth: number;
    /** Bytes of one message. RawSocket cannot carry more without the X bit. */
    readonly maxMessageBytes: number;
    /** Values that one frame may produce: a frame of empty maps must not become gigabytes of objects. */
    readonly maxNodes: number;
    /**
     * Bytes of one big integer: conversion of longer ones is not linear. In JSON and UBJSON as many digits as the largest
     * number of so many bytes has; a number of exactly so many may then be one byte too long for the other formats.
     */
    readonly maxBigIntBytes: number;
}
/** The defaults of `CodecOptions`. */
export declare const DEFAULT_POLICY: Policy;
