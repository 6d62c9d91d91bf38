import { type EncodeRules } from './encode-value.ts';
import type { Output } from './output.ts';
/**
 * Writes one value to `out` as JSON in UTF-8. `path` names the value in errors (`args`). Throws EncodeError with
 * UNENCODABLE, BAD_UTF8, KEY_TYPE, CYCLE, DEPTH_LIMIT or SIZE_LIMIT, and whatever a getter or `toJSON` of the
 * application throws; the caller then resets `out`.
 */
export declare function encodeJson(out: Output, value: unknown, rules: EncodeRules, path: string): void;
/** Writes short ASCII text that needs no escapes, in quotes; false when it is anything else, and nothing is written. */
export declare function writeShort(out: Output, text: string): boolean;
/** Standard base64 with padding (RFC 4648 section 4). */
export declare function base64(bytes: Uint8Array): string;
