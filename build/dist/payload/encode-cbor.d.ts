/**
 * JavaScript value to CBOR (RFC 8949): the payload object and the message writers call it, for args, kwargs and
 * options. The rules about values are those of `encode-value.ts`; here are only the bytes.
 *
 * Heads are the shortest, lengths definite. Floats are 64 bits (fb) except NaN f97e00 and the infinities f97c00 and
 * f9fc00, as the reference peer writes them. Integers beyond 64 bits are bignums (tags 2 and 3).
 */
import { type EncodeRules } from './encode-value.ts';
import type { Output } from './output.ts';
/**
 * Writes one value to `out`. `path` names the value in errors (`args`). Throws EncodeError with UNENCODABLE, BAD_UTF8,
 * KEY_TYPE, CYCLE, DEPTH_LIMIT or SIZE_LIMIT, and whatever a getter or `toJSON` of the application throws; the caller
 * then resets `out`.
 */
export declare function encodeCbor(out: Output, value: unknown, rules: EncodeRules, path: string): void;
