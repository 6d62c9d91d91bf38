/**
 * The rules of WAMP that need more than one attribute. Constructors, `parse` and received frames all ask here; each
 * throws its own kind of error.
 */
import type { MessageTable } from './table.ts';
import type { UriPattern } from './uri.ts';
/** A rule that is broken: the attribute to look at, and the rule. */
export interface BrokenRule {
    readonly attribute: string;
    readonly rule: string;
}
/** Gives an attribute's value by its name. */
type Get = (attribute: string) => unknown;
/** True for messages that `brokenRule` has a rule for. */
export declare function isRuled(table: MessageTable): boolean;
/** The first rule that the attributes break, or null. */
export declare function brokenRule(table: MessageTable, get: Get): BrokenRule | null;
/** How the URI of this message may be patterned. Routers in the field take any pattern on SUBSCRIBE. */
export declare function uriPattern(table: MessageTable, match: unknown): UriPattern;
export {};
