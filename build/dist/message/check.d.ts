import type { Kind, MessageTable } from './table.ts';
/** What is wrong with a value: a sentence, and the path of the attribute or the part of it. */
export interface Complaint {
    readonly text: string;
    readonly path: string;
}
/**
 * The complaint about a value that is not of its kind: *expected a string for forward_for[0].authrole, got null*. It is
 * the same for constructors, `parse` and frames. `isInList` as in `isGoodInList`.
 */
export declare function complaintOf(kind: Kind, attribute: string, value: unknown, isInList: boolean): Complaint;
/** The kinds of which `complaintOf` may name a part. */
export declare function hasParts(kind: Kind): boolean;
/** Throws unless the value is of the kind: InvalidUriError for a URI, TypeError for all else. */
export declare function checkAttribute(table: MessageTable, attribute: string, kind: Kind, value: unknown): void;
