import { type DecodeRules } from './decode-value.ts';
/**
 * The one value that fills `bytes[start, end)`. Throws ProtocolError with TRUNCATED, TRAILING_BYTES, LENGTH_OVERRUN,
 * BAD_UTF8, BAD_TOKEN, BAD_NUMBER, DUPLICATE_KEY, DEPTH_LIMIT, NODE_LIMIT or SIZE_LIMIT (a bignum of more than
 * `maxBigIntBytes`); its `offset` is an index in `bytes`.
 */
export declare function decodeCbor(bytes: Uint8Array, start: number, end: number, rules: DecodeRules): unknown;
/** A 16-bit float (IEEE 754 binary16) by its bits. */
export declare function halfFloat(bits: number): number;
