/**
 * The wire facts of all 25 messages, one table each: positions of the list, then the keys of Options or Details in
 * the order in which they are written. Sources: the WAMP specification's message definitions, and the keys that
 * autobahn-python writes, in its order. The kernel's key tables are generated from this file.
 */
import { type MessageTable } from './table.ts';
export declare const HELLO: MessageTable;
export declare const WELCOME: MessageTable;
export declare const ABORT: MessageTable;
export declare const CHALLENGE: MessageTable;
export declare const AUTHENTICATE: MessageTable;
export declare const GOODBYE: MessageTable;
export declare const ERROR: MessageTable;
export declare const PUBLISH: MessageTable;
export declare const PUBLISHED: MessageTable;
export declare const SUBSCRIBE: MessageTable;
export declare const SUBSCRIBED: MessageTable;
export declare const UNSUBSCRIBE: MessageTable;
export declare const UNSUBSCRIBED: MessageTable;
export declare const EVENT: MessageTable;
export declare const EVENT_RECEIVED: MessageTable;
export declare const CALL: MessageTable;
export declare const CANCEL: MessageTable;
export declare const RESULT: MessageTable;
export declare const REGISTER: MessageTable;
export declare const REGISTERED: MessageTable;
export declare const UNREGISTER: MessageTable;
export declare const UNREGISTERED: MessageTable;
export declare const INVOCATION: MessageTable;
export declare const INTERRUPT: MessageTable;
export declare const YIELD: MessageTable;
/** All 25 tables; the place in this list is the message's form number in the kernel. */
export declare const TABLES: readonly MessageTable[];
