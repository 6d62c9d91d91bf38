/**
 * The bases of the message classes: the mixins, applied once for each category, because the categories form a chain.
 * `Message` is the base of category 1; category 3 adds forward_for to it, category 4 the payload to both.
 */
import { Message } from './message.ts'
import { type WithAppPayload, withAppPayload } from './with-app-payload.ts'
import { type WithForwardFor, withForwardFor } from './with-forward-for.ts'

/** A base class with the statics of Message. */
type Category<Instance> = Omit<typeof Message, 'prototype'> & (abstract new () => Instance)

/** Base of SUBSCRIBE, UNSUBSCRIBE, CANCEL, REGISTER, UNREGISTER and INTERRUPT. */
export const ControlMessage: Category<Message & WithForwardFor> = withForwardFor(
  Message,
) as unknown as Category<Message & WithForwardFor>

/** Base of ERROR, PUBLISH, EVENT, CALL, RESULT, INVOCATION and YIELD. */
export const DataMessage: Category<Message & WithForwardFor & WithAppPayload> = withAppPayload(
  ControlMessage,
) as unknown as Category<Message & WithForwardFor & WithAppPayload>
