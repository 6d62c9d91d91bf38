/**
 * Limits and policy of a codec: every option with its default and its reason. `createCodec` resolves what the
 * application gives once; all layers below read the result. Everybody may import this file; it imports nothing.
 */
/** The defaults of `CodecOptions`. */
export const DEFAULT_POLICY = {
    payloadValidation: 'eager',
    ownership: 'borrow',
    uri: 'loose',
    payloadRules: 'interop',
    unknownKeys: 'keep',
    duplicateKeys: 'last',
    integers: 'auto',
    binary: 'copy',
    maps: 'object',
    tags: 'plain',
    unrepresentable: 'throw',
    peers: 'strict',
    cache: true,
    maxDepth: 128,
    maxMessageBytes: 16 * 1024 * 1024 - 1,
    maxNodes: 4_194_304,
    maxBigIntBytes: 1024,
};
