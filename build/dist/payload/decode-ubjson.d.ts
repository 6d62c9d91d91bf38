import { type DecodeRules } from './decode-value.ts';
import { type Dialect } from './ubjson-head.ts';
/**
 * The one value of BJData that fills `bytes[start, end)`; `type` is its marker when it has none of its own. Throws
 * ProtocolError with TRUNCATED, TRAILING_BYTES, LENGTH_OVERRUN, BAD_UTF8, BAD_TOKEN, BAD_NUMBER, KEY_TYPE,
 * DUPLICATE_KEY, DEPTH_LIMIT, NODE_LIMIT or SIZE_LIMIT (a high-precision integer of more digits than
 * `maxBigIntBytes` bytes have; records that name their texts too often); its `offset` is an index in `bytes`.
 */
export declare function decodeUbjson(bytes: Uint8Array, start: number, end: number, rules: DecodeRules, type?: number): unknown;
/** The same for UBJSON draft 12. */
export declare function decodeUbjsonDraft12(bytes: Uint8Array, start: number, end: number, rules: DecodeRules, type?: number): unknown;
/**
 * True for an encoded container in `bytes[start, end)` without elements, in any of its forms; it must be well-formed.
 */
export declare function isEmptyUbjson(format: string, dialect: Dialect, bytes: Uint8Array, start: number, end: number): boolean;
