/** All 25 classes by form: making one from the kernel's findings. */
import { ErrorMessage } from "./error-message.js";
import { EventMessage, EventReceived, Publish, Published, Subscribe, Subscribed, Unsubscribe, Unsubscribed, } from "./pubsub.js";
import { Register, Registered, Unregister, Unregistered } from "./registration.js";
import { Call, Cancel, Interrupt, Invocation, Result, Yield } from "./rpc.js";
import { Abort, Authenticate, Challenge, Goodbye, Hello, Welcome } from "./session.js";
/** The classes in the order of TABLES: the form number of the kernel is the index. */
export const CLASSES = [
    Hello,
    Welcome,
    Abort,
    Challenge,
    Authenticate,
    Goodbye,
    ErrorMessage,
    Publish,
    Published,
    Subscribe,
    Subscribed,
    Unsubscribe,
    Unsubscribed,
    EventMessage,
    EventReceived,
    Call,
    Cancel,
    Result,
    Register,
    Registered,
    Unregister,
    Unregistered,
    Invocation,
    Interrupt,
    Yield,
];
/** Makes the message of a form. The commonest have a case of their own: `new` of a known class is inlined. */
export function construct(form, received) {
    switch (form) {
        case 7:
            return new Publish(received);
        case 13:
            return new EventMessage(received);
        case 15:
            return new Call(received);
        case 17:
            return new Result(received);
        case 22:
            return new Invocation(received);
        case 24:
            return new Yield(received);
        default:
            return new CLASSES[form](received);
    }
}
