/** Types of attribute values that are more than a number, a string or a list. */
/** How a subscription or registration matches URIs. */
export type Match = 'exact' | 'prefix' | 'wildcard';
/** Which callee of a shared registration is invoked. */
export type Invoke = 'single' | 'first' | 'last' | 'roundrobin' | 'random';
/** How a call is canceled. */
export type CancelMode = 'skip' | 'kill' | 'killnowait';
/** How an invocation is interrupted. */
export type InterruptMode = 'kill' | 'killnowait';
/** A role as it is on the wire: its features, each true, false or left out. */
export interface Role {
    features?: Record<string, boolean | null | undefined> | undefined;
    [key: string]: unknown;
}
/** Roles that a client announces in HELLO. Others, of any name, are kept as they came. */
export interface ClientRoles {
    publisher?: Role | undefined;
    subscriber?: Role | undefined;
    caller?: Role | undefined;
    callee?: Role | undefined;
    [role: `x_${string}`]: unknown;
}
/** Roles that a router announces in WELCOME. Others, of any name, are kept as they came. */
export interface RouterRoles {
    broker?: Role | undefined;
    dealer?: Role | undefined;
    [role: `x_${string}`]: unknown;
}
