import { type Message } from './message.ts';
import { type MessageTable } from './table.ts';
/** Called by the module of each class, so that whoever has a class can parse its lists. */
export declare function registerClass(Class: new (attributes: object) => Message, table: MessageTable): void;
