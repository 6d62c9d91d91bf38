/**
 * Roles and their features, as HELLO and WELCOME announce them: the checks of the kinds `clientRoles` and `routerRoles`
 * in `kinds.ts`. Source: WAMP specification, "Feature Announcement", and the features that autobahn-python knows.
 */
/** Roles, each with its features that must be true, false or null; any other feature may be whatever it likes. */
export type RoleFeatures = Readonly<Record<string, readonly string[]>>;
/** The roles of a client. */
export declare const CLIENT_ROLES: RoleFeatures;
/** The roles of a router. */
export declare const ROUTER_ROLES: RoleFeatures;
/** True when every known feature in `features` is a boolean or null. */
export declare function areFeatures(roles: RoleFeatures, role: string, features: Record<string, unknown>): boolean;
/** The first known feature in `features` that is neither a boolean nor null. */
export declare function wrongFeature(roles: RoleFeatures, role: string, features: Record<string, unknown>): string | undefined;
