import type { Message } from './message.ts';
import { type MessageTable } from './table.ts';
/** The index of messages that have no unread options. */
export declare const NO_INDEX: readonly number[];
/** The value of an option; null when it is absent. */
export declare function readOption(message: Message, field: number): unknown;
/**
 * An option as it is written: that of a frame as it came, also when the application has read it and changed the list or
 * dictionary that it got.
 */
export declare function sentOption(message: Message, field: number): unknown;
/**
 * True for a message whose bytes cannot change any more unless a setter is called: it was received or derived from one
 * that was, and no list or dictionary of the application's is written with it.
 */
export declare function isLasting(message: Message): boolean;
/** Where the index has the unread option; -1 when it is not there. */
export declare function entryOf(message: Message, field: number): number;
/** An option as another format needs it: integral floats are `Float64`. */
export declare function exactOption(message: Message, field: number): unknown;
/** Custom keys as another format needs them. */
export declare function exactCustom(message: Message): Record<string, unknown> | null;
/** Sets an option after its check; null takes it away. */
export declare function writeOption(message: Message, field: number, value: unknown): void;
/** The options that are read or set, by field number. */
export declare function optionsOf(message: Message): unknown[];
/** The custom keys, read now when they are still in the frame. */
export declare function readCustom(message: Message): Record<string, unknown> | null;
/** In the index of a derived message: of the Options of its source, only the application's keys are its own. */
export declare const CARRIED: number;
/** The entries of an options dictionary that the table does not know, as the codec's `unknownKeys` wants them. */
export declare function unknownKeys(table: MessageTable, options: Record<string, unknown>, rule: 'keep' | 'custom' | 'drop' | 'refuse'): Record<string, unknown> | null;
/** Before any change: reads what is still unread, so that the frame can go, and drops cached encodings. */
export declare function change(message: Message): void;
/**
 * The options that are written, in writing order, as key and value; custom keys at their place. `exact` reads what is
 * still in the frame in such a way that another format loses nothing.
 */
export declare function writtenOptions(message: Message, exact?: boolean): Generator<[key: string, value: unknown]>;
/** Whether an option with a value is written. */
export declare function isWritten(message: Message, field: number, value: unknown): boolean;
/** True for the options that describe an opaque payload in the enc_* dialect. */
export declare function isEncField(table: MessageTable, field: number): boolean;
/** An option as another format needs it. */
export declare function writtenValue(message: Message, field: number): unknown;
/**
 * True when the bytes of an unread option are what any peer may see. What a lenient codec has read may have ids that
 * are floats, and undefined; such options are decoded, and encoded anew.
 */
export declare function isRight(message: Message, at: number): boolean;
