/** Types of attribute values that are more than a number, a string or a list. */

/** How a subscription or registration matches URIs. */
export type Match = 'exact' | 'prefix' | 'wildcard'

/** Which callee of a shared registration is invoked. */
export type Invoke = 'single' | 'first' | 'last' | 'roundrobin' | 'random'

/** How a call is canceled. */
export type CancelMode = 'skip' | 'kill' | 'killnowait'

/** How an invocation is interrupted. */
export type InterruptMode = 'kill' | 'killnowait'

/** A role as it is on the wire: its features, each true, false or left out. */
export interface Role {
  features?: Record<string, boolean | null | undefined>
  [key: string]: unknown
}

/** Roles that a client announces in HELLO. */
export interface ClientRoles {
  publisher?: Role
  subscriber?: Role
  caller?: Role
  callee?: Role
}

/** Roles that a router announces in WELCOME. */
export interface RouterRoles {
  broker?: Role
  dealer?: Role
}
