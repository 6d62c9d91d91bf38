/**
 * The arguments of our own API: options by their names, and the errors for wrong use. What a peer sends is checked
 * elsewhere. Every file may import this one; it imports nothing.
 */
/** A value in words, for an error. */
export declare function nameOf(value: unknown): string;
/** The error for an argument of the wrong type: `encode: expected a Message, got an array`. */
export declare function wrongArgument(where: string, expected: string, value: unknown): TypeError;
/** True for an object that may hold options or attributes: no list, no function. */
export declare function isObject(value: unknown): boolean;
/** The error for a name that is not among the known ones. */
export declare function unknownName(where: string, kind: string, name: string, known: Iterable<string>): TypeError;
/**
 * Throws TypeError unless `options` is an object that has only known options: a misspelled one would be ignored. An
 * option that is undefined is absent, whatever its name.
 */
export declare function checkOptions(where: string, options: unknown, known: readonly string[]): void;
