import type { Message } from '../../message/message.ts';
import type { MessageTable } from '../../message/table.ts';
import type { Template } from './template.ts';
/** What is written: all that the schema holds, or the very bytes of the reference peer. */
export type FlatBuffersProfile = 'schema' | 'autobahn';
/** One value: where it comes from, and the slot that it goes to. */
export interface Step {
    /** -1: created, but no slot points to it. */
    readonly slot: number;
    readonly type: string;
    /** The property of a position, or null for an option or payload bytes. */
    readonly property: string | null;
    /** The field number of an option, -1 otherwise. */
    readonly field: number;
    /** Name of the attribute, for errors. */
    readonly path: string;
    /** What absence means to readers; the reference peer leaves such values out. */
    readonly default: number | boolean | null;
}
/** All steps of a message, and those that remain when it has no options. */
export interface Plan {
    readonly created: readonly Step[];
    readonly added: readonly Step[];
    readonly bareCreated: readonly Step[];
    readonly bareAdded: readonly Step[];
    /** How messages without options are written from templates, and how those with options are; null: they are built. */
    readonly bare: Layout | null;
    readonly whole: Layout | null;
}
/** The same steps as template.ts takes them. */
export interface Layout {
    /** Payload bytes and texts, in the order in which they are created. */
    readonly parts: readonly Step[];
    /** Numbers, booleans and names of enumerations, which stand in the table itself. */
    readonly scalars: readonly Step[];
    /** All else: a message that has any of it is built. */
    readonly others: readonly Step[];
    /** Templates by shape. */
    readonly templates: Map<number, Template>;
}
/** The plan of a message. */
export declare function planOf(table: MessageTable, profile: FlatBuffersProfile): Plan;
/** The value that a step writes; null or undefined when it is absent. */
export declare function valueIn(message: Message, { property, field }: Step): unknown;
