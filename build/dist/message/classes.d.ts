import type { Message, Received } from './message.ts';
/** A constructor of any message. */
type MessageClass = new (from: Received) => Message;
/** The classes in the order of TABLES: the form number of the kernel is the index. */
export declare const CLASSES: readonly MessageClass[];
/** Makes the message of a form. The commonest have a case of their own: `new` of a known class is inlined. */
export declare function construct(form: number, received: Received): Message;
export {};
