/** All 25 classes by form: making one from the kernel's findings. */
import { ErrorMessage } from './error-message.ts'
import type { Received } from './message.ts'
import {
  EventMessage,
  EventReceived,
  Publish,
  Published,
  Subscribe,
  Subscribed,
  Unsubscribe,
  Unsubscribed,
} from './pubsub.ts'
import { Register, Registered, Unregister, Unregistered } from './registration.ts'
import { Call, Cancel, Interrupt, Invocation, Result, Yield } from './rpc.ts'
import { Abort, Authenticate, Challenge, Goodbye, Hello, Welcome } from './session.ts'

/**
 * Any of the 25 messages, as `decode` gives them. `message.type` tells them apart:
 * `switch (message.type) { case MessageType.EVENT: ... }` knows an `EventMessage` in its case.
 */
export type AnyMessage =
  | Hello
  | Welcome
  | Abort
  | Challenge
  | Authenticate
  | Goodbye
  | ErrorMessage
  | Publish
  | Published
  | Subscribe
  | Subscribed
  | Unsubscribe
  | Unsubscribed
  | EventMessage
  | EventReceived
  | Call
  | Cancel
  | Result
  | Register
  | Registered
  | Unregister
  | Unregistered
  | Invocation
  | Interrupt
  | Yield

/** A constructor of any message. */
type MessageClass = new (from: Received) => AnyMessage

/** The classes in the order of TABLES: the form number of the kernel is the index. @internal */
export const CLASSES: readonly MessageClass[] = [
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
]

/**
 * Makes the message of a form. The commonest have a case of their own: `new` of a known class is inlined.
 *
 * @internal
 */
export function construct(form: number, received: Received): AnyMessage {
  switch (form) {
    case 7:
      return new Publish(received)
    case 13:
      return new EventMessage(received)
    case 15:
      return new Call(received)
    case 17:
      return new Result(received)
    case 22:
      return new Invocation(received)
    case 24:
      return new Yield(received)
    default:
      return new (CLASSES[form] as MessageClass)(received)
  }
}
