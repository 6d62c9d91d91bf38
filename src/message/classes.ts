/** All 25 classes by form: making one from the kernel's findings, or from a list. */
import { ProtocolError } from '../errors.ts'
import { nameOf } from './check.ts'
import { ErrorMessage } from './error-message.ts'
import type { Message, Received } from './message.ts'
import { attributesOfList } from './parse.ts'
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
import {
  Call,
  Cancel,
  Interrupt,
  Invocation,
  Register,
  Registered,
  Result,
  Unregister,
  Unregistered,
  Yield,
} from './rpc.ts'
import { Abort, Authenticate, Challenge, Goodbye, Hello, Welcome } from './session.ts'
import { TABLES } from './tables.ts'

/** A constructor of any message. */
type MessageClass = new (from: Received) => Message

/** The classes in the order of TABLES: the form number of the kernel is the index. */
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

/** Makes the message of a form. The commonest have a case of their own: `new` of a known class is inlined. */
export function construct(form: number, received: Received): Message {
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

/** Parses the list form of any message. */
export function parseList(list: readonly unknown[]): Message {
  if (!Array.isArray(list))
    throw new ProtocolError('BAD_MESSAGE', `cannot parse a message: got ${nameOf(list)}`)
  const code: unknown = list[0]
  const form = TABLES.findIndex((table) => table.code === (code === 37 ? 337 : code))
  const table = TABLES[form]
  if (table === undefined) {
    throw new ProtocolError('BAD_MESSAGE', `cannot parse a message: ${nameOf(code)} is no message code`)
  }
  const Class = CLASSES[form] as unknown as new (attributes: object) => Message
  return new Class(attributesOfList(table, list))
}
