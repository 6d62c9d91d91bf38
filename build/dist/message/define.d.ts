/**
 * The second half of a class: accessors of the options, which it declares and documents and whose fields the table
 * knows, and its place among the classes that lists are parsed into.
 */
import type { Message } from './message.ts';
import type { MessageTable } from './table.ts';
/**
 * Defines the accessors of the options that the class has beside its mixins'. One getter for each field is shared by
 * no other, so that an engine can specialise it.
 */
export declare function defineMessage(Class: {
    readonly prototype: Message;
    new (attributes: never): Message;
}, table: MessageTable): void;
