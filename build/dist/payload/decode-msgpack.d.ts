import { type DecodeRules } from './decode-value.ts';
/**
 * The one value that fills `bytes[start, end)`. Throws ProtocolError with TRUNCATED, TRAILING_BYTES, LENGTH_OVERRUN,
 * BAD_UTF8, BAD_TOKEN, BAD_NUMBER, DUPLICATE_KEY, DEPTH_LIMIT or NODE_LIMIT; its `offset` is an index in `bytes`.
 */
export declare function decodeMsgpack(bytes: Uint8Array, start: number, end: number, rules: DecodeRules): unknown;
