/** Which rules a codec keeps. */
export type UriRules = 'loose' | 'strict' | 'none';
/** How a URI is used: as it is, or as a pattern whose last or any component may be empty. */
export type UriPattern = 'exact' | 'prefix' | 'wildcard';
/**
 * True for a text that keeps the rules. Loose: components without white space and `#`; strict: of `a-z`, `0-9` and `_`
 * only. A prefix may end in an empty component, a wildcard pattern may have empty ones anywhere. Throws RangeError for
 * unknown rules and patterns.
 */
export declare function isUri(text: string, rules?: UriRules, pattern?: UriPattern): boolean;
/** The same for a URI that the kernel has classified. */
export declare function isUriClass(classes: number, rules: UriRules, pattern: UriPattern): boolean;
/** What kind of realm name a text is. */
export type RealmKind = 'standalone' | 'ethereum' | 'ens';
/**
 * The kind of a realm name, or null when it is none: a name of 3 to 255 letters, digits and `_-@.` that starts with a
 * letter; an Ethereum address, `0x` and 40 hexadecimal digits; or an ENS name, `name.eth` or reversed `eth.name`.
 * The codec itself asks only for a URI; routers call this for the realms that they offer.
 */
export declare function realmKind(name: string): RealmKind | null;
