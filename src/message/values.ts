/** Types of attribute values that are more than a number, a string or a list. */

/**
 * Attributes of a message as constructors take them: any may be left out, null and undefined are absent. `K` is a type
 * parameter so that editors show the documentation of each attribute.
 */
export type Given<M, K extends keyof M> = {
  [P in K]?: (P extends 'payload' ? Uint8Array : M[P]) | null | undefined
}

/** A role as it is on the wire: its features, each true, false or left out. */
export interface Role {
  /** The features of the advanced profile that this peer has, by name: `{ call_timeout: true }`. */
  features?: Record<string, boolean | null | undefined> | undefined
  [key: `x_${string}`]: unknown
}

/** Roles that a client announces in HELLO. Others, of any name, are kept as they came. */
export interface ClientRoles {
  /** It publishes: PUBLISH. */
  publisher?: Role | undefined
  /** It subscribes: SUBSCRIBE. */
  subscriber?: Role | undefined
  /** It calls procedures: CALL. */
  caller?: Role | undefined
  /** It offers procedures: REGISTER. */
  callee?: Role | undefined
  [role: `x_${string}`]: unknown
}

/** Roles that a router announces in WELCOME. Others, of any name, are kept as they came. */
export interface RouterRoles {
  /** It routes events from publishers to subscribers. */
  broker?: Role | undefined
  /** It routes calls from callers to callees. */
  dealer?: Role | undefined
  [role: `x_${string}`]: unknown
}

/** One router on the way: the session that the message had there. */
export interface Hop {
  /** The id of the session, 1 to 2^53. */
  session: number
  /** The authentication id of the session; null when it is not told. */
  authid: string | null
  /** The authentication role of the session; null when it is not told. */
  authrole: string | null
}
