/**
 * JavaScript value to MsgPack: the payload object and the message writers call it, for args, kwargs and options.
 * The rules about values are those of `encode-value.ts`; here are only the bytes.
 *
 * Every form is the shortest; an integer that is not negative is always of the unsigned family (cc, cd, ce, cf), a
 * float always has 64 bits (cb), as the reference peer writes them. `Tagged` with a type of -128..127 and bytes is an
 * extension, whatever it was before.
 */
import { type EncodeRules } from './encode-value.ts';
import type { Output } from './output.ts';
/**
 * Writes one value to `out`. `path` names the value in errors (`args`). Throws EncodeError with UNENCODABLE, BAD_UTF8,
 * KEY_TYPE, CYCLE, DEPTH_LIMIT or SIZE_LIMIT, and whatever a getter or `toJSON` of the application throws; the caller
 * then resets `out`.
 */
export declare function encodeMsgpack(out: Output, value: unknown, rules: EncodeRules, path: string): void;
