/** The 25 messages under WAMP's own names, as `wamp-codec/message` and as the namespace `message`. */
export { ErrorMessage as Error } from './error-message.ts';
export type { Transferred } from './message.ts';
export { EventMessage as Event, EventReceived, Publish, Published, Subscribe, Subscribed, Unsubscribe, Unsubscribed, } from './pubsub.ts';
export { Register, Registered, Unregister, Unregistered } from './registration.ts';
export { Message } from './registry.ts';
export { Call, Cancel, Interrupt, Invocation, Result, Yield } from './rpc.ts';
export { Abort, Authenticate, Challenge, Goodbye, Hello, Welcome } from './session.ts';
export type { CancelMode, ClientRoles, InterruptMode, Invoke, Match, Role, RouterRoles } from './values.ts';
export { hasAppPayload, type WithAppPayload, withAppPayload } from './with-app-payload.ts';
export { type Hop, hasForwardFor, type WithForwardFor, withForwardFor } from './with-forward-for.ts';
