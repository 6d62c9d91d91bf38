import { type DecodeRules } from './decode-value.ts';
/**
 * The one value that fills `bytes[start, end)`. Throws ProtocolError with TRUNCATED, LENGTH_OVERRUN, BAD_OFFSET,
 * MISALIGNED, BAD_UTF8, BAD_TOKEN, BAD_NUMBER, DUPLICATE_KEY, DEPTH_LIMIT, NODE_LIMIT or SIZE_LIMIT (texts and blobs
 * that overlap many times); its `offset` is an index in `bytes`.
 */
export declare function decodeFlexbuffers(bytes: Uint8Array, start: number, end: number, rules: DecodeRules): unknown;
/** The value in a slot of a vector, or of the root, with the byte of its type at `type`. Throws as the above. */
export declare function decodeFlexbuffersAt(bytes: Uint8Array, start: number, end: number, rules: DecodeRules, slot: number, type: number, width: number): unknown;
