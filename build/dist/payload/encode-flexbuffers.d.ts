/**
 * JavaScript value to FlexBuffers: for args and kwargs inside of FlatBuffers, and opaque payloads. The rules about
 * values are those of `encode-value.ts`, the bytes are in `flexbuffers-layout.ts`; here is which type a value gets:
 *
 * - Keys are shared and sorted by their bytes, strings are not shared, as with Google's own builder.
 * - Integers are INT in the narrowest width, beyond 2^63-1 UINT. A float has 32 bits when they hold it exactly.
 * - Numbers of 64 bits are indirect in containers: the other elements stay narrow, and the npm package (25.9) cannot
 *   read vectors that are 64 bits wide.
 * - Arrays are untyped vectors: the npm package reads typed ones beyond the end of the buffer. Only keys are typed.
 */
import { type EncodeRules } from './encode-value.ts';
import type { Output } from './output.ts';
/**
 * Writes one value to `out`. `path` names the value in errors (`args`). Throws EncodeError with UNENCODABLE (integers
 * beyond 64 bits, keys with NUL, and what no format has), BAD_UTF8, KEY_TYPE, CYCLE, DEPTH_LIMIT or SIZE_LIMIT, and
 * whatever a getter or `toJSON` of the application throws; the caller then resets `out`.
 */
export declare function encodeFlexbuffers(out: Output, value: unknown, rules: EncodeRules, path: string): void;
