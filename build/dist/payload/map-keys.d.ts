/**
 * Keys of a Map where text is expected: in formats that have text only, and in views. Integers become their digits, as
 * JavaScript does it; other keys have no text.
 */
import type { ErrorCode } from '../errors.ts';
import type { PayloadFormatName } from './format.ts';
/** True for the formats whose maps have keys of any kind. */
export declare function hasAnyKeys(format: PayloadFormatName): boolean;
/** True for a key that is an integer on the wire. */
export declare function isIntegerKey(key: unknown): key is number | bigint;
/** The keys as texts; null when one of them has none, or two become the same. */
export declare function textsOf(keys: readonly unknown[]): string[] | null;
/** The keys as views list them: an integer is its text, unless that is a key, too. */
export declare function namesOf(keys: readonly unknown[]): unknown[];
/** Why keys have no texts. */
export declare function faultOf(keys: readonly unknown[]): [code: ErrorCode, reason: string];
/** How the path of an error shows a key. */
export declare function stepOf(key: unknown): string | number;
