/** The 25 messages under WAMP's own names, as `wamp-codec/message` and as the namespace `message`. */
export { ErrorMessage as Error } from "./error-message.js";
export { EventMessage as Event, EventReceived, Publish, Published, Subscribe, Subscribed, Unsubscribe, Unsubscribed, } from "./pubsub.js";
export { Register, Registered, Unregister, Unregistered } from "./registration.js";
export { Message } from "./registry.js";
export { Call, Cancel, Interrupt, Invocation, Result, Yield } from "./rpc.js";
export { Abort, Authenticate, Challenge, Goodbye, Hello, Welcome } from "./session.js";
export { hasAppPayload, withAppPayload } from "./with-app-payload.js";
export { hasForwardFor, withForwardFor } from "./with-forward-for.js";
