/**
 * JavaScript value to UBJSON, in both dialects: the payload object and the message writers call it, for args, kwargs
 * and options. The rules about values are those of `encode-value.ts`; here are only the bytes.
 *
 * They are those of the reference peer: integers in the shortest form, unsigned where there is one; floats of 64 bits
 * but for zero (`d`) and for the subnormal (`H`, exactly); text of one octet as `C`; containers
 * without counts and types. BJData is little-endian, draft 12 big-endian and without unsigned 16, 32 and 64 bits.
 */
import { type EncodeRules } from './encode-value.ts';
import type { Output } from './output.ts';
/**
 * Writes one value to `out` as BJData. `path` names the value in errors (`args`). Throws EncodeError with UNENCODABLE,
 * BAD_UTF8, KEY_TYPE, CYCLE, DEPTH_LIMIT or SIZE_LIMIT, and whatever a getter or `toJSON` of the application throws;
 * the caller then resets `out`.
 */
export declare function encodeUbjson(out: Output, value: unknown, rules: EncodeRules, path: string): void;
/** The same as UBJSON draft 12, which has no NaN and no infinities: UNENCODABLE, or null with the lenient rules. */
export declare function encodeUbjsonDraft12(out: Output, value: unknown, rules: EncodeRules, path: string): void;
/** Writes an exact integer with its marker. Not negative in BJData: U, u, m, M; in draft 12: U, I, l, L. */
export declare function writeInteger(out: Output, value: number, isLittle: boolean): void;
