/** The type of what constructors of messages take; build.ts checks the values. */
import type { Message } from './message.ts'
import type { Given } from './values.ts'
import type { PayloadAttributes, WithAppPayload } from './with-app-payload.ts'
import type { WithForwardFor } from './with-forward-for.ts'

/** Attributes that every message has beside its own. */
export type CommonAttribute =
  | 'custom'
  | 'correlation_id'
  | 'correlation_uri'
  | 'correlation_is_anchor'
  | 'correlation_is_last'
  | 'router_internal'

/**
 * What the constructor of a message takes: an object with the attributes of its class, by name. It cannot do without
 * the `Required` ones; null and undefined are absent for all others.
 */
export type Attributes<M extends Message, Required extends keyof M> = {
  [K in Required]: M[K]
} & Given<M, Exclude<keyof M, Required | keyof Message | NotGiven | `_${string}`>> &
  Given<Message, CommonAttribute>

/** What a message has beside its attributes. */
type NotGiven =
  | Exclude<keyof WithForwardFor, 'forward_for'>
  | Exclude<keyof WithAppPayload, keyof PayloadAttributes>
  | `${string}Ref`
