/**
 * The value in nothing but what JSON has. Bytes are a NUL and base64 in a string, a BigInt is a number, or its digits in
 * a string beyond 2^53; NaN, the infinities and what is absent in a list are null, `Tagged` is `{ tag, value }`, and has
 * its `kind` unless that is a tag. A Map
 * is an object; a list of its entries when a key is neither text nor an integer, or two keys are the same text. `path`
 * names the value in errors. Throws EncodeError (CYCLE, DEPTH_LIMIT, SIZE_LIMIT, UNENCODABLE for a detached buffer), and
 * whatever a getter or `toJSON` of the application throws.
 */
export declare function jsonSafe(value: unknown, path: string): unknown;
/** The same for each value of a dictionary: as on the wire, where none counts the dictionary as a level of its own. */
export declare function jsonSafeEntries(dictionary: Readonly<Record<string, unknown>>, path: string): object;
