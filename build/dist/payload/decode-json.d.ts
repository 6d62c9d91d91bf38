/**
 * JSON (RFC 8259) to JavaScript value: the payload object calls it when somebody reads args or kwargs of a frame or
 * an opaque payload. Iterative, over bytes; the containers are in `decode-tree.ts`.
 *
 * It reads what `JSON.parse` cannot: integers beyond 2^53 exactly, and strings that begin with NUL as bytes. When the
 * kernel knows that a text has neither, `decodePlainJson` does it with `JSON.parse`.
 */
import { type DecodeRules } from './decode-value.ts';
/**
 * The one value that fills `bytes[start, end)`, white space around it allowed. Throws ProtocolError with TRUNCATED,
 * TRAILING_BYTES, BAD_UTF8 (lone surrogate escapes too), BAD_TOKEN (base64 too), BAD_NUMBER, DUPLICATE_KEY,
 * DEPTH_LIMIT, NODE_LIMIT or SIZE_LIMIT (an integer of more than 2.5 times `maxBigIntBytes` digits); its `offset` is an
 * index in `bytes`.
 */
export declare function decodeJson(bytes: Uint8Array, start: number, end: number, rules: DecodeRules): unknown;
/**
 * The same for text that the kernel has found plain (`FLAG_PLAIN_JSON`): well-formed, within depth and node limits, no
 * integer beyond 2^53, no string that begins with NUL, and `maps`, `integers` and `duplicateKeys` at their defaults.
 * `JSON.parse` then gives exactly what `decodeJson` gives. Throws ProtocolError as `decodeJson` does.
 */
export declare function decodePlainJson(bytes: Uint8Array, start: number, end: number): unknown;
/** The text of the string that fills `bytes[start, end)`, also when it begins with NUL: keys are never bytes. */
export declare function decodeJsonText(bytes: Uint8Array, start: number, end: number, rules: DecodeRules): string;
