/**
 * The bases of the 25 classes: the mixins, applied once for each category, because the categories form a chain.
 * `Message` has 12 classes (category 1), forward_for is added for 6 (category 3), the payload for 7 (category 4).
 */
import { Message } from './message.ts';
import { type WithAppPayload } from './with-app-payload.ts';
import { type WithForwardFor } from './with-forward-for.ts';
/** A base class with the statics of Message. */
type Category<Instance> = Omit<typeof Message, 'prototype'> & (abstract new () => Instance);
/** Base of SUBSCRIBE, UNSUBSCRIBE, CANCEL, REGISTER, UNREGISTER and INTERRUPT. */
export declare const ControlMessage: Category<Message & WithForwardFor>;
/** Base of ERROR, PUBLISH, EVENT, CALL, RESULT, INVOCATION and YIELD. */
export declare const DataMessage: Category<Message & WithForwardFor & WithAppPayload>;
export {};
